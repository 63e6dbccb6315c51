"""Keep what was made, up to a number of bytes, and make nothing twice at the same time.

Least recently used goes first. Chosen over (a) `functools.lru_cache`, which counts entries and not bytes,
and (b) files, which the static site already is.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from collections.abc import Callable
from typing import Protocol

from starlette.concurrency import run_in_threadpool

from musnad.server.replies import Representation


class Getting(Protocol):
    """What gives representations, kept or made."""

    async def get(self, name: str, make: Callable[[], Representation | None]) -> Representation | None:
        """Return what has a name; None where there is nothing."""


class AtHand:
    """What is kept elsewhere, as files are by the system: to wait for a thread takes longer than to read."""

    async def get(self, name: str, make: Callable[[], Representation | None]) -> Representation | None:
        """Return what is made now."""
        del name
        return make()


class Cache:
    """Representations by the name of their file.

    Where `at_once` holds when one is asked for, it is made without a thread: a page of a store in memory
    takes two milliseconds, and half as much more where two threads take turns.
    """

    def __init__(self, most_bytes: int = 32_000_000, at_once: Callable[[], bool] = lambda: False) -> None:
        self._room, self._at_once = most_bytes, at_once
        self._kept: OrderedDict[str, Representation] = OrderedDict()
        self._making: dict[str, asyncio.Task[Representation | None]] = {}

    async def get(self, name: str, make: Callable[[], Representation | None]) -> Representation | None:
        """Return what is kept under a name, or make it and keep it; None is not kept."""
        if name in self._kept:
            self._kept.move_to_end(name)
            return self._kept[name]
        task = self._making.get(name)
        if task is None and self._at_once():
            shown = make()
            if shown is not None:
                self._keep(name, shown)
            return shown
        if task is None:
            task = self._making[name] = asyncio.create_task(run_in_threadpool(make))
            task.add_done_callback(lambda _: self._making.pop(name, None))
        shown = await asyncio.shield(task)
        if shown is not None and name not in self._kept:
            self._keep(name, shown)
        return shown

    def _keep(self, name: str, shown: Representation) -> None:
        self._kept[name] = shown
        self._room -= _size(shown)
        while self._room < 0:
            _, dropped = self._kept.popitem(last=False)
            self._room += _size(dropped)


def _size(shown: Representation) -> int:
    return len(shown.body) + sum(map(len, shown.packed.values())) + 500
