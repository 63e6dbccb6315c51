"""Tell whom words between two commas describe: «X, the former leader of Y, met …» is said of X, not of Y.

Chosen over (a) patterns with such words in them, one more for each, and (b) none, which credits a body with
whatever its former members do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from musnad.understanding.office_ends import is_office
from musnad.understanding.particles import COMMAS, is_definite
from musnad.understanding.patterns import Words
from musnad.understanding.sentences import Token

_REACH: Final = 10  # tokens of a description
_AGENTS: Final = frozenset({"ORG", "PLACE"})


def person_described(tokens: Sequence[Token], comma: int, words: Words) -> int | None:
    """Return the token of the person whom the words before a comma describe, None where they do not."""
    if not 0 <= comma < len(tokens) or tokens[comma].text not in COMMAS:
        return None
    near = range(comma - 1, max(0, comma - _REACH), -1)
    opening = next((at for at in near if tokens[at].text in COMMAS), 0)
    named, first = tokens[opening - 1].mention, tokens[opening + 1]
    describes = first.is_word and (is_definite(first.text) or is_office(first, words))
    return opening - 1 if opening and named and named.type == "PERSON" and describes else None


def with_described(
    slots: Mapping[str, tuple[Token, ...]], tokens: Sequence[Token], words: Words
) -> dict[str, tuple[Token, ...]]:
    """Return the slots of a match with the person as subject where they take a body that describes one."""
    subject = slots.get("subject", ())
    mention = subject[-1].mention if subject else None
    if mention is None or mention.type not in _AGENTS or subject[-1] not in tokens:
        return dict(slots)
    person = person_described(tokens, tokens.index(subject[-1]) + 1, words)
    return {**slots, "subject": (tokens[person],)} if person is not None else dict(slots)
