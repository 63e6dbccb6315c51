"""Words that name no one event: a crisis or a war as a state of things, raids and battles without number.

«الأزمة», «الحرب الأهلية», «غارات جوية» tell how things are; «الحرب على …», «الغارات التركية», «غارة» tell
what happened. Chosen over (a) taking every such word for an event, which fills a page with names that tell
nothing apart, and (b) only events with a name, which loses the single ones that pages describe.
"""

from __future__ import annotations

import re
from typing import Final

from musnad.understanding.particles import WHO
from musnad.understanding.scan import Candidate, Scan
from musnad.understanding.tokens import bare, is_definite

# Began, broke out, set out.
_BEGAN: Final = frozenset({"بدات", "بدا", "اندلعت", "اندلع", "انطلقت", "انطلق", "نشبت", "نشب"})
_YEAR: Final = re.compile(r"(?:19|20)\d\d")
_REACH: Final = 6  # words from «began» to the year
_LIBERATION: Final = "تحرير"  # liberation of
_WAR: Final = "حرب"  # war
_CIVIL: Final = "اهليه"  # civil
_FIGHTING: Final = frozenset({"attack", "clash"})  # families
_AGAINST: Final = frozenset({"علي", "على", "ضد"})  # on, on, against


def is_untold(scan: Scan, candidate: Candidate) -> bool:
    """Tell whether the words of an event tell of no one event."""
    if candidate.type != "EVENT" or scan.text[candidate.start - 1 : candidate.start] in {'"', "#", "_"}:
        return False
    words = scan.key(candidate).split()
    events, head = scan.lexicon.events, bare(words[0])
    if head in events.states or (head[:-1] == _WAR and words[1:] == [_CIVIL]):
        return not _has_begun(scan, candidate.last)
    if head == _WAR:
        return not (_is_war(scan, candidate, words) or _is_of_land(scan, candidate))
    if head not in events.several or candidate.how == "coreference":
        return False
    if events.families.get(head) in _FIGHTING or head in events.incidents:
        return not _is_which(scan, candidate, words)
    told = any(_tells(scan, word) for word in words[1:])
    return not told and not (len(words) > 1 and is_definite(words[0]))


def _has_begun(scan: Scan, after: int) -> bool:
    """Tell whether a state of things is told to have begun in some year («the crisis that began in 2011»)."""
    if scan.word(after) not in WHO or scan.word(after + 1) not in _BEGAN:
        return False
    return any(_YEAR.fullmatch(scan.word(place)) for place in range(after + 2, after + 2 + _REACH))


def _is_which(scan: Scan, candidate: Candidate, words: list[str]) -> bool:
    """Tell whether a day, a place right after them, a nation or a target tells which raids are meant."""
    dated = any(word[:1].isdigit() for word in words)
    placed = candidate.first + 1 in scan.known_places
    told = any(scan.is_national(word) or word in _AGAINST for word in words[1:])
    return dated or placed or (is_definite(words[0]) and told)


def _is_of_land(scan: Scan, candidate: Candidate) -> bool:
    """Tell whether a war is named by its land, or by the land that it freed («حرب تحرير …»)."""
    first = candidate.first + 1 + (scan.word(candidate.first + 1) == _LIBERATION)
    return first in scan.known_places and not is_definite(scan.word(candidate.first))


def _is_war(scan: Scan, candidate: Candidate, words: list[str]) -> bool:
    """Tell whether a war is on a land, or has a year or a number; that on a body goes on for years."""
    ordinals = scan.lexicon.events.ordinals
    land = any(word in _AGAINST for word in words[1:]) and candidate.last in scan.ending_places
    return land or any(word[:1].isdigit() or word in ordinals for word in words[1:])


def _tells(scan: Scan, word: str) -> bool:
    """Tell whether a word of a name tells which: not only how, as an adjective of events does."""
    joined = word[1:] if word.startswith("و") and len(word) > len(_WAR) else word  # and
    return scan.is_national(word) or bare(joined) not in scan.lexicon.events.adjectives
