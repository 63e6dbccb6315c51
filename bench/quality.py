"""Measure how well the engine reads: `python bench/quality.py [GOLD_DIR DOCUMENTS_DIR] [--misses]`.

Without folders: the held-out pages (`tests/heldout/dev`, `tests/heldout/test`) and, where they stand beside
the repository, the real documents in `../shared`. What the figures mean: `docs/quality.md`. They are those of
`musnad score --details`; the misses of the closed test pages are never printed. Rejected: one number for
everything, which hides that the worst error is the false assertion.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Final

from rich.console import Console

from musnad.build import Stages
from musnad.explaining import (
    Scores,
    find_gold,
    measure,
    print_misses,
    print_patterns,
    print_scores,
    read_gold,
)
from musnad.project import Project
from musnad.understanding import read_knowledge

ROOT: Final = Path(__file__).parents[1]
HELD_OUT: Final = ROOT / "tests" / "heldout"
SHARED: Final = ROOT.parent / "shared"


def measured(gold: Path, documents: Path, stages: Stages) -> Scores:
    """Return the figures of the engine on the documents that a folder of gold files reads."""
    golds = [read_gold(path) for path in find_gold(gold)]
    read = stages.read([(documents / each.file, each.file) for each in golds])
    return measure(golds, read, read_knowledge(stages.project, stages.config))


def sets() -> dict[str, tuple[Path, Path]]:
    """Return what is measured without arguments: name → (gold, documents), the absent left out."""
    known = {name: (HELD_OUT / name / "gold", HELD_OUT / name / "pages") for name in ("dev", "test")}
    known["real"] = (SHARED / "gold", SHARED / "documents")
    return {name: folders for name, folders in known.items() if all(each.is_dir() for each in folders)}


def main() -> int:
    """Print the figures of each set; return 0, or 2 where the arguments are wrong."""
    layout = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=layout)
    parser.add_argument("folders", type=Path, nargs="*", metavar="GOLD_DIR DOCUMENTS_DIR")
    parser.add_argument("--misses", action="store_true", help="print what was missed, save of test")
    given = parser.parse_args()
    if len(given.folders) not in {0, 2}:
        parser.error("give both folders, or none")
    chosen = {"given": tuple(given.folders)} if given.folders else sets()
    stages = Stages.of(Project(ROOT))
    console = Console(highlight=False, soft_wrap=True)
    for name, (gold, documents) in chosen.items():
        scores = measured(gold, documents, stages)
        claims = scores.claims["ALL"].rows
        console.print(f"== {name}: {len(scores.wrong)} false assertions in {claims} claims")
        print_scores(scores, console)
        print_patterns(scores, console)
        closed = gold.resolve().is_relative_to((HELD_OUT / "test").resolve())
        if given.misses and not closed:
            print_misses(scores, console)
    return 0


if __name__ == "__main__":
    sys.exit(main())
