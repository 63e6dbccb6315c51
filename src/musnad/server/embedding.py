"""What others show of a page of ours: a claim with its words and its speaker, or a link with a name.

https://oembed.com: `oembed?url=…` for the addresses of our pages and our IRIs, found through the link that
each page has. A claim is never embedded without who says it. Chosen over (a) a frame, which would run our
pages in those of others, and (b) a card made by the consumer from the page's title, which leaves the speaker
out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlsplit
from xml.sax.saxutils import escape as escape_xml

import orjson
from markupsafe import Markup
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from musnad.server.paths import decode_path
from musnad.server.replies import Problem, Representation, refuse, respond
from musnad.server.resources import OTHER_LANGUAGE
from musnad.site import Site, parse
from musnad.site.addresses import HOME
from musnad.site.texts import LANGUAGES
from musnad.site.values import Iri, Words, to_value
from musnad.site.view import View, view_of

PATH: Final = "oembed"
_CACHED: Final = "public, max-age=3600"
_WIDTH, _HEIGHT = 600, 240  # pixels
_LEAST, _MOST = 100, 4_000
_FORMATS: Final = {"json": "application/json", "xml": "text/xml"}
_CLAIM: Final = """SELECT ?words ?speaker ?document WHERE {
  <%s> a msn:Claim ; msn:speaker ?speaker ; schema:appearance ?document .
  OPTIONAL { <%s> msn:evidence/oa:exact ?words }
} ORDER BY ?words LIMIT 1"""
_HTML: Final = Markup(
    '<blockquote cite="{iri}"><p>{label}</p>{words}<footer>{speaker} · <a href="{page}">{site}</a></footer>'
    "</blockquote>"
)
Told = dict[str, Any]  # JSON


@dataclass(frozen=True, slots=True)
class Embedding:
    """Answers `/oembed`."""

    site: Site

    async def __call__(self, request: Request) -> Response:
        """Return what is to be shown of an address: 404 where it is none of ours, 501 for other formats."""
        given = request.query_params
        form = given.get("format", "json")
        if form not in _FORMATS:
            return refuse(request, Problem(501, "Not implemented", "The formats are json and xml."))
        size = []
        for name, usual in (("maxwidth", _WIDTH), ("maxheight", _HEIGHT)):
            text = given.get(name, str(usual))
            if not text.isdecimal() or len(text) > 6:
                return refuse(request, Problem(400, "Bad request", f"{name} is a number of pixels."))
            size.append(max(_LEAST, min(int(text), usual, _MOST)))
        told = await run_in_threadpool(self.tell, given.get("url", ""), (size[0], size[1]))
        if told is None:
            return refuse(request, Problem(404, "Not found", "No page of this site has this address."))
        body = orjson.dumps(told) if form == "json" else _xml(told)
        return respond(request, Representation.of(body, _FORMATS[form]), {"cache-control": _CACHED})

    def tell(self, url: str, size: tuple[int, int] = (_WIDTH, _HEIGHT)) -> Told | None:
        """Return what is to be shown of an address; None where it is none of ours."""
        path, language = self._place(url)
        page = self.site.render(path, language) if path else None
        if page is None:
            return None
        config = self.site.config
        view = view_of(self.site.world, path, language, config.base)  # it stands on other sites
        told: Told = {
            "version": "1.0",
            "type": "link",
            "title": page.title,
            "provider_name": config.title[language],
            "provider_url": config.base,
            "cache_age": 3600,
        }
        return told | self._claim(self.site.addresses.iri(path), view, size)

    def _claim(self, iri: str, view: View, size: tuple[int, int]) -> Told:
        """Return what shows a claim with its words and its speaker; nothing of what is no claim."""
        rows = self.site.answers.store.select(_CLAIM % (iri, iri))
        if not rows:
            return {}
        speaker, words = to_value(rows[0]["speaker"]), to_value(rows[0].get("words"))
        name = view.label(str(speaker)) if isinstance(speaker, Iri) else Words(str(speaker))
        shown = _HTML.format(
            iri=iri,
            label=view.label(iri),
            words=Markup("<p><q>{}</q></p>").format(words) if words else "",
            speaker=name,
            page=view.address(iri, view.language),
            site=self.site.config.title[view.language],
        )
        width, height = size
        told = {"type": "rich", "html": str(shown), "width": width, "height": height}
        return told | {"author_name": name.shown, "author_url": str(speaker)}

    def _place(self, url: str) -> tuple[str, str]:
        """Return the path of a page and its language; "" for what is not of this site."""
        config = self.site.config
        try:
            parts = urlsplit(url)
        except ValueError:  # a bracket that is not closed
            return "", ""
        ours = {urlsplit(config.base).netloc, config.public_host, f"{config.host}:{config.port}"}
        if parts.scheme not in {"http", "https"} or parts.netloc not in ours - {""}:
            return "", ""
        root = urlsplit(config.base).path if url.startswith(config.base) else "/"
        path = decode_path(("/" + parts.path.removeprefix(root)).encode("utf-8", "replace"))
        if path is None:
            return "", ""
        address = parse(path) if path else None
        language = address.language if address else ""
        asked = address.path if address else path or HOME
        return asked, language if language in LANGUAGES else OTHER_LANGUAGE


def _xml(told: Told) -> bytes:
    rows = "".join(f"<{key}>{escape_xml(str(value))}</{key}>" for key, value in told.items())
    return f'<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n<oembed>{rows}</oembed>\n'.encode()
