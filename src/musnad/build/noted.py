"""What the file system says of the pages of a build, so that the next one need not read all of them again.

`pages.noted` holds size, time of the last change and inode of every file that `SHA256SUMS` of the site lists,
in its order. Where the system still says the same, the file has the bytes that it was written with, or that
were compared with their checksum; any other is read. So a file that somebody wrote to is found, as git finds
it; a disk that errs in silence is found by `sha256sum -c`. Hard links keep all three numbers, copies do not.
Chosen over (a) reading every file at every build, 25 µs each, and (b) the time of the last change of state
(ctime), which every link changes.
"""

from __future__ import annotations

import os
import struct
from collections.abc import Iterable, Iterator, Mapping, Set
from hashlib import sha256
from pathlib import Path
from typing import Final

import orjson

from musnad.build.folder import Folder
from musnad.errors import MusnadError
from musnad.site.folder import SUMS, names_of
from musnad.store import file_digest

FORMAT: Final = 1
_FILE: Final = struct.Struct("<QqQ")  # bytes, ns since 1970, inode
_UNKNOWN: Final = bytes(_FILE.size)
_SUM: Final = 32
# What is written within one tick of a clock has one time: a file younger than that may be written to unseen.
_SLACK: Final = 2_000_000_000  # ns, the tick of the coarsest file systems


def note_files(
    folder: Folder, names: Iterable[str], began: int, known: Iterable[tuple[str, bytes]] = ()
) -> None:
    """Note the pages of a build, by their sorted names, that was begun at a time (ns, of a file of then).

    What has a second name was taken over from the last build: if it was changed since, it was not by us. What
    is too young is not noted, and will be read. Of `known`, in the same order, the system said a while ago
    what was noted by the last build: where somebody wrote to one since, the next build will see it.
    """
    ended = (folder.site / SUMS).stat().st_mtime_ns - _SLACK
    told, site = bytearray(_head(folder)), os.fspath(folder.site)
    others, (other, numbers) = iter(known), ("", b"")
    for name in names:
        while other < name and (following := next(others, None)):
            other, numbers = following
        if other == name:
            told += numbers
            continue
        stat = os.lstat(f"{site}/{name}")
        old = stat.st_mtime_ns < (ended if stat.st_nlink == 1 else began - _SLACK)
        told += _FILE.pack(stat.st_size, stat.st_mtime_ns, stat.st_ino) if old else _UNKNOWN
    told += sha256(told).digest()
    folder.noted.write_bytes(told)


def suspects(
    folder: Folder, sums: Mapping[str, str], among: Set[str] | None = None, site: Path | None = None
) -> Set[str]:
    """Return those files of a site, listed with their checksums, that must be read to know their bytes.

    Some of them may be asked for alone, and the files of the same names in another folder.
    """
    noted, every = _noted(folder), sums.keys() if among is None else among
    if len(noted) != _FILE.size * len(sums):
        return every
    found, place = set[str](), os.fspath(site or folder.site)
    for name, known in zip(sums, _FILE.iter_unpack(noted), strict=True):
        if among is not None and name not in among:
            continue
        try:
            stat = os.lstat(f"{place}/{name}")
        except OSError:
            found.add(name)
            continue
        if (stat.st_size, stat.st_mtime_ns, stat.st_ino) != known:
            found.add(name)
    return found


def noted_files(folder: Folder) -> Iterator[tuple[str, bytes]]:
    """Yield every file of a site of which something is noted, with that, in their order."""
    noted = _noted(folder)
    for place, name in zip(range(0, len(noted), _FILE.size), names_of(folder.site), strict=False):
        known = noted[place : place + _FILE.size]
        if known != _UNKNOWN:
            yield name, known


def _head(folder: Folder) -> bytes:
    """Return the line that says of which site, in which format, the notes are."""
    told = {"format": FORMAT, "pages": file_digest(folder.site / SUMS)}
    return orjson.dumps(told, option=orjson.OPT_APPEND_NEWLINE)


def _noted(folder: Folder) -> bytes:
    """Return the numbers of all files; nothing where the notes are damaged, or of another site."""
    try:
        data, head = folder.noted.read_bytes(), _head(folder)
    except (OSError, MusnadError):
        return b""
    whole = sha256(data[:-_SUM]).digest() == data[-_SUM:]
    return data[len(head) : -_SUM] if whole and data.startswith(head) else b""
