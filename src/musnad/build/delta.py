"""What parts the data of two builds: the quads that are gone, and those that came.

Both files of quads are sorted, so that they are compared as they are read (`sorted_lines`), and once in a
build; what the store has beside them (its report, the description of its release) is compared graph by graph.
Chosen over (a) two sets of quads, whose memory grows with the dataset, and (b) what the stages say of their
documents, which decisions, conflicts and views reach beyond.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph as px

from musnad.build.folder import Folder
from musnad.errors import DataError
from musnad.iri import BESIDE, Minter
from musnad.release.sorted_lines import parted
from musnad.store import Store, loaded_from

_MOST: Final = 200_000  # quads of a change that is worth following


@dataclass(frozen=True, slots=True)
class Delta:
    """What parts one set of quads from another."""

    removed: tuple[px.Quad, ...]
    added: tuple[px.Quad, ...]


def compare(before: Path, after: Path, without: Iterable[str] = (), most: int = _MOST) -> Delta | None:
    """Return what parts two sorted files of N-Quads; None where that is more than `most` lines, or unknown.

    The graphs that are to be left out are left out of the file before.
    """
    try:
        removed, added = parted(before, after, most, without)
    except (OSError, DataError):
        return None
    gone, came = (set(px.parse(b"".join(lines), format=px.RdfFormat.N_QUADS)) for lines in (removed, added))
    return Delta(_sorted(gone - came), _sorted(came - gone))


class Compared:
    """Compares the quads of two builds, and knows the answer when another stage asks for the same."""

    def __init__(self) -> None:
        self._known: tuple[tuple[str, str], Delta | None] | None = None

    def between(self, before: Folder, after: Folder) -> Delta | None:
        """Return what parts the files of quads of two builds; None where that is too much, or unknown."""
        digests = loaded_from(before.store), loaded_from(after.store)
        if self._known is None or self._known[0] != digests or not all(digests):
            self._known = (digests, compare(before.quads, after.quads))
        return self._known[1]


def beside(before: Store, after: Store, mint: Minter) -> Delta:
    """Return what parts the graphs that two stores have beside their files of quads."""
    gone: set[px.Quad] = set()
    came: set[px.Quad] = set()
    for graph in map(mint.graph, BESIDE):
        old, new = set(before.quads(graph)), set(after.quads(graph))
        gone |= old - new
        came |= new - old
    return Delta(_sorted(gone), _sorted(came))


def _sorted(quads: Iterable[px.Quad]) -> tuple[px.Quad, ...]:
    return tuple(sorted(quads, key=str))
