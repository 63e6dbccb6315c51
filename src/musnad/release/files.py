"""Writing a release: from one N-Quads file to a folder of distributions.

Nothing is held in memory that grows with the dataset: lines are sorted on the disk (`sorting.py`), resources
are written one after another (`clusters.py`). `bench/release.py` measures both.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

import pyoxigraph as px

from musnad.config import Site
from musnad.errors import DataError, ProjectError
from musnad.graph import in_graph, to_turtle
from musnad.release.clusters import add_graphs, add_merged, merged_clusters
from musnad.release.codebook import as_json, as_markdown, codebook, codebook_triples
from musnad.release.description import Edition, describe
from musnad.release.figures import Figures
from musnad.release.folders import replaced
from musnad.release.formats import GRAPHS, MERGED, TURTLE, Part
from musnad.release.inputs import Inputs, read_inputs
from musnad.release.lines import Parts, canonical_lines, cut
from musnad.release.notes import CRATE, citation, ro_crate
from musnad.release.ordering import N_TRIPLES, TABULAR, Order
from musnad.release.outputs import Distribution, Kind, Output, Outputs
from musnad.release.sorting import Sorter
from musnad.release.sums import SUMS, sums_text
from musnad.release.tables import csv_line
from musnad.vocabulary import prefixes

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
_WORK: Final = ".work"
_QUADS: Final = Kind("application/n-quads")
_TRIPLES: Final = Kind("application/n-triples")
_CSV: Final = Kind("text/csv")
_CLAIMS: Final = "Claims as their speakers made them, with the words that say so; none is asserted here."
_REPORTED: Final = "Plain triples derived from affirmed and asserted claims: as reported, not as it was."
_TERMS: Final = "The terms of the dataset."


@dataclass(frozen=True, slots=True)
class ReleaseInfo:
    """What a release cannot read from its quads: the day, the site, the software."""

    date: str  # YYYY-MM-DD
    site: Site
    engine_version: str
    number: int = 0  # 1, 2 … for further releases of one day
    endpoint: str = ""  # address of the SPARQL service, "" where there is none
    previous: str = ""  # name of the release before, "" where there is none

    def __post_init__(self) -> None:
        try:
            if not _DAY.match(self.date) or self.number < 0:
                raise ValueError
            date.fromisoformat(self.date)
        except ValueError:
            raise DataError("release", f"{self.date!r} is not a day", "write YYYY-MM-DD") from None

    @property
    def name(self) -> str:
        """Return the name of the release: its day, and its number where the day has several."""
        return f"{self.date}.{self.number}" if self.number else self.date


@dataclass(frozen=True, slots=True)
class ReleaseResult:
    """What was written."""

    folder: Path
    name: str
    quads: int
    files: tuple[Distribution, ...]
    description: tuple[px.Quad, ...]  # of graph/dataset: void.ttl as quads, for the store
    codebook: tuple[px.Quad, ...]  # of graph/codebook: tables and columns, for the store alone


def write_release(nquads: Path, folder: Path, info: ReleaseInfo, order: Order | None = None) -> ReleaseResult:
    """Write the release of an N-Quads file into `folder`, in place of what stood there, and return it.

    Either all files stand there whole and flushed, or the old folder stays: MusnadError where the disk
    refuses, DataError where the quads do. Quads of `graph/dataset` are left out: the description of a file
    cannot stand within that file.
    """
    with replaced(folder) as fresh, _work_below(fresh) as work:
        making = _Making(info, order or Order(), Outputs(fresh, (order or Order()).packings), work)
        making.write_quads(nquads)
        making.write_formats()
        about = making.write_description()
        making.write_sums()
    mint = info.site.minter
    described = tuple(in_graph(about, mint.graph("dataset")))
    columns = tuple(in_graph(codebook_triples(mint), mint.graph("codebook")))
    files = tuple(sorted(making.outputs.done, key=lambda file: file.name))
    return ReleaseResult(folder, info.name, making.figures.quads, files, described, columns)


@contextmanager
def _work_below(folder: Path) -> Iterator[Path]:
    """Give a folder for what is sorted, which is gone at the end."""
    work = folder / _WORK
    work.mkdir()
    yield work
    shutil.rmtree(work)


@dataclass(slots=True)
class _Making:
    """A release while it is written."""

    info: ReleaseInfo
    order: Order
    outputs: Outputs
    work: Path
    figures: Figures = field(default_factory=Figures)
    _sorters: dict[str, Sorter] = field(init=False)

    def __post_init__(self) -> None:
        self._sorters = {
            name: Sorter(self.work, name) for name in ("musnad", "ontology", "patterns", "reported", "graphs")
        }

    def write_quads(self, nquads: Path) -> None:
        """Write the canonical N-Quads, and put every triple where the other formats find it."""
        mint = self.info.site.minter
        quads = Sorter(self.work, "quads")
        quads.extend(canonical_lines(nquads, mint.graph("dataset")))
        with ExitStack() as opened:
            file = opened.enter_context(self.outputs.open("musnad.nq", _QUADS))
            triples = self._triple_files(opened)
            for line in quads:
                file.write(line)
                self._place(cut(line), triples)
        quads.drop()
        if not self.figures.quads:
            raise DataError(nquads, "there is nothing to release")
        self.figures.sha256 = next(d.sha256 for d in self.outputs.done if d.name == "musnad.nq")

    def _triple_files(self, opened: ExitStack) -> dict[str, Output]:
        if N_TRIPLES not in self.order.formats:
            return {}
        names = ("musnad", "reported")
        return {name: opened.enter_context(self.outputs.open(f"{name}.nt", _TRIPLES)) for name in names}

    def _place(self, parts: Parts, triples: Mapping[str, Output]) -> None:
        mint = self.info.site.minter
        graph = parts.graph.decode()
        name = "reported" if graph == mint.graph("reported") else "musnad"
        self.figures.add_quad(parts)
        add_merged(self._sorters[name], parts)
        for apart in ("ontology", "patterns"):
            if graph == mint.graph(apart):
                add_merged(self._sorters[apart], parts)
        if self.order.formats & GRAPHS.keys():
            add_graphs(self._sorters["graphs"], parts)
        if triples:
            triples[name].write_once(parts.triple + b" .\n")

    def write_formats(self) -> None:
        """Write every other format that is ordered; terms and derived triples always stand as Turtle."""
        base = self.info.site.base
        musnad, objects = self._sorters["musnad"], Sorter(self.work, "objects")
        days = (f"{self.info.site.minter.term('notBefore')}", f"{self.info.site.minter.term('notAfter')}")
        self.figures.count(merged_clusters(musnad), objects, days)
        objects.drop()
        context = self.order.read_context(base)

        def part(name: str, what: str, sorter: str) -> Part:
            site = self.info.site
            head = f"# {_line(site.title)}, {self.info.name}, {site.licence}\n# {what}\n"
            return Part(name, head, self._sorters[sorter], prefixes(base), context, self.work)

        for name in sorted(self.order.formats & MERGED.keys()):
            MERGED[name](part("musnad", _CLAIMS, "musnad"), self.outputs)
        musnad.drop()
        for name in sorted(self.order.formats & GRAPHS.keys()):
            GRAPHS[name](part("musnad", _CLAIMS, "graphs"), self.outputs)
        MERGED["turtle"](part("ontology", _TERMS, "ontology"), self.outputs)
        MERGED["turtle"](part("reported", _REPORTED, "reported"), self.outputs)
        for name in sorted(self.order.formats & TABULAR.keys()):
            TABULAR[name](self._tables(name), self.outputs, self.work)

    def _tables(self, wanted: str) -> Path:
        if self.order.tables is None:
            raise ProjectError(wanted, "there are no tables to release", "leave it out of the formats")
        return self.order.tables

    def write_description(self) -> list[px.Triple]:
        """Write what tells of the release, and return it as triples."""
        info, mint = self.info, self.info.site.minter
        inputs = read_inputs(self.order.project) if self.order.project else Inputs("", {})
        engine = f"musnad {info.engine_version}"
        edition = Edition(
            info.site, info.name, info.date, engine, info.endpoint, info.previous, inputs.folders
        )
        self.outputs.write("graphs.csv", _CSV, self._graphs())
        about = describe(self.figures, self.outputs.done, edition)
        self.outputs.write("void.ttl", TURTLE, to_turtle(about, prefixes(mint.base)).encode())
        book = codebook(*(merged_clusters(self._sorters[name]) for name in ("ontology", "patterns")))
        self.outputs.write("codebook.json", Kind("application/json"), as_json(book))
        self.outputs.write("codebook.md", Kind("text/markdown"), as_markdown(book, _line(info.site.title)))
        self.outputs.write("CITATION.cff", Kind("application/yaml"), citation(self.figures, edition))
        if inputs.listing:
            self.outputs.write("inputs.sha256", Kind("text/plain"), inputs.listing.encode())
        self.outputs.write(
            CRATE, Kind("application/ld+json"), ro_crate(self.outputs.done, self.figures, edition)
        )
        return about

    def _graphs(self) -> bytes:
        """Return the table of the named graphs: their triples, and their canonical hash."""
        head = csv_line(["graph", "triples", "rdfc10_sha256"])
        lines = (csv_line([iri, g.triples, g.sha256]) for iri, g in sorted(self.figures.graphs.items()))
        return head + b"".join(lines)

    def write_sums(self) -> None:
        """Write the checksums of all files."""
        digests = {file.name: file.sha256 for file in self.outputs.done}
        (self.outputs.root / SUMS).write_text(sums_text(digests), encoding="ascii")


def _line(words: Mapping[str, str]) -> str:
    return " ".join(" · ".join(words[tag] for tag in sorted(words)).split())
