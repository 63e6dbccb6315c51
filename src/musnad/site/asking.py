"""What the queries of a page give: rows, totals, and the part of a long list that is asked for.

The lists of the last thing are kept, because their next part is asked for next, and what is the same for all
things (`kept`). A later part of a page that readers see has the rows of its list and what the first query
tells of the thing; what else is known of it stands on the first part. Chosen over (a) LIMIT and OFFSET, with
which the store sorts a list again for each part, and (b) a cache of many things, whose memory grows with the
dataset.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from musnad.site.collation import sort_key
from musnad.site.given import Given
from musnad.site.pages import HTML, PageKind
from musnad.site.parts import Parts, Rows
from musnad.site.queries import Answers, Query, is_iri
from musnad.site.texts import LANGUAGES
from musnad.site.values import Row
from musnad.site.view import View, World


class Asking:
    """Puts the queries of pages to the store."""

    def __init__(self, queries: Mapping[str, Query], answers: Answers, world: World) -> None:
        self._queries, self._answers, self._world = queries, answers, world
        self._lists: tuple[str, dict[str, list[Row]]] = ("", {})
        self._indexes: dict[str, list[Row]] = {}  # collated lists that are about no thing: a few, and fixed

    def given(self, kind: PageKind, this: str, number: int) -> Given | None:
        """Return what the queries of a page give; None where the first gives nothing, or has no such part."""
        parts = self.parts(kind, this) if is_iri(this) else None
        part = parts.find(number) if parts else None
        if parts is None or part is None:
            return None
        rows: dict[str, Sequence[Row]] = {}
        total: dict[str, int] = {}
        for name in kind.queries:
            query, first = self._queries[name], name == kind.queries[0]
            alone = kind.suffix == HTML and number > 1
            if name not in part if name in kind.paged else alone and not first:
                rows[query.variable], total[query.variable] = [], 0
                continue
            found, every = self._rows(kind, query, this, part.get(name))
            if first and not every and (name in kind.once or not kind.fixed):
                return None
            rows[query.variable], total[query.variable] = found, every if number == 1 else 0
        opening = rows[self._queries[kind.queries[0]].variable] if kind.queries else ()
        names: dict[str, Any] = {**rows, "total": total, "this": opening[0] if opening else None}
        return Given(names, parts.around(number), partial(self._more, kind, rows))

    def parts(self, kind: PageKind, this: str) -> Parts:
        """Return the parts of a page."""

        def other(name: str) -> Sequence[Row]:
            return self._whole(kind, self._queries[name], this)

        return self._world.kept.parts(kind, this, other)

    def _rows(self, kind: PageKind, query: Query, this: str, part: Rows | None) -> tuple[Sequence[Row], int]:
        """Return the rows of a query, or a part of them, and how many there are."""
        start, end = part or (0, None)
        if query.name in kind.once:
            kept = self._world.kept
            return kept.rows(query, this, start, end), kept.total(query, this)
        found = self._whole(kind, query, this)
        return found[start:end], len(found)

    def _more(self, kind: PageKind, rows: Mapping[str, Sequence[Row]]) -> Mapping[str, Sequence[Row]]:
        """Return what further queries tell of rows, in place of these."""
        found: dict[str, Sequence[Row]] = {}
        for further in set(kind.more.values()):
            lists = [self._queries[name].variable for name, told in kind.more.items() if told == further]
            told = self._answers.more(self._queries[further], [rows[each] for each in lists])
            found |= zip(lists, told, strict=True)
        return found

    def _whole(self, kind: PageKind, query: Query, this: str) -> list[Row]:
        """Return all rows of a query that is not asked once for all things."""
        if not query.about:
            same = self._world.kept.same(query)
            if query.name != kind.collated:
                return same
            if query.name not in self._indexes:
                self._indexes[query.name] = self._collate(query, same)
            return self._indexes[query.name]
        if not (kind.paged or kind.collated or kind.over):  # one part alone
            return self._answers.rows(query, this)
        kept = self._lists
        if kept[0] != this:
            kept = self._lists = (this, {})
        if query.name not in kept[1]:
            rows = self._answers.rows(query, this, wide=bool(kind.over))
            kept[1][query.name] = self._collate(query, rows) if query.name == kind.collated else rows
        return kept[1][query.name]

    def _collate(self, query: Query, rows: list[Row]) -> list[Row]:
        """Return rows by their Arabic labels, so that the parts of a list are the same in both languages."""
        view, name = View(self._world, LANGUAGES[0], ""), query.variables[0]
        return sorted(rows, key=lambda row: sort_key(view.label(str(getattr(row, name))).shown))
