"""Tables as files: JSON Lines, one row a line, columns in their published order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

import orjson

from musnad.tables.columns import TABLES, Row


def write_json_lines(rows: Iterable[tuple[str, Row]], folder: Path) -> dict[str, int]:
    """Write one `<table>.jsonl` for each table and return the number of rows of each."""
    folder.mkdir(parents=True, exist_ok=True)
    counts = dict.fromkeys(TABLES, 0)
    files = {name: (folder / f"{name}.jsonl").open("wb") for name in TABLES}
    try:
        for table, row in rows:
            ordered = {column: row[column] for column in TABLES[table]}
            files[table].write(orjson.dumps(ordered, option=orjson.OPT_APPEND_NEWLINE))
            counts[table] += 1
    finally:
        for file in files.values():
            file.close()
    return counts


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
