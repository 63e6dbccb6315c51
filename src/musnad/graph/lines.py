"""The plain formats: N-Triples, N-Quads and RDF/XML, sorted.

N-Triples and N-Quads are in their canonical form (https://www.w3.org/TR/rdf12-n-triples/#canonical-ntriples):
one space, UTF-8, sorted by code point, each statement once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import pyoxigraph as px

from musnad.errors import DataError
from musnad.graph.terms import Statement, distinct_triples

# What XML 1.0 cannot hold, not even as a character reference: https://www.w3.org/TR/xml/#charsets
_NOT_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def to_ntriples(statements: Iterable[Statement]) -> str:
    """Return a graph as sorted N-Triples; of quads, all graphs merged."""
    return "".join(sorted(f"{triple} .\n" for triple in distinct_triples(statements)))


def to_nquads(quads: Iterable[px.Quad]) -> str:
    """Return a dataset as sorted N-Quads, each quad once."""
    return "".join(sorted({f"{quad} .\n" for quad in quads}))


def to_rdfxml(statements: Iterable[Statement], prefixes: Mapping[str, str]) -> str:
    """Return a graph as RDF/XML, subjects together, or raise DataError where XML cannot hold a character."""
    triples = list(xml_triples(sorted(distinct_triples(statements), key=str)))
    predicates = {triple.predicate for triple in triples}
    used = {
        name: space
        for name, space in sorted(prefixes.items())
        if any(each.value.startswith(space) for each in predicates)
    }
    try:
        data = px.serialize(triples, format=px.RdfFormat.RDF_XML, prefixes=used)
    except (ValueError, OSError) as error:
        raise DataError("RDF/XML", str(error), "ask for Turtle") from None
    return (data or b"").decode("utf-8")


def xml_triples(triples: Iterable[px.Triple]) -> Iterator[px.Triple]:
    """Yield triples unchanged, or raise DataError at one that has a character which XML cannot hold."""
    for triple in triples:
        if isinstance(triple.object, px.Literal) and (found := _NOT_XML.search(triple.object.value)):
            raise DataError(
                str(triple.subject), f"RDF/XML cannot hold U+{ord(found[0]):04X}", "ask for Turtle"
            )
        yield triple
