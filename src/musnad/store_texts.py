"""Rows of a store as texts: what JSON keeps of their terms, and the terms again.

Chosen over (a) terms as N-Triples, which must be parsed, and (b) texts without datatypes, from which no term
can be made again.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pyoxigraph as px

Term = px.NamedNode | px.BlankNode | px.Literal | px.Triple
Texts = dict[str, list[str]]  # variable → its text, the language or "", and the datatype of what has none
INTEGER: Final = "http://www.w3.org/2001/XMLSchema#integer"


def text_of(term: Term) -> list[str]:
    """Return a term as text, its language or "", and the datatype of a literal without one.

    >>> text_of(px.Literal("a", language="ar")), text_of(px.Literal(3))[2] == INTEGER
    (['a', 'ar'], True)
    """
    if not isinstance(term, px.Literal):
        return [str(getattr(term, "value", term)), ""]
    return [term.value, term.language] if term.language else [term.value, "", term.datatype.value]


def term_of(told: Sequence[str]) -> Term:
    """Return the IRI or the literal that a text is of.

    >>> term_of(["https://example.org/a", ""]), term_of(text_of(px.Literal(3))) == px.Literal(3)
    (<NamedNode value=https://example.org/a>, True)
    """
    text, language, *kind = told
    if language:
        return px.Literal(text, language=language)
    return px.Literal(text, datatype=px.NamedNode(kind[0])) if kind else px.NamedNode(text)
