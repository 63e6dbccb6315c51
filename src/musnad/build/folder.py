"""Where the parts of one build are, and how one build takes the place of another."""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from musnad.errors import ProjectError

_MARK: Final = "build.json"


@dataclass(frozen=True, slots=True)
class Folder:
    """Where the parts of one build are."""

    root: Path

    @property
    def tables(self) -> Path:
        """Return the folder of the tables."""
        return self.root / "tables"

    @property
    def quads(self) -> Path:
        """Return the N-Quads of the whole dataset."""
        return self.root / "dataset.nq"

    @property
    def store(self) -> Path:
        """Return the folder of the store."""
        return self.root / "store"

    @property
    def report(self) -> Path:
        """Return the folder of the SHACL report."""
        return self.root / "report"

    @property
    def release(self) -> Path:
        """Return the folder of the dumps."""
        return self.root / "release"

    @property
    def site(self) -> Path:
        """Return the folder of the pages."""
        return self.root / "site"

    @property
    def refusals(self) -> Path:
        """Return the table of the documents that could not be read."""
        return self.root / "refusals.jsonl"

    @property
    def mark(self) -> Path:
        """Return the file that a finished build has: engine, date and counts."""
        return self.root / _MARK

    @classmethod
    def at(cls, path: Path) -> Folder:
        """Return the finished build at a path, or raise ProjectError."""
        if not (path / _MARK).is_file():
            raise ProjectError(path, "is not a build of Musnad", f"run: musnad build DOCUMENTS -o {path}")
        return cls(path)


@contextmanager
def locked(out: Path) -> Iterator[None]:
    """Hold the lock of a build folder, or raise ProjectError; a dead process holds none (flock)."""
    out.parent.mkdir(parents=True, exist_ok=True)
    with (out.parent / f".{out.name}.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ProjectError(out, "another build is writing here", "wait for it, or choose -o") from None
        yield


@contextmanager
def replacing(out: Path) -> Iterator[Path]:
    """Give a new folder that takes the place of `out` at the end, or is removed if anything fails.

    Raises ProjectError if `out` holds anything but a build, or if another build is writing there.
    """
    from musnad.release import replaced

    if out.exists() and not (out / _MARK).is_file() and any(out.iterdir()):
        raise ProjectError(out, "is not a build of Musnad, and is not empty", "choose another folder with -o")
    with locked(out), replaced(out) as fresh:
        yield fresh
