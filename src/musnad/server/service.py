"""What is asked of workers, put together: queries, fragments, and the numbers about both.

Chosen over (a) building it among the routes, which know nothing of workers, and (b) one object that knows
everything, which no test could make.
"""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from musnad.config import Site as SiteConfig
from musnad.server.clients import Clients
from musnad.server.endpoint import Endpoint
from musnad.server.federation import Federation
from musnad.server.fragments import Fragments
from musnad.server.holdings import Rendered
from musnad.server.metrics import numbers, show_metrics
from musnad.server.pool import Limits, Pool
from musnad.server.resources import Resources
from musnad.server.watching import Watch

Handler = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class QueryService:
    """The pool with what answers through it; `quads` is the size of the store."""

    config: SiteConfig
    pool: Pool
    endpoint: Endpoint
    fragments: Fragments

    @classmethod
    def of(
        cls, store: Path | str, log: Path | None, resources: Resources, rendered: Rendered
    ) -> QueryService:
        """Return the service of a store; `log` is where queries are noted."""
        config = rendered.site.config
        pool = Pool(store, config.base, Limits.of(config))
        watch = Watch(log, config.query_log_text)
        endpoint = Endpoint(pool, resources, rendered, Clients(config), watch, Federation.of(config))
        return cls(config, pool, endpoint, Fragments(pool, rendered.site, rendered.store.count()))

    def handlers(self) -> dict[str, Handler]:
        """Return what answers at which path."""
        return {
            "/health": self.health,
            "/metrics": self.metrics,
            "/sparql": self.endpoint.__call__,
            "/fragments": self.fragments.__call__,
        }

    @contextlib.asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Have the workers run."""
        async with self.pool:
            yield
        self.endpoint.watch.close()

    async def health(self, _: Request) -> Response:
        """Tell whether queries are answered: 200, or 503 while there is no worker."""
        state, quads = self.pool.state(), self.fragments.quads
        status = 200 if state["workers"] else 503
        told = {"status": "ok" if status == 200 else "no query worker", "quads": quads, "queries": state}
        return JSONResponse(told, status, {"cache-control": "no-store"})

    async def metrics(self, request: Request) -> Response:
        """Return the numbers for Prometheus."""
        lines = [*self.endpoint.watch.numbers(), *numbers(self.pool, self.fragments.quads)]
        return show_metrics(request, self.config, self.endpoint.clients, lines)
