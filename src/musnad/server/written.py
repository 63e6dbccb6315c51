"""A written site as holdings: the folder that `musnad site` made, served without a store.

What is there is what the file system says; a thing is what has data beside its page. The classes of a thing
are read from its N-Triples, which name each on a line of its own. Chosen over (a) an index of the site in
memory, which grows with it, and (b) a list of all things in one file, which must be read before the first
answer.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Final

from musnad.curation import WITHDRAWN
from musnad.server.media import BY_SUFFIX, HTML, TURTLE, Format
from musnad.server.paths import encode_path
from musnad.server.replies import Origin, Representation
from musnad.site import Address
from musnad.site.addresses import DATA_SUFFIXES
from musnad.site.codings import NAMES
from musnad.site.folder import MARK
from musnad.site.pages import LOCALIZED, MEDIA
from musnad.site.texts import LANGUAGES
from musnad.vocabulary import RDF_TYPE

_ANYWHERE: Final = frozenset({"404", "406", "410"})  # what errors show; no page of their own
_NO_PAGES: Final = frozenset({MARK, WITHDRAWN})  # how it was made; hashes on which guesses could be tried
_SUFFIXES: Final = (*MEDIA, *DATA_SUFFIXES)
_KEPT: Final = 4_096


@dataclass(frozen=True, slots=True)
class WrittenSite:
    """The folder of a written site."""

    folder: Path
    base: str
    licence: str

    def iri(self, path: str) -> str:
        """Return the IRI of the thing at a path."""
        return self.base if path == "index" else self.base + self._path(path)

    def is_thing(self, path: str) -> bool:
        """Tell whether there is data about what is at a path."""
        return self._has(self._path(path), TURTLE.suffix)

    def formats(self, path: str) -> tuple[Format, ...]:
        """Return the formats in which there is a document at a path; none where there is nothing."""
        path = self._path(path)
        if path in _ANYWHERE:
            return ()
        return tuple(BY_SUFFIX[suffix] for suffix in _SUFFIXES if self._has(path, suffix))

    def types(self, path: str) -> list[str]:
        """Return the classes of the thing at a path, sorted."""
        file = self._place(Address(self._path(path), "nt").name)
        try:
            state = os.stat(file)
        except OSError:
            return []
        return list(_types(Origin.of(state, file), self.iri(path)))

    def labels(self, path: str) -> dict[str, str]:
        """Return nothing: names stand in the pages."""
        del path
        return {}

    def document(self, address: Address) -> Representation | None:
        """Return one document; None where there is no such file."""
        if address.path in _ANYWHERE:
            return None
        found = replace(address, path=self._path(address.path))
        language = found.language if found.suffix in LOCALIZED else ""
        return self._read(found.name, BY_SUFFIX[found.suffix], language)

    def error_page(self, status: int, language: str) -> str:
        """Return the page about a status, or ""."""
        page = self._read(Address(str(status), HTML.suffix, language).name, HTML, language)
        return page.body.decode("utf-8") if page else ""

    def _read(self, name: str, form: Format, language: str) -> Representation | None:
        if name in _NO_PAGES:
            return None
        path = self._place(name)
        try:
            origin = Origin.of(os.stat(path), path)
            body = _read(path)
        except OSError:
            return None
        digest = hashlib.sha256(body).hexdigest()[:20]
        return Representation(body, _Packed.of(path), form.content_type, language, digest, origin)

    def _place(self, name: str) -> str:
        """Return where a file is, as a string: to make a path of it costs more than to look."""
        return f"{self.folder}/{name}"

    def _path(self, path: str) -> str:
        """Return a path as it stands in the names of files: decoded, or percent-encoded."""
        encoded = encode_path(path)
        plain = encoded == path or self._has(path, HTML.suffix) or self._has(path, TURTLE.suffix)
        return path if plain else encoded

    def _has(self, path: str, suffix: str) -> bool:
        """Tell whether there is a document at a path; one that has languages is there in each of them."""
        name = f"{path}.{suffix}"
        if name in _NO_PAGES:
            return False
        there = os.path.isfile(self._place(name))
        return there or (
            suffix in LOCALIZED and os.path.isfile(self._place(f"{path}.{LANGUAGES[0]}.{suffix}"))
        )


class _Packed(Mapping[str, bytes]):
    """A file in its codings, each read when it is sent: a client takes one of them."""

    def __init__(self, files: Mapping[str, str]) -> None:
        self._files = files

    @classmethod
    def of(cls, path: str) -> _Packed:
        """Return the codings that stand beside a file."""
        files = {coding: f"{path}.{suffix}" for coding, suffix in NAMES.items()}
        return cls({coding: file for coding, file in files.items() if os.path.isfile(file)})

    def __getitem__(self, coding: str) -> bytes:
        try:
            return _read(self._files[coding])
        except OSError:
            raise KeyError(coding) from None

    def __iter__(self) -> Iterator[str]:
        return iter(self._files)

    def __len__(self) -> int:
        return len(self._files)


def _read(path: str) -> bytes:
    with open(path, "rb", buffering=0) as file:
        return file.read()


@lru_cache(maxsize=_KEPT)
def _types(file: Origin, iri: str) -> tuple[str, ...]:
    start = f"\n<{iri}> <{RDF_TYPE}> <".encode()
    try:
        _, *found = (b"\n" + _read(file.path)).split(start)
    except OSError:
        return ()
    return tuple(sorted(each.partition(b">")[0].decode("utf-8") for each in found))
