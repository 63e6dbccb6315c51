"""Write the whole site to a folder: pages in both languages, data, style sheet.

One thing after another, nothing kept, so that memory does not grow with the dataset; a share of the pages can
be written by each of several processes, since every page is made alone. `<path>.html` is the Arabic page, for
web servers that do not negotiate. Chosen over (a) writing from several threads, since the store is one, and
(b) links from `<path>.html`, which archives of files lose.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby, islice

from musnad.site.addresses import DATA_SUFFIXES, Address
from musnad.site.folder import SiteFolder
from musnad.site.pages import LOCALIZED, PageKind
from musnad.site.rendering import Page, Site
from musnad.site.searching import Searching
from musnad.site.texts import LANGUAGES
from musnad.site.traces import TracedStore

Noted = Callable[[str, frozenset[bytes]], None]  # takes the path of a thing, and what its pages read


@dataclass(frozen=True, slots=True)
class Share:
    """Which pages one of several processes writes: those whose number is `number` modulo `of`.

    With `only` no other things get pages; what is about no thing is written in any case.
    """

    number: int = 0
    of: int = 1
    only: Collection[str] | None = None


def about_things(kind: PageKind) -> bool:
    """Tell whether the pages of a kind are each about one thing, so that what they read can be traced.

    The pages over facets are not: each counts the claims of all values of its own facet.
    """
    return not (kind.fixed or kind.over or kind.facet or kind.example or kind.collated)


def write_site(site: Site, folder: SiteFolder, share: Share = Share(), noted: Noted | None = None) -> None:
    """Write every page and data file of a share.

    Where `noted` is given and the store traces, it is told what the pages of each thing read.
    """
    site.world.kept.sparing = share.only is not None
    store = site.answers.store
    tracing = store if noted is not None and isinstance(store, TracedStore) else None
    for path, kinds in islice(_things(site, share.only), share.number, None, share.of):
        traced = tracing if all(map(about_things, kinds)) else None
        if traced:
            site.world.labels.clear()  # what one page has read, another would not be seen to read
            traced.noted()
        for kind in kinds:
            _write_page(site, folder, path, kind)
        if traced and noted is not None:
            noted(path, traced.noted())
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


def _write_page(site: Site, folder: SiteFolder, path: str, kind: PageKind) -> None:
    number = 1
    while page := _write_part(site, folder, (path, kind.suffix, number)):
        if number >= page.pages:
            break
        number += 1
    for suffix in DATA_SUFFIXES if kind.data else ():
        text = site.data.write(site.addresses.iri(path), suffix)
        if text is not None:
            folder.write(Address(path, suffix).name, text, suffix)


def _write_part(site: Site, folder: SiteFolder, part: tuple[str, str, int]) -> Page | None:
    """Write one part of a page in every language that it has; return the first."""
    path, suffix, number = part
    first = None
    languages: Iterable[str] = LANGUAGES if suffix in LOCALIZED else ("",)
    for language in languages:
        page = site.render(path, language, number, suffix)
        if page is None:
            break
        folder.write(page.address.name, page.text, suffix)
        if first is None:
            first = page
            if language:
                folder.write(replace(page.address, language="").name, page.text, suffix)
    return first
