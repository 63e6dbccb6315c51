"""A written site: its files, what each holds, and what it was made from.

`SHA256SUMS` lists every file with its hash (`sha256sum -c SHA256SUMS` checks a copy), `site.json` says which
engine made the folder, and from which input. A file is written only where its bytes change, each in one
step, so that a server or a synchronisation sees only what is new. Chosen over (a) a new folder at every run,
which touches everything, and (b) the times of files, which copies do not keep.
"""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path
from typing import Any, Final

import orjson

import musnad
from musnad import __version__
from musnad.errors import DataError, ProjectError
from musnad.site.codings import NAMES, WORTH_PACKING, Coding

MARK: Final = "site.json"
SUMS: Final = "SHA256SUMS"
_DIGEST: Final = 64  # digits of SHA-256
_LONGEST_NAME: Final = 200  # bytes of one file name
# Names that Windows keeps for devices, whatever their suffix.
_DEVICES: Final = frozenset(
    {"con", "prn", "aux", "nul", *(f"{port}{n}" for port in ("com", "lpt") for n in range(1, 10))}
)


@dataclass(slots=True)
class SiteFolder:
    """The folder of a site while it is being written."""

    root: Path
    packing: tuple[Coding, ...] = ()
    before: Mapping[str, str] = field(default_factory=dict)  # name → SHA-256, of the last run
    began_with: Mapping[str, str] = field(default_factory=dict)  # the same of files that may be there
    noting: bool = False  # whether to note what was put there since
    renewed: set[str] = field(default_factory=set)
    sums: dict[str, str] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)

    @classmethod
    def open(cls, root: Path, packing: tuple[Coding, ...] = ()) -> SiteFolder:
        """Return a folder to write into, or raise ProjectError where it holds anything but a site."""
        mark = root / MARK
        if root.exists() and any(root.iterdir()) and not mark.is_file():
            raise ProjectError(
                root, "is not a site of Musnad, and is not empty", "choose another folder with -o"
            )
        known = read_mark(root).get("packing") == [coding.name for coding in packing]
        return cls(root, packing, read_sums(root) if known else {})

    def begin(self) -> None:
        """Mark the folder as being written: where the run breaks off, the next one writes every file anew."""
        self.root.mkdir(parents=True, exist_ok=True)
        _put(self.root / MARK, orjson.dumps({"engine": __version__}))
        (self.root / SUMS).unlink(missing_ok=True)

    def write(self, name: str, text: str | bytes, kind: str) -> None:
        """Write one file, unless it holds these bytes already; `kind` is what it is counted as."""
        path = self.root / name
        if not _is_file_name(name):
            raise DataError(
                name, "this IRI makes no file name", "take the entity out, or give it a shorter slug"
            )
        body = text.encode("utf-8") if isinstance(text, str) else text
        digest = hashlib.sha256(body).hexdigest()
        self.sums[name] = digest
        self.counts[kind] += 1
        if self.noting:
            self.renewed.add(name)
        if self.before.get(name) == digest and path.is_file():
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        _put(path, body)
        for coding in self.packing if len(body) >= WORTH_PACKING else ():
            _put(packed_name(path, coding.suffix), coding.pack(body))

    def finish(self, source: str) -> None:
        """Remove what is no page any more, then write the sums and what the site was made from.

        Raises DataError where two names differ in case alone: not every file system keeps both.
        """
        self._refuse_twins()
        for name in [name for name in chain(self.before, self.began_with) if name not in self.sums]:
            for path in (self.root / name, *(packed_name(self.root / name, each) for each in NAMES.values())):
                path.unlink(missing_ok=True)
            with suppress(OSError):  # others are there
                os.removedirs((self.root / name).parent)
        lines = (f"{digest}  {name}\n" for name, digest in sorted(self.sums.items()))
        _put(self.root / SUMS, "".join(lines).encode("utf-8"))
        told = {
            "engine": __version__,
            "source": source,
            "packing": [coding.name for coding in self.packing],
            "counts": dict(sorted(self.counts.items())),
        }
        _put(self.root / MARK, orjson.dumps(told, option=orjson.OPT_INDENT_2))

    def _refuse_twins(self) -> None:
        known: dict[str, str] = {}
        if len({name.casefold() for name in self.sums}) == len(self.sums):
            return
        for name in sorted(self.sums):
            twin = known.setdefault(name.casefold(), name)
            if twin != name:
                raise DataError(name, f"only its case parts this file from {twin}", "give one another slug")


def _is_file_name(name: str) -> bool:
    """Tell whether every file system holds a file of this name, and inside of its folder."""
    parts = Path(name).parts
    return not (
        Path(name).is_absolute()
        or ".." in parts
        or any(part.partition(".")[0].lower() in _DEVICES for part in parts)
        or len(parts[-1].encode()) > _LONGEST_NAME
    )


def packed_name(path: Path, suffix: str) -> Path:
    """Return the name of a file in a coding: `index.html` → `index.html.br`."""
    return path.with_name(f"{path.name}.{suffix}")


def read_mark(root: Path) -> dict[str, Any]:
    """Return what a written site says of itself; nothing where it is none, or not finished."""
    try:
        told = orjson.loads((root / MARK).read_bytes())
    except (OSError, orjson.JSONDecodeError):
        return {}
    return told if isinstance(told, dict) else {}


def read_sums(root: Path) -> dict[str, str]:
    """Return the hashes of the files of a written site by their names."""
    try:
        lines = (root / SUMS).read_text(encoding="utf-8").splitlines()
    except OSError:
        return {}
    return {name: digest for digest, _, name in (line.partition("  ") for line in lines)}


def names_of(root: Path) -> Iterator[str]:
    """Yield the names of the files of a written site, in their order."""
    with (root / SUMS).open(encoding="utf-8", newline="\n") as file:
        for line in file:
            yield line[_DIGEST + 2 : -1]


def other_files(root: Path, beside: Path) -> Iterator[str]:
    """Yield the names of those files of a written site that another has not, or with other bytes."""
    with (beside / SUMS).open("rb") as others:
        known = frozenset(others)
    with (root / SUMS).open("rb") as file:
        for line in file:
            if line not in known:
                yield line[_DIGEST + 2 : -1].decode("utf-8")


def fingerprint(files: Iterable[Path], words: Collection[str] = ()) -> str:
    """Return a hash of the engine, of some words, and of the names and bytes of some files and folders."""
    told = hashlib.sha256(repr((__version__, *words)).encode("utf-8"))
    for given in (*files, Path(musnad.__file__).parent):
        for path in sorted(given.rglob("*")) if given.is_dir() else [given]:
            if path.is_file() and path.suffix != ".pyc":
                told.update(f"{path.relative_to(given.parent).as_posix()}\0{path.stat().st_size}\0".encode())
                with path.open("rb") as file:
                    while block := file.read(1 << 20):
                        told.update(block)
    return told.hexdigest()


def _put(path: Path, body: bytes) -> None:
    """Write a file so that nobody sees half of it."""
    beside = path.with_name(f".{path.name[:_LONGEST_NAME]}.new")
    beside.write_bytes(body)
    os.replace(beside, path)
