"""Run the application on one machine: bind, say where, serve until told to stop.

The socket is bound here, so that a port in use is one clear line and not a stack. Chosen over (a) uvicorn's
own command, which knows no project, and (b) several server processes: the queries, which cost, have theirs.
Behind a public address a web server such as nginx stands in front (docs/http.md).
"""

from __future__ import annotations

import errno
import signal
import socket
from collections.abc import Callable
from types import FrameType
from typing import Final

import uvicorn
from starlette.types import ASGIApp

from musnad.errors import ServerError

_MOST_CONNECTIONS: Final = 512
_MOST_HEAD: Final = 48 * 1024  # a query of 32 kB in a GET, and its other headers
_IDLE_SECONDS: Final = 15
_STOP_SECONDS: Final = 10


def serve(app: ASGIApp, host: str, port: int, ready: Callable[[str], None] = lambda _: None) -> None:
    """Serve an application until SIGTERM or Ctrl-C, or raise ServerError where the port cannot be had.

    `ready` is told the address when it can be asked.
    """
    with bind(host, port) as listener:
        server = _Server(listener, ready, app)
        before = {each: signal.signal(each, _ignore) for each in (signal.SIGTERM, signal.SIGINT)}
        try:
            server.run(sockets=[listener])
        finally:
            for each, handler in before.items():
                signal.signal(each, handler)


def _ignore(number: int, frame: FrameType | None) -> None:
    """Do nothing: uvicorn, which has stopped by then, raises the signal again."""
    del number, frame


class _Server(uvicorn.Server):
    """A server that says when it listens."""

    def __init__(self, listener: socket.socket, ready: Callable[[str], None], app: object) -> None:
        super().__init__(
            uvicorn.Config(
                app,  # type: ignore[arg-type]  # Starlette is an ASGI application
                loop="asyncio",
                http="h11",
                ws="none",
                lifespan="on",
                log_level="warning",
                access_log=False,
                proxy_headers=False,
                server_header=False,
                limit_concurrency=_MOST_CONNECTIONS,
                h11_max_incomplete_event_size=_MOST_HEAD,
                timeout_keep_alive=_IDLE_SECONDS,
                timeout_graceful_shutdown=_STOP_SECONDS,
            )
        )
        self._listener, self._ready = listener, ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, and tell the address."""
        await super().startup(sockets)
        if self.started:
            host, port = self._listener.getsockname()[:2]
            shown = f"[{host}]" if ":" in host else host
            self._ready(f"http://{shown}:{port}/")


def bind(host: str, port: int) -> socket.socket:
    """Return a socket that is bound, or raise ServerError."""
    where = f"{host}:{port}"
    if not 0 <= port <= 65_535:  # the library would take it modulo 65,536
        raise ServerError(where, "is no port", "ports go from 1 to 65535")
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        listener = socket.socket(family, kind, protocol)
    except OSError as error:
        raise ServerError(where, f"is no address to listen at: {error}", "try --host 127.0.0.1") from None
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(address)
    except OSError as error:
        listener.close()
        if error.errno == errno.EADDRINUSE:
            raise ServerError(where, "the port is in use", "choose another one with --port") from None
        raise ServerError(
            where, f"cannot be bound: {error.strerror}", "try another --port or --host"
        ) from None
    return listener
