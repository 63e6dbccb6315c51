"""Which pages of the last build stand as they are, and their files in the new one.

The whole site stands where it was made from the same. Else all pages of a thing stand where nothing that
they read is concerned by what changed (`site.concerned`); one part of a page stands where its template would
be given the same, and what it looks up beside is not concerned. All of it only where the same templates,
texts, settings and engine made them, and where every file is what was written (`noted`), or else has its
checksum. Which things have pages is known from the last site, but for those of which something came or went.
The files get a second name in the new build, as hard links; the old build, which had the first, is removed
when the new one has taken its place, so that nobody can damage both by writing into one. Chosen over (a)
copies of all files, which write the site once more at every build, and (b) writing into the folder that is
served, which no crash would forgive.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from contextlib import nullcontext
from dataclasses import dataclass, field
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Final

from musnad.build.cached import standing_on
from musnad.build.delta import Compared, beside
from musnad.build.folder import Folder
from musnad.build.noted import suspects
from musnad.build.traced import Record, numbers, traces
from musnad.depending import Changed
from musnad.errors import MusnadError
from musnad.project import Project
from musnad.site import Site
from musnad.site.concerned import concerned
from musnad.site.folder import SUMS, SiteFolder, fingerprint, read_mark, read_sums
from musnad.site.listing import things_among
from musnad.site.traces import Unit
from musnad.site.writing import unit_files
from musnad.store import Store, file_digest, loaded_from
from musnad.store_folder import Links, link

_BLOCK: Final = 1 << 16
Sides = tuple[Changed, Changed]  # what went, and what came


def about_pages(project: Project, folder: Folder) -> dict[str, object]:
    """Return of which pages traces are: their files, and what they are made from beside the data."""
    asked = [project.site_file.parent, project.context, project.authority]
    ground = fingerprint([path for path in asked if path.exists()], standing_on())
    return {"ground": ground, "pages": file_digest(folder.site / SUMS)}


def traces_of(project: Project, folder: Folder) -> Iterator[Record]:
    """Yield what the pages of a build read; nothing where that is not known, or they would be others now."""
    try:
        about = about_pages(project, folder)
    except MusnadError:
        return
    yield from traces(folder.traces, about)


@dataclass(frozen=True, slots=True)
class Files:
    """Files of the last site: where they are, their checksums, and which must be read to know their bytes."""

    root: Path
    sums: Mapping[str, str] = field(default_factory=dict)
    absent: Set[str] = field(default_factory=set)  # which are not yet in the new site
    suspects: Set[str] = field(default_factory=set)

    @classmethod
    def of(cls, last: Folder, into: SiteFolder) -> Files:
        """Return all files of the site of a build, some of which may have names in another already."""
        sums = into.began_with or read_sums(last.site)
        absent = suspects(last, sums, site=into.root) if into.began_with else sums.keys()
        return cls(last.site, sums, absent, suspects(last, sums, absent))

    def some(self, names: Iterable[str]) -> Files:
        """Return those files that have some names."""
        sums = {name: self.sums[name] for name in names}
        absent, read = ({name for name in sums if name in every} for every in (self.absent, self.suspects))
        return Files(self.root, sums, absent, read)

    def of_units(self, names: Iterable[str]) -> list[str]:
        """Return the files of units; not every language of a page, and not all data, need be there."""
        return [file for name in names for file in unit_files(name) if file in self.sums]

    def take(self, names: Collection[str], into: SiteFolder, links: Links | None = None) -> bool:
        """Put files into another site; tell whether all of them were what their checksums say."""
        if not self.suspects.isdisjoint(names) and not self._are_whole(names):
            return False
        if not self.absent.isdisjoint(names):
            with nullcontext(links) if links else self.links(into) as opened:
                for name in self.absent & set(names):
                    opened.link(name)
                    if into.noting:
                        into.renewed.add(name)
        for name in names:
            into.sums[name] = self.sums[name]
            into.counts[name.rpartition(".")[2]] += 1
        return True

    def _are_whole(self, names: Iterable[str]) -> bool:
        """Tell whether those files that must be read are what their checksums say."""
        before = os.fspath(self.root)
        try:
            read = (name for name in names if name in self.suspects)
            return all(_digest(f"{before}/{name}") == self.sums[name] for name in read)
        except OSError:
            return False

    def links(self, into: SiteFolder) -> Links:
        """Return what gives the files second names in another site."""
        return Links(os.fspath(self.root), os.fspath(into.root))


@dataclass(frozen=True, slots=True)
class Standing:
    """What is left of the last site: the paths that stand, and the units of others that may."""

    paths: Set[str]
    only: Set[str]  # the things that must be written
    units: dict[str, Unit]  # of the paths that do not stand, by their names
    files: Files  # of these
    touched: Set[bytes]  # the reads that the change concerns

    def take(self, name: str, given: bytes, folder: SiteFolder) -> Unit | None:
        """Put the files of a unit into the folder and return it; None where they must be made anew."""
        unit = self.units.get(name)
        if unit is None or unit.given != given or not self.touched.isdisjoint(unit.reads):
            return None
        return unit if self.files.take(self.files.of_units([name]), folder) else None


def standing(site: Site, last: Folder, sides: Sides, into: SiteFolder) -> Standing | None:
    """Return what stands of the last site, the files of whole paths put into the new folder.

    None where it is not known what the pages of the last build read.
    """
    known = traces_of(site.project, last)
    if (first := next(known, None)) is None:
        return None
    touched = concerned(site.queries.values(), sides, site.config.base)
    there = things_among(site.answers.store, site.addresses, (quad for side in sides for quad in side.quads))
    files, reads = Files.of(last, into), numbers(touched)
    paths, left = set[str](), list[Record]()
    only = {path for path, has_page in there.items() if has_page}
    with files.links(into) as links:
        for record in chain([first], known):
            stands = record.thing and there.get(record.path, True) and not record.among(reads)
            if stands and files.take(files.of_units(record.names()), into, links):
                paths.add(record.path)
                continue
            left.append(record)
            if record.thing and there.get(record.path, True):
                only.add(record.path)
    units = {unit.name: unit for record in left for unit in record.trace().units}
    return Standing(paths, only - paths, units, files.some(files.of_units(units)), touched)


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
    if apart.removed or apart.added:
        return False
    files = Files.of(last, into)
    if not files.take(files.sums, into):
        return False
    into.counts = Counter(mark["counts"])
    for before_it, it in ((last.traces, now.traces), (last.answers, now.answers)):
        if before_it.is_file():
            link(os.fspath(before_it), os.fspath(it))
    return True


def sides_of(site: Site, last: Folder, now: Folder, compared: Compared) -> Sides | None:
    """Return what went and what came between two builds; None where it is too much to follow."""
    change = compared.between(last, now)
    if change is None:
        return None
    before, after = Store.open(last.store, read_only=True, base=site.config.base), site.answers.store
    apart = beside(before, after, site.config.minter)
    return Changed(before, change.removed + apart.removed), Changed(after, change.added + apart.added)


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
