"""Find the dates of a text: patterns over folded text, each read into parts and resolved.

Levantine, Gulf, Egyptian and Maghrebi months and their pairs, figures day first, ISO, English dates, years
after a cue word, «current», «last» and «next». The first pattern that takes a passage keeps it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import Final

from musnad.dates.edtf import bounds
from musnad.dates.hijri import find_hijri
from musnad.dates.relative import find_relative
from musnad.dates.resolving import Anchor, FoundDate, Parts, read_anchor, resolve, to_edtf
from musnad.dates.words import APPROXIMATE, ENGLISH_MONTHS, MONTHS, ORDINALS, RELATIVES, SEASONS, THIRDS
from musnad.folding import Folded, fold

_Reader = Callable[[re.Match[str]], Parts | None]


def _any(words: dict[str, int]) -> str:
    return "(?:" + "|".join(sorted(map(re.escape, words), key=len, reverse=True)) + ")"


_LEFT: Final = r"(?<![\w/])(?:[وف]?[بلك]?)"  # clitics: and, so; in, for, as
_FIGURES: Final = r"(?:19|20)\d\d"
_YEAR: Final = rf"{_FIGURES}(?![\d/]|[.,]\d)"
_MONTH: Final = rf"{_any(MONTHS)}(?!\w)"
_PAIR: Final = (
    rf"(?P<month>{_MONTH})(?:\s*[/-]\s*(?P<other>{_MONTH})|\s*\(\s*(?P<same>{_MONTH})\s*\)"
    rf"|\s+(?P<beside>{_MONTH}))?"
)
_DAY: Final = r"(?:0?[1-9]|[12]\d|3[01])(?!\d)"
_UNTIL: Final = r"-|–|الي|حتي"  # to, until
_AND: Final = r"و"  # and
_DAY_LIST: Final = rf"{_DAY}(?:\s*(?:,|{_AND}|{_UNTIL})\s*{_DAY}){{0,4}}"
_DAYS: Final = rf"(?P<days>(?<![\d:.,])(?:{_DAY_LIST}|(?<!النصف ){_any(ORDINALS)}))"  # half
_BETWEEN: Final = r"(?P<between>بين\s+(?:يومي\s+|ال)?)"  # between (the days of)
_OF: Final = r"(?:من\s+)?"  # of
_IN_THE_YEAR: Final = r"(?:(?:ل?ل|ال)?عام\s+|(?:ال)?سنه\s+)?"  # in the year
_OF_MONTH: Final = r"(?:شهر\s+)"  # of the month of
_STEP: Final = _any(RELATIVES)
_OF_YEAR: Final = rf"من\s+(?:هذا\s+)?(?:العام|السنه)\s+(?P<yearstep>{_STEP})(?!\w)"  # of the … year
_TAIL: Final = rf"(?:\s*,?\s*{_OF}{_IN_THE_YEAR}(?P<year>{_YEAR})|\s+{_OF_YEAR}|\s+(?P<step>{_STEP})(?!\w))"
_HALF: Final = r"النصف\s+(?P<half>الاول|الثاني)\s+من\s+"  # the first, second half of
_ENGLISH: Final = rf"(?P<english>{_any(ENGLISH_MONTHS)})\.?(?!\w)"


def _days(words: str) -> tuple[int, ...]:
    return (ORDINALS[words],) if words in ORDINALS else tuple(int(day) for day in re.findall(r"\d+", words))


def _read_words(found: re.Match[str]) -> Parts | None:
    """Read a date whose month is a word."""
    given = found.groupdict()
    month = MONTHS[given["month"]]
    other = given.get("other") or given.get("same") or given.get("beside")
    if other and MONTHS[other] != month:
        return None
    days, step = given.get("days") or "", given.get("step") or given.get("yearstep")
    return Parts(
        year=int(given["year"]) if given.get("year") else None,
        month=month,
        days=_days(days),
        span=bool(given.get("between")) or any(joint in days for joint in _UNTIL.split("|")),
        step=RELATIVES[step] if step else None,
        of_year=bool(given.get("yearstep")),
        half=_half(given),
    )


def _half(given: dict[str, str | None]) -> int:
    return 0 if not given.get("half") else 1 if given["half"] == "الاول" else 2  # first


def _read_english(found: re.Match[str]) -> Parts:
    day = found.groupdict().get("day")
    month = ENGLISH_MONTHS[found["english"].lower()]
    return Parts(int(found["year"]), month, (int(day),) if day else ())


def _read_figures(found: re.Match[str]) -> Parts | None:
    """Read figures: year first, or day first as Arabic pages write; month first only if no other way."""
    year, one, other = int(found["year"]), int(found["one"]), int(found["other"])
    month, day = (one, other) if found.start("year") < found.start("one") else (other, one)
    if month > 12:
        month, day = day, month
    return Parts(year, month, (day,)) if 1 <= month <= 12 else None


def _read_year(found: re.Match[str]) -> Parts:
    """Read a year after a cue, which may tell a third of it, a season, or that it is about that year."""
    words = found[0].split()
    cue = next((word for word in words if word in THIRDS or word in SEASONS or word in APPROXIMATE), "")
    third, season = THIRDS.get(cue, 0), SEASONS.get(cue, 0)
    half = _half(found.groupdict())
    return Parts(int(found["year"]), third=third, season=season, about=cue in APPROXIMATE, half=half)


def _read_step(found: re.Match[str]) -> Parts:
    of_year = found["unit"] != "الشهر"  # the month
    third = THIRDS.get(found["third"] or "", 0) if of_year else 0
    return Parts(step=RELATIVES[found["step"]], of_year=of_year, half=_half(found.groupdict()), third=third)


_YEAR_WORD: Final = r"(?:ال|لل)?عام(?:ي)?|(?:ال|لل)?سنه"  # year, years
_THIRD: Final = _any(THIRDS)
_ABOUT: Final = rf"(?:{'|'.join(sorted(APPROXIMATE))})\s+(?={_YEAR_WORD})"
_YEAR_CUE: Final = rf"(?:(?:{_ABOUT})?(?:{_YEAR_WORD})|{_THIRD}|{_any(SEASONS)})"
_PLAIN_CUE: Final = "في|منذ|حتي|خلال|بعد|قبل|مطلع"  # in, since, until, during, after, before
_GOES_ON: Final = (
    r"(?=\s*(?:[.,;:)\n]|\Z|\s(?:و\w|في|من|الي|ثم|قبل|بعد|عندما|حين|لكن|كما|حيث)))"  # no noun follows
)
_UNIT: Final = "الشهر|العام|السنه"  # month, year
_GRAMMAR: Final[tuple[tuple[re.Pattern[str], _Reader], ...]] = (
    (
        re.compile(
            rf"(?<![\w/.-])(?P<year>{_FIGURES})(?P<s>[-/.])(?P<one>\d\d?)(?P=s)(?P<other>\d\d?)"
            r"(?=T\d|(?![\w/-]|\.\d))"
        ),
        _read_figures,
    ),
    (
        re.compile(
            rf"(?<![\w/.-])(?P<one>\d\d?)(?P<s>[-/.])(?P<other>\d\d?)(?P=s)(?P<year>{_YEAR})(?![\w-])"
        ),
        _read_figures,
    ),
    (re.compile(rf"(?<!\w){_ENGLISH}\s+(?P<day>{_DAY}),?\s+(?P<year>{_YEAR})", re.I), _read_english),
    (re.compile(rf"(?<![\w.:])(?P<day>{_DAY})\s+{_ENGLISH},?\s+(?P<year>{_YEAR})", re.I), _read_english),
    (re.compile(rf"(?<!\w){_ENGLISH},?\s+(?P<year>{_YEAR})", re.I), _read_english),
    (
        re.compile(rf"{_LEFT}{_BETWEEN}?{_DAYS}\s*{_OF}{_OF_MONTH}?(?<!\d){_PAIR}{_TAIL}?"),
        _read_words,
    ),
    (re.compile(rf"{_LEFT}(?:{_HALF})?{_OF_MONTH}?{_PAIR}{_TAIL}"), _read_words),
    (re.compile(rf"{_LEFT}(?:{_HALF})?{_OF_MONTH}{_PAIR}"), _read_words),
    (re.compile(rf"{_LEFT}(?:{_HALF})?{_YEAR_CUE}\s+{_IN_THE_YEAR}(?P<year>{_YEAR})(?!\w)"), _read_year),
    (re.compile(rf"(?<!\w)[وف]?(?:{_PLAIN_CUE})\s+(?P<year>{_YEAR})(?!\w){_GOES_ON}"), _read_year),
    (
        re.compile(rf"{_LEFT}(?:{_HALF}|(?P<third>{_THIRD})\s+)?(?P<unit>{_UNIT})\s+(?P<step>{_STEP})(?!\w)"),
        _read_step,
    ),
)
_BEFORE: Final = 12  # letters before a stretch in which its opening word stands
_FROM: Final = r"(?<!\w)(?:من|بين|منذ)\s+(?:يوم\s+|تاريخ\s+)?\Z"  # from, between, since
_TO: Final = rf"\s*(?:{_AND}?(?:{_UNTIL})(?:\s+(?:يوم|غايه|تاريخ))?|{_AND})\s*"
_YEARS: Final = re.compile(rf"\s*(?:{_AND}|{_UNTIL})\s*(?P<year>{_YEAR})(?!\w)")


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
    for pattern, reader in _GRAMMAR:
        for found in pattern.finditer(folded.text):
            start, end = _trim(found)
            if any(start < last and first < end for first, last, _ in taken):
                continue
            parts = reader(found)
            if parts:
                taken.append((start, end, parts))
                taken += _more_years(folded.text, start, end, parts, reader)
    taken = _stretches(folded.text, sorted(taken, key=lambda span: span[:2]))
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
    lead = re.match(r"[وف]?[بلك]?(?=شهر|النصف)", found.string[start:first])  # month, half
    return (start + lead.end(), found.end()) if lead else (_word_start(found, first), found.end())


def _word_start(found: re.Match[str], first: int) -> int:
    """Return where the cue word starts that stands before the figures, or the figures themselves."""
    cue = re.search(rf"{_YEAR_CUE}\s+{_IN_THE_YEAR}\Z", found.string[found.start() : first])
    return found.start() + cue.start() if cue else first


def _more_years(
    text: str, start: int, end: int, parts: Parts, reader: _Reader
) -> Iterator[tuple[int, int, Parts]]:
    """Yield the second year after a cue («in the years 2011 and 2012»)."""
    if reader is not _read_year:
        return
    more = _YEARS.match(text, end)
    if more and parts.year is not None and int(more["year"]) > parts.year:
        yield more.start("year"), more.end(), Parts(int(more["year"]))


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
    place = folded.original(start, end)
    for edtf in to_edtf(whole):
        yield FoundDate(*place, edtf, certainty)
