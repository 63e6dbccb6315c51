"""A release of data that differ little from those of the last one: the same bytes, made of what changed.

The sorted quads of both tell what went and what came. A resource that any of them is about is written anew
with its parts, in Turtle and in what is counted; all other blocks are copied, the hashes of graphs without
such a quad stand, and packed segments that hold the same are taken over.

An error of any kind on the way makes `write_release` begin again and write all anew. Against bytes that are
wrong without an error: all files of the last release have their checksums; every line that came is canonical
and stands between a lesser and a greater one; what is cut out of Turtle is, byte for byte, what the resource
was written as; all that is to go is found, and resources come in order; prefixes end where blocks begin; as
many quads are counted as all graphs have; a packed segment is unpacked, and holds what it should. What is not
checked: how many uses of a prefix, classes, properties and objects there are, which are sums and differences;
and whether the writer of Turtle looks at more than one resource. The tests compare all of it with releases
that are written whole.

Chosen over (a) a file for each resource or graph, which nobody wants to fetch, and (b) all formats: those
that the site orders by default are read most, and each further one would need a way of its own.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from dataclasses import dataclass, field
from mmap import mmap
from pathlib import Path
from typing import Final

from musnad.errors import DataError
from musnad.graph import turtle_head
from musnad.graph.terms import Names
from musnad.iri import BESIDE
from musnad.release.blocks import may_hold, whole_lines
from musnad.release.clusters import Cluster, add_merged, merged_clusters
from musnad.release.figures import Figures, GraphFigures
from musnad.release.formats import MERGED, TURTLE, Part
from musnad.release.layout import Layout
from musnad.release.lines import canonical_lines, cut
from musnad.release.making import QUADS, Making
from musnad.release.ordering import Order
from musnad.release.packing import GZIP, Known
from musnad.release.shelves import Rendered, Shelves, Splicing, chunks
from musnad.release.sorted_lines import mapped, parted, starting
from musnad.release.sorting import Sorter
from musnad.release.sums import verify_release
from musnad.store import Store
from musnad.vocabulary import prefixes

_MOST: Final = 200_000  # quads of a change that is worth following
_SHARE: Final = 4  # of which no more than one in so many changed
_BLOCK: Final = 1 << 20
_NAMES: Final = ("musnad", "reported")


@dataclass(frozen=True, slots=True)
class Former:
    """The last release: its files, how they were made, and a store that holds the quads of the new one."""

    folder: Path
    layout: Layout
    store: Store

    def packed(self) -> dict[str, Known]:
        """Return its packed files."""
        return {name: Known(self.folder / name, each) for name, each in self.layout.segments.items()}


@dataclass(slots=True)
class _Side:
    """The resources that changed, as they were or as they are."""

    lines: mmap  # of all quads
    sorters: dict[str, Sorter]  # of their triples
    figures: Figures
    objects: set[object] = field(default_factory=set)
    blocks: dict[str, Rendered] = field(default_factory=dict)


def can_follow(order: Order) -> bool:
    """Tell whether all that is ordered can be made from a last release."""
    return order.formats <= {"turtle"} and set(order.packings) <= {GZIP}


def following(former: Former, nquads: Path, making: Making) -> Making:
    """Return what makes a release from the last one; any error tells that it cannot."""
    if not can_follow(making.order):
        raise DataError(nquads, "nothing of these formats can be taken over")
    verify_release(former.folder)
    most = min(_MOST, former.layout.figures.quads // _SHARE)
    gone, came = parted(former.folder / "musnad.nq", nquads, most)
    lines = making.work / "came.nq"
    lines.write_bytes(b"".join(came))
    if list(canonical_lines(lines, making.info.site.minter.graph("dataset"))) != came:
        raise DataError(nquads, "not canonical")
    made = _Following(making.info, making.order, making.outputs, making.work, former, gone, came)
    made.look(nquads)
    return made


@dataclass(slots=True)
class _Following(Making):
    """A release while it is written, most of it from the last one."""

    former: Former
    gone: list[bytes]
    came: list[bytes]
    before: _Side = field(init=False)
    now: _Side = field(init=False)

    def look(self, nquads: Path) -> None:
        """Look at the resources that changed, as they were and as they are."""
        roots = self._roots()
        old = {name: Sorter(self.work, f"old-{name}") for name in _NAMES}
        shown = self.figures.shown
        self.before = _Side(mapped(self.former.folder / "musnad.nq"), old, Figures(shown=shown))
        self.now = _Side(mapped(nquads), self.sorters, Figures(shown=shown))
        for side in (self.before, self.now):
            self._read(side, roots)
        self.figures = self.former.layout.figures
        self.figures.shown = shown
        self.figures.exchange(self.before.figures, self.now.figures)
        self.figures.quads += len(self.came) - len(self.gone)
        apart = self.before.objects ^ self.now.objects
        more = [1 if each in self.now.objects else -1 for each in apart if not self._stays(each, roots)]
        self.figures.objects += sum(more)

    def _name(self, graph: bytes) -> str:
        return "reported" if graph.decode() == self.info.site.minter.graph("reported") else "musnad"

    def _roots(self) -> dict[str, set[bytes]]:
        """Return the resources that quads which went or came are about, by the file in which they stand."""
        roots: dict[str, set[bytes]] = {name: set() for name in _NAMES}
        for parts in map(cut, (*self.gone, *self.came)):
            roots[self._name(parts.graph)].add(parts.root)
        return roots

    def _read(self, side: _Side, roots: dict[str, set[bytes]]) -> None:
        """Read some resources from the quads of one side: render and count them."""
        for root in set().union(*roots.values()):
            for start in (b"<%b#" % root, b"<%b> " % root):
                for parts in map(cut, starting(side.lines, start)):
                    name = self._name(parts.graph)
                    if root in roots[name]:
                        add_merged(side.sorters[name], parts)
        for name in _NAMES:
            side.blocks[name] = rendered = Rendered()
            for cluster in merged_clusters(side.sorters[name]):
                rendered.add(cluster, prefixes(self.info.site.base))
                if name == "musnad":
                    self._count(side, cluster)
            side.sorters[name].drop()

    def _count(self, side: _Side, cluster: Cluster) -> None:
        side.figures.add_cluster(cluster, self.days)
        side.objects.update(triple.object for triple in cluster)

    def _stays(self, term: object, roots: dict[str, set[bytes]]) -> bool:
        """Tell whether another resource has an object: the store finds it, the file knows its spelling."""
        mint = self.info.site.minter
        without = {mint.graph(name) for name in (*BESIDE, "reported")}
        for quad in self.former.store.native.quads_for_pattern(None, None, term):
            start = f"{quad.subject} {quad.predicate} {term} ".encode()
            if str(quad.graph_name)[1:-1] not in without:
                for parts in map(cut, starting(self.now.lines, start)):
                    if self._name(parts.graph) == "musnad" and parts.root not in roots["musnad"]:
                        return True
        return False

    def write_quads(self, nquads: Path) -> None:
        """Write the quads as they are, and what is known of each graph."""
        with self.outputs.open("musnad.nq", QUADS) as file, nquads.open("rb") as quads:
            while block := quads.read(_BLOCK):
                file.write(block)
        self.sign()
        changed = {cut(line).graph.decode() for line in (*self.gone, *self.came)}
        rows = csv.reader(io.StringIO((self.former.folder / "graphs.csv").read_text("utf-8"), newline=""))
        next(rows)
        graphs = {name: GraphFigures(int(number), known) for name, number, known in rows}
        self.figures.graphs = {name: graph for name, graph in graphs.items() if name not in changed}
        self._read_graphs(nquads, changed)

    def _read_graphs(self, nquads: Path, changed: Iterable[str]) -> None:
        """Hash the graphs that changed, and put those aside of which the codebook is made."""
        mint = self.info.site.minter
        aside = {mint.graph(name): name for name in ("ontology", "patterns")}
        new = {name: GraphFigures() for name in changed}
        ends = tuple(f" <{name}> .\n".encode() if name else b" .\n" for name in {*aside, *new})
        with nquads.open("rb") as quads:
            some = (block for block in whole_lines(quads) if may_hold(block, ends))
            lines = (line for block in some for line in block.splitlines(keepends=True))
            for parts in map(cut, (line for line in lines if line.endswith(ends))):
                graph = parts.graph.decode()
                if graph in new:
                    new[graph].add(parts.triple)
                if graph in aside:
                    add_merged(self.sorters[aside[graph]], parts)
        self.figures.graphs |= {name: graph for name, graph in new.items() if graph.triples}
        if sum(graph.triples for graph in self.figures.graphs.values()) != self.figures.quads:
            raise DataError(nquads, "not as many quads as its graphs have")

    def write_formats(self) -> None:
        """Write the Turtle files: the terms as ever, of the others what changed."""
        if "turtle" in self.order.formats:
            self._splice("musnad")
        MERGED["turtle"](self.part("ontology"), self.outputs)
        self._splice("reported")

    def _splice(self, name: str) -> None:
        part, file = self.part(name), f"{name}.ttl"
        spaces = {prefix.encode(): iri.encode() for prefix, iri in part.prefixes.items()}
        shelves, old = self.former.layout.shelves[file], mapped(self.former.folder / file)
        splicing = Splicing(old, shelves, spaces, self.before.blocks[name], self.now.blocks[name])
        if not old[: max(0, len(old) - shelves.size)].endswith(_head(part, shelves.used)):
            raise DataError(file, "its blocks begin elsewhere")
        self.outputs.shelves[file] = made = Shelves(used=splicing.used())
        with self.outputs.open(file, TURTLE) as output:
            output.write(part.head.encode() + _head(part, made.used))
            output.writelines(chunks(splicing.write(made)))


def _head(part: Part, used: Iterable[str]) -> bytes:
    """Return the lines of the prefixes that are used."""
    names = Names(part.prefixes)
    names.used.update(used)
    return turtle_head(names, part.prefixes).encode()
