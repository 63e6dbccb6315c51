"""One connection: it asks in time and reads in time, or it is cut; of too many the idlest goes first.

The library has one timer, for the time between two requests. Here a request's head and its body have each a
time in which they must be whole, and an answer one in which some of it must be read. Where there are as many
connections as may be, the one that has asked for nothing for the longest makes room, so that thousands of
slow ones keep nobody out. Chosen over (a) refusing the newest, which is the honest client, and (b) leaving it
to the web server in front, which one's own machine does not have.
"""

from __future__ import annotations

import asyncio
import logging
import socket
import struct
from typing import Any, Final

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from musnad.server.replies import ALWAYS

HEAD_BYTES: Final = 48 * 1024  # a query of 32 kB in a GET, and its other headers
HEAD_SECONDS: Final = 10.0
BODY_SECONDS: Final = 10.0
READ_SECONDS: Final = 15.0
_LINGER_SECONDS: Final = 2.0  # for a client that is still sending to see why it is refused
_AT_ONCE: Final = struct.pack("ii", 1, 0)
_HEAD, _BODY, _IDLE, _ANSWER = "head", "body", "idle", "answer"
_SECONDS: Final = {_HEAD: HEAD_SECONDS, _BODY: BODY_SECONDS}
_WHY: Final = {
    400: "Bad request",
    408: "Request timeout",
    414: "URI too long",
    431: "Header fields too large",
}

_LOG: Final = logging.getLogger(__name__)
_LOG.setLevel(logging.ERROR)  # what strangers send is not worth a line each
_LOG.addFilter(lambda record: "without completing" not in record.getMessage())  # broken off on purpose


class Connection(H11Protocol):
    """A connection of HTTP/1.1; `most` is set by the server, which knows how many there may be."""

    most = 512

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.logger = _LOG
        self._state, self._since = _IDLE, 0.0
        self._late: asyncio.TimerHandle | None = None
        self._unread: asyncio.TimerHandle | None = None
        self._refused = False

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
        if self.conn.their_state is h11.IDLE and (status := self._objection(data)):
            self._refuse(status)
            return
        super().data_received(data)
        self._look(_HEAD)

    def _objection(self, data: bytes) -> int:
        """Return what speaks against the head that these bytes go on with, 0 for nothing.

        A field that goes on in a second line is understood in two ways (RFC 9112, section 5.2).
        """
        head = (self.conn.trailing_data[0] + data).partition(b"\r\n\r\n")[0]
        if len(head) > HEAD_BYTES:
            return 431 if b"\n" in head[:HEAD_BYTES] else 414
        return 400 if b"\n " in head or b"\n\t" in head else 0

    def on_response_complete(self) -> None:
        """Wait for the next request."""
        super().on_response_complete()
        self._look(_HEAD if self.conn.trailing_data[0] else _IDLE)

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
        elif self._state == _HEAD and not self.conn.trailing_data[0]:
            self.cut()  # nothing was asked, so nothing is answered
        else:
            self._refuse(408)

    def send_400_response(self, msg: str) -> None:
        """Refuse what is no request, once, whatever has been answered before."""
        del msg
        if self.cycle is not None and not self.cycle.response_complete:
            self.cut()  # it is in the middle of another answer
        else:
            self._refuse(400)

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
