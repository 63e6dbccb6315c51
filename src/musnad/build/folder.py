"""Where the parts of one build are, and how one build takes the place of another."""

from __future__ import annotations

import contextlib
import fcntl
import os
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
    def releases(self) -> Path:
        """Return the folder of the releases before this one, each under its name."""
        return self.root / "releases"

    def kept(self) -> list[Folder]:
        """Return the releases before this one, the oldest first."""
        found = (path for path in self.releases.glob("*") if (path / _MARK).is_file())
        return [Folder(path) for path in sorted(found, key=lambda path: _ordered(path.name))]

    @property
    def history(self) -> Path:
        """Return the table that knows since when each claim says what it says."""
        return self.root / "history.jsonl"

    @property
    def changes(self) -> Path:
        """Return the folder of what each release changed."""
        return self.root / "changes"

    @property
    def site(self) -> Path:
        """Return the folder of the pages."""
        return self.root / "site"

    @property
    def traces(self) -> Path:
        """Return the file of what every page asked of the data."""
        return self.root / "pages.traces"

    @property
    def answers(self) -> Path:
        """Return the file of what was answered about all things."""
        return self.root / "pages.answers"

    @property
    def noted(self) -> Path:
        """Return the file of what the file system says of every page."""
        return self.root / "pages.noted"

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


def _ordered(name: str) -> tuple[str, int]:
    """Return what the names of releases are ordered by: their day, then their number."""
    day, _, number = name.partition(".")
    return day, int(number) if number.isdigit() else 0


@contextmanager
def locked(out: Path) -> Iterator[None]:
    """Hold the lock of a build folder, or raise ProjectError naming the process that has it.

    The kernel holds it for the open file (flock) and lets it go when the process ends, killed or not, and
    with the machine: no number of a dead process is ever taken for a live one. What the file says is for
    readers.
    """
    path = out.parent / f".{out.name}.lock"
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        lock = path.open("a+b", buffering=0)
    except OSError as error:
        problem = f"cannot be written beside: {error.strerror or error}"
        raise ProjectError(out, problem, "choose a folder that you may write with -o") from None
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.seek(0)
            who = f" (process {told.decode()})" if (told := lock.read(20)).isdigit() else ""
            problem = f"another build is writing here{who}"
            raise ProjectError(out, problem, "wait for it, or choose -o") from None
        except OSError as error:
            raise ProjectError(out, f"cannot be locked: {error.strerror}", "choose a local disk") from None
        with contextlib.suppress(OSError):  # a full disk is told by what needs the room
            lock.truncate(0)
            lock.write(b"%d" % os.getpid())
        yield


@contextmanager
def replacing(out: Path) -> Iterator[Path]:
    """Give a new folder that takes the place of `out` at the end, or is removed if anything fails.

    Raises ProjectError if `out` holds anything but a build, or if another build is writing there.
    """
    from musnad.build.spare import drop_other, keep_names
    from musnad.release import replaced

    if out.exists() and not (out / _MARK).is_file() and any(out.iterdir()):
        raise ProjectError(out, "is not a build of Musnad, and is not empty", "choose another folder with -o")
    with locked(out):
        with replaced(out, lambda old: keep_names(Folder(old), out)) as fresh:
            yield fresh
        drop_other(out)


def tidy(out: Path) -> None:
    """Remove what a killed build left beside `out`, unless another build is writing there now."""
    beside = (out.with_name(f".{out.name}.{end}") for end in ("new", "old", "pages"))
    if any(path.exists() for path in beside):
        from musnad.build.spare import drop_other
        from musnad.release import recover

        with contextlib.suppress(ProjectError), locked(out):
            recover(out)
            drop_other(out)
