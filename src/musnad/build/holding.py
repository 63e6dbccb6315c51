"""A store that stays while it is served, also after another build has taken the place of its own.

The database opens its files by name, some of them long after it was opened itself; once a build was
exchanged those names are another's. So what is served stands under names of its own, `.mine.held-…` beside
the build: hard links, for the tables of the database are never changed, and copies of the few files that
are. Chosen over (a) opening all files at once, which reads the whole store, and (b) builds under names of
their own, whose readers would have to be told which one counts.
"""

from __future__ import annotations

import contextlib
import fcntl
import shutil
import tempfile
import weakref
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, Final

from musnad.build.folder import Folder
from musnad.store_folder import take_file

if TYPE_CHECKING:
    from starlette.applications import Starlette

_TRIES: Final = 5
_LOCK: Final = "lock"


def held_store(folder: Folder) -> tuple[Path, Callable[[], None]]:
    """Return where the store of a build may be read until the function beside it is called.

    Where nothing can be written beside the build, that is the store itself. What dead servers left is
    removed.
    """
    beside = folder.root.parent
    start = f".{folder.root.name}.held-"
    try:
        _remove_dead(beside, start)
        for _ in range(_TRIES):
            place = Path(tempfile.mkdtemp(prefix=start, dir=beside))
            lock = (place / _LOCK).open("w")
            let_go = partial(_let_go, place, lock)
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if _take(folder, place):
                    return place / folder.store.name, let_go
            except OSError:
                let_go()
                raise
            let_go()
    except OSError:  # a disk that cannot be written, or that has no locks
        pass
    return folder.store, lambda: None


def until_ended(app: Starlette, end: Callable[[], None]) -> Starlette:
    """Return an application that calls a function when it has ended, at the latest with the process."""
    last = weakref.finalize(app, end)
    inner: Any = app.router.lifespan_context  # Starlette types it by what a lifespan may yield

    @asynccontextmanager
    async def life(given: Starlette) -> AsyncIterator[Any]:
        async with inner(given) as state:
            yield state
        last()

    app.router.lifespan_context = life
    return app


def _take(folder: Folder, place: Path) -> bool:
    """Link or copy a store; tell whether it was one and the same build all the time."""
    before = _inode(folder)
    try:
        for path in sorted(folder.store.rglob("*")):
            there = place / folder.store.name / path.relative_to(folder.store)
            if not path.is_dir():
                take_file(path, there)
    except FileNotFoundError:
        return False
    return before == _inode(folder)


def _inode(folder: Folder) -> int:
    return folder.mark.stat().st_ino


def _let_go(place: Path, lock: IO[str]) -> None:
    shutil.rmtree(place, ignore_errors=True)
    lock.close()


def _remove_dead(beside: Path, start: str) -> None:
    for place in beside.glob(f"{start}*"):
        with contextlib.suppress(OSError), (place / _LOCK).open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(place, ignore_errors=True)
