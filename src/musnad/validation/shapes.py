"""The shapes of the project: SHACL Core in Turtle, one file a class.

A misspelt key, or a reference to a shape that is not there, is no error to a SHACL engine: the constraint is
silently absent. Here it is an error, as is a shape without an IRI or without a message in Arabic and in
English. Each file is tried on a node that all its shapes apply to, so that what pySHACL cannot use is found
here and not in the middle of the data.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pyshacl
import rdflib
from pyshacl.errors import ReportableRuntimeError
from rdflib import RDF, SH
from rdflib.term import Literal, Node, URIRef

from musnad.config import read_text
from musnad.errors import ShapeError
from musnad.graph import read_rdf
from musnad.iri import DEFAULT_BASE
from musnad.validation.bridge import graph_of

_CORE: Final = (
    "targetClass targetNode targetSubjectsOf targetObjectsOf property node path message severity deactivated "
    "minCount maxCount datatype nodeKind class minLength maxLength pattern flags languageIn uniqueLang "
    "minInclusive maxInclusive minExclusive maxExclusive equals disjoint lessThan lessThanOrEquals hasValue "
    "in and or not xone closed ignoredProperties qualifiedValueShape qualifiedMinCount qualifiedMaxCount "
    "inversePath alternativePath zeroOrMorePath oneOrMorePath zeroOrOnePath name description order group"
)
_KNOWN: Final = frozenset(_CORE.split())
_SHACL: Final = str(SH)
_GRAVE: Final = frozenset({SH.Violation, SH.Warning, SH.Info})
_SPEAKING: Final = (SH.path, SH.closed, SH["or"], SH["and"], SH["not"], SH.xone)
_TRIAL: Final = URIRef("urn:trial")


@dataclass(frozen=True, slots=True)
class Shapes:
    """The shapes of all files in one graph."""

    folder: Path
    graph: rdflib.Graph
    count: int  # how many node and property shapes there are

    def __len__(self) -> int:
        return self.count


def read_shapes(folder: Path, base: str = DEFAULT_BASE) -> Shapes:
    """Return the shapes of a folder, our terms below `base`, or raise ShapeError naming file and line."""
    paths = sorted(folder.glob("*.ttl"))
    if not paths:
        raise ShapeError(folder, "no shapes here", "write one .ttl file for each class")
    everything = rdflib.Graph()
    for path in paths:
        graph = graph_of(read_rdf(path, base, ShapeError))
        _refuse_unknown(path, graph)
        for shape in sorted(_shapes(graph), key=str):
            _refuse_silent(path, graph, shape)
        _refuse_unusable(path, graph)
        everything += graph
    return Shapes(folder, everything, len(_shapes(everything)))


def _shapes(graph: rdflib.Graph) -> set[Node]:
    return {node for kind in (SH.NodeShape, SH.PropertyShape) for node in graph.subjects(RDF.type, kind)}


def _refuse_unknown(path: Path, graph: rdflib.Graph) -> None:
    """Raise if a file uses a key that SHACL Core has not, or refers to a shape that it does not hold."""
    for name in sorted(
        {str(predicate) for predicate in graph.predicates() if str(predicate).startswith(_SHACL)}
    ):
        key = name.removeprefix(_SHACL)
        if key not in _KNOWN:
            remedy = "write a rule in a .rq file" if key == "sparql" else "see the SHACL specification"
            raise ShapeError(_at(path, f"sh:{key}"), f"sh:{key} is not a key of SHACL Core", remedy)
    for key in (SH.property, SH.node):
        for shape in sorted(set(graph.objects(None, key)) - _shapes(graph), key=str):
            if isinstance(shape, URIRef):
                local = f"s:{shape.rpartition('#')[2]}"
                raise ShapeError(_at(path, local), f"{local} is not a shape of this file")


def _refuse_silent(path: Path, graph: rdflib.Graph, shape: Node) -> None:
    """Raise if a shape cannot say what it objects to, and how grave that is."""
    if not any((shape, key, None) in graph for key in _SPEAKING):
        return
    place = _at(path, f"s:{str(shape).rpartition('#')[2]} a ")
    if not isinstance(shape, URIRef):
        raise ShapeError(path, "a shape of its own has no IRI", "give it a name")
    said = {word.language for word in graph.objects(shape, SH.message) if isinstance(word, Literal)}
    if not {"ar", "en"} <= said:
        raise ShapeError(place, f"{shape} lacks sh:message in Arabic or English")
    grave = set(graph.objects(shape, SH.severity))
    if len(grave) != 1 or not grave <= _GRAVE:
        raise ShapeError(place, f"{shape} needs one sh:severity", "sh:Violation, sh:Warning or sh:Info")


def _refuse_unusable(path: Path, graph: rdflib.Graph) -> None:
    """Raise if pySHACL cannot use a file."""
    try:
        pyshacl.validate(_trial(graph), shacl_graph=graph, inplace=True)
    except ReportableRuntimeError as error:
        problem = str(error).partition("\n")[0]
        found = re.search(r"sh:\w+", problem)
        raise ShapeError(_at(path, found[0]) if found else path, problem) from None
    except re.error as error:
        problem = f"sh:pattern {error.pattern!r}: {error.msg}"
        raise ShapeError(_at(path, str(error.pattern)), problem) from None


def _trial(graph: rdflib.Graph) -> rdflib.Graph:
    """Return data in which one node is a target of every shape, with a value at every path."""
    data = rdflib.Graph()
    for triple in _applying(graph):
        data.add(triple)
    for path in graph.objects(None, SH.path):
        if isinstance(path, URIRef):
            data.add((_TRIAL, path, Literal("x")))
    return data


def _applying(graph: rdflib.Graph) -> Iterator[tuple[Node, Node, Node]]:
    yield from ((_TRIAL, RDF.type, kind) for kind in graph.objects(None, SH.targetClass))
    yield from ((_TRIAL, key, _TRIAL) for key in graph.objects(None, SH.targetSubjectsOf))
    yield from ((_TRIAL, key, _TRIAL) for key in graph.objects(None, SH.targetObjectsOf))


def _at(path: Path, text: str) -> str:
    lines = read_text(path).splitlines()
    found = next((number for number, line in enumerate(lines, 1) if text in line), 0)
    return f"{path}:{found}" if found else str(path)
