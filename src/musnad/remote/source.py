"""What is loaded: the store of a build, the N-Quads of a release, or a file of N-Quads.

Chosen over (a) the Turtle of a release, which has no graphs, and (b) unpacking, which the file's owner does
with one command.
"""

from __future__ import annotations

from pathlib import Path
from typing import Final

from musnad.errors import DataError
from musnad.store import Store

_STORE: Final = "store"
_QUADS: Final = ".nq"


def open_quads(place: Path, base: str) -> Store:
    """Return the graphs of a build, of a release, or of a file, or raise DataError."""
    if (place / _STORE).is_dir():
        return Store.open(place / _STORE, read_only=True, base=base)
    found = [place] if place.is_file() else sorted(place.glob(f"*{_QUADS}"))
    if len(found) != 1 or found[0].suffix != _QUADS:
        raise DataError(place, "is no build, no release and no file of N-Quads", "unpack what is packed")
    store = Store.open(base=base)
    store.load(found[0])
    return store
