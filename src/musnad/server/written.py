"""A written site as holdings: the folder that `musnad site` made, served without a store.

What is there is what the file system says; a thing is what has data beside its page. The classes of a thing
are read from its N-Triples, which name each on a line of its own. Chosen over (a) an index of the site in
memory, which grows with it, and (b) a list of all things in one file, which must be read before the first
answer.
"""

from __future__ import annotations

import hashlib
import os
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
        return self._has(Address(self._path(path), TURTLE.suffix))

    def formats(self, path: str) -> tuple[Format, ...]:
        """Return the formats in which there is a document at a path; none where there is nothing."""
        path = self._path(path)
        if path in _ANYWHERE:
            return ()
        found = [suffix for suffix in (*MEDIA, *DATA_SUFFIXES) if self._has(Address(path, suffix))]
        return tuple(BY_SUFFIX[suffix] for suffix in found)

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
            packed = {coding: f"{path}.{suffix}" for coding, suffix in NAMES.items()}
            given = {coding: _read(file) for coding, file in packed.items() if os.path.isfile(file)}
        except OSError:
            return None
        digest = hashlib.sha256(body).hexdigest()[:20]
        return Representation(body, given, form.content_type, language, digest, origin)

    def _place(self, name: str) -> str:
        """Return where a file is, as a string: to make a path of it costs more than to look."""
        return f"{self.folder}/{name}"

    def _path(self, path: str) -> str:
        """Return a path as it stands in the names of files: decoded, or percent-encoded."""
        encoded = encode_path(path)
        plain = encoded == path or self._has(Address(path, HTML.suffix)) or self._has(Address(path, "ttl"))
        return path if plain else encoded

    def _has(self, address: Address) -> bool:
        names = [address.name] if address.name not in _NO_PAGES else []
        if address.suffix in LOCALIZED and not address.language:
            names.append(replace(address, language=LANGUAGES[0]).name)
        return any(os.path.isfile(self._place(name)) for name in names)


def _read(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()


@lru_cache(maxsize=_KEPT)
def _types(file: Origin, iri: str) -> tuple[str, ...]:
    start = f"\n<{iri}> <{RDF_TYPE}> <".encode()
    try:
        _, *found = (b"\n" + _read(file.path)).split(start)
    except OSError:
        return ()
    return tuple(sorted(each.partition(b">")[0].decode("utf-8") for each in found))
