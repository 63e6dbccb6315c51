"""The quads of a build that differs little from the last: those of some graphs anew, all others as they were.

Every row gives quads of its own graph alone. So the rows of graphs that have other rows than in the last
build are mapped, what the last file says of these graphs is left out, and blocks of lines between which
nothing comes or goes are copied as they are. The store follows at once, and the views are asked of it. Chosen
over (a) mapping, sorting and comparing all quads at every build, 10 µs each, and (b) quads kept document by
document, three times as many bytes as the rows that they are made from.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

import pyoxigraph as px

from musnad.build.cache import key_of
from musnad.build.cached import standing_on
from musnad.build.differing import differing, rows_of
from musnad.build.folder import Folder
from musnad.graph import to_nquads
from musnad.iri import BESIDE
from musnad.mapping import map_rows
from musnad.mapping.terms import Reference
from musnad.release import derive
from musnad.release.blocks import may_hold, whole_lines
from musnad.site.folder import fingerprint
from musnad.store import Store, file_digest, loaded_from, mark_loaded
from musnad.store_folder import Difference, follow

if TYPE_CHECKING:
    from musnad.build.stages import Stages
    from musnad.mapping import Compiled

_MOST: Final = 200_000  # lines of a change that is worth following
_PLAIN: Final = re.compile(r"https?://[A-Za-z0-9./:_-]+")  # an IRI that stands in quads as it does in rows
_OWN: Final = (Reference("graph"),)


@dataclass(frozen=True, slots=True)
class Followed:
    """The lines of a file that are another's, but for those of some graphs, and those that came."""

    file: Path
    without: frozenset[bytes]  # the ends of the lines of these graphs
    fresh: Sequence[bytes]  # sorted, each once

    def gone(self) -> Iterator[bytes]:
        """Yield the lines that are left out."""
        with self.file.open("rb") as file:
            for block in whole_lines(file):
                if may_hold(block, self.without):
                    yield from (line for line in block.splitlines(keepends=True) if self._is_out(line))

    def blocks(self) -> Iterator[bytes]:
        """Yield all lines, sorted, in blocks."""
        place = 0
        with self.file.open("rb") as file:
            for block in whole_lines(file):
                last = block[block.rfind(b"\n", 0, -1) + 1 :]
                end = bisect_right(self.fresh, last, place)
                if end > place or may_hold(block, self.without):
                    lines = (line for line in block.splitlines(keepends=True) if not self._is_out(line))
                    yield b"".join(sorted({*lines, *self.fresh[place:end]}))
                else:
                    yield block
                place = end
        yield b"".join(self.fresh[place:])

    def _is_out(self, line: bytes) -> bool:
        return line[line.rindex(b" <") :] in self.without


def ground_of_mapping(stages: Stages) -> str:
    """Return a hash of all that quads depend on beside the rows."""
    project, config = stages.project, stages.config
    asked = [path for path in (project.rdf_mappings, project.ontology, project.views) if path.exists()]
    return fingerprint(asked, (*standing_on(), config.base))


def note_mapped(stages: Stages, store: Path) -> None:
    """Note that the quads which a store was loaded from are what their tables give on this ground."""
    if stages.cache:
        stages.cache.put(key_of("mapped", ground_of_mapping(stages), loaded_from(store)), b"1")


def follow_quads(stages: Stages, compiled: Compiled, tables: Path, out: Path, store: Path) -> int | None:
    """Write the quads of a build and its store after those of the last; return their number.

    None where there is none to follow, or too much changed. Then nothing was written.
    """
    last = Folder(stages.last) if stages.last else None
    if last is None or not _is_known(stages, last) or not _in_their_graphs(compiled):
        return None
    graphs = differing(last.tables, tables)
    if graphs is None or not all(map(_PLAIN.fullmatch, graphs)) or graphs & _set_apart(stages):
        return None
    fresh = _mapped(tables, graphs, compiled)
    change = _change(last.quads, graphs, fresh) if fresh is not None else None
    if fresh is None or change is None:
        return None
    mint = stages.config.minter
    views = [mint.graph(path.stem) for path in stages.project.views.glob("*.rq")]
    follow(last.store, store, None, Difference(change[0], [*map(mint.graph, BESIDE), *views], change[1]))
    derived = _derived(stages, store)
    lines = sorted({*fresh, *to_nquads(derived).encode("utf-8").splitlines(keepends=True)})
    digest, number = _write(Followed(last.quads, ends_of([*graphs, *views]), lines), out)
    mark_loaded(store, digest)
    note_mapped(stages, store)
    return number


def _derived(stages: Stages, place: Path) -> list[px.Quad]:
    """Return what the views derive, and put it into the store."""
    store = Store.open(place, base=stages.config.base)
    derived = list(derive(store, stages.project.views, stages.config.minter))
    store.extend(derived)
    return derived


def _is_known(stages: Stages, last: Folder) -> bool:
    """Tell whether the quads of the last build are what its tables give, and the store has them."""
    digest = loaded_from(last.store)
    if not stages.cache or not digest or not last.quads.is_file() or file_digest(last.quads) != digest:
        return False
    return stages.cache.get(key_of("mapped", ground_of_mapping(stages), digest)) is not None


def _in_their_graphs(compiled: Compiled) -> bool:
    """Tell whether the quads of every row stand in the graph of the row."""
    for each in (each for table in compiled.tables.values() for each in table.maps):
        graphs = [*each.graphs, *(graph for pair in each.pairs for graph in pair.graphs)]
        if not each.graphs or any(graph.parts != _OWN or graph.type != "iri" for graph in graphs):
            return False
    return True


def _set_apart(stages: Stages) -> set[str]:
    """Return the graphs whose quads are not made of rows alone."""
    mint, views = stages.config.minter, stages.project.views.glob("*.rq")
    return {mint.graph(name) for name in (*BESIDE, "ontology", *(path.stem for path in views))}


def _mapped(tables: Path, graphs: Collection[str], compiled: Compiled) -> list[bytes] | None:
    """Return the lines that the rows of some graphs give; None where they are too many."""
    found = set[bytes]()
    for chunk in map_rows(rows_of(tables, graphs), compiled):
        found.update(line + b"\n" for line in chunk.split(b"\n") if line)
        if len(found) > _MOST:
            return None
    ends = ends_of(graphs)
    return sorted(found) if all(line[line.rindex(b" <") :] in ends for line in found) else None


def _change(
    quads: Path, graphs: Collection[str], fresh: Sequence[bytes]
) -> tuple[list[px.Quad], list[px.Quad]] | None:
    """Return the quads that went and those that came; None where they are too many."""
    gone = set[bytes]()
    for line in Followed(quads, ends_of(graphs), ()).gone():
        gone.add(line)
        if len(gone) > _MOST:
            return None
    return _quads(gone.difference(fresh)), _quads(set(fresh) - gone)


def _quads(lines: Collection[bytes]) -> list[px.Quad]:
    return list(px.parse(b"".join(sorted(lines)), format=px.RdfFormat.N_QUADS))


def ends_of(graphs: Collection[str]) -> frozenset[bytes]:
    """Return what the lines of some graphs end with."""
    return frozenset(f" <{graph}> .\n".encode() for graph in graphs)


def _write(followed: Followed, out: Path) -> tuple[str, int]:
    """Write a file of lines; return its SHA-256 and how many they are."""
    told, number = sha256(), 0
    with out.open("wb") as file:
        for block in followed.blocks():
            told.update(block)
            number += block.count(b"\n")
            file.write(block)
    return told.hexdigest(), number
