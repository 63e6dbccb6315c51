"""Walks: the rows that SPARQL gives, or none at all."""

from itertools import product
from pathlib import Path

import pyoxigraph as px
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from musnad.iri import DEFAULT_BASE
from musnad.project import Project
from musnad.site.queries import bind, read_query
from musnad.site.walk_reader import read_walk
from musnad.store import Store, Term

E = "https://example.org/"
NODES = [px.NamedNode(f"{E}{letter}") for letter in "abc"]
LINKS = [px.NamedNode(f"{E}{letter}") for letter in "pqr"]
GRAPHS = [px.NamedNode(f"{E}{letter}") for letter in "gh"]
WORDS = [
    px.Literal(2), px.Literal(10), px.Literal("2"), px.Literal("x", datatype=px.NamedNode(f"{E}kind")),
    px.Literal("ا", language="ar"), px.Literal("b", language="en"), px.Literal("B", language="en"),
]  # fmt: skip
VALUES: list[Term] = [*NODES, *WORDS]
QUADS = [px.Quad(s, p, VALUES[n], g) for s, p, n, g in product(NODES, LINKS, range(len(VALUES)), GRAPHS)]
DATA = st.sets(st.sampled_from(QUADS), max_size=16)
WALKS = [
    "SELECT DISTINCT ?x WHERE { $this <p> ?x } ORDER BY ?x",
    "SELECT DISTINCT ?x WHERE { $this <p> ?x }",
    "SELECT DISTINCT ?x WHERE { $this <p> ?x } ORDER BY LANG(?x) ?x",
    "SELECT DISTINCT ?x WHERE { ?x <p> $this } ORDER BY ?x LIMIT 1",
    "SELECT DISTINCT ?x ?y WHERE { $this <p> ?x ; <q> ?y . ?x <p> <a> . } ORDER BY ?x ?y",
    "SELECT DISTINCT ?x ?y WHERE { $this <p> ?x . ?x <q> ?y } ORDER BY ?y ?x",
    "SELECT DISTINCT ?x WHERE { $this <p> ?x ; <q> ?x } ORDER BY ?x",
    "SELECT DISTINCT ?x ?y ?z WHERE { $this <p> ?x OPTIONAL { ?x <q> ?y . ?y <r> ?z } } ORDER BY ?x ?y ?z",
    "SELECT DISTINCT ?x ?y WHERE { $this <p> ?x OPTIONAL { ?x <q> ?y } OPTIONAL { ?x <r> ?y } } ORDER BY ?y",
    "SELECT DISTINCT ?x ?y WHERE { OPTIONAL { $this <q> ?y } $this <p> ?x . $this <r> ?y } ORDER BY ?x ?y",
    'SELECT DISTINCT ?x ?y WHERE { $this <p> ?x OPTIONAL { ?x <q> ?y FILTER(LANG(?y) = "ar") } } ORDER BY ?x',
    "SELECT DISTINCT ?x ?k WHERE { $this <p> ?x BIND(EXISTS { ?x <q> ?y } AS ?k) } ORDER BY ?x",
    "SELECT DISTINCT ?x WHERE { $this <p> ?x FILTER NOT EXISTS { ?x <q> $this } } ORDER BY ?x",
    "SELECT DISTINCT ?x WHERE { FILTER NOT EXISTS { $this <q> ?x } $this <p> ?x } ORDER BY ?x",
    "SELECT DISTINCT ?x ?y WHERE { GRAPH <g> { $this <p> ?x OPTIONAL { ?x <q> ?y } } } ORDER BY ?x ?y",
    "SELECT DISTINCT ?x WHERE { $this a ?x } # a comment\nORDER BY ?x",
]
OTHERS = [
    "SELECT ?x WHERE { $this <p> ?x }",
    "SELECT DISTINCT ?x WHERE { ?x <p> ?y }",
    "SELECT DISTINCT ?x WHERE { ?x <p> ?x . $this <p> ?x }",
    "SELECT DISTINCT ?x WHERE { ?this <p> ?x . $this <q> ?x }",
    "SELECT DISTINCT ?x WHERE { { $this <p> ?x } UNION { $this <q> ?x } }",
    "SELECT DISTINCT ?x WHERE { $this <p>/<q> ?x }",
    "SELECT DISTINCT ?x WHERE { $this <p> 'x' ; <q> ?x }",
    "SELECT DISTINCT ?x WHERE { VALUES ?x { <a> } $this <p> ?x }",
    "SELECT DISTINCT ?x WHERE { $this <p> ?x FILTER(?x != <a>) }",
    "SELECT DISTINCT ?x WHERE { $this <p> ?x OPTIONAL { ?x <q> ?y OPTIONAL { ?y <r> ?z } } }",
    "SELECT DISTINCT ?x WHERE { $this <p> ?x } ORDER BY DESC(?x)",
    "SELECT DISTINCT ?x WHERE { $this <p> ?x ; <q> ?y } ORDER BY ?y",
    "SELECT DISTINCT ?x WHERE { $this <p> ?x } LIMIT 1 OFFSET 1",
    "SELECT DISTINCT ?x WHERE { GRAPH ?g { $this <p> ?x } }",
]


def whole(query: str) -> str:
    """Return a query with its short IRIs written out."""
    for letter in "abcghpqr":
        query = query.replace(f"<{letter}>", f"<{E}{letter}>")
    return query


def asked(store: Store, text: str, variables: tuple[str, ...], this: str) -> list[tuple[Term | None, ...]]:
    return [tuple(map(row.get, variables)) for row in store.select(bind(text, this))]


@settings(max_examples=60, deadline=None)
@given(quads=DATA)
@pytest.mark.parametrize("query", WALKS)
def test_a_walk_has_the_rows_of_sparql(query: str, quads: set[px.Quad]) -> None:
    text, data = whole(query), px.Store()
    data.extend(quads)
    walk = read_walk(text, DEFAULT_BASE)
    assert walk is not None
    for node in NODES:
        found = walk.rows(data, node)
        assert found is None or found == asked(Store(data), text, walk.variables, node.value)


@pytest.mark.parametrize("query", OTHERS)
def test_every_other_query_is_left_to_the_store(query: str) -> None:
    assert read_walk(whole(query), DEFAULT_BASE) is None


def test_what_is_long_or_has_no_order_of_its_own_is_left_to_the_store() -> None:
    this, link = NODES[0], LINKS[0]
    walk = read_walk(whole(WALKS[0]), DEFAULT_BASE)
    assert walk is not None
    for values in ([*WORDS], [px.NamedNode(f"{E}{number}") for number in range(100)]):
        store = px.Store()
        store.extend(px.Quad(this, link, value, GRAPHS[0]) for value in values)
        assert walk.rows(store, this) is None


def test_the_pages_of_claims_and_entities_are_walked() -> None:
    project = Project.find(Path(__file__))
    for name in ("claim", "claim-words", "claim-source", "claim-chain", "claim-reading", "entity"):
        assert read_query(project.queries / f"{name}.rq", name, DEFAULT_BASE).walk is not None
