"""Sorting more lines than memory holds: sorted runs on the disk, merged when they are read.

Lines are bytes that end in a line feed; their order is that of code points, for which UTF-8 was made. Chosen
over (a) sorting in memory, which grows with the dataset, and (b) the `sort` of the system, which not every
system has and which follows the locale.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Final

_RUN_BYTES: Final = 16 << 20  # of text; about 20 MB as Python keeps it
_MOST_RUNS: Final = 64  # files that are open at once


class Sorter:
    """Takes lines in any order, and gives each once, sorted."""

    def __init__(self, folder: Path, name: str, run_bytes: int = _RUN_BYTES) -> None:
        self._folder, self._name, self._limit = folder, name, run_bytes
        self._lines: list[bytes] = []
        self._bytes = 0
        self._runs: list[Path] = []
        self._made = 0

    def add(self, line: bytes) -> None:
        """Take one line, its line feed included."""
        self._lines.append(line)
        self._bytes += len(line)
        if self._bytes >= self._limit:
            self._spill()

    def extend(self, lines: Iterable[bytes]) -> None:
        """Take many lines."""
        for line in lines:
            self.add(line)

    def __iter__(self) -> Iterator[bytes]:
        """Yield every line once, sorted; more may be added afterwards."""
        self._lines.sort()
        with ExitStack() as opened:
            runs: list[Iterable[bytes]] = [opened.enter_context(path.open("rb")) for path in self._runs]
            last = None
            for line in heapq.merge(*runs, self._lines) if runs else self._lines:
                if line != last:
                    yield line
                last = line

    def drop(self) -> None:
        """Forget all lines and remove their files."""
        self._lines, self._bytes = [], 0
        for path in self._runs:
            path.unlink(missing_ok=True)
        self._runs = []

    def _spill(self) -> None:
        """Write what is in memory as one sorted run; of too many runs, make one."""
        if len(self._runs) >= _MOST_RUNS:
            runs, merged = self._runs, self._next()
            with merged.open("wb") as file:
                file.writelines(self)
            for path in runs:
                path.unlink()
            self._runs = [merged]
        else:
            self._lines.sort()
            path = self._next()
            with path.open("wb") as file:
                file.writelines(self._lines)
            self._runs.append(path)
        self._lines, self._bytes = [], 0

    def _next(self) -> Path:
        self._made += 1
        return self._folder / f"{self._name}-{self._made}.run"
