"""What the fields of a page say: counts, times, addresses, ages, dates.

A source description names a field of this table and says where it stands; how it is read is the same for all
sources. Chosen over expressions in the descriptions, which could not be checked.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from musnad.dates import find_dates
from musnad.folding import fold

_UNITS: Final[dict[str, str]] = {
    r"سن(?:ه|وات|تين|تان)|عام(?:ين|ان)?|اعوام": "Y",  # year(s), two years
    r"شهر(?:ين|ان)?|اشهر|شهور": "M",  # month(s), two months
    r"اسبوع(?:ين|ان)?|اسابيع": "W",  # week(s), two weeks
    r"يوم(?:ين|ان|ا)?|ايام": "D",  # day(s), two days
    r"ساع(?:ه|ات|تين|تان)": "TH",  # hour(s), two hours
    r"دقيق(?:ه|تين|تان)|دقائق|دقايق": "TM",  # minute(s), two minutes
}
_DUAL: Final = ("ين", "ان")  # endings of «two of them»
_AGE: Final = re.compile(rf"(?<!\w)و?(?:(\d+)\s+)?({'|'.join(_UNITS)})(?!\w)")
_DAY: Final = r"(\d\d?)(?:st|nd|rd|th)?"
_YEAR: Final = r"((?:19|20)\d\d)(?!\d)"
# A month (first, second Kanun), or its two names.
_WORD: Final = r"([^\W\d_]{3,12}(?: (?:الاول|الثاني))?(?:\s?[/-]\s?[^\W\d_]{3,12})?)"
_ORDERS: Final = (
    (re.compile(rf"(?<!\d){_DAY}(?:[.,]|\s?[-/]\s?)?\s?{_WORD}\s?[-/,]?\s?{_YEAR}"), r" \1 \2 \3"),
    (re.compile(rf"(?<!\w){_WORD}\s{_DAY}\s?,\s?{_YEAR}"), r"\2 \1 \3"),
    (re.compile(rf"(?<!\d){_YEAR}\s{_WORD}\s{_DAY}(?![\d:])"), r"\3 \2 \1"),
    (re.compile(r"(?<![\d/])(\d{1,4})\s?/\s(\d\d?)\s?/\s?(\d{1,4})(?![\d/])"), r"\1/\2/\3"),
)
_ORDER: Final = "YMWD"


def read_count(words: str) -> str:
    """Return the digits of a number, "" where there are none.

    >>> read_count("١٬٢٦٠")
    '1260'
    """
    return re.sub(r"[^0-9]", "", fold(words).text)


def read_time(words: str) -> str:
    """Return a time of day as HH:MM, "" where it is none.

    >>> read_time("9:05")
    '09:05'
    """
    found = re.search(r"(\d{1,2}):(\d\d)", fold(words).text)
    if not found or int(found[1]) > 23 or int(found[2]) > 59:
        return ""
    return f"{int(found[1]):02}:{found[2]}"


def read_date(words: str) -> str:
    """Return the first date that the words give with its year (EDTF), "" where there is none.

    >>> read_date("December 20, 2024")
    '2024-12-20'
    """
    return next((found.edtf for found in find_dates(tidy_date(words)) if found.certainty == "sure"), "")


def tidy_date(words: str) -> str:
    """Return the words, folded, with the dates of date lines in the order of running text: day, month, year.

    >>> tidy_date("تموز 12, 2017"), tidy_date("12-Jul-2017"), tidy_date("12th July 2017")
    ('12 تموز 2017', '12 Jul 2017', '12 July 2017')
    """
    text = fold(words).text
    for shape, order in _ORDERS:
        text = shape.sub(order, text)
    return text.strip()


def read_age(words: str) -> str:
    """Return how long ago something was, as an ISO 8601 duration, "" where the words do not say.

    >>> read_age("منذ 7 سنوات 3 أشهر"), read_age("منذ يومين"), read_age("منذ ساعة")
    ('P7Y3M', 'P2D', 'PT1H')
    """
    days, times = dict.fromkeys(_ORDER, 0), {"H": 0, "M": 0}
    for number, unit in _AGE.findall(fold(words).text):
        kind = next(sign for shape, sign in _UNITS.items() if re.fullmatch(shape, unit))
        count = int(number) if number else (2 if unit.endswith(_DUAL) and len(unit) > 4 else 1)
        (times if kind[0] == "T" else days)[kind[-1]] += count
    days["D"] += 7 * days.pop("W") if any(days[sign] for sign in "YMD") or any(times.values()) else 0
    date = "".join(f"{count}{sign}" for sign, count in days.items() if count)
    time = "".join(f"{count}{sign}" for sign, count in times.items() if count)
    return f"P{date}{'T' if time else ''}{time}" if date or time else ""


def read_words(words: str) -> str:
    """Return the words with single spaces between them."""
    return " ".join(words.split())


# The name of a field → how it is read; "" means that the page does not tell.
FIELDS: Final[dict[str, Callable[[str], str]]] = {
    "title": read_words,
    "url": read_words,
    "time": read_time,
    "published": read_date,
    "views": read_count,
    "comment_count": read_count,
}
