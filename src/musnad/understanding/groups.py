"""Persons that are named by their office and their countries only: «وزراء خارجية روسيا وتركيا».

Who they are is left open: the words name the holders of an office at a time. Chosen over (a) leaving them
out, which loses who met, and (b) looking the holders up, which guesses the date.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from musnad.understanding.scan import Candidate, Scan

_AND: Final = "و"  # and


def find_groups(scan: Scan) -> Iterator[Candidate]:
    """Yield the candidates for several holders of one office."""
    holders, matters = scan.lexicon.persons.holders, scan.lexicon.organisations.departments_of
    for place in range(len(scan.tokens)):
        skip = next((reading.skip for reading in scan.readings(place) if reading.text in holders), -1)
        if skip < 0:
            continue
        first = place + 1 + (scan.word(place + 1) in matters)
        last = _places_end(scan, first)
        if last and first > place + 1:
            yield scan.candidate((place, last), skip, "PERSON", "head-word", 0.8)


def _places_end(scan: Scan, place: int) -> int:
    """Return the end of two or more countries that «and» joins, 0 if there are none."""
    last, count = place, 0
    while scan.follows(last):
        found = next((m for m in scan.starting.get(last, ()) if m.name.entity.type == "PLACE"), None)
        joined = found is not None and found.start > scan.tokens[last].start
        if found is None or joined != bool(count) or (joined and not scan.word(last).startswith(_AND)):
            break
        last, count = found.last, count + 1
    return last if count > 1 else 0
