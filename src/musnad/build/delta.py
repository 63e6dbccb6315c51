"""What parts the data of two builds: the quads that are gone, and those that came.

Both files of quads are sorted, so that they are compared line by line as they are read; what the store has
beside them (its report, the description of its release) is compared graph by graph. Chosen over (a) two
sets of quads, whose memory grows with the dataset, and (b) what the stages say of their documents, which
decisions, conflicts and views reach beyond.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph as px

from musnad.iri import Minter
from musnad.store import Store

APART: Final = ("dataset", "codebook", "report", "history")  # graphs that the store has beside the file
_MOST: Final = 200_000  # quads of a change that is worth following


@dataclass(frozen=True, slots=True)
class Delta:
    """What parts one set of quads from another."""

    removed: tuple[px.Quad, ...]
    added: tuple[px.Quad, ...]


def compare(before: Path, after: Path, without: Iterable[str] = (), most: int = _MOST) -> Delta | None:
    """Return what parts two sorted files of N-Quads; None where that is more than `most` lines.

    The graphs that are to be left out are left out of the file before.
    """
    removed: list[bytes] = []
    added: list[bytes] = []
    ends = tuple(f" <{graph}> .\n".encode() for graph in without)
    try:
        with before.open("rb") as old, after.open("rb") as new:
            known = (line for line in old if not line.endswith(ends)) if ends else iter(old)
            for line, come in _differences(known, iter(new)):
                (added if come else removed).append(line)
                if len(removed) + len(added) > most:
                    return None
    except OSError:
        return None
    gone, came = (set(px.parse(b"".join(lines), format=px.RdfFormat.N_QUADS)) for lines in (removed, added))
    return Delta(_sorted(gone - came), _sorted(came - gone))


def beside(before: Store, after: Store, mint: Minter) -> Delta:
    """Return what parts the graphs that two stores have beside their files of quads."""
    gone: set[px.Quad] = set()
    came: set[px.Quad] = set()
    for graph in map(mint.graph, APART):
        old, new = set(before.quads(graph)), set(after.quads(graph))
        gone |= old - new
        came |= new - old
    return Delta(_sorted(gone), _sorted(came))


def _sorted(quads: Iterable[px.Quad]) -> tuple[px.Quad, ...]:
    return tuple(sorted(quads, key=str))


def _differences(old: Iterator[bytes], new: Iterator[bytes]) -> Iterator[tuple[bytes, bool]]:
    """Yield the lines of two sorted files that one of them has alone, and whether it is the new one."""
    one, other = next(old, None), next(new, None)
    while one is not None and other is not None:
        if one == other:
            one, other = next(old, None), next(new, None)
        elif one < other:
            yield one, False
            one = next(old, None)
        else:
            yield other, True
            other = next(new, None)
    if one is not None:
        yield one, False
        yield from ((line, False) for line in old)
    if other is not None:
        yield other, True
        yield from ((line, True) for line in new)
