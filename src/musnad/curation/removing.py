"""Take entities out of the rows of tables: what names them goes, and private names go from all words.

The rows of one document, or of a whole folder of tables, are looked at twice: first for who is to be removed,
which claims fall with them and by which words documents call them; then row by row. Chosen over (a) removing
before the tables are made, which leaves the names in titles, addresses and quotations, and (b) removing from
the finished pages, which no one could prove complete.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from musnad.curation.names import NamesByGraph
from musnad.curation.private import Private
from musnad.tables.columns import Row

Rows = Iterable[tuple[str, Row]]
# The columns that name an entity, and what becomes of a row whose entity is removed.
_FALLING: Final = {
    "credits": ("agent",),
    "posts": ("author",),
    "mentions": ("entity",),
    "entities": ("entity",),
    "names": ("entity",),
    "identifiers": ("entity",),
    "abouts": ("about", "claim"),
    "attributions": ("claim",),
    "conflicts": ("claim", "other"),
    "claims": ("claim",),
}
_EMPTIED: Final = {"documents": ("publisher", "publisher_label"), "entities": ("located_in",)}
# The columns whose entity takes the whole claim with it.
_FELLING: Final = {
    "claims": ("subject", "object", "speaker", "rdf_subject", "rdf_object"),
    "attributions": ("agent",),
}
_PERSON: Final = "PERSON"
# Where names of entities stand: the column of the type, and those of names.
_NAMED: Final = {"mentions": ("type", "surface", "label_ar"), "entities": ("kind", "label_ar", "label_en")}


@dataclass(slots=True)
class Removal:
    """Who and what is removed, and by which words each document calls them."""

    private: Private
    base: str
    away: set[str] = field(default_factory=set)  # IRIs of entities, documents and claims
    hidden: set[str] = field(default_factory=set)  # those of `away` whose names go from all words
    names: NamesByGraph = field(init=False)

    def __post_init__(self) -> None:
        self.names = NamesByGraph(self.private.names)

    def look_for_persons(self, rows: Rows) -> None:
        """Note which entities are private persons."""
        for table, row in rows if self.private else ():
            if table in _NAMED and row["entity"] not in self.hidden and self._is_private(table, row):
                self.hidden.add(row["entity"])
                self.away.add(row["entity"])

    def _is_private(self, table: str, row: Row) -> bool:
        kind, *words = _NAMED[table]
        named = (row[column] for column in words if row[column])
        person = row[kind] == _PERSON and any(self.names.everywhere.stand_in(name) for name in named)
        return person or self.private.is_listed(row["entity"])

    def look_for_claims(self, rows: Rows) -> None:
        """Note which claims fall, and by which words documents call the persons; after `look_for_persons`."""
        for table, row in rows:
            if table == "mentions" and row["entity"] in self.hidden:
                self.names.call(row["graph"], row["surface"])
            elif any(row[column] in self.away for column in _FELLING.get(table, ())):
                self.away.add(row["claim"])

    def rows(self, rows: Rows) -> Iterator[tuple[str, Row]]:
        """Yield what stays of rows that were looked at, in their order."""
        for table, row in rows:
            kept = self.row(table, row)
            if kept is not None:
                yield table, kept

    def row(self, table: str, row: Row) -> Row | None:
        """Return what stays of a row, None where nothing does."""
        if any(row[column] in self.away for column in _FALLING.get(table, ())):
            return None
        emptied = _EMPTIED.get(table, ())
        if emptied and row[emptied[0]] in self.away:
            row = row | dict.fromkeys(emptied)
        return {column: self._words(row, value) for column, value in row.items()} if self.private else row

    def _words(self, row: Row, value: object) -> object:
        if not isinstance(value, str) or value.startswith(self.base):
            return value
        names = self.names.within(str(row.get("graph", "")))
        if "://" in value and " " not in value:
            return None if names.stand_in(value) else value
        return names.redact(value)


def cited(rows: Rows) -> set[str]:
    """Return the passages that rows cite."""
    return {row["passage"] for table, row in rows if table != "passages" and row.get("passage")}


def without_uncited(rows: list[tuple[str, Row]]) -> list[tuple[str, Row]]:
    """Return the rows of a document without the passages that no row cites any more."""
    wanted = cited(rows)
    return [(table, row) for table, row in rows if table != "passages" or row["passage"] in wanted]
