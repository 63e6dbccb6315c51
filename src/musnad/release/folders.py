"""Putting a folder in the place of another so that no reader and no crash ever sees half of it.

Everything is written beside, flushed to the disk, then exchanged in one step (renameat2 of Linux). Where the
system has no such step, the old folder is moved aside first, and put back by the next run if that one died.
Linux flushes a file system at once (syncfs), and tells of errors since 5.8. Chosen over (a) `fsync` of every
file, for which the system is asked about each that stands since the last build; other systems have it.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import re
import shutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from musnad.errors import MusnadError

_AT_FDCWD: Final = -100
_EXCHANGE: Final = 2  # RENAME_EXCHANGE, https://man7.org/linux/man-pages/man2/rename.2.html
_TELLS_ERRORS: Final = (
    5,
    8,
)  # the first Linux whose syncfs does, https://man7.org/linux/man-pages/man2/sync.2.html


@contextlib.contextmanager
def replaced(place: Path, keep: Callable[[Path], None] | None = None) -> Iterator[Path]:
    """Give an empty folder to write into; when the block ends well it takes the place of `place`.

    When the block fails, `place` stays as it was and nothing is left beside it. Errors of the file system
    become MusnadError. What is no longer in place may be kept in part before it is removed.
    """
    fresh, aside = _beside(place)
    try:
        recover(place)
        fresh.mkdir(parents=True)
        with _opened(fresh) as descriptor:  # it tells of errors from now on
            yield fresh
            if not _flush_system(descriptor):
                _flush(fresh)
            os.fsync(descriptor)
        old = _exchange(fresh, place, aside) if place.exists() else None
        if old is None:
            fresh.rename(place)
        _flush_one(place.parent)
        if old and keep:
            keep(old)
    except OSError as error:
        raise MusnadError(
            place, f"cannot be written: {error.strerror or error}", "the old one stays"
        ) from None
    finally:
        remove(fresh)
        if place.exists():
            remove(aside)


def recover(place: Path) -> None:
    """Put a folder back that a killed run had moved aside, and remove what such a run left beside it."""
    fresh, aside = _beside(place)
    if aside.exists() and not place.exists():
        aside.rename(place)
    for leftover in (fresh, aside):
        remove(leftover)


def _beside(place: Path) -> tuple[Path, Path]:
    """Return where a folder grows that is to take a place, and where the one of that place may wait."""
    return place.with_name(f".{place.name}.new"), place.with_name(f".{place.name}.old")


def _exchange(fresh: Path, place: Path, aside: Path) -> Path:
    """Put a folder in the place of another, and return where that one is now."""
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    names = (os.fsencode(fresh), os.fsencode(place))
    if rename is not None and rename(_AT_FDCWD, names[0], _AT_FDCWD, names[1], _EXCHANGE) == 0:
        return fresh
    place.rename(aside)
    fresh.rename(place)
    return aside


def remove(folder: Path) -> None:
    """Remove a folder with all that is below it, as far as the system lets us; none need be there.

    Files are named from their folder, which is found once: of many thousands, `shutil.rmtree` takes half as
    long again.
    """
    with contextlib.suppress(OSError), _opened(folder, os.O_NOFOLLOW) as descriptor:
        with os.scandir(descriptor) as found:
            entries = [(entry.name, entry.is_dir(follow_symlinks=False)) for entry in found]
        for name, is_folder in entries:
            if is_folder:
                remove(folder / name)
            else:
                os.unlink(name, dir_fd=descriptor)
    shutil.rmtree(folder, ignore_errors=True)


def _flush_system(descriptor: int) -> bool:
    """Flush the file system of an open folder; tell whether the system does that, and no write failed."""
    flush = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None)
    return flush is not None and _tells_errors() and flush(descriptor) == 0


def _tells_errors() -> bool:
    """Tell whether this system's syncfs tells of what could not be written."""
    found = re.match(r"(\d+)\.(\d+)", os.uname().release) if sys.platform == "linux" else None
    return found is not None and (int(found[1]), int(found[2])) >= _TELLS_ERRORS


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
    with _opened(path) as descriptor:
        os.fsync(descriptor)


@contextlib.contextmanager
def _opened(path: Path, how: int = 0) -> Iterator[int]:
    """Open a file or a folder, and give the number of what is open."""
    descriptor = os.open(path, os.O_RDONLY | how)
    try:
        yield descriptor
    finally:
        os.close(descriptor)
