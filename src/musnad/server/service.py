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
from musnad.server.presence import Presence
from musnad.server.remote import RETRY_SECONDS
from musnad.server.resources import Resources
from musnad.server.watching import Watch

Handler = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class QueryService:
    """The pool with what answers through it; `away` is another server in the place of the store."""

    config: SiteConfig
    pool: Pool
    endpoint: Endpoint
    fragments: Fragments
    away: Presence | None

    @classmethod
    def of(
        cls, store: Path | str, log: Path | None, resources: Resources, rendered: Rendered
    ) -> QueryService:
        """Return the service of a store; `log` is where queries are noted."""
        config = rendered.site.config
        pool = Pool(store, config.base, Limits.of(config))
        watch = Watch(log, config.query_log_text)
        endpoint = Endpoint(pool, resources, rendered, Clients(config), watch, Federation.of(config))
        away = Presence(store) if isinstance(store, str) else None
        return cls(config, pool, endpoint, Fragments(pool, rendered.site, rendered.store.count()), away)

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
        """Tell whether queries are answered: 200, or 503 while there is no worker, or no store behind."""
        state, problem = self.pool.state(), ""
        if not state["workers"]:
            problem = "no query worker"
        elif self.away and (reason := await self.away.problem()):
            problem = f"the store behind this service does not answer: {reason}"
        told = {"status": problem or "ok", "quads": self.fragments.quads, "queries": state}
        headers = {"cache-control": "no-store"} | ({"retry-after": RETRY_SECONDS} if problem else {})
        return JSONResponse(told, 503 if problem else 200, headers)

    async def metrics(self, request: Request) -> Response:
        """Return the numbers for Prometheus."""
        lines = [*self.endpoint.watch.numbers(), *numbers(self.pool, self.fragments.quads)]
        return show_metrics(request, self.config, self.endpoint.clients, lines)
