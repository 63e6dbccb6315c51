"""Measure how often each pattern is right, and write it beside the pattern.

    python bench/precision.py [--write | --add] [GOLD_DIR DOCUMENTS_DIR]...

Every claim that a pattern gives on the pages with a known reading counts once: those of `bench/quality.py`,
and those of the folders given. Patterns that gave fewer than five keep the figure they have, from other pages
or none, because nothing can be said of them. With `--write` the keys `precision` and `support` of the others
in `mappings/claims/*.yaml` are replaced. With `--add` only the folders given are read, and what they show
is added to what a pattern has: for new pages, where those that it was measured with are no longer at hand.
Below `pattern_floor` of `publish/site.yaml` a pattern publishes nothing, so the measuring itself is done
without it.
"""

import argparse
import re
import sys
from dataclasses import replace
from pathlib import Path

from quality import ROOT, measured, sets

from musnad.build import Stages
from musnad.explaining.scoring import Score
from musnad.project import Project

LEAST = 5
_ENTRY = re.compile(r"^  - id: (\S+)\n(?:(?!^  - id: ).*\n?)*", re.MULTILINE)
_OLD = re.compile(r"^    (?:precision|support): .*\n", re.MULTILINE)
_FIGURES = re.compile(r"^    precision: (\S+)\n    support: (\d+)\n", re.MULTILINE)
_AFTER = re.compile(r"^    relation: .*\n", re.MULTILINE)


def counted(folders: list[tuple[Path, Path]]) -> dict[str, Score]:
    """Return how many claims of each pattern there are on all folders, and how many of them are right."""
    stages = Stages.of(Project(ROOT))
    open_stages = replace(stages, config=replace(stages.config, pattern_floor=0.0))
    total: dict[str, Score] = {}
    for gold, documents in folders:
        for name, each in measured(gold, documents, open_stages).patterns.items():
            total[name] = total.get(name, Score()) + each
    return total


def write(path: Path, found: dict[str, Score], add: bool) -> int:
    """Replace the figures in one file of patterns, or add to them; return how many patterns have new ones."""
    count = 0

    def renew(entry: re.Match[str]) -> str:
        nonlocal count
        each = found.get(entry[1], Score())
        known = _FIGURES.search(entry.group()) if add and each.rows else None
        right, rows = float(known[1]) * int(known[2]) if known else 0.0, int(known[2]) if known else 0
        right, rows = right + each.pairs, rows + each.rows
        if rows < LEAST:
            return entry.group()
        count += 1
        text = _OLD.sub("", entry.group())
        figures = f"    precision: {right / rows:.2f}\n    support: {rows}\n"
        return _AFTER.sub(lambda line: line.group() + figures, text, count=1)

    path.write_text(_ENTRY.sub(renew, path.read_text(encoding="utf-8")), encoding="utf-8")
    return count


def main() -> int:
    """Print the table, best supported first; return 0, or 2 where the arguments are wrong."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folders", type=Path, nargs="*", metavar="GOLD_DIR DOCUMENTS_DIR")
    parser.add_argument("--write", action="store_true", help="write the figures beside the patterns")
    parser.add_argument("--add", action="store_true", help="add those of the folders to what patterns have")
    given = parser.parse_args()
    if len(given.folders) % 2:
        parser.error("folders come in pairs: GOLD_DIR DOCUMENTS_DIR")
    pairs = list(zip(given.folders[::2], given.folders[1::2], strict=True))
    found = counted(pairs if given.add else [*sets().values(), *pairs])
    print(f"{'pattern':40}{'claims':>7}{'right':>7}{'precision':>11}")
    for name, each in sorted(found.items(), key=lambda one: (-one[1].rows, one[0])):
        share = f"{each.precision:11.2f}" if each.rows >= LEAST else f"{'–':>11}"
        print(f"{name:40}{each.rows:7}{each.pairs:7}{share}")
    if given.write or given.add:
        files = sorted(Project(ROOT).patterns.glob("*.yaml"))
        print(sum(write(path, found, given.add) for path in files), "written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
