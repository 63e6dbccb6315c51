"""What a document itself calls the things that its claims are about.

The labels of a claim are those of the words that it cites: a body that one page calls «government» and
another «regime» is one entity with one name in the authority, and putting that name into a page's mouth
would take sides. Where the document uses the authority's name itself, longer or shorter, that name stands,
else the longest that the document uses. Chosen over (a) the authority's name everywhere, and (b) the words
of each passage, which are often no name («the body», «he»).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from musnad.folding import fold_name
from musnad.model import Claim, Reading, Thing

NAMED: Final = "authority"  # how a mention by a name of the authority was found
_OWN: Final = frozenset({"PERSON", "ORG", "EVENT"})  # the names of texts are ours: pages only describe them
_SHORT: Final = 2  # words of a name that only describes an event
_MARKS: Final = str.maketrans("", "", "\"'«»“”„‘’‹›()[]")
_TO_THE: Final = "لل"  # «to the», in which the article is no longer written whole
_THE: Final = "ال"  # the article


def named_claims(reading: Reading) -> list[Claim]:
    """Return the claims of a reading with the names that its document uses."""
    names = _names_in(reading)
    return [_as_named(claim, names) for claim in reading.claims]


def _names_in(reading: Reading) -> dict[str, str]:
    """Return the names that a document uses for entities of the authority, where it has names of its own."""
    used: dict[tuple[str, str, str], list[str]] = {}
    for mention in reading.mentions:
        if mention.how == NAMED and mention.type in _OWN:
            name = _clean(reading.document.text[mention.start : mention.end])
            used.setdefault((mention.entity, mention.type, mention.label), []).append(name)
    names: dict[str, str] = {}
    for (iri, kind, label), given in used.items():
        event = kind == "EVENT"
        own = [name for name in given if _names_event(name, label)] if event else _chosen(given)
        if own and not any(_says(name, label) for name in own):
            names[iri] = _chosen(own)[0]
    return names


def _as_named(claim: Claim, names: Mapping[str, str]) -> Claim:
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


def _names_event(name: str, label: str) -> bool:
    """Tell whether a name is a whole one, or differs in the first word alone («meeting», «talks»)."""
    one, other = (fold_name(words).split() for words in (name, label))
    return len(one) > _SHORT or (len(one) > 1 and one[1:] == other[1:])


def _chosen(names: Sequence[str]) -> list[str]:
    """Return the names of the most words, of these the most frequent ones."""
    most = max(len(name.split()) for name in names)
    counts = Counter(name for name in names if len(name.split()) == most)
    return [name for name, count in counts.items() if count == max(counts.values())]


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
