"""The making of a release, step by step: quads, formats, description, sums.

Nothing is held in memory that grows with the dataset: lines are sorted on the disk (`sorting.py`), resources
are written one after another (`clusters.py`). `bench/release.py` measures both.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Final

import pyoxigraph as px

from musnad.config import Site
from musnad.errors import DataError, ProjectError
from musnad.graph import Context, to_turtle
from musnad.release.clusters import add_graphs, add_merged, merged_clusters
from musnad.release.codebook import as_json, as_markdown, codebook
from musnad.release.description import Edition, describe
from musnad.release.figures import Figures
from musnad.release.formats import GRAPHS, MERGED, TURTLE, Part
from musnad.release.inputs import Inputs, read_inputs
from musnad.release.layout import Layout
from musnad.release.lines import Parts, canonical_lines, cut
from musnad.release.notes import CRATE, citation, ro_crate
from musnad.release.ordering import N_TRIPLES, TABULAR, Order
from musnad.release.outputs import Kind, Output, Outputs
from musnad.release.sorting import Sorter
from musnad.release.sums import SUMS, sums_text
from musnad.release.tables import csv_line
from musnad.release.void import example_kinds
from musnad.vocabulary import prefixes

_DAY: Final = re.compile(r"\d{4}-\d{2}-\d{2}\Z")
QUADS: Final = Kind("application/n-quads")
_TRIPLES: Final = Kind("application/n-triples")
_CSV: Final = Kind("text/csv")
_PARTS: Final = {
    "musnad": "Claims as their speakers made them, with the words that say so; none is asserted here.",
    "reported": "Plain triples derived from affirmed and asserted claims: as reported, not as it was.",
    "ontology": "The terms of the dataset.",
}


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


@dataclass(slots=True)
class Making:
    """A release while it is written."""

    info: ReleaseInfo
    order: Order
    outputs: Outputs
    work: Path
    figures: Figures = field(init=False)
    sorters: dict[str, Sorter] = field(init=False)
    context: Context = field(init=False)

    def __post_init__(self) -> None:
        self.context = self.order.read_context(self.info.site.base)
        self.figures = Figures(shown=example_kinds(self.info.site.minter))
        self.sorters = {
            name: Sorter(self.work, name) for name in ("musnad", "ontology", "patterns", "reported", "graphs")
        }

    def write_quads(self, nquads: Path) -> None:
        """Write the canonical N-Quads, and put every triple where the other formats find it."""
        mint = self.info.site.minter
        quads = Sorter(self.work, "quads")
        quads.extend(canonical_lines(nquads, mint.graph("dataset")))
        with ExitStack() as opened:
            file = opened.enter_context(self.outputs.open("musnad.nq", QUADS))
            triples = self._triple_files(opened)
            for line in quads:
                file.write(line)
                self._place(cut(line), triples)
        quads.drop()
        if not self.figures.quads:
            raise DataError(nquads, "there is nothing to release")
        self.sign()

    def sign(self) -> None:
        """Note the canonical hash of the quads that were written."""
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
        add_merged(self.sorters[name], parts)
        for apart in ("ontology", "patterns"):
            if graph == mint.graph(apart):
                add_merged(self.sorters[apart], parts)
        if self.order.formats & GRAPHS.keys():
            add_graphs(self.sorters["graphs"], parts)
        if triples:
            triples[name].write_once(parts.triple + b" .\n")

    def write_formats(self) -> None:
        """Write every other format that is ordered; terms and derived triples always stand as Turtle."""
        musnad, objects = self.sorters["musnad"], Sorter(self.work, "objects")
        self.figures.count(merged_clusters(musnad), objects, self.days)
        objects.drop()
        for name in sorted(self.order.formats & MERGED.keys()):
            MERGED[name](self.part("musnad"), self.outputs)
        musnad.drop()
        for name in sorted(self.order.formats & GRAPHS.keys()):
            GRAPHS[name](self.part("musnad", "graphs"), self.outputs)
        MERGED["turtle"](self.part("ontology"), self.outputs)
        MERGED["turtle"](self.part("reported"), self.outputs)
        for name in sorted(self.order.formats & TABULAR.keys()):
            TABULAR[name](self._tables(name), self.outputs, self.work)

    @property
    def days(self) -> tuple[str, str]:
        """Return the properties of the earliest and of the latest day of a date."""
        mint = self.info.site.minter
        return mint.term("notBefore"), mint.term("notAfter")

    def part(self, name: str, sorter: str = "") -> Part:
        """Return what the files of a name are made of."""
        site = self.info.site
        head = f"# {_line(site.title)}, {self.info.name}, {site.licence}\n# {_PARTS[name]}\n"
        spaces = prefixes(site.base)
        return Part(name, head, self.sorters[sorter or name], spaces, self.context, self.work)

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
        book = codebook(*(merged_clusters(self.sorters[name]) for name in ("ontology", "patterns")))
        self.outputs.write("codebook.json", Kind("application/json"), as_json(book))
        self.outputs.write("codebook.md", Kind("text/markdown"), as_markdown(book, _line(info.site.title)))
        self.outputs.write("CITATION.cff", Kind("application/yaml"), citation(self.figures, edition))
        if inputs.listing:
            self.outputs.write("inputs.sha256", Kind("text/plain"), inputs.listing.encode())
        self.outputs.write(
            CRATE, Kind("application/ld+json"), ro_crate(self.outputs.done, self.figures, edition)
        )
        return about

    def layout(self) -> Layout:
        """Return how the files were made."""
        return Layout(self.figures, self.outputs.shelves, self.outputs.segments)

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
