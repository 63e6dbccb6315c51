"""The SPARQL endpoint: negotiate, put the query to the pool, show the answer.

Errors are plain text with a status that says whose fault it is. A client who goes away takes its query along:
the worker is killed. Chosen over (a) evaluating in this process, where no query can be stopped, and (b) a
JavaScript editor, without which a page would have to do anyway.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from musnad.server.description import describe_service
from musnad.server.guard import QueryRefused
from musnad.server.holdings import Rendered
from musnad.server.media import DATA, HTML, TABLE, negotiate, negotiate_language
from musnad.server.pool import Pool, Reply
from musnad.server.protocol import Asked, read_request
from musnad.server.queries import Question, preferred
from musnad.server.replies import Problem, Representation, refuse_as_text, respond
from musnad.server.resources import OTHER_LANGUAGE, QUERY_PAGE, Resources
from musnad.site import Address
from musnad.site.texts import LANGUAGES

_TITLES: Final = {
    400: "Bad query",
    403: "Not allowed",
    406: "Not acceptable",
    413: "Too large",
    415: "Unsupported media type",
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


@dataclass(frozen=True, slots=True)
class Endpoint:
    """Answers `/sparql`."""

    pool: Pool
    resources: Resources
    rendered: Rendered

    async def __call__(self, request: Request) -> Response:
        """Return the answer to a query, the description of the service, or the page of queries."""
        try:
            asked = await read_request(request)
            if not asked.query:
                return await self._without_query(request, asked)
            return await self._answer(request, asked)
        except QueryRefused as error:
            detail = error.problem + (f" ({error.remedy})" if error.remedy else "")
            problem = Problem(error.status, _TITLES.get(error.status, "Refused"), detail)
            retry = _RETRY_SECONDS.get(error.status)
            return refuse_as_text(request, problem, {"retry-after": retry} if retry else {})

    async def _without_query(self, request: Request, asked: Asked) -> Response:
        chosen = negotiate(request.headers.get("accept"), (HTML, *DATA))
        if chosen is None:
            raise QueryRefused(406, "Accept names neither HTML nor RDF", "send a query")
        if chosen is HTML:
            return await self.resources.document(request, Address(QUERY_PAGE, "html", _language(asked)))
        text = describe_service(self.rendered.base, self.rendered.store.graphs(), chosen.suffix)
        return respond(request, Representation.of(text, chosen.content_type), {"vary": "Accept"})

    async def _answer(self, request: Request, asked: Asked) -> Response:
        table, graph = self._formats(request, asked)
        question = Question(
            asked.query,
            asked.default_graphs,
            asked.named_graphs,
            "json" if table == "html" else table,
            "nt" if graph == "html" else graph,
        )
        reply = await self._ask(request, question)
        if reply is None:
            return Response(status_code=_GONE)
        if HTML.suffix == (graph if reply.kind == "graph" else table):
            return await self._page(request, asked, reply)
        form = _REPLIES[reply.suffix]
        headers = {"vary": "Accept", "cache-control": _CACHED}
        if form.media_type.startswith("text/") and form in TABLE:
            # A spreadsheet that opens it by itself would run a cell that looks like a formula.
            headers["content-disposition"] = f'attachment; filename="results.{form.suffix}"'
        shown = await run_in_threadpool(Representation.of, reply.body, form.content_type)
        return respond(request, shown, headers)

    def _formats(self, request: Request, asked: Asked) -> tuple[str, str]:
        """Return the suffixes for a table and for a graph; "" where the client takes none."""
        accept = request.headers.get("accept")
        table, graph = _FORMS.get(asked.form.lower(), ("", ""))
        return table or preferred(accept, (*TABLE, HTML)), graph or preferred(accept, (*DATA, HTML))

    async def _ask(self, request: Request, question: Question) -> Reply | None:
        """Return the reply of a worker; None, and the worker killed, when the client has gone."""
        query = asyncio.create_task(self.pool.ask(question))
        leaving = asyncio.create_task(_leave(request))
        try:
            await asyncio.wait({query, leaving}, return_when=asyncio.FIRST_COMPLETED)
            return await query if query.done() else None
        finally:
            for task in (query, leaving):
                task.cancel()
            await asyncio.gather(query, leaving, return_exceptions=True)

    async def _page(self, request: Request, asked: Asked, reply: Reply) -> Response:
        language = _language(asked) or negotiate_language(
            request.headers.get("accept-language"), LANGUAGES, OTHER_LANGUAGE
        )

        def write() -> Representation:
            columns, rows = read_rows(reply)
            if len(rows) > _MOST_SHOWN:
                problem = f"a page shows at most {_MOST_SHOWN} rows, and there are {len(rows)}"
                raise QueryRefused(413, problem, "use LIMIT, or ask for another format: &format=csv")
            page = self.rendered.site.render_results(asked.query, columns, rows, language)
            return Representation.of(page.text, HTML.content_type, language)

        headers = {"vary": "Accept, Accept-Language", "cache-control": _CACHED}
        return respond(request, await run_in_threadpool(write), headers)


def _language(asked: Asked) -> str:
    return asked.language if asked.language in LANGUAGES else ""


async def _leave(request: Request) -> None:
    """Return when the client has closed the connection."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


def read_rows(reply: Reply) -> tuple[list[str], list[list[object]]]:
    """Return the columns and the rows of a reply in JSON or N-Triples, as a page shows them."""
    if reply.kind == "graph":
        triples = [quad.triple for quad in ox.parse(reply.body, format=ox.RdfFormat.N_TRIPLES)]
        return ["subject", "predicate", "object"], [[t.subject, t.predicate, t.object] for t in triples]
    found = ox.parse_query_results(reply.body, format=ox.QueryResultsFormat.JSON)
    if isinstance(found, ox.QueryBoolean):
        return ["ASK"], [[ox.Literal(bool(found))]]
    columns = [variable.value for variable in found.variables]
    return columns, [list(solution) for solution in found]
