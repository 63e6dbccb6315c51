"""Sizes, times and memory of the distributions of a release.

    python bench/release.py [--quads 1000000] [--formats turtle,n-triples] [--packings gzip,zstd] [--curve]

The quads are those of `tests/data/sample.nq`, copied with other keys until there are enough. Each format is
written by a process of its own, whose peak of memory is told; a release alone with its N-Quads is the first
line. `--curve` writes all formats at growing sizes instead, to show that memory does not grow with them.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from pathlib import Path

from musnad.config import read_site
from musnad.project import Project
from musnad.release import FORMATS, Order, ReleaseInfo, chosen, write_release

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "tests" / "data" / "sample.nq"
KEYS = re.compile(rb"/(doc|claim|capture|graph|activity)/([0-9a-f]{12,16})")
CURVE = (100_000, 300_000, 1_000_000, 3_000_000)


def grow(out: Path, quads: int) -> None:
    """Write a file of at least so many quads: copies of the sample, each with keys of its own."""
    lines = [line for line in SAMPLE.read_bytes().splitlines(keepends=True) if KEYS.search(line)]
    with out.open("wb") as file:
        for number in range(quads // len(lines) + 1):

            def other(found: re.Match[bytes], number: int = number) -> bytes:
                key = hashlib.sha256(found[2] + b"%d" % number).hexdigest()[: len(found[2])]
                return b"/%s/%s" % (found[1], key.encode())

            file.writelines(KEYS.sub(other, line) for line in lines)


def run(quads: Path, formats: str, packings: str) -> dict[str, float]:
    """Write a release in a process of its own, and return what it took."""
    with tempfile.TemporaryDirectory() as place:
        code = [sys.executable, __file__, "--one", str(quads), place, formats, packings]
        done = subprocess.run(code, check=True, capture_output=True, text=True)
    told: dict[str, float] = json.loads(done.stdout)
    return told


def one(quads: Path, place: Path, formats: str, packings: str) -> None:
    """Write a release; print its seconds of CPU, its peak of memory and its bytes."""
    project = Project(ROOT)
    info = ReleaseInfo("2026-01-31", read_site(project.site_file), "bench")
    order = Order(*chosen(_words(f"{formats},{packings}"), "bench"), project)
    started = time.process_time()
    result = write_release(quads, place / "release", info, order)
    told = {
        "seconds": time.process_time() - started,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "quads": result.quads,
        "bytes": sum(file.size for file in result.files if not file.packing),
        "gzip": sum(file.size for file in result.files if file.packing == "gzip"),
        "zstd": sum(file.size for file in result.files if file.packing == "zstd"),
    }
    sys.stdout.write(json.dumps(told))


def _words(text: str) -> list[str]:
    return [word for word in text.split(",") if word]


def show(name: str, told: dict[str, float], less: dict[str, float]) -> None:
    """Print one line; what the release alone takes is taken off."""
    sizes = " ".join(f"{(told[key] - less.get(key, 0)) / 1e6:9.1f}" for key in ("bytes", "gzip", "zstd"))
    print(f"{name:>12} {told['seconds'] - less.get('seconds', 0):8.1f} {told['peak']:8.0f} {sizes}")


def main(arguments: Iterable[str] | None = None) -> None:
    """Print the table of one size, or the curve of several."""
    reader = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    reader.add_argument("--quads", type=int, default=1_000_000)
    reader.add_argument(
        "--formats", default=",".join(name for name in FORMATS if name not in {"csv", "parquet"})
    )
    reader.add_argument("--packings", default="gzip,zstd")
    reader.add_argument("--curve", action="store_true")
    reader.add_argument("--one", nargs=4, help=argparse.SUPPRESS)
    given = reader.parse_args(list(arguments) if arguments is not None else None)
    if given.one:
        one(Path(given.one[0]), Path(given.one[1]), given.one[2], given.one[3])
        return
    print(f"{'':>12} {'CPU s':>8} {'peak MB':>8} {'MB':>9} {'gzip':>9} {'zstd':>9}")
    with tempfile.TemporaryDirectory() as place:
        quads = Path(place) / "quads.nq"
        if given.curve:
            for size in CURVE if given.quads == 1_000_000 else (given.quads,):
                grow(quads, size)
                show(f"{size:,}", run(quads, given.formats, given.packings), {})
            return
        grow(quads, given.quads)
        alone = run(quads, "", given.packings)
        show("n-quads", alone, {})
        for name in _words(given.formats):
            show(name, run(quads, name, given.packings), alone)


if __name__ == "__main__":
    main()
