"""The stages of one project; each takes files and leaves files.

A stage imports what it needs when it runs: `serve` starts without the readers of documents, and a build that
changed nothing without the validator. What takes more than a few lines stands in a module of its own. Chosen
over (a) imports at the top, which cost every verb a second and 40 MB, and (b) a module for each stage, which
hides that this is a table of contents.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from musnad import __version__
from musnad.build.folder import Folder
from musnad.config import Site, read_site
from musnad.project import Project
from musnad.site.folder import fingerprint
from musnad.store import Store

if TYPE_CHECKING:
    from musnad.build.cache import Cache
    from musnad.build.delta import Compared
    from musnad.model import Document
    from musnad.reading import Refusal
    from musnad.release import Order
    from musnad.server.queries import Answer
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
    cache: Cache | None = None  # of what the last build read, understood and judged
    last: Path | None = None  # the last build, of which whatever a change does not reach may be taken over
    compared: Compared | None = None  # what parts the two, for whoever asks

    @classmethod
    def of(cls, project: Project, progress: Progress = silently, reader: Reader | None = None) -> Stages:
        """Return the stages of a project; documents are understood by the patterns, or by `reader`."""
        return cls(project, read_site(project.site_file), progress, reader)

    @contextmanager
    def remembering(self, out: Path) -> Iterator[Stages]:
        """Give these stages with the cache of a build folder, which keeps what a whole build asked for."""
        from musnad.build.cache import Cache, cache_beside
        from musnad.build.collecting import collecting_seldom
        from musnad.build.delta import Compared
        from musnad.depending import keep_reads

        with collecting_seldom(), Cache(cache_beside(out)) as cache:
            last = out if Folder(out).mark.is_file() else None
            yield replace(self, cache=cache, last=last, compared=Compared())
            cache.sweep()
        keep_reads()

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
        from musnad.build.rows import write_tables

        return write_tables(self, files, folder)

    def export(self, folder: Path, *, parquet: bool, arrays: bool) -> None:
        """Write the tables of a folder in further formats."""
        from musnad.tables.columns import TABLES
        from musnad.tables.files import read_json_lines, write_arrays
        from musnad.tables.parquet import write_parquet

        for table in TABLES:
            if arrays:
                write_arrays(folder / f"{table}.jsonl", folder / f"{table}.json")
            if parquet:
                write_parquet(table, read_json_lines(folder / f"{table}.jsonl"), folder / f"{table}.parquet")

    def map(self, tables: Path, out: Path, store: Path | None = None) -> int:
        """Write the quads of the tables, of the ontology and of the views; return their number.

        Where a folder is given for it, their store is there at the end.
        """
        from musnad.build.quads import write_quads

        return write_quads(self, tables, out, store)

    def load(self, folder: Folder) -> None:
        """Load the quads of a build into its store."""
        from musnad.build.loading import load

        load(self.last, folder.quads, folder.store, self.config.minter)

    def open(self, folder: Folder) -> Store:
        """Return the store of a build, to be read only."""
        return Store.open(folder.store, read_only=True, base=self.config.base)

    def validate(self, folder: Folder, *, tell: bool = False) -> Report:
        """Write the report of a build and return it; raise nothing if a shape objects.

        With `tell` the store learns what was checked and what came of it, for the pages that say so.
        """
        from musnad.build.judging import judge

        return judge(self, folder, tell)

    def release(
        self,
        folder: Folder,
        name: str,
        out: Path | None = None,
        previous: str = "",
        order: Order | None = None,
    ) -> Path:
        """Write the dumps of a build, their description and their checksums; describe them in the store.

        The name is a day, or a day and a number (`2026-01-31.1`); `previous` is that of the release before.
        What is written is what `publish/site.yaml` says, or `order`.
        """
        from musnad.build.releasing import release
        from musnad.release import Order, ReleaseInfo, write_release

        day, _, number = name.partition(".")
        info = ReleaseInfo(day, self.config, __version__, int(number or 0), previous=previous)
        given = order or Order.of(self.project, self.config, folder.tables)
        if out is not None:
            return write_release(folder.quads, out, info, given).folder
        described = release(self, folder, info, given)
        Store.open(folder.store, base=self.config.base).extend(described)
        return folder.release

    def site(self, folder: Folder, out: Path | None = None, *, packed: bool = False) -> dict[str, int]:
        """Write the pages and the data files of a build; return how many files of each kind there are.

        With `packed` each stands beside itself in the codings that browsers take.
        """
        from musnad.build.pages import Order, processes_here, write_pages

        place = out or folder.site
        order = Order(self.project.root, folder.root, place, packed, processes_here(), self.last)
        return write_pages(order, self.compared)

    def serve(
        self, place: Path, host: str, port: int, ready: Callable[[str], None], endpoint: str = ""
    ) -> None:
        """Serve a build, or a written site, until it is stopped; with `endpoint` the data of that server."""
        from musnad.build.serving import current_app
        from musnad.server.listen import serve

        app = current_app(self.project, self.config, place, endpoint)
        config = self.config
        serve(app, host or config.host, port or config.port, ready, config.connections)

    def query(self, folder: Folder, sparql: str, accept: str) -> Answer:
        """Return the answer of a build to a query."""
        from musnad.server.queries import run_query

        return run_query(folder.store, sparql, accept, self.config.base)
