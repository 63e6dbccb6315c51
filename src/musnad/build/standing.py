"""Which pages of the last build stand as they are, and their files in the new one.

A thing stands where nothing that its pages read is concerned by what changed (`site.concerned`), where the
same templates, texts, settings and engine made them, and where every one of its files still has its checksum.
Its files get a second name in the new build, as hard links; the old build, which had the first, is removed
when the new one has taken its place, so that nobody can damage both by writing into one. Pages that are about
no thing (lists, facets, counts) are always made again. Chosen over (a) copies of all files, which write the
site once more at every build, and (b) writing into the folder that is served, which no crash would forgive.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Set
from hashlib import sha256
from itertools import chain
from pathlib import Path
from typing import Final

from musnad.build.cached import standing_on
from musnad.build.delta import beside, compare
from musnad.build.folder import Folder
from musnad.build.traced import Traced, traces
from musnad.depending import Changed
from musnad.errors import MusnadError
from musnad.project import Project
from musnad.site import Site
from musnad.site.addresses import parse
from musnad.site.concerned import concerned
from musnad.site.folder import SUMS, SiteFolder, fingerprint, read_sums
from musnad.site.writing import about_things
from musnad.store import Store, file_digest
from musnad.store_folder import second_name

_READ: Final = 8  # bytes of the hash of a read


def about_pages(project: Project, folder: Folder) -> dict[str, object]:
    """Return of which pages traces are: their files, and what they are made from beside the data."""
    asked = [project.site_file.parent, project.context, project.authority]
    ground = fingerprint([path for path in asked if path.exists()], standing_on())
    return {"ground": ground, "pages": file_digest(folder.site / SUMS)}


def traces_of(project: Project, folder: Folder) -> Iterator[Traced]:
    """Yield what the pages of a build read; nothing where that is not known, or they would be others now."""
    try:
        about = about_pages(project, folder)
    except MusnadError:
        return
    yield from traces(folder.traces, about)


def standing(site: Site, last: Folder, now: Folder, there: Set[str], into: SiteFolder) -> Iterator[str]:
    """Yield the things of `there` whose pages stand, their files put into the new folder.

    Nothing is yielded where the last build cannot be compared with this one.
    """
    known = traces_of(site.project, last)
    if (first := next(known, None)) is None or (touched := _touched(site, last, now)) is None:
        return
    files = _files(last.site)
    for path, reads in chain([first], known):
        hashes = (reads[place : place + _READ] for place in range(0, len(reads), _READ))
        alike = path in there and path in files and touched.isdisjoint(hashes)
        traced = alike and all(map(about_things, site.addresses.kinds(path)))
        if traced and _take(last.site, files[path], into):
            yield path


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


def _files(folder: Path) -> Mapping[str, list[tuple[str, str]]]:
    """Return the files of a written site, each with its checksum, by the paths of their pages."""
    found: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for name, digest in read_sums(folder).items():
        if address := parse(name):
            found[address.path].append((name, digest))
    return found


def _take(folder: Path, files: Iterable[tuple[str, str]], into: SiteFolder) -> bool:
    """Put files of a site into another; tell whether all of them were what their checksums say."""
    told = list(files)
    try:
        if any(sha256((folder / name).read_bytes()).hexdigest() != digest for name, digest in told):
            return False
    except OSError:
        return False
    for name, digest in told:
        second_name(folder / name, into.root / name)
        into.sums[name] = digest
        into.counts[name.rpartition(".")[2]] += 1
    return True
