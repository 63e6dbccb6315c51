"""How a date of the data is written for a reader.

The precision of the source is kept: a month is shown as a month. What the little grammar here does not know
is shown as it stands, in EDTF. Chosen over (a) babel, whose Arabic dates have one set of month names, and (b)
ISO dates alone, which readers of Arabic newspapers do not use.
"""

from __future__ import annotations

import re
from typing import Final

from markupsafe import Markup

from musnad.site.texts import Texts

_DATE: Final = re.compile(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?([~?%]?)\Z")
_QUALIFIERS: Final = {"~": "date.about", "?": "date.uncertain", "%": "date.doubtful"}


def shown_date(edtf: str, texts: Texts, language: str) -> Markup:
    """Return a date as HTML: a `time` element where HTML knows the form, else the EDTF string."""
    if edtf.count("/") == 1:
        start, end = edtf.split("/")
        if start not in {"", ".."} and end not in {"", ".."}:
            ends = {"start": shown_date(start, texts, language), "end": shown_date(end, texts, language)}
            return texts.format("date.interval", language, ends)
        name, known = ("date.until", end) if start in {"", ".."} else ("date.since", start)
        return texts.format(name, language, {"date": shown_date(known, texts, language)})
    found = _DATE.match(edtf)
    if not found or not 0 <= int(found[2] or 0) <= 12:
        return Markup('<bdi dir="ltr">{}</bdi>').format(edtf)
    year, month, day, qualifier = found.groups()
    words = " ".join(
        part
        for part in (
            day.lstrip("0") if day else "",
            texts.get(f"months.{int(month)}", language) if month and month != "00" else "",
            year,
        )
        if part
    )
    time = Markup('<time datetime="{}">{}</time>').format(edtf.rstrip("~?%"), words)
    return texts.format(_QUALIFIERS[qualifier], language, {"date": time}) if qualifier else time


def shown_bytes(size: int) -> str:
    """Return a size of a file in decimal units.

    >>> shown_bytes(950), shown_bytes(12_400), shown_bytes(3_200_000)
    ('950 B', '12.4 kB', '3.2 MB')
    """
    for limit, unit in ((1_000_000, "MB"), (1_000, "kB")):
        if size >= limit:
            return f"{size / limit:.1f} {unit}"
    return f"{size} B"


def spaced(number: int) -> str:
    """Return a number with a thin no-break space between thousands.

    >>> spaced(12345) == "12\u202f345"
    True
    """
    return f"{number:,}".replace(",", "\u202f") if abs(number) >= 10_000 else str(number)
