"""What work costs, told without a clock: how many functions it calls, of Python and of C.

The number is the same on every machine, however busy; it grows with the rows that are read and the parts of a
page that are made. What a single call of C does is not seen: for that there is `HANGS`.
"""

import sys
from collections.abc import Callable
from types import FrameType
from typing import TypeVar

HANGS = 20.0  # CPU seconds; what is asked so takes a hundredth of it, or hangs
T = TypeVar("T")


def effort(work: Callable[[], T]) -> tuple[T, int]:
    """Return what a function gives, and the number of calls that it took."""
    calls = 0

    def see(_: FrameType, event: str, __: object) -> None:
        nonlocal calls
        calls += event in {"call", "c_call"}

    before = sys.getprofile()
    sys.setprofile(see)
    try:
        return work(), calls
    finally:
        sys.setprofile(before)
