"""Parts of countries and continents that are names: «شمال أفريقيا», «القلمون الغربي», «المنطقة الآمنة».

An adjective or a nation tells the part from the whole. Chosen over (a) the whole only, which loses each
countryside, and (b) every side, border and land of a country, which tell where something is and name nothing.
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
    """Return «المنطقة الآمنة»: an area that an adjective names; «منطقة آمنة» only tells of one."""
    word, places = scan.word(place + 1), scan.lexicon.places
    if not is_definite(head) or bare(head) not in places.zones or not scan.follows(place + 1):
        return None
    agrees = is_definite(word) and bare(word) in places.kinds_of_zone
    return scan.candidate((place, place + 2), skip, "PLACE", "head-word", 0.7) if agrees else None


def _side(scan: Scan, place: int, skip: int) -> Candidate | None:
    """Return «شمال أفريقيا», «جنوب البلاد»: a side of a continent, or after a preposition of the country.

    The side of a country that is named is no name: the country is.
    """
    places, first = scan.lexicon.places, place + 1
    first += scan.word(first) in places.sides  # «شمال شرق …»
    into = scan.word(place - 1) in _INTO if not skip else scan.word(place)[:skip] == _IN
    wide = places.continents | (places.lands if into else frozenset())
    if scan.word(first) not in wide or not all(map(scan.follows, range(place + 1, first + 1))):
        return None
    return scan.candidate((place, first + 1), skip, "PLACE", "side", 0.8)


def _directed(scan: Scan, place: int, skip: int, region: str) -> Candidate | None:
    """Return a region with its direction («القلمون الغربي»), which is not the region itself.

    A part of a country takes the adjective of its nation («الشمال المثالي»).
    """
    if region in scan.lexicon.places.regions and scan.follows(place + 1):
        after = scan.word(place + 1)
        agrees = after.endswith("ه") == region.endswith("ه")
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
