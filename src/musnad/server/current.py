"""The build that is served now: one that takes its place is seen without a restart.

The file that a finished build is marked with is looked at when requests come, at most once a second; where it
is another one, the new build is opened beside, takes over, and the old one is closed when its last request is
answered. Where it cannot be opened the old one stays. Chosen over (a) a watcher of the file system, which is
another one on each system and sees no change on network drives, and (b) a signal, which whoever builds would
have to send.
"""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.types import Message, Receive, Scope, Send

from musnad.errors import MusnadError

_LOOK_SECONDS: Final = 1.0
_LOG: Final = logging.getLogger("uvicorn.error")

State = tuple[int, int, int]  # inode, time and size of the mark; all 0 where there is none


@dataclass(eq=False, slots=True)
class _Served:
    """One application, the requests that it is answering, and what ends it."""

    app: Starlette
    answering: int = 0
    idle: asyncio.Event = field(default_factory=asyncio.Event)
    life: AbstractAsyncContextManager[object] | None = None

    async def start(self) -> None:
        """Start what the application runs beside requests."""
        self.life = self.app.router.lifespan_context(self.app)
        await self.life.__aenter__()

    async def end(self) -> None:
        """End it when every request is answered."""
        while self.answering:
            self.idle.clear()
            await self.idle.wait()
        if self.life is not None:
            await self.life.__aexit__(None, None, None)
            self.life = None


class Current:
    """An ASGI application that is the one of the build that is there now."""

    def __init__(
        self, mark: Path, make: Callable[[], Starlette], look_seconds: float = _LOOK_SECONDS
    ) -> None:
        self._mark, self._make, self._every = mark, make, look_seconds
        self._seen = self._state()  # before the build is opened: what comes while it is, is seen next
        self._served = _Served(make())
        self._look_at = 0.0
        self._tasks: set[asyncio.Task[None]] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on to the build that is there now."""
        if scope["type"] == "lifespan":
            await self._live(receive, send)
            return
        now = asyncio.get_running_loop().time()
        if now >= self._look_at:
            self._look_at = now + self._every
            self._look()
        served = self._served
        served.answering += 1
        try:
            await served.app(scope, receive, send)
        finally:
            served.answering -= 1
            if not served.answering:
                served.idle.set()

    def _look(self) -> None:
        """Begin to open another build where there is one; of two that come at once the last is opened."""
        state = self._state()
        if state != self._seen and any(state) and not self._tasks:
            self._seen = state
            task = asyncio.create_task(self._replace())
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)

    async def _replace(self) -> None:
        try:
            fresh = _Served(await run_in_threadpool(self._make))
            await fresh.start()
        except MusnadError as error:
            _LOG.error("the new build cannot be served, the old one still is: %s", error)
            return
        old, self._served = self._served, fresh
        await old.end()

    async def _live(self, receive: Receive, send: Send) -> None:
        """Start and end with the server (https://asgi.readthedocs.io/en/latest/specs/lifespan.html)."""
        await receive()
        await self._served.start()
        await send(_said("startup"))
        await receive()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._served.answering = 0
        await self._served.end()
        await send(_said("shutdown"))

    def _state(self) -> State:
        try:
            found = os.stat(self._mark)
        except OSError:  # between the removal of one build and the coming of another
            return 0, 0, 0
        return found.st_ino, found.st_mtime_ns, found.st_size


def _said(what: str) -> Message:
    return {"type": f"lifespan.{what}.complete"}
