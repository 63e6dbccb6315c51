"""What the queries of a page give: rows, totals, and the part of a long list that is asked for.

The answers of the last page are kept, because its other language is asked for next, the lists of the last
thing, because their next part is, and what is the same for all things (`kept`). Chosen over (a) LIMIT and
OFFSET, with which the store sorts a list again for each part, and (b) a cache of many things, whose memory
grows with the dataset.
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
        self._last: tuple[tuple[str, str, int], Answered | None] | None = None
        self._lists: tuple[str, dict[str, list[Row]]] = ("", {})
        self._indexes: dict[str, list[Row]] = {}  # collated lists that are about no thing: a few, and fixed

    def answer(self, kind: PageKind, this: str, number: int) -> Answered | None:
        """Return what the queries of a page give; None where the first gives nothing for this thing."""
        last, key = self._last, (kind.name, this, number)  # one path may have several formats
        if last is None or last[0] != key:
            answered = self._ask(kind, this, number) if is_iri(this) else None
            last = self._last = (key, answered)
        return last[1]

    def _ask(self, kind: PageKind, this: str, number: int) -> Answered | None:
        rows: dict[str, Sequence[Row]] = {}
        total: dict[str, int] = {}
        pages = 1
        for name in kind.queries:
            query, size = self._queries[name], kind.paged.get(name, 0)
            if name in kind.once:
                total[query.variable] = self._world.kept.total(query, this)
                pages = max(pages, -(-total[query.variable] // size)) if size else pages
                start = size * (number - 1)
                found = self._world.kept.rows(query, this, start, start + size if size else None)
                if name == kind.queries[0] and not total[query.variable]:
                    return None
                rows[query.variable] = self._more(kind, name, found)
                continue
            if name == kind.collated or (size and query.about):
                found = self._list(kind, query, this)
            else:
                found = self._answers.rows(query, this) if query.about else self._world.kept.same(query)
            if name == kind.queries[0] and not kind.fixed and not found:
                return None
            total[query.variable] = len(found)
            if size:
                pages = max(pages, -(-len(found) // size))
                found = found[size * (number - 1) : size * number]
            rows[query.variable] = self._more(kind, name, found)
        return Answered(rows, total, pages)

    def _more(self, kind: PageKind, name: str, rows: list[Row]) -> list[Row]:
        """Return what a further query tells of rows, where there is one."""
        return self._answers.more(self._queries[kind.more[name]], rows) if name in kind.more else rows

    def _list(self, kind: PageKind, query: Query, this: str) -> list[Row]:
        """Return all rows of a long list."""
        if not query.about:
            if query.name not in self._indexes:
                self._indexes[query.name] = self._collate(query, self._world.kept.same(query))
            return self._indexes[query.name]
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
