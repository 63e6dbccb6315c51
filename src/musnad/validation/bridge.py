"""From pyoxigraph, which reads and stores, to rdflib, which pySHACL judges.

Lexical forms are kept as they are: rdflib would else make "01" a "1" before any shape saw it. A string has no
datatype there, as when rdflib reads it itself.
"""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as px
import rdflib
from rdflib import XSD
from rdflib.term import BNode, Literal, Node, URIRef

from musnad.graph.terms import Statement


def to_rdflib(statement: Statement) -> tuple[Node, Node, Node]:
    """Return a triple, or the triple of a quad, as rdflib terms."""
    return (_term(statement.subject), _term(statement.predicate), _term(statement.object))


def graph_of(statements: Iterable[Statement]) -> rdflib.Graph:
    """Return an rdflib graph of the statements (about 60,000 a CPU second)."""
    graph = rdflib.Graph()
    for statement in statements:
        graph.add(to_rdflib(statement))
    return graph


def _term(term: px.NamedNode | px.BlankNode | px.Literal | px.Triple) -> Node:
    if isinstance(term, px.NamedNode):
        return URIRef(term.value)
    if isinstance(term, px.Literal):
        if term.language:
            return Literal(term.value, lang=term.language)
        datatype = URIRef(term.datatype.value)
        return Literal(term.value, datatype=None if datatype == XSD.string else datatype, normalize=False)
    return BNode(str(term).removeprefix("_:"))
