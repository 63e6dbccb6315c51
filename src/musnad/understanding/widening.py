"""Known names that the text widens: «الفصائل المسلحة», «حزب المثال الكردي السوري».

A word that only says of which kind or nation a known body is belongs to its name and leaves it the same body.
Chosen over (a) the bare known name, which cuts the name in two, and (b) a new body for each such name, which
splits what is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from musnad.understanding.extents import extent
from musnad.understanding.persons import lineage_end
from musnad.understanding.scan import Candidate, Scan
from musnad.understanding.tails import adjectives_end, joins_adjective
from musnad.understanding.tokens import is_definite

_IN: Final = "في"  # in
_SHORT_NAME: Final = 9  # tokens of a short name with its brackets
_LETTERS: Final = 6  # of a word of a short name, and one
_TOLD: Final = frozenset({"EVENT", "WORK"})  # types whose names say between whom or where
_KNOWN: Final = frozenset({"authority", "short-form"})


def find_widened(scan: Scan, known: Iterable[Candidate]) -> Iterator[Candidate]:
    """Yield the known bodies with the words after them that belong to their names."""
    for candidate in known:
        if candidate.type == "PERSON":
            yield from _ancestors(scan, candidate)
        if candidate.type in _TOLD and candidate.entity and not _tells(scan, candidate):
            yield from _made(scan, candidate, extent(scan, candidate.last))
        if candidate.type != "ORG" or candidate.entity is None or candidate.how not in _KNOWN:
            continue
        yield from _made(scan, candidate, _end(scan, candidate))


def _made(scan: Scan, known: Candidate, last: int) -> Iterator[Candidate]:
    """Yield a known name up to a later word, as the same entity."""
    if last > known.last:
        skip = known.start - scan.tokens[known.first].start
        made = scan.candidate((known.first, last), max(skip, 0), known.type, "authority", 0.9)
        yield replace(made, entity=known.entity)


def _tells(scan: Scan, known: Candidate) -> bool:
    """Tell whether the known name of an event or a text says already whose it is («الأزمة السورية»)."""
    several = known.type == "EVENT" and known.last - known.first > 1
    return several or scan.is_national(scan.word(known.last - 1))


def _ancestors(scan: Scan, known: Candidate) -> Iterator[Candidate]:
    """Yield a known person with the names of father and house that follow («… بن …», «… آل …»)."""
    if known.last - known.first > 1:
        yield from _made(scan, known, lineage_end(scan, known.last))


def _end(scan: Scan, known: Candidate) -> int:
    """Return the end of a known name with its attributes, or with the nation or country of a party."""
    bodies, last = scan.lexicon.organisations, _bracket_end(scan, known)
    if last > known.last:
        return last
    words = {scan.word(place) for place in range(known.first, known.last)}
    if _is_outlet(scan, known):
        return adjectives_end(scan, last, nations_only=True)
    while scan.follows(last) and scan.word(last) in bodies.attributes - words:
        last += 1
    last += scan.follows(last) and joins_adjective(scan, last)
    if last > known.last:
        return last
    if not _is_party(scan, known.first):
        return last
    while scan.follows(last) and is_definite(scan.word(last)) and _fits(scan, last, words):
        last += 1
    told = last > known.last and scan.word(last) == _IN and scan.follows(last)
    where = scan.match_at(last + 1, "PLACE") if told else None
    if where and scan.follows(last + 1) and not where.name.entity.located_in:
        return where.last
    return last


def _bracket_end(scan: Scan, known: Candidate) -> int:
    """Return the end of the short name in brackets after that of an agency, else the end of the name."""
    last = known.last
    if not _is_outlet(scan, known) or not scan.follows(last):
        return last
    marks = [token.text for token in scan.tokens[last : last + _SHORT_NAME]]
    if marks[:1] != ["("] or ")" not in marks:
        return last
    inner = marks[1 : marks.index(")")]
    return last + len(inner) + 2 if all(mark == "." or len(mark) < _LETTERS for mark in inner) else last


def _is_outlet(scan: Scan, known: Candidate) -> bool:
    """Tell whether a name begins with the head word of outlets («وكالة …»)."""
    heads = {reading.text for reading in scan.readings(known.first)}
    return bool(heads & scan.lexicon.organisations.outlet_heads)


def _fits(scan: Scan, place: int, words: set[str]) -> bool:
    word = scan.word(place)
    return scan.is_national(word) and word not in words


def _is_party(scan: Scan, place: int) -> bool:
    """Tell whether a name starts with the word «party»."""
    return any(reading.text in scan.lexicon.organisations.parties for reading in scan.readings(place))
