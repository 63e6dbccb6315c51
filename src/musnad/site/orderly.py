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
from typing import Final

from musnad.site.values import Value, value_of
from musnad.store_texts import INTEGER, Texts

_CLAIM: Final = "claim"
_KEYS: Final = (_CLAIM, "thing")  # what there are many of
_THIS: Final = "this"  # what a list is of: within one list, it orders nothing
_DATE: Final = "http://www.w3.org/2001/XMLSchema#date"
_STRING: Final = "http://www.w3.org/2001/XMLSchema#string"
_VALUES: Final = {2, 3, 4}  # the kinds of literals, of which a column may have one
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_NAMES: Final = r"((?:\?\w+\s+)+)"
_END: Final = r"((?:\?\w+\s*)+)\Z"
_LIST: Final = re.compile(
    rf"((?:\s*#[^\n]*\n)*)\s*SELECT\s+DISTINCT\s+{_NAMES}WHERE\s*(\{{.*\}})\s*ORDER\s+BY\s+{_END}", re.DOTALL
)
Rank = tuple[int, int, str]  # what sorts as SPARQL does: nothing, then IRIs; whole numbers among themselves
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
        ranked = [(ranks_of(row, self.order), row) for row in rows]
        if not are_sortable([ranks for ranks, _ in ranked]):
            return None
        ranked.sort(key=lambda each: each[0] or ())
        if set(self.order) <= set(self.variables):  # each row is there once
            return [answer_of(row, self.variables) for _, row in ranked]
        told = dict[tuple[tuple[str, ...] | None, ...], Texts]()
        for _, row in ranked:
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


def ranks_of(row: Texts, names: Sequence[str]) -> tuple[Rank, ...] | None:
    """Return what a row is sorted by; None where that is no IRI, whole number, day or plain text."""
    found = list[Rank]()
    for name in names:
        told = row.get(name)
        if told is None:
            found.append((0, 0, ""))
        elif len(told) == 2 and not told[1]:
            found.append((1, 0, told[0]))
        elif told[-1] == INTEGER:
            found.append((2, int(told[0]), ""))
        elif told[-1] == _DATE and _DAY.fullmatch(told[0]):
            found.append((3, 0, told[0]))
        elif told[-1] == _STRING:
            found.append((4, 0, told[0]))
        else:
            return None
    return tuple(found)


def are_sortable(ranks: Sequence[tuple[Rank, ...] | None]) -> bool:
    """Tell whether rows can be sorted: all have ranks, and none compares a number with a day or a text."""
    known = [each for each in ranks if each is not None]
    kinds = ({rank[0] for rank in column} for column in zip(*known, strict=True))
    return len(known) == len(ranks) and not any(len(column & _VALUES) > 1 for column in kinds)


def answer_of(row: Texts, names: Iterable[str]) -> Answer:
    """Return the values of some variables of a row."""
    return {name: value_of(row[name]) for name in names if name in row}
