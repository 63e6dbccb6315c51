"""Scores as a table for people, and as JSON for programs.

Shares are rounded here and nowhere before. Chosen over (a) CSV, which has no place for the list of false
assertions, and (b) a report page: figures are compared by commands.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any, Final

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from musnad.explaining.gold import GoldClaim
from musnad.explaining.scoring import ALL, FalseAssertion, Score, Scores
from musnad.model import Claim

_DIGITS: Final = 3
_NUMBERS: Final = ("gold", "rows", "pairs", "precision", "recall", "F")


def to_json(scores: Scores) -> dict[str, Any]:
    """Return the figures as JSON knows them; shares are rounded to three digits."""
    tables = {"exact": scores.exact, "overlap": scores.overlap}
    return {
        "files": scores.files,
        "mentions": {name: _figures(table) for name, table in tables.items()},
        "claims": _figures(scores.claims),
        "patterns": _figures(scores.patterns),
        "title": {"right": scores.titles.pairs, "of": scores.titles.gold},
        "published": {"right": scores.dates.pairs, "of": scores.dates.gold},
        "false_assertions": [_wrong(wrong) for wrong in scores.false_assertions],
    }


def print_scores(scores: Scores, console: Console) -> None:
    """Print the figures as a table: mentions by type, claims by relation, then title, date and errors."""
    table = Table("what", *_NUMBERS, title=f"{len(scores.files)} documents", title_justify="left")
    parts = {
        "mention, exact": scores.exact,
        "mention, overlap": scores.overlap,
        "claim": scores.claims,
    }
    for part, figures in parts.items():
        for name in _ordered(figures):
            style = "bold" if name == ALL else ""
            table.add_row(escape(f"{part}: {name}"), *_cells(figures[name]), style=style)
        table.add_section()
    console.print(table)
    console.print(f"title {scores.titles.pairs}/{scores.titles.gold}")
    console.print(f"published {scores.dates.pairs}/{scores.dates.gold}")
    wrong = scores.false_assertions
    others = sum(1 for each in wrong if each.paired)
    note = f" ({others} beside another claim that is asserted there)" if others else ""
    console.print(f"false assertions {len(wrong)}{note}")
    for each in wrong:
        where = f"{each.file} {each.claim.start}–{each.claim.end}"
        put = f"gold: {each.gold.polarity}, {each.gold.modality}"
        console.print(escape(f"  {where} {each.claim.relation} by {each.claim.pattern} ({put})"))


def print_patterns(scores: Scores, console: Console) -> None:
    """Print how often each pattern was right, the one with the most claims first."""
    false = Counter(each.claim.pattern for each in scores.wrong)
    table = Table("pattern", "claims", "right", "false", "precision", title_justify="left")
    for name, one in sorted(scores.patterns.items(), key=lambda each: (-each[1].rows, each[0])):
        share = f"{one.precision:.2f}"
        table.add_row(escape(name), str(one.rows), str(one.pairs), str(false[name]), share)
    console.print(table)


def print_misses(scores: Scores, console: Console) -> None:
    """Print each gold claim that was missed, and each claim that is in no gold file."""
    for file, entry in scores.missed:
        names = (entry.subject, entry.object, entry.speaker)
        _print_claim(console, f"{file} missed {entry.relation}", names, entry)
    for file, claim in scores.extra:
        names = (claim.subject.label, claim.object.label or claim.edtf, claim.speaker.label)
        _print_claim(console, f"{file} extra {claim.relation} by {claim.pattern}", names, claim)


def _print_claim(console: Console, what: str, names: tuple[str, ...], put: GoldClaim | Claim) -> None:
    where = f"{put.start}–{put.end} {put.polarity}, {put.modality}"
    console.print(escape(f"{what}: {' | '.join(names)} ({where})"))


def _ordered(figures: Mapping[str, Score]) -> list[str]:
    return sorted(figures, key=lambda name: (name != ALL, name))


def _cells(one: Score) -> list[str]:
    shares = (one.precision, one.recall, one.f1)
    return [str(one.gold), str(one.rows), str(one.pairs), *(f"{share:.{_DIGITS}f}" for share in shares)]


def _figures(table: Mapping[str, Score]) -> dict[str, dict[str, float]]:
    return {
        name: {
            "gold": table[name].gold,
            "rows": table[name].rows,
            "pairs": table[name].pairs,
            "P": round(table[name].precision, _DIGITS),
            "R": round(table[name].recall, _DIGITS),
            "F": round(table[name].f1, _DIGITS),
        }
        for name in _ordered(table)
    }


def _wrong(wrong: FalseAssertion) -> dict[str, Any]:
    return {
        "file": wrong.file,
        "relation": wrong.claim.relation,
        "start": wrong.claim.start,
        "end": wrong.claim.end,
        "subject": wrong.claim.subject.label,
        "object": wrong.claim.object.label,
        "pattern": wrong.claim.pattern,
        "gold_polarity": wrong.gold.polarity,
        "gold_modality": wrong.gold.modality,
        "paired": wrong.paired,
    }
