"""The stages of one project; each takes files and leaves files.

A stage imports what it needs when it runs: `serve` starts without the readers of documents, and a build that
changed nothing without the validator. Chosen over (a) imports at the top, which cost every verb a second and
40 MB, and (b) a module for each stage, which hides that this is a table of contents.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

import orjson
from pyoxigraph import Quad

from musnad import __version__
from musnad.build.folder import Folder
from musnad.config import Site, read_site
from musnad.errors import ProjectError
from musnad.project import Project
from musnad.site.folder import fingerprint
from musnad.store import Store
from musnad.vocabulary import PREFIXES

if TYPE_CHECKING:
    from pyoxigraph import Quad

    from musnad.model import Document
    from musnad.reading import Refusal
    from musnad.server.queries import Answer
    from musnad.tables.columns import Row
    from musnad.understanding import Knowledge
    from musnad.understanding.readers import Reader
    from musnad.validation import Report

T = TypeVar("T")
Named = tuple[Path, str]  # a document, and the name to give it


class Progress(Protocol):
    """What shows how far a stage is: `cli` draws a bar, everything else passes the items on."""

    def __call__(self, items: Iterable[T], label: str, total: int | None = None) -> Iterator[T]:
        """Yield the items unchanged."""


def silently(items: Iterable[T], label: str, total: int | None = None) -> Iterator[T]:
    """Yield the items without a word."""
    del label, total
    yield from items


@dataclass(frozen=True, slots=True)
class Stages:
    """The stages of one project, its configuration read."""

    project: Project
    config: Site
    progress: Progress = silently
    reader: Reader | None = None  # the patterns alone

    @classmethod
    def of(cls, project: Project, progress: Progress = silently, reader: Reader | None = None) -> Stages:
        """Return the stages of a project; documents are understood by the patterns, or by `reader`."""
        return cls(project, read_site(project.site_file), progress, reader)

    def fingerprint(self, files: list[Named]) -> str:
        """Return a hash of all that a build is made from: documents, project, engine, reader."""
        names = [name for _, name in files]
        cards = self.reader.cards if self.reader else {}
        readers = [f"{name} {card.version}" for name, card in sorted(cards.items())]
        return fingerprint([*(path for path, _ in files), *self.project.parts()], [*names, *readers])

    def read(self, files: Iterable[Named]) -> Iterator[Document | Refusal]:
        """Yield each file as a document or a refusal."""
        from musnad.reading import read_files, read_sources

        return read_files(files, read_sources(self.project))

    def tables(self, files: list[Named], folder: Path) -> tuple[dict[str, int], list[Refusal]]:
        """Write the tables of the documents; return the rows of each table and what was refused."""
        from musnad.tables.claims import conflict_rows, conflicting, disputed
        from musnad.tables.files import read_json_lines, schema, write_json_lines
        from musnad.understanding import read_knowledge

        knowledge = read_knowledge(self.project, self.config)
        refused: list[Refusal] = []
        counts = write_json_lines(_rows(self, files, knowledge, refused), folder)
        written = folder / "claims.jsonl"
        claims = conflicting(read_json_lines(written), disputed(read_json_lines(written)))
        with (folder / "conflicts.jsonl").open("wb") as file:
            for _, row in conflict_rows(claims):
                file.write(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE))
                counts["conflicts"] += 1
        (folder / "schema.json").write_bytes(orjson.dumps(schema(), option=orjson.OPT_INDENT_2))
        return counts, refused

    def export(self, folder: Path, *, parquet: bool, arrays: bool) -> None:
        """Write the tables of a folder in further formats."""
        from musnad.tables.columns import TABLES
        from musnad.tables.files import write_arrays, write_parquet

        for table in TABLES:
            if arrays:
                write_arrays(folder / f"{table}.jsonl", folder / f"{table}.json")
            if parquet:
                write_parquet(table, folder / f"{table}.jsonl", folder / f"{table}.parquet")

    def map(self, tables: Path, out: Path) -> int:
        """Write the quads of the tables, of the ontology and of the views; return their number."""
        from musnad.graph import in_graph, read_rdf
        from musnad.mapping import compile_mapping, map_rows, read_mappings
        from musnad.release import derive
        from musnad.tables.columns import TABLES
        from musnad.tables.files import read_json_lines

        if not (tables / "documents.jsonl").is_file():
            raise ProjectError(tables, "has no documents.jsonl", "run: musnad tables DOCUMENTS -o TABLES")
        compiled = compile_mapping(read_mappings(self.project.rdf_mappings), self.config.base)
        rows = ((table, row) for table in TABLES for row in read_json_lines(tables / f"{table}.jsonl"))
        out.parent.mkdir(parents=True, exist_ok=True)
        with out.open("wb") as file:
            for chunk in map_rows(self.progress(rows, "mapping"), compiled):
                file.write(chunk)
        terms = read_rdf(self.project.ontology, self.config.base)
        self._append(out, in_graph(terms, self.config.minter.graph("ontology")))
        store = Store.open(base=self.config.base)
        store.load(out)
        derived = list(derive(store, self.project.views, self.config.minter))
        self._append(out, derived)
        return store.count() + len(derived)

    @staticmethod
    def _append(nquads: Path, quads: list[Quad]) -> None:
        from musnad.graph import to_nquads

        with nquads.open("ab") as file:
            file.write(to_nquads(quads).encode("utf-8"))

    def load(self, folder: Folder) -> None:
        """Load the quads of a build into its store."""
        Store.build(folder.quads, folder.store)

    def open(self, folder: Folder) -> Store:
        """Return the store of a build, to be read only."""
        return Store.open(folder.store, read_only=True, base=self.config.base)

    def validate(self, folder: Folder, *, tell: bool = False) -> Report:
        """Write the report of a build and return it; raise nothing if a shape objects.

        With `tell` the store learns what was checked and what came of it, for the pages that say so.
        """
        from musnad.graph import in_graph
        from musnad.validation import checked, read_rules, read_shapes, validate, write_report

        shapes = read_shapes(self.project.shapes, self.config.base)
        rules = read_rules(self.project.shapes, self.config.base)
        report = validate(self.open(folder), shapes, rules, folder.tables, self.config.base)
        write_report(report, folder.report)
        if tell and report.conforms:
            placed = PREFIXES["dcterms"] + "source"  # rows of tables follow the order of documents
            objections = (each for each in report.triples() if each.predicate.value != placed)
            told = [*checked(shapes, rules), *objections]
            store = Store.open(folder.store, base=self.config.base)
            store.extend(in_graph(told, self.config.minter.graph("report")))
        return report

    def release(self, folder: Folder, day: str, out: Path | None = None) -> Path:
        """Write the dumps of a build, their description and their checksums; describe them in the store."""
        from musnad.release import ReleaseInfo, write_release

        info = ReleaseInfo(day, self.config, __version__)
        result = write_release(folder.quads, out or folder.release, info)
        if out is None:
            store = Store.open(folder.store, base=self.config.base)
            store.extend(result.description)
        return result.folder

    def site(self, folder: Folder, out: Path | None = None, *, packed: bool = False) -> dict[str, int]:
        """Write the pages and the data files of a build; return how many files of each kind there are.

        With `packed` each stands beside itself in the codings that browsers take.
        """
        from musnad.build.pages import Order, processes_here, write_pages

        order = Order(self.project.root, folder.root, out or folder.site, packed, processes_here())
        return write_pages(order)

    def serve(self, place: Path, host: str, port: int, ready: Callable[[str], None]) -> None:
        """Serve a build, or a written site, until it is stopped."""
        from musnad.build.serving import current_app
        from musnad.server.listen import serve

        app = current_app(self.project, self.config, place)
        serve(app, host or self.config.host, port or self.config.port, ready)

    def query(self, folder: Folder, sparql: str, accept: str) -> Answer:
        """Return the answer of a build to a query."""
        from musnad.server.queries import run_query

        return run_query(folder.store, sparql, accept, self.config.base)


def _rows(
    stages: Stages, files: list[Named], knowledge: Knowledge, refused: list[Refusal]
) -> Iterator[tuple[str, Row]]:
    from musnad.reading import Refusal
    from musnad.tables.columns import NAMING
    from musnad.tables.documents import reading_rows
    from musnad.tables.entities import entity_rows, pattern_rows
    from musnad.tables.lookup import Lookup
    from musnad.understanding.readers import Reader

    reader = stages.reader or Reader()
    lookup = Lookup(
        minter=stages.config.minter,
        relations=knowledge.patterns.relations,
        entities=knowledge.authority.entities,
        patterns={**knowledge.cards, **reader.cards},
        engine=f"musnad {__version__}",
        quote_characters=stages.config.quote_characters,
        context_characters=stages.config.context_characters,
    )
    read: set[bytes] = set()  # digests: a key may be a whole text
    named: set[str] = set()
    for document in stages.progress(stages.read(files), "reading", len(files)):
        if isinstance(document, Refusal):
            refused.append(document)
        elif (key := sha256(document.key.encode("utf-8")).digest()) in read:
            refused.append(Refusal(document.file, "the same document was read already", "remove one"))
        else:
            read.add(key)
            for table, row in reading_rows(reader.understand(document, knowledge), lookup):
                named.update(row[column] for column in NAMING.get(table, ()) if row[column])
                yield table, row
    for entity in knowledge.authority.having(named):
        yield from entity_rows(entity, stages.config.minter.graph("authority"), stages.config.minter)
    yield from pattern_rows(lookup)
