"""Parts of countries and towns: «شمال …», «الأراضي …», «القلمون الغربي», «المنطقة الحدودية».

A side, an adjective or a nation tells the part from the whole. Chosen over (a) the whole only, which puts
what happened at the border into the capital, and (b) a list of all regions, of which each war makes new ones.
"""

from __future__ import annotations

from typing import Final

from musnad.understanding.scan import Candidate, Scan
from musnad.understanding.tokens import bare, is_definite

_INTO: Final = frozenset({"في", "من", "الي", "نحو"})  # in, from, to, towards
_IN: Final = "ب"  # in


def part(scan: Scan, place: int, skip: int, word: str) -> Candidate | None:
    """Return the part of a country or a town that a reading of a word opens, if any."""
    if word in scan.lexicon.places.sides:
        return _side(scan, place, skip)
    return zone(scan, place, skip, word) or _directed(scan, place, skip, word)


def zone(scan: Scan, place: int, skip: int, head: str) -> Candidate | None:
    """Return «المنطقة الحدودية», «منطقة آمنة»: an area that an adjective names; «مناطق آمنة» only tells."""
    word, places = scan.word(place + 1), scan.lexicon.places
    if bare(head) not in places.zones or head in places.plurals or not scan.follows(place + 1):
        return None
    kinds = places.kinds_of_zone if is_definite(head) else places.made_zones
    agrees = is_definite(word) == is_definite(head) and bare(word) in kinds
    return scan.candidate((place, place + 2), skip, "PLACE", "head-word", 0.7) if agrees else None


def _side(scan: Scan, place: int, skip: int) -> Candidate | None:
    """Return «شمال …»: a part of a country or town, after a preposition."""
    into = scan.word(place - 1) in _INTO if not skip else scan.word(place)[:skip] == _IN
    first = place + 1 + (scan.word(place + 1) in scan.lexicon.places.sides)  # «شمال شرق …»
    if not into or not all(map(scan.follows, range(place + 1, first + 1))):
        return None
    where = scan.match_at(first, "PLACE")
    last = where.last if where else first + (scan.word(first) in scan.lexicon.places.lands)
    return scan.candidate((place, last), skip, "PLACE", "side", 0.8) if last > first else None


def _directed(scan: Scan, place: int, skip: int, region: str) -> Candidate | None:
    """Return a region with its direction («القلمون الغربي»), which is not the region itself.

    A part of a country takes the adjective of its nation («الشمال المثالي»).
    """
    if region in scan.lexicon.places.regions and scan.follows(place + 1):
        after = scan.word(place + 1)
        agrees = after.endswith("ه") == (region.endswith("ه") or region in scan.lexicon.places.borders)
        if agrees and is_definite(after) and scan.is_national(after):
            return scan.candidate((place, place + 2), skip, "PLACE", "head-word", 0.8)
    match = scan.longest.get(place)
    if not match or match.name.entity.type != "PLACE" or match.start != scan.tokens[place].start + skip:
        return None
    last = match.last
    while scan.follows(last) and scan.word(last) in scan.lexicon.places.directions:
        last += 1
    if last == match.last or not is_definite(scan.word(match.first)[skip:]):
        return None
    return scan.candidate((place, last), skip, "PLACE", "head-word", 0.8)
