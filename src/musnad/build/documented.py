"""The rows of one document as they stand in the tables, kept under what the document was read as.

Where nothing is decided about any claim or name, the rows depend on the reading alone: their lines are kept,
and neither is the reading loaded again nor a row made. Chosen over (a) rows as values, which take ten times
as long to make as their lines to copy, and (b) the lines of the last build, whose tables anybody may edit.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

import orjson

from musnad.tables.columns import NAMING, Row
from musnad.tables.files import line_of


@dataclass(frozen=True, slots=True)
class DocumentRows:
    """The lines of one document, table by table, how many there are, and the entities that they name."""

    lines: dict[str, bytes] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    named: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, rows: Iterable[tuple[str, Row]]) -> DocumentRows:
        """Return some rows as lines."""
        made, lines = cls(), dict[str, list[bytes]]()
        for table, row in rows:
            lines.setdefault(table, []).append(line_of(table, row))
            made.named.update(row[column] for column in NAMING.get(table, ()) if row[column])
        for table, told in lines.items():
            made.lines[table], made.counts[table] = b"".join(told), len(told)
        return made

    def dump(self) -> bytes:
        """Return all of it as bytes: a line that tells the parts, then the parts."""
        parts = [[table, self.counts[table], len(told)] for table, told in self.lines.items()]
        head = orjson.dumps([parts, sorted(self.named)], option=orjson.OPT_APPEND_NEWLINE)
        return b"".join((head, *self.lines.values()))

    @classmethod
    def load(cls, data: bytes) -> DocumentRows:
        """Return what `dump` wrote."""
        start = data.index(b"\n") + 1
        parts, named = orjson.loads(data[:start])
        made = cls(named=set(named))
        for table, count, size in parts:
            made.lines[table], made.counts[table] = data[start : start + size], count
            start += size
        return made
