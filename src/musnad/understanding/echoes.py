"""Names that a document says again: in full, a place without its kind, an outlet without its head.

What the body has named by a head word or quotation marks counts wherever it stands again, in the headline, a
tag or a dateline too. Chosen over (a) the shapes alone, which miss the name without its head, and (b) keeping
what other documents named, which would let one page change another.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from musnad.understanding.scan import Candidate, Scan
from musnad.understanding.tokens import bare, is_definite

_CLOSING: Final = frozenset({"|", "/", ")", ":", "-", "–", "—"})
_OPENING: Final = frozenset({"(", "-", "–", "—", "©", "|", "/"})
_MATTERS: Final = frozenset({"وزاره", "هييه", "جمعيه", "منظمه", "موسسه"})  # ministry, authority, society, …
_PREPOSED: Final = ("ل", "ب", "ك")  # for, in, as
_BEFORE_NOUNS: Final = frozenset({"في", "غير", "كل", "عمل"})  # in, no, each, a deed
_LEAST: Final = 3  # letters of a name without its kind
_LONGEST: Final = 6  # letters of an abbreviation


class _Name(NamedTuple):
    words: tuple[str, ...]
    of: Candidate
    marked: bool  # whether quotation marks or a dateline must show that it is a name


def find_echoes(scan: Scan, chosen: Sequence[Candidate]) -> list[Candidate]:
    """Return the repetitions of what is chosen, outside of it, in order of start."""
    names: dict[str, list[_Name]] = {}
    for candidate in chosen:
        for name in _names(scan, candidate):
            names.setdefault(name.words[0], []).append(name)
    taken = {place for candidate in chosen for place in range(candidate.first, candidate.last)}
    found: list[Candidate] = []
    place = 0
    while place < len(scan.tokens):
        again = None if place in taken else next(_matches(scan, place, names, taken), None)
        if again:
            found.append(again)
        place = again.last if again else place + 1
    return found


def _names(scan: Scan, candidate: Candidate) -> Iterator[_Name]:
    """Yield the words by which a candidate may be named again."""
    if candidate.short or candidate.how in {"told", "coreference", "banner"}:
        return
    words = tuple(scan.text[candidate.start : candidate.end].replace('"', " ").replace("_", " ").split())
    if not all(word.isalnum() for word in words):
        return
    if len(words) > 1:
        yield _Name(words, candidate, marked=False)
    lexicon, head, tail = scan.lexicon, words[0], words[1:]
    unknown = candidate.entity is None
    if candidate.type == "PERSON" and candidate.how == "title-word" and not tail:
        yield _Name(words, candidate, marked=False)
    if candidate.type == "ORG" and candidate.how == "quoted" and not tail:
        yield _Name(words, candidate, marked=True)
    if candidate.type == "ORG" and tail:
        yield from _abbreviation(scan, candidate)
    if candidate.type == "ORG" and len(tail) > 1 and head in _MATTERS:
        yield _Name(tail, candidate, marked=True)
    if not tail or not unknown:
        return
    own = len(tail) > 1 or (len(tail[0]) > _LEAST and tail[0] not in lexicon.persons.given_names)
    settled = head in lexicon.places.settlements and tail[0] not in lexicon.places.heads
    if candidate.type == "PLACE" and own and settled:
        yield _Name(tail, candidate, marked=False)
    if candidate.type == "ORG" and bare(head) in lexicon.organisations.outlet_heads:
        yield _Name(tail, candidate, marked=tail[-1] not in lexicon.organisations.outlet_tails)
        if tail[-1].startswith("لل"):  # for the
            yield _Name(tail[:-1], candidate, marked=True)


def _abbreviation(scan: Scan, candidate: Candidate) -> Iterator[_Name]:
    """Yield the short word in brackets right after the name of a body («… (مثل)»)."""
    place, lexicon = candidate.last + 1, scan.lexicon
    marks = [scan.tokens[at].text for at in (place - 1, place + 1) if at < len(scan.tokens)]
    word = scan.word(place)
    common = word in lexicon.organisations.menu | lexicon.persons.nouns | lexicon.persons.given_names
    other = scan.is_stop(word) or scan.is_verb(word) or scan.is_national(word) or common
    if marks == ["(", ")"] and word.isalpha() and _LEAST <= len(word) <= _LONGEST and not other:
        yield _Name((word,), candidate, marked=False)


def _matches(scan: Scan, place: int, names: dict[str, list[_Name]], taken: set[int]) -> Iterator[Candidate]:
    """Yield the names that are said again at a place, the longest first."""
    for skip, word in scan.readings(place):
        for name in sorted(names.get(word, ()), key=lambda name: -len(name.words)):
            last = place + len(name.words)
            same = all(
                at not in taken and (at == place or (scan.word(at) == part and scan.tokens[at].joined))
                for at, part in zip(range(place, last), name.words, strict=True)
            )
            if not same or (name.marked and not _is_marked(scan, place, last)):
                continue
            if len(name.words) == 1 and not name.marked and _qualified(scan, place, last):
                continue
            if name.of.type == "PERSON" and (len(name.words) == 1 and _is_noun(scan, place)):
                continue
            made = scan.candidate((place, last), skip, name.of.type, "echo", 0.8)
            yield made.standing_for(name.of)


def _is_marked(scan: Scan, place: int, last: int) -> bool:
    """Tell whether quotation marks, brackets or the place in a line show that words are a name."""
    if scan.quotes.get(place) == last:
        return True
    after = scan.tokens[last].text if last < len(scan.tokens) and scan.tokens[last].joined else ""
    closed = not after or after in _CLOSING
    opens_line = not place or not scan.tokens[place].joined
    return closed and (opens_line or scan.tokens[place - 1].text in _OPENING)


def _is_noun(scan: Scan, place: int) -> bool:
    """Tell whether a word that may be a name is the noun after a preposition («لصالح», «في صالح»)."""
    fused = scan.word(place).startswith(_PREPOSED)
    return fused or (scan.word(place - 1) in _BEFORE_NOUNS and scan.follows(place))


def _qualified(scan: Scan, place: int, last: int) -> bool:
    """Tell whether one word is part of another phrase: after a noun, or before an adjective."""
    before, after = scan.word(place - 1), scan.word(last)
    adjective = is_definite(after) and after.endswith(("ي", "يه")) and scan.follows(last)
    return (is_definite(before) and is_definite(scan.word(place)) and scan.follows(place)) or adjective
