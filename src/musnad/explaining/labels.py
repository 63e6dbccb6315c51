"""What relations, zones, modalities and types are called in Arabic and in English.

The names of concepts are those of the ontology, so that an explanation says what the pages say. Chosen over
(a) the words of the interface, which name no concepts, and (b) a list of our own, which would drift away.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, NamedTuple

from pyoxigraph import Literal

from musnad.graph import read_rdf
from musnad.iri import Minter
from musnad.model import Relation
from musnad.project import Project

_LABEL: Final = "http://www.w3.org/2000/01/rdf-schema#label"


class Label(NamedTuple):
    """A name in both languages."""

    ar: str
    en: str


TYPES: Final[dict[str, Label]] = {
    "PERSON": Label("شخص", "person"),
    "ORG": Label("جهة", "body"),
    "PLACE": Label("مكان", "place"),
    "EVENT": Label("حدث", "event"),
    "WORK": Label("نص", "work"),
    "SOURCE": Label("مصدر بلا اسم", "source without a name"),
}


@dataclass(frozen=True, slots=True)
class Labels:
    """The names of the terms of one project."""

    minter: Minter
    relations: Mapping[str, Relation]
    terms: Mapping[str, Label]  # by IRI

    def concept(self, scheme: str, name: str) -> Label:
        """Return what a concept is called; its own name where the ontology does not say."""
        return self.terms.get(self.minter.concept(scheme, name), Label(name, name))

    def relation(self, name: str) -> Label:
        """Return what a relation is called."""
        known = self.relations.get(name)
        return Label(known.label_ar, known.label_en) if known else Label(name, name)

    def polarity(self, name: str) -> Label:
        """Return what a polarity is called."""
        term = "Affirmed" if name == "positive" else "Negated"
        return self.terms.get(self.minter.term(term), Label(name, name))


def read_labels(project: Project, minter: Minter, relations: Mapping[str, Relation]) -> Labels:
    """Return the names of the terms of a project, or raise ProjectError if its ontology cannot be read."""
    found: dict[str, dict[str, str]] = {}
    for triple in read_rdf(project.ontology, minter.base):
        if triple.predicate.value == _LABEL and isinstance(triple.object, Literal):
            given = found.setdefault(str(triple.subject)[1:-1], {})
            given[triple.object.language or ""] = triple.object.value
    both = {iri: names for iri, names in found.items() if {"ar", "en"} <= set(names)}
    terms = {iri: Label(names["ar"], names["en"]) for iri, names in both.items()}
    return Labels(minter, relations, terms)
