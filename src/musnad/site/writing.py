"""Write the whole site to a folder: pages in both languages, data, style sheet.

One thing after another, nothing kept, so that memory does not grow with the dataset; a share of the pages
can be written by each of several processes, since every page is made alone. `<path>.html` is the Arabic
page, for web servers that do not negotiate. Where an earlier site is known (`Tracing`), a part of a page is
made only if it is given other data, or looks up what changed. Chosen over (a) writing from several threads,
since the store is one, and (b) links from `<path>.html`, which archives of files lose.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import groupby, islice
from typing import Final, Protocol

from musnad.site.addresses import DATA_SUFFIXES, Address
from musnad.site.folder import SiteFolder
from musnad.site.pages import LOCALIZED, PageKind
from musnad.site.rendering import Site
from musnad.site.searching import Searching
from musnad.site.texts import LANGUAGES
from musnad.site.traces import PathTrace, TracedStore, Unit

_DATA: Final = DATA_SUFFIXES[0]  # stands for all data files of a thing


class Former(Protocol):
    """What knows the files of an earlier site."""

    def take(self, name: str, given: bytes, folder: SiteFolder) -> Unit | None:
        """Put the files of a unit into the folder and return it; None where they must be made anew."""


@dataclass(frozen=True, slots=True)
class Tracing:
    """What is noted while pages are written, and the earlier pages that may stand."""

    store: TracedStore
    noted: Callable[[PathTrace], None]  # takes what the pages of one path asked for
    former: Former | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """Which pages one of several processes writes: those whose number is `number` modulo `of`.

    With `only` no other things get pages; what is about no thing is written in any case.
    """

    number: int = 0
    of: int = 1
    only: Collection[str] | None = None


def about_things(kind: PageKind) -> bool:
    """Tell whether the pages of a kind are each about one thing, so that all that they read can be traced."""
    return not (kind.fixed or kind.over or kind.facet or kind.example or kind.collated)


def unit_files(name: str) -> list[str]:
    """Return the files of a unit: a part of a page in all languages, or all data files of a thing.

    >>> unit_files("feed.atom")
    ['feed.ar.atom', 'feed.en.atom', 'feed.atom']
    >>> unit_files("claim/00.ttl")
    ['claim/00.ttl', 'claim/00.jsonld', 'claim/00.nt', 'claim/00.rdf']
    """
    stem, _, suffix = name.rpartition(".")
    return [stem + ending for ending in _endings(suffix)]


@cache
def _endings(suffix: str) -> tuple[str, ...]:
    """Return how the files of a unit end, by the suffix of the first: most of a site is asked for them."""
    if suffix == _DATA:
        return tuple(f".{each}" for each in DATA_SUFFIXES)
    languages = LANGUAGES if suffix in LOCALIZED else ()
    return *(f".{language}.{suffix}" for language in languages), f".{suffix}"


def write_site(
    site: Site, folder: SiteFolder, share: Share = Share(), tracing: Tracing | None = None
) -> None:
    """Write every page and data file of a share."""
    site.world.kept.sparing = share.only is not None
    writer = _Writer(site, folder, tracing)
    for path, kinds in islice(_things(site, share.only), share.number, None, share.of):
        writer.write(path, kinds)
    if share.number == 0:
        _write_static(site, folder)
        Searching(site, site.index).write(lambda name, body: folder.write(name, body, "search"))


def _things(site: Site, only: Collection[str] | None) -> Iterator[tuple[str, list[PageKind]]]:
    """Yield every path with the kinds of its pages."""
    for path, found in groupby(site.pages(only), lambda each: each[0]):
        yield path, [kind for _, kind in found]


def _write_static(site: Site, folder: SiteFolder) -> None:
    """Write the style sheet, the scripts and the pictures of the project."""
    root = site.project.static
    for path in sorted(root.rglob("*")):
        if path.is_file():
            folder.write(f"static/{path.relative_to(root).as_posix()}", path.read_bytes(), "static")


class _Writer:
    """Writes the pages of one path after another."""

    def __init__(self, site: Site, folder: SiteFolder, tracing: Tracing | None) -> None:
        self._site, self._folder, self._tracing = site, folder, tracing

    def write(self, path: str, kinds: list[PageKind]) -> None:
        """Write the pages and the data files of a path."""
        self._noted()
        asked: set[bytes] = set()
        units: list[Unit] = []
        for kind in kinds:
            number = 1
            while number:
                given = self._site.given(path, kind, number)
                asked |= self._noted()
                if given is None:
                    break
                name = Address(path, kind.suffix, "", number).name
                digest = given.digest() if self._tracing else b""
                units.append(self._taken(name, digest) or self._made(path, name, digest, number))
                number = given.around.next
            if kind.data:
                name = Address(path, _DATA).name
                units.append(self._taken(name, b"") or self._told(path, name))
        if self._tracing:
            thing = all(map(about_things, kinds))
            self._tracing.noted(PathTrace(path, thing, frozenset(asked), tuple(units)))

    def _noted(self) -> frozenset[bytes]:
        return self._tracing.store.noted() if self._tracing else frozenset()

    def _taken(self, name: str, digest: bytes) -> Unit | None:
        former = self._tracing.former if self._tracing else None
        return former.take(name, digest, self._folder) if former else None

    def _made(self, path: str, name: str, digest: bytes, number: int) -> Unit:
        """Write one part of a page in every language that it has."""
        suffix = name.rpartition(".")[2]
        for language in LANGUAGES if suffix in LOCALIZED else ("",):
            page = self._site.render(path, language, number, suffix)
            if page is None:
                break
            self._folder.write(page.address.name, page.text, suffix)
            if language == LANGUAGES[0]:
                self._folder.write(replace(page.address, language="").name, page.text, suffix)
        return Unit(name, digest, self._noted())

    def _told(self, path: str, name: str) -> Unit:
        """Write the data files of a thing."""
        for suffix in DATA_SUFFIXES:
            text = self._site.data.write(self._site.addresses.iri(path), suffix)
            if text is not None:
                self._folder.write(Address(path, suffix).name, text, suffix)
        return Unit(name, b"", self._noted())
