"""Files of a release while they are written: hashed and compressed on the way, never held in memory.

Compressed files carry neither name nor time. Chosen over (a) compressing a finished file, which reads it
again, and (b) an archive of all files, which nobody can look into with a browser.
"""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Iterable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Final, Protocol

from musnad.errors import DataError, ProjectError

_GZIP_LEVEL: Final = 9
_ZSTD_LEVEL: Final = 9  # from 12 on, every small file costs milliseconds
_TOGETHER: Final = 1 << 16  # bytes that are compressed, hashed and written at once


@dataclass(frozen=True, slots=True)
class Distribution:
    """One file of a release."""

    name: str  # a path below the folder of the release
    media: str  # of the content, before compression
    size: int  # bytes
    sha256: str
    packing: str = ""  # "gzip", "zstd", or "" where it is not compressed
    standard: str = ""  # IRI of a specification that the media type does not tell


@dataclass(frozen=True, slots=True)
class Kind:
    """What the content of a file is."""

    media: str
    standard: str = ""


class _Packer(Protocol):
    """What compresses into a file."""

    def write(self, data: bytes, /) -> int:
        """Take some bytes."""

    def close(self) -> None:
        """Write what is left."""


def _gzip(file: BinaryIO) -> _Packer:
    """Return a writer of gzip without name and time (RFC 1952 §2.3)."""
    return gzip.GzipFile(filename="", mode="wb", compresslevel=_GZIP_LEVEL, fileobj=file, mtime=0)


def _zstd(file: BinaryIO) -> _Packer:
    """Return a writer of Zstandard with a checksum (RFC 8878), or raise ProjectError."""
    try:
        zstandard = import_module("zstandard")
    except ImportError:
        raise ProjectError("zstd", "zstandard is not installed", "pip install 'musnad[compress]'") from None
    packer = zstandard.ZstdCompressor(level=_ZSTD_LEVEL, write_checksum=True)
    made: _Packer = packer.stream_writer(file, closefd=False)  # the package has no types of its own
    return made


PACKERS: Final = {"gzip": ("gz", _gzip), "zstd": ("zst", _zstd)}


class _Hashed:
    """A file that is being written, its size and its hash."""

    def __init__(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self.file = path.open("wb")
        self.size, self.digest = 0, hashlib.sha256()

    def write(self, data: bytes, /) -> int:
        """Write some bytes."""
        self.size += len(data)
        self.digest.update(data)
        return self.file.write(data)

    def flush(self) -> None:
        """Give to the system what is buffered."""
        self.file.flush()


@dataclass(slots=True)
class Output(AbstractContextManager["Output"]):
    """One file and its compressed forms; `done` learns of them when the block ends well."""

    root: Path
    name: str
    kind: Kind
    packings: Sequence[str]
    done: list[Distribution]
    _files: dict[str, _Hashed] = field(init=False, default_factory=dict)
    _packers: list[_Packer] = field(init=False, default_factory=list)
    _waiting: list[bytes] = field(init=False, default_factory=list)
    _held: int = field(init=False, default=0)
    _last: bytes = field(init=False, default=b"")

    def __enter__(self) -> Output:
        if (self.root / self.name).exists():
            raise DataError(self.name, "two parts of the release would have this name", "rename a graph")
        self._files[""] = _Hashed(self.root / self.name)
        for packing in self.packings:
            suffix, pack = PACKERS[packing]
            self._files[packing] = file = _Hashed(self.root / f"{self.name}.{suffix}")
            self._packers.append(pack(file))  # type: ignore[arg-type]  # both write, and close nothing
        return self

    def write(self, data: bytes, /) -> int:
        """Write some bytes to every form of the file, when many are together."""
        self._waiting.append(data)
        self._held += len(data)
        if self._held >= _TOGETHER:
            self._pass_on()
        return len(data)

    def _pass_on(self) -> None:
        """Give what waits to the file and to the compressors: line by line, that costs as much as they do."""
        data, self._waiting, self._held = b"".join(self._waiting), [], 0
        for packer in self._packers:
            packer.write(data)
        self._files[""].write(data)

    def write_once(self, line: bytes) -> None:
        """Write a line, unless it is the one before it."""
        if line != self._last:
            self.write(line)
        self._last = line

    def writelines(self, lines: Iterable[bytes]) -> None:
        """Write many pieces."""
        for line in lines:
            self.write(line)

    def flush(self) -> None:
        """Do nothing: a compressor that is flushed packs worse."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            if error is None:
                self._pass_on()
            for packer in self._packers if error is None else ():
                packer.close()
        finally:
            for hashed in self._files.values():
                hashed.file.close()
        if error is None:
            for packing, hashed in self._files.items():
                name = f"{self.name}.{PACKERS[packing][0]}" if packing else self.name
                told = (self.kind.media, hashed.size, hashed.digest.hexdigest(), packing)
                self.done.append(Distribution(name, *told, self.kind.standard))


@dataclass(frozen=True, slots=True)
class Outputs:
    """The folder of a release while it is written: which files are done, and how each is compressed."""

    root: Path
    packings: tuple[str, ...] = ()
    done: list[Distribution] = field(default_factory=list)

    def open(self, name: str, kind: Kind, *, packed: bool = True) -> Output:
        """Return a file to write into within a `with` block."""
        return Output(self.root, name, kind, self.packings if packed else (), self.done)

    def write(self, name: str, kind: Kind, data: bytes, *, packed: bool = False) -> None:
        """Write a small file."""
        with self.open(name, kind, packed=packed) as file:
            file.write(data)
