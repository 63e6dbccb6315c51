"""The SPARQL endpoint: negotiate, put the query to the pool, show the answer.

Errors are plain text with a status that says whose fault it is. A client who goes away takes its query along:
the worker is killed. What is short is sent whole, with a tag that caches compare; what is long, while it is
written (`streaming`). Chosen over (a) evaluating in this process, where no query can be stopped, and (b)
passing queries on to a SPARQL server, none of which was seen to stop every query in time.
"""

from __future__ import annotations

import asyncio
import contextlib
import hashlib
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

import pyoxigraph as ox
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from musnad.server.clients import Clients, TooMany
from musnad.server.description import describe_service
from musnad.server.federation import Federation, Resolved
from musnad.server.fingerprint import form_of
from musnad.server.guard import QueryRefused, Token, check
from musnad.server.holdings import Rendered
from musnad.server.media import DATA, HTML, TABLE, negotiate, negotiate_language
from musnad.server.pool import Pool
from musnad.server.protocol import Asked, read_request
from musnad.server.queries import Question, preferred
from musnad.server.replies import Problem, Representation, refuse_as_text, respond
from musnad.server.resources import OTHER_LANGUAGE, QUERY_PAGE, Resources
from musnad.server.shown import results_of
from musnad.server.spool import Spool
from musnad.server.streaming import Streamed, answer_coding, left, pack
from musnad.server.watching import Query, Watch
from musnad.site import Address
from musnad.site.codings import WORTH_PACKING
from musnad.site.texts import LANGUAGES

_TITLES: Final = {
    400: "Bad query",
    403: "Not allowed",
    406: "Not acceptable",
    413: "Too large",
    415: "Unsupported media type",
    429: "Too many queries",
    502: "Bad gateway",
    503: "Busy",
    504: "Too slow",
}
_RETRY_SECONDS: Final = {503: "10", 504: "60"}
# What forms and clients write into the field `format`: the suffixes of a table and of a graph.
_FORMS: Final = {
    "json": ("json", "jsonld"),
    "xml": ("xml", "rdf"),
    "csv": ("csv", ""),
    "tsv": ("tsv", ""),
    "html": ("html", "html"),
    "jsonld": ("", "jsonld"),
    "json-ld": ("", "jsonld"),
    "ttl": ("", "ttl"),
    "turtle": ("", "ttl"),
    "nt": ("", "nt"),
    "rdf": ("", "rdf"),
    "rdf+xml": ("", "rdf"),
}
_REPLIES: Final = {each.suffix: each for each in (*TABLE, *DATA)}
_GONE: Final = 499  # the client closed the connection; nobody reads this
_CACHED: Final = "public, max-age=60"
_MOST_SHOWN: Final = 1_000  # every IRI of a page is looked up for its label
_MOST_STREAMS: Final = 16  # with 64 MB each on the disk
_LONG_TEXT: Final = 2_000  # characters, from which on the guard takes more than a millisecond
_NOT_THEIRS: Final = frozenset({429, 499, 503})  # statuses that cost a client nothing


@dataclass(slots=True)
class _Visit:
    """One query while a client waits for it: what is known of it, what takes its price, its answer."""

    query: Query
    charge: Callable[[float, bool], None]
    spool: Spool = field(default_factory=Spool)
    running: asyncio.Task[None] | None = None

    async def answered(self, request: Request, running: asyncio.Task[None], whole: bool) -> bool:
        """Wait for the answer, or for so much that it is sent while it grows; False when the client left.

        Raises what refused the query.
        """
        self.running = running
        settling = asyncio.create_task(self.spool.settle(whole))
        leaving = asyncio.create_task(left(request.receive))
        try:
            await asyncio.wait({settling, leaving}, return_when=asyncio.FIRST_COMPLETED)
            if settling.done():
                await settling
            return settling.done()
        finally:
            for task in (settling, leaving):
                task.cancel()
            await asyncio.gather(settling, leaving, return_exceptions=True)

    def end(self) -> None:
        """Stop the query if it is still running, take its price, and give its answer up."""
        query, spool = self.query, self.spool
        if self.running and not self.running.done():
            self.running.cancel()
            query.broken = spool.begun
        query.kind, query.suffix, query.size = spool.kind, spool.suffix, spool.size
        if spool.refused and query.status == 200:
            query.broken, query.problem = True, spool.refused.problem
        refused = query.broken or (query.status >= 400 and query.status not in _NOT_THEIRS)
        self.charge(query.run.seconds, refused)
        spool.close()


@dataclass(slots=True)
class Endpoint:
    """Answers `/sparql`."""

    pool: Pool
    resources: Resources
    rendered: Rendered
    clients: Clients
    watch: Watch
    federation: Federation
    streams: int = 0

    async def __call__(self, request: Request) -> Response:
        """Return the answer to a query, the description of the service, or the page of queries."""
        try:
            asked = await read_request(request)
            if not asked.query:
                return await self._without_query(request, asked)
            return await self._admitted(request, asked)
        except QueryRefused as error:
            return _refusal(request, error)

    async def _admitted(self, request: Request, asked: Asked) -> Response:
        """Return the answer to a query of a client who may ask; whatever becomes of it is noted."""
        query = Query(asked.query)
        with contextlib.ExitStack() as stack:
            stack.callback(self.watch.note, query)
            try:
                admitted = self.clients.admit(self.clients.name(request))
                visit = _Visit(query, stack.enter_context(admitted))
                stack.callback(visit.end)
                response = await self._answer(request, asked, visit)
            except QueryRefused as error:
                query.status, query.problem = error.status, error.problem
                raise
            query.status = response.status_code
            if isinstance(response, Streamed):
                self.streams += 1
                stack.callback(self._sent)
                response.then = stack.pop_all().close
            return response

    def _sent(self) -> None:
        self.streams -= 1

    async def _without_query(self, request: Request, asked: Asked) -> Response:
        chosen = negotiate(request.headers.get("accept"), (HTML, *DATA))
        if chosen is None:
            raise QueryRefused(406, "Accept names neither HTML nor RDF", "send a query")
        if chosen is HTML:
            return await self.resources.document(request, Address(QUERY_PAGE, "html", _language(asked)))
        text = describe_service(self.rendered.base, self.rendered.store.graphs(), chosen.suffix)
        return respond(request, Representation.of(text, chosen.content_type), {"vary": "Accept"})

    async def _answer(self, request: Request, asked: Asked, visit: _Visit) -> Response:
        tokens = await _guarded(asked.query, bool(self.federation.origins))
        visit.query.form = form_of(tokens)
        visit.query.run.form = visit.query.form.digest
        text, tables = await self._resolved(asked.query, tokens, visit)
        table, graph = self._formats(request, asked)
        question = Question(
            text,
            asked.default_graphs,
            asked.named_graphs,
            "json" if table == HTML.suffix else table,
            "nt" if graph == HTML.suffix else graph,
            tables,
        )
        running = asyncio.create_task(self.pool.ask(question, visit.spool, visit.query.run))
        whole = request.scope["http_version"] < "1.1"
        if not await visit.answered(request, running, whole):
            return Response(status_code=_GONE)
        if HTML.suffix == (graph if visit.spool.kind == "graph" else table):
            return await self._page(request, asked, visit.spool)
        return await self._data(request, visit.spool)

    async def _resolved(self, text: str, tokens: Sequence[Token], visit: _Visit) -> Resolved:
        """Return the query without SERVICE, and what other services answered; their time is counted too."""
        if not any(token.upper == "SERVICE" for token in tokens):
            return text, ()
        began = time.monotonic()
        try:
            return await self.federation.resolve(text, tokens)
        finally:
            visit.query.run.seconds += time.monotonic() - began

    def _formats(self, request: Request, asked: Asked) -> tuple[str, str]:
        """Return the suffixes for a table and for a graph; "" where the client takes none."""
        accept = request.headers.get("accept")
        table, graph = _FORMS.get(asked.form.lower(), ("", ""))
        return table or preferred(accept, (*TABLE, HTML)), graph or preferred(accept, (*DATA, HTML))

    async def _data(self, request: Request, spool: Spool) -> Response:
        """Return an answer for a program: whole, or while it grows."""
        form = _REPLIES[spool.suffix]
        headers = {"vary": "Accept"}
        if form.media_type.startswith("text/") and form in TABLE:
            # A spreadsheet that opens it by itself would run a cell that looks like a formula.
            headers["content-disposition"] = f'attachment; filename="results.{form.suffix}"'
        coding = answer_coding(request)
        if spool.begun:
            headers |= {"vary": "Accept, Accept-Encoding", "cache-control": "no-store"}
            return self._streamed(spool, headers | {"content-type": form.content_type}, coding)
        body = spool.read()
        packed = {}
        if coding and len(body) >= WORTH_PACKING:
            packed[coding] = await run_in_threadpool(pack, body, coding)
        digest = hashlib.sha256(body).hexdigest()[:20]
        shown = Representation(body, packed, form.content_type, "", digest)
        return respond(request, shown, headers | {"cache-control": _CACHED})

    def _streamed(self, spool: Spool, headers: dict[str, str], coding: str) -> Response:
        if self.streams >= _MOST_STREAMS:
            raise QueryRefused(503, f"{_MOST_STREAMS} long answers are being sent", "use LIMIT, or try again")
        return Streamed(spool, headers, coding)

    async def _page(self, request: Request, asked: Asked, spool: Spool) -> Response:
        if spool.begun:
            raise QueryRefused(413, "the answer is too long for a page", "use LIMIT, or &format=csv")
        language = _language(asked) or negotiate_language(
            request.headers.get("accept-language"), LANGUAGES, OTHER_LANGUAGE
        )
        kind, body = spool.kind, spool.read()

        def write() -> Representation:
            columns, rows = read_rows(kind, body)
            if len(rows) > _MOST_SHOWN:
                problem = f"a page shows at most {_MOST_SHOWN} rows, and there are {len(rows)}"
                raise QueryRefused(413, problem, "use LIMIT, or ask for another format: &format=csv")
            results = results_of(request, self.rendered.site.config, asked, kind, (columns, rows))
            page = self.rendered.site.render_results(results, language)
            return Representation.of(page.text, HTML.content_type, language)

        headers = {"vary": "Accept, Accept-Language", "cache-control": _CACHED, "x-robots-tag": "noindex"}
        return respond(request, await run_in_threadpool(write), headers)


async def _guarded(text: str, services: bool) -> tuple[Token, ...]:
    """Return the tokens of a query that may be answered, or raise QueryRefused."""
    return check(text, services) if len(text) < _LONG_TEXT else await run_in_threadpool(check, text, services)


def _refusal(request: Request, error: QueryRefused) -> Response:
    detail = error.problem + (f" ({error.remedy})" if error.remedy else "")
    problem = Problem(error.status, _TITLES.get(error.status, "Refused"), detail)
    retry = str(error.seconds) if isinstance(error, TooMany) else _RETRY_SECONDS.get(error.status)
    return refuse_as_text(request, problem, {"retry-after": retry} if retry else {})


def _language(asked: Asked) -> str:
    return asked.language if asked.language in LANGUAGES else ""


def read_rows(kind: str, body: bytes) -> tuple[list[str], list[list[object]]]:
    """Return the columns and the rows of an answer in JSON or N-Triples, as a page shows them."""
    if kind == "graph":
        triples = [quad.triple for quad in ox.parse(body, format=ox.RdfFormat.N_TRIPLES)]
        return ["subject", "predicate", "object"], [[t.subject, t.predicate, t.object] for t in triples]
    found = ox.parse_query_results(body, format=ox.QueryResultsFormat.JSON)
    if isinstance(found, ox.QueryBoolean):
        return ["ASK"], [[ox.Literal(bool(found))]]
    columns = [variable.value for variable in found.variables]
    return columns, [list(solution) for solution in found]
