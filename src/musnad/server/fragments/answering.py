"""Answer `/fragments?subject=…&predicate=…&object=…&page=…`: some triples, their number, and the controls.

Two small queries by a worker, a page and a count, which are remembered; so the work of a join is done where
the join is wanted. A client may ask for many fragments at once, as the specification means it to: they wait
here, and not in the queue of `/sparql`. A number over 100,000 is an estimate, which the specification allows.
Chosen over (a) reading the store in this process, where deep pages would delay the site, and (b) files
written beforehand, of which there would be one for every pattern.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from dataclasses import dataclass, field
from typing import Final

import pyoxigraph as ox
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from musnad.server.fragments.controls import Part, quads
from musnad.server.fragments.terms import Pattern
from musnad.server.guard import QueryRefused
from musnad.server.media import HTML, JSON_LD, TURTLE, Format, negotiate, negotiate_language
from musnad.server.paths import whole_address
from musnad.server.pool import Pool, Run
from musnad.server.queries import Question
from musnad.server.replies import CACHED, Problem, Representation, refuse_as_text, respond
from musnad.server.resources import OTHER_LANGUAGE
from musnad.server.spool import Spool
from musnad.site import Address, Site
from musnad.site.pages import PageKind
from musnad.site.texts import LANGUAGES
from musnad.site.values import Value, to_value
from musnad.vocabulary import prefixes

PATH: Final = "fragments"
FRAGMENT: Final = PageKind(PATH, PATH, (), "fragments.html", data=False)
_TRIG: Final = Format("trig", "application/trig")
_QUADS: Final = Format("nq", "application/n-quads")
_FORMATS: Final = (TURTLE, _TRIG, JSON_LD, _QUADS, HTML)
_WRITTEN: Final = {
    TURTLE: ox.RdfFormat.TURTLE,
    _TRIG: ox.RdfFormat.TRIG,
    JSON_LD: ox.RdfFormat.JSON_LD,
    _QUADS: ox.RdfFormat.N_QUADS,
}
_COUNTED: Final = 100_000
_DEEPEST: Final = 10_000_000  # triples that are passed over
_AT_ONCE: Final = 2
_REMEMBERED: Final = 10_000
_TITLES: Final = {
    400: "Bad request",
    404: "Not found",
    406: "Not acceptable",
    413: "Too large",
    504: "Too slow",
}


@dataclass(slots=True)
class Fragments:
    """Answers `/fragments`."""

    pool: Pool
    site: Site
    quads: int  # of the store
    _places: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(_AT_ONCE))
    _totals: OrderedDict[str, int] = field(default_factory=OrderedDict)

    async def __call__(self, request: Request) -> Response:
        """Return a page of a fragment."""
        try:
            return await self._answer(request)
        except QueryRefused as error:
            detail = error.problem + (f" ({error.remedy})" if error.remedy else "")
            problem = Problem(error.status, _TITLES.get(error.status, "Busy"), detail)
            return refuse_as_text(request, problem, {"retry-after": "5"} if error.status >= 500 else {})

    async def _answer(self, request: Request) -> Response:
        chosen = negotiate(request.headers.get("accept"), _FORMATS)
        if chosen is None:
            offers = ", ".join(each.media_type for each in _FORMATS)
            raise QueryRefused(406, "Accept names no format of a fragment", f"ask for {offers}")
        fields = dict(request.query_params)
        pattern, number = Pattern.of(fields), _number(fields.get("page", "1"))
        size = self.site.config.fragment_triples
        if (number - 1) * size > _DEEPEST:
            raise QueryRefused(400, "no fragment has so many pages", "follow the links")
        data, total = await self._found(pattern, number, size)
        if not data and number > 1:
            raise QueryRefused(404, f"the fragment has no page {number}", "follow the links")
        asked = request.scope["query_string"].decode("latin-1")
        service = whole_address(request, self.site.config, PATH)
        part = Part(service, asked, pattern, number, size, total)
        if chosen is HTML:
            return await self._page(request, part, data)
        shown = await run_in_threadpool(self._write, part, data, chosen)
        return respond(request, shown, {"vary": "Accept", "cache-control": CACHED})

    async def _found(self, pattern: Pattern, number: int, size: int) -> tuple[list[ox.Triple], int]:
        """Return the triples of a page, and how many the fragment has."""
        if not pattern.is_possible:
            return [], 0
        text, before = pattern.text, (number - 1) * size
        inner = f"SELECT DISTINCT * {{ {text} }} LIMIT {size} OFFSET {before}"
        async with self._places:
            body = await self._ask(f"CONSTRUCT {{ {text} }} WHERE {{ {inner} }}", "nt")
            data = [quad.triple for quad in ox.parse(body, format=ox.RdfFormat.N_TRIPLES)]
            if len(data) < size and (data or number == 1):
                return data, before + len(data)
            return data, await self._total(pattern)

    async def _total(self, pattern: Pattern) -> int:
        """Return how many triples match, remembered; of very many, roughly."""
        if pattern.is_open:
            return self.quads
        text = pattern.text
        if text not in self._totals:
            inner = f"SELECT DISTINCT * {{ {text} }} LIMIT {_COUNTED + 1}"
            body = await self._ask(f"SELECT (COUNT(*) AS ?n) {{ {inner} }}", "csv")
            counted = int(body.split()[1])
            self._totals[text] = max(counted, self.quads // 2) if counted > _COUNTED else counted
            if len(self._totals) > _REMEMBERED:
                self._totals.popitem(last=False)
        return self._totals[text]

    async def _ask(self, text: str, suffix: str) -> bytes:
        """Return the answer of a worker to a query of ours."""
        spool = Spool()
        try:
            await self.pool.ask(Question(text, table=suffix, graph=suffix), spool, Run(form=suffix))
            await spool.settle(whole=True)
            return spool.read()
        finally:
            spool.close()

    def _write(self, part: Part, data: list[ox.Triple], form: Format) -> Representation:
        known = prefixes(self.site.config.base) if form in {TURTLE, _TRIG} else None
        apart = form is not TURTLE
        body = ox.serialize(quads(part, data, apart), format=_WRITTEN[form], prefixes=known)
        return Representation.of(body or b"", form.content_type)

    async def _page(self, request: Request, part: Part, data: list[ox.Triple]) -> Response:
        language = request.query_params.get("lang", "")
        if language not in LANGUAGES:
            header = request.headers.get("accept-language")
            language = negotiate_language(header, LANGUAGES, OTHER_LANGUAGE)
        text = await run_in_threadpool(self._render, part, data, language)
        headers = {"vary": "Accept, Accept-Language", "cache-control": CACHED, "x-robots-tag": "noindex"}
        return respond(request, Representation.of(text, HTML.content_type, language), headers)

    def _render(self, part: Part, data: list[ox.Triple], language: str) -> str:
        rows: list[tuple[Value, ...]] = [tuple(map(to_value, each)) for each in data]
        names = {"fragment": part, "rows": rows}
        return self.site.render_answer(FRAGMENT, names, Address(PATH, HTML.suffix, language)).text


def _number(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) < 9 and int(text) > 0):
        raise QueryRefused(400, "page is no number from 1", "follow the links")
    return int(text)
