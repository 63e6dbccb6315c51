"""Which query may run now, so that quick queries do not wait for dear ones.

Nobody knows what a query costs before it has run. So every query begins at once, on any free place, for a
slice of time; a query that takes longer is dear, and only some places are for dear ones: where they are taken
the query is stopped, and begun again when one is free. What a form of query turned out to be is remembered,
so that a dear one waits from the start and a quick one goes before what is unknown. Chosen over (a) a price
that is read from the text, which is wrong in both directions (three patterns may cost a millisecond or an
hour), and (b) workers reserved by that price, which stand idle when they are most needed.
"""

from __future__ import annotations

import asyncio
import contextlib
import heapq
from collections import OrderedDict
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Final

from musnad.server.guard import QueryRefused

_FORMS: Final = 4_096  # that are remembered, least recently used first forgotten
_QUICK, _UNKNOWN = 0, 1  # the order of those who wait


class Busy(QueryRefused):
    """Too many queries are waiting, or no worker is alive."""

    def __init__(self) -> None:
        super().__init__(503, "too many queries are running", "try again in some seconds")


class Places:
    """Places that are taken one by one, and waited for by rank, then in turn."""

    def __init__(self, number: int) -> None:
        self.free, self._turn = number, 0
        self._waiting: list[tuple[int, int, asyncio.Future[None]]] = []

    @property
    def waiting(self) -> int:
        """Return how many wait."""
        return sum(not place.done() for _, _, place in self._waiting)

    def take_free(self) -> bool:
        """Take a place where one is free and nobody waits for it; tell whether it was."""
        if self.free <= 0:
            return False
        self.free -= 1
        return True

    async def take(self, rank: int, seconds: float) -> None:
        """Take a place, or raise Busy when none was free in so many seconds."""
        if self.take_free():
            return
        place = asyncio.get_running_loop().create_future()
        self._turn += 1
        heapq.heappush(self._waiting, (rank, self._turn, place))
        try:
            async with asyncio.timeout(seconds):
                await place
        except BaseException as error:
            if place.done() and not place.cancelled():
                self.give()  # it came while we were leaving
            place.cancel()
            if isinstance(error, TimeoutError):
                raise Busy from None
            raise

    def give(self) -> None:
        """Give a place back: to the first who waits, else to nobody."""
        while self._waiting:
            _, _, place = heapq.heappop(self._waiting)
            if not place.done():
                place.set_result(None)
                return
        self.free += 1


@dataclass(slots=True)
class Turn:
    """One run of a query: the seconds that it has before it counts as dear, None where it does already."""

    slice: float | None
    _dear: Places
    _holds: bool = False

    def go_on(self) -> bool:
        """Tell whether a query whose slice is over may go on, as a dear one."""
        self._holds = self._holds or self._dear.take_free()
        return self._holds

    def leave(self) -> None:
        """Give the place of a dear query back."""
        if self._holds:
            self._dear.give()


@dataclass(slots=True)
class Lanes:
    """The places of a pool, and what is known of the forms of queries."""

    dear: Places
    all: Places
    slice: float
    most_waiting: int  # of dear ones: quick ones are through before that many are there
    seconds: float  # the longest wait
    waiting: int = 0
    _known: OrderedDict[str, bool] = field(default_factory=OrderedDict)

    def is_dear(self, form: str) -> bool:
        """Tell whether the last query of this form was dear."""
        return self._known.get(form, False)

    def learn(self, form: str, dear: bool) -> None:
        """Remember what a query turned out to be; of no query the form is ""."""
        if not form:
            return
        self._known[form] = dear
        self._known.move_to_end(form)
        if len(self._known) > _FORMS:
            self._known.popitem(last=False)

    @contextlib.asynccontextmanager
    async def turn(self, form: str, dear: bool) -> AsyncIterator[Turn]:
        """Wait for a place and give it back, or raise Busy where too many wait or for too long."""
        async with contextlib.AsyncExitStack() as stack:
            if dear:
                if self.dear.waiting >= self.most_waiting:
                    raise Busy
                await self._take(self.dear, _UNKNOWN)
                stack.callback(self.dear.give)
            rank = _QUICK if self._known.get(form) is False else _UNKNOWN
            await self._take(self.all, rank)
            stack.callback(self.all.give)
            turn = Turn(None if dear else self.slice, self.dear)
            stack.callback(turn.leave)
            yield turn

    async def _take(self, places: Places, rank: int) -> None:
        if places.take_free():
            return
        self.waiting += 1
        try:
            await places.take(rank, self.seconds)
        finally:
            self.waiting -= 1
