"""Tables as Parquet, in blocks of rows: what a table needs of memory does not grow with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import islice
from pathlib import Path
from types import ModuleType
from typing import Any, Final

from musnad.errors import DataError, ProjectError
from musnad.tables.columns import TABLES, Row
from musnad.tables.kinds import BOOLEAN, DATE, DECIMAL, INTEGER, kind_of

_ROWS: Final = 20_000  # of one block
_TYPES: Final = {INTEGER: "int64", DECIMAL: "float64", BOOLEAN: "bool_", DATE: "date32"}


def arrow() -> ModuleType:
    """Return pyarrow with its Parquet part, or raise ProjectError."""
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError:
        raise ProjectError("parquet", "pyarrow is not installed", "pip install 'musnad[parquet]'") from None
    module: ModuleType = pyarrow
    return module


def write_parquet(table: str, rows: Iterable[Row], out: Path, columns: Sequence[str] = ()) -> None:
    """Write a table, or some of its columns, or raise DataError where a value is not of its type."""
    pa = arrow()
    names = list(columns or TABLES[table])
    kinds = {name: getattr(pa, _TYPES.get(kind_of(table, name), "string"))() for name in names}
    schema = pa.schema(list(kinds.items()))
    waiting = iter(rows)
    with pa.parquet.ParquetWriter(out, schema, compression="zstd") as writer:
        while block := list(islice(waiting, _ROWS)):
            columns_of = ((name, [row[name] for row in block]) for name in names)
            arrays = [_array(pa, kinds[name], values, f"{table}.{name}") for name, values in columns_of]
            writer.write_table(pa.table(arrays, schema=schema))


def _array(pa: ModuleType, kind: Any, values: list[Any], where: str) -> Any:
    """Return values as an array; text becomes a date or a number where its column holds such."""
    try:
        texts = any(isinstance(value, str) for value in values)
        return pa.array(values, pa.string()).cast(kind) if texts else pa.array(values, kind)
    except pa.ArrowException as error:
        raise DataError(where, f"a value is not of the type of its column: {error}") from None
