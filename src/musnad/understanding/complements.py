"""What names a meeting after its head word: who meets, with whom, whose meeting it is.

«اجتماع وزراء … العرب», «الحوار مع …», «مؤتمر ل…». Chosen over (a) the head word alone, which all meetings
share, and (b) all words up to the verb, which need a parser.
"""

from __future__ import annotations

from typing import Final

from musnad.understanding.scan import Scan
from musnad.understanding.tokens import bare, is_definite

_WITH: Final = "مع"  # with
_OF: Final = "ل"  # of
_IN: Final = "في"  # in
_TO: Final = "الي"  # to
_TITLE: Final = 7  # words of a title before a name
_VISIT: Final = "زيار"  # visit, with its pronoun or not
_LONGEST: Final = 7  # words that tell who meets


def attended_end(scan: Scan, place: int) -> int:
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


def party_end(scan: Scan, place: int) -> int:
    """Return the end of «مع …», a body or a country, 0 if neither follows."""
    if scan.word(place) != _WITH or not scan.follows(place):
        return 0
    found = scan.match_at(place + 1, "ORG") or scan.match_at(place + 1, "PLACE")
    return found.last if found and scan.follows(place + 1) else 0


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


def met_end(scan: Scan, place: int) -> int:
    """Return the end of the known person who stands at a place, with a title or without, 0 if none does."""
    persons, first = scan.lexicon.persons, scan.word(place)
    titled = first in persons.ranks or bare(first) in persons.offices
    for at in range(place, place + (_TITLE if titled else 1)):
        if not scan.follows(at) or not scan.word(at):
            break
        person = scan.match_at(at, "PERSON")
        if person:
            return person.last
    return 0


def who_end(scan: Scan, place: int, head: str) -> int:
    """Return the end of who meets or visits: a plural, or a known person after some heads; 0 if nobody."""
    person = met_end(scan, place) if head in scan.lexicon.events.personal else 0
    return person or attended_end(scan, place)


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
