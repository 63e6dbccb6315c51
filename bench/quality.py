"""Measure how well the engine reads: `python bench/quality.py [GOLD_DIR DOCUMENTS_DIR]`.

Without arguments: the held-out pages (`tests/heldout/dev`, `tests/heldout/test`) and, where it stands beside
the repository, the reading of real documents in `../shared`. What the figures mean: `docs/quality.md`. The
engine is run as `musnad tables` runs it, and only its tables are looked at. Rejected: scoring the objects in
memory (misses what the tables lose), and one number for everything (hides that the worst error is the false
assertion).
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from musnad.build import Stages
from musnad.explaining.scoring import may_be_same, pair, words_of
from musnad.project import Project

ROOT: Final = Path(__file__).parents[1]
HELD_OUT: Final = ROOT / "tests" / "heldout"
SHARED: Final = ROOT.parent / "shared"
TYPES: Final = ("PERSON", "ORG", "PLACE", "EVENT", "WORK")
SPEECH: Final = frozenset({"stated", "denied", "demanded", "announced", "planned"})
SYMMETRIC: Final = frozenset({"metWith", "allyOf", "opponentOf", "agreedOn"})

Row = dict[str, Any]
Agree = Callable[[Row, Row], bool]


@dataclass(slots=True)
class Score:
    """Counts of gold rows, rows of the engine and pairs of the two."""

    hits: int = 0
    gold: int = 0
    rows: int = 0

    @property
    def precision(self) -> float:
        """Return the share of the rows that are in the gold."""
        return self.hits / self.rows if self.rows else 0.0

    @property
    def recall(self) -> float:
        """Return the share of the gold that was found."""
        return self.hits / self.gold if self.gold else 0.0

    @property
    def f(self) -> float:
        """Return the harmonic mean of precision and recall."""
        return 2 * self.hits / (self.gold + self.rows) if self.hits else 0.0

    def add(self, hits: int, gold: int, rows: int) -> None:
        """Count one more document."""
        self.hits, self.gold, self.rows = self.hits + hits, self.gold + gold, self.rows + rows


@dataclass(slots=True)
class Pattern:
    """What one pattern gave: its rows, those that are right, those that are false assertions."""

    rows: int = 0
    right: int = 0
    false: int = 0


@dataclass(slots=True)
class Figures:
    """What was measured on one folder of gold."""

    mentions: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))  # "overlap PERSON" …
    claims: dict[str, Score] = field(default_factory=lambda: defaultdict(Score))  # relation, or ALL
    false: dict[str, int] = field(default_factory=lambda: defaultdict(int))  # relation, or ALL
    patterns: dict[str, Pattern] = field(default_factory=lambda: defaultdict(Pattern))
    titles: Score = field(default_factory=Score)
    dates: Score = field(default_factory=Score)
    misses: list[tuple[str, str, Row]] = field(default_factory=list)
    refused: int = 0

    @property
    def false_rate(self) -> float:
        """Return the false assertions as a share of all claims of the engine."""
        rows = self.claims["ALL"].rows
        return self.false["ALL"] / rows if rows else 0.0


def same_name(one: object, other: object) -> bool:
    """Tell whether two labels may name one thing; a row's label may be null."""
    return may_be_same(str(one or ""), str(other or ""))


def shared_length(one: Row, other: Row) -> int:
    """Return the number of code points that two spans share; zero or less where they share none."""
    return int(min(one["end"], other["end"]) - max(one["start"], other["start"]))


def likeness(one: Row, other: Row) -> float:
    """Return the shared part of two spans as a share of their union."""
    union = max(one["end"], other["end"]) - min(one["start"], other["start"])
    return max(0, shared_length(one, other)) / union if union else 0.0


def claims_agree(gold: Row, row: Row) -> bool:
    """Tell whether a claim of the engine is the claim of the gold."""
    if gold["relation"] != row["relation"] or _negative(gold) != _negative(row):
        return False
    subject = row.get("subject_label")
    if gold["relation"] in SPEECH:
        who = gold.get("speaker") or gold.get("subject")
        speakers = (row.get("speaker_label") or subject, subject)
        return likeness(gold, row) >= 0.5 and (not who or any(same_name(who, each) for each in speakers))
    if shared_length(gold, row) <= 0:
        return False
    thing = row.get("object_label") or row.get("object") or row.get("edtf")
    if same_name(gold["subject"], subject) and (not gold["object"] or same_name(gold["object"], thing)):
        return True
    swapped = same_name(gold["subject"], thing) and same_name(gold["object"], subject)
    return gold["relation"] in SYMMETRIC and swapped


def _negative(row: Row) -> bool:
    return str(row.get("polarity") or "").lower().startswith("neg")


def _asserted(row: Row) -> bool:
    return not _negative(row) and (row.get("modality") or "asserted") == "asserted"


def is_false_assertion(row: Row, gold: list[Row], pairs: list[tuple[Row, Row]]) -> bool:
    """Tell whether a row affirms and asserts where the gold negates, plans, demands or supposes.

    A row that is paired with an affirmed and asserted claim of the gold is none, whatever else it overlaps.
    """
    if not _asserted(row) or any(mine is row and _asserted(theirs) for theirs, mine in pairs):
        return False
    return any(not _asserted(each) and shared_length(each, row) > 0 for each in gold)


def measure(gold_folder: Path, documents: Path, stages: Stages | None = None) -> Figures:
    """Return the figures of the engine on the documents that a folder of gold reads."""
    stages = stages or Stages.of(Project(ROOT))
    figures = Figures()
    gold = [json.loads(path.read_text(encoding="utf-8")) for path in sorted(gold_folder.glob("*.json"))]
    gold = [each for each in gold if isinstance(each, dict) and "mentions" in each]
    files = [(documents / each["file"], each["file"]) for each in gold]
    with tempfile.TemporaryDirectory() as folder:
        _, refused = stages.tables(files, Path(folder))
        figures.refused = len(refused)
        names = ("mentions", "claims", "documents")
        tables = {name: _by_file(Path(folder) / f"{name}.jsonl") for name in names}
    for each in gold:
        name = each["file"]
        _count_mentions(each["mentions"], tables["mentions"][name], figures)
        _count_claims(each, tables["claims"][name], figures)
        _count_metadata(each["metadata"], (tables["documents"][name] or [{}])[0], figures)
    return figures


def _by_file(path: Path) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        found[Path(row["file"]).name].append(row)
    return found


def _count_mentions(gold: list[Row], rows: list[Row], figures: Figures) -> None:
    ways: tuple[tuple[str, Agree], ...] = (
        ("overlap", lambda a, b: shared_length(a, b) > 0),
        ("exact", lambda a, b: (a["start"], a["end"]) == (b["start"], b["end"])),
    )
    for kind in TYPES:
        wanted = [each for each in gold if each["type"] == kind]
        found = [each for each in rows if each["type"] == kind]
        for way, agree in ways:
            hits = len(pair(wanted, found, agree))
            for key in (f"{way} {kind}", f"{way} ALL"):
                figures.mentions[key].add(hits, len(wanted), len(found))


def _count_claims(document: Row, rows: list[Row], figures: Figures) -> None:
    gold = document["claims"]
    for relation in sorted({each["relation"] for each in [*gold, *rows]}):
        wanted = [each for each in gold if each["relation"] == relation]
        found = [each for each in rows if each["relation"] == relation]
        pairs = pair(wanted, found, claims_agree)
        right, known = {id(row) for _, row in pairs}, {id(each) for each, _ in pairs}
        for key in (relation, "ALL"):
            figures.claims[key].add(len(pairs), len(wanted), len(found))
        for row in found:
            wrong = is_false_assertion(row, wanted, pairs)
            tally = figures.patterns[row.get("pattern") or "(none)"]
            tally.rows, tally.right = tally.rows + 1, tally.right + (id(row) in right)
            tally.false += wrong
            for key in (relation, "ALL"):
                figures.false[key] += wrong
            if wrong or id(row) not in right:
                figures.misses.append((document["file"], "false" if wrong else "extra", row))
        figures.misses += [(document["file"], "missed", each) for each in wanted if id(each) not in known]


def _count_metadata(metadata: Row, row: Row, figures: Figures) -> None:
    figures.titles.add(words_of(row.get("title") or "") == words_of(metadata.get("title") or ""), 1, 1)
    if published := metadata.get("published"):
        figures.dates.add(str(row.get("published") or "")[:10] == str(published)[:10], 1, 1)


def as_lines(figures: Figures) -> Iterator[str]:
    """Yield the figures as the lines of a report."""
    for what, scores in (("mention", figures.mentions), ("claim", figures.claims)):
        for key in sorted(scores):
            score = scores[key]
            shares = f"P {score.precision:.3f}  R {score.recall:.3f}  F {score.f:.3f}"
            wrong = f"  false {figures.false[key]}" if what == "claim" and figures.false[key] else ""
            yield f"{what + ' ' + key:32}gold {score.gold:4}  rows {score.rows:4}  {shares}{wrong}"
    every = figures.claims["ALL"].rows
    yield f"{'false assertions':32}{figures.false['ALL']} of {every} = {figures.false_rate:.3f}"
    yield f"{'title':32}{figures.titles.hits}/{figures.titles.gold}"
    yield f"{'published':32}{figures.dates.hits}/{figures.dates.gold}"
    yield f"{'documents refused':32}{figures.refused}"
    yield f"\n{'pattern':48}{'rows':>5}{'right':>6}{'false':>6}{'precision':>11}"
    for name, each in sorted(figures.patterns.items(), key=lambda each: (-each[1].rows, each[0])):
        yield f"{name:48}{each.rows:5}{each.right:6}{each.false:6}{each.right / each.rows:11.2f}"


def sets() -> dict[str, tuple[Path, Path]]:
    """Return what is measured without arguments: name → (gold, documents), the absent left out."""
    known = {name: (HELD_OUT / name / "gold", HELD_OUT / name / "pages") for name in ("dev", "test")}
    known["real"] = (SHARED / "gold", SHARED / "documents")
    return {name: folders for name, folders in known.items() if all(each.is_dir() for each in folders)}


def _print_misses(figures: Figures) -> None:
    keys = ("polarity", "modality", "pattern", "start", "end")
    for file, what, row in figures.misses:
        agents = ("subject", "object", "speaker")
        names = [str(row.get(f"{key}_label") or row.get(key) or "") for key in agents]
        rest = [row[key] for key in keys if row.get(key) is not None]
        print(file, what, row["relation"], names, rest, file=sys.stderr)


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
    results = {name: measure(gold, documents, stages) for name, (gold, documents) in chosen.items()}
    for name, figures in results.items():
        closed = chosen[name][0].resolve().is_relative_to((HELD_OUT / "test").resolve())
        if given.misses and not closed:
            _print_misses(figures)
        print(f"== {name}", *as_lines(figures), "", sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
