"""Tables as files: JSON Lines, one row a line, columns in their published order."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import orjson

from musnad.errors import ProjectError
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


def schema() -> dict[str, Any]:
    """Return the CSVW description of all tables."""
    return {
        "@context": "http://www.w3.org/ns/csvw",
        "tables": [
            {
                "url": f"{name}.jsonl",
                "tableSchema": {
                    "columns": [{"name": column, "dc:description": what} for column, what in columns.items()]
                },
            }
            for name, columns in TABLES.items()
        ],
    }


def write_arrays(lines: Path, out: Path) -> None:
    """Write a table of JSON Lines as one JSON array, one row a line, as other RML engines read it."""
    with lines.open("rb") as rows, out.open("wb") as file:
        file.write(b"[")
        for number, line in enumerate(rows):
            file.write((b",\n" if number else b"\n") + line.rstrip(b"\n"))
        file.write(b"\n]\n")


def write_parquet(table: str, lines: Path, out: Path) -> None:
    """Write a table as Parquet; needs pyarrow, or raises ProjectError."""
    try:
        import pyarrow as arrow
        import pyarrow.parquet
    except ImportError:
        raise ProjectError("--parquet", "pyarrow is not installed", "pip install 'musnad[parquet]'") from None
    rows = list(read_json_lines(lines))
    columns = {name: [row[name] for row in rows] for name in TABLES[table]}
    fields = {name: arrow.array(values) for name, values in columns.items()}
    # A column without any value has no type of its own; text is what a later row would most likely hold.
    typed = {n: v.cast(arrow.string()) if v.type == arrow.null() else v for n, v in fields.items()}
    arrow.parquet.write_table(arrow.table(typed), out)
