"""A named graph is judged after a change as if all of it had been judged anew."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as px
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conftest import ROOT
from musnad.store import Store
from musnad.validation import Shapes, ValidationResult, judge_graph, judged_after, read_shapes
from musnad.vocabulary import RDF_TYPE

GRAPH = "https://example.org/graph"
EX = "https://example.org/"
HEAD = """
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix e: <https://example.org/> .
@prefix s: <https://example.org/shapes#> .
"""
SAYS = 'sh:severity sh:Violation ; sh:message "no"@en , "لا"@ar'
LOCAL = f"""{HEAD}
s:Thing a sh:NodeShape ; sh:targetClass e:Thing ; sh:property s:name , s:date ; sh:closed true ;
    sh:ignoredProperties ( <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> e:knows e:parent e:label e:name )
    ; {SAYS} .
s:name a sh:PropertyShape ; sh:path e:name ; sh:minCount 1 ; sh:maxCount 1 ; sh:equals e:label ; {SAYS} .
s:date a sh:PropertyShape ; sh:path e:date ; sh:or ( [ sh:nodeKind sh:IRI ] [ sh:maxLength 2 ] ) ; {SAYS} .
s:Known a sh:NodeShape ; sh:targetObjectsOf e:knows ; sh:property s:parent ; sh:property s:label .
s:parent a sh:PropertyShape ; sh:path e:parent ; sh:maxCount 1 ; sh:nodeKind sh:IRI ; {SAYS} .
s:label a sh:PropertyShape ; sh:path e:label ; sh:minCount 1 ; {SAYS} .
s:Knowing a sh:NodeShape ; sh:targetSubjectsOf e:knows ; sh:or ( [ sh:path e:name ; sh:minCount 1 ]
    [ sh:path e:parent ; sh:minCount 1 ] ) ; {SAYS} .
"""
BEYOND = {
    "a class of the value": f"s:p a sh:PropertyShape ; sh:path e:p ; sh:class e:Thing ; {SAYS} .",
    "a path of two steps": f"s:p a sh:PropertyShape ; sh:path ( e:p e:q ) ; sh:minCount 1 ; {SAYS} .",
    "a path backwards": f"s:p a sh:PropertyShape ; sh:path [ sh:inversePath e:p ] ; sh:minCount 1 ; {SAYS} .",
    "a property of the value": (
        f"s:p a sh:PropertyShape ; sh:path e:p ; sh:property s:q ; {SAYS} ."
        f"s:q a sh:PropertyShape ; sh:path e:q ; sh:minCount 1 ; {SAYS} ."
    ),
    "a value held against a shape with a path": (
        "s:p a sh:PropertyShape ; sh:path e:p ; "
        f"sh:not [ sh:or ( [ sh:path e:q ; sh:minCount 1 ] ) ] ; {SAYS} ."
    ),
}


def shapes_of(folder: Path, text: str) -> Shapes:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "shapes.ttl").write_text(text, encoding="utf-8")
    return read_shapes(folder)


def node(name: str) -> px.NamedNode:
    return px.NamedNode(EX + name)


NODES = st.sampled_from([node(name) for name in "abcdef"])
TYPES = st.builds(px.Triple, NODES, st.just(px.NamedNode(RDF_TYPE)), st.just(node("Thing")))
LINKS = st.builds(px.Triple, NODES, st.sampled_from([node("knows"), node("parent"), node("date")]), NODES)
WORDS = st.builds(
    px.Triple,
    NODES,
    st.sampled_from([node("name"), node("label"), node("date"), node("other")]),
    st.sampled_from([px.Literal("x"), px.Literal("yyy")]),
)
TRIPLES = st.sets(st.one_of(TYPES, LINKS, WORDS), max_size=25)


def store_of(triples: set[px.Triple]) -> Store:
    store = Store.open()
    store.extend(px.Quad(t.subject, t.predicate, t.object, node("graph")) for t in triples)
    return store


def told(results: object) -> list[tuple[object, ...]]:
    assert isinstance(results, tuple)
    return sorted((each.key, each.graph) for each in results)


@settings(max_examples=60, deadline=None)
@given(before=TRIPLES, gone=TRIPLES, came=TRIPLES)
def test_after_any_change_the_results_are_those_of_the_whole_graph(
    tmp_path_factory: pytest.TempPathFactory,
    before: set[px.Triple],
    gone: set[px.Triple],
    came: set[px.Triple],
) -> None:
    shapes = shapes_of(tmp_path_factory.getbasetemp() / "local", LOCAL)
    after = (before - gone) | came
    change = [px.Quad(t.subject, t.predicate, t.object, node("graph")) for t in before ^ after]
    known = tuple(judge_graph(store_of(before), shapes, GRAPH))
    store = store_of(after)
    expected = tuple(judge_graph(store, shapes, GRAPH))
    assert told(judged_after(store, shapes, GRAPH, known, change)) == told(expected)


@pytest.mark.parametrize("text", BEYOND.values(), ids=BEYOND)
def test_a_shape_that_looks_beyond_its_node_needs_the_whole_graph(tmp_path: Path, text: str) -> None:
    shape = f"{HEAD} s:T a sh:NodeShape ; sh:targetClass e:Thing ; sh:property s:p . {text}"
    shapes = shapes_of(tmp_path, shape)
    assert judged_after(store_of(set()), shapes, GRAPH, (), ()) is None


def test_classes_with_subclasses_need_the_whole_graph(tmp_path: Path) -> None:
    below = px.NamedNode("http://www.w3.org/2000/01/rdf-schema#subClassOf")
    store = store_of({px.Triple(node("Small"), below, node("Thing"))})
    assert judged_after(store, shapes_of(tmp_path, LOCAL), GRAPH, (), ()) is None


def test_a_node_without_an_iri_needs_the_whole_graph(tmp_path: Path) -> None:
    quad = px.Quad(px.BlankNode("x"), node("name"), px.Literal("x"), node("graph"))
    assert judged_after(store_of(set()), shapes_of(tmp_path, LOCAL), GRAPH, (), [quad]) is None


def test_what_is_known_of_other_nodes_stays(tmp_path: Path) -> None:
    other = ValidationResult("Violation", EX + "other", "no", "لا", EX + "shapes#name", graph=GRAPH)
    shapes = shapes_of(tmp_path, LOCAL)
    quad = px.Quad(node("a"), node("name"), px.Literal("x"), node("graph"))
    assert judged_after(store_of(set()), shapes, GRAPH, [other], [quad]) == (other,)
    assert judged_after(store_of(set()), shapes, GRAPH, [other], []) == (other,)


def test_the_shapes_of_the_project_look_at_one_node_each() -> None:
    assert judged_after(store_of(set()), read_shapes(ROOT / "shapes"), GRAPH, (), ()) == ()
