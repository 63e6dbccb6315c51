"""The queue in a browser of this machine: one doubt a page, buttons, no script.

It listens at 127.0.0.1 alone and answers to that name alone, so that no page elsewhere can reach it by a
name of its own (DNS rebinding). A form carries a token that is new at each start, and a post from another
origin is refused. Chosen over (a) a page of the public server, which would need accounts, and (b) a program
with windows, which no screen reader of a browser knows.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import parse_qs

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from musnad.errors import MusnadError
from musnad.project import Project
from musnad.reviewing.queue import Doubt
from musnad.site.templates import Templates
from musnad.site.texts import LANGUAGES, read_texts

_MOST_BYTES: Final = 20_000
_HOSTS: Final = frozenset({"127.0.0.1", "localhost"})
_HEADERS: Final = {
    "content-security-policy": "default-src 'none'; style-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",  # without any, a browser names the origin of a form "null"
    "cache-control": "no-store",
    "cross-origin-resource-policy": "same-origin",
}
Deciding = Callable[[Doubt, str, str, str], None]  # the doubt, the verb, who, why


@dataclass(slots=True)
class Desk:
    """What lies before the person: the queue, where they are in it, and how to decide."""

    project: Project
    doubts: list[Doubt]
    decide: Deciding
    who: str = ""
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32))

    def app(self) -> Starlette:
        """Return the application."""
        routes = [
            Route("/", self.show, methods=["GET"]),
            Route("/decide", self.take, methods=["POST"]),
            Route("/style.css", self.style, methods=["GET"]),
        ]
        return Starlette(routes=routes)

    async def show(self, request: Request) -> Response:
        """Return the page of one doubt, or that nothing is left."""
        if refused := _foreign(request):
            return refused
        return HTMLResponse(self._page(request, ""), headers=_HEADERS)

    async def style(self, request: Request) -> Response:
        """Return the style sheet of the site."""
        if refused := _foreign(request):
            return refused
        text = (self.project.static / "style.css").read_text(encoding="utf-8")
        return Response(text, headers=_HEADERS, media_type="text/css")

    async def take(self, request: Request) -> Response:
        """Take one decision, and go on to the next doubt."""
        if refused := _foreign(request):
            return refused
        body = await request.body()
        if len(body) > _MOST_BYTES:
            return PlainTextResponse("too long\n", 413, _HEADERS)
        given = {name: values[0] for name, values in parse_qs(body.decode("utf-8", "replace")).items()}
        if not secrets.compare_digest(given.get("token", "").encode(), self.token.encode()):
            return PlainTextResponse("this form is not of this page\n", 403, _HEADERS)
        language = _language(given)
        doubt = next((each for each in self.doubts if each.target == given.get("target")), None)
        if doubt is not None and given.get("verb") == "skip":
            self.doubts.remove(doubt)
            self.doubts.append(doubt)
        elif doubt is not None:
            self.who = given.get("who", "").strip()
            try:
                told = (doubt, given.get("verb", ""), self.who, given.get("why", ""))
                await run_in_threadpool(self.decide, *told)
            except MusnadError as error:
                page = self._page(request, str(error), language)
                return HTMLResponse(page, 422, headers=_HEADERS)
            self.doubts.remove(doubt)
        return RedirectResponse(f"/?lang={language}", 303, _HEADERS)

    def _page(self, request: Request, problem: str, language: str = "") -> str:
        language = language or _language(request.query_params)
        texts = read_texts(self.project.texts)
        doubt = self.doubts[0] if self.doubts else None
        names = {
            "lang": language,
            "dir": "rtl" if language == "ar" else "ltr",
            "other": next(each for each in LANGUAGES if each != language),
            "t": lambda name: texts.get(name, language),
            "doubt": doubt,
            "left": len(self.doubts),
            "who": self.who,
            "token": self.token,
            "problem": problem,
            "verbs": () if doubt is None else ("merge",) if doubt.kind == "merge" else ("accept", "reject"),
        }
        return Templates(self.project.templates).render("review.html", names)


def _language(given: Mapping[str, str]) -> str:
    return given["lang"] if given.get("lang") in LANGUAGES else LANGUAGES[0]


def _foreign(request: Request) -> Response | None:
    """Return a refusal where a request does not come from a page of this machine."""
    host = request.headers.get("host", "").rpartition(":")[0] or request.headers.get("host", "")
    origin = request.headers.get("origin")
    own = origin is None or origin == f"http://{request.headers.get('host')}"
    site = request.headers.get("sec-fetch-site", "same-origin") in {"same-origin", "none"}
    if host in _HOSTS and own and (request.method == "GET" or site):
        return None
    return PlainTextResponse("only for this machine\n", 403, _HEADERS)
