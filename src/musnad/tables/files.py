"""Tables as files: JSON Lines, one row a line, columns in their published order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack
from pathlib import Path

import orjson

from musnad.tables.columns import TABLES, Row


class TableFiles:
    """One `<table>.jsonl` for each table, open to be written."""

    def __init__(self, folder: Path) -> None:
        self._folder, self._opened = folder, ExitStack()
        self.counts = dict.fromkeys(TABLES, 0)

    def __enter__(self) -> TableFiles:
        self._folder.mkdir(parents=True, exist_ok=True)
        opened = self._opened.enter_context
        self._files = {name: opened((self._folder / f"{name}.jsonl").open("wb")) for name in TABLES}
        return self

    def __exit__(self, *error: object) -> None:
        self._opened.close()

    def add(self, table: str, row: Row) -> None:
        """Write one row."""
        self._files[table].write(line_of(table, row))
        self.counts[table] += 1

    def extend(self, lines: Mapping[str, bytes], counts: Counter[str]) -> None:
        """Write the lines of many rows, table by table, and count them."""
        for table, told in lines.items():
            self._files[table].write(told)
            self.counts[table] += counts[table]


def line_of(table: str, row: Row) -> bytes:
    """Return a row of a table as a line, its columns in their published order."""
    ordered = {column: row[column] for column in TABLES[table]}
    return orjson.dumps(ordered, option=orjson.OPT_APPEND_NEWLINE)


def write_json_lines(rows: Iterable[tuple[str, Row]], folder: Path) -> dict[str, int]:
    """Write one `<table>.jsonl` for each table and return the number of rows of each."""
    with TableFiles(folder) as files:
        for table, row in rows:
            files.add(table, row)
    return files.counts


def read_json_lines(path: Path) -> Iterator[Row]:
    """Yield the rows of one table."""
    with path.open("rb") as lines:
        for line in lines:
            yield orjson.loads(line)


def write_arrays(lines: Path, out: Path) -> None:
    """Write a table of JSON Lines as one JSON array, one row a line, as other RML engines read it."""
    with lines.open("rb") as rows, out.open("wb") as file:
        file.write(b"[")
        for number, line in enumerate(rows):
            file.write((b",\n" if number else b"\n") + line.rstrip(b"\n"))
        file.write(b"\n]\n")
