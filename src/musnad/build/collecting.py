"""How often Python looks for objects that only hold each other: seldom, while a build runs.

A full search looks at every object that there is, and a build holds some for each row and each file: as often
as Python does it by itself, it is a tenth of an incremental build, and the more the larger the corpus. What
is no longer used mostly goes without any search. Chosen over (a) no search, for graphs of rdflib hold each
other, one for each document that is judged, and (b) `gc.freeze`, which only spares what is there already.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

_SELDOM: Final = (50_000, 20, 50)  # more objects than before, such searches of the young, then of the older


def collect_seldom() -> None:
    """Search seldom from now on: in a process that does nothing else."""
    gc.set_threshold(*_SELDOM)


@contextmanager
def collecting_seldom() -> Iterator[None]:
    """Search seldom for a while."""
    before = gc.get_threshold()
    collect_seldom()
    try:
        yield
    finally:
        gc.set_threshold(*before)
