"""SERVICE, for the few hosts that `publish/site.yaml` names: asked here, by the server, and for the worker.

A worker has no network, so the clause is taken out of the query, its pattern is sent to the other service as
a query of its own, and the answer stands in the query as VALUES, which is what the standard defines
(https://www.w3.org/TR/sparql11-federated-query/#defn_service: the pattern is evaluated there, then joined).
No redirect is followed, no name or password sent, and rows, bytes and time are few. Chosen over (a) a network
for workers, which one mistake in a parser would hand to strangers, and (b) a proxy process, which would need
the same list and the same limits beside one more process.
"""

from __future__ import annotations

import asyncio
import re
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from http.client import HTTPException
from typing import Any, Final
from urllib.error import URLError
from urllib.parse import SplitResult, urlencode, urljoin, urlsplit
from urllib.request import HTTPHandler, HTTPSHandler, OpenerDirector, Request

import pyoxigraph as ox
from starlette.concurrency import run_in_threadpool

from musnad.config import Site
from musnad.errors import ServerError
from musnad.server.guard import QueryRefused, Token
from musnad.server.queries import NOTHING
from musnad.vocabulary import prefixes

_MOST_SERVICES: Final = 4  # of one query
_MOST_ROWS: Final = 1_000
_MOST_BYTES: Final = 2_000_000
_SECONDS: Final = 8.0
_AT_ONCE: Final = 2
_PORTS: Final = {"http": 80, "https": 443}
_JSON: Final = "application/sparql-results+json"
_FAILED: Final = "VALUES () { () }"  # of a SILENT service that failed: one solution without a value
Origin = tuple[str, str, int]
Resolved = tuple[str, tuple[tuple[int, str], ...]]  # a query, and the tables that stand in it


@dataclass(frozen=True, slots=True)
class _Clause:
    """One SERVICE clause: where it stands, whom it asks, what."""

    start: int
    end: int
    address: str
    silent: bool
    query: str


@dataclass(frozen=True, slots=True)
class Federation:
    """The services that may be asked."""

    origins: frozenset[Origin]
    base: str
    _places: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(_AT_ONCE))

    @classmethod
    def of(cls, site: Site) -> Federation:
        """Return the services of a configuration, or raise ServerError naming one that is none."""
        return cls(frozenset(map(_allowed, site.query_services)), site.base)

    async def resolve(self, text: str, tokens: Sequence[Token]) -> Resolved:
        """Return a query without SERVICE, and the answers that take its place; raise QueryRefused.

        403 for a service that is not allowed, 400 where SERVICE cannot stand, 413 for a long answer, 502
        where the other service fails.
        """
        clauses = list(self._clauses(text, tokens))
        if len(clauses) > _MOST_SERVICES:
            raise QueryRefused(400, f"more than {_MOST_SERVICES} SERVICE clauses", "split the query")
        tables = []
        for clause in reversed(clauses):
            text = text[: clause.start] + NOTHING + text[clause.end :]
        moved = 0
        for clause in clauses:
            async with self._places:
                tables.append((clause.start - moved, await run_in_threadpool(_table, clause)))
            moved += clause.end - clause.start - len(NOTHING)
        return text, tuple(reversed(tables))

    def _clauses(self, text: str, tokens: Sequence[Token]) -> Iterator[_Clause]:
        known = dict(prefixes(self.base))
        base, place, opened = self.base, 0, [""]
        while place < len(tokens):
            token, after = tokens[place], [*tokens[place + 1 : place + 4], *[Token("mark", "")] * 3]
            if token.upper == "PREFIX":
                known[after[0].text.partition(":")[0]] = urljoin(base, after[1].text[1:-1])
            elif token.upper == "BASE":
                base = urljoin(base, after[0].text[1:-1])
            elif token.text == "{":
                opened.append(tokens[place - 1].upper if place else "")
            elif token.text == "}" and len(opened) > 1:
                opened.pop()
            if token.upper != "SERVICE":
                place += 1
                continue
            if "EXISTS" in opened:
                raise QueryRefused(400, "SERVICE cannot stand in EXISTS here", "join it outside")
            silent = after[0].upper == "SILENT"
            named, brace = after[silent], place + 2 + silent
            last = _closing(tokens, brace)
            address = self._address(named, base, known)
            pattern = text[tokens[brace].start + 1 : tokens[last].start]
            query = _query(pattern, tokens[brace:last], base, known)
            yield _Clause(token.start, tokens[last].start + 1, address, silent, query)
            place = last + 1

    def _address(self, token: Token, base: str, known: Mapping[str, str]) -> str:
        """Return the address of a service, or raise where it is not allowed."""
        if token.kind == "iri":
            address = urljoin(base, token.text[1:-1])
        elif token.kind == "name":
            prefix, _, local = token.text.partition(":")
            address = known.get(prefix, "") + local
        else:
            raise QueryRefused(403, "SERVICE must name an address here", "write SERVICE <https://…>")
        if _origin(address) not in self.origins:
            listed = ", ".join(sorted(f"{scheme}://{host}:{port}" for scheme, host, port in self.origins))
            raise QueryRefused(403, f"<{address}> may not be asked from here", f"allowed: {listed}")
        return address


def _allowed(entry: str) -> Origin:
    """Return the origin that an entry of `query_services` allows; a host alone is asked over https."""
    address = entry if "://" in entry else f"https://{entry}"
    origin = _origin(address)
    if origin is None or not re.fullmatch(r"[a-z]+://[^/?#\s]+/?", address):
        remedy = "write query.example.org, or http://host:8080"
        raise ServerError("query_services", f"{entry!r} is no host", remedy)
    return origin


def _origin(address: str) -> Origin | None:
    try:
        parts: SplitResult = urlsplit(address)
        port = parts.port or _PORTS.get(parts.scheme, 0)
    except ValueError:
        return None
    if parts.scheme not in _PORTS or not parts.hostname or parts.username is not None:
        return None
    return parts.scheme, parts.hostname, port


def _closing(tokens: Sequence[Token], brace: int) -> int:
    """Return the place of the brace that closes a clause, or raise where it is not whole."""
    depth = 0
    for place in range(brace, len(tokens)):
        token = tokens[place]
        if token.upper == "SERVICE":
            raise QueryRefused(400, "SERVICE cannot stand in SERVICE here", "ask one after the other")
        depth += (token.text == "{") - (token.text == "}")
        if depth == 0:
            if place == brace:
                break
            return place
    raise QueryRefused(400, "SERVICE is not followed by an address and a group", "SERVICE <https://…> { … }")


def _query(pattern: str, tokens: Sequence[Token], base: str, known: Mapping[str, str]) -> str:
    """Return the query that the other service is asked."""
    used = {token.text.partition(":")[0] for token in tokens if token.kind == "name"}
    declared = "".join(f"PREFIX {name}: <{known[name]}>\n" for name in sorted(used) if name in known)
    return f"BASE <{base}>\n{declared}SELECT * WHERE {{ {pattern}\n}} LIMIT {_MOST_ROWS + 1}"


def _table(clause: _Clause) -> str:
    """Return the answer of another service as VALUES."""
    try:
        return _values(_fetch(clause.address, clause.query))
    except QueryRefused:
        if clause.silent:
            return _FAILED
        raise


def _fetch(address: str, query: str) -> bytes:
    """Return what another service answers, or raise QueryRefused; no redirect, no name, no proxy."""
    opener = OpenerDirector()
    for each in (HTTPHandler(), HTTPSHandler()):
        opener.add_handler(each)
    body = urlencode({"query": query}).encode("ascii")
    headers = {"Accept": _JSON, "Content-Type": "application/x-www-form-urlencoded", "User-Agent": "Musnad"}
    until, parts, size = time.monotonic() + _SECONDS, [], 0
    host = urlsplit(address).hostname
    try:
        with opener.open(Request(address, body, headers), timeout=_SECONDS) as answer:
            if answer.status != 200:
                raise QueryRefused(502, f"{host} answered {answer.status}", "ask it yourself to see why")
            while block := answer.read1(1 << 16):
                parts.append(block)
                size += len(block)
                if size > _MOST_BYTES:
                    raise QueryRefused(413, f"{host} answered with too many bytes", "ask it for less")
                if time.monotonic() > until:
                    raise TimeoutError
    except (OSError, URLError, HTTPException, ValueError):
        raise QueryRefused(502, f"{host} did not answer in time", "ask it yourself to see why") from None
    return b"".join(parts)


def _values(body: bytes) -> str:
    """Return a table as VALUES, or raise QueryRefused."""
    try:
        found = ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
        if not isinstance(found, ox.QuerySolutions):
            raise QueryRefused(502, "the other service answered with no table")
        names = " ".join(map(str, found.variables))
        rows = [" ".join(map(_written, row)) for row in found]
    except (SyntaxError, ValueError):
        raise QueryRefused(
            502, "the other service answered with something else than SPARQL results"
        ) from None
    if len(rows) > _MOST_ROWS:
        raise QueryRefused(
            413, f"another service answered with more than {_MOST_ROWS} rows", "ask it for less"
        )
    return f"VALUES ({names}) {{ {' '.join(f'({row})' for row in rows)} }}"


def _written(term: Any) -> str:  # a term of pyoxigraph, or None
    if term is None:
        return "UNDEF"
    if isinstance(term, ox.NamedNode | ox.Literal):
        return str(term)
    raise QueryRefused(
        502, "another service answered with a node without a name", "ask only for IRIs and literals"
    )
