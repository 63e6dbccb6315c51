"""The release of a build: written, or that of the last build where it was made from the same.

A template or a shape that changed, or a document that says the same in other words, leaves the dumps as they
were: their files get a second name in the new build. Chosen over (a) dumps in parts, each kept by itself,
which changes their bytes, and (b) the checksums of the quads alone, which tell nothing of the settings.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as px

from musnad.build.cache import key_of
from musnad.build.cached import standing_on
from musnad.build.folder import Folder
from musnad.errors import MusnadError
from musnad.graph import in_graph
from musnad.release import verify_release, write_release
from musnad.release.codebook import codebook_triples
from musnad.release.inputs import read_inputs
from musnad.release.ordering import TABULAR
from musnad.release.sums import SUMS
from musnad.site.folder import fingerprint
from musnad.store import file_digest
from musnad.store_folder import link

if TYPE_CHECKING:
    from musnad.build.stages import Stages
    from musnad.iri import Minter
    from musnad.release import Order, ReleaseInfo


def release(stages: Stages, folder: Folder, info: ReleaseInfo, order: Order) -> list[px.Quad]:
    """Put the release of a build into its folder; return what describes it, for the store."""
    key = _key(stages, folder, info, order) if stages.cache else b""
    if stages.cache and stages.last and _taken(stages.last, folder, stages.cache.get(key)):
        return _described(folder.release, stages.config.minter)
    result = write_release(folder.quads, folder.release, info, order)
    if stages.cache:
        stages.cache.put(key, file_digest(folder.release / SUMS).encode("ascii"))
    return [*result.description, *result.codebook]


def _key(stages: Stages, folder: Folder, info: ReleaseInfo, order: Order) -> bytes:
    """Return a key of all that a release is made from."""
    inputs = read_inputs(stages.project)
    made = fingerprint([folder.tables] if order.formats & TABULAR.keys() else [], standing_on())
    told = repr((info, sorted(order.formats), order.packings, inputs))
    return key_of("released", made, file_digest(folder.quads), told)


def _taken(out: Path, folder: Folder, sums: bytes | None) -> bool:
    """Give the files of a release a second name; tell whether it is the one of these sums, and whole."""
    last, place = Folder(out).release, folder.release
    try:
        if sums is None or place.exists() or file_digest(last / SUMS).encode("ascii") != sums:
            return False
        names = verify_release(last)
    except MusnadError:
        return False
    for name in (*names, SUMS):
        link(os.fspath(last / name), os.fspath(place / name))
    return True


def _described(release: Path, mint: Minter) -> list[px.Quad]:
    """Return what describes a release that was written before."""
    about = (quad.triple for quad in px.parse(path=str(release / "void.ttl"), format=px.RdfFormat.TURTLE))
    columns = in_graph(codebook_triples(mint), mint.graph("codebook"))
    return [*in_graph(about, mint.graph("dataset")), *columns]
