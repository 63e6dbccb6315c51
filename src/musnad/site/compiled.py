"""Compiled templates, kept from one start of the server to the next.

To read sixty templates takes a quarter of a second, to compile them twice as much. So their code, and the
names that they use, are kept in one file of the user's cache folder (`XDG_CACHE_HOME`), under the hash of
their source and of everything that decides how they are compiled. Where the folder cannot be had, nothing is
kept. Chosen over (a) Jinja's own cache, which reads sixty files and knows no names, and (b) a file beside the
templates, which would be part of the project.
"""

from __future__ import annotations

import hashlib
import importlib.util
import marshal
from collections.abc import Callable
from pathlib import Path
from types import CodeType

import jinja2
from jinja2.bccache import Bucket

from musnad import __version__
from musnad.own_files import read_own, write_own

Names = tuple[tuple[str, int], ...]  # the names that a template uses, each with its line


class Compiled:
    """The code and the names of templates, by the hash of what they come from."""

    def __init__(self, folder: Path, made_by: Path) -> None:
        """Read what is kept for a folder of templates; `made_by` is the module that configures Jinja."""
        key = (
            __version__,
            jinja2.__version__,
            importlib.util.MAGIC_NUMBER,
            made_by.read_bytes(),
            str(folder),
        )
        self._name = f"templates-{_digest(repr(key))}"
        self._code: dict[str, CodeType] = {}
        self._names: dict[str, Names] = {}
        self._used: set[str] = set()
        self._new = False
        self._read()

    def names(self, source: str, find: Callable[[], Names]) -> Names:
        """Return the names that a template uses; they are found where they are not known."""
        key = _digest(source)
        self._used.add(key)
        if key not in self._names:
            self._names[key], self._new = find(), True
        return self._names[key]

    def for_(self, kind: str) -> jinja2.BytecodeCache:
        """Return the cache of one environment; two of them compile one source in two ways."""
        return _Codes(self, kind)

    def code(self, key: str) -> CodeType | None:
        """Return what is kept under a key."""
        self._used.add(key)
        return self._code.get(key)

    def keep(self, key: str, code: CodeType) -> None:
        """Keep the code of a template."""
        self._code[key], self._new = code, True

    def write(self) -> None:
        """Write what was used, where any of it is new; a folder that cannot be written is left alone."""
        if not self._new:
            return
        kept = [{key: each[key] for key in each if key in self._used} for each in (self._code, self._names)]
        self._new = not write_own(self._name, marshal.dumps(tuple(kept)))

    def _read(self) -> None:
        """Read the file; what it holds will be run."""
        try:
            self._code, self._names = marshal.loads(read_own(self._name) or b"")
        except (EOFError, ValueError, TypeError):  # not there, or not whole
            return


class _Codes(jinja2.BytecodeCache):
    """What Jinja asks before it compiles, and tells afterwards."""

    def __init__(self, compiled: Compiled, kind: str) -> None:
        self._compiled, self._kind = compiled, kind

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give a template its code, where that is kept."""
        bucket.code = self._compiled.code(self._key(bucket))

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template."""
        if bucket.code is not None:
            self._compiled.keep(self._key(bucket), bucket.code)

    def _key(self, bucket: Bucket) -> str:
        return f"{self._kind} {bucket.key} {bucket.checksum}"  # its name, and its source


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:32]
