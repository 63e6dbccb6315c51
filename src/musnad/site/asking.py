"""What the queries of a page give: rows, totals, and the part of a long list that is asked for.

The answers of the last page are kept, because its other language is asked for next, and the lists of the last
thing, because their next part is. Chosen over (a) LIMIT and OFFSET, with which the store sorts a list again
for each part, and (b) a cache of many things, whose memory grows with the dataset.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from musnad.site.collation import sort_key
from musnad.site.pages import PageKind
from musnad.site.queries import Answers, Query, is_iri
from musnad.site.texts import LANGUAGES
from musnad.site.values import Row
from musnad.site.view import View, World


@dataclass(frozen=True, slots=True)
class Answered:
    """What the queries of one page gave, by the names that the template uses."""

    rows: Mapping[str, Sequence[Row]]
    total: Mapping[str, int]
    pages: int  # of the longest list


class Asking:
    """Puts the queries of pages to the store."""

    def __init__(self, queries: Mapping[str, Query], answers: Answers, world: World) -> None:
        self._queries, self._answers, self._world = queries, answers, world
        self._last: tuple[tuple[str, int], Answered | None] | None = None
        self._lists: tuple[str, dict[str, list[Row]]] = ("", {})

    def answer(self, kind: PageKind, this: str, number: int) -> Answered | None:
        """Return what the queries of a page give; None where the first gives nothing for this thing."""
        last = self._last
        if last is None or last[0] != (this, number):
            answered = self._ask(kind, this, number) if is_iri(this) else None
            last = self._last = ((this, number), answered)
        return last[1]

    def _ask(self, kind: PageKind, this: str, number: int) -> Answered | None:
        rows: dict[str, Sequence[Row]] = {}
        total: dict[str, int] = {}
        pages = 1
        for name in kind.queries:
            query, size = self._queries[name], kind.paged.get(name, 0)
            long = size or name == kind.collated
            found = self._list(kind, query, this) if long else self._answers.rows(query, this)
            if name == kind.queries[0] and not kind.fixed and not found:
                return None
            total[query.variable] = len(found)
            if size:
                pages = max(pages, -(-len(found) // size))
                found = found[size * (number - 1) : size * number]
            if name in kind.more:
                found = self._answers.more(self._queries[kind.more[name]], found)
            rows[query.variable] = found
        return Answered(rows, total, pages)

    def _list(self, kind: PageKind, query: Query, this: str) -> list[Row]:
        """Return all rows of a long list."""
        kept = self._lists
        if kept[0] != this:
            kept = self._lists = (this, {})
        if query.name not in kept[1]:
            rows = self._answers.rows(query, this)
            kept[1][query.name] = self._collate(query, rows) if query.name == kind.collated else rows
        return kept[1][query.name]

    def _collate(self, query: Query, rows: list[Row]) -> list[Row]:
        """Return rows by their Arabic labels, so that the parts of a list are the same in both languages."""
        view, name = View(self._world, LANGUAGES[0], ""), query.variables[0]
        return sorted(rows, key=lambda row: sort_key(view.label(str(getattr(row, name))).shown))
