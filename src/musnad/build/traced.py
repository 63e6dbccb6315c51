"""What every page of a build asked of its data, in one file beside the pages: `pages.traces`.

A line of JSON says of which pages, then come the things in order, each with the hashes of its reads, then a
checksum of all before it: a damaged file, or one of other pages, is none. It holds no words. Chosen over (a)
the cache, in which a build that fails would leave the reads of pages that never were, and (b) a database,
which is read whole in any case.
"""

from __future__ import annotations

import heapq
import struct
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from hashlib import blake2b
from pathlib import Path
from typing import IO, Final

import orjson

FORMAT: Final = 1
_HEAD: Final = struct.Struct("<HI")  # bytes of the path, bytes of its reads
_SUM: Final = 32
_BLOCK: Final = 1 << 20
Traced = tuple[str, bytes]  # path of a thing, and the hashes of what its pages read


class TraceWriter:
    """Writes things and their reads to a file, in the order of their paths."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self._sum = file, blake2b(digest_size=_SUM)

    def begin(self, about: Mapping[str, object]) -> None:
        """Write of which pages the reads are."""
        self._put(orjson.dumps({"format": FORMAT, **about}, option=orjson.OPT_APPEND_NEWLINE))

    def add(self, path: str, reads: bytes) -> None:
        """Write the reads of one thing."""
        name = path.encode("utf-8")
        self._put(_HEAD.pack(len(name), len(reads)) + name + reads)

    def end(self) -> None:
        """Write the checksum."""
        self._file.write(self._sum.digest())

    def _put(self, data: bytes) -> None:
        self._sum.update(data)
        self._file.write(data)


def packed(reads: Iterable[bytes]) -> bytes:
    """Return the hashes of reads as one value, the same whatever their order was."""
    return b"".join(sorted(reads))


def traces(path: Path, about: Mapping[str, object]) -> Iterator[Traced]:
    """Yield the things of a file and their reads; nothing where it is damaged, or not about these pages."""
    if not _whole(path):
        return
    with path.open("rb") as file:
        if orjson.loads(file.readline()) == {"format": FORMAT, **about}:
            yield from _records(file, path.stat().st_size - _SUM)


def write_traces(out: Path, about: Mapping[str, object], parts: Iterable[Iterable[Traced]]) -> None:
    """Write the traces of a build from sorted parts of them."""
    with out.open("wb") as file:
        writer = TraceWriter(file)
        writer.begin(about)
        for path, reads in heapq.merge(*parts):
            writer.add(path, reads)
        writer.end()


def written(parts: Iterable[Path], opened: ExitStack) -> list[Iterator[Traced]]:
    """Return the things that files without head and checksum hold, to be read in turn."""
    files = [(opened.enter_context(path.open("rb")), path.stat().st_size) for path in parts]
    return [_records(file, size) for file, size in files]


def _records(file: IO[bytes], end: int) -> Iterator[Traced]:
    while file.tell() < end:
        name, reads = _HEAD.unpack(file.read(_HEAD.size))
        yield file.read(name).decode("utf-8"), file.read(reads)


def _whole(path: Path) -> bool:
    """Tell whether a file is there and its checksum right."""
    try:
        left = path.stat().st_size - _SUM
        told = blake2b(digest_size=_SUM)
        with path.open("rb") as file:
            while left > 0:
                block = file.read(min(_BLOCK, left))
                told.update(block)
                left -= len(block) or left
            return left == 0 and file.read() == told.digest()
    except OSError:
        return False
