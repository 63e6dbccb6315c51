"""Every release stays: what a build replaces is kept in the new one, under its name.

`releases/2026-01-31/` of a build holds the dumps, the store and the tables of that release, as hard links, so
that keeping costs little time and space. A day that has a release gives the next one a number
(`2026-01-31.1`); a name is never used for other bytes. Chosen over (a) a store of differences, from which an
old release must be made before it can be read, and (b) keeping whole builds, whose pages weigh ten times
their data.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

import orjson

from musnad.build.folder import Folder
from musnad.store_folder import second_name

_PARTS: Final = ("release", "store", "tables")


def release_name(folder: Folder) -> str:
    """Return the name of the release of a finished build, "" where there is none."""
    try:
        told = orjson.loads(folder.mark.read_bytes())
    except (OSError, ValueError):
        return ""
    return str(told.get("release") or told.get("date") or "") if isinstance(told, dict) else ""


class Release(NamedTuple):
    """A release of a build: its name, and where its parts are."""

    name: str
    folder: Folder


def releases_of(built: Folder, own: str = "") -> list[Release]:
    """Return the releases of a build, the oldest first, its own last; `own` names one that is being made."""
    kept = [Release(each.root.name, each) for each in built.kept()]
    return [*kept, Release(own or release_name(built), built)]


def next_name(out: Path, day: str) -> tuple[str, str]:
    """Return the name for the release of a day into `out`, and that of the last one there or ""."""
    last = Folder(out)
    names = {each.root.name for each in last.kept()} | {release_name(last)} - {""}
    if day not in names:
        return day, release_name(last)
    number = 1
    while f"{day}.{number}" in names:
        number += 1
    return f"{day}.{number}", release_name(last)


def keep_releases(old: Folder, new: Folder) -> None:
    """Keep in a new build what the old one kept, and the release of the old one itself."""
    for each in old.kept():
        _link(each.root, new.releases / each.root.name)
    name = release_name(old)
    if not name or not (old.release / "musnad.nq").is_file():
        return
    place = new.releases / name
    place.mkdir(parents=True)
    for part in _PARTS:
        if (old.root / part).is_dir():
            _link(old.root / part, place / part)
    shutil.copyfile(old.mark, place / old.mark.name)


def _link(old: Path, new: Path) -> None:
    """Give a folder a second name, file by file."""
    for path in _files(old):
        second_name(path, new / path.relative_to(old))


def _files(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            yield path
