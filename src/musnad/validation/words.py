"""The report for the terminal."""

from __future__ import annotations

from collections import Counter
from typing import Final

from rich.console import Console
from rich.markup import escape

from musnad.validation.report import Report

_STYLES: Final = {"Violation": "bold red", "Warning": "yellow", "Info": "cyan"}


def print_report(report: Report, console: Console, limit: int = 50) -> None:
    """Print the results, at most `limit` of them, and what each shape objected to how often."""
    for result in report.results[:limit]:
        console.print(
            f"[{_STYLES[result.severity]}]{result.severity}[/] {escape(result.message_en)}", highlight=False
        )
        console.print(f"  {escape(result.message_ar)}", highlight=False)
        for name, text in (
            ("node", result.focus),
            ("property", result.path),
            ("value", result.value),
            ("place", result.place),
        ):
            if text:
                console.print(f"  {name:<9}{escape(text)}", highlight=False, soft_wrap=True)
    left = len(report.results) - limit
    if left > 0:
        console.print(f"… and {left} more")
        for shape, number in Counter(result.shape for result in report.results).most_common():
            console.print(f"  {number:>6}  {escape(shape)}", highlight=False, soft_wrap=True)
    counts = ", ".join(f"{number} {name.lower()}" for name, number in report.counts().items())
    verdict = "conforms" if report.conforms else "does not conform"
    console.print(f"{report.graphs} graphs: {verdict} ({counts})", highlight=False)
