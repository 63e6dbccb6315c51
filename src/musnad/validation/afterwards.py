"""Judging a named graph after a change: only the nodes that the change is about.

A shape that asks nothing but what is said of its focus node itself (single properties, their values as terms)
finds the same at every node of which the same is said. So where all shapes are such, the results at other
nodes are known, and a graph that the authority shares among all documents costs what one of them changes in
it. Chosen over (a) judging the whole graph, whose cost grows with all that is named, and (b) pieces of a
graph, each judged by itself: a call of pySHACL costs 20 ms before it looks at anything.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

import pyoxigraph as px
import rdflib
from rdflib import RDFS, SH
from rdflib.collection import Collection
from rdflib.term import Node, URIRef

from musnad.store import Store
from musnad.validation.bridge import graph_of
from musnad.validation.check import judge
from musnad.validation.report import ValidationResult
from musnad.validation.shapes import Shapes

_BEYOND: Final = (SH["class"], SH.node, SH.qualifiedValueShape)  # they ask what a value is
_ASKING: Final = (SH.path, SH.closed)  # where a value is held against such a shape, what is said of it counts
_LISTS: Final = (SH["and"], SH["or"], SH.xone)
_SUBCLASS: Final = px.NamedNode(str(RDFS.subClassOf))


def judged_after(
    store: Store,
    shapes: Shapes,
    graph: str,
    before: Iterable[ValidationResult],
    change: Iterable[px.Quad],
) -> Sequence[ValidationResult] | None:
    """Return what the shapes object to in a named graph, from what they did before a change to it.

    None where that cannot be told without the whole graph: where a shape looks beyond its focus node, where
    classes of the graph have subclasses, or where the change is about a node without an IRI.
    """
    place = px.NamedNode(graph)
    pointing = _pointing(shapes.graph)
    if pointing is None or next(store.native.quads_for_pattern(None, _SUBCLASS, None, place), None):
        return None
    about: set[px.NamedNode] = set()
    for node in _about(change, pointing):
        if not isinstance(node, px.NamedNode):
            return None
        about.add(node)
    said = (quad for node in about for quad in _said(store, node, place, pointing))
    names = {node.value for node in about}
    found = judge(graph_of(said), shapes, graph) if about else ()
    others = (result for result in before if result.focus not in names)
    return (*others, *(result for result in found if result.focus in names))


def _pointing(shapes: rdflib.Graph) -> frozenset[px.NamedNode] | None:
    """Return the properties whose objects are judged; None where a shape looks beyond its focus node."""
    if any(True for key in _BEYOND for _ in shapes.triples((None, key, None))):
        return None
    for shape, path in shapes.subject_objects(SH.path):
        if not isinstance(path, URIRef):
            return None
        if any((node, key, None) in shapes for node in _nested(shapes, shape) for key in _ASKING):
            return None
    return frozenset(px.NamedNode(str(each)) for each in shapes.objects(None, SH.targetObjectsOf))


def _nested(shapes: rdflib.Graph, shape: Node) -> Iterator[Node]:
    """Yield the shapes that the values of a property shape are held against."""
    for key in (SH.property, SH["not"]):
        for node in shapes.objects(shape, key):
            yield node
            yield from _nested(shapes, node)
    for key in _LISTS:
        for members in shapes.objects(shape, key):
            for node in Collection(shapes, members):
                yield node
                yield from _nested(shapes, node)


def _about(change: Iterable[px.Quad], pointing: frozenset[px.NamedNode]) -> Iterator[object]:
    for quad in change:
        yield quad.subject
        if quad.predicate in pointing and not isinstance(quad.object, px.Literal):
            yield quad.object


def _said(
    store: Store, node: px.NamedNode, place: px.NamedNode, pointing: frozenset[px.NamedNode]
) -> Iterator[px.Quad]:
    """Yield what is said of a node, and what makes it a target."""
    yield from store.native.quads_for_pattern(node, None, None, place)
    for key in pointing:
        yield from store.native.quads_for_pattern(None, key, node, place)
