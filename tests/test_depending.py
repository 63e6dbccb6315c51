"""What a change of the data concerns: never too little, whatever the query."""

from itertools import product

import pyoxigraph as px
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from musnad.depending import Changed, reads_of, things_concerned, with_things
from musnad.iri import DEFAULT_BASE
from musnad.project import Project
from musnad.site.queries import THESE, bind, read_query
from musnad.store import Store

E = "https://example.org/"
NODES = [f"{E}{letter}" for letter in "abcd"]
LINKS = [f"{E}{letter}" for letter in "pqr"]
GRAPHS = [f"{E}g", f"{E}h"]
QUADS = [
    px.Quad(px.NamedNode(s), px.NamedNode(p), px.NamedNode(o), px.NamedNode(g))
    for s, p, o, g in product(NODES, LINKS, NODES, GRAPHS)
]
HEAD = f"PREFIX e: <{E}> "
# Queries about ?this; `$this` is one thing at a time.
QUERIES = [
    "SELECT ?this ?x WHERE { ?this e:p ?x }",
    "SELECT ?this ?x WHERE { ?y e:p ?this . ?y e:q ?x }",
    "SELECT ?this ?x WHERE { ?this e:p ?y OPTIONAL { ?y e:q ?x } }",
    "SELECT ?this ?x WHERE { ?this e:p ?y OPTIONAL { ?y e:q ?x . ?x e:r ?z } }",
    "SELECT ?this ?x ?v WHERE { ?this e:p ?y OPTIONAL { ?y e:q ?v } ?this e:r ?v . ?v e:q ?x }",
    "SELECT ?this ?v WHERE { ?this e:p ?y OPTIONAL { ?y e:q ?v } OPTIONAL { ?y e:r ?v } ?v e:p ?w }",
    "SELECT ?this ?x WHERE { OPTIONAL { ?this e:p ?x } ?this e:q ?y }",
    "SELECT ?this ?x WHERE { ?this e:p ?x FILTER NOT EXISTS { ?x e:q ?this } }",
    "SELECT ?this ?x WHERE { { ?this e:p ?x } UNION { ?x e:q ?this } FILTER NOT EXISTS { ?x e:r ?this } }",
    "SELECT ?this ?x WHERE { ?this e:p ?x MINUS { ?x e:q ?y . ?y e:r ?this } }",
    "SELECT ?this ?x WHERE { ?this e:p ?x MINUS { ?z e:q ?w } }",
    "SELECT ?this (COUNT(?x) AS ?n) WHERE { ?this e:p ?y . ?y e:q ?x } GROUP BY ?this",
    "SELECT ?this ?n WHERE { ?this e:p ?x { SELECT ?x (COUNT(*) AS ?n) WHERE { ?x e:q ?y } GROUP BY ?x } }",
    "SELECT ?this ?n WHERE { ?this e:p ?x { SELECT (COUNT(*) AS ?n) WHERE { ?x e:q ?y } } }",
    "SELECT ?this ?x WHERE { { SELECT ?x WHERE { ?x e:q ?y } ORDER BY ?x LIMIT 1 } ?this e:p ?x }",
    "SELECT ?this ?x WHERE { ?this e:p ?x } ORDER BY ?this ?x LIMIT 2",
    "SELECT ?this ?x WHERE { ?this e:p/e:q ?x }",
    "SELECT ?this ?x WHERE { ?this (e:p|^e:q)/e:r ?x }",
    "SELECT ?this ?x WHERE { ?this e:p+ ?x }",
    "SELECT ?this ?g WHERE { GRAPH ?g { ?this e:p ?x } OPTIONAL { ?g e:q ?y } }",
    "SELECT ?this ?n WHERE { GRAPH ?this { ?s ?n ?o } }",
    "SELECT ?this ?k WHERE { ?this e:p ?x BIND(EXISTS { ?x e:q ?y } AS ?k) }",
    "SELECT ?this ?x WHERE { VALUES ?l { e:p e:q } ?this ?l ?x }",
    "SELECT ?this ?g WHERE { VALUES ?l { e:p e:q } GRAPH ?g { ?this ?l ?x } FILTER NOT EXISTS { ?x ?l ?y } }",
    "SELECT ?this ?y WHERE { { ?this e:p ?x } UNION { ?this e:q ?own BIND(?this AS ?x) } ?x e:r ?y }",
    "SELECT ?this WHERE { { ?this e:p ?x } UNION { ?this e:q ?o BIND(?this AS ?x) } ?x e:r ?y . ?this ?l ?k}",
    "SELECT ?this ?y WHERE { { ?x e:p ?this } UNION { ?x e:q ?o BIND(?x AS ?z) ?z e:r ?this } ?x e:r ?y }",
    "SELECT ?this ?y WHERE { VALUES ?l { e:p e:q } ?x ?l ?y . { ?this e:p ?x } UNION { ?x e:r ?this } }",
]
ONE_BY_ONE = [
    "SELECT ?x WHERE { $this e:p ?x }",
    "SELECT ?x WHERE { ?y e:p ?x OPTIONAL { ?y e:q $this } }",
    "SELECT ?x WHERE { ?x e:p ?y FILTER NOT EXISTS { ?y e:q $this } }",
    "SELECT ?x WHERE { { SELECT ?x WHERE { $this e:p ?x } ORDER BY ?x LIMIT 1 } ?x e:q ?y }",
    "SELECT ?x WHERE { BIND($this AS ?me) ?me e:p ?x }",
]
DATA = st.sets(st.sampled_from(QUADS), max_size=14)


def store_of(quads: set[px.Quad]) -> Store:
    store = px.Store()
    store.extend(quads)
    return Store(store)


def rows(store: Store, query: str, thing: str, *, constant: bool) -> list[str]:
    text = bind(HEAD + query, thing) if constant else HEAD + query
    found = (answer for answer in store.select(text) if constant or str(answer.get("this")) == f"<{thing}>")
    return sorted(str(sorted((name, str(term)) for name, term in answer.items())) for answer in found)


@settings(max_examples=150, deadline=None)
@given(before=DATA, toggled=st.sets(st.sampled_from(QUADS), min_size=1, max_size=3))
@pytest.mark.parametrize(
    ("query", "constant"), [*((each, False) for each in QUERIES), *((each, True) for each in ONE_BY_ONE)]
)
def test_what_is_not_concerned_has_the_same_rows(
    query: str, constant: bool, before: set[px.Quad], toggled: set[px.Quad]
) -> None:
    after = before ^ toggled
    old, new = store_of(before), store_of(after)
    sides = (Changed(old, sorted(before - after, key=str)), Changed(new, sorted(after - before, key=str)))
    found = things_concerned(sides, reads_of(HEAD + query, DEFAULT_BASE, "this", constant=constant), "this")
    for thing in [*NODES, *GRAPHS] if found is not None else []:
        if thing not in found:
            assert rows(old, query, thing, constant=constant) == rows(new, query, thing, constant=constant)


@settings(max_examples=60, deadline=None)
@given(data=DATA)
@pytest.mark.parametrize("query", QUERIES)
def test_a_thing_that_is_put_into_a_query_has_the_rows_that_it_has_among_all(
    query: str, data: set[px.Quad]
) -> None:
    store = store_of(data)
    for thing in NODES:
        text = with_things(HEAD + query, DEFAULT_BASE, "this", [thing])
        if text is not None:
            alone = rows(store, text.removeprefix(HEAD), thing, constant=False)
            assert alone == rows(store, query, thing, constant=False)


def test_a_thing_is_not_put_before_what_is_optional_or_cut_off() -> None:
    refused = {query for query in QUERIES if with_things(HEAD + query, DEFAULT_BASE, "this", NODES) is None}
    assert {QUERIES[6], QUERIES[15]} <= refused
    assert not {QUERIES[0], QUERIES[22], QUERIES[23]} & refused
    assert with_things("SELECT ?this { ?this ?p ?o }", DEFAULT_BASE, "this", NODES) is None  # no WHERE


def test_a_constant_may_be_bound_before_the_things_and_nothing_else() -> None:
    query = "SELECT DISTINCT ?this WHERE { BIND(%s AS ?kind) ?this a ?kind ; schema:name ?name }"
    assert with_things(HEAD + query % "IRI(STR(schema:Person))", DEFAULT_BASE, "this", NODES)
    for bound in ("IRI(STR(?this))", "EXISTS { schema:Person schema:name ?any }"):
        assert with_things(HEAD + query % bound, DEFAULT_BASE, "this", NODES) is None


def test_values_and_triples_may_stand_before_the_things() -> None:
    asked = (
        "SELECT DISTINCT ?this WHERE { VALUES ?kind { e:p e:q } ?x a ?kind %s "
        "{ ?this e:p ?x } UNION { ?this e:q ?x } }"
    )
    for between, starts in ((".", True), ("OPTIONAL { ?x e:r ?this }", False)):
        text = with_things(HEAD + asked % between, DEFAULT_BASE, "this", NODES)
        assert (text is not None) == starts


def test_the_queries_of_the_project_lead_from_a_quad_to_few_things(project: Project) -> None:
    """Else a small change would make all pages of a kind again: slow, and nobody would notice."""
    wide = set()
    for path in sorted(project.queries.glob("*.rq")):
        query = read_query(path, path.stem, DEFAULT_BASE)
        key = query.variables[0] if THESE in query.text else "this"
        if query.about or THESE in query.text or "this" in query.variables:
            reads = reads_of(query.text.replace(THESE, ""), DEFAULT_BASE, key, constant=query.about)
            wide |= {query.name for read in reads if read.ways_to(key) is None}
    # A network is about a relation that it computes, the examples of the ontology about the latest
    # documents: a few pages each.
    assert wide <= {"network", "ontology-examples"}
