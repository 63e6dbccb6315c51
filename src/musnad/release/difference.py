"""What changed between two releases, read from their sorted N-Quads side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from musnad.errors import DataError


@dataclass(frozen=True, slots=True)
class Difference:
    """The quads, as lines of N-Quads without their end, that one release has and the other has not."""

    added: tuple[str, ...]
    removed: tuple[str, ...]


def difference(old: Path, new: Path) -> Difference:
    """Return what a newer `musnad.nq` adds and removes; both files are sorted, as releases are."""
    added: list[str] = []
    removed: list[str] = []
    before, after = _lines(old), _lines(new)
    one, other = next(before, None), next(after, None)
    while one is not None or other is not None:
        if one == other:
            one, other = next(before, None), next(after, None)
        elif other is None or (one is not None and one < other):
            removed.append(one or "")
            one = next(before, None)
        else:
            added.append(other)
            other = next(after, None)
    return Difference(tuple(added), tuple(removed))


def _lines(path: Path) -> Iterator[str]:
    last = ""
    try:
        with path.open(encoding="utf-8", newline="\n") as file:
            for line in file:
                if line < last:
                    raise DataError(path, "the lines are not sorted", "compare the files of two releases")
                last = line
                yield line.rstrip("\n")
    except OSError as error:
        raise DataError(path, f"cannot be read: {error.strerror}") from None
