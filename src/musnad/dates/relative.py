"""Days told from the day of publication: yesterday, tomorrow, last Tuesday, Thursday evening.

Only where that day is known, and only in phrases that mean a day: «اليوم» is also «today» at large, and
«اليوم الثاني» the second day of something. Chosen over (a) reading each «اليوم» and each weekday, and
(b) none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from musnad.dates.resolving import FoundDate
from musnad.dates.words import ORDINALS, RELATIVES, WEEKDAYS, alternatives
from musnad.folding import Folded

_LEFT: Final = r"(?<!\w)[وف]?[بلك]?"  # clitics
_STEP: Final = "|".join(RELATIVES)
_NAME: Final = "|".join(WEEKDAYS)
_HOURS: Final = "صباح|مساء|ظهر|عصر|فجر|ليل|ليله|منتصف ليل|بعد ظهر|غروب"  # parts of the day
_PART: Final = rf"(?:{_HOURS})\s+(?:يوم\s+)?"
_NOT_DATED: Final = rf"(?!\s*,?\s*\d)(?!\s+(?:{_STEP}|{alternatives(ORDINALS)})(?!\w))"
_YESTERDAY: Final = re.compile(
    rf"(?<!\w)[و]?(?P<before>اول\s+)?(?:من\s+)?امس(?!\w)(?:\s+الاول(?!\w))?(?:\s*,?\s*(?P<weekday>{_NAME})(?!\w))?{_NOT_DATED}"
)
_TODAY: Final = re.compile(
    rf"{_LEFT}(?:(?P<part>{_PART})اليوم(?!\w)(?:\s*,?\s*(?P<weekday>{_NAME})(?!\w))?"
    rf"|اليوم\s*,?\s*\(?(?P<named>{_NAME})(?!\w)){_NOT_DATED}"
)
_TOMORROW: Final = re.compile(
    rf"{_LEFT}(?:يوم\s+)?(?P<after>بعد\s+)?(?:غدا?\s*,?\s*(?P<weekday>{_NAME})(?!\w)|غد(?!\w)|غدا(?=\s*[.,;:)\n]|\Z))"
    rf"{_NOT_DATED}"
)
_STEPPED: Final = re.compile(rf"{_LEFT}(?P<weekday>{_NAME})\s+(?P<step>{_STEP})(?!\w)")
_BARE: Final = re.compile(rf"{_LEFT}(?:{_PART}|يوم\s+)(?P<weekday>{_NAME})(?!\w){_NOT_DATED}")
_ALONE: Final = re.compile(
    rf"(?<!\w)(?<!صلاه )(?<!خطبه )(?<!سوق )(?<!قداس )(?<!بين )(?<!اليوم )(?<!امس )(?<!غدا )(?<!يوم )[وف]?"
    rf"(?P<weekday>{_NAME})(?!\w)(?=\s*(?:[.,;:)\n-]|\Z|\s(?:في|مع|ان|علي|الي|من|عن|ب\w|ل\w)))"
    rf"{_NOT_DATED}"
)
_FUTURE: Final = re.compile(
    r"(?<!\w)[وف]?(?:س[يتن]\w{3,}|سوف|لن|المرتقب|المقرر|المزمع|المتوقع|المنتظر|ينطلق|تنطلق)(?!\w)"
)
_REACH: Final = 90  # letters before a weekday in which a word of the future may stand


def find_relative(folded: Folded, today: date) -> Iterator[FoundDate]:
    """Yield the days that are told from `today`, the day of publication; all of them are probable only.

    A weekday that does not fit («أمس الثلاثاء» on a Friday) makes the phrase no date.
    """
    for found, days in _steps(folded.text, today):
        day = today + timedelta(days=days)
        named = found.groupdict().get("weekday") or found.groupdict().get("named")
        if not named or WEEKDAYS[named] == day.weekday():
            yield FoundDate(*folded.original(_start(found), found.end()), day.isoformat(), "probable")


def _start(found: re.Match[str]) -> int:
    """Return where the phrase starts without the clitics before it."""
    lead = re.match(r"[وف]?[بلك]?(?=ال|غد|يوم|امس|اول|صباح|مساء|ظهر|عصر|فجر|ليل)", found[0])
    return found.start() + (lead.end() if lead else 0)


def _steps(text: str, today: date) -> Iterator[tuple[re.Match[str], int]]:
    """Yield the phrases and how many days they are from today."""
    for found in _YESTERDAY.finditer(text):
        yield found, -2 if found["before"] or "الاول" in found[0] else -1  # before yesterday
    for found in _TODAY.finditer(text):
        yield found, 0
    for found in _TOMORROW.finditer(text):
        yield found, 2 if found["after"] else 1
    for found in _STEPPED.finditer(text):
        step, back = RELATIVES[found["step"]], _back(today, found["weekday"])
        if step:
            yield found, -(back or 7) if step < 0 else 7 - back
    for found in (*_BARE.finditer(text), *_ALONE.finditer(text)):
        sentence = re.split(r"[.\n؟!]", text[max(0, found.start() - _REACH) : found.start()])[-1]
        back = _back(today, found["weekday"])
        yield found, (7 - back) % 7 if _FUTURE.search(sentence) else -back


def _back(today: date, weekday: str) -> int:
    """Return how many days ago the weekday was last, 0 for today."""
    return (today.weekday() - WEEKDAYS[weekday]) % 7
