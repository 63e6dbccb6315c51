"""The release of a build: written, or made from that of the last build.

A template or a shape that changed, or a document that says the same in other words, leaves the dumps as they
were: their files get a second name in the new build. Where the quads differ, what did not change is copied
(`release.following`); how the last files were made is kept in the cache. Chosen over (a) dumps in parts, each
kept by itself, which changes their bytes, and (b) the checksums of the quads alone, which tell nothing of the
settings.
"""

from __future__ import annotations

import os
import zlib
from dataclasses import dataclass
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
from musnad.release.following import Former, can_follow
from musnad.release.inputs import read_inputs
from musnad.release.layout import Layout
from musnad.release.ordering import TABULAR
from musnad.release.sums import SUMS
from musnad.site.folder import fingerprint
from musnad.store import Store, file_digest, loaded_from
from musnad.store_folder import link

if TYPE_CHECKING:
    from musnad.build.cache import Cache
    from musnad.build.stages import Stages
    from musnad.iri import Minter
    from musnad.release import Order, ReleaseInfo


def release(stages: Stages, folder: Folder, info: ReleaseInfo, order: Order) -> list[px.Quad]:
    """Put the release of a build into its folder; return what describes it, for the store."""
    if stages.cache is None:
        result = write_release(folder.quads, folder.release, info, order)
        return [*result.description, *result.codebook]
    made = fingerprint([folder.tables] if order.formats & TABULAR.keys() else [], standing_on())
    layouts = _Layouts(stages.cache, _ground(made, info, order))
    quads = file_digest(folder.quads)
    key = _key(stages, quads, made, info, order)
    if stages.last and _taken(stages.last, folder, stages.cache.get(key)):
        layouts.get(folder.release)  # asked for, so that the cache keeps it
        return _described(folder.release, stages.config.minter)
    follows = can_follow(order) and loaded_from(folder.store) == quads
    former = _former(stages, folder, layouts) if follows else None
    result = write_release(folder.quads, folder.release, info, order, former)
    stages.cache.put(key, file_digest(folder.release / SUMS).encode("ascii"))
    if can_follow(order):
        layouts.put(folder.release, result.layout)
    return [*result.description, *result.codebook]


def _key(stages: Stages, quads: str, made: str, info: ReleaseInfo, order: Order) -> bytes:
    """Return a key of all that a release is made from; of the quads by their SHA-256."""
    told = repr((info, sorted(order.formats), order.packings, read_inputs(stages.project)))
    return key_of("released", made, quads, told)


def _ground(made: str, info: ReleaseInfo, order: Order) -> str:
    """Return all that the bytes of blocks and segments depend on, beside the quads."""
    words = (info.site.base, sorted(order.formats), order.packings, zlib.ZLIB_RUNTIME_VERSION)
    return f"{made} {words}"


@dataclass(frozen=True, slots=True)
class _Layouts:
    """How releases were made, each known by its checksums."""

    cache: Cache
    ground: str

    def get(self, release: Path) -> Layout | None:
        """Return how a release was made; None where that is not known."""
        try:
            sums = file_digest(release / SUMS)
        except MusnadError:
            return None
        parts = {"": self.cache.get(self._key(sums, "")) or b""}
        for name in Layout.packed(parts[""]):
            if (part := self.cache.get(self._key(sums, name))) is None:
                return None
            parts[name] = part
        return Layout.of(parts) if parts[""] else None

    def put(self, release: Path, layout: Layout) -> None:
        """Keep how a release was made."""
        sums = file_digest(release / SUMS)
        for name, part in layout.parts().items():
            self.cache.put(self._key(sums, name), part)

    def _key(self, sums: str, name: str) -> bytes:
        return key_of("layout", self.ground, sums, name)


def _former(stages: Stages, folder: Folder, layouts: _Layouts) -> Former | None:
    """Return the last release; None where nothing can be taken over from it, for whatever reason."""
    if stages.last is None:
        return None
    last = Folder(stages.last).release
    try:
        layout = layouts.get(last)
        if layout is None:
            return None
        return Former(last, layout, Store.open(folder.store, read_only=True))
    except Exception:  # it is written whole then, which tells of what is truly wrong
        return None


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
