"""What a validation checked, as triples: every shape and rule that objects, its severity and its words.

Written beside the report into the store of a build, so that a page can say of each shape how often it
objected, also where it never did. Chosen over (a) loading the shapes themselves, whose lists need blank
nodes, and (b) counting objections alone, which shows nothing of what was asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pyoxigraph as px
from rdflib import SH
from rdflib.term import Literal

from musnad.validation.rules import Rule
from musnad.validation.shapes import Shapes
from musnad.vocabulary import PREFIXES

_SH = PREFIXES["sh"]


def checked(shapes: Shapes, rules: Sequence[Rule]) -> Iterator[px.Triple]:
    """Yield `sh:severity` and `sh:message` of every shape that has a message, then of every rule."""
    for shape in sorted(set(shapes.graph.subjects(SH.message)), key=str):
        node = px.NamedNode(str(shape))
        grave = shapes.graph.value(shape, SH.severity) or SH.Violation  # the default of SHACL
        yield px.Triple(node, px.NamedNode(_SH + "severity"), px.NamedNode(str(grave)))
        for words in sorted(shapes.graph.objects(shape, SH.message), key=str):
            if isinstance(words, Literal):
                yield _message(node, str(words), words.language or "en")
    for rule in rules:
        node = px.NamedNode(rule.iri)
        yield px.Triple(node, px.NamedNode(_SH + "severity"), px.NamedNode(_SH + rule.severity))
        yield _message(node, rule.message_en, "en")
        yield _message(node, rule.message_ar, "ar")


def _message(node: px.NamedNode, words: str, language: str) -> px.Triple:
    return px.Triple(node, px.NamedNode(_SH + "message"), px.Literal(words, language=language))
