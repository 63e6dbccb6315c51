"""Where a page is: from an IRI to a file name and back.

`<path>.ar.html` and `<path>.en.html` stand beside `<path>.html` (Arabic) and `<path>.ttl`, `.jsonld`, `.nt`,
`.rdf`; `.p` and a number before the language is a later part of a list (`parts`). Links are relative, so that
the same files work under any host. Chosen over (a) `/ar/…` folders, which part a thing from its data, and (b)
absolute links, which break on 127.0.0.1.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Final
from urllib.parse import quote

from musnad.site.pages import HTML, LOCALIZED, MEDIA, PageKind
from musnad.site.texts import LANGUAGES

HOME: Final = "index"
DATA_SUFFIXES: Final = ("ttl", "jsonld", "nt", "rdf")
_MOST_PATHS: Final = 16_384  # whose kinds are remembered: a page links to few, again and again
_SUFFIXES: Final = "|".join((*MEDIA, *DATA_SUFFIXES))
_NAME: Final = re.compile(
    rf"(?P<path>.+?)(?:\.p(?P<number>[1-9][0-9]{{0,8}}))?(?:\.(?P<language>{'|'.join(LANGUAGES)}))?"
    rf"\.(?P<suffix>{_SUFFIXES})\Z"
)


@dataclass(frozen=True, slots=True)
class Address:
    """One file of the site."""

    path: str
    suffix: str = "html"
    language: str = ""  # "" for data, and for the page whose language is negotiated
    number: int = 1

    @property
    def name(self) -> str:
        """Return the name of the file, relative to the root of the site."""
        part = f".p{self.number}" if self.number > 1 else ""
        return f"{self.path}{part}{'.' + self.language if self.language else ''}.{self.suffix}"


def parse(name: str) -> Address | None:
    """Return the address that a file name stands for; None where it is no page and no data file.

    >>> parse("scheme/relation/stated.p2.en.html")
    Address(path='scheme/relation/stated', suffix='html', language='en', number=2)
    >>> parse("claim/0123.ttl").suffix
    'ttl'
    """
    found = _NAME.match(name)
    if not found or (found["language"] and found["suffix"] not in LOCALIZED):
        return None
    if found["number"] and found["suffix"] not in MEDIA:
        return None
    return Address(found["path"], found["suffix"], found["language"] or "", int(found["number"] or 1))


class Addresses:
    """The addresses of all pages below one base."""

    def __init__(self, base: str, kinds: Iterable[PageKind]) -> None:
        self.base = base
        self._fixed: dict[str, list[PageKind]] = {}
        self._patterns: list[tuple[re.Pattern[str], PageKind]] = []
        for kind in kinds:
            if kind.fixed:
                self._fixed.setdefault(kind.path, []).append(kind)
            else:
                self._patterns.append((kind.pattern, kind))
        self._known: dict[str, dict[str, PageKind]] = {}

    def path(self, iri_or_path: str) -> str:
        """Return the path of a thing: no base, no fragment, no suffix; the base itself is `index`."""
        path = iri_or_path.removeprefix(self.base).partition("#")[0]
        return path or HOME

    def kinds(self, path: str) -> list[PageKind]:
        """Return the kinds of page at a path, one for each format; a fixed path comes before a pattern."""
        return list(self._by_suffix(path).values())

    def kind(self, path: str, suffix: str = HTML) -> PageKind | None:
        """Return the kind of page at a path in a format."""
        return self._by_suffix(path).get(suffix)

    def _by_suffix(self, path: str) -> dict[str, PageKind]:
        """Return the kinds of page at a path by their suffix."""
        found = self._known.get(path)
        if found is None:
            found = {kind.suffix: kind for kind in self._fixed.get(path, ())}
            for pattern, kind in self._patterns:
                if kind.suffix not in found and pattern.match(path):
                    found[kind.suffix] = kind
            if len(self._known) >= _MOST_PATHS:
                self._known.clear()
            self._known[path] = found
        return found

    def local(self, iri: str) -> bool:
        """Tell whether an IRI is below the base and has a page."""
        return iri.startswith(self.base) and self.kind(self.path(iri)) is not None

    def iri(self, path: str) -> str:
        """Return the IRI of the thing at a path."""
        return self.base if path == HOME else self.base + path

    def href(self, iri: str, root: str, language: str, number: int = 1) -> str:
        """Return the relative link to the page of an IRI, with the anchor of its fragment."""
        fragment = iri.partition("#")[2]
        name = _file_of_page(self.path(iri), language, number)
        return root + name + (f"#{quote(fragment, safe=FRAGMENT)}" if fragment else "")


@lru_cache(maxsize=8_192)
def _file_of_page(path: str, language: str, number: int) -> str:
    """Return the name of a page as a link writes it."""
    return quote(Address(path, HTML, language, number).name, safe="/._~-")


FRAGMENT: Final = "=,;:@!$&'()*+/?._~-"


def root_of(path: str) -> str:
    """Return the way from a page to the root of the site.

    >>> root_of("claim/0123"), root_of("people")
    ('../', '')
    """
    return "../" * path.count("/")
