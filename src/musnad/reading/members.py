"""The bytes of a web archive, decoded piece by piece, with the place in the file where each record starts.

An archive may be clipped, may lie about lengths, and may decompress to a thousand times its size; libraries
drop what is truncated without a word and cap nothing. So the framing is ours: a read ends where a gzip member
ends, memory holds one record, and after a fault the next record is looked for. Chosen over (a) the iterator
of a library, for these reasons, and (b) decompressing to a temporary file, which a bomb fills.

https://www.rfc-editor.org/rfc/rfc1952, https://iipc.github.io/warc-specifications/
"""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field
from typing import IO, Any, Final

from musnad.errors import UnreadableDocument

MAX_RATIO: Final = 200  # decoded bytes for each byte of the file, above FREE
FREE: Final = 1_000_000
_MAGIC: Final = b"\x1f\x8b\x08"
_CHUNK: Final = 1 << 16
_REMEDY: Final = "fetch the archive again"
_RECORD: Final = b"WARC/"


@dataclass(slots=True)
class Members:
    """The decoded bytes of an archive, plain or in gzip members."""

    file: IO[bytes]
    name: str
    gzipped: bool = False
    size: int = 0
    start: int = 0  # where the current record starts, or the member that holds it
    _offset: int = 0  # in the file, of the first pending byte
    _pending: bytes = b""
    _buffer: bytearray = field(default_factory=bytearray)
    _inflate: Any = None  # zlib's decompressor has no public type
    _decoded: int = 0
    _wild: bool = False  # the current member decompresses without end

    def __post_init__(self) -> None:
        self.size = self.file.seek(0, 2)
        self.file.seek(0)
        self.gzipped = self.file.read(2) == _MAGIC[:2]
        self.file.seek(0)

    @property
    def place(self) -> int:
        """Return where the next byte comes from; of a gzip member, how far the file is read."""
        return self._offset if self.gzipped else self._offset - len(self._buffer)

    def begin(self) -> bool:
        """Go to the next record, over blank lines; tell whether there is one."""
        while True:
            while self._buffer and self._buffer[0] in b"\r\n":
                del self._buffer[: len(self._buffer) - len(self._buffer.lstrip(b"\r\n"))]
            if self._buffer:
                if not self.gzipped:
                    self.start = self.place
                return True
            if self._inflate is None and self.gzipped:
                self.start = self._offset
            if not self._fill():
                return False

    def read(self, size: int) -> bytes:
        """Return so many bytes, fewer where the file or the member ends."""
        while len(self._buffer) < size and not self._ended() and self._fill():
            pass
        found = bytes(self._buffer[:size])
        del self._buffer[:size]
        return found

    def settle(self) -> None:
        """Pass over the blank lines behind a record; raise where its gzip member is damaged there."""
        while not (rest := self._buffer.lstrip(b"\r\n")) and not self._ended() and self._fill():
            pass
        if rest and rest[: len(_RECORD)] != _RECORD[: len(rest)]:
            raise self.broken(f"the gzip member at byte {self.start} is damaged")

    def skip(self, size: int) -> int:
        """Pass over so many bytes and return how many there were."""
        left = size
        while left and (found := self.read(min(left, _CHUNK))):
            left -= len(found)
        return size - left

    def line(self, limit: int) -> bytes:
        """Return the next line with its end, or what there is of it, at most so many bytes."""
        seen = 0
        while (place := self._buffer.find(b"\n", seen)) < 0 and len(self._buffer) < limit:
            seen = len(self._buffer)
            if self._ended() or not self._fill():
                break
        return self.read(min(place + 1 if place >= 0 else len(self._buffer), limit))

    def _ended(self) -> bool:
        return self.gzipped and self._inflate is None

    def _fill(self) -> bool:
        """Decode some more bytes; tell whether there were any left."""
        self._pending = self._pending or self.file.read(_CHUNK)
        if not self.gzipped:
            self._buffer += self._pending
            self._offset += len(self._pending)
            more, self._pending = bool(self._pending), b""
            return more
        if self._inflate is None:
            return self._open()
        return self._decode()

    def _open(self) -> bool:
        """Begin a member, if there is one."""
        if len(self._pending) < len(_MAGIC):
            self._pending += self.file.read(_CHUNK)
        if not self._pending:
            return False
        if not self._pending.startswith(_MAGIC):
            raise self.broken(f"no gzip member at byte {self._offset}")
        self.start, self._decoded, self._wild = self._offset, 0, False
        self._inflate = zlib.decompressobj(31)
        return self._decode()

    def _decode(self) -> bool:
        try:
            found = self._inflate.decompress(self._pending, 4 * _CHUNK)
        except zlib.error:
            raise self.broken(f"the gzip member at byte {self.start} is damaged") from None
        ended = self._inflate.eof
        rest = self._inflate.unused_data if ended else self._inflate.unconsumed_tail
        if not (self._pending or found or ended):
            raise self.broken(f"truncated at byte {self.size}")
        self._offset += len(self._pending) - len(rest)
        self._pending = rest
        self._buffer += found
        self._decoded += len(found)
        if self._decoded > max(FREE, MAX_RATIO * (self._offset - self.start)):
            self._wild = True
            raise self.broken(
                f"the gzip member at byte {self.start} decompresses to more than {MAX_RATIO} times its size"
            )
        if ended:
            self._inflate = None
        return True

    def broken(self, problem: str) -> UnreadableDocument:
        """Return the error of an archive that is damaged here."""
        return UnreadableDocument(self.name, problem, _REMEDY)

    def recover(self) -> bool:
        """Go to the next record behind a fault; tell whether there is one."""
        after = max(self.start + 1, self._offset if self._wild else 0)
        self._inflate, self._pending = None, b""
        self._buffer.clear()
        mark = _MAGIC if self.gzipped else b"\n" + _RECORD
        while (found := _find(self.file, mark, after)) >= 0:
            self._offset = found if self.gzipped else found + 1
            self.file.seek(self._offset)
            if not self.gzipped or _opens(self.file):
                self.start = self._offset
                self.file.seek(self._offset)
                return True
            after = found + 1
        return False


def _opens(file: IO[bytes]) -> bool:
    """Tell whether a record begins in the gzip member that seems to begin here."""
    try:
        return zlib.decompressobj(31).decompress(file.read(4096), len(_RECORD)) == _RECORD
    except zlib.error:
        return False


def _find(file: IO[bytes], mark: bytes, after: int) -> int:
    """Return where a mark stands next in a file, -1 where it stands nowhere."""
    file.seek(after)
    kept = b""
    while chunk := file.read(_CHUNK):
        window = kept + chunk
        if (place := window.find(mark)) >= 0:
            return after - len(kept) + place
        after += len(chunk)
        kept = window[-len(mark) + 1 :]
    return -1
