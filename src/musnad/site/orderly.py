r"""Lists of all things whose rows can be patched: the queries that say how, and the order of their rows.

One form is understood: `SELECT DISTINCT` ordered by plain variables. It is asked for its rows alone, told
apart by the claim that they are of, and put into order here, so that a store that recalls rows need not be
asked for all of them again. What orders rows must be IRIs, whole numbers, days or plain texts, which all
sort alike. Chosen over (a) any query, whose order only the store knows, and (b) lists of claims in Python,
which no project could change.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter
from typing import Final

from musnad.site.values import Value, value_of
from musnad.store_texts import INTEGER, Texts

_CLAIM: Final = "claim"
_KEYS: Final = (_CLAIM, "thing")  # what there are many of
_THIS: Final = "this"  # what a list is of: within one list, it orders nothing
_DATE: Final = "http://www.w3.org/2001/XMLSchema#date"
_STRING: Final = "http://www.w3.org/2001/XMLSchema#string"
_APART: Final = {2, 3, 4}  # the kinds of literals, of which a column may have one
_NONE: Final = (5, 0, "")  # of what only the store can compare
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_NAMES: Final = r"((?:\?\w+\s+)+)"
_END: Final = r"((?:\?\w+\s*)+)\Z"
_LIST: Final = re.compile(
    rf"((?:\s*#[^\n]*\n)*)\s*SELECT\s+DISTINCT\s+{_NAMES}WHERE\s*(\{{.*\}})\s*ORDER\s+BY\s+{_END}", re.DOTALL
)
# What sorts as SPARQL does: nothing, then IRIs; whole numbers among themselves. Among IRIs alone, these.
Rank = tuple[int, int, str] | str
Answer = dict[str, Value]


@dataclass(frozen=True, slots=True)
class Listing:
    """A query whose rows are asked for in any order, what tells them apart, and what orders them."""

    asked: str
    key: str
    variables: tuple[str, ...]
    order: tuple[str, ...]

    @property
    def of_claims(self) -> bool:
        """Tell whether each row is of one claim."""
        return self.key == _CLAIM

    def answers(self, rows: Iterable[Texts]) -> list[Answer] | None:
        """Return the rows as the query would; None where others must say in which order they come."""
        every = list(rows)
        ranks = ranks_of(every, self.order)
        if ranks is None:
            return None
        ranked = [row for _, row in sorted(zip(ranks, every, strict=True), key=itemgetter(0))]
        things = {row[self.key][0] for row in ranked if self.key in row}
        if set(self.order) <= set(self.variables) or len(things) == len(ranked):  # each row is there once
            return [answer_of(row, self.variables) for row in ranked]
        told = dict[tuple[tuple[str, ...] | None, ...], Texts]()
        for row in ranked:
            told.setdefault(tuple(tuple(row[name]) if name in row else None for name in self.variables), row)
        return [answer_of(row, self.variables) for row in told.values()]


@lru_cache(maxsize=256)
def listing(text: str) -> Listing | None:
    """Return how the rows of a query are listed; None where it is of another form.

    >>> listing("SELECT DISTINCT ?this ?claim WHERE { ?claim ?p ?this } ORDER BY ?p ?claim").asked
    'SELECT DISTINCT ?this ?claim ?p WHERE { ?claim ?p ?this }'
    """
    if found := _LIST.fullmatch(text):
        head, names, where, ending = found.groups()
        variables, order = variables_of(names), tuple(name for name in variables_of(ending) if name != _THIS)
        asked = (*variables, *(name for name in dict.fromkeys(order) if name not in variables))
        if key := next((name for name in _KEYS if name in variables), ""):
            return Listing(query_of(head, asked, where), key, variables, order)
    return None


def query_of(head: str, names: Iterable[str], where: str) -> str:
    """Return the query that asks for some variables, each row once and in any order."""
    return f"{head.lstrip()}SELECT DISTINCT {' '.join(f'?{name}' for name in names)} WHERE {where}"


def variables_of(text: str) -> tuple[str, ...]:
    """Return the names of variables that stand side by side."""
    return tuple(name.removeprefix("?") for name in text.split())


def ranks_of(rows: Sequence[Texts], names: Sequence[str]) -> list[tuple[Rank, ...]] | None:
    """Return what each row is sorted by; None where others must say in which order they come.

    In a column are IRIs, whole numbers, days or plain texts, and nothing that compares two of the last three.
    """
    columns = [_ranks([row.get(name) for row in rows]) for name in names]
    known = [column for column in columns if column is not None]
    return list(zip(*known, strict=True)) if len(known) == len(names) > 0 else None


def _ranks(column: Sequence[Sequence[str] | None]) -> Sequence[Rank] | None:
    if all(told is not None and len(told) == 2 and not told[1] for told in column):  # IRIs: most columns
        return [told[0] for told in column if told is not None]
    found = list(map(_rank, column))
    return found if len({rank[0] for rank in found} & _APART) < 2 and _NONE not in found else None


def _rank(told: Sequence[str] | None) -> tuple[int, int, str]:
    """Return what a term is sorted by among others."""
    if told is None:
        return 0, 0, ""
    if len(told) == 2 and not told[1]:
        return 1, 0, told[0]
    if told[-1] == INTEGER:
        return 2, int(told[0]), ""
    if told[-1] == _DATE and _DAY.fullmatch(told[0]):
        return 3, 0, told[0]
    return (4, 0, told[0]) if told[-1] == _STRING else _NONE


def answer_of(row: Texts, names: Iterable[str]) -> Answer:
    """Return the values of some variables of a row."""
    return {name: value_of(row[name]) for name in names if name in row}
