"""Write the whole site to a folder: pages in both languages, data, style sheet.

One thing after another, nothing kept, so that memory does not grow with the dataset. `<path>.html` is the
Arabic page, for web servers that do not negotiate. Chosen over (a) writing from several threads, since the
store is one, and (b) links from `<path>.html`, which archives of files lose.
"""

from __future__ import annotations

import shutil
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from musnad.errors import DataError
from musnad.site.addresses import DATA_SUFFIXES, Address
from musnad.site.pages import LOCALIZED
from musnad.site.rendering import Page, Site
from musnad.site.texts import LANGUAGES

_LONGEST_NAME = 200  # bytes of one file name


def write_site(site: Site, folder: Path) -> Mapping[str, int]:
    """Write every page and data file below `folder`; return how many files of each suffix."""
    counts: Counter[str] = Counter()
    for path, kind in site.pages():
        number = 1
        while page := _write_part(site, folder, (path, kind.suffix, number), counts):
            if number >= page.pages:
                break
            number += 1
        if kind.data:
            for suffix in DATA_SUFFIXES:
                text = site.data.write(site.addresses.iri(path), suffix)
                if text is not None:
                    _write(folder, Address(path, suffix).name, text)
                    counts[suffix] += 1
    shutil.copytree(site.project.static, folder / "static", dirs_exist_ok=True)
    counts["static"] = sum(1 for path in site.project.static.rglob("*") if path.is_file())
    return dict(sorted(counts.items()))


def _write_part(site: Site, folder: Path, part: tuple[str, str, int], counts: Counter[str]) -> Page | None:
    """Write one part of a page in every language that it has; return the first."""
    path, suffix, number = part
    first = None
    for language in LANGUAGES if suffix in LOCALIZED else ("",):
        page = site.render(path, language, number, suffix)
        if page is None:
            break
        names = {page.address.name}
        if first is None:
            first = page
            names.add(replace(page.address, language="").name)
        for name in names:
            _write(folder, name, page.text)
            counts[suffix] += 1
    return first


def _write(folder: Path, name: str, text: str) -> None:
    """Write one file; its name comes from an IRI, so it is kept below the folder."""
    path = folder / name
    if ".." in Path(name).parts or Path(name).is_absolute() or len(path.name.encode()) > _LONGEST_NAME:
        raise DataError(name, "this IRI makes no file name", "take the entity out, or give it a shorter slug")
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8", newline="\n")
