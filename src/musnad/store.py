"""The one door to the triple store: what the engine asks of pyoxigraph, and nothing more.

The default graph of every query is the union of the named graphs. Chosen over (a) rdflib, which needs twenty
times the memory and answers joins a hundred times slower, and (b) letting every stage call pyoxigraph, which
would tie all of them to it. A query cannot be stopped here: whoever runs strangers' queries does so in a
process that can be killed.

A store on disk is a folder with `db/` and a file `COMPLETE`, written last, that holds the SHA-256 of the
N-Quads loaded; a folder without it was interrupted and is not opened.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Any, Final, Protocol, TypedDict, Unpack

import pyoxigraph as px

from musnad.errors import DataError, MusnadError, QueryError
from musnad.iri import DEFAULT_BASE
from musnad.store_texts import Term, Texts, text_of
from musnad.vocabulary import prefixes

Found = px.QuerySolutions | px.QueryBoolean | Iterator[px.Triple]
_MARK: Final = "COMPLETE"
FOLDER: Final = "db"
_BLOCK: Final = 1 << 20
_MOST_NEIGHBOURS: Final = 500
_AT_ONCE: Final = 1_000
_LOADED: Final = 100_000  # lines of a file at once


@dataclass(frozen=True, slots=True)
class Solutions:
    """The answer to a SELECT: the names of its variables, and rows to be read once."""

    variables: tuple[str, ...]
    rows: Iterator[tuple[Term | None, ...]]

    def __iter__(self) -> Iterator[dict[str, Term]]:
        """Yield one dictionary a row; an unbound variable has no key."""
        for row in self.rows:
            yield {name: term for name, term in zip(self.variables, row, strict=True) if term is not None}


@dataclass(frozen=True, slots=True)
class Triples:
    """The answer to a CONSTRUCT or a DESCRIBE, to be read once."""

    triples: Iterator[px.Triple]

    def __iter__(self) -> Iterator[px.Triple]:
        return self.triples


class Setting(TypedDict, total=False):
    """What a query may be asked with; the names are those of pyoxigraph."""

    base_iri: str | None
    prefixes: dict[str, str] | None
    use_default_graph_as_union: bool
    default_graph: list[Any] | None
    named_graphs: list[Any] | None


class Engine(Protocol):
    """What answers: pyoxigraph's store, or another server in its place (`remote`)."""

    def query(self, query: str, **setting: Unpack[Setting]) -> Found:
        """Return the answer to a query: solutions, a boolean, or triples to be read once."""

    def quads_for_pattern(
        self, subject: Any, predicate: Any, object_: Any, graph_name: Any = None, /
    ) -> Iterator[px.Quad]:
        """Yield the quads that match a pattern, in which None is anything."""

    def named_graphs(self) -> Iterator[Any]:
        """Yield the names of the graphs."""

    def contains_named_graph(self, graph_name: Any, /) -> bool:
        """Tell whether there is a graph of a name."""

    def __len__(self) -> int: ...


class Store:
    """A set of quads that answers SPARQL."""

    def __init__(self, store: Engine, base: str = DEFAULT_BASE) -> None:
        self._store, self.base = store, base
        self.in_memory = False  # read from a folder into memory
        self._prefixes = prefixes(base)

    @classmethod
    def open(cls, folder: Path | None = None, read_only: bool = False, base: str = DEFAULT_BASE) -> Store:
        """Return a store in memory, or the finished store in a folder, or raise DataError."""
        if folder is None:
            return cls(px.Store(), base)
        if not (folder / _MARK).is_file():
            raise DataError(folder, "no finished store here", "run `musnad build`")
        try:
            data = str(folder / FOLDER)
            return cls(px.Store.read_only(data) if read_only else px.Store(data), base)
        except OSError as error:
            raise DataError(folder, f"the store cannot be opened: {error}", "run `musnad build`") from None

    @property
    def native(self) -> Engine:
        """Return what answers, for a query worker that sets the dataset and writes the formats."""
        return self._store

    @property
    def _written(self) -> px.Store:
        """Return the store of pyoxigraph; quads are not written to other servers one by one."""
        if not isinstance(self._store, px.Store):
            raise MusnadError("store", "another server's cannot be written here", "use `musnad load`")
        return self._store

    @classmethod
    def build(cls, nquads: Path, folder: Path) -> str:
        """Load a file into a new store on disk and return the SHA-256 of the file.

        An interrupted load leaves nothing behind that looks finished; a store that stood there is replaced.
        """
        with database(folder, nquads) as place:
            store = cls(px.Store(str(place)))
            store.load(nquads)
            store._written.flush()
            del store
        return loaded_from(folder)

    def load(self, nquads: Path) -> None:
        """Add the quads of an N-Quads file, or raise DataError naming the line."""
        _load(self._written, nquads)

    def extend(self, quads: Iterable[px.Quad]) -> None:
        """Add quads, or raise MusnadError where the store was opened to be read only."""
        try:
            self._written.extend(quads)
        except RuntimeError as error:
            raise MusnadError("store", f"cannot be written: {error}") from None

    def to_memory(self) -> None:
        """Answer from memory from now on: three times as fast, for 8 µs and 500 bytes a quad.

        Whoever is reading meanwhile reads on where the quads were; nothing is written any more.
        """
        memory, quads = px.Store(), iter(self.quads())
        while some := list(islice(quads, _AT_ONCE)):  # in parts, so that other threads go on
            memory.extend(some)
        self._store, self.in_memory = memory, True

    def query(self, sparql: str) -> Solutions | Triples | bool:
        """Return the answer to a SPARQL 1.1 query, or raise QueryError.

        The prefixes of `vocabulary.prefixes` need no declaration.
        """
        try:
            answer = self._store.query(sparql, prefixes=self._prefixes, use_default_graph_as_union=True)
        except SyntaxError as error:
            raise QueryError("query", str(error.msg or error)) from None
        except (OSError, ValueError) as error:
            raise QueryError("query", str(error)) from None
        if isinstance(answer, px.QuerySolutions):
            names = tuple(variable.value for variable in answer.variables)
            return Solutions(names, (tuple(solution) for solution in answer))
        return bool(answer) if isinstance(answer, px.QueryBoolean) else Triples(iter(answer))

    def select(self, sparql: str) -> list[dict[str, Term]]:
        """Return all rows of a SELECT query, or raise QueryError."""
        answer = self.query(sparql)
        if not isinstance(answer, Solutions):
            raise QueryError("query", "not a SELECT query")
        return list(answer)

    def texts(self, sparql: str, key: str) -> list[Texts]:
        """Return all rows of a SELECT DISTINCT query, in any order; a key tells them apart (`recalled`)."""
        del key
        return [{name: text_of(term) for name, term in row.items()} for row in self.select(sparql)]

    def describe(self, iri: str, most: int = 0) -> list[px.Quad]:
        """Return all quads about a resource and about its parts (`iri#…`), of every graph.

        Parts are found by the links between them and the resource, in either direction, so that the cost
        grows with the resource and not with the store. A short description, where `most` is given, knows the
        parts that the resource names, and may end when there are more than that many.
        """
        found, waiting = list[px.Quad](), [px.NamedNode(iri)]
        known, start = {iri}, f"{iri}#"
        while waiting and not 0 < most < len(found):
            node = waiting.pop()
            quads = list(self._store.quads_for_pattern(node, None, None))
            found += quads
            near = [quad.object for quad in quads]
            for term in near if most else near + self._parts(iri, node):
                part = term.value if isinstance(term, px.NamedNode) else ""
                if part.startswith(start) and part not in known:
                    known.add(part)
                    waiting.append(px.NamedNode(part))
        return found

    def _parts(self, iri: str, node: px.NamedNode) -> list[Term]:
        """Return what links to a node; where that is much, only the parts of a resource leave the store."""
        near = list(islice(self._store.quads_for_pattern(None, None, node), _MOST_NEIGHBOURS))
        if len(near) < _MOST_NEIGHBOURS:
            return [quad.subject for quad in near]
        start = px.Literal(f"{iri}#")
        linking = f"SELECT DISTINCT ?part {{ ?part ?link {node} FILTER(STRSTARTS(STR(?part), {start})) }}"
        return [row["part"] for row in self.select(linking)]

    def literals(self, iri: str, properties: Sequence[str]) -> list[px.Literal]:
        """Return the literals of some properties of a resource: property by property, each sorted."""
        said: dict[px.NamedNode, set[Term]] = {px.NamedNode(name): set() for name in properties}
        for quad in self._store.quads_for_pattern(px.NamedNode(iri), None, None):  # few: one look is enough
            if quad.predicate in said:
                said[quad.predicate].add(quad.object)
        words = (
            sorted((each for each in some if isinstance(each, px.Literal)), key=str) for some in said.values()
        )
        return list(dict.fromkeys(chain.from_iterable(words)))

    def note(self, query: str = "", this: str = "", node: str = "") -> None:
        """Take note that rows, a node, or else everything is asked for again; only a tracing store does."""

    def quads(self, graph: str | None = None) -> Iterator[px.Quad]:
        """Yield the quads of one named graph, or of all."""
        place = px.NamedNode(graph) if graph else None
        return self._store.quads_for_pattern(None, None, None, place)

    def graphs(self) -> list[str]:
        """Return the IRIs of the named graphs, sorted."""
        return sorted(g.value for g in self._store.named_graphs() if isinstance(g, px.NamedNode))

    def count(self) -> int:
        """Return the number of quads."""
        return len(self._store)


def _load(store: px.Store, nquads: Path) -> None:
    """Load a file in parts: what is loaded at once stays in memory, 0.9 kB a quad up to a million."""
    line = 0
    try:
        with nquads.open("rb") as file:
            while lines := list(islice(file, _LOADED)):
                store.bulk_load(b"".join(lines), px.RdfFormat.N_QUADS)
                line += len(lines)
    except SyntaxError as error:
        where = line + error.lineno if error.lineno else "?"
        raise DataError(f"{nquads}:{where}", f"not N-Quads: {error.msg}") from None
    except OSError as error:
        raise DataError(nquads, f"cannot be loaded: {error}") from None


@contextmanager
def database(folder: Path, nquads: Path | None) -> Iterator[Path]:
    """Give a place for the database of a file; the store takes the place of `folder` at a good end.

    Where the file is yet to be written, `mark_loaded` will say which it is.
    """
    beside = folder.with_name(f".{folder.name}.new")
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    yield beside / FOLDER
    mark_loaded(beside, file_digest(nquads) if nquads else "")
    shutil.rmtree(folder, ignore_errors=True)
    beside.rename(folder)


def mark_loaded(folder: Path, digest: str) -> None:
    """Say of a store that it holds the quads of a file of a SHA-256, and is finished."""
    (folder / _MARK).write_text(f"{digest}\n", encoding="ascii")


def loaded_from(folder: Path) -> str:
    """Return the SHA-256 of the N-Quads that a finished store was loaded from, "" where there is none."""
    try:
        return (folder / _MARK).read_text(encoding="ascii").strip()
    except (OSError, ValueError):
        return ""


def file_digest(path: Path) -> str:
    """Return the SHA-256 of a file, as hexadecimal digits."""
    digest = hashlib.sha256()
    try:
        with path.open("rb") as data:
            while block := data.read(_BLOCK):
                digest.update(block)
    except OSError as error:
        raise MusnadError(path, f"cannot be read: {error.strerror}") from None
    return digest.hexdigest()
