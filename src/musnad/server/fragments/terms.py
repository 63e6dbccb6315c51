"""The pattern that a client asks for, from the fields of an address to SPARQL.

A field is an IRI, a literal in quotes, a variable, or nothing. Whatever is given is read as a term and
written again, never pasted into a query. Chosen over (a) prefixed names, which two servers would read
differently, and (b) blank nodes, which mean nothing outside one answer.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from musnad.server.guard import QueryRefused

PLACES: Final = ("subject", "predicate", "object")
_LONGEST: Final = 4_000
_VARIABLE: Final = re.compile(r"\?[A-Za-z_][A-Za-z0-9_]{0,50}")
_LITERAL: Final = re.compile(r'"(.*)"(?:@([A-Za-z]+(?:-[A-Za-z0-9]+)*)|\^\^<?([^<>"\s]+)>?)?', re.DOTALL)


@dataclass(frozen=True, slots=True)
class Pattern:
    """A triple pattern: what was given for each place, and each place as SPARQL writes it."""

    given: tuple[str, str, str]
    terms: tuple[str, str, str]

    @classmethod
    def of(cls, fields: Mapping[str, str]) -> Pattern:
        """Return the pattern of an address, or raise QueryRefused naming the field."""
        given = tuple(fields.get(place, "") for place in PLACES)
        terms = tuple(_term(place, text) for place, text in zip(PLACES, given, strict=True))
        return cls((given[0], given[1], given[2]), (terms[0], terms[1], terms[2]))

    @property
    def text(self) -> str:
        """Return the pattern as SPARQL writes it."""
        return " ".join(self.terms)

    @property
    def is_open(self) -> bool:
        """Tell whether every triple matches."""
        return len({term for term in self.terms if term.startswith("?")}) == len(PLACES)

    @property
    def is_possible(self) -> bool:
        """Tell whether a triple can match: no literal is the subject of one, or its predicate."""
        return not any(term.startswith('"') for term in self.terms[:2])


def _term(place: str, text: str) -> str:
    """Return a field as SPARQL writes it.

    >>> _term("object", '"3"^^http://www.w3.org/2001/XMLSchema#integer'), _term("subject", "?x")
    ('"3"^^<http://www.w3.org/2001/XMLSchema#integer>', '?given_x')
    """
    if not text:
        return f"?{place}"
    if len(text) > _LONGEST:
        raise QueryRefused(413, f"{place} has more than {_LONGEST} characters")
    if text.startswith("?"):
        if not _VARIABLE.fullmatch(text):
            raise QueryRefused(400, f"{place} is no variable", "write ?name, or leave it empty")
        return f"?given_{text[1:]}"
    try:
        if found := _LITERAL.fullmatch(text):
            value, language, datatype = found[1], found[2], found[3]
            kind = ox.NamedNode(datatype) if datatype else None
            return str(ox.Literal(value, language=language, datatype=kind))
        return str(ox.NamedNode(text.removeprefix("<").removesuffix(">")))
    except ValueError:
        remedy = 'write http://…, "text", "text"@ar, "5"^^http://… or ?name'
        raise QueryRefused(400, f"{place} is neither an IRI nor a literal", remedy) from None
