"""Run the application on one machine: bind, say where, serve until told to stop.

The socket is bound here, so that a port in use is one clear line and not a stack. Chosen over (a) uvicorn's
own command, which knows no project, and (b) several server processes: the queries, which cost, have theirs.
Slow and broken clients are dealt with in `connections`.
Behind a public address a web server such as nginx stands in front (docs/http.md).
"""

from __future__ import annotations

import errno
import gc
import resource
import signal
import socket
from collections.abc import Callable
from types import FrameType
from typing import Final

import uvicorn
from starlette.types import ASGIApp

from musnad.errors import ServerError
from musnad.server.connections import protocol

_MOST_CONNECTIONS: Final = 512
_OTHER_FILES: Final = 256  # pipes of workers, files, the store
_IDLE_SECONDS: Final = 15
_STOP_SECONDS: Final = 10
_GARBAGE: Final = 10_000  # objects more than before, for which a collection is worth it


def serve(
    app: ASGIApp,
    host: str,
    port: int,
    ready: Callable[[str], None] = lambda _: None,
    connections: int = _MOST_CONNECTIONS,
) -> None:
    """Serve an application until SIGTERM or Ctrl-C, or raise ServerError where the port cannot be had.

    `ready` is told the address when it can be asked; `connections` is how many there may be at once.
    """
    with bind(host, port) as listener:
        server = _Server(listener, ready, app, _allow_files(connections))
        before = {each: signal.signal(each, _ignore) for each in (signal.SIGTERM, signal.SIGINT)}
        try:
            server.run(sockets=[listener])
        finally:
            for each, handler in before.items():
                signal.signal(each, handler)


def _allow_files(connections: int) -> int:
    """Let this process open as many files as the connections need; return how many there can be."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = connections + _OTHER_FILES
    unlimited = hard == resource.RLIM_INFINITY
    if soft < wanted:
        soft = wanted if unlimited else min(wanted, hard)
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    return max(min(connections, soft - _OTHER_FILES), 1)


def _ignore(number: int, frame: FrameType | None) -> None:
    """Do nothing: uvicorn, which has stopped by then, raises the signal again."""
    del number, frame


class _Server(uvicorn.Server):
    """A server that says when it listens."""

    def __init__(
        self, listener: socket.socket, ready: Callable[[str], None], app: object, connections: int
    ) -> None:
        super().__init__(
            uvicorn.Config(
                app,  # type: ignore[arg-type]  # Starlette is an ASGI application
                loop="asyncio",
                http=protocol(connections),
                ws="none",
                lifespan="on",
                log_level="warning",
                access_log=False,
                proxy_headers=False,
                server_header=False,
                timeout_keep_alive=_IDLE_SECONDS,
                timeout_graceful_shutdown=_STOP_SECONDS,
            )
        )
        self._listener, self._ready = listener, ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, and tell the address."""
        await super().startup(sockets)
        gc.freeze()  # what is there now stays: to look through it again and again takes a tenth of a page
        gc.set_threshold(_GARBAGE)
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
