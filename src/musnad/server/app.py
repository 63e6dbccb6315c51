"""The application: which path is answered by what, and what every response carries.

Few routes: `/health`, `/sparql`, and everything else, which is a file or a resource. Chosen over (a) a
route for every kind of thing, which `publish/site.yaml` already lists, and (b) the framework's redirects,
which trust the Host header.
"""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from musnad.config import Site as SiteConfig
from musnad.project import Project
from musnad.server.cache import Cache
from musnad.server.endpoint import Endpoint
from musnad.server.files import Files
from musnad.server.holdings import Rendered
from musnad.server.paths import local_address, read_path
from musnad.server.pool import Limits, Pool
from musnad.server.replies import ALWAYS, Problem, refuse
from musnad.server.resources import Resources, Withdrawn
from musnad.server.written import WrittenSite
from musnad.site import Site
from musnad.store import Store

_READ: Final = ("GET", "HEAD", "OPTIONS")
_ASK: Final = (*_READ, "POST")


Handler = Callable[[Request], Awaitable[Response]]
_REST: Final = "/{path:path}"


@dataclass(frozen=True, slots=True)
class Dataset:
    """What is served: a project, its configuration, its finished store, and files as they are.

    `files` maps the path under which a folder is served to the folder, `""` to the root; the static files of
    the project are always there.
    """

    project: Project
    config: SiteConfig
    store: Path
    files: Mapping[str, Path] = field(default_factory=dict)
    withdrawn: Withdrawn = field(default_factory=Withdrawn)


def make_app(dataset: Dataset) -> Starlette:
    """Return the application of a dataset, or raise MusnadError where store or pages are not right."""
    config = dataset.config
    store = Store.open(dataset.store, read_only=True, base=config.base)
    rendered = Rendered(Site(dataset.project, store, config), store)
    resources = Resources(rendered, dataset.withdrawn)
    files = Files.of({"static": dataset.project.static, **dataset.files})
    pool = Pool(dataset.store, config.base, Limits.of(config))
    endpoint = Endpoint(pool, resources, rendered)
    quads = store.count()

    async def health(_: Request) -> Response:
        state = pool.state()
        status = 200 if state["workers"] else 503
        told = {"status": "ok" if status == 200 else "no query worker", "quads": quads, "queries": state}
        return JSONResponse(told, status, {"cache-control": "no-store"})

    async def anything(request: Request) -> Response:
        found = files.find(request, read_path(request) or "")
        return found or await resources(request)

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with pool:
            yield

    return _app({"/health": health, "/sparql": endpoint.__call__, _REST: anything}, lifespan)


def make_written_app(folder: Path, config: SiteConfig) -> Starlette:
    """Return the application of a folder that `musnad site` wrote; it has no query service."""
    resources = Resources(WrittenSite(folder, config.base, config.licence), Withdrawn(), Cache(most_bytes=0))
    static = Files.of({"static": folder / "static"})

    async def health(_: Request) -> Response:
        return JSONResponse({"status": "ok"}, headers={"cache-control": "no-store"})

    async def sparql(request: Request) -> Response:
        return refuse(request, Problem(404, "Not found", "This copy has pages, and no query service."))

    async def anything(request: Request) -> Response:
        found = static.find(request, read_path(request) or "")
        return found or await resources(request)

    return _app({"/health": health, "/sparql": sparql, _REST: anything})


def _app(
    handlers: Mapping[str, Handler],
    lifespan: Callable[[Starlette], AbstractAsyncContextManager[None]] | None = None,
) -> Starlette:
    async def void(request: Request) -> Response:  # https://www.w3.org/TR/void/#well-known
        return Response(status_code=303, headers={"location": local_address(request, "dataset")})

    return Starlette(
        routes=[
            Route(path, _or_options(handler, methods), methods=methods)
            for path, handler in {"/.well-known/void": void, **handlers}.items()
            for methods in [_ASK if path == "/sparql" else _READ]
        ],
        middleware=[Middleware(Always)],
        exception_handlers={HTTPException: _refused, Exception: _failed},
        lifespan=lifespan,
    )


def _or_options(handler: Handler, methods: Sequence[str]) -> Handler:
    """Return a handler that answers OPTIONS, also of a browser that asks before a cross-origin request."""
    allowed = ", ".join(methods)
    preflight = {
        "allow": allowed,
        "access-control-allow-methods": allowed,
        "access-control-allow-headers": "Accept, Accept-Language, Content-Type, If-None-Match",
        "access-control-max-age": "86400",
    }

    async def answer(request: Request) -> Response:
        if request.method == "OPTIONS":
            return Response(status_code=204, headers=preflight)
        return await handler(request)

    return answer


async def _refused(request: Request, error: Exception) -> Response:
    """Return what the framework refuses, a method for instance, in the format that the client prefers."""
    status = error.status_code if isinstance(error, HTTPException) else 400
    title = error.detail if isinstance(error, HTTPException) else "Refused"
    headers = dict(error.headers or {}) if isinstance(error, HTTPException) else {}
    if "Allow" in headers:  # the framework keeps the methods in a set
        headers["Allow"] = ", ".join(sorted(headers["Allow"].split(", ")))
    return refuse(request, Problem(status, title), headers)


async def _failed(request: Request, _: Exception) -> Response:
    """Return a mistake of ours without its details; the server's log has them."""
    # The framework calls this outside of all middleware, hence the headers here.
    return refuse(request, Problem(500, "Internal error", "The mistake is ours; it was logged."), ALWAYS)


class Always:
    """Adds the headers that every response has, and refuses requests that two servers read differently."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, and its response back with our headers."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_more(message: Message) -> None:
            if message["type"] == "http.response.start":
                given = {name.lower() for name, _ in message["headers"]}
                more = [(name, value) for name, value in _ALWAYS if name not in given]
                message = {**message, "headers": [*message["headers"], *more]}
            await send(message)

        names = [name for name, _ in scope["headers"]]
        if {b"content-length", b"transfer-encoding"} <= set(names) or names.count(b"host") > 1:
            ambiguous = Response("400 Ambiguous request\n", 400, {"connection": "close"}, "text/plain")
            await ambiguous(scope, receive, send_more)
            return
        # `OPTIONS *` and CONNECT name no path; what stands in `raw_path` is still what was sent.
        rooted = scope["path"] if scope["path"].startswith("/") else "/"
        await self._app({**scope, "path": rooted}, receive, send_more)


_ALWAYS: Final = tuple((name.encode("ascii"), value.encode("ascii")) for name, value in ALWAYS.items())
