"""Putting a folder in the place of another so that no reader and no crash ever sees half of it.

Everything is written beside, flushed to the disk, then exchanged in one step (renameat2 of Linux). Where the
system has no such step, the old folder is moved aside first, and put back by the next run if that one died.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from musnad.errors import MusnadError

_AT_FDCWD: Final = -100
_EXCHANGE: Final = 2  # RENAME_EXCHANGE, https://man7.org/linux/man-pages/man2/rename.2.html


@contextlib.contextmanager
def replaced(place: Path) -> Iterator[Path]:
    """Give an empty folder to write into; when the block ends well it takes the place of `place`.

    When the block fails, `place` stays as it was and nothing is left beside it. Errors of the file system
    become MusnadError.
    """
    fresh, aside = _beside(place)
    try:
        recover(place)
        fresh.mkdir(parents=True)
        yield fresh
        _flush(fresh)
        if place.exists():
            _exchange(fresh, place, aside)
        else:
            fresh.rename(place)
        _flush_one(place.parent)
    except OSError as error:
        raise MusnadError(
            place, f"cannot be written: {error.strerror or error}", "the old one stays"
        ) from None
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def recover(place: Path) -> None:
    """Put a folder back that a killed run had moved aside, and remove what such a run left beside it."""
    fresh, aside = _beside(place)
    if aside.exists() and not place.exists():
        aside.rename(place)
    for leftover in (fresh, aside):
        shutil.rmtree(leftover, ignore_errors=True)


def _beside(place: Path) -> tuple[Path, Path]:
    """Return where a folder grows that is to take a place, and where the one of that place may wait."""
    return place.with_name(f".{place.name}.new"), place.with_name(f".{place.name}.old")


def _exchange(fresh: Path, place: Path, aside: Path) -> None:
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    names = (os.fsencode(fresh), os.fsencode(place))
    if rename is not None and rename(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _EXCHANGE) == 0:
        return
    place.rename(aside)
    fresh.rename(place)
    shutil.rmtree(aside, ignore_errors=True)


def _flush(folder: Path) -> None:
    """Flush a folder and all that is below it; a folder after its files.

    A file with a second name is not written by us: it was flushed when it was new.
    """
    with os.scandir(folder) as found:
        entries = sorted(found, key=lambda entry: entry.name)
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            _flush(Path(entry.path))
        elif entry.stat(follow_symlinks=False).st_nlink == 1:
            _flush_one(Path(entry.path))
    _flush_one(folder)


def _flush_one(path: Path) -> None:
    """Flush a file, or the names in a folder."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
