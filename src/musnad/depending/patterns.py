"""A pattern that the answer of a query depends on, and what must stand beside a quad that matches it.

As JSON it is small, and is read back faster than the query is parsed. Chosen over (a) pickles, which run what
they say, and (b) the query itself, rewritten for every change.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Final, cast

from rdflib import Variable
from rdflib.term import Node, URIRef
from rdflib.util import from_n3


@dataclass(frozen=True, slots=True)
class Beside:
    """What must stand beside a matching quad: a piece of SPARQL, and the variables that it binds.

    Of a UNION the sides are known: one by one they are found from where a quad is, together the store joins
    all of both.
    """

    text: str
    variables: frozenset[str]
    sides: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Read:
    """A pattern of subject, predicate, object and graph, None for anything, and what must stand beside it."""

    pattern: tuple[Node | None, Node | None, Node | None, Node | None]
    beside: tuple[Beside, ...] = ()

    @classmethod
    def of(cls, told: list[Any]) -> Read:
        """Return the read that `told` tells of."""
        pattern, beside = told
        first, second, third, fourth = (None if term is None else _term(term) for term in pattern)
        pieces = tuple(Beside(text, frozenset(names), tuple(sides)) for text, names, sides in beside)
        return cls((first, second, third, fourth), pieces)

    @property
    def told(self) -> list[Any]:
        """Return the read as JSON can hold it."""
        pattern = [None if term is None else term.n3() for term in self.pattern]
        return [pattern, [[each.text, sorted(each.variables), each.sides] for each in self.beside]]

    @property
    def variables(self) -> frozenset[str]:
        """Return the names of the variables of the pattern."""
        return frozenset(str(term) for term in self.pattern if isinstance(term, Variable))

    def ways_to(self, key: str) -> tuple[Beside, ...] | None:
        """Return what links the pattern to a variable, () where it has it itself, None where nothing does."""
        if key in self.variables:
            return ()
        reached, left, used = set(self.variables), list(self.beside), list[Beside]()
        while near := [each for each in left if each.variables & reached]:
            used += near
            left = [each for each in left if each not in near]
            reached |= frozenset().union(*(each.variables for each in near))
        return tuple(used) if key in reached else None


def _term(text: str) -> Node:
    """Return a term as N3 writes it."""
    if text[0] == "?":
        return Variable(text[1:])
    return URIRef(text[1:-1]) if text[0] == "<" else cast(Node, from_n3(text))


ANYTHING: Final = Read((None, None, None, None))
