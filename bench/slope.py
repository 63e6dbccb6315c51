"""What an unchanged document adds to the next build: `python bench/slope.py [--documents 40] [--rounds 2]`.

Over so many pages that `bench/reading.py` writes, and over three times as many: a build without a cache, then
the same page added, changed and removed in turn. Each of those pages names some of the same eighty people, so
that what comes concerns the lists of all; `--pages FOLDER` takes text files of one's own instead, in the
order of their names: the first so many, three times as many, and the last two as the page that comes.

What a build of the larger corpus costs more, divided by the pages that it has more, is the cost of one: in a
full build, and where it did not change. Counted are instructions in user mode, children included (`perf
stat`), which the load of a machine does not blur; where perf is not there or not allowed, CPU time. The first
turn is told apart: it keeps names and queries for those after it.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import incremental
from reading import page, write_pages

TIMES = 3  # as many documents in the larger corpus
_COUNTING = ("perf", "stat", "-x,", "-e", "instructions:u", "-o")  # the file to write to, and what to run


def counting() -> bool:
    """Tell whether instructions can be counted here."""
    try:
        return counted(["true"]) > 0
    except (OSError, ValueError, subprocess.CalledProcessError):
        return False


def counted(command: list[str]) -> float:
    """Return the millions of instructions that a command took."""
    with tempfile.NamedTemporaryFile("r") as told:
        subprocess.run([*_COUNTING, told.name, *command], check=True, stdout=subprocess.DEVNULL)
        return float(next(line for line in told if "instructions" in line).partition(",")[0]) / 1e6


def cost(documents: Path, out: Path, by_instructions: bool) -> float:
    """Return what a build in a process of its own took: millions of instructions, or CPU milliseconds."""
    os.environ["PYTHONHASHSEED"] = "0"  # else sets are walked in another order each time
    if not by_instructions:
        return 1000 * incremental.run(documents, out)["all"]
    return counted([sys.executable, incremental.__file__, "--one", str(documents), str(out)])


def corpus(documents: Path, number: int, own: Path | None) -> tuple[str, str]:
    """Write so many pages into a folder, and return two further ones."""
    if own is None:
        write_pages(documents, number)
        return page(1_000_000), page(1_000_001)
    files = sorted(own.rglob("*.txt"))
    documents.mkdir(parents=True)
    for file in files[:number]:
        shutil.copy(file, documents / file.name)
    first, second = (file.read_text(encoding="utf-8") for file in files[-2:])
    return first, second


def builds(documents: Path, others: tuple[str, str], rounds: int, by_instructions: bool) -> Iterator[float]:
    """Yield what a full build of some pages costs, then one page more, changed and less, turn by turn."""
    out = documents.with_suffix(".out")
    yield cost(documents, out, by_instructions)
    further = next(documents.rglob("*.txt")).parent / "zzz.txt"
    for _ in range(1 + rounds):
        for other in others:
            further.write_text(other, encoding="utf-8")
            yield cost(documents, out, by_instructions)
        further.unlink()
        yield cost(documents, out, by_instructions)


def main() -> None:
    """Build two corpora and print what a document costs, and what one that did not change does."""
    reader = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    reader.add_argument("--documents", type=int, default=40)
    reader.add_argument("--rounds", type=int, default=2)
    reader.add_argument("--pages", type=Path, help="text files of one's own")
    given = reader.parse_args()
    by_instructions, fewer = counting(), given.documents
    if given.pages and len(list(given.pages.rglob("*.txt"))) < TIMES * fewer + 2:
        reader.error(
            f"{given.pages} has fewer than {TIMES * fewer + 2} files *.txt: give more, or fewer --documents"
        )
    unit = "million instructions" if by_instructions else "CPU ms"
    with tempfile.TemporaryDirectory() as place:
        told = []
        for number in (fewer, TIMES * fewer):
            documents = Path(place) / f"{number}"
            others = corpus(documents, number, given.pages)
            told.append(list(builds(documents, others, given.rounds, by_instructions)))
        small, large = told
    slopes = [(more - less) / (fewer * (TIMES - 1)) for less, more in zip(small, large, strict=True)]
    full, steps = slopes[0], ("more", "changed", "less")
    print(json.dumps({"full": [small[0], large[0]], "small": small[1:], "large": large[1:]}))
    print(f"a document in a full build: {full:,.0f} {unit}")
    for place, name in enumerate(steps, 1):
        first, *later = (f"{each:,.0f} ({100 * each / full:.2f} %)" for each in slopes[place :: len(steps)])
        print(f"one that did not change, beside one {name}: {', '.join(later)}; the first time {first}")


if __name__ == "__main__":
    main()
