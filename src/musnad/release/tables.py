"""The tables of a release: CSV (RFC 4180) and Parquet, one file for each, described by CSV on the Web.

The rows are sorted, so that the order in which documents were read does not reach the files. A value stands
as it is: whoever opens the CSV in a spreadsheet should import it as text.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

import orjson

from musnad.errors import ProjectError
from musnad.release.outputs import Kind, Outputs
from musnad.release.sorting import Sorter
from musnad.tables.columns import TABLES, Row
from musnad.tables.csvw import csvw
from musnad.tables.kinds import published
from musnad.tables.parquet import write_parquet

_CSVW: Final = Kind("application/csvm+json", "https://www.w3.org/TR/tabular-metadata/")
_CSV: Final = Kind("text/csv", "https://www.rfc-editor.org/rfc/rfc4180")
_PARQUET: Final = Kind("application/vnd.apache.parquet")
_WORDS: Final = {True: "true", False: "false", None: ""}


def write_csv_tables(tables: Path, outputs: Outputs, work: Path) -> None:
    """Write every table as CSV, and `csv-metadata.json`, where readers of CSV on the Web look for it."""
    for table in TABLES:
        columns = published(table, TABLES[table])
        with outputs.open(f"tables/{table}.csv", _CSV) as file:
            file.write(csv_line(columns))
            for row in _rows(tables, table, work):
                file.write(csv_line([row[name] for name in columns]))
    description = orjson.dumps(csvw("csv", internal=False), option=orjson.OPT_INDENT_2)
    outputs.write("tables/csv-metadata.json", _CSVW, description + b"\n")


def write_parquet_tables(tables: Path, outputs: Outputs, work: Path) -> None:
    """Write every table as Parquet, or raise ProjectError where the library is missing."""
    for table in TABLES:
        path = work / f"{table}.parquet"
        write_parquet(table, _rows(tables, table, work), path, published(table, TABLES[table]))
        with outputs.open(f"tables/{table}.parquet", _PARQUET, packed=False) as file, path.open("rb") as made:
            while block := made.read(1 << 20):
                file.write(block)
        path.unlink()


def _rows(tables: Path, table: str, work: Path) -> Iterator[Row]:
    """Yield the rows of a table, sorted."""
    sorter = Sorter(work, f"table-{table}")
    try:
        with (tables / f"{table}.jsonl").open("rb") as lines:
            sorter.extend(lines)
    except FileNotFoundError:
        raise ProjectError(tables, f"has no {table}.jsonl", "run `musnad build` again") from None
    for line in sorter:
        row = orjson.loads(line)
        if missing := TABLES[table].keys() - row.keys():
            raise ProjectError(tables, f"{table}.jsonl has no {min(missing)}", "run `musnad build` again")
        yield row
    sorter.drop()


def csv_line(values: list[Any]) -> bytes:
    """Return one line of CSV; a value that is missing is empty."""
    text = io.StringIO()
    words = (_WORDS[each] if each is None or isinstance(each, bool) else each for each in values)
    csv.writer(text, lineterminator="\r\n").writerow(words)
    return text.getvalue().encode()
