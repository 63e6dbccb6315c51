"""Queries for the first thing of each group, in the order of IRIs, and their answers made of the last ones.

`SELECT ?a (IRI(MIN(STR(?x))) AS ?first) … GROUP BY ?a ORDER BY ?a`: what comes may be before the first, and
no other needs to be looked at. Only where the first of a group has gone must the store be asked for the next.
Chosen over (a) SAMPLE, which gives another thing in every store, and (b) the rows of all things, of which one
is shown.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from musnad.site.orderly import Answer, answer_of, are_sortable, ranks_of
from musnad.site.tallies import HEAD, WHERE, group_of, group_row, variables_of
from musnad.store_texts import Term, Texts, text_of

_LEAST: Final = re.compile(
    rf"{HEAD}\(IRI\(MIN\(STR\(\?(?P<key>\w+)\)\)\)\s+AS\s+\?(?P<first>\w+)\)\s+{WHERE}"
    r"ORDER\s+BY\s+(?P<order>(?:\?\w+\s*)+)",
    re.DOTALL,
)
Firsts = dict[str, str]  # the terms of a group, as JSON → the IRI of its first thing


@dataclass(frozen=True, slots=True)
class Least:
    """A query for the first thing of each group."""

    every: str  # the query itself
    asked: str  # what asks for the groups of each thing
    key: str  # the variable of the things
    names: tuple[str, ...]  # the variables of a group
    first: str  # the variable of its first thing
    order: tuple[str, ...]

    def told(self, answers: Iterable[Mapping[str, Term]]) -> Firsts | None:
        """Return the firsts that a store answers; None where a group is not whole."""
        rows = [{name: text_of(term) for name, term in answer.items()} for answer in answers]
        if any(len(row) <= len(self.names) for row in rows):
            return None
        return {group_of(row, self.names): row[self.first][0] for row in rows}

    def changed(self, firsts: Firsts, gone: Iterable[Texts], came: Iterable[Texts]) -> Firsts | None:
        """Return other firsts, from the rows that some things had and that they have; None if unknown."""
        found, lost = dict(firsts), set[str]()
        for row in gone:
            group = group_of(row, self.names)
            if found.get(group) == row[self.key][0]:
                lost.add(group)
        for row in came:
            if len(row) <= len(self.names) or len(row[self.key]) != 2:
                return None
            group, thing = group_of(row, self.names), row[self.key][0]
            if thing <= found.get(group, thing):
                found[group] = thing
                lost.discard(group)
        return None if lost else found

    def answers(self, firsts: Firsts) -> list[Answer] | None:
        """Return the answer of the query; None where others must say in which order its rows come."""
        rows = [group_row(group, self.names) | {self.first: [iri, ""]} for group, iri in firsts.items()]
        ranks = [ranks_of(row, self.order) for row in rows]
        if not are_sortable(ranks):
            return None
        ranked = sorted(zip(ranks, rows, strict=True), key=lambda each: each[0] or ())
        return [answer_of(row, (*self.names, self.first)) for _, row in ranked]


@lru_cache(maxsize=256)
def least(text: str) -> Least | None:
    """Return how a query asks for first things; None where it is of another form.

    >>> asked = "SELECT ?a (IRI(MIN(STR(?x))) AS ?b) WHERE { ?x ?p ?a } GROUP BY ?a ORDER BY ?a"
    >>> least(asked).asked
    'SELECT DISTINCT ?a ?x WHERE { ?x ?p ?a }'
    """
    found = _LEAST.fullmatch(text)
    if found is None:
        return None
    told = found.groupdict()
    names, order, key = variables_of(told["names"]), variables_of(told["order"]), told["key"]
    if not set(names) == set(variables_of(told["groups"])) == set(order) or key in names:
        return None
    variables = " ".join(f"?{name}" for name in (*names, key))
    asked = f"{told['head'].lstrip()}SELECT DISTINCT {variables} WHERE {told['where']}"
    return Least(text, asked, key, names, told["first"], order)
