"""The numbers of the running service, for Prometheus: `/metrics`.

Only this machine may read them unless `publish/site.yaml` says `metrics: everyone`: they hold nothing about
persons, but tell whoever attacks how well it works. Chosen over (a) a port of its own, which is one more
thing to guard, and (b) a password, which would be the only one here.
"""

from __future__ import annotations

import os
import resource
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import Response

from musnad.config import Site
from musnad.server.clients import NOT_COUNTED, Clients
from musnad.server.pool import Pool
from musnad.server.replies import Problem, refuse_as_text
from musnad.server.watching import metric

EVERYONE: Final = "everyone"
_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
_FORWARDED: Final = ("forwarded", "x-forwarded-for", "x-real-ip", "via")


def show_metrics(request: Request, site: Site, clients: Clients, lines: Iterable[str]) -> Response:
    """Return the numbers to who may have them: this machine, and no proxy on it, or everyone."""
    passed_on = any(name in request.headers for name in _FORWARDED)
    if site.metrics != EVERYONE and (passed_on or clients.name(request) != NOT_COUNTED):
        detail = "Only this machine may read the numbers (metrics: in publish/site.yaml)."
        return refuse_as_text(request, Problem(403, "Not allowed", detail))
    body = "".join(f"{line}\n" for line in lines)
    return Response(body, headers={"content-type": _TYPE, "cache-control": "no-store"})


def numbers(pool: Pool, quads: int) -> Iterator[str]:
    """Yield the lines about the workers, the store, and this process."""
    state, staff = pool.state(), pool.staff
    ended = [({"why": why}, number) for why, number in sorted(staff.ended.items())]
    for name, key, what in (
        ("musnad_query_workers", "workers", "Workers that are ready."),
        ("musnad_query_workers_idle", "idle", "Workers at rest."),
        ("musnad_queries_waiting", "waiting", "Queries that wait."),
    ):
        yield from metric(name, "gauge", what, [({}, float(str(state[key])))])
    yield from metric("musnad_query_workers_started_total", "counter", "Starts.", [({}, staff.started)])
    yield from metric("musnad_query_workers_ended_total", "counter", "Ends, by reason.", ended)
    yield from metric("musnad_quads", "gauge", "Quads of the store.", [({}, quads)])
    usage = resource.getrusage(resource.RUSAGE_SELF)
    seconds = usage.ru_utime + usage.ru_stime
    yield from metric("process_cpu_seconds_total", "counter", "Processor time.", [({}, seconds)])
    if (pages := Path("/proc/self/statm")).is_file():
        held = int(pages.read_text(encoding="ascii").split()[1]) * resource.getpagesize()
        yield from metric("process_resident_memory_bytes", "gauge", "Memory held.", [({}, held)])
        yield from metric(
            "process_open_fds", "gauge", "Open files.", [({}, len(os.listdir("/proc/self/fd")))]
        )
