"""What a server has: which things there are, in which formats, and the bytes of each document.

Two kinds of holdings answer the same questions: a store, whose pages are made when they are asked for, and a
folder that `musnad site` wrote (`written`). Everything about HTTP is above them and the same for both. Chosen
over (a) a second server for static sites, which would drift from the first, and (b) serving a store from its
written pages only, which would have to write millions of files before the first answer.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Protocol

import pyoxigraph as ox

from musnad.server.media import BY_SUFFIX, DATA, HTML, Format
from musnad.server.paths import encode_path
from musnad.server.replies import Representation
from musnad.site import Address, Site
from musnad.site.pages import MEDIA
from musnad.store import Store
from musnad.vocabulary import RDF_TYPE

_TYPE: Final = ox.NamedNode(RDF_TYPE)


class Holdings(Protocol):
    """What is served."""

    @property
    def base(self) -> str:
        """Return the base of all IRIs."""

    @property
    def licence(self) -> str:
        """Return the IRI of the licence of the data."""

    def iri(self, path: str) -> str:
        """Return the IRI of the thing at a path."""

    def is_thing(self, path: str) -> bool:
        """Tell whether there is a thing at a path, apart from the documents about it."""

    def formats(self, path: str) -> tuple[Format, ...]:
        """Return the formats in which there is a document at a path; none where there is nothing."""

    def types(self, path: str) -> list[str]:
        """Return the classes of the thing at a path, sorted."""

    def labels(self, path: str) -> Mapping[str, str]:
        """Return the name of the thing at a path in each language that it has one in."""

    def document(self, address: Address) -> Representation | None:
        """Return one document; None where there is no such thing, language or part of a list.

        Raises DataError where the format cannot hold a character of the data.
        """

    def error_page(self, status: int, language: str) -> str:
        """Return the page about a status, or ""."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A store and the pages that are made from it."""

    site: Site
    store: Store

    @property
    def base(self) -> str:
        """Return the base of all IRIs."""
        return self.site.config.base

    @property
    def licence(self) -> str:
        """Return the IRI of the licence of the data."""
        return self.site.config.licence

    def iri(self, path: str) -> str:
        """Return the IRI at a path, written as the store writes it: decoded, or percent-encoded."""
        plain = self.site.addresses.iri(path)
        encoded = self.base + encode_path(path)
        return encoded if encoded != plain and not self._knows(plain) and self._knows(encoded) else plain

    def is_thing(self, path: str) -> bool:
        """Tell whether the store says anything of what is at a path, or has a graph of this name."""
        return self._knows(self.iri(path))

    def _knows(self, iri: str) -> bool:
        try:
            node = ox.NamedNode(iri)
        except ValueError:
            return False
        said = next(self.store.native.quads_for_pattern(node, None, None), None)
        return said is not None or self.store.native.contains_named_graph(node)

    def formats(self, path: str) -> tuple[Format, ...]:
        """Return the formats in which there is a document at a path; none where there is nothing."""
        kinds = self.site.addresses.kinds(path)
        pages = tuple(BY_SUFFIX[kind.suffix] for kind in kinds if not kind.anywhere)
        if not self.is_thing(path):
            return (
                pages if all(kind.fixed or kind.over or kind.facet or kind.example for kind in kinds) else ()
            )
        data = DATA if all(kind.data for kind in kinds if kind.suffix == HTML.suffix) else ()
        return (*pages, *data)

    def types(self, path: str) -> list[str]:
        """Return the classes of the thing at a path, sorted."""
        if not self.is_thing(path):
            return []
        found = self.store.native.quads_for_pattern(ox.NamedNode(self.iri(path)), _TYPE, None)
        return sorted({quad.object.value for quad in found if isinstance(quad.object, ox.NamedNode)})

    def labels(self, path: str) -> Mapping[str, str]:
        """Return the name of the thing at a path in each language that it has one in."""
        found = self.site.world.labels_of(self.iri(path)) if self.is_thing(path) else ()
        return {words.language: words.shown for words in reversed(found)}

    def document(self, address: Address) -> Representation | None:
        """Return one document; None where there is no such thing, language or part of a list."""
        form = BY_SUFFIX[address.suffix]
        if address.suffix in MEDIA:
            kind = self.site.addresses.kind(address.path, address.suffix)
            if kind is None or kind.anywhere:
                return None
            page = self.site.render(address.path, address.language, address.number, address.suffix)
            return Representation.of(page.text, form.content_type, address.language) if page else None
        text = self.site.data.write(self.iri(address.path), address.suffix)
        return Representation.of(text, form.content_type) if text is not None else None

    def error_page(self, status: int, language: str) -> str:
        """Return the page about a status, or ""."""
        page = self.site.render(str(status), language)
        return page.text if page else ""
