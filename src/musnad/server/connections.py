"""One connection: it asks in time and reads in time, or it is cut; of too many the idlest goes first.

The library has one timer, for the time between two requests. Here a request's head and its body have each a
time in which they must be whole, and an answer one in which some of it must be read. Where there are as many
connections as may be, the one that has asked for nothing for the longest makes room, so that thousands of
slow ones keep nobody out. Chosen over (a) refusing the newest, which is the honest client, and (b) leaving it
to the web server in front, which one's own machine does not have.

Requests are read by llhttp, the parser of Node.js: as strict as one in Python, in half the time.
"""

from __future__ import annotations

import asyncio
import logging
import re
import socket
import struct
import sys
from typing import Any, Final

import httptools
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

from musnad.server.replies import ALWAYS

HEAD_BYTES: Final = 48 * 1024  # a query of 32 kB in a GET, and its other headers
HEAD_SECONDS: Final = 10.0
BODY_SECONDS: Final = 10.0
READ_SECONDS: Final = 15.0
_LINGER_SECONDS: Final = 2.0  # for a client that is still sending to see why it is refused
_AT_ONCE: Final = struct.pack("ii", 1, 0)
_HEAD, _BODY, _IDLE, _ANSWER = "head", "body", "idle", "answer"
_SECONDS: Final = {_HEAD: HEAD_SECONDS, _BODY: BODY_SECONDS}
_METHOD: Final = re.compile(rb"[A-Z]{1,20} ")
_WHY: Final = {
    400: "Bad request",
    408: "Request timeout",
    414: "URI too long",
    431: "Header fields too large",
    501: "Not implemented",
}

_LOG: Final = logging.getLogger(__name__)
_LOG.setLevel(logging.ERROR)  # what strangers send is not worth a line each
_LOG.addFilter(lambda record: "without completing" not in record.getMessage())  # broken off on purpose


class _Objection(Exception):  # it leaves the parser, and never this module
    """What speaks against a request, as a status."""

    def __init__(self, status: int) -> None:
        super().__init__(status)
        self.status = status


class _Heads(HttpToolsProtocol):
    """Reads the heads of requests; objects to what is too large, and to what two servers read differently."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.in_head = False  # whether one has begun and is not whole
        self._line = False  # whether its first line is
        self._size = 0  # of its bytes

    def grow(self, data: bytes) -> bool:
        """Count bytes of a head that is not whole yet; tell whether there may be so many."""
        self._line = self._line or b"\n" in data
        self._size += len(data)
        return self._size <= HEAD_BYTES

    @property
    def too_large(self) -> int:
        """Return the status of a head that is too large."""
        return 431 if self._line else 414

    def on_message_begin(self) -> None:
        """Begin a head."""
        super().on_message_begin()
        self.in_head, self._line, self._size = True, False, 0

    def on_url(self, url: bytes) -> None:
        """Take a part of the address."""
        super().on_url(url)
        if len(self.url) > HEAD_BYTES:
            raise _Objection(414)

    def on_header(self, name: bytes, value: bytes) -> None:
        """Take a header."""
        self._line = True
        super().on_header(name, value)

    def on_headers_complete(self) -> None:
        """Answer a request, if its head is one that everybody reads in the same way."""
        self.in_head = False
        length = len(self.url) + sum(len(name) + len(value) + 4 for name, value in self.headers)
        if length > HEAD_BYTES:
            raise _Objection(431)
        given, version = dict(self.headers), self.parser.get_http_version()
        unnamed = version == "1.1" and b"host" not in given
        coded = given.get(b"transfer-encoding", b"chunked").lower() != b"chunked"
        if version not in {"1.0", "1.1"} or unnamed or coded:
            raise _Objection(400)
        super().on_headers_complete()
        if self.parser.should_upgrade():  # we know no other protocol; what follows may be of one
            self.cycle.keep_alive = False


class Connection(_Heads):
    """A connection of HTTP/1.1; `most` is set by the server, which knows how many there may be."""

    most = 512

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.logger = _LOG
        self._state, self._since = _IDLE, 0.0
        self._late: asyncio.TimerHandle | None = None
        self._unread: asyncio.TimerHandle | None = None
        self._refused = False
        self._data = b""  # that came last

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take a new connection; where that is one too many, cut the idlest."""
        super().connection_made(transport)
        self._enter(_HEAD)
        if len(self.connections) > self.most:
            self._make_room()

    def _make_room(self) -> None:
        asking = [each for each in self.connections if isinstance(each, Connection) and each.is_idle]
        min(asking, key=lambda each: each._since, default=self).cut()

    @property
    def is_idle(self) -> bool:
        """Tell whether nothing whole has been asked."""
        return self._state in {_HEAD, _IDLE} and not self.transport.is_closing()

    def cut(self) -> None:
        """End the connection at once."""
        self.connections.discard(self)
        self.transport.abort()

    def _drop(self) -> None:
        """End the connection, and what the system still holds of its answer (SO_LINGER of 0)."""
        if (link := self.transport.get_extra_info("socket")) is not None:
            link.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _AT_ONCE)
        self.cut()

    # ---- what comes in

    def data_received(self, data: bytes) -> None:
        """Take bytes of a request; of one that is refused nothing more is read."""
        if self._refused:
            return
        self._data = data
        super().data_received(data)
        if self.in_head and not self._refused and not self.grow(data):
            self._refuse(self.too_large)
            return
        self._look(_HEAD)

    def on_response_complete(self) -> None:
        """Wait for the next request."""
        super().on_response_complete()
        self._look(_HEAD if self.in_head else _IDLE)

    def _look(self, otherwise: str) -> None:
        """Enter the state in which the connection is now; without a request in work it is `otherwise`."""
        if self.cycle is None or self.cycle.response_complete:
            self._enter(otherwise)
        else:
            self._enter(_BODY if self.cycle.more_body else _ANSWER)

    def _enter(self, state: str) -> None:
        if state == self._state or self._refused:
            return
        self._state, self._since = state, self.loop.time()
        if self._late:
            self._late.cancel()
            self._late = None
        if state in _SECONDS:
            self._late = self.loop.call_later(_SECONDS[state], self._is_late)

    def _is_late(self) -> None:
        if self._state == _BODY and self.cycle.response_started:
            self.cut()
        elif self._state == _HEAD and not self.in_head:
            self.cut()  # nothing was asked, so nothing is answered
        else:
            self._refuse(408)

    def send_400_response(self, msg: str) -> None:
        """Refuse what is no request, once, whatever has been answered before."""
        del msg
        if self.cycle is not None and not self.cycle.response_complete:
            self.cut()  # it is in the middle of another answer
        else:
            self._refuse(self._why())

    def _why(self) -> int:
        """Return the status of what the parser objected to."""
        error = sys.exception()
        if error is not None and isinstance(error.__context__, _Objection):
            return error.__context__.status
        unknown = isinstance(error, httptools.HttpParserInvalidMethodError)
        return 501 if unknown and _METHOD.match(self._data) else 400

    def _refuse(self, status: int) -> None:
        title = f"{status} {_WHY[status]}"
        length = str(len(title) + 1)
        headers = {"content-type": "text/plain; charset=utf-8", "content-length": length, **ALWAYS}
        lines = [f"HTTP/1.1 {title}", *(f"{name}: {value}" for name, value in headers.items())]
        self.transport.write("\r\n".join([*lines, "connection: close", "", f"{title}\n"]).encode("ascii"))
        self._refused = True
        if self.cycle is not None:
            self.cycle.disconnected = True
            self.cycle.message_event.set()
        if self.transport.can_write_eof():
            self.transport.write_eof()
        if self._late:
            self._late.cancel()
        self._late = self.loop.call_later(_LINGER_SECONDS, self.cut)

    def shutdown(self) -> None:
        """End the connection when its answer is sent."""
        if self._refused:
            self.cut()
        else:
            super().shutdown()

    # ---- what goes out

    def pause_writing(self) -> None:
        """Give the client a time in which to read something."""
        super().pause_writing()
        self._unread = self.loop.call_later(READ_SECONDS, self._drop)

    def resume_writing(self) -> None:
        """Take note that the client reads."""
        super().resume_writing()
        if self._unread:
            self._unread.cancel()
            self._unread = None

    def connection_lost(self, exc: Exception | None) -> None:
        """Forget the connection and its timers."""
        for timer in (self._late, self._unread):
            if timer:
                timer.cancel()
        super().connection_lost(exc)


def protocol(most: int) -> type[Connection]:
    """Return the class of the connections of a server that may have so many."""
    return type("LimitedConnection", (Connection,), {"most": most})
