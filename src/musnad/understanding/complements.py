"""What names a meeting after its head word: who meets, whose meeting it is, where it goes, what it is for.

«اجتماع وزراء … العرب», «مؤتمر ل…», «زيارة إلى …». Chosen over (a) the head word alone, which all meetings
share, and (b) all words up to the verb, which need a parser.
"""

from __future__ import annotations

from typing import Final

from musnad.understanding.scan import Scan
from musnad.understanding.tokens import is_definite

_OF: Final = "ل"  # of
_IN: Final = "في"  # in
_TO: Final = "الي"  # to
_VISIT: Final = "زيار"  # visit, with its pronoun or not
_LONGEST: Final = 7  # words that tell who meets


def who_end(scan: Scan, place: int) -> int:
    """Return the end of «وزراء … العرب»: who meets, 0 if no such plural starts at a place."""
    plural = scan.word(place).removeprefix("ال")
    known = scan.follows(place) and plural in scan.lexicon.events.attendees
    return _plural_end(scan, place) if known else 0


def _plural_end(scan: Scan, place: int) -> int:
    """Return the end of a plural and of what tells whose or which, 0 if nothing does."""
    definite, last = is_definite(scan.word(place)), place + 1
    while last < place + _LONGEST and scan.follows(last) and _belongs(scan, last):
        where = scan.match_at(last, "PLACE") or scan.match_at(last, "ORG")
        last = where.last if where else last + 1
        definite = definite or is_definite(scan.word(last - 1)) or where is not None
    return last if definite else 0


def _belongs(scan: Scan, place: int) -> bool:
    """Tell whether a word may tell whose the persons are or of what kind: a noun, a nation, a body."""
    word = scan.word(place)
    noun = word.isalpha() and not scan.is_stop(word) and not scan.is_verb(word)
    opened = is_definite(scan.word(place - 1)) and not is_definite(word)  # the phrase was closed before
    return noun and not opened and word not in scan.lexicon.organisations.descriptive


def is_placed(scan: Scan, place: int) -> bool:
    """Tell whether «في» and the name of a place follow."""
    places, word = scan.lexicon.places, scan.word(place + 1)
    named = word in places.capital or word in places.heads or scan.match_at(place + 1, "PLACE")
    return scan.word(place) == _IN and scan.follows(place) and bool(named)


def owner_end(scan: Scan, place: int) -> int:
    """Return the end of «ل…», the known body whose meeting it is, 0 if none follows."""
    word = scan.word(place)
    if not scan.follows(place) or not word.startswith(_OF):
        return 0
    if word[1:] in scan.lexicon.events.attendees:
        return _plural_end(scan, place)
    bodies = [
        match.last
        for match in scan.starting.get(place, ())
        if match.name.entity.type == "ORG" and match.start - scan.tokens[place].start in (0, 1)
    ]
    return max(bodies, default=0)


def toward_end(scan: Scan, place: int, head: str) -> int:
    """Return the end of «إلى …», the place that a visit goes to, 0 if none follows."""
    if not head.startswith(_VISIT) or not scan.follows(place):
        return 0
    away = scan.word(place) == _TO and scan.follows(place + 1)
    where = scan.match_at(place + 1, "PLACE") if away else None
    own = (
        match.last
        for match in scan.starting.get(place, ())
        if match.name.entity.type == "PLACE" and match.start == scan.tokens[place].start + 1
    )
    return where.last if where else max(own, default=0) if scan.word(place).startswith(_OF) else 0


def goal_end(scan: Scan, place: int) -> int:
    """Return the end of what an event is for («المنتدى … للحوار الوطني»), `place` if nothing is said."""
    goal = scan.word(place)[2:]
    if (
        not scan.follows(place)
        or not scan.word(place).startswith("لل")
        or goal not in scan.lexicon.events.goals
    ):
        return place
    last = place + 1
    while scan.follows(last) and is_definite(scan.word(last)) and scan.word(last).endswith(("ي", "يه")):
        last += 1
    return last
