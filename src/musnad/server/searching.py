"""Questions that the site answers without its query service: search, and claims by several facets.

Both are answered from numbers in memory, in a thread, in a few milliseconds, and are never put to the
workers of `/sparql`. Chosen over (a) SPARQL, whose cost the words of a reader would decide, and (b) a cache,
which strangers would fill.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final

import orjson
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from musnad.search.ledger import known
from musnad.server.media import CSV, HTML, OTHER, Format, negotiate, negotiate_language
from musnad.server.replies import Representation, respond
from musnad.server.resources import OTHER_LANGUAGE
from musnad.site import Site
from musnad.site.choosing import Choosing
from musnad.site.searching import Searching, read_asked
from musnad.site.texts import LANGUAGES

JSON: Final = next(each for each in OTHER if each.suffix == "json")
_FORMATS: Final = {"search": (HTML, JSON), "claims": (HTML, JSON, CSV)}
_CACHED: Final = "public, max-age=60"


@dataclass(frozen=True, slots=True)
class Questions:
    """Answers `search?q=…` and `claims?outlet=…&year=…`."""

    searching: Searching
    choosing: Choosing

    @classmethod
    def of(cls, site: Site) -> Questions:
        """Return what answers questions about a site; the index is made here."""
        return cls(Searching(site, site.index), Choosing(site, site.facets))

    async def find(self, request: Request, path: str) -> Response | None:
        """Return the answer; None where the request asks nothing that is answered here."""
        name, _, rest = path.partition(".")
        given = dict(request.query_params)
        if name not in _FORMATS or not ("q" in given if name == "search" else known(given.items())):
            return None
        language, suffix = rest.split(".") if rest.count(".") == 1 else ("", rest)
        offers = _FORMATS[name]
        chosen = next((each for each in offers if each.suffix == suffix), None)
        if not suffix:
            chosen = negotiate(request.headers.get("accept"), offers)
        if chosen is None or (language and (language not in LANGUAGES or chosen is not HTML)):
            return None
        tongue = language or given.get("lang", "")
        if tongue not in LANGUAGES:
            tongue = negotiate_language(request.headers.get("accept-language"), LANGUAGES, OTHER_LANGUAGE)
        make = self._search if name == "search" else self._claims
        shown = await run_in_threadpool(make, given, tongue, chosen)
        vary = [] if suffix else ["Accept"]
        vary += [] if language else ["Accept-Language"]
        headers = {"cache-control": _CACHED, "x-robots-tag": "noindex"}
        return respond(request, shown, headers | ({"vary": ", ".join(vary)} if vary else {}))

    def _search(self, given: Mapping[str, str], language: str, form: Format) -> Representation:
        asked = read_asked(given)
        if form is HTML:
            text = self.searching.page(asked, language).text
            return Representation.of(text, form.content_type, language)
        return _json(lambda: self.searching.told(asked, language))

    def _claims(self, given: Mapping[str, str], language: str, form: Format) -> Representation:
        asked = read_asked(given)
        choices = known(given.items())
        if form is HTML:
            text = self.choosing.page(choices, asked.number, language).text
            return Representation.of(text, form.content_type, language)
        if form is CSV:
            return Representation.of(self.choosing.table(choices, asked.number), form.content_type)
        return _json(lambda: self.choosing.told(choices, asked.number, language))


def _json(make: Callable[[], dict[str, Any]]) -> Representation:
    return Representation.of(orjson.dumps(make()), JSON.content_type)
