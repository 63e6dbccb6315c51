"""What every page of a build asked of its data, in one file beside the pages: `pages.traces`.

A line of JSON says of which pages, then come their paths in order, each with the hashes of what was asked for
it and of what each of its units was given and looked up, then a checksum of all before it: a damaged file, or
one of other pages, is none. It holds no words. The reads of a path stand together, so that a change is
compared with all of them at once, and what stands is carried over as it is. Chosen over (a) the cache, in
which a build that fails would leave the reads of pages that never were, and (b) a database, which is read
whole in any case.
"""

from __future__ import annotations

import heapq
import struct
from collections.abc import Iterable, Iterator, Mapping, Set
from contextlib import ExitStack
from dataclasses import dataclass
from hashlib import sha256
from operator import attrgetter
from pathlib import Path
from typing import IO, Final

import orjson

from musnad.site.traces import SIZE, PathTrace, Unit

FORMAT: Final = 3
_WORDS: Final = "Q"  # hashes of reads, as whole numbers of this machine
_HEAD: Final = struct.Struct("<IIHI?")  # bytes after it, units, bytes of path, of units, a thing or not
_UNIT: Final = struct.Struct("<HBI")  # bytes of the rest of its name, of the hash of its data, of its reads
_SUM: Final = 32
_BLOCK: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Record:
    """What a file tells of one path, in its bytes; most are carried over as they are."""

    path: str
    thing: bool
    raw: bytes

    @classmethod
    def of(cls, trace: PathTrace) -> Record:
        """Return what a file is to tell of a path: head, path, units, then all reads."""
        name, asked = trace.path.encode("utf-8"), packed(trace.asked)
        units, reads = list[bytes](), [asked]
        for unit in trace.units:
            rest = unit.name.removeprefix(trace.path).encode("utf-8")
            reads.append(packed(unit.reads))
            units += [_UNIT.pack(len(rest), len(unit.given), len(reads[-1])), rest, unit.given]
        told, every = b"".join(units), b"".join(reads)
        size = len(name) + len(told) + len(every)
        head = _HEAD.pack(size, len(trace.units), len(name), len(told), trace.thing)
        return cls(trace.path, trace.thing, b"".join((head, name, told, every)))

    @property
    def order(self) -> tuple[bool, str]:
        """Return what paths are written in the order of: those about no thing come first."""
        return self.thing, self.path

    def among(self, reads: Set[int]) -> bool:
        """Tell whether any read of the path, or of a unit, is among some (`numbers`)."""
        _, _, name, units, _ = _HEAD.unpack_from(self.raw)
        mine = memoryview(self.raw)[_HEAD.size + name + units :].cast(_WORDS)
        return not reads.isdisjoint(mine)

    def names(self) -> list[str]:
        """Return the names of the units."""
        return [name for name, _, _ in self._units()]

    def trace(self) -> PathTrace:
        """Return all that is told."""
        _, _, name, told, _ = _HEAD.unpack_from(self.raw)
        place = len(self.raw) - sum(reads for _, _, reads in self._units())
        asked = unpacked(self.raw[_HEAD.size + name + told : place])
        units = list[Unit]()
        for each, given, reads in self._units():
            units.append(Unit(each, given, unpacked(self.raw[place : place + reads])))
            place += reads
        return PathTrace(self.path, self.thing, asked, tuple(units))

    def _units(self) -> Iterator[tuple[str, bytes, int]]:
        """Yield name, hash of the data, and bytes of the reads of each unit."""
        _, units, name, _, _ = _HEAD.unpack_from(self.raw)
        place = _HEAD.size + name
        for _ in range(units):
            rest, given, reads = _UNIT.unpack_from(self.raw, place)
            start = place + _UNIT.size
            place = start + rest + given
            ending = self.raw[start : start + rest].decode("utf-8")
            yield self.path + ending, self.raw[start + rest : place], reads


class TraceWriter:
    """Writes what the pages of paths asked for to a file, in the order of the paths."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self._sum = file, sha256()

    def begin(self, about: Mapping[str, object]) -> None:
        """Write of which pages the reads are."""
        self._put(orjson.dumps({"format": FORMAT, **about}, option=orjson.OPT_APPEND_NEWLINE))

    def add(self, trace: PathTrace) -> None:
        """Write what the pages of one path asked for."""
        self.copy(Record.of(trace))

    def copy(self, record: Record) -> None:
        """Write what another file tells of a path."""
        self._put(record.raw)

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
    return frozenset(reads[place : place + SIZE] for place in range(0, len(reads), SIZE))


def numbers(reads: Iterable[bytes]) -> frozenset[int]:
    """Return the hashes of reads as `Record.among` compares them."""
    return frozenset(memoryview(b"".join(reads)).cast(_WORDS))


def traces(path: Path, about: Mapping[str, object]) -> Iterator[Record]:
    """Yield what a file tells of each path; nothing where it is damaged, or not about these pages."""
    if not _whole(path):
        return
    with path.open("rb") as file:
        if orjson.loads(file.readline()) == {"format": FORMAT, **about}:
            yield from _records(file, path.stat().st_size - _SUM - file.tell())


def write_traces(out: Path, about: Mapping[str, object], parts: Iterable[Iterable[Record]]) -> None:
    """Write the traces of a build from sorted parts of them."""
    with out.open("wb") as file:
        writer = TraceWriter(file)
        writer.begin(about)
        for record in heapq.merge(*parts, key=attrgetter("order")):
            writer.copy(record)
        writer.end()


def written(parts: Iterable[Path], opened: ExitStack) -> list[Iterator[Record]]:
    """Return what files without head and checksum tell, to be read in turn."""
    files = [(opened.enter_context(path.open("rb")), path.stat().st_size) for path in parts]
    return [_records(file, size) for file, size in files]


def _records(file: IO[bytes], left: int) -> Iterator[Record]:
    """Yield what is told in so many bytes."""
    while left > 0:
        head = file.read(_HEAD.size)
        size, _, name, _, thing = _HEAD.unpack(head)
        rest = file.read(size)
        yield Record(rest[:name].decode("utf-8"), thing, head + rest)
        left -= _HEAD.size + size


def _whole(path: Path) -> bool:
    """Tell whether a file is there and its checksum right."""
    try:
        left = path.stat().st_size - _SUM
        told = sha256()
        with path.open("rb") as file:
            while left > 0:
                block = file.read(min(_BLOCK, left))
                told.update(block)
                left -= len(block) or left
            return left == 0 and file.read() == told.digest()
    except OSError:
        return False
