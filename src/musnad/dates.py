"""Dates as documents write them, and as EDTF says them."""

from __future__ import annotations


def bounds(edtf: str) -> tuple[str, str]:
    """Return the earliest and the latest day of an EDTF date, "" where it does not tell."""
    raise NotImplementedError(edtf)
