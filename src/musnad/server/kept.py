"""Answers that are sent again as they were made, and the headers that every answer carries.

What decides an answer is its path, its query and three headers; for the same ones it is the same, until the
file that it came from changes, or another build is served (`current`). So the finished headers and the bytes
are kept, and a request that comes again costs a look into a dictionary. Chosen over (a) keeping bodies alone,
which negotiates and writes headers anew at each request, and (b) a cache in front, which one's own machine
does not have.
"""

from __future__ import annotations

import os
from collections import OrderedDict
from dataclasses import dataclass
from typing import Final

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from musnad.server.replies import ALWAYS, NOTE, Note, Origin, names_tag

_MOST_BYTES: Final = 64_000_000
_LARGEST: Final = 1_000_000  # of one answer; what is larger is seldom asked for twice
_OF_EACH: Final = 2_000  # bytes of headers and key, roughly
_QUERIES: Final = frozenset({b"", b"lang=ar", b"lang=en"})  # others would let strangers fill the room
_DECIDING: Final = (b"accept", b"accept-language", b"accept-encoding")
_PASSING: Final = frozenset({b"range", b"accept-datetime"})  # decide too, and are rare
# What 304 says (RFC 9110, section 15.4.5); the client has the rest.
_OF_304: Final = frozenset(
    {b"cache-control", b"content-location", b"etag", b"vary", b"access-control-allow-origin"}
)
_READ: Final = frozenset({"GET", "HEAD"})
_ALWAYS: Final = tuple((name.encode("ascii"), value.encode("ascii")) for name, value in ALWAYS.items())

Key = tuple[bytes | None, ...]
Headers = list[tuple[bytes, bytes]]


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole response, and what it was made from."""

    status: int
    headers: Headers
    body: bytes
    tags: tuple[str, ...]  # of all codings of the representation
    origin: Origin | None

    @property
    def size(self) -> int:
        """Return how many bytes it takes, roughly."""
        return len(self.body) + _OF_EACH

    async def send(self, method: str, known: bytes | None, send: Send) -> None:
        """Send it; only that nothing changed to a client who has it, and no body after HEAD."""
        status, headers, body = self.status, self.headers, self.body
        has_it = known is not None and status == 200 and names_tag(known.decode("latin-1"), *self.tags)
        if has_it and self.tags:
            status, body = 304, b""
            headers = [pair for pair in headers if pair[0] in _OF_304]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": b"" if method == "HEAD" else body})


class Front:
    """The first to see a request: answers it from what is kept, or passes it on."""

    def __init__(self, app: ASGIApp, most_bytes: int = _MOST_BYTES) -> None:
        self._app, self._most, self._used = app, most_bytes, 0
        self._kept: OrderedDict[Key, Answer] = OrderedDict()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request; one that two servers read differently is refused."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        given: dict[bytes, bytes] = {}
        hosts = 0
        for name, value in scope["headers"]:
            hosts += name == b"host"
            given[name] = given[name] + b"," + value if name in given else value
        if hosts > 1 or (b"content-length" in given and b"transfer-encoding" in given):
            ambiguous = Response("400 Ambiguous request\n", 400, {"connection": "close"}, "text/plain")
            await ambiguous(scope, receive, _adding(send))
            return
        key, known = _key(scope, given), given.get(b"if-none-match")
        found = self._kept.get(key) if key else None
        if key and found and _still(found.origin):
            self._kept.move_to_end(key)
            await found.send(scope["method"], known, send)
            return
        # `OPTIONS *` and CONNECT name no path; what stands in `raw_path` is still what was sent.
        rooted = scope["path"] if scope["path"].startswith("/") else "/"
        note = Note()
        passed = {**scope, "path": rooted, NOTE: note}
        whole = self._whole(key, note, (scope["method"], known, send))
        await self._app(passed, receive, _adding(whole if scope["method"] in _READ else send))

    def _whole(self, key: Key | None, note: Note, then: tuple[str, bytes | None, Send]) -> Send:
        """Return what waits for the body of an answer with a note, keeps it where it may, and sends it."""
        method, known, send = then
        start: list[Message] = []

        async def send_whole(message: Message) -> None:
            if message["type"] == "http.response.start" and (note.keep or note.tags):
                start.append(message)
            elif start:
                status, headers = start[0]["status"], start[0]["headers"]
                answer = Answer(status, headers, message["body"], note.tags, note.origin)
                if key and note.keep:
                    self._keep(key, answer)
                await answer.send(method, known, send)
            else:
                await send(message)

        return send_whole

    def _keep(self, key: Key, answer: Answer) -> None:
        if answer.size > min(_LARGEST, self._most):
            return
        if (before := self._kept.pop(key, None)) is not None:
            self._used -= before.size
        self._kept[key] = answer
        self._used += answer.size
        while self._used > self._most:
            _, dropped = self._kept.popitem(last=False)
            self._used -= dropped.size


def _key(scope: Scope, given: dict[bytes, bytes]) -> Key | None:
    """Return what decides an answer; None where it is not to be kept."""
    if (
        scope["method"] not in _READ
        or scope["query_string"] not in _QUERIES
        or not _PASSING.isdisjoint(given)
    ):
        return None
    raw = scope.get("raw_path")
    return (raw, scope["query_string"], *map(given.get, _DECIDING)) if raw else None


def _still(origin: Origin | None) -> bool:
    """Tell whether the file of an answer is what it was."""
    if origin is None:
        return True
    try:
        return Origin.of(os.stat(origin.path), origin.path) == origin
    except OSError:
        return False


def _adding(send: Send) -> Send:
    """Return what sends, and adds the headers that every response has."""

    async def send_more(message: Message) -> None:
        if message["type"] == "http.response.start":
            there = {name.lower() for name, _ in message["headers"]}
            more = [pair for pair in _ALWAYS if pair[0] not in there]
            message = {**message, "headers": [*message["headers"], *more]}
        await send(message)

    return send_more
