"""A SPARQL 1.1 server that somebody else runs: queries, and its graphs one by one.

https://www.w3.org/TR/sparql11-protocol/ and https://www.w3.org/TR/sparql11-http-rdf-update/, with the
standard library alone: two protocols over HTTP. Chosen over (a) SPARQLWrapper, which knows no Graph Store
protocol and hides the status of an error, and (b) SPARQL Update, in which a graph would be one long text to
be parsed.
"""

from __future__ import annotations

import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from http.client import HTTPException
from typing import IO, Final
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlencode, urlsplit
from urllib.request import (
    HTTPBasicAuthHandler,
    HTTPDigestAuthHandler,
    HTTPPasswordMgrWithDefaultRealm,
    OpenerDirector,
    Request,
    build_opener,
)

import pyoxigraph as px

from musnad.errors import EndpointError, ProjectError

USER: Final = "MUSNAD_ENDPOINT_USER"  # names of variables of the environment
SECRET: Final = "MUSNAD_ENDPOINT_PASSWORD"
JSON: Final = "application/sparql-results+json"
N_TRIPLES: Final = "application/n-triples"
SECONDS: Final = 60.0
# Where servers take queries, and where their graphs are, below the address of a dataset.
LAYOUTS: Final = (
    ("query", "store"),  # Oxigraph
    ("query", "data"),  # Jena Fuseki
    ("sparql", "sparql-graph-crud-auth"),  # Virtuoso
    ("", "rdf-graphs/service"),  # RDF4J, GraphDB
)
_FORM: Final = {"Content-Type": "application/x-www-form-urlencoded"}
_CUT: Final = "X-SPARQL-MaxRows"  # Virtuoso sends so many rows and says nothing else
_PROBE: Final = "SELECT ?s { ?s ?p ?o } LIMIT 1"
_TRIES: Final = 3
_LONGEST_WAIT: Final = 30  # seconds, whatever the server asks for
_BUSY: Final = frozenset({429, 503})
_NOWHERE: Final = frozenset({404, 405})
_MOST_BYTES: Final = 200_000_000
_SHOWN: Final = 200  # characters of what a server says of its error


@dataclass(frozen=True, slots=True)
class Remote:
    """A server: where it takes queries, where its graphs are ("" where unknown), how long we wait.

    A busy server is asked again, `tries` times in all.
    """

    query: str
    graphs: str = ""
    seconds: float = SECONDS
    tries: int = _TRIES

    @classmethod
    def find(cls, address: str, graphs: str = "", seconds: float = SECONDS) -> Remote:
        """Return the server at an address, of a dataset or of its queries, or raise EndpointError."""
        for given in (address, *filter(None, [graphs])):
            if not _is_address(given):
                raise ProjectError(
                    given or "--to", "is no address of a server", "write http://… or https://…"
                )
        home = address.rstrip("/")
        for name, _ in LAYOUTS:
            home = home.removesuffix(f"/{name}") if name else home
        found: Remote | None = None
        for name, store in LAYOUTS:
            remote = cls(f"{home}/{name}".rstrip("/"), graphs or f"{home}/{store}", seconds)
            if remote._answers():
                if graphs or remote._has_graphs():
                    return remote
                found = found or cls(remote.query, "", seconds)
        if found is None:
            raise EndpointError(address, "no SPARQL server answers here", "is this its address?")
        return found

    def ask(self, sparql: str, accept: str = JSON) -> bytes:
        """Return the answer to a query, or raise EndpointError."""
        body = urlencode({"query": sparql}).encode("ascii")
        return self._send(Request(self.query, body, _FORM | {"Accept": accept}))

    def open(self, fields: Sequence[tuple[str, str]], accept: str) -> IO[bytes]:
        """Return the answer to a query of several fields while it comes, or raise EndpointError."""
        body = urlencode(fields).encode("ascii")
        return self._open(Request(self.query, body, _FORM | {"Accept": accept}))

    def select(self, sparql: str) -> Iterator[px.QuerySolution]:
        """Return the solutions of a SELECT query, or raise EndpointError."""
        body = self.ask(sparql)
        try:
            found = px.parse_query_results(body, format=px.QueryResultsFormat.JSON)
        except (SyntaxError, ValueError):
            raise EndpointError(self.query, "the answer is no SPARQL result", status=200) from None
        if not isinstance(found, px.QuerySolutions):
            raise EndpointError(self.query, "answers a SELECT with something else", status=200)
        return iter(found)

    def read(self, graph: str) -> bytes:
        """Return the content of a graph as N-Triples."""
        return self._graph("GET", graph)

    def put(self, graph: str, triples: bytes) -> None:
        """Make some N-Triples the whole content of a graph."""
        self._graph("PUT", graph, triples)

    def add(self, graph: str, triples: bytes) -> None:
        """Add some N-Triples to a graph."""
        self._graph("POST", graph, triples)

    def remove(self, graph: str) -> None:
        """Remove a graph."""
        self._graph("DELETE", graph)

    def _graph(self, method: str, graph: str, triples: bytes | None = None) -> bytes:
        if not self.graphs:
            raise EndpointError(self.query, "its Graph Store protocol was not found", "give --graph-store")
        address = f"{self.graphs}?graph={quote(graph, safe='')}"
        given = {"Accept": N_TRIPLES} if method == "GET" else {}
        given |= {"Content-Type": N_TRIPLES} if triples is not None else {}
        return self._send(Request(address, triples, given, method=method))

    def _answers(self) -> bool:
        """Tell whether queries are taken here; raises EndpointError where there is no server at all."""
        try:
            self.select(_PROBE)
        except EndpointError as error:
            if not error.status:
                raise
            return False
        return True

    def _has_graphs(self) -> bool:
        try:
            self._send(Request(f"{self.graphs}?default", headers={"Accept": N_TRIPLES}, method="HEAD"))
        except EndpointError as error:
            return error.status not in _NOWHERE
        return True

    def _send(self, request: Request) -> bytes:
        """Return the body of the answer."""
        place = request.full_url.partition("?")[0]
        with self._open(request) as answer:
            try:
                body = answer.read(_MOST_BYTES + 1)
            except (OSError, HTTPException) as error:
                raise self._away(place, error) from None
        if len(body) > _MOST_BYTES:
            raise EndpointError(place, f"answers with more than {_MOST_BYTES} bytes", status=200)
        return body

    def _open(self, request: Request) -> IO[bytes]:
        """Return the answer while it comes."""
        place = request.full_url.partition("?")[0]
        for left in reversed(range(self.tries)):
            try:
                answer = _opener(request.full_url).open(request, timeout=self.seconds)
                break
            except HTTPError as error:
                if error.code not in _BUSY or not left:
                    raise _refused(place, error) from None
                time.sleep(_wait(error.headers.get("Retry-After", "")))
            except (URLError, OSError, HTTPException) as error:
                raise self._away(place, error) from None
        if most := answer.headers.get(_CUT):
            answer.close()
            raise EndpointError(place, f"cuts answers off after {most} rows", "let it give more", 200)
        found: IO[bytes] = answer
        return found

    def _away(self, place: str, error: Exception) -> EndpointError:
        reason = getattr(error, "reason", error)
        if isinstance(reason, TimeoutError):
            return EndpointError(place, f"no answer within {self.seconds:g} seconds", "is it overloaded?")
        return EndpointError(place, f"cannot be reached: {reason}", "is it running?")


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
    except ValueError:  # a bracket that is not closed
        return False
    return parts.scheme in {"http", "https"} and bool(parts.hostname)


def _opener(address: str) -> OpenerDirector:
    """Return what opens addresses; with the name and password of the environment, where there are any."""
    user = os.environ.get(USER, "")
    if not user:
        return build_opener()
    known = HTTPPasswordMgrWithDefaultRealm()
    known.add_password(None, address, user, os.environ.get(SECRET, ""))
    return build_opener(HTTPBasicAuthHandler(known), HTTPDigestAuthHandler(known))


def _refused(place: str, error: HTTPError) -> EndpointError:
    said = error.read(_SHOWN * 4).decode("utf-8", "replace").strip().partition("\n")[0][:_SHOWN]
    remedy = f"set {USER} and {SECRET}" if error.code in {401, 403} else ""
    problem = f"answers {error.code} {error.reason}" + (f": {said}" if said else "")
    return EndpointError(place, problem, remedy, error.code)


def _wait(told: str) -> int:
    """Return the seconds that a server asks us to wait, from 1 to 30.

    >>> _wait("5"), _wait("100000"), _wait("soon"), _wait("0")
    (5, 30, 1, 1)
    """
    return max(1, min(int(told), _LONGEST_WAIT)) if told.isdecimal() and len(told) < 9 else 1
