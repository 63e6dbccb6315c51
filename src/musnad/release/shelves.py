"""A Turtle file some of whose resources changed: the blocks that stay are copied, among them come the new.

Blocks lie by rank, within a rank by the IRI of their resource. Those of the last file are looked through for
their first words and their ends; nothing within them is read. Chosen over (a) an index of all blocks, which
is as large as a tenth of the file, and (b) rendering all of them, thirty times as slow.
"""

from __future__ import annotations

import re
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from mmap import mmap
from typing import Final

from musnad.graph import ranked_blocks
from musnad.graph.terms import Names
from musnad.release.clusters import Cluster

Block = tuple[bytes, bytes]  # IRI of its resource, text
_LONG: Final = b'"""'
_INNER: Final = re.compile(  # what stands before the empty line that ends a block, literals read as such
    rb'(?:[^"\n]++|\n(?!\n)|"""(?:[^"\\]++|\\.|"(?!""))*+"""|"(?:[^"\\]++|\\.)*+")*+'
)


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
            for piece in self._shelf(rank, place, end):
                yield between
                yield piece
                between, size = b"\n", size + 1 + len(piece)
            if size >= 0:
                into.sizes[rank] = size
            place = end + 1

    def _shelf(self, rank: int, place: int, end: int) -> Iterator[bytes | memoryview]:
        """Yield runs of blocks of one rank; an empty line belongs between two of them."""
        coming = deque(self.came.blocks.get(rank, ()))
        going = {root for root, _ in self.gone.blocks.get(rank, ())}
        view, start = memoryview(self.old), place
        while place < end and (coming or going):
            root, after = self._root(place), self._end(place, end) + 1
            if root in going or (coming and coming[0][0] <= root):
                if start < place:
                    yield view[start : place - 1]
                start = after if root in going else place
                while coming and coming[0][0] <= root:
                    yield coming.popleft()[1]
            place = after
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
        """Return where the block at a place ends; only long literals hold an empty line."""
        found = self.old.find(b"\n\n", place, end)
        stop = end if found < 0 else found + 1
        if self.old.find(_LONG, place, stop) < 0:
            return stop
        inner = _INNER.match(self.old, place, end)
        return end if inner is None or inner.end() == end else inner.end() + 1


def chunks(pieces: Iterable[bytes | memoryview], most: int = 1 << 20) -> Iterator[bytes]:
    """Yield pieces as bytes that memory holds."""
    for piece in pieces:
        for start in range(0, len(piece), most):
            yield bytes(piece[start : start + most])
