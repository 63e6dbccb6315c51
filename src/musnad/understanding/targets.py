"""Against whom an attack or a war is: «هجوم على …», «الحرب ضد …», «غارات بالبراميل على بلدات …».

A body, a place or a menace belongs to the name of the event, so that two attacks are two events. Chosen
over (a) the head word with its adjectives, which all attacks share, and (b) every word after «on», which
takes what was destroyed for whom it was aimed at.
"""

from __future__ import annotations

from typing import Final

from musnad.understanding.extents import extent, known_end, nouns_end, place_end
from musnad.understanding.scan import Scan
from musnad.understanding.tokens import is_definite

_WITH_THE: Final = "بال"  # with the
_ADJECTIVE: Final = ("ي", "ه")  # endings
AGAINST: Final = frozenset({"على", "علي", "ضد"})  # on, against


def target_end(scan: Scan, place: int) -> int:
    """Return the end of what tells an attack: by what or whose it is, on what place or body, and where."""
    word = scan.word(place)
    where = word[len(_WITH_THE) :] in scan.lexicon.places.heads or place in scan.starting
    means = word.startswith(_WITH_THE) and not where
    if scan.follows(place) and means:
        last = place + 1
        while scan.follows(last) and is_definite(scan.word(last)) and scan.word(last).endswith(_ADJECTIVE):
            last += 1
        return extent(scan, last)
    if scan.follows(place) and is_definite(word) and not scan.is_stop(word):
        return extent(scan, nouns_end(scan, place))
    return against_end(scan, place)


def against_end(scan: Scan, place: int) -> int:
    """Return the end of «على …», «ضد …»: the body, the place or the menace fought, else `place`."""
    if scan.word(place) not in AGAINST or not scan.follows(place):
        return place
    if scan.word(place + 1) in scan.lexicon.places.plural_heads:
        return _joined_end(scan, place + 2) or place
    if _is_enemy(scan, place + 1):
        return place + 2 + (scan.word(place + 1) not in scan.lexicon.events.menaces)
    bracketed = place + 1 < len(scan.tokens) and scan.tokens[place + 1].text == "("
    body = known_end(scan, place + 1 + bracketed, 0, frozenset({"ORG"}))
    if bracketed:
        closed = 0 < body < len(scan.tokens) and scan.tokens[body].text == ")"
        return body + 1 if closed else place
    return body or place_end(scan, place + 1) or place


def _is_enemy(scan: Scan, place: int) -> bool:
    """Tell whether a menace stands at a place, or a fixed name («التنظيم المتطرف»)."""
    word, bodies = scan.word(place), scan.lexicon.organisations
    fixed = word in bodies.national_heads and f"{word} {scan.word(place + 1)}" in bodies.fixed
    return scan.follows(place) and (word in scan.lexicon.events.menaces or fixed)


def _joined_end(scan: Scan, place: int) -> int:
    """Return the end of known places that «and» joins, 0 if none starts at a place."""
    last, skip, end = place, 0, 0
    while scan.follows(last) and (end := known_end(scan, last, skip, frozenset({"PLACE"}))):
        last, skip = end, 1
    return last if last > place else 0
