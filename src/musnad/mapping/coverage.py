"""Every column of every table gives a triple, or `ignored.yaml` says why it gives none.

A table that changes must make us work, never make us wrong. Chosen over (a) a list in the code, which would
hide the reasons from whoever edits the mappings, and (b) warnings, which nobody reads.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from difflib import get_close_matches
from pathlib import Path

from musnad.config import YamlMap, line_of, read_yaml
from musnad.errors import MappingError
from musnad.mapping.terms import Ignored, TriplesMap

Columns = Mapping[str, Collection[str]]


def read_ignored(path: Path) -> Ignored:
    """Return what `ignored.yaml` lists: table → column → reason."""
    data = read_yaml(path)
    found: dict[str, dict[str, str]] = {}
    for table, columns in data.items():
        where = f"{path}:{line_of(data, table)}"
        if not isinstance(columns, YamlMap):
            raise MappingError(where, f"{table} must hold columns, each with its reason")
        for column, reason in columns.items():
            if not isinstance(reason, str) or not reason.strip():
                raise MappingError(f"{path}:{line_of(columns, column)}", f"{table}.{column} has no reason")
        found[str(table)] = {str(column): str(reason) for column, reason in columns.items()}
    return Ignored(path, found)


def refuse_unknown_columns(maps: Collection[TriplesMap], columns: Columns) -> None:
    """Raise if a mapping names a table or a column that is not there."""
    for each in maps:
        place = f"{each.path}:{each.line}"
        if each.table not in columns:
            hint = _hint(each.table, columns)
            raise MappingError(place, f"mapping {each.name!r}: there is no table {each.table!r}", hint)
        for column, line in each.columns().items():
            if column not in columns[each.table]:
                problem = f"mapping {each.name!r}: table {each.table} has no column {column!r}"
                raise MappingError(f"{each.path}:{line}", problem, _hint(column, columns[each.table]))


def refuse_leftovers(maps: Collection[TriplesMap], ignored: Ignored, columns: Columns) -> None:
    """Raise if a column is neither used nor ignored, or is ignored without need."""
    for table, names in ignored.columns.items():
        if table not in columns:
            raise MappingError(ignored.path, f"there is no table {table!r}", _hint(table, columns))
        for column in names:
            if column not in columns[table]:
                problem = f"table {table} has no column {column!r}"
                raise MappingError(ignored.path, problem, _hint(column, columns[table]))
    for table, known in columns.items():
        used = {column for each in maps if each.table == table for column in each.columns()}
        listed = ignored.columns.get(table, {})
        if both := sorted(used & set(listed)):
            raise MappingError(ignored.path, f"{table}: {', '.join(both)} is mapped", "take it off the list")
        if left := sorted(set(known) - used - set(listed)):
            remedy = f"map it, or give the reason in {ignored.path.name}"
            raise MappingError(ignored.path.parent, f"{table}: no mapping uses {', '.join(left)}", remedy)


def _hint(name: str, known: Collection[str]) -> str:
    close = get_close_matches(name, sorted(known), n=1)
    return f"did you mean {close[0]!r}?" if close else f"known: {', '.join(sorted(known))}"
