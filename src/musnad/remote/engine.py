"""Another server in the place of pyoxigraph's store: the same questions, asked over HTTP.

A query is parsed here before it is sent, on an empty store, so that what is wrong with it is told in the same
words with the same line and column, and so that it is known what the answer is. Prefixes go in front of its
first line, since the server does not know ours. Chosen over (a) passing answers on as they come, in which the
formats, limits and mistakes of every vendor would show, and (b) a copy of the data here, which is what the
embedded store is for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, Unpack

import pyoxigraph as px

from musnad.errors import EndpointError
from musnad.remote.client import JSON, N_TRIPLES, Remote
from musnad.store import Found, Setting

_UNION: Final = "the default graph of the server is not the union of its graphs"
_HOW: Final = "docs/servers.md says how to set it"
_FALSE: Final = frozenset({"0", "false"})
_PATTERN: Final = ("s", "p", "o", "g")
Name = px.NamedNode | px.BlankNode | px.DefaultGraph


@dataclass(frozen=True, slots=True)
class RemoteEngine:
    """Answers as pyoxigraph's store does; it shows only the graphs whose names begin with `home`."""

    remote: Remote
    home: str

    def check(self) -> None:
        """Raise EndpointError where the server holds nothing of ours, or shows it only graph by graph."""
        if not self._asks(f"ASK {{ GRAPH ?g {{ ?s ?p ?o }} {self._ours} }}"):
            remedy = "load it: `musnad load BUILT --to ADDRESS`"
            raise EndpointError(self.remote.query, "the server has no graph of this dataset", remedy)
        if not self._asks(f"ASK {{ ?s ?p ?o . GRAPH ?g {{ ?s ?p ?o }} {self._ours} }}"):
            raise EndpointError(self.remote.query, _UNION, _HOW)

    def query(self, query: str, **setting: Unpack[Setting]) -> Found:
        """Return the answer to a query; the default graph is what the server takes for it (`check`).

        Raises SyntaxError and ValueError as pyoxigraph does, and EndpointError.
        """
        base, prefixes = setting.get("base_iri"), setting.get("prefixes") or {}
        kind = px.Store().query(query, base_iri=base, prefixes=prefixes)
        head = f"BASE <{base}> " if base else ""
        head += "".join(f"PREFIX {name}: <{iri}> " for name, iri in prefixes.items())
        fields = [("query", head + query)]
        fields += [("default-graph-uri", graph.value) for graph in setting.get("default_graph") or ()]
        fields += [("named-graph-uri", graph.value) for graph in setting.get("named_graphs") or ()]
        if isinstance(kind, px.QueryTriples):
            body = self.remote.open(fields, N_TRIPLES)
            return (quad.triple for quad in px.parse(body, format=px.RdfFormat.N_TRIPLES))
        try:
            found = px.parse_query_results(self.remote.open(fields, JSON), format=px.QueryResultsFormat.JSON)
        except (SyntaxError, ValueError) as error:
            raise EndpointError(self.remote.query, f"the answer is no SPARQL result: {error}") from None
        return _boolean(found) if isinstance(kind, px.QueryBoolean) else found

    def quads_for_pattern(
        self, subject: Any, predicate: Any, object_: Any, graph_name: Any = None
    ) -> Iterator[px.Quad]:
        """Yield the quads that match a pattern, in which None is anything."""
        given = dict(zip(_PATTERN, (subject, predicate, object_, graph_name), strict=True))
        s, p, o, g = (str(term) if term is not None else f"?{name}" for name, term in given.items())
        free = " ".join(f"?{name}" for name, term in given.items() if term is None)
        ours = "" if graph_name else self._ours
        found = f"SELECT {free or '(1 AS ?there)'} {{ GRAPH {g} {{ {s} {p} {o} }} {ours} }}"
        for row in self.remote.select(found):
            yield px.Quad(*(row[name] if term is None else term for name, term in given.items()))

    def named_graphs(self) -> Iterator[px.NamedNode]:
        """Yield the names of the graphs."""
        for row in self.remote.select(f"SELECT DISTINCT ?g {{ GRAPH ?g {{ ?s ?p ?o }} {self._ours} }}"):
            yield row["g"]

    def contains_named_graph(self, graph_name: Name) -> bool:
        """Tell whether there is a graph of a name, with something in it."""
        return self._asks(f"ASK {{ GRAPH {graph_name} {{ ?s ?p ?o }} }}")

    def __len__(self) -> int:
        row = next(self.remote.select(f"SELECT (COUNT(*) AS ?n) {{ GRAPH ?g {{ ?s ?p ?o }} {self._ours} }}"))
        return int(row["n"].value)

    @property
    def _ours(self) -> str:
        return f'FILTER(STRSTARTS(STR(?g), "{self.home}"))'

    def _asks(self, sparql: str) -> bool:
        return bool(self.query(sparql))


def _boolean(found: px.QuerySolutions | px.QueryBoolean) -> px.QueryBoolean:
    """Return the answer to an ASK; Virtuoso answers with a table of one number, none of no rows."""
    if isinstance(found, px.QueryBoolean):
        return found
    told = {term.value for row in found for term in row if term is not None}
    body = b'{"head":{},"boolean":true}' if told - _FALSE else b'{"head":{},"boolean":false}'
    answer = px.parse_query_results(body, format=px.QueryResultsFormat.JSON)
    assert isinstance(answer, px.QueryBoolean)  # as it is written
    return answer
