"""Mappings and tables as files: a project's folder of mappings, or one mapping over someone else's tables.

Sources are named as any RML engine names them (`claims.json`, `people.csv`). Chosen over (a) a loader for
each format of RML-IO, most of which are nested and need an expression language, and (b) Arrow, which would
triple the size of the installation.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from itertools import chain
from pathlib import Path
from typing import Any, BinaryIO, Final

import orjson

from musnad.errors import MappingError, UnmappedRow
from musnad.iri import DEFAULT_BASE
from musnad.mapping.compiled import Compiled, compile_mapping
from musnad.mapping.coverage import read_ignored
from musnad.mapping.terms import Ignored, Mapping, Source
from musnad.mapping.yarrrml import read_file
from musnad.tables.columns import Row

_ENDING: Final = ".yarrrml.yaml"
IGNORED: Final = "ignored.yaml"


def read_mappings(folder: Path) -> Mapping:
    """Return the mapping of a project: all `*.yarrrml.yaml` of a folder, and its `ignored.yaml`."""
    paths = sorted(folder.glob(f"*{_ENDING}"))
    if not paths:
        raise MappingError(folder, f"no *{_ENDING} here")
    ignored = folder / IGNORED
    maps = tuple(each for path in paths for each in read_file(path))
    return Mapping(maps, read_ignored(ignored) if ignored.is_file() else Ignored(ignored, {}))


def map_files(mapping: Path, tables: Path, out: BinaryIO, base: str = DEFAULT_BASE) -> Compiled:
    """Write the N-Quads that a mapping, a file or a folder, gives over the tables of a folder.

    The source `claims.json` is read from `claims.json` (an array of objects) or `claims.jsonl`. A column that
    the first row of its table lacks is refused. What comes back has counted: `unmatched()` lists the
    references that no row had a value for.
    """
    paths = sorted(mapping.glob(f"*{_ENDING}")) if mapping.is_dir() else [mapping]
    given = Mapping(tuple(each for path in paths for each in read_file(path)))
    if not given.maps:
        raise MappingError(mapping, "no mapping here")
    sources = _sources(given)
    rows: dict[str, Iterator[Row]] = {}
    columns: dict[str, set[str]] = {}
    for table, source in sources.items():
        found = read_rows(source, tables)
        first = next(found, None)
        rows[table] = found if first is None else chain([first], found)
        columns[table] = set(first or _columns(given, table))
    compiled = compile_mapping(given, base, columns)
    for table, found in rows.items():
        for chunk in compiled.quads(table, found):
            out.write(chunk)
    return compiled


def read_rows(source: Source, folder: Path) -> Iterator[Row]:
    """Yield the rows of a source, or raise UnmappedRow naming the line."""
    path = folder / source.access
    if source.formulation == "jsonpath" and not path.is_file():
        path = path.with_suffix(".jsonl")
    if not path.is_file():
        raise MappingError(folder, f"no table {source.access!r} here", "export it, or correct `access`")
    return _READERS[path.suffix if path.suffix in _READERS else f".{source.formulation}"](path)


def _lines(path: Path) -> Iterator[Row]:
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                yield _object(_parsed(line, f"{path}:{number}"), f"{path}:{number}")


def _array(path: Path) -> Iterator[Row]:
    rows = _parsed(path.read_bytes(), str(path))
    if not isinstance(rows, list):
        raise UnmappedRow(path, "not an array of objects", "write [{…}, {…}]")
    for number, row in enumerate(rows, 1):
        yield _object(row, f"{path}, row {number}")


def _csv(path: Path) -> Iterator[Row]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        try:
            for row in (reader := csv.DictReader(file, strict=True)):
                if None in row:
                    raise UnmappedRow(f"{path}:{reader.line_num}", "more values than columns")
                yield row
        except (csv.Error, UnicodeDecodeError) as error:
            raise UnmappedRow(path, f"not CSV in UTF-8: {error}") from None


_READERS: Final[dict[str, Callable[[Path], Iterator[Row]]]] = {
    ".jsonl": _lines,
    ".json": _array,
    ".jsonpath": _array,
    ".csv": _csv,
}


def _parsed(text: bytes, where: str) -> Any:  # whatever JSON holds; `_object` looks
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise UnmappedRow(where, f"not JSON: {error}") from None


def _object(row: Any, where: str) -> Row:  # see `_parsed`
    if not isinstance(row, dict):
        raise UnmappedRow(where, "not an object", "each row is an object of columns and values")
    return row


def _sources(given: Mapping) -> dict[str, Source]:
    """Return the one source of each table."""
    found: dict[str, Source] = {}
    for each in given.maps:
        if found.setdefault(each.table, each.source) != each.source:
            where = f"{each.path}:{each.line}"
            raise MappingError(where, f"two sources are named {each.table!r}", "rename one of the files")
    return found


def _columns(given: Mapping, table: str) -> set[str]:
    return {column for each in given.maps if each.table == table for column in each.columns()}
