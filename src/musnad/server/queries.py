"""Answer one SPARQL query over a read-only store, within limits of rows and bytes.

The worker processes call `write`, the command line calls `run_query`. What a query may say is decided by
`guard`. An answer is written in blocks while it is found, so that its size does not matter; one over a limit
is refused, never cut: a short answer that looks whole is a wrong answer. Chosen over (a) a LIMIT written
into the query, which changes its meaning where it has one, and (b) writing the formats here, which pyoxigraph
does and is tested for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain, islice
from pathlib import Path
from typing import Any, Final, Protocol

import orjson
import pyoxigraph as ox

from musnad.server.counting import Rows
from musnad.server.guard import DatasetClause, QueryRefused, check
from musnad.server.media import DATA, TABLE, Format, negotiate
from musnad.store import Engine, Found, Store
from musnad.vocabulary import prefixes

_RESULTS: Final = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
_GRAPHS: Final = {
    "ttl": ox.RdfFormat.TURTLE,
    "jsonld": ox.RdfFormat.JSON_LD,
    "nt": ox.RdfFormat.N_TRIPLES,
    "rdf": ox.RdfFormat.RDF_XML,
}
_PLACE: Final = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_BLOCK: Final = 1 << 16
_LOOKED_AT: Final = 1_000  # triples that decide which prefixes are declared
_UNLIMITED: Final = 1 << 60
NOTHING: Final = "{}"  # a group that changes no answer


@dataclass(frozen=True, slots=True)
class Question:
    """A query, its dataset, and the suffixes of the formats that the client takes; "" is none of ours.

    `tables` are answers of other services: each takes the place of the `{}` at its offset, the last first.
    """

    text: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    table: str = "json"
    graph: str = "ttl"
    tables: tuple[tuple[int, str], ...] = ()

    @classmethod
    def from_json(cls, data: bytes) -> Question:
        """Return the question that `orjson.dumps` wrote."""
        given = orjson.loads(data)
        return cls(
            given["text"],
            tuple(given["default_graphs"]),
            tuple(given["named_graphs"]),
            given["table"],
            given["graph"],
            tuple((offset, table) for offset, table in given["tables"]),
        )

    @property
    def whole(self) -> str:
        """Return the query with the answers of other services, as values, in it."""
        text = self.text
        for offset, table in self.tables:
            text = text[:offset] + table + text[offset + len(NOTHING) :]
        return text


@dataclass(frozen=True, slots=True)
class Answer:
    """The kind of an answer (`table`, `boolean` or `graph`), the suffix of its format, and its bytes."""

    kind: str
    suffix: str
    body: bytes


class Sink(Protocol):
    """Takes an answer while it is written: first its kind and the suffix of its format, then blocks."""

    def begin(self, kind: str, suffix: str) -> None:
        """Take note of what is coming."""

    def write(self, block: bytes) -> None:
        """Take some bytes."""


@dataclass(slots=True)
class _Whole:
    """Keeps an answer in memory."""

    kind: str = ""
    suffix: str = ""
    body: bytearray = field(default_factory=bytearray)

    def begin(self, kind: str, suffix: str) -> None:
        self.kind, self.suffix = kind, suffix

    def write(self, block: bytes) -> None:
        self.body += block


@dataclass(frozen=True, slots=True)
class Evaluator:
    """A store with the limits of its endpoint, and the base below which IRIs may be written."""

    store: Engine
    base: str
    rows: int = _UNLIMITED
    bytes: int = _UNLIMITED

    def evaluate(self, question: Question) -> Answer:
        """Return the answer whole, or raise QueryRefused as `write` does."""
        whole = _Whole()
        self.write(question, whole)
        return Answer(whole.kind, whole.suffix, bytes(whole.body))

    def write(self, question: Question, sink: Sink) -> int:
        """Write the answer and return its number of rows, 0 where it is no table.

        Raises QueryRefused, perhaps when a part is written: 400, 406 where no format fits, 413 over a limit.
        """
        tokens = check(question.text)
        clause = DatasetClause.of(tokens, self.base, prefixes(self.base))
        for graph in clause.graphs:
            if not self._knows(graph):
                raise QueryRefused(
                    400, f"no graph is named <{graph}>", "list them: SELECT ?g { GRAPH ?g {} }"
                )
        try:
            return self._write(question, self._ask(question, bool(clause.graphs)), sink)
        except SyntaxError as error:
            raise QueryRefused(400, _placed(str(error))) from None
        except (ValueError, OSError, RuntimeError) as error:
            raise QueryRefused(400, f"cannot be evaluated: {error}") from None

    def _knows(self, graph: str) -> bool:
        try:
            return self.store.contains_named_graph(ox.NamedNode(graph))
        except ValueError:
            raise QueryRefused(400, f"<{graph}> is not an absolute IRI") from None

    def _ask(self, question: Question, own: bool) -> Found:
        known = prefixes(self.base)
        if not question.default_graphs and not question.named_graphs:
            return self.store.query(
                question.whole, use_default_graph_as_union=not own, base_iri=self.base, prefixes=known
            )
        # The protocol's dataset replaces the query's (SPARQL 1.1 Protocol, section 2.1.4).
        return self.store.query(
            question.whole,
            default_graph=_nodes(question.default_graphs),
            named_graphs=_nodes(question.named_graphs),
            base_iri=self.base,
            prefixes=known,
        )

    def _write(self, question: Question, found: Found, sink: Sink) -> int:
        kind = "table" if isinstance(found, ox.QuerySolutions | ox.QueryBoolean) else "graph"
        suffix = question.graph if kind == "graph" else question.table
        if not suffix:
            offers = ", ".join(each.media_type for each in (DATA if kind == "graph" else TABLE))
            raise QueryRefused(406, f"Accept names no format of a {kind}", f"ask for {offers}")
        rows = Rows(suffix) if isinstance(found, ox.QuerySolutions) else None
        output: Any = _Output(self, sink, rows)  # a part of IO[bytes] is enough for pyoxigraph
        sink.begin("boolean" if isinstance(found, ox.QueryBoolean) else kind, suffix)
        if not isinstance(found, ox.QuerySolutions | ox.QueryBoolean):
            first = list(islice(found, _LOOKED_AT))
            used = used_prefixes(first, prefixes(self.base))
            ox.serialize(chain(first, found), output, _GRAPHS[suffix], prefixes=used)
        else:
            found.serialize(output, _RESULTS[suffix])
        output.end()
        return rows.number if rows else 0


def used_prefixes(triples: Iterable[ox.Triple], known: Mapping[str, str]) -> dict[str, str]:
    """Return the prefixes of which some IRI of the triples is a direct child."""
    spaces = {
        term.value[: max(term.value.rfind("/"), term.value.rfind("#")) + 1]
        for triple in triples
        for term in triple
        if isinstance(term, ox.NamedNode)
    }
    return {name: space for name, space in known.items() if space in spaces}


def _nodes(iris: Iterable[str]) -> list[Any]:  # pyoxigraph wants lists of unions that it does not name
    try:
        return [ox.NamedNode(iri) for iri in iris]
    except ValueError as error:
        raise QueryRefused(400, f"a graph of the dataset is no IRI: {error}") from None


def _placed(message: str) -> str:
    """Return a parser's message with its line and column in words.

    >>> _placed("error at 2:9: expected one of SERVICE, [_]")
    'line 2, column 9: expected one of SERVICE, [_]'
    """
    found = _PLACE.match(message)
    return f"line {found[1]}, column {found[2]}: {found[3]}" if found else message


class _Output:
    """What pyoxigraph writes to: passes blocks on for as long as no limit is met."""

    def __init__(self, limits: Evaluator, sink: Sink, rows: Rows | None) -> None:
        self._room, self._most_rows = limits.bytes, limits.rows
        self._sink, self._rows = sink, rows
        self._block = bytearray()

    def write(self, data: bytes) -> int:
        """Take some bytes, or raise QueryRefused."""
        self._room -= len(data)
        if self._room < 0:
            raise QueryRefused(413, "the answer has too many bytes", "use LIMIT, or download the dataset")
        if self._rows is not None and self._rows.take(data) > self._most_rows:
            problem = f"the answer has more than {self._most_rows} rows"
            raise QueryRefused(413, problem, "use LIMIT, or download the dataset")
        self._block += data
        if len(self._block) >= _BLOCK:
            self.end()
        return len(data)

    def flush(self) -> None:
        """Do nothing: a block is passed on when it is full."""

    def end(self) -> None:
        """Pass on what is left."""
        if self._block:
            self._sink.write(bytes(self._block))
            self._block.clear()


def run_query(store: Path, sparql: str, accept: str, base: str) -> Answer:
    """Return the answer to a query in the format that `accept` prefers, or raise QueryError.

    In this process and without limits of time and size: for the command line, whose user can press Ctrl-C.
    """
    evaluator = Evaluator(Store.open(store, read_only=True, base=base).native, base)
    return evaluator.evaluate(Question(sparql, table=preferred(accept, TABLE), graph=preferred(accept, DATA)))


def preferred(accept: str | None, formats: Sequence[Format]) -> str:
    """Return the suffix of the format that the client prefers; "" where it accepts none of them."""
    chosen = negotiate(accept, formats)
    return chosen.suffix if chosen else ""
