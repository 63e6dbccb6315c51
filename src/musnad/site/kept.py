"""Lists that are asked for once, for all things together, and kept.

What is said about one person may be ten thousand claims; a query for them sorts them all for each part of the
list. Asked once without a thing, the same query gives the lists of everything in a few hundred milliseconds,
and a part of any of them is a slice. Chosen over (a) LIMIT and OFFSET, which sort again, and (b) lists in the
build, which a store alone does not have.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from musnad.site.pages import PageKind
from musnad.site.queries import Answers, Query
from musnad.site.values import Row, to_value

THIS: Final = "this"
_MOST_ROWS: Final = 20_000  # of a query about no thing


class Kept:
    """Answers that do not depend on the page."""

    def __init__(self, queries: Mapping[str, Query], answers: Answers) -> None:
        self._queries, self._answers = queries, answers
        self._lists: dict[str, dict[str, list[tuple[Any, ...]]]] = {}
        self._same: dict[str, list[Row]] = {}

    def total(self, query: Query, this: str) -> int:
        """Return how many rows a thing has."""
        return len(self._of(query).get(this, ()))

    def rows(self, query: Query, this: str, start: int = 0, end: int | None = None) -> list[Row]:
        """Return some rows of a thing, without the thing itself."""
        names = query.variables[1:]
        found = self._of(query).get(this, ())[start:end]
        return [Row(dict(zip(names, values, strict=True))) for values in found]

    def same(self, query: Query) -> list[Row]:
        """Return the rows of a query that is about no thing; very long ones are asked for again."""
        rows = self._same.get(query.name)
        if rows is None:
            rows = self._answers.rows(query)
            if len(rows) <= _MOST_ROWS:
                self._same[query.name] = rows
        return rows

    def part(self, kind: PageKind | None, this: str, passage: str) -> int:
        """Return the number of the part of a page on which a passage stands; 1 where no list holds it."""
        for name, size in kind.paged.items() if kind else ():
            query = self._queries[name]
            if name in kind.once and "passage" in query.variables:  # type: ignore[union-attr]
                place = query.variables.index("passage") - 1
                rows: Sequence[tuple[Any, ...]] = self._of(query).get(this, ())
                if len(rows) > size:
                    return next((i // size + 1 for i, row in enumerate(rows) if row[place] == passage), 1)
        return 1

    def _of(self, query: Query) -> dict[str, list[tuple[Any, ...]]]:
        if query.name not in self._lists:
            self._lists[query.name] = self._ask(query)
        return self._lists[query.name]

    def _ask(self, query: Query) -> dict[str, list[tuple[Any, ...]]]:
        found: dict[str, list[tuple[Any, ...]]] = {}
        known: dict[object, Any] = {}  # an IRI stands in many rows, and in memory once
        for answer in self._answers.store.select(query.text):
            values = tuple(
                known.setdefault(value, value)
                for value in (to_value(answer.get(name)) for name in query.variables[1:])
            )
            found.setdefault(str(getattr(answer[THIS], "value", "")), []).append(values)
        return found
