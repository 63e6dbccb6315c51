"""RDF files of the project: read strictly, every objection with its line.

Files are written against the default address; `rebase` moves them below the one that the site has.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as px

from musnad.config import read_text
from musnad.errors import ProjectError
from musnad.iri import DEFAULT_BASE


def rebase(text: str, base: str) -> str:
    """Return the text of a file with our terms below another base.

    >>> rebase("<https://w3id.org/musnad/ontology#Claim>", "https://example.org/data/")
    '<https://example.org/data/ontology#Claim>'
    """
    return text if base == DEFAULT_BASE else text.replace(DEFAULT_BASE, base)


def in_graph(triples: Iterable[px.Triple], graph: str) -> list[px.Quad]:
    """Return triples as the quads of a named graph."""
    name = px.NamedNode(graph)
    return [px.Quad(triple.subject, triple.predicate, triple.object, name) for triple in triples]


def read_rdf(
    path: Path, base: str = DEFAULT_BASE, error: type[ProjectError] = ProjectError
) -> list[px.Triple]:
    """Return the triples of a Turtle file below `base`, or raise `error` naming file and line."""
    text = rebase(read_text(path), base)
    try:
        found = [quad.triple for quad in px.parse(text, format=px.RdfFormat.TURTLE)]
    except SyntaxError as objection:
        place = f"{path}:{objection.lineno}" if objection.lineno else str(path)
        raise error(place, f"not Turtle: {objection.msg}") from None
    return found
