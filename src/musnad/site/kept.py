"""Lists that are asked for once, for all things together, and kept.

What is said about one person may be ten thousand claims; a query for them sorts them all for each part of the
list. Asked once without a thing, the same query gives the lists of everything in a few hundred milliseconds,
and a part of any of them is a slice. Where few things are asked for, each is put into the query, unless a
subquery gives its whole answer all the same. The rows come in the same order, because every query is ordered
by all its variables at last. Chosen over (a) LIMIT and OFFSET, which sort again, and (b) lists in the build,
which a store alone does not have.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final

import orjson

from musnad.site.orderly import Answer, listing
from musnad.site.pages import PageKind
from musnad.site.parts import ALONE, Parts
from musnad.site.queries import Answers, Query, is_iri
from musnad.site.traces import asked, lists_claims
from musnad.site.values import Row
from musnad.store_texts import Texts

THIS: Final = "this"
_MOST_ROWS: Final = 20_000  # of a query about no thing
_MOST_PARTED: Final = 10_000  # pages whose parts are remembered
_SUBQUERY: Final = re.compile(r"\{\s*SELECT\b", re.IGNORECASE)  # its answer is whole, whatever the thing
_LIMITED: Final = re.compile(r"\b(?:LIMIT|OFFSET)\b", re.IGNORECASE)
Lists = dict[str, list[tuple[Any, ...]]]  # thing → its rows


def _no_rows(name: str) -> Sequence[Row]:
    """Return no rows: of a page whose lists are all kept."""
    del name
    return ()


class Kept:
    """Answers that do not depend on the page."""

    def __init__(self, queries: Mapping[str, Query], answers: Answers) -> None:
        self.sparing = False  # whether few things will be asked for, each of them alone
        self._queries, self._answers = queries, answers
        self._lists: dict[str, Lists] = {}
        self._recalled: dict[str, dict[str, bytes]] = {}  # query → thing → its rows in JSON, in any order
        self._same: dict[str, list[Row]] = {}
        self._texts: dict[str, str] = {}
        self._parts: dict[tuple[str, str], Parts] = {}

    def total(self, query: Query, this: str) -> int:
        """Return how many rows a thing has."""
        return len(self._list(query, this))

    def rows(self, query: Query, this: str, start: int = 0, end: int | None = None) -> list[Row]:
        """Return some rows of a thing, without the thing itself."""
        names = query.variables[1:]
        found = self._list(query, this)[start:end]
        return [Row(dict(zip(names, values, strict=True))) for values in found]

    def same(self, query: Query) -> list[Row]:
        """Return the rows of a query that is about no thing; very long ones are asked for again."""
        self._answers.store.note(query.name)
        rows = self._same.get(query.name)
        if rows is None:
            rows = self._answers.rows(query)
            if len(rows) <= _MOST_ROWS:
                self._same[query.name] = rows
        return rows

    def parts(self, kind: PageKind, this: str, other: Callable[[str], Sequence[Row]] = _no_rows) -> Parts:
        """Return the parts of a page about a thing; `other` gives the lists that are not kept here."""
        if not kind.paged:
            return ALONE
        found = self._parts.get((kind.name, this))
        if found is None:
            if len(self._parts) >= _MOST_PARTED:
                self._parts.clear()
            rows = {
                name: self._list(self._queries[name], this)
                if name in kind.once
                else [tuple(row) for row in other(name)]
                for name in kind.paged
            }
            lists = {name: (rows[name], most) for name, most in kind.paged.items()}
            found = self._parts[kind.name, this] = Parts.of(lists)
        return found

    def part(self, kind: PageKind | None, this: str, passage: str) -> int:
        """Return the number of the part of a page on which a passage stands; 1 where no list holds it."""
        for name, size in kind.paged.items() if kind and set(kind.paged) <= set(kind.once) else ():
            query = self._queries[name]
            if "passage" in query.variables:
                place = query.variables.index("passage") - 1
                rows: Sequence[tuple[Any, ...]] = self._list(query, this)
                if len(rows) > size:
                    found = next((i for i, row in enumerate(rows) if row[place] == passage), 0)
                    return self.parts(kind, this).holding(name, found)  # type: ignore[arg-type]
        return 1

    def _list(self, query: Query, this: str) -> Sequence[tuple[Any, ...]]:
        self._answers.store.note(query.name, this)
        lists = self._lists.setdefault(query.name, {})
        if this in lists or "" in lists:
            return lists.get(this, ())
        text = self._texts.setdefault(query.name, _ordered(query))
        store, alone = self._answers.store, None
        if lists_claims(store, text) and (rows := self._recall(query, text, this)) is not None:
            lists[this] = rows
            return rows
        if self.sparing and is_iri(this) and not _SUBQUERY.search(query.text):
            from musnad.depending import with_things  # and rdflib, 0.3 s and 11 MB: no server needs them

            alone = with_things(text, store.base, THIS, (this,))
        # "" is there where all things are.
        lists |= {this if alone else "": []} | self._ask(query, alone or text)
        return lists.get(this, ())

    def _recall(self, query: Query, text: str, this: str) -> list[tuple[Any, ...]] | None:
        """Return the rows of a thing, of those of all claims; None where the store must say their order.

        Few of the lists are asked for: the others are neither ordered nor read.
        """
        told = listing(text)
        if told is None:
            return None
        if query.name not in self._recalled:
            every: dict[str, list[Texts]] = {}
            for row in self._answers.store.texts(told.asked, told.key):
                every.setdefault(row[THIS][0], []).append(row)
            self._recalled[query.name] = {thing: orjson.dumps(some) for thing, some in every.items()}
        rows = told.answers(orjson.loads(self._recalled[query.name].pop(this, b"[]")))
        return None if rows is None else list(self._lists_of(query, rows).get(this, ()))

    def _ask(self, query: Query, text: str) -> Lists:
        return self._lists_of(query, asked(self._answers.store, text))

    def _lists_of(self, query: Query, answers: Iterable[Answer]) -> Lists:
        found: Lists = {}
        known: dict[object, Any] = {}  # an IRI stands in many rows, and in memory once
        for answer in answers:
            values = (answer.get(name) for name in query.variables[1:])
            row = tuple(known.setdefault(value, value) for value in values)
            found.setdefault(str(answer[THIS]), []).append(row)
        return found


def _ordered(query: Query) -> str:
    r"""Return a query whose rows are ordered by its variables where its own order leaves them equal.

    One that is cut off stays as it is.

    >>> _ordered(Query("a", "SELECT ?this ?b WHERE { ?this ?p ?b } ORDER BY ?p", ("this", "b")))
    'SELECT ?this ?b WHERE { ?this ?p ?b } ORDER BY ?p\n?this ?b'
    """
    if _LIMITED.search(query.text):
        return query.text
    names = " ".join(f"?{name}" for name in query.variables)
    own = "ORDER BY" in query.text.rpartition("}")[2].upper()
    return f"{query.text.rstrip()}\n{'' if own else 'ORDER BY '}{names}"
