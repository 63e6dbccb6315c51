"""Find the dates of a text: what the grammar reads, joined, completed from one another and resolved.

The first pattern that takes a passage keeps it. Chosen over (a) each date by itself, which gives «March and
April 2015» two years, and (b) a year for every date from the nearest one, which is wrong across sentences.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from itertools import zip_longest
from typing import Final

from musnad.dates.edtf import bounds
from musnad.dates.grammar import (
    AND,
    GRAMMAR,
    IN_THE_YEAR,
    UNTIL,
    YEAR,
    YEAR_CUE,
    Reader,
    number_of,
    read_year,
)
from musnad.dates.hijri import find_hijri
from musnad.dates.relative import find_relative
from musnad.dates.resolving import Anchor, FoundDate, Parts, read_anchor, resolve, to_edtf
from musnad.dates.words import WEEKDAYS
from musnad.folding import Folded, fold

_BEFORE: Final = 16  # letters before a date in which an opening word or a weekday stands
_FROM: Final = r"(?<!\w)(?:من|بين|منذ)\s+(?:يوم\s+|تاريخ\s+)?\Z"  # from, between, since
_TO: Final = rf"\s*(?:{AND}?(?:{UNTIL})(?:\s+(?:يوم|غايه|تاريخ))?|{AND})\s*"
_TO_OR_COMMA: Final = re.compile(rf"\s*,\s*|{_TO}")
_WEEKDAY: Final = re.compile(  # in, the
    rf"(?<!\w)[وف]?[بل]?({'|'.join(WEEKDAYS)})\s*,?\s*(?:في\s+)?(?:ال\s?)?\Z"
)
_YEARS: Final = re.compile(rf"\s*(?:{AND}|{UNTIL})\s*(?P<year>{YEAR})(?!\w)")


def find_dates(text: str, anchor: str = "") -> list[FoundDate]:
    """Return the dates of a text in order; spans in code points of the text as given.

    `anchor` is the date of publication (EDTF), from which «current», «last» and «next» and missing years
    are told. Without it a missing year stays open (`XXXX-12-18`, doubtful), except that «the current month»
    may be that of the latest full date of the text (probable).

    >>> [found.edtf for found in find_dates("من 18 و19 كانون الأول/ديسمبر الجاري", "2024-12-20")]
    ['2024-12-18/2024-12-19']
    >>> find_dates("في 5 آذار")[0].edtf
    'XXXX-03-05'
    """
    folded = fold(text)
    taken: list[tuple[int, int, Parts]] = []
    for pattern, reader in GRAMMAR:
        for found in pattern.finditer(folded.text):
            start, end = _trim(found)
            if any(start < last and first < end for first, last, _ in taken):
                continue
            parts = reader(found)
            if parts:
                taken.append((start, end, parts))
                taken += _more_years(folded.text, start, end, parts, reader)
    taken = _told(folded.text, sorted(taken, key=lambda span: span[:2]))
    taken = _stretches(folded.text, taken)
    known = read_anchor(anchor) if anchor else None
    latest = _latest([parts for _, _, parts in taken])
    dates = [found for span in taken for found in _resolved(span, known, latest, folded)]
    spans = [(start, end) for start, end, _ in taken]
    dates += find_hijri(folded, spans)
    if known and known.is_day:
        dates += _outside(find_relative(folded, known.first), dates)
    return sorted(map(_completer(dates), dates))


def _outside(more: Iterable[FoundDate], dates: list[FoundDate]) -> list[FoundDate]:
    """Return the dates that overlap none of those found already, nor each other; the first found stands."""
    kept: list[FoundDate] = []
    for found in more:
        if not any(found.start < other.end and other.start < found.end for other in [*dates, *kept]):
            kept.append(found)
    return kept


def _completer(dates: list[FoundDate]) -> Callable[[FoundDate], FoundDate]:
    """Return what gives an open year the year that the same day has elsewhere in the text, if only one."""
    years: dict[str, set[str]] = {}
    for found in dates:
        if not found.edtf.startswith("XXXX") and len(found.edtf) == 10:
            years.setdefault(found.edtf[4:], set()).add(found.edtf)

    def complete(found: FoundDate) -> FoundDate:
        same = years.get(found.edtf[4:], set()) if found.edtf.startswith("XXXX") else set()
        return found._replace(edtf=min(same), certainty="probable") if len(same) == 1 else found

    return complete


def _trim(found: re.Match[str]) -> tuple[int, int]:
    """Return the span of a match without the clitics before it."""
    told = {name for name, words in found.groupdict().items() if words is not None} - {"between"}
    named = [found.start(name) for name in told]
    start, first = found.start(), min(named)
    lead = re.match(r"[وف]?[بلك]?(?=شهر)", found.string[start:first])  # month
    return (start + lead.end(), found.end()) if lead else (_word_start(found, first), found.end())


def _word_start(found: re.Match[str], first: int) -> int:
    """Return where the cue word starts that stands before the figures, or the figures themselves."""
    cue = re.search(rf"{YEAR_CUE}\s+{IN_THE_YEAR}\Z", found.string[found.start() : first])
    return found.start() + cue.start() if cue else first


def _more_years(
    text: str, start: int, end: int, parts: Parts, reader: Reader
) -> Iterator[tuple[int, int, Parts]]:
    """Yield the second year after a cue («in the years 2011 and 2012»)."""
    if reader is not read_year:
        return
    more = _YEARS.match(text, end)
    if more and parts.year is not None and number_of(more["year"]) > parts.year:
        yield more.start("year"), more.end(), Parts(number_of(more["year"]))


def _told(text: str, taken: list[tuple[int, int, Parts]]) -> list[tuple[int, int, Parts]]:
    """Return the dates with the years that neighbours tell: «of the same year», «March and April 2015»."""
    told: list[tuple[int, int, Parts]] = []
    known: int | None = None
    for (start, end, parts), after in zip_longest(taken, taken[1:]):
        year = parts.year
        if parts.that:
            year = known
        elif after and year is None and parts.step is None and _TO_OR_COMMA.fullmatch(text, end, after[0]):
            year = after[2].year if (parts.month or 13) <= (after[2].month or 0) else None
        known = year or known
        told.append((start, end, replace(parts, year=year)))
    return told


def _stretches(text: str, taken: list[tuple[int, int, Parts]]) -> list[tuple[int, int, Parts]]:
    """Return the dates with «from a day of one month to a day of the next» as one stretch."""
    kept: list[tuple[int, int, Parts]] = []
    for start, end, parts in taken:
        before = kept[-1] if kept else None
        if before and _is_stretch(text, before, (start, end, parts)):
            first = replace(before[2], year=before[2].year or parts.year, until=parts)
            kept[-1] = (before[0], end, first)
        else:
            kept.append((start, end, parts))
    return kept


def _is_stretch(text: str, one: tuple[int, int, Parts], other: tuple[int, int, Parts]) -> bool:
    """Tell whether two days are the ends of a stretch within a year, or of two years that are both told."""
    first, last = one[2], other[2]
    opened = re.search(_FROM, text[max(0, one[0] - _BEFORE) : one[0]])
    if not opened or not re.fullmatch(_TO, text[one[1] : other[0]]) or first.until or not first.month:
        return False
    single = len(first.days) == len(last.days) == 1 and last.month is not None and last.year is not None
    ordered = (first.year or last.year or 0, first.month) <= (last.year or 0, last.month or 0)
    return single and ordered and first.step is None


def _latest(dates: list[Parts]) -> date | None:
    """Return the latest day that the text gives in full, or the start of such a month."""
    days = [
        edtf
        for parts in dates
        if parts.year and parts.month
        for edtf in to_edtf(Parts(parts.year, parts.month, parts.days[-1:]))
    ]
    return max((date.fromisoformat(bounds(day)[0]) for day in days), default=None)


def _resolved(
    span: tuple[int, int, Parts], anchor: Anchor | None, latest: date | None, folded: Folded
) -> Iterator[FoundDate]:
    start, end, parts = span
    whole, certainty = resolve(parts, anchor, latest)
    if parts.year is None and not _fits(whole, folded.text[max(0, start - _BEFORE) : start]):
        whole, certainty = parts, "doubtful"
    place = folded.original(start, end)
    for edtf in to_edtf(whole):
        yield FoundDate(*place, edtf, certainty)


def _fits(parts: Parts, before: str) -> bool:
    """Tell whether a day is the weekday that stands before it, if one does."""
    named = _WEEKDAY.search(before)
    days = to_edtf(parts)
    if not named or parts.year is None or not days or len(days[0]) != len("2001-01-01"):
        return True
    return date.fromisoformat(days[0]).weekday() == WEEKDAYS[named[1]]
