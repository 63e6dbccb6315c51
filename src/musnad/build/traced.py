"""What every page of a build asked of its data, in one file beside the pages: `pages.traces`.

A line of JSON says of which pages, then come their paths in order, each with the hashes of what was asked for
it and of what each of its units was given and looked up, then a checksum of all before it: a damaged file, or
one of other pages, is none. It holds no words. Chosen over (a) the cache, in which a build that fails would
leave the reads of pages that never were, and (b) a database, which is read whole in any case.
"""

from __future__ import annotations

import heapq
import struct
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from hashlib import blake2b
from operator import attrgetter
from pathlib import Path
from typing import IO, Final

import orjson

from musnad.site.traces import PathTrace, Unit

FORMAT: Final = 2
READ: Final = 8  # bytes of the hash of a read
_HEAD: Final = struct.Struct("<H?II")  # bytes of the path, of a thing or not, bytes of what was asked, units
_UNIT: Final = struct.Struct("<HBI")  # bytes of the rest of its name, of the hash of its data, of its reads
_SUM: Final = 32
_BLOCK: Final = 1 << 20


class TraceWriter:
    """Writes what the pages of paths asked for to a file, in the order of the paths."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self._sum = file, blake2b(digest_size=_SUM)

    def begin(self, about: Mapping[str, object]) -> None:
        """Write of which pages the reads are."""
        self._put(orjson.dumps({"format": FORMAT, **about}, option=orjson.OPT_APPEND_NEWLINE))

    def add(self, trace: PathTrace) -> None:
        """Write what the pages of one path asked for."""
        name, asked = trace.path.encode("utf-8"), packed(trace.asked)
        told = [_HEAD.pack(len(name), trace.thing, len(asked), len(trace.units)), name, asked]
        for unit in trace.units:
            rest, reads = unit.name.removeprefix(trace.path).encode("utf-8"), packed(unit.reads)
            told += [_UNIT.pack(len(rest), len(unit.given), len(reads)), rest, unit.given, reads]
        self._put(b"".join(told))

    def end(self) -> None:
        """Write the checksum."""
        self._file.write(self._sum.digest())

    def _put(self, data: bytes) -> None:
        self._sum.update(data)
        self._file.write(data)


def packed(reads: Iterable[bytes]) -> bytes:
    """Return the hashes of reads as one value, the same whatever their order was."""
    return b"".join(sorted(reads))


def unpacked(reads: bytes) -> frozenset[bytes]:
    """Return the hashes of reads that one value holds."""
    return frozenset(reads[place : place + READ] for place in range(0, len(reads), READ))


def traces(path: Path, about: Mapping[str, object]) -> Iterator[PathTrace]:
    """Yield what a file tells of each path; nothing where it is damaged, or not about these pages."""
    if not _whole(path):
        return
    with path.open("rb") as file:
        if orjson.loads(file.readline()) == {"format": FORMAT, **about}:
            yield from _records(file, path.stat().st_size - _SUM)


def write_traces(out: Path, about: Mapping[str, object], parts: Iterable[Iterable[PathTrace]]) -> None:
    """Write the traces of a build from sorted parts of them."""
    with out.open("wb") as file:
        writer = TraceWriter(file)
        writer.begin(about)
        for trace in heapq.merge(*parts, key=attrgetter("order")):
            writer.add(trace)
        writer.end()


def written(parts: Iterable[Path], opened: ExitStack) -> list[Iterator[PathTrace]]:
    """Return what files without head and checksum tell, to be read in turn."""
    files = [(opened.enter_context(path.open("rb")), path.stat().st_size) for path in parts]
    return [_records(file, size) for file, size in files]


def _records(file: IO[bytes], end: int) -> Iterator[PathTrace]:
    while file.tell() < end:
        name, thing, asked, units = _HEAD.unpack(file.read(_HEAD.size))
        path, reads = file.read(name).decode("utf-8"), unpacked(file.read(asked))
        yield PathTrace(path, thing, reads, tuple(_unit(file, path) for _ in range(units)))


def _unit(file: IO[bytes], path: str) -> Unit:
    rest, given, reads = _UNIT.unpack(file.read(_UNIT.size))
    name = path + file.read(rest).decode("utf-8")
    return Unit(name, file.read(given), unpacked(file.read(reads)))


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
