"""The grammar of dates: patterns over folded text, each with what reads its parts.

Levantine, Gulf, Egyptian and Maghrebi months and their pairs, figures day first, ISO, English dates, years
after a cue word or in words, decades, «current», «last» and «next». Chosen over (a) one large expression,
whose readings cannot be told apart, and (b) a parser of tokens, which is slower on texts without dates.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from musnad.dates.resolving import Parts
from musnad.dates.words import (
    APPROXIMATE,
    DECADES,
    ENGLISH_MONTHS,
    LAST,
    MONTHS,
    NOT_NUMBERING,
    NTH,
    ORDINALS,
    RELATIVES,
    SEASONS,
    SHARES,
    THIRDS,
    YEARS,
    alternatives,
)

Reader = Callable[[re.Match[str]], Parts | None]


_LEFT: Final = r"(?<![\w/])(?:[وف]?[بلك]?)"  # clitics: and, so; in, for, as
_FIGURES: Final = r"(?:19|20)\d\d"
YEAR: Final = rf"(?:{_FIGURES}(?![\d/]|[.,]\d)|{alternatives(YEARS)}(?!\w))"
_ERA: Final = r"(?:\s?م(?!\w))?"  # of the common era
_MONTH: Final = rf"{alternatives(MONTHS)}(?!\w)"
_PAIR: Final = (
    rf"(?P<month>{_MONTH})(?:\s*[/-]\s*(?P<other>{_MONTH})|\s*\(\s*(?P<same>{_MONTH})\s*\)"
    rf"|\s+(?P<beside>{_MONTH}))?"
)
_DAY: Final = r"(?:0?[1-9]|[12]\d|3[01])(?!\d)"
UNTIL: Final = r"-|–|الي|حتي"  # to, until
AND: Final = r"و"  # and
_DAY_LIST: Final = rf"{_DAY}(?:\s*(?:,|{AND}|{UNTIL})\s*{_DAY}){{0,4}}"
_ORDINAL: Final = alternatives(ORDINALS)
_DAY_GIVEN: Final = rf"(?:{_DAY_LIST}|{NOT_NUMBERING}{_ORDINAL}(?:\s+{AND}{_ORDINAL})?)"
_DAYS: Final = rf"(?:ال\s?)?(?P<days>(?<![\d:.,]){_DAY_GIVEN})"  # the
_BETWEEN: Final = r"(?P<between>بين\s+(?:يومي\s+|ال)?)"  # between (the days of)
_OF: Final = r"(?:من\s+)?"  # of
IN_THE_YEAR: Final = r"(?:(?:ل?ل|ال)?عام\s+|(?:ال)?سنه\s+)?"  # in the year
_OF_MONTH: Final = r"(?:شهر\s+)"  # of the month of
_OF_MONTHS: Final = r"(?:شهري\s+|شهر\s+)"  # of the (two) months of
_STEP: Final = alternatives(RELATIVES)
_OF_YEAR: Final = rf"من\s+(?:هذا\s+)?(?:العام|السنه)\s+(?P<yearstep>{_STEP})(?!\w)"  # of the … year
_SAME: Final = r"(?:ذاته|نفسه|عينه|ذاتها|نفسها|عينها)"  # the same
_OF_THAT: Final = rf"من\s+(?:ذلك\s+العام|تلك\s+السنه|(?:العام|السنه)\s+{_SAME})(?!\w)"  # of that year
_TAIL: Final = (
    rf"(?:\s*,?\s*{_OF}{IN_THE_YEAR}(?P<year>{YEAR})|\s+{_OF_YEAR}|\s+(?P<that>{_OF_THAT})"
    rf"|\s+(?P<step>{_STEP})(?!\w))"
)
_MONTH_OF_YEAR: Final = (
    rf"{_MONTH}(?:\s*[/-]\s*{_MONTH}|\s*\(\s*{_MONTH}\s*\)|\s+{_MONTH})?\s*,?\s*{_OF}{IN_THE_YEAR}{_FIGURES}"
)
_SHARE: Final = rf"(?P<share>{alternatives(SHARES)})\s+(?P<nth>{alternatives(NTH)})\s+من\s+"  # of a month
_ENGLISH: Final = rf"(?P<english>{alternatives(ENGLISH_MONTHS)})\.?(?!\w)"


def _days(words: str) -> tuple[int, ...]:
    """Return the days that figures or ordinals name."""
    if figures := re.findall(r"\d+", words):
        return tuple(map(int, figures))
    return tuple(ORDINALS[day] for day in re.findall(_ORDINAL, words))


def number_of(year: str) -> int:
    """Return a year written in figures or in words (folded)."""
    return YEARS[year] if year in YEARS else int(year)


def _read_words(found: re.Match[str]) -> Parts | None:
    """Read a date whose month is a word."""
    given = found.groupdict()
    month = MONTHS[given["month"]]
    other = given.get("other") or given.get("same") or given.get("beside")
    if other and MONTHS[other] != month:
        return None
    days, step = given.get("days") or "", given.get("step") or given.get("yearstep")
    return Parts(
        year=number_of(given["year"] or "") if given.get("year") else None,
        month=month,
        days=_days(days),
        span=bool(given.get("between")) or any(joint in days for joint in UNTIL.split("|")),
        step=RELATIVES[step] if step else None,
        of_year=bool(given.get("yearstep")),
        that=bool(given.get("that")),
        share=_share(given),
    )


def _share(given: dict[str, str | None]) -> tuple[int, int]:
    """Return which of how many parts of a month or year is told; of none for a week, (0, 0) if unsaid."""
    if not given.get("share"):
        return 0, 0
    parts = SHARES[given["share"] or ""]
    nth = NTH[given["nth"] or ""]
    return (parts if nth == LAST and parts else nth), parts


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


def read_year(found: re.Match[str]) -> Parts:
    """Read a year after a cue, which may tell a third of it, a season, or that it is about that year."""
    words = found[0].split()
    cue = next((word for word in words if word in THIRDS or word in SEASONS or word in APPROXIMATE), "")
    third, season = THIRDS.get(cue, 0), SEASONS.get(cue, 0)
    share = _share(found.groupdict())
    return Parts(number_of(found["year"]), third=third, season=season, about=cue in APPROXIMATE, share=share)


def _read_decade(found: re.Match[str]) -> Parts:
    return Parts(1900 + DECADES[found["decade"]], decade=True)


def _read_step(found: re.Match[str]) -> Parts:
    of_year = found["unit"] != "الشهر"  # the month
    third = THIRDS.get(found["third"] or "", 0) if of_year else 0
    return Parts(step=RELATIVES[found["step"]], of_year=of_year, share=_share(found.groupdict()), third=third)


_CENTURY: Final = r"القرن\s+(?:الماضي|العشرين)"  # the last, the twentieth century
_SLASH: Final = r"[-/.\\]|\s[/\\]\s"  # between figures
_YEAR_WORD: Final = r"(?:ال|لل)?عام(?:ي)?|(?:ال|لل)?سنه"  # year, years
_THIRD: Final = alternatives(THIRDS)
_ABOUT: Final = rf"(?:{'|'.join(sorted(APPROXIMATE))})\s+(?={_YEAR_WORD})"
YEAR_CUE: Final = rf"(?:(?:{_ABOUT})?(?:{_YEAR_WORD})|{_THIRD}|{alternatives(SEASONS)})"
_PLAIN_CUE: Final = "في|منذ|حتي|خلال|بعد|قبل|مطلع"  # in, since, until, during, after, before
_GOES_ON: Final = (
    r"(?=\s*(?:[.,;:)\n]|\Z|\s(?:و\w|في|من|الي|ثم|قبل|بعد|عندما|حين|لكن|كما|حيث)))"  # no noun follows
)
_UNIT: Final = "الشهر|العام|السنه"  # month, year
GRAMMAR: Final[tuple[tuple[re.Pattern[str], Reader], ...]] = (
    (
        re.compile(
            rf"(?<![\w/.-])(?P<year>{_FIGURES})(?P<s>{_SLASH})(?P<one>\d\d?)(?P=s)(?P<other>\d\d?)"
            r"(?=T\d|(?![\w/-]|\.\d))"
        ),
        _read_figures,
    ),
    (
        re.compile(
            rf"(?<![\w/.-])(?P<one>\d\d?)(?P<s>{_SLASH})(?P<other>\d\d?)(?P=s)(?P<year>{_FIGURES}(?![\d/]|[.,]\d))"
            rf"{_ERA}(?![\w-])"
        ),
        _read_figures,
    ),
    (re.compile(rf"(?<!\w){_ENGLISH}\s+(?P<day>{_DAY}),?\s+(?P<year>{YEAR})", re.I), _read_english),
    (re.compile(rf"(?<![\w.:])(?P<day>{_DAY})\s+{_ENGLISH},?\s+(?P<year>{YEAR})", re.I), _read_english),
    (re.compile(rf"(?<!\w){_ENGLISH},?\s+(?P<year>{YEAR})", re.I), _read_english),
    (
        re.compile(rf"{_LEFT}{_BETWEEN}?{_DAYS}\s*{_OF}{_OF_MONTH}?(?<!\d){_PAIR}{_TAIL}?"),
        _read_words,
    ),
    (re.compile(rf"{_LEFT}(?:{_SHARE})?{_OF_MONTH}?{_PAIR}{_TAIL}"), _read_words),
    (re.compile(rf"{_LEFT}{_OF_MONTHS}?{_PAIR}(?=\s*(?:,|{AND}|{UNTIL})\s*{_MONTH_OF_YEAR})"), _read_words),
    (re.compile(rf"{_LEFT}(?:{_SHARE})?{_OF_MONTH}{_PAIR}"), _read_words),
    (re.compile(rf"{_LEFT}(?:{_SHARE})?{YEAR_CUE}\s+{IN_THE_YEAR}(?P<year>{YEAR}){_ERA}(?!\w)"), read_year),
    (re.compile(rf"(?<!\w)[وف]?(?:{_PLAIN_CUE})\s+(?P<year>{YEAR})(?!\w){_GOES_ON}"), read_year),
    (
        re.compile(rf"{_LEFT}(?:ال)?(?P<decade>{alternatives(DECADES)})\s+{_CENTURY}(?!\w)"),
        _read_decade,
    ),
    (
        re.compile(
            rf"{_LEFT}(?:{_SHARE}|(?P<third>{_THIRD})\s+)?(?P<unit>{_UNIT})\s+(?P<step>{_STEP})(?!\w)"
        ),
        _read_step,
    ),
)
