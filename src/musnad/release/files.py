"""Writing a release: from one N-Quads file to a folder of distributions.

Where the last release is known, and how it was made, only what changed is made again (`following.py`).
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyoxigraph as px

from musnad.graph import in_graph
from musnad.release.codebook import codebook_triples
from musnad.release.folders import replaced
from musnad.release.following import Former, following
from musnad.release.layout import Layout
from musnad.release.making import Making, ReleaseInfo
from musnad.release.ordering import Order
from musnad.release.outputs import Distribution, Outputs

_WORK: Final = ".work"


@dataclass(frozen=True, slots=True)
class ReleaseResult:
    """What was written."""

    folder: Path
    name: str
    quads: int
    files: tuple[Distribution, ...]
    description: tuple[px.Quad, ...]  # of graph/dataset: void.ttl as quads, for the store
    codebook: tuple[px.Quad, ...]  # of graph/codebook: tables and columns, for the store alone
    layout: Layout  # how it was made, for the next one


def write_release(
    nquads: Path, folder: Path, info: ReleaseInfo, order: Order | None = None, former: Former | None = None
) -> ReleaseResult:
    """Write the release of an N-Quads file into `folder`, in place of what stood there, and return it.

    Either all files stand there whole and flushed, or the old folder stays: MusnadError where the disk
    refuses, DataError where the quads do. Quads of `graph/dataset` are left out: the description of a file
    cannot stand within that file. From a former release whatever did not change is taken over; the bytes
    are the same.
    """
    given = order or Order()
    with replaced(folder) as fresh:
        try:
            making, about = _made(nquads, fresh, info, given, former)
        except Exception:  # whatever it is: what is written whole needs nothing of the last release
            if former is None:
                raise
            shutil.rmtree(fresh)
            fresh.mkdir()
            making, about = _made(nquads, fresh, info, given, None)
    mint = info.site.minter
    described = tuple(in_graph(about, mint.graph("dataset")))
    columns = tuple(in_graph(codebook_triples(mint), mint.graph("codebook")))
    files = tuple(sorted(making.outputs.done, key=lambda file: file.name))
    quads = making.figures.quads
    return ReleaseResult(folder, info.name, quads, files, described, columns, making.layout())


def _made(
    nquads: Path, fresh: Path, info: ReleaseInfo, order: Order, former: Former | None
) -> tuple[Making, list[px.Triple]]:
    """Write all files of a release; return how it was made, and what describes it."""
    with _work_below(fresh) as work:
        outputs = Outputs(fresh, order.packings, former.packed() if former else {})
        given = (info, order, outputs, work)
        making = following(former, nquads, Making(*given)) if former else Making(*given)
        making.write_quads(nquads)
        making.write_formats()
        about = making.write_description()
        making.write_sums()
    return making, about


@contextmanager
def _work_below(folder: Path) -> Iterator[Path]:
    """Give a folder for what is sorted, which is gone at the end."""
    work = folder / _WORK
    work.mkdir()
    yield work
    shutil.rmtree(work)
