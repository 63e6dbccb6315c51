"""A mapping made ready: rows in, N-Quads out, in bounded memory, with counts.

Rows are written in batches of one table each, so that a function runs over many rows; a batch that fails is
read again slowly to find the row and the column. Chosen over (a) one call per row, a third slower, and (b)
processes, which cost more to feed than the mapping costs to run.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from io import BytesIO
from itertools import islice
from typing import Any, Final, NoReturn

import orjson

from musnad.errors import MappingError, UnmappedRow
from musnad.iri import DEFAULT_BASE
from musnad.mapping.coverage import Columns, refuse_leftovers, refuse_unknown_columns
from musnad.mapping.generate import generate
from musnad.mapping.interpret import row_quads
from musnad.mapping.terms import (
    Mapping,
    Parts,
    PredicateObject,
    Reference,
    TermMap,
    TriplesMap,
    has_reference,
    write_parts,
)
from musnad.mapping.values import (
    Iris,
    Tags,
    iri_is_legal,
    language_is_legal,
    lexical,
    natural,
    quoted,
    safe,
)
from musnad.tables.columns import TABLES, Row

_BATCH: Final = 1_000  # rows; about 6 MiB of quads

Writer = Callable[[Iterable[Row], Callable[[bytes], int], list[int]], None]


@dataclass(slots=True)
class _Table:
    """What writes the rows of one table, and what it has counted."""

    name: str
    maps: tuple[TriplesMap, ...]
    write: Writer
    source: str
    labels: tuple[str, ...]
    counts: list[int]
    rows: int = 0

    def quads(self, batch: list[Row]) -> bytes:
        """Return the quads of some rows, or raise UnmappedRow naming the row and the column."""
        out = BytesIO()
        try:
            self.write(batch, out.write, self.counts)
        except (UnmappedRow, TypeError, ValueError) as error:
            self._blame(batch)
            raise UnmappedRow(self.name, f"a row cannot be mapped: {error}") from error
        self.rows += len(batch)
        return out.getvalue()

    def _blame(self, batch: list[Row]) -> None:
        for number, row in enumerate(batch, self.rows + 1):
            for each in self.maps:
                try:
                    for _ in row_quads(each, row):
                        pass
                except UnmappedRow as error:
                    where = f"{self.name}, row {number}, {error.where}"
                    raise UnmappedRow(where, error.problem, error.remedy) from None


@dataclass(frozen=True, slots=True)
class Compiled:
    """A mapping that writes quads. It counts, so use one for each run."""

    tables: dict[str, _Table]
    silent: frozenset[str] = field(default=frozenset())  # tables whose columns are all ignored

    def quads(self, table: str, rows: Iterable[Row]) -> Iterator[bytes]:
        """Yield N-Quads in chunks of whole lines, at most those of 1,000 rows each."""
        if table in self.silent:
            return
        if table not in self.tables:
            raise MappingError(table, "no mapping for this table", f"mapped: {', '.join(self.tables)}")
        rows = iter(rows)
        while batch := list(islice(rows, _BATCH)):
            if chunk := self.tables[table].quads(batch):
                yield chunk

    @property
    def counts(self) -> dict[str, dict[str, int]]:
        """Return, for each table and reference, how many rows had a value for it."""
        return {
            name: dict(zip(table.labels, table.counts, strict=True)) for name, table in self.tables.items()
        }

    @property
    def rows(self) -> dict[str, int]:
        """Return the number of rows mapped, for each table."""
        return {name: table.rows for name, table in self.tables.items()}

    def unmatched(self) -> list[tuple[str, str]]:
        """Return (table, reference) of each reference that no row had a value for."""
        return [
            (table, reference)
            for table, counts in self.counts.items()
            for reference, count in counts.items()
            if self.tables[table].rows and not count
        ]

    def source(self, table: str) -> str:
        """Return the generated Python source of one table."""
        return self.tables[table].source


def map_rows(rows: Iterable[tuple[str, Row]], compiled: Compiled) -> Iterator[bytes]:
    """Yield the N-Quads of rows of several tables, in chunks of whole lines and bounded memory."""
    waiting: dict[str, list[Row]] = {}
    for table, row in rows:
        batch = waiting.setdefault(table, [])
        batch.append(row)
        if len(batch) == _BATCH:
            yield from compiled.quads(table, waiting.pop(table))
    for table, batch in waiting.items():
        yield from compiled.quads(table, batch)


def compile_mapping(mapping: Mapping, base: str = DEFAULT_BASE, columns: Columns = TABLES) -> Compiled:
    """Return the mapping ready to run, its IRIs below `base`, or raise MappingError.

    `columns` are the tables and columns that exist; a mapping of a project must speak of each of them.
    """
    maps = tuple(_rebased(each, base) for each in mapping.maps)
    for each in maps:
        _refuse_illegal(each)
    refuse_unknown_columns(maps, columns)
    silent: frozenset[str] = frozenset()
    if mapping.ignored is not None:
        refuse_leftovers(maps, mapping.ignored, columns)
        silent = frozenset(mapping.ignored.columns) - set(mapping.tables)
    names: dict[str, Any] = {
        "dumps": orjson.dumps,
        "iris": Iris(),
        "lexical": lexical,
        "natural": natural,
        "no_graph": _no_graph,
        "quoted": quoted,
        "safe": safe,
        "tags": Tags(),
    }
    tables = {
        name: _compiled(name, tuple(each for each in maps if each.table == name), names)
        for name in mapping.tables
    }
    return Compiled(tables, silent)


def _compiled(table: str, maps: tuple[TriplesMap, ...], names: dict[str, Any]) -> _Table:
    generated = generate(maps)
    # The source is made of our own templates and of repr() of the mapping's strings, never of data.
    scope = dict(names)
    exec(compile(generated.text, f"<mapping of {table}>", "exec"), scope)
    return _Table(
        table, maps, scope["write_rows"], generated.text, generated.labels, [0] * len(generated.labels)
    )


def _no_graph() -> NoReturn:
    raise UnmappedRow("row", "no graph")


def _rebased(each: TriplesMap, base: str) -> TriplesMap:
    """Return the triples map with the IRIs below the default base moved below `base`."""

    def moved(text: str) -> str:
        return base + text.removeprefix(DEFAULT_BASE) if text.startswith(DEFAULT_BASE) else text

    def term(given: TermMap) -> TermMap:
        parts: Parts = given.parts
        if given.type == "iri" and isinstance(parts[0], str):
            parts = (moved(parts[0]), *parts[1:])
        return replace(given, parts=parts, datatype=moved(given.datatype))

    pairs = tuple(
        PredicateObject(term(pair.predicate), term(pair.object), tuple(map(term, pair.graphs)))
        for pair in each.pairs
    )
    return replace(each, subject=term(each.subject), graphs=tuple(map(term, each.graphs)), pairs=pairs)


def _refuse_illegal(each: TriplesMap) -> None:
    """Raise if a constant, the frame of a template, a datatype or a language cannot stand in RDF."""
    things = {id(pair.object) for pair in each.pairs}
    for term in each.terms():
        where = f"{each.path}:{term.line}"
        if term.type == "literal" and id(term) not in things:
            raise MappingError(where, f"{term.key.label!r} must be an IRI", "only objects are literals")
        framed = "".join(part if isinstance(part, str) else "x" for part in term.parts)
        only = len(term.parts) == 1 and isinstance(term.parts[0], Reference)
        if term.type == "iri" and not only and not iri_is_legal(framed):
            remedy = "begin with a declared prefix or a scheme, and leave no space"
            raise MappingError(where, f"{term.key.label!r} gives no absolute IRI", remedy)
        if term.datatype and not iri_is_legal(term.datatype):
            raise MappingError(where, f"the datatype {term.datatype!r} is not an absolute IRI")
        tag = write_parts(term.language)
        if tag and not has_reference(term.language) and not language_is_legal(tag):
            raise MappingError(where, f"{tag!r} is not a language tag", "such as ar or en-GB")
