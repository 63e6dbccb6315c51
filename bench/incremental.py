"""What an incremental build costs: `python bench/incremental.py [--documents 2000] [--no-pages] [--check]`.

Over pages that `bench/reading.py` writes: a build without a cache, one of the same input whose result was
removed, one with a document more, one with a document changed, one with a document less. Prints CPU seconds
of each stage, children included, its share of the full build, and the peak of memory. With `--check` the
files of the last build are compared with those of a build without a cache. Each build is a process of its
own.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any

from reading import page, write_pages

from musnad.build import Folder, Stages, name_files
from musnad.build.folder import replacing
from musnad.project import Project

ROOT = Path(__file__).parents[1]
DAY = "2026-01-31"
SHOWN = ("tables", "map", "validate", "release", "site", "place", "all")


def spent() -> float:
    """Return the CPU seconds of this process and of those that it has waited for."""
    each = (resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return sum(usage.ru_utime + usage.ru_stime for usage in each)


class Clock:
    """Measures what stages take."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    def measured(self, name: str, work: Callable[..., Any], *given: Any) -> Any:
        """Run a stage and note its CPU seconds."""
        before = spent()
        made = work(*given)
        self.seconds[name] = spent() - before
        return made


@contextmanager
def remembering(stages: Stages, out: Path, cached: bool) -> Iterator[Stages]:
    """Give the stages with the cache and the pages of the last build, or without either."""
    if not cached:
        yield stages
        return
    with stages.remembering(out) as remembered:
        yield remembered


def one(documents: Path, out: Path, cached: bool, pages: bool) -> None:
    """Make every part of a build, and print what each stage took."""
    started, clock = spent(), Clock()
    stages, files = Stages.of(Project(ROOT)), name_files(documents)
    with replacing(out) as fresh:
        with remembering(stages, out, cached) as each:
            folder = Folder(fresh)
            clock.measured("tables", each.tables, files, folder.tables)
            quads = clock.measured("map", each.map, folder.tables, folder.quads, folder.store)
            clock.measured("validate", lambda: each.validate(folder, tell=True))
            clock.measured("release", each.release, folder, DAY)
            if pages:
                clock.measured("site", each.site, folder)
            folder.mark.write_text("{}")
        before = spent()
    clock.seconds["place"] = spent() - before
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    told = {**clock.seconds, "all": spent() - started, "peak": peak, "quads": quads}
    print(json.dumps(told))


def run(documents: Path, out: Path, *switches: str) -> dict[str, float]:
    """Run one build in a process of its own and return what it took."""
    command = [sys.executable, __file__, "--one", str(documents), str(out), *switches]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    told: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return told


def bytes_of(out: Path) -> dict[str, str]:
    """Return the hashes of all files of a build but those of its store, notes of inodes, and answers."""
    own = {Folder(out).noted, Folder(out).answers}  # what was recalled, in whatever order
    found = (path for path in sorted(out.rglob("*")) if path.is_file() and path not in own)
    names = ((path, path.relative_to(out)) for path in found)
    return {
        str(name): sha256(path.read_bytes()).hexdigest() for path, name in names if name.parts[0] != "store"
    }


def show(name: str, told: dict[str, float], full: dict[str, float]) -> None:
    """Print the CPU seconds of each stage, and the share of the whole."""
    seconds = "".join(f"{told.get(stage, 0.0):10.1f}" for stage in SHOWN)
    share = 100 * told["all"] / full["all"]
    print(f"{name:<18}{seconds}{share:9.1f} %{told['peak']:9.0f}", flush=True)


def main() -> None:
    """Build, change, build again, and print a line for each."""
    reader = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    reader.add_argument("--documents", type=int, default=2000)
    reader.add_argument("--no-pages", action="store_true", help="leave the site out")
    reader.add_argument("--check", action="store_true", help="compare with a build without a cache")
    reader.add_argument("--no-cache", action="store_true", help=argparse.SUPPRESS)
    reader.add_argument("--one", nargs=2, type=Path, help=argparse.SUPPRESS)
    given = reader.parse_args()
    if given.one:
        one(*given.one, not given.no_cache, not given.no_pages)
        return
    switches = ["--no-pages"] if given.no_pages else []
    with tempfile.TemporaryDirectory() as place:
        documents, out = Path(place) / "documents", Path(place) / "out"
        write_pages(documents, given.documents)
        first = sorted(documents.rglob("*.txt"))[given.documents // 2]
        print(f"{'CPU seconds':<18}" + "".join(f"{stage:>10}" for stage in SHOWN) + "   of full  peak MiB")
        full = run(documents, out, *switches)
        show("full", full, full)
        show("nothing changed", run(documents, out, *switches), full)
        (first.parent / "zzz.txt").write_text(page(given.documents + 1), encoding="utf-8")
        show("one added", run(documents, out, *switches), full)
        first.write_text(page(given.documents + 2), encoding="utf-8")
        show("one changed", run(documents, out, *switches), full)
        (first.parent / "zzz.txt").unlink()
        show("one removed", run(documents, out, *switches), full)
        print(f"{full['quads']:,.0f} quads, cache {(out.parent / '.out.cache').stat().st_size / 1e6:.1f} MB")
        if given.check:
            incremental = bytes_of(out)
            run(documents, Path(place) / "fresh", "--no-cache", *switches)
            same = incremental == bytes_of(Path(place) / "fresh")
            print(f"{len(incremental):,} files, {'the same' if same else 'OTHER'} bytes as without a cache")


if __name__ == "__main__":
    main()
