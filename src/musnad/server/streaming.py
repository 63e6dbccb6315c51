"""Send an answer that is too long to be kept: packed on the way, and never complete where it is not whole.

The status has been sent when a limit is met in the middle, so the connection is broken off: with chunked
coding (RFC 9112, section 7.1) no client takes what it has for the whole. A client of HTTP/1.0 could not tell,
so it waits for the end and is told the length. Chosen over (a) a line of text at the end, which is data to a
reader of CSV, and (b) trailers, which hardly any client reads.
"""

from __future__ import annotations

import asyncio
import contextlib
import zlib
from collections.abc import AsyncIterator, Callable, Mapping
from typing import Any, Final

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from musnad.server.guard import QueryRefused
from musnad.server.media import negotiate_coding
from musnad.server.spool import Spool
from musnad.site.codings import optional

_LONGEST_SECONDS: Final = 600.0  # of one download
_GZIP: Final = 16 + zlib.MAX_WBITS
_LEVELS: Final = {"zstd": 3, "gzip": 5}  # for what is packed once and sent once


def packer(coding: str) -> Any:
    """Return what packs a body piece by piece, with `compress` and `flush`."""
    zstandard = optional("zstandard") if coding == "zstd" else None
    if zstandard:
        return zstandard.ZstdCompressor(level=_LEVELS["zstd"]).compressobj()
    return zlib.compressobj(_LEVELS["gzip"], zlib.DEFLATED, _GZIP)


def pack(body: bytes, coding: str) -> bytes:
    """Return a body in a coding."""
    packs = packer(coding)
    return bytes(packs.compress(body) + packs.flush())


def answer_coding(request: Request) -> str:
    """Return the coding of an answer that is made for one client: zstd, gzip, or "" for none."""
    offered = ("zstd", "gzip") if optional("zstandard") else ("gzip",)
    return negotiate_coding(request.headers.get("accept-encoding"), offered)


class Streamed(Response):
    """A response with the bytes of a spool, which may still grow; `then` is called at its end."""

    then: Callable[[], object]

    def __init__(self, spool: Spool, headers: Mapping[str, str], coding: str) -> None:
        self.status_code, self.background = 200, None
        self._spool, self._coding = spool, coding
        more = {"content-encoding": coding} if coding else {}
        if spool.ended and not coding:
            more["content-length"] = str(spool.size)
        self.init_headers({**headers, **more})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the answer until its end, or until a limit or the client breaks it off."""
        await send({"type": "http.response.start", "status": 200, "headers": self.raw_headers})
        sending = asyncio.create_task(self._send(scope["method"], send))
        leaving = asyncio.create_task(left(receive))
        try:
            await asyncio.wait(
                {sending, leaving}, timeout=_LONGEST_SECONDS, return_when=asyncio.FIRST_COMPLETED
            )
        finally:
            for task in (sending, leaving):
                task.cancel()
            await asyncio.gather(sending, leaving, return_exceptions=True)
            self.then()

    async def _send(self, method: str, send: Send) -> None:
        if method != "HEAD":
            with contextlib.suppress(QueryRefused):  # its status comes too late; what is cut says so itself
                async for block in self._blocks():
                    await send({"type": "http.response.body", "body": block, "more_body": True})
                    await asyncio.sleep(0)  # sending need not wait: let others run, and see who left
                await send({"type": "http.response.body", "body": b""})
            return
        await send({"type": "http.response.body", "body": b""})

    async def _blocks(self) -> AsyncIterator[bytes]:
        if not self._coding:
            async for block in self._spool.blocks():
                yield block
            return
        packs = packer(self._coding)
        async for block in self._spool.blocks():
            if packed := await run_in_threadpool(packs.compress, block):
                yield packed
        yield packs.flush()

    def init_headers(self, headers: Mapping[str, str] | None = None) -> None:
        """Set the headers, and no length where it is not known."""
        self.raw_headers = [
            (name.encode("latin-1"), value.encode("latin-1")) for name, value in (headers or {}).items()
        ]


async def left(receive: Receive) -> None:
    """Return when the client has closed the connection."""
    while (await receive())["type"] != "http.disconnect":
        pass
