"""Names of events that nobody convenes: wars and crises, elections, what happened at a place.

Each needs what tells which one: a nation, a kind, a year, a place. Chosen over (a) the bare head word, which
means any war, and (b) a list of all wars and elections.
"""

from __future__ import annotations

import re
from typing import Final

from musnad.understanding.extents import place_end
from musnad.understanding.localities import any_place_end
from musnad.understanding.persons import name_end
from musnad.understanding.scan import Candidate, Scan
from musnad.understanding.targets import AGAINST, against_end
from musnad.understanding.tokens import bare, is_definite

_YEAR: Final = re.compile(r"(?:19|20)\d\d\Z")
_REACH: Final = 5  # words of the name of a contest
_OPERATION: Final = "عمليه"  # operation
_AT: Final = frozenset({"في", "على", "علي"})  # in, on
_WAR: Final = "حرب"  # war
_IN: Final = "في"  # in
_AND: Final = "و"  # and
_SHE: Final = "ه"  # ending of the feminine
_SHES: Final = "ات"  # of its plural
_UNTOLD: Final = frozenset({"سقوط", "حراك"})  # fall, movement: an adjective does not tell which
_OF_LANDS: Final = frozenset({"غزو", "حرب", "عدوان"})  # invasion of, war of, aggression on
_LIBERATION: Final = "تحرير"  # liberation of
_WHICH: Final = frozenset({"الذي", "التي"})  # which
_OWNERS: Final = ("هما", "ها", "هم", "نا", "ه")  # their, her, their, our, his


def find_struggle(scan: Scan, place: int, skip: int, word: str) -> Candidate | None:
    """Return the struggle, the elections or the incident that a reading of a word opens, if any."""
    lexicon = scan.lexicon.events
    if word in lexicon.dated and _YEAR.match(scan.word(place + 1)):
        return _dated(scan, place, skip)
    if bare(word) in lexicon.campaigns and (found := _campaign(scan, place, skip, word)):
        return found
    if bare(word) in lexicon.struggles:
        return _struggle(scan, place, skip, word)
    if word in lexicon.dated and scan.word(place + 1) in lexicon.elected and scan.follows(place + 2):
        last = place + 3 if is_definite(scan.word(place + 2)) else place
        body = scan.match_at(place + 1, "ORG")
        last = body.last if body else last
        last += last > place and scan.follows(last) and bool(_YEAR.match(scan.word(last)))
        return scan.candidate((place, last), skip, "EVENT", "head-word", 0.8) if last > place else None
    if bare(word) in lexicon.dated and _is_vote(scan, place, word):
        return scan.candidate((place, _vote_end(scan, place + 2, word)), skip, "EVENT", "head-word", 0.75)
    if word in lexicon.contests:
        return _contest(scan, place, skip)
    if word in lexicon.deeds:
        return _deed(scan, place, skip)
    if bare(word) in lexicon.incidents:
        return _incident(scan, place, skip, word)
    return _owned(scan, place, skip, word)


def _dated(scan: Scan, place: int, skip: int) -> Candidate:
    """Return «انتخابات 1994» with the adjective that tells which."""
    last = place + 2
    while scan.follows(last) and is_definite(scan.word(last)) and scan.word(last).endswith(("ي", "يه")):
        last += 1
    return scan.candidate((place, last), skip, "EVENT", "head-word", 0.85)


def _is_vote(scan: Scan, place: int, word: str) -> bool:
    """Tell whether an adjective says which elections («الانتخابات الرئاسية»)."""
    after = scan.word(place + 1)
    plain = bare(after)
    return (
        scan.follows(place + 1)
        and plain in scan.lexicon.events.votes
        and is_definite(word) == is_definite(after)
    )


def _vote_end(scan: Scan, place: int, word: str) -> int:
    """Return the end of what tells further which elections («… المبكرة», «… الأخيرة»)."""
    last = place
    while _is_vote(scan, last - 1, word) or (
        scan.follows(last) and is_definite(word) and scan.word(last) in scan.lexicon.events.ordinals
    ):
        last += 1
    return last + (is_definite(word) and scan.follows(last) and _is_nations(scan, last))


def _is_nations(scan: Scan, place: int) -> bool:
    """Tell whether the adjective of a nation with the article stands at a place («… الأميركية»)."""
    word = scan.word(place)
    return is_definite(word) and word.endswith(_SHE) and scan.is_national(word)


def _campaign(scan: Scan, place: int, skip: int, word: str) -> Candidate | None:
    """Return «حملة مداهمات واسعة», «الحملة الجوية»: a head with its kind, its adjectives and its enemy."""
    after, lexicon = scan.word(place + 1), scan.lexicon.events
    fits = not is_definite(word) or is_definite(after)
    if not (scan.follows(place + 1) and fits and bare(after) in lexicon.kinds_of_campaign):
        return None
    last = place + 2
    last += scan.follows(last) and scan.word(last) in lexicon.adjectives
    return scan.candidate((place, against_end(scan, last)), skip, "EVENT", "head-word", 0.75)


def _struggle(scan: Scan, place: int, skip: int, word: str) -> Candidate | None:
    """Return «الحرب الأهلية», «الأزمة الليبية», «الحرب في …»: with a nation, a kind or a place."""
    if land := _land_end(scan, place, word):
        return scan.candidate((place, land), skip, "EVENT", "head-word", 0.8)
    last = place + 1
    while is_definite(word) and scan.follows(last) and _is_kind(scan, scan.word(last)):
        last += 1
    if scan.follows(last) and _YEAR.match(scan.word(last + 1)) and scan.follows(last + 1):
        return scan.candidate((place, last + 2), skip, "EVENT", "head-word", 0.8)  # a month and a year
    if scan.follows(last) and _YEAR.match(scan.word(last)) and last == place + 1:
        return scan.candidate((place, last + 1), skip, "EVENT", "head-word", 0.8)
    last = max(last, _described_end(scan, place + 1, word))
    operation = bare(word) == _OPERATION
    if scan.follows(last):
        placed = scan.word(last) in _AT and scan.follows(last + 1)
        where = scan.match_at(last + 1, "PLACE") if placed and is_definite(word) else None
        end = where.last if where else against_end(scan, last)
        nation = any(scan.is_national(scan.word(at)) for at in range(place + 1, last))
        known = nation or end > last or not is_definite(word)
        if operation and not (last > place + 1 and known):
            return None
        last = end
    return scan.candidate((place, last), skip, "EVENT", "head-word", 0.75) if last > place + 1 else None


def _land_end(scan: Scan, place: int, word: str) -> int:
    """Return the end of «غزو …», «حرب …», «حرب تحرير …»: a war that its land names, 0 if none follows."""
    if word not in _OF_LANDS or not scan.follows(place + 1):
        return 0
    first = place + 1 + (scan.word(place + 1) == _LIBERATION and scan.follows(place + 2))
    land = scan.match_at(first, "PLACE")
    if land is None or land.start != scan.tokens[first].start:
        return 0
    return land.last + (scan.follows(land.last) and scan.word(land.last) in scan.lexicon.events.ordinals)


def _described_end(scan: Scan, place: int, word: str) -> int:
    """Return the end of the adjectives of «حرب» or of one «عملية» without the article."""
    lexicon = scan.lexicon.events
    kinds = lexicon.kinds_of_war if word == _WAR else lexicon.kinds_of_operation
    last = place
    while word in {_WAR, _OPERATION} and scan.follows(last) and scan.word(last) in kinds:
        last += 1
    return last + (last > place and scan.follows(last) and scan.word(last) in lexicon.adjectives)


def _owned(scan: Scan, place: int, skip: int, word: str) -> Candidate | None:
    """Return «معركتنا ضد …», a struggle with a pronoun; «هجماتها على …» only tells a deed."""
    if scan.word(place + 1) not in AGAINST:
        return None
    lexicon = scan.lexicon.events
    for owner in _OWNERS:
        stem = word.removesuffix(owner)
        fights = (lexicon.struggles | lexicon.incidents) - lexicon.families.keys()
        stem = stem[:-1] + "ه" if stem.endswith("ت") and stem[:-1] + "ه" in fights else stem
        last = against_end(scan, place + 1) if stem != word and stem in fights else place + 1
        if last > place + 1:
            return scan.candidate((place, last), skip, "EVENT", "head-word", 0.8)
    return None


def _is_kind(scan: Scan, word: str) -> bool:
    kinds = scan.lexicon.events.kinds_of_struggle
    known = word[2:] in kinds or word[2:] + "ه" in kinds
    return is_definite(word) and (scan.is_national(word) or known)


def _contest(scan: Scan, place: int, skip: int) -> Candidate | None:
    """Return «كأس … 2030»: a contest with what is contested, or where, and the year."""
    last, named = place + 1, False
    while last < place + _REACH and scan.follows(last) and not scan.is_stop(scan.word(last)) and not named:
        where = scan.match_at(last, "PLACE")
        named = where is not None or is_definite(scan.word(last))
        last = where.last if where else last + 1
    last += scan.follows(last) and bool(_YEAR.match(scan.word(last)))
    return scan.candidate((place, last), skip, "EVENT", "head-word", 0.8) if named else None


def _deed(scan: Scan, place: int, skip: int) -> Candidate | None:
    """Return «اغتيال فلان الفلاني»: what is done to a person, with the name."""
    first, persons = place + 1, scan.lexicon.persons
    if not scan.follows(first):
        return None
    known = scan.match_at(first, "PERSON")
    if known:
        return scan.candidate((place, known.last), skip, "EVENT", "head-word", 0.8)
    named = scan.word(first) in persons.given_names and scan.word(first) not in persons.doubtful_names
    last = (name_end(scan, first, strong=True) or first + 1) if named else place
    return scan.candidate((place, last), skip, "EVENT", "head-word", 0.75) if last > place else None


def _incident(scan: Scan, place: int, skip: int, word: str) -> Candidate | None:
    """Return «مجزرة …», «الأحداث في …», «المعركة ضد …» with the place or the enemy that names it."""
    after = scan.word(place + 1)
    if not scan.follows(place + 1):
        return None
    agrees = is_definite(after) == is_definite(word) and after.endswith(_SHE) == word.endswith((_SHE, _SHES))
    if bare(after) in scan.lexicon.events.kinds_of_incident and agrees:
        return scan.candidate((place, place + 2), skip, "EVENT", "head-word", 0.8)
    kinds = _kinds_end(scan, place + 1, definite=is_definite(word))
    if kinds and bare(word) not in _UNTOLD:
        return scan.candidate((place, kinds), skip, "EVENT", "bare", 0.75)
    if is_definite(word) and after in _WHICH and scan.is_verb(scan.word(place + 2)):
        return scan.candidate((place, place + 1), skip, "EVENT", "told", 0.5)
    if is_definite(word):
        placed = place_end(scan, place + 2) if after == _IN else 0
        fought = against_end(scan, place + 1)
        last = placed or fought * (fought > place + 1)
    else:
        last = any_place_end(scan, place + 1)
    return scan.candidate((place, last), skip, "EVENT", "head-word", 0.8) if last else None


def _kinds_end(scan: Scan, place: int, *, definite: bool) -> int:
    """Return the end of an incident's adjectives, 0 where none is a nation's («… الجوي التركي»)."""
    last, nation = place, False
    while scan.follows(last) and is_definite(_joined(scan, last, place)) == definite:
        word = _joined(scan, last, place)
        of_nation = scan.is_national(word)
        if not (of_nation or bare(word) in scan.lexicon.events.adjectives):
            break
        last, nation = last + 1, nation or of_nation
    return last if nation else 0


def _joined(scan: Scan, place: int, first: int) -> str:
    """Return the word at a place, without the «and» that joins it to an adjective before it."""
    word = scan.word(place)
    return word[1:] if place > first and word.startswith(_AND) else word
