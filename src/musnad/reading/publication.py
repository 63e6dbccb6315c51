"""When a document was published: what its metadata, its own lines and its first words say, in this order.

A date counts by its place: in the metadata under a name of publication; on a line of its own by the title, or
behind a label; before the first dash of the text («city – agency – day:»). A banner that shows today's date
and the date of a capture stand elsewhere, and are not taken. Chosen over (a) the first date of the page,
which is often that of the visit, and (b) the most frequent one, which is that of the news.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from musnad.dates import bounds, find_dates
from musnad.dates.words import WEEKDAYS
from musnad.model import Zone
from musnad.model.documents import Certainty
from musnad.reading.lines import Line
from musnad.reading.metadata import Metadata
from musnad.reading.values import read_date

_OPENING: Final = 90  # characters of a text within which its dateline stands
_PLACE: Final = 6  # words that may stand before the day: city, agency
_MONTH: Final = 31
_DATELINE: Final = re.compile(r"[^\d:–—-]{2,40}\s[–—-]\s[^\d:]{2,40}:\s")
_DASH: Final = re.compile(r"\s*,?\s*(?:\([^()\d]{2,40}\)\s*)?[:–—-](?!\d)")
_LABELLED: Final = re.compile(r"date\s+((?:19|20)\d\d-\d\d-\d\d)(?=\s)")
_CLOCK: Final = re.compile(r"(?<![\d:])\d{1,2}:\d\d(?![\d:]*\d{3})")
# Last updated, updated – the article, not the page or the site.
_CHANGED: Final = re.compile(
    r"\W*(?:اخر تحديث|تم (?:ال)?تحديث(?:ه)?|تحديث|حدثت?)(?! (?:لل)?(?:صفحه|موقع))(?!\w)"
)
_DAY: Final = re.compile(rf"(?:(?:{'|'.join(WEEKDAYS)})\s*[,:]?\s*)?\d")


class Publication(NamedTuple):
    """A date of publication, "" where the document does not tell, and notes for the editor."""

    edtf: str = ""
    certainty: Certainty = "sure"
    time: str = ""
    notes: tuple[str, ...] = ()


def publication(
    lines: Sequence[Line], zones: Sequence[Zone], shown: str, metadata: Metadata, captured: str
) -> Publication:
    """Return when a document was published; `shown` is what its lines say, `captured` its capture's time."""
    said, notes = metadata.published, list(metadata.notes)
    if said and captured and said > captured[:10]:
        notes.append(f"the metadata say {said}, which is after the capture")
        said = ""
    if shown and captured and bounds(shown)[0] > captured[:10]:
        notes.append(f"the page shows {shown}, which is after the capture")
        shown = ""
    if said and shown and not _agree(said, shown):
        notes.append(f"the metadata say that it was published on {said}, the page {shown}")
    if said and shown and captured.startswith(said) and not _agree(said, shown):
        return Publication(shown, "probable", "", tuple(notes))
    if said:
        return Publication(said, "sure", metadata.time, tuple(notes))
    if shown:
        return Publication(shown, "sure", "", tuple(notes))
    before = _before_title(lines, zones) or _opening(lines, zones) or _changed(lines, zones)
    before = before or _foot(lines, zones)
    if before and captured and bounds(before)[0] > captured[:10]:
        before = ""
    return Publication(before, "probable" if before else "sure", "", tuple(notes))


def _agree(one: str, other: str) -> bool:
    """Tell whether two dates may be the same day."""
    (first, last), (start, end) = bounds(one), bounds(other)
    return first <= end and start <= last


def _before_title(lines: Sequence[Line], zones: Sequence[Zone]) -> str:
    """Return the date on the line before the title, or before the text where there is none.

    A page that begins with a date may show the day of the visit: it counts only in the form of a dateline
    («city – outlet: day»), with the hour, or where the text speaks of the month before it.
    """
    title = next((zone for kind in ("title", "body") for zone in zones if zone.kind == kind), None)
    place = next((i for i, line in enumerate(lines) if title and line.start == title.start), 0)
    if place < 1 or any(read_date(each.text) for each in lines[: place - 1]):
        return ""
    line = lines[place - 1]
    zone, day = _smallest(zones, line), read_date(line.text)
    if not day or zone is None or zone.kind != "metadata":
        return ""
    told = _DATELINE.match(line.text) or _CLOCK.search(line.folded.text)
    if place == 1 and not told and not _is_told(lines[place:], day):
        return ""
    return day


def _is_told(lines: Sequence[Line], day: str) -> bool:
    """Tell whether the text gives a full date of the month that ends with a day."""
    if len(day) != 10:
        return False
    last = date.fromisoformat(day)
    told = (found.edtf for line in lines for found in find_dates(line.text) if found.certainty == "sure")
    days = [date.fromisoformat(each) for each in told if len(each) == 10 and each[4] == "-"]
    return any(0 <= (last - each).days <= _MONTH for each in days)


def _opening(lines: Sequence[Line], zones: Sequence[Zone]) -> str:
    """Return the date of the dateline with which the text begins."""
    first = next((line for line in lines if _kind(zones, line) == "body"), None)
    if first is None:
        return ""
    head = first.text[:_OPENING]
    if labelled := _LABELLED.match(first.folded.text):
        return labelled[1]
    for found in find_dates(head):
        short = len(head[: found.start].split()) <= _PLACE
        if found.certainty == "sure" and short and _DASH.match(first.text[found.end :]):
            return found.edtf
    return ""


def _changed(lines: Sequence[Line], zones: Sequence[Zone]) -> str:
    """Return the day of the last change that stands above the text, where the page shows no other day."""
    for line in lines:
        if _kind(zones, line) == "body":
            return ""
        if _CHANGED.match(line.folded.text) and (day := read_date(line.text)):
            return day
    return ""


def _foot(lines: Sequence[Line], zones: Sequence[Zone]) -> str:
    """Return the day that stands on a line of its own directly below the text."""
    last = max((place for place, line in enumerate(lines) if _kind(zones, line) == "body"), default=-1)
    line = lines[last + 1] if 0 <= last < len(lines) - 1 else None
    if line is None or _kind(zones, line) not in {"interface", "metadata"} or len(line.text) > _OPENING:
        return ""
    day = read_date(line.text) if _DAY.match(line.folded.text) else ""
    return day if len(day) == 10 else ""


def _kind(zones: Sequence[Zone], line: Line) -> str:
    zone = _smallest(zones, line)
    return zone.kind if zone else ""


def _smallest(zones: Sequence[Zone], line: Line) -> Zone | None:
    around = [zone for zone in zones if zone.start <= line.start and line.end <= zone.end]
    return min(around, key=lambda zone: zone.end - zone.start, default=None)
