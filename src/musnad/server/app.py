"""The application: which path is answered by what, and what every response carries.

Few routes: `/health`, `/sparql`, `/reconcile`, and everything else, which is a file or a resource. Chosen
over (a) a route for every kind of thing, which `publish/site.yaml` already lists, and (b) the framework's
redirects, which trust the Host header.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from musnad.config import Site as SiteConfig
from musnad.project import Project
from musnad.server.cache import Cache
from musnad.server.endpoint import Endpoint
from musnad.server.files import Files
from musnad.server.holdings import Rendered
from musnad.server.kept import Front
from musnad.server.paths import local_address, read_path
from musnad.server.pool import Limits, Pool
from musnad.server.reconciling import PATH, Reconciling
from musnad.server.replies import Problem, refuse
from musnad.server.resources import Resources, Withdrawn
from musnad.server.searching import Questions
from musnad.server.written import WrittenSite
from musnad.site import Site
from musnad.site.rendering import warm
from musnad.store import Store

_READ: Final = ("GET", "HEAD", "OPTIONS")
_ASK: Final = (*_READ, "POST")
_POSTED: Final = frozenset({"/sparql", f"/{PATH}", f"/{PATH}/match"})


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
    questions = Questions.of(rendered.site)
    reconciling = Reconciling.of(rendered.site, store)
    quads = store.count()

    async def health(_: Request) -> Response:
        state = pool.state()
        status = 200 if state["workers"] else 503
        told = {"status": "ok" if status == 200 else "no query worker", "quads": quads, "queries": state}
        return JSONResponse(told, status, {"cache-control": "no-store"})

    async def anything(request: Request) -> Response:
        path = read_path(request) or ""
        found = files.find(request, path) or await questions.find(request, path)
        return found or await resources(request)

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with pool:  # and what the first readers would wait for, beside their requests
            warming = asyncio.create_task(run_in_threadpool(warm, rendered.site))
            yield
            warming.cancel()
            await asyncio.gather(warming, return_exceptions=True)

    asked: dict[str, Handler] = {"/health": health, "/sparql": endpoint.__call__}
    return _app(asked | reconciling.handlers() | {_REST: anything}, lifespan)


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

    return _Application(
        routes=[
            Route(path, _or_options(handler, methods), methods=methods)
            for path, handler in {"/.well-known/void": void, **handlers}.items()
            for methods in [_ASK if path in _POSTED else _READ]
        ],
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
    return refuse(request, Problem(500, "Internal error", "The mistake is ours; it was logged."))


class _Application(Starlette):
    """The framework, behind what answers from memory and adds headers to everything, mistakes included."""

    def build_middleware_stack(self) -> ASGIApp:
        """Return the whole application."""
        return Front(super().build_middleware_stack())
