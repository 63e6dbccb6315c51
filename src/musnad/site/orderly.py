r"""Lists of all things whose rows can be patched: the queries that say how, and the order of their rows.

Two forms are understood: `SELECT DISTINCT` ordered by plain variables, and one `COUNT(DISTINCT ?x)` grouped
by all other variables. Either is asked for its rows alone, told apart by the claim that they are of, and put
into order or counted here, so that a store that recalls rows need not be asked for all of them again. What
orders rows must be IRIs, whole numbers or days, which everybody sorts alike. Chosen over (a) any query, whose
order only the store knows, and (b) lists of claims in Python, which no project could change.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import pyoxigraph as ox

from musnad.store_texts import INTEGER, Term, Texts, term_of

_CLAIM: Final = "claim"
_KEYS: Final = (_CLAIM, "thing")  # what there are many of
_THIS: Final = "this"  # what a list is of: within one list, it orders nothing
_DATE: Final = "http://www.w3.org/2001/XMLSchema#date"
_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d")
_NAMES: Final = r"((?:\?\w+\s+)+)"
_END: Final = r"((?:\?\w+\s*)+)\Z"
_LIST: Final = re.compile(
    rf"((?:\s*#[^\n]*\n)*)\s*SELECT\s+DISTINCT\s+{_NAMES}WHERE\s*(\{{.*\}})\s*ORDER\s+BY\s+{_END}", re.DOTALL
)
_COUNT: Final = re.compile(
    rf"((?:\s*#[^\n]*\n)*)\s*SELECT\s+{_NAMES}\(COUNT\(DISTINCT\s+\?(\w+)\)\s+AS\s+\?(\w+)\)\s+WHERE\s*(\{{.*\}})"
    rf"\s*GROUP\s+BY\s+{_NAMES}ORDER\s+BY\s+DESC\(\?(\w+)\)\s+{_END}",
    re.DOTALL,
)
Rank = tuple[int, int, str]  # what sorts as SPARQL does: nothing, then IRIs; whole numbers among themselves
Answer = dict[str, Term]


@dataclass(frozen=True, slots=True)
class Listing:
    """A query whose rows are asked for in any order, what tells them apart, and what orders them."""

    asked: str
    key: str
    variables: tuple[str, ...]
    order: tuple[str, ...]
    counted: str = ""  # the variable that tells how many there are of the key; they are many first

    @property
    def of_claims(self) -> bool:
        """Tell whether each row is of one claim."""
        return self.key == _CLAIM

    def answers(self, rows: Iterable[Texts]) -> list[Answer] | None:
        """Return the rows as the query would; None where others must say in which order they come."""
        return self._counted(rows) if self.counted else self._sorted(rows)

    def _sorted(self, rows: Iterable[Texts]) -> list[Answer] | None:
        ranked = [(_ranks(row, self.order), row) for row in rows]
        if not _is_sortable([ranks for ranks, _ in ranked]):
            return None
        ranked.sort(key=lambda each: each[0] or ())
        told = dict[tuple[tuple[str, ...] | None, ...], Texts]()
        for _, row in ranked:
            told.setdefault(tuple(tuple(row[name]) if name in row else None for name in self.variables), row)
        return [_answer(row, self.variables) for row in told.values()]

    def _counted(self, rows: Iterable[Texts]) -> list[Answer] | None:
        names = tuple(name for name in self.variables if name != self.counted)
        counts = dict[tuple[tuple[str, ...], ...], list[Texts]]()
        for row in rows:
            if len(row) <= len(names):
                return None  # a group of nothing
            counts.setdefault(tuple(tuple(row[name]) for name in names), []).append(row)
        ranked = [(_ranks(some[0], self.order), some) for some in counts.values()]
        if not _is_sortable([ranks for ranks, _ in ranked]):
            return None
        ranked.sort(key=lambda each: (-len(each[1]), each[0] or ()))
        number = ox.NamedNode(INTEGER)
        return [
            _answer(some[0], names) | {self.counted: ox.Literal(str(len(some)), datatype=number)}
            for _, some in ranked
        ]


@lru_cache(maxsize=256)
def listing(text: str) -> Listing | None:
    """Return how the rows of a query are listed; None where it is of another form.

    >>> listing("SELECT DISTINCT ?this ?claim WHERE { ?claim ?p ?this } ORDER BY ?p ?claim").asked
    'SELECT DISTINCT ?this ?claim ?p WHERE { ?claim ?p ?this }'
    """
    if found := _LIST.fullmatch(text):
        head, names, where, ending = found.groups()
        variables, order = _variables(names), tuple(name for name in _variables(ending) if name != _THIS)
        asked = (*variables, *(name for name in dict.fromkeys(order) if name not in variables))
        if key := next((name for name in _KEYS if name in variables), ""):
            return Listing(_query(head, asked, where), key, variables, order)
    if found := _COUNT.fullmatch(text):
        head, names, key, counted, where, groups, first, ending = found.groups()
        variables, order = _variables(names), _variables(ending)
        one_group = set(variables) == set(_variables(groups)) and key not in variables
        if one_group and first == counted and set(variables) <= set(order) - {counted}:
            return Listing(_query(head, (*variables, key), where), key, (*variables, counted), order, counted)
    return None


def _query(head: str, names: Iterable[str], where: str) -> str:
    return f"{head.lstrip()}SELECT DISTINCT {' '.join(f'?{name}' for name in names)} WHERE {where}"


def _variables(text: str) -> tuple[str, ...]:
    return tuple(name.removeprefix("?") for name in text.split())


def _ranks(row: Texts, names: Sequence[str]) -> tuple[Rank, ...] | None:
    """Return what a row is sorted by; None where that is neither an IRI nor a whole number nor a day."""
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
        else:
            return None
    return tuple(found)


def _is_sortable(ranks: Sequence[tuple[Rank, ...] | None]) -> bool:
    """Tell whether rows can be sorted: all of them have ranks, and none compares a number with a day."""
    known = [each for each in ranks if each is not None]
    kinds = ({rank[0] for rank in column} for column in zip(*known, strict=True))
    return len(known) == len(ranks) and not any({2, 3} <= column for column in kinds)


def _answer(row: Texts, names: Iterable[str]) -> Answer:
    return {name: term_of(row[name]) for name in names if name in row}
