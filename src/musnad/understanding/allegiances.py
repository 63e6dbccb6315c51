"""Bodies told by whom they are for or of: «نظام الرئيس …», «القوات الموالية ل…», «المقاتلون الأكراد».

None has a name of its own; a ruler, an enemy, a nation or a cause says which they are. Chosen over (a) the
bare noun, which all armies share, and (b) the ruler or the nation alone, which did not act.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from musnad.understanding.gazetteer import Match
from musnad.understanding.persons import name_end
from musnad.understanding.scan import Candidate, Scan, unfused
from musnad.understanding.tokens import bare, is_definite

_REGIME: Final = frozenset({"نظام"})  # regime of
_LINKS: Final = frozenset({"من", "مع", "عن", "علي", "على"})  # by, with, of, on
_OF_THEM: Final = frozenset({"له", "لها", "لهم"})  # of it, of them
_TO_THE: Final = "لل"
_PLURAL: Final = ("ين", "ون")
_MOST: Final = 4  # words of a title before the ruler's name
_ADJECTIVES: Final = 2


def find_allegiances(scan: Scan) -> Iterator[Candidate]:
    """Yield the candidates for bodies in order of their first word."""
    lexicon = scan.lexicon.organisations
    told = (
        (lexicon.rules, _ruled_end),
        (lexicon.administrations, _ruler_end),
        (_REGIME, _seat_end),
        (lexicon.forces | set(map(bare, lexicon.forces)), _loyal_end),
        (lexicon.fighters, _nations_end),
        (lexicon.partisans, _cause_end),
        (lexicon.peoples, _people_end),
    )
    for place in range(len(scan.tokens)):
        for skip, word in scan.readings(place):
            last = max((find(scan, place + 1) for heads, find in told if word in heads), default=0)
            if last:
                yield scan.candidate((place, last), skip, "ORG", "head-word", 0.8)
                break


def _ruled_end(scan: Scan, place: int, *, titled: bool = False) -> int:
    """Return the end of «الرئيس … فلان الفلاني» after a rule or an army, 0 if no ruler is named.

    `titled` says that the word at the place is such a title («للرئيس»).
    """
    at = place + titled
    while scan.follows(at) and at < place + _MOST and _is_title(scan, scan.word(at)):
        at += 1
    if at == place or not scan.follows(at):
        return 0
    given = scan.word(at) in scan.lexicon.persons.given_names
    return max(_ruler_end(scan, at), (name_end(scan, at, strong=True) or at + 1) if given else 0)


def _ruler_end(scan: Scan, place: int) -> int:
    """Return the end of the known name of a person, 0 if none stands here."""
    ruler = _longest(scan, place, "PERSON") if scan.follows(place) else None
    return ruler.last if ruler else 0


def _seat_end(scan: Scan, place: int) -> int:
    """Return the end of the town or country that a regime is named by («نظام …»), 0 if none is."""
    seat = _longest(scan, place, "PLACE") if scan.follows(place) else None
    if seat is None or seat.start != scan.tokens[place].start:
        return 0
    statute = scan.follows(seat.last) and is_definite(scan.word(seat.last))  # «the Statute of Rome»
    return 0 if statute else seat.last


def _is_title(scan: Scan, word: str) -> bool:
    persons = scan.lexicon.persons
    title = is_definite(word) and (word in persons.modifiers or bare(word) in persons.offices)
    return title or scan.is_national(word)


def _loyal_end(scan: Scan, place: int) -> int:
    """Return the end of «الموالية ل…», «المدعومة من …» after forces, 0 if nobody is named."""
    at, bodies = place, scan.lexicon.organisations
    definite = any(is_definite(reading.text) for reading in scan.readings(place - 1))
    loyal = bodies.loyal if definite else {*map(bare, bodies.loyal)}
    while scan.follows(at) and at < place + _ADJECTIVES and scan.word(at) not in loyal:
        if not is_definite(scan.word(at)):
            return 0
        at += 1
    if scan.word(at) not in loyal or not scan.follows(at + 1):
        return 0
    whom = at + 1 + (scan.word(at + 1) in _LINKS)
    if scan.word(whom) in _OF_THEM:
        return whom + 1
    named = _longest(scan, whom, "ORG") or _longest(scan, whom, "PLACE") or _longest(scan, whom, "PERSON")
    if named:
        return named.last
    titled = scan.word(whom).startswith(_TO_THE) and _is_title(scan, unfused(scan.word(whom)))
    ruled = _ruled_end(scan, whom, titled=True) if titled else 0
    return ruled or (whom + 1 if scan.word(whom) in bodies.causes else 0)


def _nations_end(scan: Scan, place: int) -> int:
    """Return the end of the nations of fighters («… الأكراد», «… السوريون»), 0 if none is told."""
    last = place
    while scan.follows(last) and _is_of_nation(scan, scan.word(last)):
        last += 1
    return last if last > place else 0


def _is_of_nation(scan: Scan, word: str) -> bool:
    plural = word.endswith(_PLURAL) and scan.is_national(word)
    bodies = scan.lexicon.organisations
    return is_definite(word) and (plural or word in bodies.nations | bodies.peoples)


def _cause_end(scan: Scan, place: int) -> int:
    """Return the end of «المعارضة …» after partisans, with its nation and attributes, 0 if it is none."""
    bodies, last = scan.lexicon.organisations, place + 1
    if not scan.follows(place) or scan.word(place) not in bodies.gathered:
        return 0
    while scan.follows(last) and (scan.word(last) in bodies.attributes or scan.is_national(scan.word(last))):
        last += 1
    return last


def _people_end(scan: Scan, place: int) -> int:
    """Return the end of a people that acts as a party, with its country, 0 if the word is an adjective."""
    definite = [is_definite(reading.text) for reading in scan.readings(place - 1)]
    if not any(definite):
        where = _longest(scan, place, "PLACE") if scan.follows(place) else None
        return where.last if where else 0
    described = definite[0] and scan.follows(place - 1) and _is_noun(scan, place - 2)
    last = _nations_end(scan, place)
    people = any(reading.text in scan.lexicon.organisations.nations for reading in scan.readings(place - 1))
    return 0 if described or (people and not last) else max(place, last)


def _is_noun(scan: Scan, place: int) -> bool:
    """Tell whether a word carries the article, clitics before it or not."""
    return any(is_definite(reading.text) for reading in scan.readings(place))


def _longest(scan: Scan, place: int, kind: str) -> Match | None:
    """Return the longest known name of a type at a word, short ones and those after «ل» included."""
    named = (match for match in scan.starting.get(place, ()) if match.name.entity.type == kind)
    return max(named, key=lambda match: match.last, default=None)
