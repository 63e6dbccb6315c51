"""The folder `changes` of a build: a page in both languages for each release, and what machines read.

What was found once about a release is kept as JSON and is not found again; after a takedown everything is
made anew. Chosen over (a) pages that compare when they are asked for, which would open two stores for every
reader, and (b) one page for all releases, which grows without end.
"""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path
from typing import Any, Final

import orjson

from musnad.build.folder import Folder
from musnad.config import Site as Config
from musnad.project import Project
from musnad.release import Difference
from musnad.site import Address, Site
from musnad.site.pages import PageKind
from musnad.site.texts import LANGUAGES
from musnad.site.values import Iri
from musnad.store import Store
from musnad.versions.changes import Change, Changes, compare
from musnad.versions.keeping import Release, releases_of
from musnad.versions.writing import to_atom, to_json, to_patch, to_stream

_MOST: Final = 500  # claims that a page shows; the JSON has all
_INDEX: Final = PageKind("changes", "changes/index", (), "releases.html", data=False)
_ONE: Final = PageKind("changes", "changes/*", (), "changes.html", data=False)


def write_changes(
    project: Project, config: Config, folder: Folder, own: str, before: Path | None = None
) -> None:
    """Write what each release of a build changed; `before` is such a folder, whose findings still hold.

    Nothing is written for a first release; `own` is the name of the one that is being made.
    """
    releases = releases_of(folder, own)
    if len(releases) < 2:
        return
    site = Site(project, Store.open(folder.store, read_only=True, base=config.base), config)
    folder.changes.mkdir(exist_ok=True)
    history = []
    for old, new in pairwise(releases):
        changes = _found(old, new, (site, folder.changes), before)
        history.append(changes)
        for language in LANGUAGES:
            _write_page(site, folder.changes, changes, language)
    for language in LANGUAGES:
        (folder.changes / f"feed.{language}.atom").write_text(
            to_atom(history, site.config, language), encoding="utf-8"
        )
        _write_index(site, folder.changes, (releases, history), language)
    (folder.changes / "stream.ttl").write_text(to_stream(history, site.config.minter), encoding="utf-8")


def _found(old: Release, new: Release, where: tuple[Site, Path], before: Path | None) -> Changes:
    """Return what a release changed: as it was found before, or found now, with its patch written."""
    site, place = where
    names = [f"{new.name}.json", f"{new.name}.patch"]
    if before and all((before / name).is_file() for name in names):
        for name in names:
            (place / name).write_bytes((before / name).read_bytes())
        told = orjson.loads((place / names[0]).read_bytes())
        claims = tuple(Change(**each) for each in told["claims"])
        return Changes(told["old"], told["new"], claims, Difference((), ()))
    changes = compare(old, new, site.config.base)
    (place / names[0]).write_bytes(to_json(changes))
    with (place / names[1]).open("w", encoding="utf-8", newline="\n") as file:
        file.writelines(to_patch(changes, site.config.minter))
    return changes


def _write_page(site: Site, place: Path, changes: Changes, language: str) -> None:
    rows = [{"kind": each.kind, "reason": each.reason, "claim": Iri(each.claim)} for each in changes.claims]
    for row, each in zip(rows, changes.claims, strict=True):
        row["label"] = (each.label_en or each.label_ar) if language == "en" else each.label_ar
        row["language"] = "en" if language == "en" and each.label_en else "ar"
    names: dict[str, Any] = {
        "old": changes.old,
        "new": changes.new,
        "counts": changes.counts,
        "claims": rows[:_MOST],
        "there": {each.claim for each in changes.claims if each.kind != "removed"},
    }
    page = site.render_answer(_ONE, names, Address(f"changes/{changes.new}", "html", language))
    (place / Path(page.address.name).name).write_text(page.text, encoding="utf-8")


def _write_index(site: Site, place: Path, found: tuple[list[Release], list[Changes]], language: str) -> None:
    releases, history = found
    counts = {each.new: each.counts for each in history}
    files = {
        each.name: sorted(path.name for path in each.folder.release.iterdir() if path.is_file())
        for each in releases
    }
    names: dict[str, Any] = {
        "releases": [each.name for each in reversed(releases)],
        "counts": counts,
        "files": files,
    }
    page = site.render_answer(_INDEX, names, Address(_INDEX.path, "html", language))
    (place / Path(page.address.name).name).write_text(page.text, encoding="utf-8")
