"""What a document itself calls the things that its claims are about.

The labels of a claim are those of the words that it cites: a body that one page calls «government» and
another «regime» is one entity with one name in the authority, and putting that name into a page's mouth
would take sides. Where the document uses the authority's name itself, longer or shorter, that name stands,
else the longest that the document uses. Chosen over (a) the authority's name everywhere, and (b) the words
of each passage, which are often no name («the body», «he»).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from musnad.folding import fold_name
from musnad.model import Claim, Reading, Thing

NAMED: Final = "authority"  # how a mention by a name of the authority was found
_OWN: Final = frozenset({"PERSON", "ORG"})  # the names of events and texts are ours: pages only describe them
_MARKS: Final = str.maketrans("", "", "\"'«»“”„‘’‹›()[]")
_TO_THE: Final = "لل"  # «to the», in which the article is no longer written whole
_THE: Final = "ال"  # the article


def names_in(reading: Reading) -> dict[str, str]:
    """Return the names that a document uses for entities of the authority, where it never uses theirs."""
    used: dict[str, list[str]] = {}
    for mention in reading.mentions:
        name = _clean(reading.document.text[mention.start : mention.end])
        own = mention.type in _OWN or (mention.type == "EVENT" and _only_its_kind(name, mention.label))
        if mention.how == NAMED and own:
            used.setdefault(mention.entity, [mention.label]).append(name)
    return {
        iri: max(names, key=lambda name: len(name.split()))
        for iri, (label, *names) in used.items()
        if not any(_says(name, label) for name in names)
    }


def as_named(claim: Claim, names: Mapping[str, str]) -> Claim:
    """Return a claim whose subject, object and chain have the names that its document uses."""
    return replace(
        claim,
        subject=_named(claim.subject, names),
        object=_named(claim.object, names),
        chain=tuple(
            replace(link, agent=replace(link.agent, label=names.get(link.agent.entity, link.agent.label)))
            for link in claim.chain
        ),
    )


def _named(thing: Thing, names: Mapping[str, str]) -> Thing:
    return replace(thing, label=names[thing.entity]) if thing.entity in names else thing


def _only_its_kind(name: str, label: str) -> bool:
    """Tell whether two names of an event differ in their first word alone («meeting», «talks»)."""
    one, other = (fold_name(words).split() for words in (name, label))
    return len(one) > 1 and one[1:] == other[1:]


def _says(name: str, label: str) -> bool:
    """Tell whether a name is that of the authority, longer or shorter; one word of a long name is not."""
    one, other = (set(fold_name(words).split()) for words in (name, label))
    return other <= one or (one <= other and len(one) > 1)


def _clean(name: str) -> str:
    """Return a name without quotation marks and with its article written whole."""
    words = name.translate(_MARKS).split()
    if words and words[0].startswith(_TO_THE):
        words[0] = _THE + words[0].removeprefix(_TO_THE)
    return " ".join(words)
