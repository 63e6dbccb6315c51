"""Plans and proposals that are named by whose they are: «خطة فلان …», «مبادرة المبعوث …».

Who made it tells one plan from all others. Chosen over (a) each «خطة», which is a plan of action more often
than a text, and (b) a list of the known plans, to which every envoy adds one.
"""

from __future__ import annotations

from typing import Final

from musnad.understanding.extents import known_end, party_end
from musnad.understanding.name_words import is_plain
from musnad.understanding.scan import Candidate, Scan
from musnad.understanding.tokens import bare, is_definite

_PURPOSE: Final = 3  # letters of a word that «for» may be fused with
_FOR: Final = "ل"  # for
_IN: Final = "في"  # in
_ADJECTIVES: Final = ("ه", "ي", "ات", "ين")  # endings


def authored(scan: Scan, place: int, skip: int) -> Candidate | None:
    """Return «خطة فلان لإنهاء …»: a plan of a person or a nation, with its aim; of an office no more."""
    if not scan.follows(place + 1):
        return None
    office = bare(scan.word(place + 1)) in scan.lexicon.persons.offices and place + 1 not in scan.starting
    if office and scan.word(place)[skip:] in scan.lexicon.works.loose:  # the office is told by itself
        return scan.candidate((place, place + 1), skip, "WORK", "told", 0.6)
    person = _author_end(scan, place + 1)
    nation = scan.is_national(scan.word(place + 1)) and place + 1 not in scan.starting
    if not person and not nation:
        return None
    last = person or place + 2
    goal = scan.word(last)
    if scan.follows(last) and goal.startswith(_FOR) and len(goal) > _PURPOSE and not scan.is_stop(goal):
        last += 1
        last += scan.follows(last) and is_definite(scan.word(last))
        where = scan.match_at(last + 1, "PLACE") if scan.word(last) == _IN and scan.follows(last) else None
        last = where.last if where else last
    return (
        scan.candidate((place, last), skip, "WORK", "head-word", 0.75) if person or last > place + 2 else None
    )


def _author_end(scan: Scan, place: int) -> int:
    """Return the end of the person that a plan is named by, 0 if nobody is."""
    persons, word = scan.lexicon.persons, scan.word(place)
    titled = word in persons.honours | persons.ranks
    described = is_definite(word) or word.endswith(_ADJECTIVES)
    named = is_plain(scan, word) and not (scan.is_common(word) or described)
    author = titled or named or known_end(scan, place, 0, frozenset({"PERSON"}))
    return party_end(scan, place) if author else 0
