"""A Turtle file some of whose resources changed: the blocks that stay are copied, among them come the new.

Blocks lie by rank, within a rank by the IRI of their resource. Those of the last file are looked through for
their first words and their ends; nothing within them is read. What goes must stand in the file byte for byte,
and blocks must come in order: else DataError. Chosen over (a) an index of all blocks, as large as a tenth
of the file, (b) rendering all of them, thirty times as slow, and (c) a regular expression for their ends: a
possessive one goes too far before Python 3.11.5 (gh-106052), any other may try the same again and again.
"""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from mmap import mmap
from typing import Final

from musnad.errors import DataError
from musnad.graph import ranked_blocks
from musnad.graph.terms import Names
from musnad.release.clusters import Cluster

Block = tuple[bytes, bytes]  # IRI of its resource, text
_LONG: Final = b'"""'


@dataclass(slots=True)
class Shelves:
    """How a Turtle file is put together: bytes of the blocks of each rank, clusters that use each prefix."""

    sizes: dict[int, int] = field(default_factory=dict)  # with the empty line between two, not at the end
    used: Counter[str] = field(default_factory=Counter)

    @property
    def size(self) -> int:
        """Return the bytes of all blocks."""
        return sum(self.sizes.values()) + max(0, len(self.sizes) - 1)


@dataclass(slots=True)
class Rendered:
    """Some clusters as blocks: those of each rank by the IRI of their resource."""

    blocks: dict[int, list[Block]] = field(default_factory=dict)
    used: Counter[str] = field(default_factory=Counter)  # prefixes, by the clusters that use them

    def add(self, cluster: Cluster, prefixes: Mapping[str, str]) -> None:
        """Add the next cluster."""
        names, root = Names(prefixes), str(cluster[0].subject)[1:-1].partition("#")[0].encode()
        for rank, block in ranked_blocks(cluster, names):
            self.blocks.setdefault(rank, []).append((root, block.encode()))
        self.used.update(names.used)


@dataclass(frozen=True, slots=True)
class Splicing:
    """A Turtle file, what of it is gone, and what comes."""

    old: mmap
    shelves: Shelves  # of the old file
    prefixes: Mapping[bytes, bytes]
    gone: Rendered
    came: Rendered

    def used(self) -> Counter[str]:
        """Return the prefixes of the new file, by the clusters that use them."""
        return self.shelves.used - self.gone.used + self.came.used

    def write(self, into: Shelves) -> Iterator[bytes | memoryview]:
        """Yield the blocks of the new file with all that stands between them; `into` learns their bytes."""
        place, between = len(self.old) - self.shelves.size, b""
        for rank in sorted(self.shelves.sizes.keys() | self.came.blocks.keys()):
            end, size = place + self.shelves.sizes.get(rank, -1), -1
            if end > place and self.old[end - 1 : end + 1] != b"\n\n"[: len(self.old) - end + 1]:
                raise DataError("block", f"none ends at byte {end}")
            for piece in self._shelf(rank, place, end):
                yield between
                yield piece
                between, size = b"\n", size + 1 + len(piece)
            if size >= 0:
                into.sizes[rank] = size
            place = end + 1

    def _shelf(self, rank: int, place: int, end: int) -> Iterator[bytes | memoryview]:
        """Yield runs of blocks of one rank; an empty line belongs between two of them."""
        coming, going = (deque(each.blocks.get(rank, ())) for each in (self.came, self.gone))
        view, start, last = memoryview(self.old), place, b""
        while place < end and (coming or going):
            root, after = self._root(place), self._end(place, end) + 1
            if root < last:
                raise DataError("block", f"none begins at byte {place}")
            gone, last = bool(going) and going[0] == (root, self.old[place : after - 1]), root
            if gone or (coming and coming[0][0] <= root):
                if start < place:
                    yield view[start : place - 1]
                start = after if gone else place
                while coming and coming[0][0] <= root:
                    yield coming.popleft()[1]
            if gone:
                going.popleft()
            place = after
        if going:
            raise DataError("block", f"{going[0][0]!r} has none like this")
        if start < end:
            yield view[start:end]
        yield from (block for _, block in coming)

    def _root(self, place: int) -> bytes:
        """Return the IRI of the resource that the block at a place is about."""
        name = self.old[place : self.old.find(b" ", place)]
        if name[:1] == b"<":
            return name[1:-1].partition(b"#")[0]
        prefix, _, local = name.partition(b":")
        return (self.prefixes[prefix] + local).partition(b"#")[0]

    def _end(self, place: int, end: int) -> int:
        """Return where the block at a place ends: at an empty line that stands in no long literal."""
        while True:
            found = self.old.find(b"\n\n", place, end)
            stop = end if found < 0 else found + 1
            first = self.old.find(_LONG, place, stop)
            if first < 0:
                return stop
            place = self.old.find(_LONG, first + 3, end) + 3  # within it, of three in a row each is escaped
            if place <= first:
                raise DataError("block", f"no literal ends after byte {first}")


def chunks(pieces: Iterable[bytes | memoryview], most: int = 1 << 20) -> Iterator[bytes]:
    """Yield pieces as bytes that memory holds."""
    for piece in pieces:
        for start in range(0, len(piece), most):
            yield bytes(piece[start : start + most])
