"""The description of the tables by the recommendation CSV on the Web.

https://www.w3.org/TR/tabular-metadata/: the names, meanings and types of all columns, in Arabic and English,
the keys of the tables and what leads from one to another.
"""

from __future__ import annotations

from typing import Any, Final

from musnad.tables.arabic import COLUMNS, ROWS
from musnad.tables.columns import TABLES
from musnad.tables.kinds import KEYS, LEADS, kind_of, published

_CONTEXT: Final = ["http://www.w3.org/ns/csvw", {"@language": "en"}]


def csvw(suffix: str, *, internal: bool = True) -> dict[str, Any]:
    """Return the description of all tables as files of a suffix; without `internal`, as they are released."""
    return {"@context": _CONTEXT, "tables": [_table(name, suffix, internal) for name in TABLES]}


def both(english: str, arabic: str) -> list[dict[str, str]]:
    """Return words in both languages as a value of JSON-LD."""
    return [{"@value": english, "@language": "en"}, {"@value": arabic, "@language": "ar"}]


def _table(name: str, suffix: str, internal: bool) -> dict[str, Any]:
    columns = list(TABLES[name]) if internal else published(name, TABLES[name])
    schema: dict[str, Any] = {"columns": [_column(name, column) for column in columns]}
    if key := KEYS.get(name):
        schema["primaryKey"] = key
    if name in LEADS:
        there = {it: {"resource": f"{it}.{suffix}", "columnReference": key} for it, key in KEYS.items()}
        schema["foreignKeys"] = [
            {"columnReference": column, "reference": there[other]} for column, other in LEADS[name].items()
        ]
    return {"url": f"{name}.{suffix}", "dc:description": both(*ROWS[name]), "tableSchema": schema}


def _column(table: str, column: str) -> dict[str, Any]:
    meaning = TABLES[table][column]
    return {
        "name": column,
        "titles": column,
        "datatype": kind_of(table, column),
        "dc:description": both(meaning, COLUMNS[meaning]),
    }
