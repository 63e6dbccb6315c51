"""What is counted by what changed is what the store counts."""

import pyoxigraph as px
from hypothesis import given
from hypothesis import strategies as st

from musnad.site.tallies import tally
from musnad.site.traces import asked
from musnad.store import Store

BASE = "https://example.org/"
THINGS = st.integers(0, 5)
PAIRS = st.sets(st.tuples(THINGS, st.sampled_from("pq"), THINGS), max_size=30)
ALL = "SELECT ?p ?o (COUNT(DISTINCT ?s) AS ?n) WHERE { ?s ?p ?o } GROUP BY ?p ?o ORDER BY "
QUERIES = [
    f"{ALL}DESC(?n) ?p ?o",
    f"{ALL}?o DESC(?n) ?p LIMIT 2",
    f"# A head.\n{ALL}?p ?o DESC(?n)",
    "SELECT ?o WHERE { ?s ?p ?o } GROUP BY ?o HAVING(COUNT(DISTINCT ?s) > 0) ORDER BY ?o",
]


def store_of(pairs: set[tuple[int, str, int]]) -> Store:
    store = Store.open()
    graph = px.NamedNode(f"{BASE}graph")
    node = [px.NamedNode(f"{BASE}{number}") for number in range(6)]
    for subject, predicate, value in pairs:
        store.extend([px.Quad(node[subject], px.NamedNode(f"{BASE}{predicate}"), node[value], graph)])
    return store


@given(PAIRS, PAIRS, st.sampled_from(QUERIES))
def test_counts_follow_a_change(
    before: set[tuple[int, str, int]], after: set[tuple[int, str, int]], query: str
) -> None:
    told = tally(query)
    assert told is not None
    old, new = store_of(before), store_of(after)
    known = told.told(old.select(told.every))
    assert known is not None
    changed = {subject for subject, _, _ in before ^ after}
    things = " ".join(f"<{BASE}{number}>" for number in changed)
    some = told.asked.replace("WHERE {", f"WHERE {{ VALUES ?{told.key} {{ {things} }} ")
    counts = told.changed(known, old.texts(some, told.key), new.texts(some, told.key))
    assert counts == told.told(new.select(told.every))
    assert counts is not None
    assert told.answers(counts) == asked(new, query)


def test_counts_that_cannot_be_are_none() -> None:
    told = tally(QUERIES[0])
    assert told
    row = {"p": ["p", ""], "o": ["o", ""], "s": ["s", ""]}
    assert told.changed({}, [row], []) is None
    assert told.changed({}, [], [{"p": ["p", ""], "s": ["s", ""]}]) is None


def test_other_queries_are_left_to_the_store() -> None:
    for query in (
        "SELECT ?o (COUNT(?s) AS ?n) WHERE { ?s ?p ?o } GROUP BY ?o ORDER BY DESC(?n) ?o",
        "SELECT ?o (COUNT(DISTINCT ?s) AS ?n) WHERE { ?s ?p ?o } GROUP BY ?o ORDER BY DESC(?n)",
        "SELECT ?o (COUNT(DISTINCT ?s) AS ?n) WHERE { ?s ?p ?o } GROUP BY ?o ORDER BY DESC(?m) ?o",
        "SELECT ?o (COUNT(DISTINCT ?s) AS ?n) WHERE { ?s ?p ?o } GROUP BY ?o ?p ORDER BY DESC(?n) ?o",
        "SELECT ?o (COUNT(DISTINCT ?o) AS ?n) WHERE { ?s ?p ?o } GROUP BY ?o ORDER BY DESC(?n) ?o",
    ):
        assert tally(query) is None
    store = Store.open()
    empty = tally(
        "SELECT ?o (COUNT(DISTINCT ?s) AS ?n) WHERE { VALUES ?o { 1 } OPTIONAL { ?s ?p ?o } } "
        "GROUP BY ?o ORDER BY DESC(?n) ?o"
    )
    assert empty
    assert empty.told(store.select(empty.every)) is None
