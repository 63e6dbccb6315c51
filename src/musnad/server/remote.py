"""A SPARQL server in the place of the store: opened, asked by workers, and told of when it is away.

Queries go through the same guard, lanes and limits as over our own store, in the same worker processes; only
these keep their network, to ask that server. Chosen over (a) a redirect to the server, which would leave it
without our limits, and (b) asking it from this process, where no query can be stopped.

Workers import this module, and start often: what they do not use is imported where it is used.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from musnad.errors import EndpointError
from musnad.iri import Minter
from musnad.server.guard import QueryRefused
from musnad.store import Engine, Store

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from musnad.config import Site
    from musnad.remote import RemoteEngine

RETRY_SECONDS: Final = "30"
_PAGE_SECONDS: Final = 20.0
_TOO_LATE: Final = frozenset({408, 504})
_THEIRS: Final = frozenset({400, 413, 414})  # statuses that say that the query is not to the server's taste


def is_address(place: Path | str) -> bool:
    """Tell whether a store is another server's, named by its address."""
    return isinstance(place, str) and place.startswith(("http://", "https://"))


def engine_at(address: str, base: str, seconds: float = _PAGE_SECONDS) -> RemoteEngine:
    """Return what asks the server whose queries go to an address."""
    from musnad.remote import Remote, RemoteEngine

    return RemoteEngine(Remote(address, seconds=seconds), Minter(base).graph(""))


def open_store(place: Path | str, config: Site) -> Store:
    """Return the store in a folder, or at the address of a server, or raise MusnadError."""
    if isinstance(place, Path):
        return Store.open(place, read_only=True, base=config.base)
    engine = engine_at(place, config.base)
    engine.check()
    return Store(engine, config.base)


def engine_of(place: str, base: str, seconds: float) -> Engine:
    """Return what a worker asks: the store in a folder, or a server."""
    if is_address(place):
        return engine_at(place, base, seconds)
    return Store.open(Path(place), read_only=True, base=base).native


def refusal(error: EndpointError) -> QueryRefused:
    """Return what a client is told of a server that did not answer its query."""
    if error.status in _THEIRS:
        return QueryRefused(error.status, error.problem)
    if error.status in _TOO_LATE:
        return QueryRefused(504, "the query took too long", "ask for less, or download the dataset")
    return QueryRefused(503, "the store behind this service does not answer", "try again later")


async def unavailable(request: Request, _: Exception) -> Response:
    """Return that a page cannot be made now; the server's log has the reason."""
    from musnad.server.replies import Problem, refuse

    problem = Problem(503, "Unavailable", "The store behind this site does not answer. Try again later.")
    return refuse(request, problem, {"retry-after": RETRY_SECONDS})
