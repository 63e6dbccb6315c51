"""Known names that the text widens: «الفصائل المسلحة», «حزب المثال الكردي السوري».

A word that only says of which kind or nation a known body is belongs to its name and leaves it the same body.
Chosen over (a) the bare known name, which cuts the name in two, and (b) a new body for each such name, which
splits what is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Final

from musnad.understanding.scan import Candidate, Scan
from musnad.understanding.tokens import is_definite

_IN: Final = "في"  # in
_LINEAGE: Final = frozenset({"بن", "ال"})  # son of, house of
_SERVANT: Final = "عبد"  # servant of: its word belongs to it
_KNOWN: Final = frozenset({"authority", "short-form"})


def find_widened(scan: Scan, known: Iterable[Candidate]) -> Iterator[Candidate]:
    """Yield the known bodies with the words after them that belong to their names."""
    for candidate in known:
        if candidate.type == "PERSON":
            yield from _ancestors(scan, candidate)
        if candidate.type != "ORG" or candidate.entity is None or candidate.how not in _KNOWN:
            continue
        last = _end(scan, candidate)
        if last > candidate.last:
            skip = candidate.start - scan.tokens[candidate.first].start
            made = scan.candidate((candidate.first, last), max(skip, 0), "ORG", "authority", 0.9)
            yield replace(made, entity=candidate.entity)


def _ancestors(scan: Scan, known: Candidate) -> Iterator[Candidate]:
    """Yield a known person with the names of father and house that follow («… بن …», «… آل …»)."""
    last = known.last
    while scan.word(last) in _LINEAGE and scan.follows(last) and scan.follows(last + 1):
        last += 2 + (scan.word(last + 1) == _SERVANT)
    if last > known.last and known.last - known.first > 1:
        skip = known.start - scan.tokens[known.first].start
        made = scan.candidate((known.first, last), max(skip, 0), "PERSON", "authority", 0.9)
        yield replace(made, entity=known.entity)


def _end(scan: Scan, known: Candidate) -> int:
    """Return the end of a known name with its attributes, or with the nation or country of a party."""
    bodies, last = scan.lexicon.organisations, known.last
    words = {scan.word(place) for place in range(known.first, known.last)}
    while scan.follows(last) and scan.word(last) in bodies.attributes - words:
        last += 1
    if last > known.last:
        return last
    if not _is_party(scan, known.first):
        return last
    while scan.follows(last) and is_definite(scan.word(last)) and _fits(scan, last, words):
        last += 1
    where = scan.match_at(last + 1, "PLACE") if scan.word(last) == _IN and scan.follows(last) else None
    if where and scan.follows(last + 1) and not where.name.entity.located_in:
        return where.last
    return last


def _fits(scan: Scan, place: int, words: set[str]) -> bool:
    word = scan.word(place)
    return scan.is_national(word) and word not in words


def _is_party(scan: Scan, place: int) -> bool:
    """Tell whether a name starts with the word «party»."""
    return any(reading.text in scan.lexicon.organisations.parties for reading in scan.readings(place))
