"""Write the whole site to a folder: pages in both languages, data, style sheet.

One thing after another, nothing kept, so that memory does not grow with the dataset; a share of the pages can
be written by each of several processes, since every page is made alone. `<path>.html` is the Arabic page, for
web servers that do not negotiate. Chosen over (a) writing from several threads, since the store is one, and
(b) links from `<path>.html`, which archives of files lose.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import islice

from musnad.site.addresses import DATA_SUFFIXES, Address
from musnad.site.folder import SiteFolder
from musnad.site.pages import LOCALIZED, PageKind
from musnad.site.rendering import Page, Site
from musnad.site.searching import Searching
from musnad.site.texts import LANGUAGES


def write_site(site: Site, folder: SiteFolder, share: int = 0, shares: int = 1) -> None:
    """Write every page and data file, or every page whose number is `share` modulo `shares`."""
    for path, kind in islice(site.pages(), share, None, shares):
        _write_page(site, folder, path, kind)
    if share == 0:
        _write_static(site, folder)
        Searching(site, site.index).write(lambda name, body: folder.write(name, body, "search"))


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
