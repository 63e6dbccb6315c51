"""A written site as holdings: the folder that `musnad site` made, served without a store.

What is there is what the file system says; a thing is what has data beside its page. The classes of a thing
are read from its N-Triples, which name each on a line of its own. Chosen over (a) an index of the site in
memory, which grows with it, and (b) a list of all things in one file, which must be read before the first
answer.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Final

from musnad.server.media import BY_SUFFIX, HTML, TURTLE, Format
from musnad.server.paths import encode_path
from musnad.server.replies import Origin, Representation
from musnad.site import Address
from musnad.site.addresses import DATA_SUFFIXES
from musnad.site.codings import NAMES
from musnad.site.folder import MARK, packed_name
from musnad.site.pages import LOCALIZED, MEDIA
from musnad.site.texts import LANGUAGES
from musnad.vocabulary import RDF_TYPE

_ANYWHERE: Final = frozenset({"404", "406", "410"})  # what errors show; no page of their own
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
        file = self.folder / Address(self._path(path), "nt").name
        try:
            state = file.stat()
        except OSError:
            return []
        return list(_types(Origin.of(state, str(file)), self.iri(path)))

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
        if name == MARK:  # it says how the site was made, and is no page of it
            return None
        path = self.folder / name
        try:
            origin = Origin.of(path.stat(), str(path))
            body = path.read_bytes()
        except OSError:
            return None
        packed = {coding: _bytes(packed_name(path, suffix)) for coding, suffix in NAMES.items()}
        given = {coding: there for coding, there in packed.items() if there}
        digest = hashlib.sha256(body).hexdigest()[:20]
        return Representation(body, given, form.content_type, language, digest, origin)

    def _path(self, path: str) -> str:
        """Return a path as it stands in the names of files: decoded, or percent-encoded."""
        encoded = encode_path(path)
        plain = encoded == path or self._has(Address(path, HTML.suffix)) or self._has(Address(path, "ttl"))
        return path if plain else encoded

    def _has(self, address: Address) -> bool:
        names = [address.name]
        if address.suffix in LOCALIZED and not address.language:
            names.append(replace(address, language=LANGUAGES[0]).name)
        return any((self.folder / name).is_file() for name in names)


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


@lru_cache(maxsize=_KEPT)
def _types(file: Origin, iri: str) -> tuple[str, ...]:
    start = f"<{iri}> <{RDF_TYPE}> <"
    try:
        lines = Path(file.path).read_text(encoding="utf-8").splitlines()
    except OSError:
        return ()
    return tuple(sorted(line[len(start) :].partition(">")[0] for line in lines if line.startswith(start)))
