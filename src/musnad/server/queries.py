"""Answer one SPARQL query over a read-only store, within limits of rows and bytes.

The worker processes call `evaluate`, the command line calls `run_query`. What a query may say is decided by
`guard`. A result over a limit is refused, never cut: a short answer that looks whole is a wrong answer.
Chosen over (a) a LIMIT written into the query, which changes its meaning where it has one, and (b) writing
the formats here, which pyoxigraph does and is tested for.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any, Final

import orjson
import pyoxigraph as ox

from musnad.server.guard import DatasetClause, QueryRefused, check
from musnad.server.media import DATA, TABLE, Format, negotiate
from musnad.store import Store
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
MAX_BYTES: Final = 10_000_000
_SHORTEST_TRIPLE: Final = 4  # bytes that one more object takes in Turtle, so that nothing is ever cut
_UNLIMITED: Final = 1 << 60


@dataclass(frozen=True, slots=True)
class Question:
    """A query, its dataset, and the suffixes of the formats that the client takes; "" is none of ours."""

    text: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    table: str = "json"
    graph: str = "ttl"

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
        )


@dataclass(frozen=True, slots=True)
class Answer:
    """The kind of an answer (`table`, `boolean` or `graph`), the suffix of its format, and its bytes."""

    kind: str
    suffix: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Evaluator:
    """A store with the limits of its endpoint, and the base below which IRIs may be written."""

    store: ox.Store
    base: str
    rows: int = _UNLIMITED
    bytes: int = _UNLIMITED

    def evaluate(self, question: Question) -> Answer:
        """Return the answer, or raise QueryRefused: 400, 406 where no format fits, 413 over a limit."""
        tokens = check(question.text)
        clause = DatasetClause.of(tokens, self.base, prefixes(self.base))
        for graph in clause.graphs:
            if not self._knows(graph):
                raise QueryRefused(
                    400, f"no graph is named <{graph}>", "list them: SELECT ?g { GRAPH ?g {} }"
                )
        try:
            return self._write(question, self._ask(question, bool(clause.graphs)))
        except SyntaxError as error:
            raise QueryRefused(400, _placed(str(error))) from None
        except (ValueError, OSError, RuntimeError) as error:
            raise QueryRefused(400, f"cannot be evaluated: {error}") from None

    def _knows(self, graph: str) -> bool:
        try:
            return self.store.contains_named_graph(ox.NamedNode(graph))
        except ValueError:
            raise QueryRefused(400, f"<{graph}> is not an absolute IRI") from None

    def _ask(self, question: Question, own: bool) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        known = prefixes(self.base)
        if not question.default_graphs and not question.named_graphs:
            return self.store.query(
                question.text, use_default_graph_as_union=not own, base_iri=self.base, prefixes=known
            )
        # The protocol's dataset replaces the query's (SPARQL 1.1 Protocol, section 2.1.4).
        return self.store.query(
            question.text,
            default_graph=_nodes(question.default_graphs),
            named_graphs=_nodes(question.named_graphs),
            base_iri=self.base,
            prefixes=known,
        )

    def _write(
        self, question: Question, found: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples
    ) -> Answer:
        output = _Output(self.bytes)
        kind = "graph" if isinstance(found, ox.QueryTriples) else "table"
        suffix = question.graph if kind == "graph" else question.table
        if not suffix:
            offers = ", ".join(each.media_type for each in (DATA if kind == "graph" else TABLE))
            raise QueryRefused(406, f"Accept names no format of a {kind}", f"ask for {offers}")
        if isinstance(found, ox.QueryTriples):
            triples = list(islice(found, self.bytes // _SHORTEST_TRIPLE + 1))
            used = used_prefixes(triples, prefixes(self.base))
            ox.serialize(triples, output, _GRAPHS[suffix], prefixes=used)
            return Answer(kind, suffix, output.getvalue())
        found.serialize(output, _RESULTS[suffix])
        body = output.getvalue()
        if isinstance(found, ox.QueryBoolean):
            return Answer("boolean", suffix, body)
        if count_rows(suffix, body) > self.rows:
            raise QueryRefused(
                413, f"the answer has more than {self.rows} rows", "use LIMIT, or download the dataset"
            )
        return Answer(kind, suffix, body)


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


def count_rows(suffix: str, body: bytes) -> int:
    r"""Return the number of solutions in a serialised answer.

    >>> count_rows("csv", b'a,b\r\n"1\n2",3\r\n')
    1
    """
    if suffix == "json":
        return len(orjson.loads(body)["results"]["bindings"])
    if suffix == "xml":
        return body.count(b"<result>")
    if suffix == "tsv":
        return max(body.count(b"\n") - 1, 0)
    csv.field_size_limit(max(len(body), csv.field_size_limit()))
    return max(sum(1 for _ in csv.reader(io.StringIO(body.decode("utf-8"), newline=""))) - 1, 0)


class _Output(io.BytesIO):
    """Collects bytes up to a limit."""

    def __init__(self, limit: int) -> None:
        super().__init__()
        self._room = limit

    def write(self, data: Any) -> int:  # whatever has a buffer, as in io
        size = super().write(data)
        self._room -= size
        if self._room < 0:
            raise QueryRefused(413, "the answer has too many bytes", "use LIMIT, or download the dataset")
        return size


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
