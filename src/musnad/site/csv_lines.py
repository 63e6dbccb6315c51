"""Rows as CSV (RFC 4180), safe to open in a spreadsheet.

Chosen over (a) CSV as the store writes it, which has no labels, and (b) quoting every cell.
"""

from __future__ import annotations

import csv
import io
from typing import Final

from musnad.site.values import plain

_FORMULAS: Final = ("=", "+", "-", "@", "\t", "\r", *"\uff1d\uff0b\uff0d\uff20")  # the last ones: full width


def csv_line(*values: object) -> str:
    r"""Return values as one line; text that a spreadsheet would run as a formula begins with an apostrophe.

    >>> csv_line("a, b", "=1+1", -3, None)
    '"a, b",\'=1+1,-3,'
    """
    cells = [
        f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULAS) else cell
        for cell in (str(plain(each)) if isinstance(plain(each), str) else each for each in values)
    ]
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow(cells)
    return line.getvalue()
