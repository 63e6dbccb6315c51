"""Prove that a name is in no byte of a folder.

Every file is read whole, unpacked where it is packed, and searched for each name as UTF-8, UTF-16, with
percent signs, with the escapes of JSON, N-Triples and HTML, with any marks and joiners between its words, and
folded. A store is read quad by quad, since its files are compressed in blocks. Chosen over (a) grep, which
sees none of these forms, and (b) trusting the code that removes.
"""

from __future__ import annotations

import gzip
import html
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Final
from urllib.parse import unquote_to_bytes

import pyoxigraph as px

from musnad.curation.names import words_of
from musnad.errors import MusnadError
from musnad.folding import FOLDED

_GZIP: Final = b"\x1f\x8b"
_ZSTD: Final = b"\x28\xb5\x2f\xfd"
_PARQUET: Final = b"PAR1"
_ESCAPE: Final = re.compile(r"\\u([0-9a-fA-F]{4})|\\U([0-9a-fA-F]{8})|\\x([0-9a-fA-F]{2})")
_FOLDING: Final = {ord(letter): folded for letter, folded in FOLDED.items()}
_COMPLETE: Final = "COMPLETE"  # in the folder of a store
_BETWEEN: Final = r"[\W_]{1,12}"
_PACKED_WEB: Final = ".br"


@dataclass(frozen=True, slots=True)
class Scanner:
    """Looks for names of one person."""

    expression: re.Pattern[str]

    @classmethod
    def of(cls, names: Iterable[str]) -> Scanner:
        """Return a scanner for names; those of one word are looked for as whole words."""
        found = sorted({words for words in map(words_of, names) if words})
        runs = "|".join(_BETWEEN.join(map(re.escape, words)) for words in found)
        return cls(re.compile(rf"(?<![^\W_])[وفبلك]{{0,2}}(?:{runs})(?![^\W_])"))  # and, so, by, to, as

    def finds(self, body: bytes) -> bool:
        """Tell whether a name stands in some bytes, in any of the forms."""
        return any(self._stands(text) for text in _texts(body))

    def _stands(self, text: str) -> bool:
        return bool(self.expression.search(text.translate(_FOLDING).lower()))

    def traces(self, folder: Path) -> Iterator[Path]:
        """Yield the files and stores of a folder in which a name stands; names of files count too."""
        for path in sorted(folder.rglob("*")) if folder.is_dir() else [folder]:
            if self._stands(path.name) or (path.is_file() and self.finds_in(path)):
                yield path
            elif path.name == _COMPLETE and self._in_store(path.parent / "db"):
                yield path.parent

    def finds_in(self, path: Path) -> bool:
        """Tell whether a name stands in a file."""
        try:
            body = path.read_bytes()
        except OSError as error:
            raise MusnadError(path, f"cannot be read: {error.strerror}") from None
        return any(self.finds(each) for each in _unpacked(body, path.suffix))

    def _in_store(self, place: Path) -> bool:
        store = px.Store.read_only(str(place))
        return any(self.finds(str(quad).encode("utf-8")) for quad in store)


def _unpacked(body: bytes, suffix: str) -> Iterator[bytes]:
    """Yield some bytes as they are, and what is packed in them."""
    yield body
    if body.startswith(_GZIP):
        yield gzip.decompress(body)
    elif body.startswith(_ZSTD):
        import zstandard

        yield zstandard.ZstdDecompressor().stream_reader(io.BytesIO(body), read_across_frames=True).read()
    elif body.startswith(_PARQUET):
        import pyarrow.parquet

        yield repr(pyarrow.parquet.read_table(io.BytesIO(body)).to_pylist()).encode("utf-8")
    elif suffix == _PACKED_WEB:
        yield import_module("brotli").decompress(body)


def _texts(body: bytes) -> Iterator[str]:
    """Yield some bytes as the texts that they may be."""
    plain = body.decode("utf-8", "replace")
    yield plain
    if "%" in plain:
        yield unquote_to_bytes(body).decode("utf-8", "replace")
    if "\\" in plain:
        yield _ESCAPE.sub(lambda found: chr(min(int(found[1] or found[2] or found[3], 16), 0x10FFFF)), plain)
    if "&" in plain:
        yield html.unescape(plain)
    if b"\0" in body:
        yield body.decode("utf-16-le", "replace")
