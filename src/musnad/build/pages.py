"""Write the pages of a build to a folder, by several processes, and not at all where nothing changed.

A page is made alone, so each process opens the store for itself, read only, and makes every n-th page; the
bytes do not depend on their number. What the pages are made from has a fingerprint: the sums of the release,
the shapes, the authority and the files of `publish/`; where it changed, the pages that no change concerns
stand (`standing`). Chosen over (a) threads, since rendering holds the interpreter, and (b) one process for
each kind of page, of which one kind is most of all.
"""

from __future__ import annotations

import ctypes
import multiprocessing
import os
import signal
import sys
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Thread
from typing import Final

from musnad.build.collecting import collect_seldom
from musnad.build.delta import Compared
from musnad.build.folder import Folder
from musnad.build.noted import note_files, noted_files
from musnad.build.recalled import Known, Recall
from musnad.build.spare import begin_with
from musnad.build.standing import Sides, Standing, about_pages, sides_of, standing, take_whole, traces_of
from musnad.build.traced import TraceWriter, write_traces, written
from musnad.config import read_site
from musnad.curation import WITHDRAWN, dump, read_addresses
from musnad.errors import MusnadError
from musnad.project import Project
from musnad.site import Site
from musnad.site.codings import codings
from musnad.site.folder import MARK, SUMS, SiteFolder, fingerprint, read_mark, read_sums
from musnad.site.traces import TracedStore
from musnad.site.writing import Share, Tracing, write_site
from musnad.store import Store

_MOST_PROCESSES: Final = 8
_WORTH_A_PROCESS: Final = 2_000  # things that are written faster than another process starts
_SET_DEATH_SIGNAL: Final = (
    1  # PR_SET_PDEATHSIG, https://man7.org/linux/man-pages/man2/pr_set_pdeathsig.2const.html
)
Sums = tuple[dict[str, str], Counter[str], set[str]]  # hashes and numbers of files, those that are new


@dataclass(frozen=True, slots=True)
class Order:
    """Which pages to write: of which build, where, and how."""

    project: Path
    build: Path
    out: Path
    packed: bool = False
    processes: int = 1
    last: Path | None = None  # the build before, whose pages may stand

    @property
    def traced(self) -> bool:
        """Tell whether what the pages read is noted: of those that the build has itself."""
        return self.out == Folder(self.build).site and not self.packed


@dataclass(frozen=True, slots=True)
class _Task:
    """The part of one process."""

    order: Order
    before: Mapping[str, str]
    share: Share
    former: Standing | None

    @property
    def traces(self) -> Path:
        """Return where the process notes what its pages read."""
        return self.order.build / f".traces-{self.share.number}"


def processes_here() -> int:
    """Return how many processes this machine can use, at most 8."""
    return min(_MOST_PROCESSES, len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1)


def write_pages(order: Order, compared: Compared | None = None) -> dict[str, int]:
    """Write the site of a build; return how many files of each kind it has.

    Where the folder was written from the same input by the same engine, nothing is done. Raises MusnadError
    where a page cannot be made; what the folder held before is then still there, file by file.
    """
    packing = codings() if order.packed else ()
    source = _source(order)
    known = read_mark(order.out)
    if known.get("source") == source and known.get("packing") == [coding.name for coding in packing]:
        return dict(known["counts"])
    folder = SiteFolder.open(order.out, packing)
    last, build = Folder(order.last or order.build), Folder(order.build)
    if order.last is not None and order.traced and begin_with(last, order.out):
        folder.began_with, folder.noting = read_sums(last.site), True
    folder.begin()
    began = (order.out / MARK).stat().st_mtime_ns
    site = _site(order) if order.last is not None and order.traced else None
    if site and take_whole(site, last, build, source, folder):
        folder.finish(source)
        note_files(build, sorted(folder.sums), began, _unchanged(last, folder))
        return dict(sorted(folder.counts.items()))
    sides = sides_of(site, last, build, compared or Compared()) if site else None
    former = _standing(order, folder, site, sides) if site and sides else None
    only = former.only if former else None
    folder.began_with = {name: it for name, it in folder.began_with.items() if name not in folder.sums}
    processes = order.processes if only is None or len(only) > _WORTH_A_PROCESS else 1
    tasks = [_Task(order, folder.before, Share(n, processes, only), former) for n in range(processes)]
    try:
        _write_all(order, folder, tasks, _Begun(site, sides))
        if told := read_addresses(Folder(order.build).tables):
            folder.write(WITHDRAWN, dump(told), "static")
        folder.finish(source)
        if order.traced:
            _keep_traces(order, former, [task.traces for task in tasks])
            note_files(build, sorted(folder.sums), began, _unchanged(last, folder) if former else ())
    finally:
        for task in tasks:
            task.traces.unlink(missing_ok=True)
    return dict(sorted(folder.counts.items()))


@dataclass(frozen=True, slots=True)
class _Begun:
    """What this process knows already: the pages, and what parts the last build from this one."""

    site: Site | None = None
    sides: Sides | None = None


def _write_all(order: Order, folder: SiteFolder, tasks: Sequence[_Task], begun: _Begun) -> None:
    """Write the pages, in as many processes as there are tasks, and the files that tell of changes."""
    if len(tasks) == 1:
        _add(folder, [_write(tasks[0], begun)])
    else:
        context = multiprocessing.get_context("spawn")
        try:
            with ProcessPoolExecutor(len(tasks), context, _begin) as pool:
                _add(folder, pool.map(_write, tasks))
        except BrokenProcessPool:
            remedy = "see whether the machine has memory left, and build again"
            raise MusnadError(order.out, "a process that writes pages ended without a word", remedy) from None
    for path in _changes(Folder(order.build)):
        folder.write(f"changes/{path.name}", path.read_bytes(), "changes")


def _site(order: Order) -> Site:
    """Return the pages of a build."""
    project = Project(order.project)
    config = read_site(project.site_file)
    kind = TracedStore if order.traced else Store
    site = Site(project, kind.open(Folder(order.build).store, read_only=True, base=config.base), config)
    site.templates.compile()
    return site


def _standing(order: Order, folder: SiteFolder, site: Site, sides: Sides) -> Standing | None:
    """Return what stands of the last site, in the folder now; None where that is nothing."""
    former = standing(site, Folder(order.last or order.build), sides, folder)
    return former if former and former.paths else None


def _keep_traces(order: Order, former: Standing | None, files: Sequence[Path]) -> None:
    """Write what all pages of a build read."""
    project, folder = Project(order.project), Folder(order.build)
    before = traces_of(project, Folder(order.last)) if order.last and former else iter(())
    stands = former.paths if former else frozenset()
    with ExitStack() as opened:
        parts = [(each for each in before if each.path in stands), *written(files, opened)]
        write_traces(folder.traces, about_pages(project, folder), parts)


def _begin() -> None:
    """Begin a process that writes pages and does nothing else."""
    collect_seldom()
    end_with_parent()


def end_with_parent() -> None:
    """End this process as soon as the one that started it is gone.

    A killed build would else leave writers behind, who write old pages into the folder of the next one.
    """
    parent = multiprocessing.parent_process()
    if parent is None:
        return
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_SET_DEATH_SIGNAL, signal.SIGKILL)

    def watch() -> None:
        parent.join()
        os._exit(1)

    Thread(target=watch, daemon=True).start()  # other systems, and a parent that was gone before


def _changes(folder: Folder) -> list[Path]:
    """Return the files that tell what the releases of a build changed."""
    return sorted(folder.changes.glob("*")) if folder.changes.is_dir() else []


def _add(folder: SiteFolder, shares: Iterable[Sums]) -> None:
    for sums, counts, renewed in shares:
        folder.sums.update(sums)
        folder.counts.update(counts)
        folder.renewed.update(renewed)


def _write(task: _Task, begun: _Begun = _Begun()) -> Sums:
    """Write the pages of one process; return the hashes and the numbers of its files."""
    order = task.order
    site = begun.site or _site(order)
    store = site.answers.store
    folder = SiteFolder(order.out, codings() if order.packed else (), task.before, noting=bool(task.former))
    if isinstance(store, TracedStore):
        with task.traces.open("wb") as file, _recalling(task, store, begun.sides):
            write_site(site, folder, task.share, Tracing(store, TraceWriter(file).add, task.former))
    else:
        write_site(site, folder, task.share)
    return folder.sums, folder.counts, folder.renewed


@contextmanager
def _recalling(task: _Task, store: TracedStore, sides: Sides | None) -> Iterator[None]:
    """Let a store recall what the last build was told of all things, and keep what this one is.

    The process that writes what is about no thing does so; the others ask.
    """
    build = Folder(task.order.build)
    if task.share.number:
        yield
        return
    known = Known.of(Folder(task.order.last), sides) if task.order.last and sides else None
    with build.answers.open("wb") as file:
        store.recall = recall = Recall.begin(file, build, known)
        yield
        recall.end()
        store.recall = None


def _unchanged(last: Folder, folder: SiteFolder) -> Iterator[tuple[str, bytes]]:
    """Yield the files with which a site began and that stand, each with what is noted of it."""
    if folder.noting:
        yield from (each for each in noted_files(last) if each[0] not in folder.renewed)


def _source(order: Order) -> str:
    """Return the fingerprint of all that the pages are made from."""
    project, folder = Project(order.project), Folder(order.build)
    sums = folder.release / SUMS  # of the dumps, whose order is not that of the documents
    data = sums if sums.is_file() else folder.quads
    # The page of quality tells of the shapes, the map shows the places of the authority.
    asked = [path for path in (project.shapes, project.authority) if path.exists()]
    gone = folder.tables / WITHDRAWN
    asked += [gone] if gone.is_file() else []
    asked += _changes(folder)
    return fingerprint([data, *asked, project.site_file.parent, project.context])
