"""The words that dates are made of, folded: a closed class, as digits are.

Months of the Levantine, the Gulf and Egyptian, and the Maghrebi calendar, whose names also come in pairs.
Chosen over (a) a lexicon file, which the layer below the configuration could not read, and (b) babel at run
time: ten megabytes for fifty words.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from musnad.folding import fold


def alternatives(words: Iterable[str]) -> str:
    """Return the pattern of any of the words, the longest first.

    >>> alternatives(["may", "march"])
    '(?:march|may)'
    """
    return "(?:" + "|".join(sorted(map(re.escape, words), key=len, reverse=True)) + ")"


_MONTHS: Final[dict[int, tuple[str, ...]]] = {
    1: ("كانون الثاني", "كانون ثاني", "كانون ثان", "يناير", "جانفي", "ينار"),  # January
    2: ("شباط", "فبراير", "فيفري"),  # February
    3: ("آذار", "أذار", "مارس"),  # March
    4: ("نيسان", "أبريل", "إبريل", "أفريل"),  # April
    5: ("أيار", "مايو", "ماي"),  # May
    6: ("حزيران", "يونيو", "يونيه", "جوان"),  # June
    7: ("تموز", "يوليو", "يوليه", "يوليوز", "جويلية"),  # July
    8: ("آب", "أغسطس", "أوت", "غشت"),  # August
    9: ("أيلول", "سبتمبر", "شتنبر"),  # September
    10: ("تشرين الأول", "تشرين أول", "أكتوبر"),  # October
    11: ("تشرين الثاني", "تشرين ثاني", "تشرين ثان", "نوفمبر", "نونبر"),  # November
    12: ("كانون الأول", "كانون أول", "ديسمبر", "دجنبر"),  # December
}
MONTHS: Final[dict[str, int]] = {
    fold(name).text: number for number, names in _MONTHS.items() for name in names
}

_ENGLISH: Final = "january february march april may june july august september october november december"
ENGLISH_MONTHS: Final[dict[str, int]] = {
    short: number
    for number, name in enumerate(_ENGLISH.split(), 1)
    for short in {name, name[:3], "sept" if number == 9 else name}
}

_UNITS: Final = (
    ("الأول", "الحادي"),  # first, -first
    ("الثاني", "الثاني"),  # second
    ("الثالث", "الثالث"),  # third
    ("الرابع", "الرابع"),  # fourth
    ("الخامس", "الخامس"),  # fifth
    ("السادس", "السادس"),  # sixth
    ("السابع", "السابع"),  # seventh
    ("الثامن", "الثامن"),  # eighth
    ("التاسع", "التاسع"),  # ninth
)


def _ordinals() -> dict[str, int]:
    """Return the day of the month that each ordinal names, first to thirty-first."""
    found = {alone: number for number, (alone, _) in enumerate(_UNITS, 1)}
    found["العاشر"] = 10  # tenth
    for number, (_, joined) in enumerate(_UNITS, 1):
        found[f"{joined} عشر"] = 10 + number  # -teenth
        found[f"{joined} والعشرين"] = 20 + number  # twenty-
    found["العشرين"] = 20  # twentieth
    found["الثلاثين"] = 30  # thirtieth
    found["الحادي والثلاثين"] = 31  # thirty-first
    return {fold(words).text: day for words, day in found.items()}


ORDINALS: Final[dict[str, int]] = _ordinals()

_COUNTED: Final[dict[int, tuple[str, ...]]] = {
    1: ("واحد", "أحد", "إحدى", "واحدة"),  # one
    2: ("اثنين", "اثنان", "اثنتين", "اثنتان", "اثني", "اثنتي"),  # two
    3: ("ثلاثة", "ثلاث"),  # three
    4: ("أربعة", "أربع"),  # four
    5: ("خمسة", "خمس"),  # five
    6: ("ستة", "ست"),  # six
    7: ("سبعة", "سبع"),  # seven
    8: ("ثمانية", "ثماني", "ثمان"),  # eight
    9: ("تسعة", "تسع"),  # nine
}


def _years() -> dict[str, int]:
    """Return the years 2000 to 2029 as they are written in words."""
    found: dict[str, int] = {}
    for thousands in ("ألفين", "ألفان"):  # two thousand
        found |= {thousands: 2000, f"{thousands} وعشرة": 2010, f"{thousands} وعشر": 2010}
        found |= {f"{thousands} وعشرين": 2020, f"{thousands} وعشرون": 2020}
        for number, words in _COUNTED.items():
            for word in words:
                found[f"{thousands} و{word}"] = 2000 + number
                begun = f"{thousands} و{word}"
                found |= {f"{begun} {ten}": 2010 + number for ten in ("عشر", "عشرة")}  # -teen
                found |= {f"{begun} و{ten}": 2020 + number for ten in ("عشرين", "عشرون")}  # twenty-
    return {fold(words).text: year for words, year in found.items()}


YEARS: Final[dict[str, int]] = _years()

# The first year of the decade of a century.
DECADES: Final[dict[str, int]] = {
    f"{stem}{end}": 10 * number
    for number, stem in enumerate(
        ("عشرين", "ثلاثين", "اربعين", "خمسين", "ستين", "سبعين", "ثمانين", "تسعين"),  # twenties to nineties
        2,
    )
    for end in ("يات", "ات")
}

# What a word says of the month or year that it follows, seen from the day of publication.
RELATIVES: Final[dict[str, int]] = {
    fold(word).text: step
    for step, words in {
        0: ("الجاري", "الحالي"),  # current
        -1: ("الماضي", "الفائت", "المنصرم", "المنقضي"),  # last
        1: ("المقبل", "القادم", "الآتي"),  # next
    }.items()
    for word in words
}

# Which third of a year a word means, the number of a season in EDTF, and words for «about».
THIRDS: Final[dict[str, int]] = {
    fold(word).text: third
    for third, words in {
        1: ("مطلع", "بداية", "أوائل", "بدايات"),  # beginning
        2: ("منتصف", "أواسط"),  # middle
        3: ("نهاية", "أواخر", "نهايات", "ختام"),  # end
    }.items()
    for word in words
}
SEASONS: Final[dict[str, int]] = {
    "ربيع": 21,
    "صيف": 22,
    "خريف": 23,
    "شتاء": 24,
}  # spring, summer, autumn, winter
APPROXIMATE: Final = frozenset({"نحو", "حوالي", "قرابه", "زهاء"})  # about

# Into how many parts a word cuts a month or a year (half, third, quarter; 0: weeks), and which is meant.
SHARES: Final[dict[str, int]] = {
    "النصف": 2,
    "الثلث": 3,
    "الربع": 4,
    "الاسبوع": 0,
}  # half, third, quarter, week
LAST: Final = -1
NTH: Final[dict[str, int]] = {"الاول": 1, "الثاني": 2, "الثالث": 3, "الرابع": 4, "الاخير": LAST}
# Numbered nouns: after them «the second of May» is no day (the second half, month, issue, meeting …).
_NUMBERED: Final = ("الشهر", "الفصل", "الموسم", "الجزء", "القسم", "العدد", "الاجتماع", "اللقاء", "المؤتمر")
NOT_NUMBERING: Final = "".join(f"(?<!{noun} )" for noun in (*SHARES, *_NUMBERED))

WEEKDAYS: Final[dict[str, int]] = {
    fold(word).text: number
    for number, words in enumerate(
        (
            ("الاثنين", "الإثنين"),  # Monday
            ("الثلاثاء",),  # Tuesday
            ("الأربعاء", "الاربعا"),  # Wednesday
            ("الخميس",),  # Thursday
            ("الجمعة",),  # Friday
            ("السبت",),  # Saturday
            ("الأحد",),  # Sunday
        )
    )
    for word in words
}
