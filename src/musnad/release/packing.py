"""Compression of files whose parts can be taken over: gzip in segments that the content itself cuts.

A segment ends before a line whose checksum says so, is compressed by itself, and ends on a byte (RFC 1951
§3.2.4), so that the same bytes are packed the same wherever they stand, and what was packed before can be
copied. To readers it is one stream of gzip like any other. Chosen over (a) one stream that knows all before
it, five per cent smaller and packed whole at every change, (b) members of gzip (RFC 1952 §2.2), of which
browsers read the first alone, (c) segments of one length, which a line that came at the start all moves, and
(d) a look at every line, two thirds of which come too early for a segment that is worth while.
"""

from __future__ import annotations

import struct
import zlib
from array import array
from collections.abc import Callable, Iterator
from hashlib import sha256
from importlib import import_module
from pathlib import Path
from typing import BinaryIO, Final, Protocol

from musnad.errors import ProjectError

_GZIP_LEVEL: Final = 9
_ZSTD_LEVEL: Final = 9  # from 12 on, every small file costs milliseconds
_HEAD: Final = b"\x1f\x8b\x08\0\0\0\0\0\x02\xff"  # without name and time (RFC 1952 §2.3)
_FLUSHED: Final = b"\0\0\xff\xff"  # ends a segment: an empty stored block
_END: Final = b"\x03\0"  # an empty last block
_TAIL: Final = struct.Struct("<II")
_LEAST: Final = 1 << 17  # bytes of a segment; its first lines are not looked at
_ONE_OF: Final = 1 << 8  # lines, of which one ends a segment: after 180 kB of N-Quads
_MOST: Final = 1 << 20
_INNER: Final = b"\n "  # how lines begin that may stand often, and so would cut often
_SUM: Final = 16


class Packer(Protocol):
    """What compresses into a file."""

    def write(self, data: bytes, /) -> object:
        """Take some bytes."""

    def close(self) -> None:
        """Write what is left."""


class Cutter:
    """Cuts a file into segments; where, its content alone decides, not how it was given."""

    def __init__(self) -> None:
        self._open, self._next = bytearray(), 0  # where the first line begins that was not looked at

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Take some bytes and yield the segments that are whole by now."""
        self._open += data
        while size := self._size():
            yield bytes(self._open[:size])
            del self._open[:size]
            self._next = 0

    def end(self) -> Iterator[bytes]:
        """Yield what is left."""
        if self._open:
            yield bytes(self._open)

    def _size(self) -> int:
        """Return how long the first segment is; 0 where that is not known yet."""
        text = self._open
        self._next = self._next or text.find(b"\n", _LEAST, _MOST) + 1
        while self._next and (end := text.find(b"\n", self._next, _MOST) + 1):
            if text[self._next] not in _INNER and not zlib.crc32(text[self._next : end]) % _ONE_OF:
                return self._next
            self._next = end
        return _MOST if len(text) >= _MOST else 0


class Segments:
    """The segments of a packed file: for each the hash of what it holds, and its packed bytes in number."""

    def __init__(self) -> None:
        self.digests, self.sizes = bytearray(), array("I")

    @classmethod
    def of(cls, data: bytes) -> Segments:
        """Return what `data` made bytes of."""
        made = cls()
        number = len(data) // (_SUM + made.sizes.itemsize)
        made.digests += data[: number * _SUM]
        made.sizes.frombytes(data[number * _SUM :])
        return made

    @property
    def data(self) -> bytes:
        """Return the segments as bytes."""
        return bytes(self.digests) + self.sizes.tobytes()

    def add(self, digest: bytes, size: int) -> None:
        """Add the next segment."""
        self.digests += digest
        self.sizes.append(size)


class Known:
    """A file that was packed before, from which segments are copied; they come in its order."""

    def __init__(self, path: Path, segments: Segments) -> None:
        self._path, self._segments = path, segments
        self._next, self._offset = 0, len(_HEAD)  # the first segment that was not passed yet

    def find(self, digest: bytes) -> bytes | None:
        """Return a packed segment; None where none that is left holds this."""
        digests = self._segments.digests
        place = digests.find(digest, self._next * _SUM)
        while place >= 0 and place % _SUM:
            place = digests.find(digest, place + 1)
        if place < 0:
            return None
        number, sizes = place // _SUM, self._segments.sizes
        self._offset += sum(sizes[self._next : number])
        with self._path.open("rb") as file:
            file.seek(self._offset)
            found = file.read(sizes[number])
        self._next, self._offset = number + 1, self._offset + sizes[number]
        return found


class _Gzip:
    """Writes gzip in segments, and notes them."""

    def __init__(self, file: BinaryIO, segments: Segments, known: Known | None) -> None:
        self._file, self._segments, self._known = file, segments, known
        self._cutter, self._sum, self._size = Cutter(), 0, 0
        file.write(_HEAD)

    def write(self, data: bytes, /) -> None:
        self._sum, self._size = zlib.crc32(data, self._sum), self._size + len(data)
        for segment in self._cutter.feed(data):
            self._put(segment)

    def close(self) -> None:
        for segment in self._cutter.end():
            self._put(segment)
        self._file.write(_END + _TAIL.pack(self._sum, self._size & 0xFFFFFFFF))

    def _put(self, segment: bytes) -> None:
        digest = sha256(segment).digest()[:_SUM]
        packed = self._known.find(digest) if self._known else None
        if packed is None or not packed.endswith(_FLUSHED) or _inflated(packed) != segment:
            packed = _deflated(segment)
        self._segments.add(digest, len(packed))
        self._file.write(packed)


def _deflated(segment: bytes) -> bytes:
    """Return bytes as blocks of DEFLATE that refer to nothing before them and are not the last."""
    packer = zlib.compressobj(_GZIP_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    return packer.compress(segment) + packer.flush(zlib.Z_SYNC_FLUSH)


def _inflated(packed: bytes) -> bytes | None:
    """Return what is packed in a segment; None where that is broken."""
    try:
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed)
    except zlib.error:
        return None


def _zstd(file: BinaryIO, segments: Segments, known: Known | None) -> Packer:
    """Return a writer of Zstandard with a checksum (RFC 8878), or raise ProjectError."""
    del segments, known
    try:
        zstandard = import_module("zstandard")
    except ImportError:
        raise ProjectError("zstd", "zstandard is not installed", "pip install 'musnad[compress]'") from None
    packer = zstandard.ZstdCompressor(level=_ZSTD_LEVEL, write_checksum=True)
    made: Packer = packer.stream_writer(file, closefd=False)  # the package has no types of its own
    return made


Packing = Callable[[BinaryIO, Segments, Known | None], Packer]
GZIP: Final = "gzip"
PACKERS: Final[dict[str, tuple[str, Packing]]] = {GZIP: ("gz", _Gzip), "zstd": ("zst", _zstd)}
