"""What the command line says: bars, tables and complaints, all on standard error."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, TypeVar

from rich.console import Console
from rich.markup import escape
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

T = TypeVar("T")

CONSOLE: Final = Console(stderr=True, highlight=False, soft_wrap=True)


def complain(message: str) -> None:
    """Print one line that says what is wrong."""
    CONSOLE.print(f"[bold red]musnad:[/] {escape(message)}")


def say(message: str) -> None:
    """Print one line for people."""
    CONSOLE.print(escape(message))


def bar(items: Iterable[T], label: str, total: int | None = None) -> Iterator[T]:
    """Yield the items and show how far they are; without a terminal nothing is drawn."""
    if not CONSOLE.is_terminal:
        yield from items
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=CONSOLE, transient=True) as progress:
        yield from progress.track(items, total=total, description=label)


def print_rows(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print the rows of an answer to standard output, as a table as wide as the terminal."""
    table = Table(*(escape(column) for column in columns))
    for row in rows:
        table.add_row(*(escape(cell) for cell in row))
    Console(highlight=False).print(table)


def show_table(title: str, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a table for people."""
    table = Table(title=title, title_justify="left")
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*(escape(str(cell)) for cell in row))
    CONSOLE.print(table)
