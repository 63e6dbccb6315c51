"""From the parts of a date that a text gives to EDTF: what is missing comes from the anchor or stays open.

A wrong date is worse than none. Chosen over (a) taking the year of publication for every missing year, which
is wrong each January, and (b) dropping dates without a year, which loses the day and the month.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final, NamedTuple

from musnad.dates.edtf import bounds
from musnad.model.documents import Certainty


class FoundDate(NamedTuple):
    """A date in a text: `start:end` in code points of the stored text, end exclusive."""

    start: int
    end: int
    edtf: str
    certainty: Certainty


_MONTH: Final = 30  # days that a half or a third of a month is of
_QUARTERS: Final = 4  # of a year, not of a month


@dataclass(frozen=True, slots=True)
class Parts:
    """What a text says of a date; `step` is -1, 0 or 1 for last, current and next, None if unsaid."""

    year: int | None = None
    month: int | None = None
    days: tuple[int, ...] = ()
    span: bool = False  # whether the days are the ends of a stretch
    step: int | None = None
    of_year: bool = False  # whether `step` speaks of the year
    share: tuple[int, int] = (0, 0)  # which of how many parts of the month or year, of 0 for weeks
    third: int = 0  # 1, 2 or 3: of the year
    season: int = 0  # 21 to 24, as EDTF numbers them
    about: bool = False  # whether the year is about right
    decade: bool = False  # whether `year` is the first of ten that are meant
    that: bool = False  # whether the year is said to be the one named before
    until: Parts | None = None  # the day that ends the stretch which starts here


@dataclass(frozen=True, slots=True)
class Anchor:
    """The first and the last day on which the text may have been published."""

    first: date
    last: date

    @property
    def is_day(self) -> bool:
        """Tell whether the day of publication is known."""
        return self.first == self.last


def read_anchor(edtf: str) -> Anchor | None:
    """Return the anchor of an EDTF date of publication, None where it leaves an end open."""
    first, last = bounds(edtf)
    return Anchor(date.fromisoformat(first), date.fromisoformat(last)) if first and last else None


def shift(month: date, step: int) -> tuple[int, int]:
    """Return (year, month), `step` months on."""
    count = month.year * 12 + month.month - 1 + step
    return count // 12, count % 12 + 1


def resolve(parts: Parts, anchor: Anchor | None, latest: date | None) -> tuple[Parts, Certainty]:
    """Return the parts with the year and month that the anchor gives, and how certain they are.

    `latest` is the latest full date of the text, which stands in for the anchor of «the current month».
    """
    if parts.year is not None:
        return parts, "sure"
    if parts.that:
        return parts, "doubtful"
    if parts.month is None:
        return _by_step(parts, anchor)
    year = _year(parts, anchor) if anchor else None
    if year is not None:
        return _with(parts, year, parts.month), "sure" if parts.step is not None else "probable"
    if not anchor and latest and parts.step == 0 and not parts.of_year and latest.month == parts.month:
        return _with(parts, latest.year, parts.month), "probable"
    return parts, "doubtful"


def _with(parts: Parts, year: int, month: int | None) -> Parts:
    return replace(parts, year=year, month=month)


def _by_step(parts: Parts, anchor: Anchor | None) -> tuple[Parts, Certainty]:
    """Resolve «last year» and «next month», which name neither."""
    if not anchor or parts.step is None:
        return parts, "doubtful"
    if parts.of_year:
        whole = anchor.first.year == anchor.last.year
        return (_with(parts, anchor.first.year + parts.step, None) if whole else parts), "sure"
    one, other = shift(anchor.first, parts.step), shift(anchor.last, parts.step)
    return (_with(parts, *one) if one == other else parts), "sure"


def _year(parts: Parts, anchor: Anchor) -> int | None:
    """Return the year that the month belongs to, None unless the anchor allows only one."""
    month = parts.month or 1
    if parts.of_year and parts.step is not None:
        return anchor.first.year + parts.step if anchor.first.year == anchor.last.year else None
    found: set[int | None] = set()
    if parts.step == 0:
        slack = timedelta(days=31 if anchor.is_day else 0)
        found = {
            year
            for year in range(anchor.first.year - 1, anchor.last.year + 2)
            if date(year, month, 1) <= anchor.last + slack
            and date(year, month, monthrange(year, month)[1]) >= anchor.first - slack
        }
    elif parts.step is not None:
        for end in (anchor.first, anchor.last):
            behind = (end.month > month) if parts.step < 0 else (end.month < month)
            found.add(None if end.month == month else end.year + (0 if behind else parts.step))
    else:
        day = min(parts.days[0] if parts.days else 15, monthrange(2001, month)[1])
        for end in (anchor.first, anchor.last):
            years = (end.year - 1, end.year, end.year + 1)
            near = [y for y in years if abs((date(y, month, day) - end).days) <= 150]
            found.add(near[0] if near else None)
    return found.pop() if len(found) == 1 else None


def _of_year(parts: Parts, year: str) -> str:
    """Return a year, or the part of it that the text tells: four months, about; a season."""
    if parts.decade:
        return f"{year[:3]}X"
    if parts.third:
        last = 4 * parts.third
        return f"{year}-{last - 3:02}~/{year}-{last:02}~"
    nth, shares = parts.share
    if shares:
        last = 12 // shares * nth
        return f"{year}-{last - 12 // shares + 1:02}/{year}-{last:02}"
    if parts.season:
        return f"{year}-{parts.season}"
    return year + ("~" if parts.about else "")


def _of_month(share: tuple[int, int], month: str, length: int) -> str:
    """Return a month, or the part of it that the text tells; a week of it is told about."""
    nth, parts = share
    if not nth or parts == _QUARTERS:
        return month
    if not parts:
        last = 7 * nth if nth > 0 else length
        return f"{month}-{last - 6:02}~/{month}-{last:02}~"
    days = _MONTH // parts
    last = length if nth == parts else days * nth
    return f"{month}-{days * (nth - 1) + 1:02}/{month}-{last:02}"


def to_edtf(parts: Parts) -> list[str]:
    """Return the EDTF dates of resolved parts: none if they name no real day, several for separate days."""
    year = "XXXX" if parts.year is None else f"{parts.year:04}"
    if parts.month is None:
        return [_of_year(parts, year)] if parts.year is not None else []
    month = f"{year}-{parts.month:02}"
    length = monthrange(parts.year or 2000, parts.month)[1]
    if any(not 1 <= day <= length for day in parts.days):
        return []
    days = [f"{month}-{day:02}" for day in parts.days]
    if parts.until:
        return [f"{days[0]}/{day}" for day in to_edtf(parts.until)]
    if not days:
        return [_of_month(parts.share, month, length)]
    steps = {later - day for day, later in zip(parts.days, parts.days[1:], strict=False)}
    if len(days) > 1 and (parts.span or steps == {1}):
        return [f"{days[0]}/{days[-1]}"] if parts.days[0] < parts.days[-1] else []
    return days
