"""Sorted files of lines, read where they are asked for: what begins in a way, and what two of them part.

Chosen over (a) reading them from end to end for each question and (b) an index, which would have to be kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from mmap import ACCESS_READ, mmap
from pathlib import Path
from typing import Final

from musnad.errors import DataError

_BLOCK: Final = 1 << 16
_IN_A_ROW: Final = 64  # lines that are compared before blocks are tried again


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


def apart(before: Path, after: Path, most: int) -> tuple[list[bytes], list[bytes]]:
    """Return the lines that went and those that came between two sorted files.

    What is the same is passed in blocks: that takes as long as to read it. Raises DataError where more than
    `most` lines differ, or where a line that came stands in the wrong place.
    """
    old, new = mapped(before), mapped(after)
    gone: list[bytes] = []
    came: list[bytes] = []
    one = other = 0
    while one < len(old) or other < len(new):
        same = _same(old, new, one, other)
        one, other = one + same, other + same
        for _ in range(_IN_A_ROW):
            line, its = _line(old, one), _line(new, other)
            if line < its:
                gone.append(line)
            elif its < line:
                came.append(its)
                if other and its <= new[new.rfind(b"\n", 0, other - 1) + 1 : other]:
                    raise DataError(after, "not sorted")
            one, other = one + len(line) * (line <= its), other + len(its) * (its <= line)
        if len(gone) + len(came) > most:
            raise DataError(after, "little is as it was")
    return gone, came


def _same(old: mmap, new: mmap, one: int, other: int) -> int:
    """Return how many bytes are the same from two places on, in whole blocks and whole lines."""
    same = 0
    while old[one + same : one + same + _BLOCK] == new[other + same : other + same + _BLOCK]:
        same += _BLOCK
        if one + same > len(old) or other + same > len(new):
            break
    same = min(same, len(old) - one, len(new) - other)
    return max(0, old.rfind(b"\n", one, one + same) + 1 - one)


def _line(lines: mmap, place: int) -> bytes:
    """Return the line at a place; after the last, what sorts behind every text of UTF-8."""
    return lines[place : lines.find(b"\n", place) + 1] if place < len(lines) else b"\xff"
