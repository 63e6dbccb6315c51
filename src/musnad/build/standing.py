"""Which pages of the last build stand as they are, and their files in the new one.

The whole site stands where it was made from the same. Else all pages of a thing stand where nothing that
they read is concerned by what changed (`site.concerned`); one part of a page stands where its template would
be given the same, and what it looks up beside is not concerned. All of it only where the same templates,
texts, settings and engine made them, and where every file still has its checksum. The files get a second name
in the new build, as hard links; the old build, which had the first, is removed when the new one has taken its
place, so that nobody can damage both by writing into one. Chosen over (a) copies of all files, which write
the site once more at every build, and (b) writing into the folder that is served, which no crash would
forgive.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Set
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Final

from musnad.build.cached import standing_on
from musnad.build.delta import beside, compare
from musnad.build.folder import Folder
from musnad.build.traced import traces
from musnad.depending import Changed
from musnad.errors import MusnadError
from musnad.project import Project
from musnad.site import Site
from musnad.site.concerned import concerned
from musnad.site.folder import SUMS, SiteFolder, fingerprint, read_mark, read_sums
from musnad.site.traces import PathTrace, Unit
from musnad.site.writing import unit_files
from musnad.store import Store, file_digest, loaded_from
from musnad.store_folder import link

_BLOCK: Final = 1 << 16


def about_pages(project: Project, folder: Folder) -> dict[str, object]:
    """Return of which pages traces are: their files, and what they are made from beside the data."""
    asked = [project.site_file.parent, project.context, project.authority]
    ground = fingerprint([path for path in asked if path.exists()], standing_on())
    return {"ground": ground, "pages": file_digest(folder.site / SUMS)}


def traces_of(project: Project, folder: Folder) -> Iterator[PathTrace]:
    """Yield what the pages of a build read; nothing where that is not known, or they would be others now."""
    try:
        about = about_pages(project, folder)
    except MusnadError:
        return
    yield from traces(folder.traces, about)


@dataclass(frozen=True, slots=True)
class Standing:
    """What is left of the last site: the paths that stand, and the units of others that may."""

    site: Path
    touched: frozenset[bytes] = frozenset()  # the reads that the change concerns
    paths: set[str] = field(default_factory=set)
    units: dict[str, Unit] = field(default_factory=dict)  # of the other paths, by their names
    sums: dict[str, str] = field(default_factory=dict)  # of their files

    def take(self, name: str, given: bytes, folder: SiteFolder) -> Unit | None:
        """Put the files of a unit into the folder and return it; None where they must be made anew."""
        unit = self.units.get(name)
        if unit is None or unit.given != given or not self.touched.isdisjoint(unit.reads):
            return None
        files = [file for file in unit_files(name) if file in self.sums]
        return unit if _take(self.site, files, self.sums, folder) else None


def standing(site: Site, last: Folder, now: Folder, there: Set[str], into: SiteFolder) -> Standing | None:
    """Return what stands of the last site, the files of whole paths put into the new folder.

    `there` are the things that have pages now. None where the last build cannot be compared with this one.
    """
    known = traces_of(site.project, last)
    if (first := next(known, None)) is None or (touched := _touched(site, last, now)) is None:
        return None
    sums = read_sums(last.site)
    found = Standing(last.site, frozenset(touched))
    for trace in chain([first], known):
        files = [file for unit in trace.units for file in unit_files(unit.name) if file in sums]
        if _untouched(trace, there, touched) and _take(last.site, files, sums, into):
            found.paths.add(trace.path)
        else:
            found.units.update((unit.name, unit) for unit in trace.units)
            found.sums.update((file, sums[file]) for file in files)
    return found


def take_whole(site: Site, last: Folder, now: Folder, source: str, into: SiteFolder) -> bool:
    """Put all of the last site into the new folder, if it was made from the same; tell whether it was.

    The same are then the data of both stores, `source`, and whatever else pages are made from.
    """
    mark = read_mark(last.site)
    if mark.get("source") != source or loaded_from(last.store) != loaded_from(now.store):
        return False
    if next(traces_of(site.project, last), None) is None:
        return False
    before = Store.open(last.store, read_only=True, base=site.config.base)
    apart = beside(before, site.answers.store, site.config.minter)
    sums = read_sums(last.site)
    if apart.removed or apart.added or not _take(last.site, sums, sums, into):
        return False
    into.counts = Counter(mark["counts"])
    link(os.fspath(last.traces), os.fspath(now.traces))
    return True


def _untouched(trace: PathTrace, there: Set[str], touched: Set[bytes]) -> bool:
    """Tell whether all pages of a path are as they were."""
    return (
        trace.thing
        and trace.path in there
        and touched.isdisjoint(trace.asked)
        and all(touched.isdisjoint(unit.reads) for unit in trace.units)
    )


def _touched(site: Site, last: Folder, now: Folder) -> set[bytes] | None:
    """Return the reads that the change between two builds concerns; None where it is too large to follow."""
    base = site.config.base
    change = compare(last.quads, now.quads)
    if change is None:
        return None
    before, after = Store.open(last.store, read_only=True, base=base), site.answers.store
    apart = beside(before, after, site.config.minter)
    sides = (
        Changed(before, change.removed + apart.removed),
        Changed(after, change.added + apart.added),
    )
    return concerned(site.queries.values(), sides, base)


def _digest(path: str) -> str:
    """Return the hash of a small file: of 40,000, `open` takes longer than the system."""
    told, file = sha256(), os.open(path, os.O_RDONLY)
    try:
        while len(block := os.read(file, _BLOCK)) == _BLOCK:
            told.update(block)
    finally:
        os.close(file)
    told.update(block)
    return told.hexdigest()


def _take(folder: Path, files: Iterable[str], sums: Mapping[str, str], into: SiteFolder) -> bool:
    """Put files of a site into another; tell whether all of them were what their checksums say."""
    told, before, now = list(files), os.fspath(folder), os.fspath(into.root)
    try:
        if any(_digest(f"{before}/{name}") != sums[name] for name in told):
            return False
    except OSError:
        return False
    for name in told:
        link(f"{before}/{name}", f"{now}/{name}")
        into.sums[name] = sums[name]
        into.counts[name.rpartition(".")[2]] += 1
    return True
