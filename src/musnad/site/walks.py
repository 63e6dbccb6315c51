"""Queries of pages that walk from a thing along its properties, answered by reading the store.

To parse and plan a query of ten patterns takes the store 0.2 ms, to read what it finds 0.02 ms, and the page
of a claim has seven of them. So a query that only follows properties from `$this` is understood when it is
read, and answered with the rows that SPARQL gives. Every other query, and rows whose order is a matter of
SPARQL's own rules, are left to the store. Chosen over (a) prepared queries, which pyoxigraph has not, and (b)
answers kept for all things (`kept`), whose memory grows with the claims.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, Final

import pyoxigraph as ox

from musnad.store_texts import Term
from musnad.vocabulary import PREFIXES

THIS: Final = "this"
_TRUE, _FALSE = ox.Literal(True), ox.Literal(False)
_INTEGER, _STRING = PREFIXES["xsd"] + "integer", PREFIXES["xsd"] + "string"
_DIGITS: Final = re.compile(r"-?[0-9]{1,15}\Z")
_MOST: Final = 50  # quads of one pattern; where there are more, the store is faster

End = ox.NamedNode | str  # a constant, or the name of a variable
Found = dict[str, Term]


@dataclass(frozen=True, slots=True)
class Pattern:
    """A property and its two ends."""

    subject: End
    predicate: ox.NamedNode
    value: End


@dataclass(frozen=True, slots=True)
class Leg:
    """Patterns that stand together; `kind` is REQUIRED, OPTIONAL, EXISTS, or NOT where none may match.

    EXISTS binds `name`; `languages` are those that the words of variables must have.
    """

    kind: str
    patterns: tuple[Pattern, ...]
    languages: tuple[tuple[str, str], ...] = ()
    name: str = ""


@dataclass(frozen=True, slots=True)
class Walk:
    """A query that was understood."""

    variables: tuple[str, ...]
    legs: tuple[Leg, ...]
    graph: ox.NamedNode | None
    order: tuple[tuple[str, bool], ...]  # variables; of words, by their languages and then as they are
    most: int | None

    def rows(self, store: ox.Store, this: ox.NamedNode) -> list[tuple[Term | None, ...]] | None:
        """Return the rows about a thing in their order; None where the store has to order or find them."""
        found: list[Found] = [{THIS: this}]
        try:
            for leg in self.legs:
                found = [row for each in found for row in self._through(store, leg, each)]
        except _Long:
            return None
        rows = [tuple(map(each.get, self.variables)) for each in found]
        if len(rows) > 1:
            rows = list(dict.fromkeys(rows))
            columns = [
                _keys([row[self.variables.index(name)] for row in rows], words) for name, words in self.order
            ]
            keys = dict(zip(zip(*columns, strict=False), rows, strict=False))
            if len(keys) < len(rows):  # what is equal, SPARQL leaves in the order in which it came
                return None
            rows = [keys[key] for key in sorted(keys)]
        return rows[: self.most]

    def _through(self, store: ox.Store, leg: Leg, row: Found) -> list[Found]:
        """Return what a row becomes by a leg; a row of a REQUIRED one may be changed in its place."""
        found = [row if leg.kind == "REQUIRED" else {**row}]
        for pattern in leg.patterns:
            found = [more for each in found for more in self._step(store, pattern, each)]
        for name, language in leg.languages:
            found = [each for each in found if getattr(each[name], "language", None) == language]
        if leg.kind == "OPTIONAL":
            return found or [row]
        if leg.kind == "EXISTS":
            return [{**row, leg.name: _TRUE if found else _FALSE}]
        return found if leg.kind == "REQUIRED" else [] if found else [row]

    def _step(self, store: ox.Store, pattern: Pattern, row: Found) -> list[Found]:
        """Return a row with the ends of every quad that matches a pattern; where one does, the row itself."""
        start, end = pattern.subject, pattern.value
        subject = row.get(start) if isinstance(start, str) else start
        value = row.get(end) if isinstance(end, str) else end
        if isinstance(subject, ox.Literal):
            return []
        quads = list(islice(store.quads_for_pattern(subject, pattern.predicate, value, self.graph), _MOST))
        if len(quads) == _MOST:
            raise _Long
        if subject is not None and value is not None:
            return [row] if quads else []
        if len(quads) == 1:
            if subject is None:
                row[str(start)] = quads[0].subject
            else:
                row[str(end)] = quads[0].object
            return [row]
        terms: dict[Term, None]
        if subject is None:
            name, terms = str(start), dict.fromkeys(quad.subject for quad in quads)
        else:
            name, terms = str(end), dict.fromkeys(quad.object for quad in quads)
        if len(terms) == 1:
            (row[name],) = terms
            return [row]
        return [{**row, name: term} for term in terms]


def _keys(column: Sequence[Term | None], words: bool) -> list[tuple[Any, ...]]:
    """Return keys that sort terms as SPARQL does; none where that takes more than is known here."""
    given = [term for term in column if term is not None]
    if words:
        plain = [
            term
            for term in given
            if isinstance(term, ox.Literal) and (term.language or term.datatype.value == _STRING)
        ]
        return [(term.language or "", term.value) for term in plain] if len(plain) == len(column) else []
    if all(isinstance(term, ox.NamedNode) for term in given):
        return [(term is not None, getattr(term, "value", "")) for term in column]
    if all(isinstance(term, ox.Literal) and term.datatype.value == _INTEGER for term in given):
        numbers = [getattr(term, "value", "0") for term in column]
        if all(map(_DIGITS.match, numbers)):
            return [(term is not None, int(n)) for term, n in zip(column, numbers, strict=True)]
    return []


class _Long(Exception):
    """There is more to read than is worth it."""
