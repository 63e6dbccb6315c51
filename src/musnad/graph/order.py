"""The order in which resources and their properties are read: who is written before whom.

A resource comes by the rank of its class, then by its IRI; what hangs on it by a fragment (`claim#hop-1`)
comes right after it. Chosen over (a) plain order of IRIs, which tears a claim from its chain where the base
changes, and (b) nesting, which needs blank nodes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import pyoxigraph as px

from musnad.graph.terms import Names, Subject, Term, iri_key, term_key
from musnad.vocabulary import RDF_TYPE

_CLASSES: Final = (
    "owl:Ontology void:Dataset dcat:Dataset dcat:Distribution owl:Class owl:ObjectProperty "
    "owl:DatatypeProperty owl:NamedIndividual skos:ConceptScheme skos:Concept "
    "schema:NewsArticle schema:Article schema:Report schema:BlogPosting schema:WebPage "
    "msn:Capture msn:Claim schema:Person schema:Organization schema:PoliticalParty "
    "schema:GovernmentOrganization schema:NewsMediaOrganization schema:Place schema:Country schema:City "
    "schema:Event schema:Legislation schema:CreativeWork msn:AnonymousSource"
)
_LAST: Final = "prov:Plan prov:Activity"
_PREDICATES: Final = (
    "rdf:type rdfs:label skos:prefLabel schema:name schema:alternateName schema:headline dcterms:title "
    "skos:definition rdfs:comment dcterms:description schema:description "
    "dcterms:type rdf:subject rdf:predicate rdf:object schema:text schema:roleName msn:roleStatus "
    "msn:polarity msn:modality msn:condition msn:speaker msn:hop prov:agent msn:reportingVerb "
    "prov:qualifiedAttribution msn:edtf msn:notBefore msn:notAfter schema:datePublished "
    "msn:certainty msn:evidence msn:zone oa:exact oa:hasSource oa:hasSelector oa:start oa:end "
    "schema:about schema:appearance msn:conflictsWith schema:publisher schema:author schema:url"
)
_CLASS_RANK: Final = {name: rank for rank, name in enumerate(_CLASSES.split())}
_MIDDLE: Final = len(_CLASS_RANK)
_RANKS: Final = _CLASS_RANK | {name: _MIDDLE + 1 + rank for rank, name in enumerate(_LAST.split())}
_PREDICATE_RANK: Final = {name: rank for rank, name in enumerate(_PREDICATES.split())}


def sorted_subjects(subjects: Mapping[Subject, Iterable[tuple[str, Term]]], names: Names) -> list[Subject]:
    """Return the subjects of a graph in reading order."""
    return [subject for _, subject in ranked_subjects(subjects, names)]


def ranked_subjects(
    subjects: Mapping[Subject, Iterable[tuple[str, Term]]], names: Names
) -> list[tuple[int, Subject]]:
    """Return the subjects of a graph in reading order, each with the rank of its resource.

    All subjects of a lower rank come before those of a higher one; within a rank the order is that of the
    resources. So the order of a whole graph can be put together from that of its resources.
    """
    ranks = {subject: _rank(pairs, names) for subject, pairs in subjects.items()}
    roots = {subject.value: rank for subject, rank in ranks.items() if isinstance(subject, px.NamedNode)}

    def key(ranked: tuple[int, Subject]) -> tuple[object, ...]:
        rank, subject = ranked
        own = ranks[subject]
        if isinstance(subject, px.BlankNode):
            return (rank, subject.value, own, ())
        root, part = iri_key(subject.value)
        return (rank, root, own if part else -1, part)

    def rank_of(subject: Subject) -> int:
        if isinstance(subject, px.BlankNode):
            return _MIDDLE + 9
        return roots.get(subject.value.partition("#")[0], ranks[subject])

    return sorted(((rank_of(subject), subject) for subject in subjects), key=key)


def _rank(pairs: Iterable[tuple[str, Term]], names: Names) -> int:
    kinds = [thing for predicate, thing in pairs if predicate == RDF_TYPE]
    found = [_RANKS.get(names.curie(kind.value), _MIDDLE) for kind in kinds if isinstance(kind, px.NamedNode)]
    return min(found, default=_MIDDLE)


def predicate_key(predicate: str, names: Names) -> tuple[int, str]:
    """Return a key that puts the properties in the order in which one asks for them."""
    return (_PREDICATE_RANK.get(names.curie(predicate), len(_PREDICATE_RANK)), predicate)


def by_predicate(pairs: Iterable[tuple[str, Term]], names: Names) -> Iterator[tuple[str, list[Term]]]:
    """Yield each property of a resource with its values, both in reading order."""
    values: dict[str, list[Term]] = {}
    for predicate, thing in pairs:
        values.setdefault(predicate, []).append(thing)
    for predicate in sorted(values, key=lambda p: predicate_key(p, names)):
        things = values[predicate]
        yield predicate, sorted(things, key=term_key) if len(things) > 1 else things
