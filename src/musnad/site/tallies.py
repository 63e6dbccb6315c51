"""Queries that count things by group, and their answers made of the numbers alone.

`SELECT ?a ?b (COUNT(DISTINCT ?x) AS ?n) … GROUP BY ?a ?b`, ordered by its variables and the number, with or
without a LIMIT, or the groups alone that have any thing (`HAVING(COUNT(DISTINCT ?x) > 0)`): each thing adds
one to the groups of its rows. So where some things change, what they added before is taken off and what they
add now is put on, and nobody counts the others again. Chosen over (a) the rows of all things, kept and
counted at every build, and (b) queries of any form, of which only the store knows what one thing adds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import orjson

from musnad.site.orderly import Answer, answer_of, query_of, ranks_of, variables_of
from musnad.store_texts import Term, Texts, text_of

HEAD: Final = r"(?P<head>(?:\s*#[^\n]*\n)*)\s*SELECT\s+(?P<names>(?:\?\w+\s+)+)"
WHERE: Final = r"WHERE\s*(?P<where>\{.*\})\s*GROUP\s+BY\s+(?P<groups>(?:\?\w+\s+)+)"
_COUNT: Final = re.compile(
    rf"{HEAD}\(COUNT\(DISTINCT\s+\?(?P<key>\w+)\)\s+AS\s+\?(?P<counted>\w+)\)\s+{WHERE}"
    r"ORDER\s+BY\s+(?P<before>(?:\?\w+\s+)*)DESC\(\?(?P=counted)\)(?P<after>(?:\s+\?\w+)*)"
    r"(?:\s+LIMIT\s+(?P<most>\d+))?\s*",
    re.DOTALL,
)
_ANY: Final = re.compile(
    rf"{HEAD}{WHERE}HAVING\s*\(COUNT\(DISTINCT\s+\?(?P<key>\w+)\)\s*>\s*0\)"
    r"\s*ORDER\s+BY\s+(?P<before>(?:\?\w+\s*)+)",
    re.DOTALL,
)
_NUMBER: Final = "number"  # the variable of a number that is not shown
Counts = dict[str, int]  # the terms of a group, as JSON → how many things it has


@dataclass(frozen=True, slots=True)
class Tally:
    """A query that counts the things of each group."""

    every: str  # the same query, of all groups in any order
    asked: str  # what asks for the groups of each thing
    key: str  # the variable of the things
    names: tuple[str, ...]  # the variables of a group
    counted: str  # the variable of the number, "" where it is not shown
    order: tuple[tuple[str, ...], tuple[str, ...]]  # the variables that order groups before it, and after it
    most: int = 0  # groups of the answer; 0 for all of them

    def told(self, answers: Iterable[Mapping[str, Term]]) -> Counts | None:
        """Return the counts that a store answers; None where a group is not whole, or of nothing."""
        number = self.counted or _NUMBER
        told = [{name: text_of(term) for name, term in answer.items()} for answer in answers]
        if any(len(row) <= len(self.names) or row[number][0] == "0" for row in told):
            return None
        return {group_of(row, self.names): int(row[number][0]) for row in told}

    def changed(self, counts: Counts, gone: Iterable[Texts], came: Iterable[Texts]) -> Counts | None:
        """Return other counts, from the rows that some things had and those that they have; None if wrong."""
        found = dict(counts)
        for rows, more in ((gone, -1), (came, 1)):
            for row in rows:
                if len(row) <= len(self.names):
                    return None
                group = group_of(row, self.names)
                found[group] = found.get(group, 0) + more
        return None if min(found.values(), default=0) < 0 else {each: n for each, n in found.items() if n}

    def answers(self, counts: Counts) -> list[Answer] | None:
        """Return the answer of the query; None where others must say in which order its rows come."""
        rows = [(group_row(group, self.names), number) for group, number in counts.items()]
        groups = [row for row, _ in rows]
        before, after = (ranks_of(groups, names) if names else [()] * len(rows) for names in self.order)
        if before is None or after is None:
            return None
        ranked = sorted(
            zip(before, rows, after, strict=True), key=lambda each: (each[0], -each[1][1], each[2])
        )
        answers = list[Answer]()
        for _, (row, count), _ in ranked[: self.most or None]:
            number: Answer = {self.counted: count} if self.counted else {}
            answers.append(answer_of(row, self.names) | number)
        return answers


@lru_cache(maxsize=256)
def tally(text: str) -> Tally | None:
    """Return how a query counts things; None where it is of another form, or leaves the order to the store.

    >>> tally("SELECT ?a WHERE { ?x ?p ?a } GROUP BY ?a HAVING(COUNT(DISTINCT ?x) > 0) ORDER BY ?a").asked
    'SELECT DISTINCT ?a ?x WHERE { ?x ?p ?a }'
    """
    found = _COUNT.fullmatch(text) or _ANY.fullmatch(text)
    if found is None:
        return None
    told = found.groupdict(default="")
    names, key, counted = variables_of(told["names"]), told["key"], told.get("counted", "")
    order = (variables_of(told["before"]), variables_of(told.get("after", "")))
    if not set(names) == set(variables_of(told["groups"])) == {*order[0], *order[1]} or key in names:
        return None
    head, variables, where = told["head"], " ".join(f"?{name}" for name in names), told["where"]
    number = f"(COUNT(DISTINCT ?{key}) AS ?{counted or _NUMBER})"
    every = f"{head.lstrip()}SELECT {variables} {number} WHERE {where} GROUP BY {variables}"
    asked = query_of(head, (*names, key), where)
    return Tally(every, asked, key, names, counted, order, int(told.get("most", "") or 0))


def group_of(row: Texts, names: Iterable[str]) -> str:
    """Return what tells a group from others: its terms, as JSON."""
    return orjson.dumps([row[name] for name in names]).decode("utf-8")


def group_row(group: str, names: Iterable[str]) -> Texts:
    """Return the terms of a group by their variables."""
    return dict(zip(names, orjson.loads(group), strict=True))
