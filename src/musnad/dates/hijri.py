"""Dates of the Hijri calendar, with the Gregorian days that they mean.

The calendar of Umm al-Qura, by the tables of `hijridate`; other countries saw the moon a day sooner or
later, so the day is probable at best. Where a Gregorian date stands beside, that one is the date. Chosen
over (a) the arithmetic calendar, which is off more often, and (b) leaving the dates of statements unread.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from hijridate import Hijri

from musnad.dates.resolving import FoundDate
from musnad.dates.words import NOT_NUMBERING, ORDINALS, alternatives
from musnad.folding import Folded, fold

_NAMES: Final[dict[int, tuple[str, ...]]] = {
    1: ("محرم", "المحرم", "محرم الحرام"),  # Muharram
    2: ("صفر", "صفر الخير"),  # Safar
    3: ("ربيع الأول", "ربيع أول"),  # Rabi I
    4: ("ربيع الآخر", "ربيع الثاني", "ربيع آخر", "ربيع ثاني"),  # Rabi II
    5: ("جمادى الأولى", "جمادى الأول", "جماد الأول", "جماد أول"),  # Jumada I
    6: ("جمادى الآخرة", "جمادى الثانية", "جمادى الآخر", "جماد الثاني", "جماد الآخر"),  # Jumada II
    7: ("رجب", "رجب الفرد"),  # Rajab
    8: ("شعبان",),  # Shaban
    9: ("رمضان", "رمضان المبارك"),  # Ramadan
    10: ("شوال",),  # Shawwal
    11: ("ذو القعدة", "ذي القعدة", "ذو القعده الحرام"),  # Dhu al-Qada
    12: ("ذو الحجة", "ذي الحجة"),  # Dhu al-Hijja
}
_MONTHS: Final = {fold(name).text: number for number, names in _NAMES.items() for name in names}
_MONTH: Final = alternatives(_MONTHS)
_ORDINAL: Final = alternatives(ORDINALS)
_ERA: Final = r"(?:\s*(?:هجريه|هجري|ه)\.?(?!\w))"  # of the Hijra
_DATE: Final = re.compile(
    rf"(?<![\w/.:])(?:[وف]?[بل]?(?P<day>\d\d?|{NOT_NUMBERING}{_ORDINAL})\s*(?:من\s+)?(?:شهر\s+)?)?(?<!\w)[بلوف]?(?P<month>{_MONTH})(?!\w)"
    rf"\s*,?\s*(?:من\s+)?(?:عام\s+|سنه\s+|لعام\s+)?(?P<year>1[34]\d\d)(?!\d){_ERA}?"
)
_FIGURES: Final = re.compile(
    rf"(?<![\w/.-])(?P<day>\d\d?)(?P<s>[-/])(?P<month>\d\d?)(?P=s)(?P<year>1[34]\d\d)(?!\d){_ERA}"
)
_SAME: Final = re.compile(r"[\s,()/–=-]*(?:و?الموافق(?:ه)?|الموافق\s+ل)?[\s,:()/–=-]*[لب]?\s*")  # equal to
_WEEKDAY: Final = r"(?:يوم\s+)?(?:السبت|الاحد|الاثنين|الثلاثاء|الاربعاء|الخميس|الجمعه)?\s*"  # day of the week
_NEAR: Final = re.compile(_SAME.pattern + _WEEKDAY)


def find_hijri(folded: Folded, taken: list[tuple[int, int]]) -> Iterator[FoundDate]:
    """Yield the Hijri dates that have no Gregorian date beside them; `taken` are the spans of the others.

    A month gives the interval of its days. Years are 1343 to 1500; a date without a year is left unread.
    """
    for pattern in (_DATE, _FIGURES):
        for found in pattern.finditer(folded.text):
            start = found.start("day" if found["day"] else "month")
            if any(_beside(folded.text, (start, found.end()), other) for other in taken):
                continue
            edtf = to_gregorian(int(found["year"]), _month(found["month"]), _day(found["day"]))
            if edtf:
                yield FoundDate(*folded.original(start, found.end()), edtf, "probable")


def _month(month: str) -> int:
    return int(month) if month.isdigit() else _MONTHS[month]


def _day(day: str | None) -> int:
    return ORDINALS[day] if day in ORDINALS else int(day or 0)


def _beside(text: str, span: tuple[int, int], other: tuple[int, int]) -> bool:
    """Tell whether two dates overlap, or are said to be the same."""
    first, last = sorted((span, other))
    return first[1] > last[0] or bool(_NEAR.fullmatch(text[first[1] : last[0]]))


def to_gregorian(year: int, month: int, day: int = 0) -> str:
    """Return the EDTF of a Hijri day, or of the days of a Hijri month; "" for what does not exist.

    >>> to_gregorian(1439, 7, 14)
    '2018-03-31'
    """
    try:
        first = Hijri(year, month, day or 1)
        iso = str(first.to_gregorian().isoformat())
        if day:
            return iso
        return f"{iso}/{Hijri(year, month, first.month_length()).to_gregorian().isoformat()}"
    except (ValueError, OverflowError):
        return ""
