"""What parts the data of two builds: the quads that are gone, and those that came.

Both files of quads are sorted, so that they are compared as they are read, and line by line where they part;
what the store has beside them (its report, the description of its release) is compared graph by graph. Chosen
over (a) two sets of quads, whose memory grows with the dataset, and (b) what the stages say of their
documents, which decisions, conflicts and views reach beyond.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final

import pyoxigraph as px

from musnad.build.blocks import common, whole_lines
from musnad.iri import Minter
from musnad.store import Store

APART: Final = ("dataset", "codebook", "report", "history")  # graphs that the store has beside the file
_MOST: Final = 200_000  # quads of a change that is worth following
_LEAST: Final = 512  # bytes that are compared at once where files have just parted


@dataclass(frozen=True, slots=True)
class Delta:
    """What parts one set of quads from another."""

    removed: tuple[px.Quad, ...]
    added: tuple[px.Quad, ...]


def compare(before: Path, after: Path, without: Iterable[str] = (), most: int = _MOST) -> Delta | None:
    """Return what parts two sorted files of N-Quads; None where that is more than `most` lines.

    The graphs that are to be left out are left out of the file before.
    """
    removed: list[bytes] = []
    added: list[bytes] = []
    ends = tuple(f" <{graph}> .\n".encode() for graph in without)
    try:
        with before.open("rb") as old, after.open("rb") as new:
            known = (line for line in old if not line.endswith(ends))
            for line, come in _differences(known, iter(new)) if ends else apart(old, new):
                (added if come else removed).append(line)
                if len(removed) + len(added) > most:
                    return None
    except OSError:
        return None
    gone, came = (set(px.parse(b"".join(lines), format=px.RdfFormat.N_QUADS)) for lines in (removed, added))
    return Delta(_sorted(gone - came), _sorted(came - gone))


def beside(before: Store, after: Store, mint: Minter) -> Delta:
    """Return what parts the graphs that two stores have beside their files of quads."""
    gone: set[px.Quad] = set()
    came: set[px.Quad] = set()
    for graph in map(mint.graph, APART):
        old, new = set(before.quads(graph)), set(after.quads(graph))
        gone |= old - new
        came |= new - old
    return Delta(_sorted(gone), _sorted(came))


def _sorted(quads: Iterable[px.Quad]) -> tuple[px.Quad, ...]:
    return tuple(sorted(quads, key=str))


@dataclass(slots=True)
class _Ahead:
    """A file of lines, read in blocks, and how far it was looked at."""

    file: BinaryIO
    block: bytes = b""
    at: int = 0

    def more(self) -> int:
        """Return how many bytes are ready to be looked at, in whole lines; 0 at the end."""
        if self.at == len(self.block):
            self.block, self.at = next(whole_lines(self.file), b""), 0
        return len(self.block) - self.at

    def line(self) -> bytes:
        """Return the next line, which is not yet looked at."""
        return self.block[self.at : self.block.index(b"\n", self.at) + 1]


def apart(old: BinaryIO, new: BinaryIO) -> Iterator[tuple[bytes, bool]]:
    """Yield the lines that one of two sorted files has alone, and whether it is the new one.

    Pieces are compared that grow as long as they are alike.
    """
    one, other, size = _Ahead(old), _Ahead(new), _LEAST
    while (ready := one.more()) and (there := other.more()):
        most = min(ready, there, size)
        left, right = one.block[one.at : one.at + most], other.block[other.at : other.at + most]
        alike = left.rfind(b"\n", 0, most if left == right else common(left, right)) + 1
        one.at, other.at = one.at + alike, other.at + alike
        if left == right:
            size *= 2
            continue
        size = _LEAST
        gone, came = one.line(), other.line()
        if gone == came:  # they part beyond the piece
            one.at, other.at = one.at + len(gone), other.at + len(came)
        elif gone < came:
            yield gone, False
            one.at += len(gone)
        else:
            yield came, True
            other.at += len(came)
    for side, is_new in ((one, False), (other, True)):
        while side.more():
            line = side.line()
            yield line, is_new
            side.at += len(line)


def _differences(old: Iterator[bytes], new: Iterator[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Yield the lines of two sorted files that one of them has alone, and whether it is the new one."""
    one, other = next(old, None), next(new, None)
    while one is not None and other is not None:
        if one == other:
            one, other = next(old, None), next(new, None)
        elif one < other:
            yield one, False
            one = next(old, None)
        else:
            yield other, True
            other = next(new, None)
    if one is not None:
        yield one, False
        yield from ((line, False) for line in old)
    if other is not None:
        yield other, True
        yield from ((line, True) for line in new)
