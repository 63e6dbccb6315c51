"""Find which names in brackets are nicknames of the person named before them («سالم الراوي (أبو نادر)»).

Inside its document the nickname then speaks for the person. Chosen over an entity of its own, which would
part what one person says.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import Final

from musnad.folding import fold_name
from musnad.model import Mention

_FATHER_OF: Final = frozenset({"ابو", "ابا", "ابي", "ام"})  # father of, mother of
_BRACKET: Final = "("


def by_their_names(mentions: Sequence[Mention], text: str) -> tuple[Mention, ...]:
    """Return mentions, those of a nickname with the person whom it means."""
    meant = _nicknames(mentions, text)
    named = ((mention, meant.get(mention.entity)) for mention in mentions)
    return tuple(replace(m, entity=p.entity, label=p.label, slug=p.slug) if p else m for m, p in named)


def _nicknames(mentions: Sequence[Mention], text: str) -> dict[str, Mention]:
    """Return the person meant by each entity that is only the nickname of another, in brackets after it."""
    persons = sorted((m for m in mentions if m.type == "PERSON"), key=lambda m: m.start)
    return {
        nick.entity: named
        for named, nick in pairwise(persons)
        if nick.entity != named.entity
        and text[named.end : nick.start].strip() == _BRACKET
        and fold_name(nick.label).partition(" ")[0] in _FATHER_OF
        and fold_name(named.label).partition(" ")[0] not in _FATHER_OF
    }
