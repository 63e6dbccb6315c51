"""The store of a file that differs little from an older one: the same tables, and what changed since.

The tables of the database are never written to again, so they get a second name; a file system without hard
links has copies. Chosen over (a) loading every quad again, the dearest step of a small change, and (b)
changing the older store, which somebody may be reading.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph as px

from musnad.store import FOLDER, database

_NEVER_CHANGED: Final = (".sst", ".blob")
_OF_ONE_OPENING: Final = ("LOCK", "LOG")
_MOST_OPEN: Final = 60  # folders, twice


@dataclass(frozen=True, slots=True)
class Difference:
    """What parts a store from an older one: quads that are gone, whole graphs that are, quads that came."""

    removed: Iterable[px.Quad]
    graphs: Iterable[str]
    added: Iterable[px.Quad]


def follow(before: Path, folder: Path, nquads: Path | None, difference: Difference) -> None:
    """Make the store of a file of N-Quads from an older store; as with `Store.build`, whole or not at all.

    Where the file is yet to be written, the store is not one of it until `mark_loaded` says so.
    """
    with database(folder, nquads) as place:
        for path in sorted((before / FOLDER).rglob("*")):
            if path.is_file() and path.name not in _OF_ONE_OPENING:
                take_file(path, place / path.relative_to(before / FOLDER))
        store = px.Store(str(place))
        _take_out(store, difference)
        store.extend(difference.added)
        store.flush()
        del store


def _take_out(store: px.Store, difference: Difference) -> None:
    """Remove quads and whole graphs; no graph is left without quads."""
    for name in difference.graphs:
        store.remove_graph(px.NamedNode(name))
    touched = set()
    for quad in difference.removed:
        store.remove(quad)
        touched.add(quad.graph_name)
    for graph in touched:
        if isinstance(graph, px.NamedNode) and not any(store.quads_for_pattern(None, None, None, graph)):
            store.remove_graph(graph)


def take_file(path: Path, there: Path) -> None:
    """Take a file of a store over into another: a second name, or a copy of what the database writes to."""
    if path.suffix in _NEVER_CHANGED:
        second_name(path, there)
    else:
        there.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, there)


def second_name(path: Path, there: Path) -> None:
    """Give a file a second name, by a hard link; copy it where the file system has none to give."""
    link(os.fspath(path), os.fspath(there))


def link(path: str, there: str) -> None:
    """Do the same for names that are text: of many small files, `Path` takes longer than the system."""
    try:
        os.link(path, there)
    except OSError as error:
        if isinstance(error, FileNotFoundError):
            Path(there).parent.mkdir(parents=True, exist_ok=True)
        _link_or_copy(path, there)


def _link_or_copy(path: str, there: str) -> None:
    try:
        os.link(path, there)
    except OSError:
        shutil.copyfile(path, there)


class Links:
    """Gives files of one folder second names in another, each found from its own folder, which stays open.

    The system looks up long names for longer than it links a file.
    """

    def __init__(self, before: str, now: str) -> None:
        self._before, self._now = before, now
        self._opened: dict[str, tuple[int, int]] = {}

    def __enter__(self) -> Links:
        return self

    def __exit__(self, *error: object) -> None:
        for descriptor in (each for pair in self._opened.values() for each in pair):
            os.close(descriptor)
        self._opened.clear()

    def link(self, name: str) -> None:
        """Give one file a second name; copy it where the file system has none to give.

        What has that name already is another file, and may have names elsewhere: it is not written to.
        """
        folder, _, leaf = name.rpartition("/")
        pair = self._opened.get(folder) or self._open(folder)
        try:
            os.link(leaf, leaf, src_dir_fd=pair[0], dst_dir_fd=pair[1])
        except OSError:
            Path(f"{self._now}/{name}").unlink(missing_ok=True)
            _link_or_copy(f"{self._before}/{name}", f"{self._now}/{name}")

    def _open(self, folder: str) -> tuple[int, int]:
        if len(self._opened) >= _MOST_OPEN:
            self.__exit__()
        os.makedirs(f"{self._now}/{folder}", exist_ok=True)
        before = os.open(f"{self._before}/{folder}", os.O_RDONLY)
        try:
            self._opened[folder] = (before, os.open(f"{self._now}/{folder}", os.O_RDONLY))
        except OSError:
            os.close(before)
            raise
        return self._opened[folder]
