"""The application: which path is answered by what, and what every response carries.

Few routes: `/health`, `/sparql`, `/reconcile`, and everything else, which is a file or a resource. Chosen
over (a) a route for every kind of thing, which `publish/site.yaml` already lists, and (b) the framework's
redirects, which trust the Host header.
"""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from functools import partial
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
from musnad.curation import read_addresses
from musnad.errors import EndpointError
from musnad.project import Project
from musnad.server.cache import AtHand, Cache
from musnad.server.embedding import PATH as OEMBED
from musnad.server.embedding import Embedding
from musnad.server.files import Files
from musnad.server.holdings import Rendered
from musnad.server.kept import Front
from musnad.server.mementos import Mementos
from musnad.server.paths import local_address, read_path
from musnad.server.reconciling import PATH, Reconciling
from musnad.server.remote import open_store, unavailable
from musnad.server.replies import Problem, refuse
from musnad.server.resources import Resources, Withdrawn
from musnad.server.searching import Questions
from musnad.server.service import Handler, QueryService
from musnad.server.written import WrittenSite
from musnad.site import Site
from musnad.site.rendering import warm
from musnad.store import Store

_READ: Final = ("GET", "HEAD", "OPTIONS")
_ASK: Final = (*_READ, "POST")
_POSTED: Final = frozenset({"/sparql", f"/{PATH}", f"/{PATH}/match"})
_REST: Final = "/{path:path}"
_SMALL: Final = 16_000_000  # bytes of a store on disk: about 50,000 quads, which take 25 MB of memory


@dataclass(frozen=True, slots=True)
class Dataset:
    """What is served: a project, its configuration, its finished store, and files as they are.

    `files` maps the path under which a folder is served to the folder, `""` to the root; the static files of
    the project are always there.
    """

    project: Project
    config: SiteConfig
    store: Path | str  # a folder, or the address at which another server takes queries
    files: Mapping[str, Path] = field(default_factory=dict)
    withdrawn: Withdrawn = field(default_factory=Withdrawn)
    releases: Mapping[str, Path] = field(default_factory=dict)  # name → store, the oldest first


def make_app(dataset: Dataset) -> Starlette:
    """Return the application of a dataset, or raise MusnadError where store or pages are not right."""
    config = dataset.config
    store = open_store(dataset.store, config)
    rendered = Rendered(Site(dataset.project, store, config), store)
    resources = Resources(rendered, dataset.withdrawn, Cache(at_once=lambda: store.in_memory))
    files = Files.of({"static": dataset.project.static, **dataset.files})
    log = dataset.project.root / config.query_log if config.query_log else None
    service = QueryService.of(dataset.store, log, resources, rendered)
    questions = Questions.of(rendered.site)
    mementos = Mementos.of(dataset.releases, partial(_opened, dataset))
    reconciling = Reconciling.of(rendered.site, store, dataset.withdrawn)

    async def anything(request: Request) -> Response:
        path = read_path(request) or ""
        found = files.find(request, path) or await questions.find(request, path)
        found = found or await mementos.find(request, path, rendered)
        return found or mementos.mark(request, await resources(request), rendered)

    @contextlib.asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        async with service.running():  # and what the first readers would wait for, beside their requests
            warming = asyncio.create_task(run_in_threadpool(_prepare, rendered, dataset.store))
            yield
            warming.cancel()
            await asyncio.gather(warming, return_exceptions=True)

    more = reconciling.handlers() | {f"/{OEMBED}": Embedding(rendered.site).__call__, _REST: anything}
    return _app(service.handlers() | more, lifespan)


def _prepare(rendered: Rendered, place: Path | str) -> None:
    """Get ready what the first readers would wait for; a small store is read into memory."""
    if isinstance(place, Path):
        size = sum(path.stat().st_size for path in place.rglob("*") if path.is_file())
        if size <= _SMALL:
            rendered.store.to_memory()
    warm(rendered.site)


def _opened(dataset: Dataset, name: str) -> Rendered:
    """Return a release of the dataset, opened to be read."""
    store = Store.open(dataset.releases[name], read_only=True, base=dataset.config.base)
    return Rendered(Site(dataset.project, store, dataset.config), store)


def make_written_app(folder: Path, config: SiteConfig) -> Starlette:
    """Return the application of a folder that `musnad site` wrote; it has no query service."""
    withdrawn = Withdrawn.of(read_addresses(folder), config.base)
    resources = Resources(WrittenSite(folder, config.base, config.licence), withdrawn, AtHand())
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
        exception_handlers={HTTPException: _refused, EndpointError: unavailable, Exception: _failed},
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
