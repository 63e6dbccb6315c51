"""Worker processes and the pipes to them: started, lent, ended, replaced.

Chosen over (a) sockets, which a process without network cannot open, and (b) shared memory, which outlives
the processes that are killed.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections import Counter
from collections.abc import Coroutine, Sequence
from typing import Any, Final

import orjson

from musnad.server.spool import Spool
from musnad.server.worker import LENGTHS

_START_SECONDS: Final = 30.0
_END_SECONDS: Final = 2.0
_PAUSE_SECONDS: Final = 1.0
_ENVIRONMENT: Final = {"MALLOC_ARENA_MAX": "2"}  # glibc reserves 64 MB of addresses for each arena
DIED: Final = "died"  # why a worker ended that nobody ended
_LOG: Final = logging.getLogger("uvicorn.error")


class Worker:
    """One process; `asked` counts its questions, `network` says how it was cut off, "" before it is ready."""

    def __init__(self, process: Process) -> None:
        assert process.stdin is not None  # asked for as a pipe, as is stdout
        assert process.stdout is not None
        self.process, self.network, self.asked = process, "", 0
        self._target, self._source = process.stdin, process.stdout

    @classmethod
    async def start(cls, command: Sequence[str]) -> Worker:
        """Return a worker that is starting."""
        environment = os.environ | _ENVIRONMENT
        process = await asyncio.create_subprocess_exec(
            *command, stdin=PIPE, stdout=PIPE, stderr=DEVNULL, env=environment, limit=1 << 20
        )
        return cls(process)

    async def ready(self) -> bool:
        """Wait until the worker takes questions; tell whether it came up."""
        try:
            async with asyncio.timeout(_START_SECONDS):
                head, _ = await self._read()
        except (EOFError, TimeoutError):
            self.kill()
            await self.process.wait()
            return False
        self.network = str(head["network"])
        return True

    async def answer(self, question: bytes, spool: Spool) -> dict[str, Any]:
        """Fill a spool with the answer and return its status, or raise EOFError when the process ended."""
        self.asked += 1
        try:
            self._target.write(LENGTHS.pack(len(question), 0) + question)
            await self._target.drain()
        except (ConnectionError, RuntimeError):
            raise EOFError from None
        while True:
            head, body = await self._read()
            if "status" in head:
                return head
            if "kind" in head:
                spool.begin(head["kind"], head["suffix"])
            else:
                spool.write(body)

    async def _read(self) -> tuple[dict[str, Any], bytes]:
        """Return head and body of the next frame, or raise EOFError when the process has ended."""
        try:
            head, body = LENGTHS.unpack(await self._source.readexactly(LENGTHS.size))
            data = await self._source.readexactly(head)
            return orjson.loads(data), await self._source.readexactly(body)
        except asyncio.IncompleteReadError:
            raise EOFError from None

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


class Staff:
    """So many workers that run one command; `started` and `ended` count them, the ended by reason."""

    def __init__(self, command: Sequence[str], number: int) -> None:
        self._command, self._number = command, number
        self.started, self.ended = 0, Counter[str]()
        self._idle: asyncio.Queue[Worker] = asyncio.Queue()
        self._alive: set[Worker] = set()
        self._tasks: set[asyncio.Task[None]] = set()
        self._told = False

    async def __aenter__(self) -> Staff:
        for _ in range(self._number):
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

    @property
    def ready(self) -> list[Worker]:
        """Return the workers that take questions, or are answering one."""
        return [worker for worker in self._alive if worker.network]

    @property
    def idle(self) -> int:
        """Return how many wait for a question."""
        return self._idle.qsize()

    async def take(self, seconds: float) -> Worker:
        """Return an idle worker, or raise TimeoutError; while the first ones start there is more time."""
        async with asyncio.timeout(seconds if self.ready else _START_SECONDS):
            return await self._idle.get()

    def give(self, worker: Worker) -> None:
        """Take a worker back."""
        self._idle.put_nowait(worker)

    def retire(self, worker: Worker, why: str) -> None:
        """End a worker, if it has not ended by itself, and start another one."""
        self.ended[why] += 1
        if why != DIED:
            worker.kill()
        self._background(self._replace(worker))

    async def _replace(self, worker: Worker) -> None:
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
        worker = await Worker.start(self._command)
        self._alive.add(worker)
        self.started += 1
        if not await worker.ready():
            self._alive.discard(worker)
            return False
        self._idle.put_nowait(worker)
        return True

    def _background(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
