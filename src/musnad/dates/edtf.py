"""The days that an EDTF date allows.

The parts of levels 0 and 1 that documents need, and of level 2 only unspecified digits. Chosen over (a) the
edtf packages, which pull a grammar compiler in for ten lines, and (b) refusing what is vague.
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import Final

_SEASONS: Final[dict[str, tuple[int, int]]] = {"21": (3, 5), "22": (6, 8), "23": (9, 11), "24": (12, 2)}
_DATE: Final = re.compile(r"(\d{4}|\d{3}X|\d\dXX|XXXX)(?:-(\d\d|XX)(?:-(\d\d|XX))?)?(?:T[0-9:.Z+-]+)?[?~%]?")


def bounds(edtf: str) -> tuple[str, str]:
    """Return the earliest and the latest day of an EDTF date, "" where it does not tell.

    Days, months, years, decades (`201X`), approximate and uncertain dates (taken at their word), intervals,
    open ends (`../2018`, `2018/..`). What is no such date gives two empty strings.

    >>> bounds("2016-12")
    ('2016-12-01', '2016-12-31')
    >>> bounds("2018-01-20~/..")
    ('2018-01-20', '')
    >>> bounds("XXXX-12-18")
    ('', '')
    """
    first, slash, last = edtf.partition("/")
    one = _span(first)
    if not slash:
        return one
    other = _span(last)
    if not (one[0] or first in {"", ".."}) or not (other[1] or last in {"", ".."}):
        return "", ""
    return ("", "") if one[0] and other[1] and one[0] > other[1] else (one[0], other[1])


def _span(edtf: str) -> tuple[str, str]:
    """Return the first and the last day of one date without a slash."""
    parts = _DATE.fullmatch(edtf)
    if not parts or parts[1] == "XXXX":
        return "", ""
    year, month, day = parts.groups()
    years = int(year.replace("X", "0")), int(year.replace("X", "9"))
    if month in {None, "XX"} or years[0] != years[1]:
        first, last = (years[0], 1, 1), (years[1], 12, 31)
    elif month in _SEASONS and day is None and years[0]:
        first, last = _season(years[0], month)
    elif not 1 <= int(month) <= 12 or years[0] == 0:
        return "", ""
    else:
        end = monthrange(years[0], int(month))[1]
        known = None if day in {None, "XX"} else int(day)
        first, last = (years[0], int(month), known or 1), (years[0], int(month), known or end)
        if known is not None and not 1 <= known <= end:
            return "", ""
    return (date(*first).isoformat(), date(*last).isoformat()) if years[0] else ("", "")


def _season(year: int, season: str) -> tuple[tuple[int, int, int], tuple[int, int, int]]:
    """Return the first and the last day of a season; a winter may be that before or after the new year."""
    begin, end = _SEASONS[season]
    one, other = (year, year) if begin < end else (year - 1, year + 1)
    return (one, begin, 1), (other, end, monthrange(other, end)[1])
