"""The bytes of one answer on their way from a worker to a client.

They are taken as fast as the worker writes them, so that a slow reader keeps no worker, and given as fast as
the client reads: up to 8 MB wait in memory, more in a file without a name. An answer that fits into memory
is whole before its first byte is sent, so that its status is right; a longer one is sent while it grows.
Chosen over (a) passing blocks on at once, with which every refusal comes too late for a status, and (b)
making the worker wait for its reader, which would then hold one of few workers.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from tempfile import SpooledTemporaryFile
from typing import Final

from musnad.server.guard import QueryRefused

HELD_BYTES: Final = 8_000_000
_BLOCK: Final = 1 << 18


class Spool:
    """An answer that grows; `kind` and `suffix` are known when it is settled."""

    def __init__(self) -> None:
        self.kind = self.suffix = ""
        self.size, self.ended = 0, False
        self.refused: QueryRefused | None = None
        self._bytes = SpooledTemporaryFile(max_size=HELD_BYTES)  # noqa: SIM115  # closed with the visit
        self._grown = asyncio.Event()

    # ---- the side of the worker

    def begin(self, kind: str, suffix: str) -> None:
        """Take note of what is coming; what another worker wrote before it died is forgotten."""
        self.kind, self.suffix, self.size = kind, suffix, 0

    def write(self, block: bytes) -> None:
        """Take some bytes, or raise QueryRefused where the disk has no room for them."""
        try:
            self._bytes.seek(self.size)
            self._bytes.write(block)
        except (OSError, ValueError):  # ValueError: closed, the client has gone
            raise QueryRefused(503, "no room for the answer", "ask for less, or try again later") from None
        self.size += len(block)
        self._grown.set()

    def end(self, refused: QueryRefused | None = None) -> None:
        """Say that nothing more comes, and where it is not whole, why."""
        self.refused, self.ended = refused, True
        self._grown.set()

    @property
    def begun(self) -> bool:
        """Tell whether a client may have a part already, so that nothing can be taken back."""
        return self.size > HELD_BYTES

    # ---- the side of the client

    async def settle(self, whole: bool) -> None:
        """Return when the answer is whole, or so long that it is sent while it grows; raise what refused it.

        `whole` waits for the end however long it is.
        """
        while not self.ended and (whole or not self.begun):
            self._grown.clear()
            await self._grown.wait()
        if self.ended and self.refused:
            raise self.refused

    def read(self) -> bytes:
        """Return all that is there."""
        self._bytes.seek(0)
        return self._bytes.read(self.size)

    async def blocks(self) -> AsyncIterator[bytes]:
        """Yield the answer from its beginning to its end, or raise what refused it in the middle."""
        place = 0
        while True:
            while place < self.size:
                self._bytes.seek(place)
                block = self._bytes.read(min(_BLOCK, self.size - place))
                place += len(block)
                yield block
            if self.ended:
                break
            self._grown.clear()
            await self._grown.wait()
        if self.refused:
            raise self.refused

    def close(self) -> None:
        """Give memory and file back."""
        self._bytes.close()
