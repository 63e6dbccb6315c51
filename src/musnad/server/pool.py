"""Worker processes that answer queries, each of which can be killed without harm.

A spare worker is warm, so that killing one costs the next query nothing. A query that runs too long, whose
client has gone, or whose worker died is ended with SIGKILL and its worker replaced. Chosen over (a)
ProcessPoolExecutor, which loses the pool with one worker, and (b) a new process for every query, which pays
for opening the store each time.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import sys
from collections.abc import Coroutine
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import orjson

from musnad.config import Site
from musnad.server.guard import QueryRefused
from musnad.server.queries import Question
from musnad.server.worker import LENGTHS

_START_SECONDS: Final = 30.0
_PAUSE_SECONDS: Final = 1.0
_END_SECONDS: Final = 2.0
_RECYCLE: Final = 1_000
_ENVIRONMENT: Final = {"MALLOC_ARENA_MAX": "2"}  # glibc reserves 64 MB of addresses for each arena
_LOG: Final = logging.getLogger("uvicorn.error")


@dataclass(frozen=True, slots=True)
class Limits:
    """What queries may use: workers at once, warm spares, seconds, megabytes, rows, queue."""

    workers: int = 2
    spares: int = 1
    seconds: float = 10.0
    megabytes: int = 1024
    rows: int = 10_000
    queue: int = 20
    queue_seconds: float = 5.0

    @classmethod
    def of(cls, site: Site) -> Limits:
        """Return the limits that the configuration of a site sets."""
        return cls(
            workers=site.query_workers,
            seconds=site.query_seconds,
            megabytes=site.query_memory_mb,
            rows=site.query_rows,
        )

    @property
    def processor_seconds(self) -> int:
        """Return the processor time of one query; more than its wall time, for the threads of the store."""
        return int(self.seconds * 1.5) + 1


@dataclass(frozen=True, slots=True)
class Reply:
    """What a worker sent: the kind of the answer, the suffix of its format, its bytes."""

    kind: str
    suffix: str
    body: bytes


class Busy(QueryRefused):
    """Too many queries are waiting, or no worker is alive."""

    def __init__(self) -> None:
        super().__init__(503, "too many queries are running", "try again in some seconds")


class _Worker:
    """One process and its pipes."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        assert process.stdin is not None  # asked for as a pipe, as is stdout
        assert process.stdout is not None
        self.process, self.network, self.asked = process, "", 0
        self._target, self._source = process.stdin, process.stdout

    async def read(self) -> tuple[dict[str, Any], bytes]:
        """Return head and body of the next frame, or raise EOFError when the process has ended."""
        try:
            head, body = LENGTHS.unpack(await self._source.readexactly(LENGTHS.size))
            data = await self._source.readexactly(head)
            return orjson.loads(data), await self._source.readexactly(body)
        except asyncio.IncompleteReadError:
            raise EOFError from None

    async def ask(self, question: bytes) -> tuple[dict[str, Any], bytes]:
        """Return the reply to a question, or raise EOFError when the process has ended."""
        self.asked += 1
        try:
            self._target.write(LENGTHS.pack(len(question), 0) + question)
            await self._target.drain()
        except (ConnectionError, RuntimeError):
            raise EOFError from None
        return await self.read()

    def kill(self) -> None:
        """End the process at once; of one that has ended by itself, the exit code is lost."""
        with contextlib.suppress(ProcessLookupError):
            self.process.kill()
        self._target.close()

    async def ended(self) -> int:
        """Return the exit code of a process whose pipe is closed, or that was killed."""
        try:
            async with asyncio.timeout(_END_SECONDS):
                return await self.process.wait()
        except TimeoutError:
            self.kill()
            return await self.process.wait()


class Pool:
    """The workers of one store."""

    def __init__(self, store: Path, base: str, limits: Limits) -> None:
        self.limits = limits
        arguments = (store, limits.megabytes, limits.processor_seconds, limits.rows, base)
        self._command = [sys.executable, "-P", "-m", "musnad.server.worker", *map(str, arguments)]
        self._idle: asyncio.Queue[_Worker] = asyncio.Queue()
        self._slots = asyncio.Semaphore(limits.workers)
        self._waiting, self._told = 0, False
        self._alive: set[_Worker] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Pool:
        for _ in range(self.limits.workers + self.limits.spares):
            self._background(self._hire())
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        workers = list(self._alive)
        for worker in workers:
            worker.kill()
        await asyncio.gather(*(worker.process.wait() for worker in workers))

    def state(self) -> dict[str, object]:
        """Return what a health check wants to know."""
        ready = [worker for worker in self._alive if worker.network]
        return {
            "workers": len(ready),
            "idle": self._idle.qsize(),
            "waiting": self._waiting,
            "network": sorted({worker.network for worker in ready}),
        }

    async def ask(self, question: Question) -> Reply:
        """Return the answer to a question, or raise QueryRefused.

        503 when more than `queue` wait or no worker was free in `queue_seconds`, 504 after `seconds`.
        """
        if self._waiting >= self.limits.queue:
            raise Busy
        self._waiting += 1
        try:
            async with asyncio.timeout(self.limits.queue_seconds):
                await self._slots.acquire()
        except TimeoutError:
            raise Busy from None
        finally:
            self._waiting -= 1
        try:
            return await self._put(orjson.dumps(question))
        finally:
            self._slots.release()

    async def _put(self, question: bytes) -> Reply:
        """Put a question to idle workers until one is not killed by somebody else."""
        deadline = asyncio.get_running_loop().time() + self.limits.seconds
        for _ in range(self.limits.workers + self.limits.spares + 1):
            try:
                async with asyncio.timeout(self.limits.queue_seconds):
                    worker = await self._idle.get()
            except TimeoutError:
                raise Busy from None
            try:
                head, body = await self._run(worker, question, deadline)
            except EOFError:
                code = await worker.ended()
                if code == -signal.SIGKILL:
                    continue
                raise self._death(code) from None
            if head["status"] != 200:
                raise QueryRefused(head["status"], head["problem"], head["remedy"])
            return Reply(head["kind"], head["suffix"], body)
        raise Busy

    async def _run(self, worker: _Worker, question: bytes, deadline: float) -> tuple[dict[str, Any], bytes]:
        """Return the reply of a worker; whatever else happens, the worker is replaced."""
        kept = ended = False
        try:
            async with asyncio.timeout_at(deadline):
                reply = await worker.ask(question)
            kept = worker.asked < _RECYCLE
            return reply
        except EOFError:
            ended = True
            raise
        except TimeoutError:
            problem = f"the query took more than {self.limits.seconds:g} seconds"
            raise QueryRefused(504, problem, "ask for less, or download the dataset") from None
        finally:
            if kept:
                self._idle.put_nowait(worker)
            else:
                if not ended:
                    worker.kill()
                self._background(self._replace(worker))

    def _death(self, code: int) -> QueryRefused:
        """Return what the death of a worker says about its query."""
        if code == -signal.SIGXCPU:
            return QueryRefused(504, "the query took too much processor time", "ask for less")
        if code == -signal.SIGSEGV:
            return QueryRefused(400, "the query is nested too deeply", "split it")
        problem = f"the query needs more than {self.limits.megabytes} MB of memory"
        return QueryRefused(413, problem, "ask for less, or download the dataset")

    async def _replace(self, worker: _Worker) -> None:
        await worker.ended()
        self._alive.discard(worker)
        await self._hire()

    async def _hire(self) -> None:
        """Start a worker and try again for as long as it does not come up; say so once."""
        while not await self._start():
            if not self._told:
                _LOG.error("a query worker did not start: is the store whole, and is there enough memory?")
            self._told = True
            await asyncio.sleep(_PAUSE_SECONDS)
        self._told = False

    async def _start(self) -> bool:
        """Start a worker; tell whether it came up."""
        process = await asyncio.create_subprocess_exec(
            *self._command,
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.DEVNULL,
            env=os.environ | _ENVIRONMENT,
            limit=1 << 20,
        )
        worker = _Worker(process)
        self._alive.add(worker)
        try:
            async with asyncio.timeout(_START_SECONDS):
                head, _ = await worker.read()
        except (EOFError, TimeoutError):
            worker.kill()
            await process.wait()
            self._alive.discard(worker)
            return False
        worker.network = str(head["network"])
        self._idle.put_nowait(worker)
        return True

    def _background(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
