"""Single happenings: festive and mourning occasions, blasts and crashes, operations with a name, days.

«حفل …», «انفجار سيارة …», «عملية …» with its known name, «هجمات 11 …». Chosen over (a) taking them with the
meetings, whose words they do not share, and (b) the bare noun, which tells of no one thing.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from musnad.dates.words import MONTHS
from musnad.understanding.scan import Candidate, Scan
from musnad.understanding.tokens import bare, is_definite

_MOST: Final = 4  # words of an occasion
_PRAYER: Final = "صلاه"  # prayer
_OPERATION: Final = "عمليه"  # operation
_ADJECTIVE: Final = ("ي", "يه")
_YEAR: Final = 4  # digits
_YEARS: Final = frozenset({"عام", "سنه"})  # year


def find_happenings(scan: Scan) -> Iterator[Candidate]:
    """Yield the candidates for events in order of their first word."""
    for place in range(len(scan.tokens)):
        for skip, word in scan.readings(place):
            last = max(
                _occasion_end(scan, place, word),
                _blast_end(scan, place, word),
                _operation_end(scan, place, word),
                _dated_end(scan, place, word),
            )
            if last:
                yield scan.candidate((place, last), skip, "EVENT", "head-word", 0.75)
                break


def _occasion_end(scan: Scan, place: int, word: str) -> int:
    """Return the end of «حفل زفاف جماعي», «مراسم …», «صلاة الجنازة», 0 if nothing tells which."""
    events, after = scan.lexicon.events, scan.word(place + 1)
    if word == _PRAYER:
        return place + 2 if after in events.prayers and scan.follows(place + 1) else 0
    if bare(word) not in events.occasions or not scan.follows(place + 1):
        return 0
    last = place + 1
    while last < place + _MOST and scan.follows(last) and _belongs(scan, place, last):
        last += 1
    return last if last > place + 1 else 0


def _belongs(scan: Scan, place: int, last: int) -> bool:
    """Tell whether a word belongs to an occasion: a noun of what is held, an adjective that agrees."""
    word, before = scan.word(last), scan.word(last - 1)
    if not is_definite(before) and word in scan.lexicon.events.adjectives:
        return True
    if not word.isalpha() or scan.is_stop(word) or scan.is_verb(word) or last in scan.adverbial:
        return False
    if is_definite(before):
        return is_definite(word) and word.endswith(_ADJECTIVE)
    if is_definite(word):
        return last > place
    noun = word in scan.lexicon.events.festive
    return noun or word.endswith(_ADJECTIVE)


def _blast_end(scan: Scan, place: int, word: str) -> int:
    """Return the end of «انفجار سيارة مفخخة»: what blew up, fell or crashed, 0 if it is nothing such."""
    events, last = scan.lexicon.events, place + 1
    after = scan.word(last)
    if word not in events.blasts or not scan.follows(last) or bare(after) not in events.devices:
        return 0
    last += 1
    while scan.follows(last) and is_definite(scan.word(last)) == is_definite(after) and last < place + _MOST:
        if bare(scan.word(last)) not in events.of_devices:
            break
        last += 1
    return last


def _operation_end(scan: Scan, place: int, word: str) -> int:
    """Return the end of the known name of an operation, after «عملية» or by itself, 0 if none stands here."""
    first = place + (word == _OPERATION and scan.follows(place + 1))
    names = (scan.word(first) if first > place else word) + " " + scan.word(first + 1)
    return first + 2 if names in scan.lexicon.events.operations and scan.follows(first + 1) else 0


def _dated_end(scan: Scan, place: int, word: str) -> int:
    """Return the end of «هجمات 11 سبتمبر»: what is known by its day, with the year, else 0."""
    events, plain = scan.lexicon.events, bare(word)
    head = events.families.get(plain) == "attack" or plain in events.incidents | events.struggles
    day, month = scan.word(place + 1), scan.word(place + 2)
    long = f"{month} {scan.word(place + 3)}" in MONTHS  # a month of two words
    if not head or not (day.isdigit() and len(day) < _YEAR and (long or month in MONTHS)):
        return 0
    last = place + 3 + long
    year = last + (scan.word(last) in _YEARS)
    return year + 1 if scan.word(year).isdigit() and len(scan.word(year)) == _YEAR else last
