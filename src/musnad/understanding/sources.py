"""Sources that a text does not name: «مصدر … في …».

They speak, so claims need them; they are nobody in particular, so they are kept out of the mentions, and are
never linked and never merged with those of another document. Chosen over (a) blank nodes, which nothing can
cite, and (b) one entity «unnamed source», which would say everything that was ever said in secret.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from musnad.folding import fold_name
from musnad.model import Mention
from musnad.understanding.naming import Namer
from musnad.understanding.particles import CASE
from musnad.understanding.scan import Candidate, Scan

_SOURCES: Final = "مصادر"  # sources
_ON: Final = frozenset({"على", "علي"})  # of, on
_DID_NOT: Final = "لم"  # did not
_NAMES: Final = ("تسم", "يسم")  # names: «whom it did not name»


def find_sources(scan: Scan, chosen: Sequence[Candidate]) -> list[Candidate]:
    """Return the unnamed sources; one told of again («المصدر») has the span of its own words.

    `chosen` are the mentions of the text: the body that a source belongs to is one of them.
    """
    lexicon = scan.lexicon.sources
    bodies = {candidate.first: candidate for candidate in chosen if candidate.type in {"ORG", "PLACE"}}
    taken = {place for candidate in chosen for place in range(candidate.first, candidate.last)}
    found: list[Candidate] = []
    for place in range(len(scan.tokens)):
        if place in taken:
            continue
        for skip, word in scan.readings(place):
            if word in lexicon.heads:
                last = _end(scan, place, bodies)
                if last > place + 1:
                    found.append(scan.candidate((place, last), skip, "PERSON", "anonymous"))
                break
            if word in lexicon.again and found and not scan.is_national(scan.word(place + 1)):
                found.append(scan.candidate((place, place + 1), skip, "PERSON", "again", 0.6))
                break
    return found


def _end(scan: Scan, place: int, bodies: dict[int, Candidate]) -> int:
    """Return the end of a source with its adjectives and the body that it belongs to."""
    lexicon, last = scan.lexicon.sources, place + 1
    ending = CASE if scan.word(place).endswith(CASE) else ""  # its adjectives have the ending too
    while scan.follows(last) and {scan.word(last), scan.word(last).removesuffix(ending)} & lexicon.adjectives:
        last += 1
    if scan.word(last - 1) in lexicon.informed and scan.word(last) in _ON and _is_definite(scan, last + 1):
        last += 2  # «informed of the preparations for the visit»
        while _is_definite(scan, last):
            last += 1
        return last
    if scan.word(last) == _DID_NOT and scan.word(last + 1).startswith(_NAMES):
        unnamed = bodies.get(last + 2)  # «a source whom it did not name in X»
        return unnamed.last if unnamed else last
    body = bodies.get(last + 1)
    if scan.follows(last) and scan.word(last) in lexicon.links and body:
        return body.last
    return last


def _is_definite(scan: Scan, place: int) -> bool:
    """Tell whether a word with the article goes on the phrase, with or without «to» («للزيارة»)."""
    return scan.follows(place) and scan.word(place).startswith(("ال", "لل"))


def link_sources(namer: Namer, sources: Sequence[Candidate], chosen: Sequence[Candidate]) -> list[Mention]:
    """Return unnamed sources as mentions; those of one body, and one told of again, are one source.

    The source is labelled with its fullest description, the first of equals.
    """
    keys: list[str] = []
    for place, source in enumerate(sources):
        if source.how == "again":
            alike = [at for at in range(place) if _alike(namer.scan, sources[at], source)]
            keys.append(keys[alike[-1] if alike else -1])
        else:
            keys.append(_key(namer.scan, source, chosen))
    labels: dict[str, str] = {}
    for source, key in zip(sources, keys, strict=True):
        described = namer.surface(source)
        if key not in labels or _fullness(namer.scan, described) > _fullness(namer.scan, labels[key]):
            labels[key] = described
    class_iri = namer.minter.term("AnonymousSource")
    return [
        namer.mention(source, namer.make("PERSON", key, labels[key], class_iri), "anonymous")
        for source, key in zip(sources, keys, strict=True)
    ]


def _alike(scan: Scan, one: Candidate, again: Candidate) -> bool:
    """Tell whether «the source», «the sources» may be one that is told of before, which is of its number."""
    return (_SOURCES in scan.key(one)) == (_SOURCES in scan.key(again))


def _fullness(scan: Scan, words: str) -> int:
    """Return how many adjectives describe a source."""
    return sum(word in scan.lexicon.sources.adjectives for word in fold_name(words).split())


def _key(scan: Scan, source: Candidate, chosen: Sequence[Candidate]) -> str:
    """Return what tells a source from the others: the body it belongs to, or its words."""
    inside = next((c for c in chosen if c.last == source.last and c.first > source.first), None)
    body = (inside.entity.iri if inside.entity else scan.key(inside)) if inside else ""
    return f"anonymous {body or scan.key(source)}"
