"""Worker processes that answer queries, each of which can be killed without harm.

A spare worker is warm, so that killing one costs the next query nothing. A query that runs too long, whose
client has gone, or whose worker died is ended with SIGKILL and its worker replaced. Which query may run is
decided by `lanes`. Chosen over (a) ProcessPoolExecutor, which loses the pool with one worker, and (b) a new
process for every query, which pays for opening the store each time.
"""

from __future__ import annotations

import asyncio
import signal
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import orjson

from musnad.config import Site
from musnad.server.guard import QueryRefused
from musnad.server.lanes import Busy, Lanes, Places, Turn
from musnad.server.queries import Question
from musnad.server.spool import Spool
from musnad.server.workers import DIED, Staff, Worker

_RECYCLE: Final = 1_000
_LOOK_SECONDS: Final = 0.05  # while a query over its slice keeps nobody waiting


@dataclass(frozen=True, slots=True)
class Limits:
    """What queries may use: dear ones at once, places beside them, spares, time, memory, results, queue."""

    workers: int = 2
    quick_workers: int = 1
    spares: int = 1
    quick_seconds: float = 0.25
    seconds: float = 10.0
    megabytes: int = 1024
    rows: int = 10_000
    result_mb: int = 64
    queue: int = 20
    queue_seconds: float = 5.0

    @classmethod
    def of(cls, site: Site) -> Limits:
        """Return the limits that the configuration of a site sets."""
        return cls(
            workers=site.query_workers,
            quick_workers=site.query_quick_workers,
            quick_seconds=site.query_quick_seconds,
            seconds=site.query_seconds,
            megabytes=site.query_memory_mb,
            rows=site.query_rows,
            result_mb=site.query_result_mb,
            queue=site.query_queue,
            queue_seconds=site.query_queue_seconds,
        )

    @property
    def at_once(self) -> int:
        """Return the number of queries that run at once."""
        return self.workers + self.quick_workers

    @property
    def processor_seconds(self) -> int:
        """Return the processor time of one query; more than its wall time, for the threads of the store."""
        return int(self.seconds * 1.5) + 1


@dataclass(slots=True)
class Run:
    """What became of a query: its form, whether it was dear, rows, seconds of wall and of processor time."""

    form: str = ""
    dear: bool = False
    rows: int = 0
    seconds: float = 0.0
    processor_seconds: float = 0.0


class _Preempted(Exception):
    """A query used its slice up, and no place for a dear one is free."""


@dataclass(slots=True)
class _Job:
    """A question as a worker takes it, where its answer goes, its turn, and when a worker began with it."""

    question: bytes
    spool: Spool
    turn: Turn
    began: float = 0.0

    @property
    def seconds(self) -> float:
        """Return how long it has run."""
        return time.monotonic() - self.began if self.began else 0.0


class Pool:
    """The workers of one store."""

    def __init__(self, store: Path | str, base: str, limits: Limits) -> None:
        self.limits = limits
        most = limits.result_mb * 1_000_000
        arguments = (store, limits.megabytes, limits.processor_seconds, limits.rows, most, base)
        command = [sys.executable, "-P", "-m", "musnad.server.worker", *map(str, arguments)]
        self.staff = Staff(command, limits.at_once + limits.spares)
        dear, all_places = Places(limits.workers), Places(limits.at_once)
        self._lanes = Lanes(dear, all_places, limits.quick_seconds, limits.queue, limits.queue_seconds)

    async def __aenter__(self) -> Pool:
        await self.staff.__aenter__()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.staff.__aexit__()

    def state(self) -> dict[str, object]:
        """Return what a health check wants to know."""
        ready = self.staff.ready
        return {
            "workers": len(ready),
            "idle": self.staff.idle,
            "waiting": self._lanes.waiting,
            "network": sorted({worker.network for worker in ready}),
        }

    async def ask(self, question: Question, spool: Spool, run: Run) -> None:
        """Fill a spool with the answer to a question, and end it, with what refused it where that is so.

        503 when `queue` dear ones wait or no worker was free in `queue_seconds`, 504 after `seconds`.
        """
        refused: QueryRefused | None = QueryRefused(503, "the service is stopping")
        try:
            await self._ask(question, spool, run)
            refused = None
        except QueryRefused as error:
            refused = error
        finally:
            spool.end(refused)

    async def _ask(self, question: Question, spool: Spool, run: Run) -> None:
        asked, run.dear = orjson.dumps(question), self._lanes.is_dear(run.form)
        if not run.dear:
            try:
                return await self._in_turn(asked, spool, run)
            except _Preempted:
                run.dear = True
        return await self._in_turn(asked, spool, run)

    async def _in_turn(self, question: bytes, spool: Spool, run: Run) -> None:
        async with self._lanes.turn(run.form, run.dear) as turn:
            job = _Job(question, spool, turn)
            try:
                await self._put(job, run)
                self._lanes.learn(run.form, job.seconds > self.limits.quick_seconds)
            except (QueryRefused, _Preempted):
                if job.seconds > self.limits.quick_seconds:
                    self._lanes.learn(run.form, True)
                raise
            finally:
                run.seconds += job.seconds

    async def _put(self, job: _Job, run: Run) -> None:
        """Put a question to idle workers until one is not killed by somebody else."""
        for _ in range(self.limits.at_once + self.limits.spares + 1):
            try:
                worker = await self.staff.take(self.limits.queue_seconds)
            except TimeoutError:
                raise Busy from None
            job.began = job.began or time.monotonic()
            try:
                head = await self._run(worker, job)
            except EOFError:
                code = await worker.ended()
                if code == -signal.SIGKILL and not job.spool.begun:
                    job.began = 0.0
                    continue
                raise self._death(code) from None
            run.rows, run.processor_seconds = head.get("rows", 0), head["seconds"]
            if head["status"] != 200:
                raise QueryRefused(head["status"], head["problem"], head["remedy"])
            return
        raise Busy

    async def _run(self, worker: Worker, job: _Job) -> dict[str, Any]:
        """Return what a worker says of its answer; whatever else happens, the worker is replaced."""
        why = "left"  # unless we learn better: the client has gone
        answering = asyncio.create_task(worker.answer(job.question, job.spool))
        try:
            async with asyncio.timeout(self.limits.seconds - job.seconds):
                await asyncio.wait({answering}, timeout=job.turn.slice)
                while not (answering.done() or job.turn.go_on() or job.spool.begun):
                    if self._lanes.all.waiting and self.staff.idle:
                        why = "preempted"
                        raise _Preempted
                    await asyncio.wait({answering}, timeout=_LOOK_SECONDS)
                head = await answering
            why = "recycled" if worker.asked >= _RECYCLE else ""
            return head
        except EOFError:
            why = DIED
            raise
        except TimeoutError:
            why = "slow"
            problem = f"the query took more than {self.limits.seconds:g} seconds"
            raise QueryRefused(504, problem, "ask for less, or download the dataset") from None
        finally:
            answering.cancel()
            if why:
                self.staff.retire(worker, why)
            else:
                self.staff.give(worker)

    def _death(self, code: int) -> QueryRefused:
        """Return what the death of a worker says about its query."""
        if code == -signal.SIGXCPU:
            return QueryRefused(504, "the query took too much processor time", "ask for less")
        if code == -signal.SIGSEGV:
            return QueryRefused(400, "the query is nested too deeply", "split it")
        problem = f"the query needs more than {self.limits.megabytes} MB of memory"
        return QueryRefused(413, problem, "ask for less, or download the dataset")
