"""Files of a release while they are written: hashed and compressed on the way, never held in memory.

Compressed files carry neither name nor time. Chosen over (a) compressing a finished file, which reads it
again, and (b) an archive of all files, which nobody can look into with a browser.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Final

from musnad.errors import DataError
from musnad.release.packing import PACKERS, Known, Packer, Segments
from musnad.release.shelves import Shelves

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

    outputs: Outputs
    name: str
    kind: Kind
    packings: tuple[str, ...]
    _files: dict[str, _Hashed] = field(init=False, default_factory=dict)
    _packers: list[Packer] = field(init=False, default_factory=list)
    _waiting: list[bytes] = field(init=False, default_factory=list)
    _held: int = field(init=False, default=0)
    _last: bytes = field(init=False, default=b"")

    def __enter__(self) -> Output:
        root = self.outputs.root
        if (root / self.name).exists():
            raise DataError(self.name, "two parts of the release would have this name", "rename a graph")
        self._files[""] = _Hashed(root / self.name)
        for packing in self.packings:
            suffix, pack = PACKERS[packing]
            name = f"{self.name}.{suffix}"
            self._files[packing] = file = _Hashed(root / name)
            segments = self.outputs.segments.setdefault(name, Segments())
            known = self.outputs.known.get(name)
            self._packers.append(pack(file, segments, known))  # type: ignore[arg-type]  # which closes nothing
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
                self.outputs.done.append(Distribution(name, *told, self.kind.standard))


@dataclass(frozen=True, slots=True)
class Outputs:
    """The folder of a release while it is written: which files are done, and how each is compressed."""

    root: Path
    packings: tuple[str, ...] = ()
    known: Mapping[str, Known] = field(default_factory=dict)  # what was packed before
    done: list[Distribution] = field(default_factory=list)
    segments: dict[str, Segments] = field(default_factory=dict)  # of what is packed
    shelves: dict[str, Shelves] = field(default_factory=dict)  # of Turtle files

    def open(self, name: str, kind: Kind, *, packed: bool = True) -> Output:
        """Return a file to write into within a `with` block."""
        return Output(self, name, kind, self.packings if packed else ())

    def write(self, name: str, kind: Kind, data: bytes, *, packed: bool = False) -> None:
        """Write a small file."""
        with self.open(name, kind, packed=packed) as file:
            file.write(data)
