"""Sorted files of lines, read where they are asked for: what begins in a way, and what parts two of them.

Chosen over (a) reading them line by line for each question and (b) an index, which would have to be kept.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import BinaryIO, Final

from musnad.errors import DataError
from musnad.release.blocks import BLOCK, common, whole_lines

_LEAST: Final = 512  # bytes that are compared at once where files have just parted


def mapped(path: Path) -> mmap:
    """Return the bytes of a file that is not empty, as the system reads them."""
    with path.open("rb") as file:
        return mmap(file.fileno(), 0, access=ACCESS_READ)


def starting(lines: mmap, start: bytes) -> Iterator[bytes]:
    """Yield the lines of a sorted file that begin with some bytes."""
    low, high = 0, len(lines)
    while low < high:  # the first such line, if there is one, begins in low..high
        middle = lines.rfind(b"\n", low, (low + high) // 2) + 1 or low
        end = lines.find(b"\n", middle) + 1
        if lines[middle:end] < start:
            low = end
        else:
            high = middle
    while lines[low : low + len(start)] == start and low < len(lines):
        end = lines.find(b"\n", low) + 1
        yield lines[low:end]
        low = end


def parted(
    before: Path, after: Path, most: int, without: Iterable[str] = ()
) -> tuple[list[bytes], list[bytes]]:
    """Return the lines that went and those that came between two sorted files of quads.

    The lines of graphs that are to be left out have not gone. Raises DataError where more than `most` lines
    differ, or where one that came stands in the wrong place.
    """
    gone, came = list[bytes](), list[bytes]()
    ends = tuple(f" <{graph}> .\n".encode() for graph in without)
    with before.open("rb") as old, after.open("rb") as new:
        for line, is_new in apart(old, new):
            if is_new:
                came.append(line)
            elif not line.endswith(ends):
                gone.append(line)
            if len(gone) + len(came) > most:
                raise DataError(after, "little is as it was")
    return gone, came


@dataclass(slots=True)
class _Ahead:
    """A file of lines, read in blocks, and how far it was looked at."""

    file: BinaryIO
    block: bytes = b""
    at: int = 0
    passed: bytes = b""  # the last line of the block before

    def more(self) -> int:
        """Return how many bytes are ready to be looked at, in whole lines; 0 at the end."""
        if self.at == len(self.block):
            self.passed = self.last() or self.passed
            self.block, self.at = next(whole_lines(self.file, BLOCK), b""), 0
        return len(self.block) - self.at

    def line(self) -> bytes:
        """Return the next line, which is not yet looked at."""
        return self.block[self.at : self.block.index(b"\n", self.at) + 1]

    def last(self) -> bytes:
        """Return the last line that was looked at; b"" at the beginning."""
        if not self.at:
            return self.passed
        return self.block[self.block.rfind(b"\n", 0, self.at - 1) + 1 : self.at]

    def come(self) -> bytes:
        """Return the next line and pass it; raise DataError where it stands in the wrong place."""
        line = self.line()
        if line <= self.last():
            raise DataError(self.file.name, "not sorted")
        self.at += len(line)
        return line


def apart(old: BinaryIO, new: BinaryIO) -> Iterator[tuple[bytes, bool]]:
    """Yield the lines that one of two sorted files has alone, and whether it is the new one.

    Pieces are compared that grow as long as they are alike: that takes as long as to read them. Raises
    DataError where a line that came stands in the wrong place.
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
            yield other.come(), True
    while one.more():
        yield one.line(), False
        one.at += len(one.line())
    while other.more():
        yield other.come(), True
