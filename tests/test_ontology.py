"""Every term is ours and defined, or borrowed and listed; in Arabic and in English."""

import re
from pathlib import Path

import orjson
import pyoxigraph as px
import pytest

from described import described
from musnad.config import Site, read_yaml
from musnad.graph import Context, read_rdf, to_jsonld, to_ntriples
from musnad.iri import Minter
from musnad.model import MODALITIES, ZONES
from musnad.release.codebook import codebook_triples
from musnad.release.description import Distribution, Edition
from musnad.validation import Report, ValidationResult
from musnad.vocabulary import CLASS_OF_TYPE, OWN_PREFIXES, RDF_TYPE, prefixes

ROOT = Path(__file__).parents[1]
MINT = Minter()
NAMES = prefixes(MINT.base)
TERMS = read_rdf(ROOT / "ontology" / "musnad.ttl")
SAMPLE = list(px.parse(path=str(ROOT / "tests" / "data" / "sample.nq")))
BORROWED = {
    line.split(maxsplit=1)[0]: line.split(maxsplit=1)[1:]
    for line in (ROOT / "ontology" / "borrowed.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
}
RELATIONS = ROOT.parent / "shared" / "gold" / "relations.json"


def subjects(kind: str) -> set[str]:
    prefix, local = kind.split(":")
    return {
        str(t.subject)[1:-1]
        for t in TERMS
        if t.predicate.value == RDF_TYPE and str(t.object)[1:-1] == NAMES[prefix] + local
    }


def values(node: str, name: str) -> list[px.Literal]:
    prefix, local = name.split(":")
    return [
        t.object
        for t in TERMS
        if str(t.subject) == f"<{node}>"
        and t.predicate.value == NAMES[prefix] + local
        and isinstance(t.object, px.Literal)
    ]


OWN = {str(t.subject)[1:-1] for t in TERMS}
LISTED = {NAMES[curie.split(":")[0]] + curie.split(":")[1] for curie in BORROWED}
PROPERTIES = (
    "speaker hop reportingVerb polarity modality condition evidence zone edtf notBefore notAfter roleStatus "
    "certainty conflictsWith"
)
CONCEPTS = subjects("skos:Concept")


def unknown(triples: list[px.Triple]) -> set[str]:
    used = {t.predicate.value for t in triples}
    used |= {str(t.object)[1:-1] for t in triples if t.predicate.value == RDF_TYPE}
    used |= {
        str(t.object)[1:-1]
        for t in triples
        if t.predicate.value in {NAMES["rdf"] + "predicate", NAMES["dcterms"] + "type"} | CONCEPT_PROPERTIES
    }
    return used - OWN - LISTED


CONCEPT_PROPERTIES = {MINT.term(name) for name in ("modality", "zone", "certainty", "roleStatus", "polarity")}


def test_we_have_three_classes_and_fourteen_properties() -> None:
    assert subjects("owl:Class") == {MINT.term(n) for n in ("Claim", "AnonymousSource", "Capture")}
    assert subjects("rdf:Property") == {MINT.term(name) for name in PROPERTIES.split()}
    assert subjects("owl:NamedIndividual") == {
        MINT.term("Affirmed"),
        MINT.term("Negated"),
        MINT.term("engine"),
    }


@pytest.mark.skipif(not RELATIONS.is_file(), reason="the relations are not beside the repository")
def test_the_relations_are_those_of_the_scheme() -> None:
    names = orjson.loads(RELATIONS.read_bytes())
    assert {c for c in CONCEPTS if "/relation/" in c} == {MINT.concept("relation", name) for name in names}


def test_a_relation_has_the_labels_and_the_property_with_which_claims_are_read() -> None:
    entries = read_yaml(ROOT / "mappings" / "claims" / "relations.yaml")
    for name, entry in entries.items():
        concept = MINT.concept("relation", name)
        labels = {literal.language: literal.value for literal in values(concept, "rdfs:label")}
        assert labels == dict(entry["label"]), name
        prefix, _, local = entry.get("predicate", "").partition(":")
        see = px.NamedNode(NAMES["rdfs"] + "seeAlso")
        found = {
            str(t.object)[1:-1] for t in TERMS if str(t.subject) == f"<{concept}>" and t.predicate == see
        }
        assert found == ({NAMES[prefix] + local} if prefix else set()), name


def test_modalities_and_zones_are_those_of_the_model() -> None:
    assert {c for c in CONCEPTS if "/modality/" in c} == {MINT.concept("modality", n) for n in MODALITIES}
    assert {c for c in CONCEPTS if "/zone/" in c} == {MINT.concept("zone", n) for n in ZONES}


def test_certainties_and_statuses_are_complete() -> None:
    assert {c for c in CONCEPTS if "/certainty/" in c} == {
        MINT.concept("certainty", n) for n in ("sure", "probable", "doubtful")
    }
    assert {c for c in CONCEPTS if "/status/" in c} == {
        MINT.concept("status", n) for n in ("former", "current", "future")
    }


@pytest.mark.parametrize("term", sorted(OWN))
def test_a_term_is_named_and_explained_in_arabic_and_english(term: str) -> None:
    labels = {literal.language: literal.value for literal in values(term, "rdfs:label")}
    meanings = [
        literal
        for name in ("rdfs:comment", "skos:definition", "dcterms:description")
        for literal in values(term, name)
    ]
    assert set(labels) == {literal.language for literal in meanings} == {"ar", "en"}
    assert re.search("[\u0621-\u064a]", labels["ar"])
    assert all(len(literal.value) > 8 for literal in meanings)


@pytest.mark.parametrize("concept", sorted(CONCEPTS))
def test_a_concept_belongs_to_its_scheme_and_to_our_terms(concept: str) -> None:
    scheme = concept.rpartition("/")[0]
    assert (
        px.Triple(px.NamedNode(concept), px.NamedNode(NAMES["skos"] + "inScheme"), px.NamedNode(scheme))
        in TERMS
    )
    assert scheme in subjects("skos:ConceptScheme")
    assert {x.value for x in values(concept, "rdfs:label")} == {
        x.value for x in values(concept, "skos:prefLabel")
    }


def test_every_term_of_the_data_is_ours_or_borrowed() -> None:
    assert unknown([quad.triple for quad in SAMPLE]) == set()
    assert set(CLASS_OF_TYPE.values()) <= LISTED


def test_every_term_of_our_terms_is_ours_or_borrowed() -> None:
    assert unknown(TERMS) == set()


def test_every_term_of_the_description_and_of_reports_is_borrowed() -> None:
    site = Site(
        description={"ar": "مثال", "en": "example"}, contact="a@example.org", release_places=("somewhere",)
    )
    files = [
        Distribution("musnad.nq.gz", "application/n-quads", 1, "00", "gzip", "https://example.org/standard")
    ]
    edition = Edition(
        site,
        "2026-01-02",
        "2026-01-02",
        "musnad 0",
        "https://example.org/sparql",
        "2026-01-01",
        {"shapes": "00"},
    )
    result = ValidationResult(
        "Warning", "https://example.org/a", "wrong", "خطأ", "https://example.org/s", "https://example.org/p",
        '"v"', "https://example.org/g", "a.txt", "claims", 3,
    )  # fmt: skip
    made = described(SAMPLE, files, edition) + codebook_triples(MINT) + list(Report.of([result], 1).triples())
    assert unknown(made) == set()


def test_every_property_that_a_relation_points_to_is_borrowed() -> None:
    see = NAMES["rdfs"] + "seeAlso"
    assert {str(t.object)[1:-1] for t in TERMS if t.predicate.value == see} <= LISTED


def test_a_borrowed_term_says_what_it_is_for_and_stands_once() -> None:
    lines = (ROOT / "ontology" / "borrowed.txt").read_text(encoding="utf-8").splitlines()
    assert len([line for line in lines if line and not line.startswith("#")]) == len(BORROWED)
    assert all(use and len(use[0]) > 2 for use in BORROWED.values())
    assert not LISTED & OWN


def test_the_context_has_our_prefixes_and_all_our_properties() -> None:
    context = Context.read(ROOT / "ontology" / "context.jsonld")
    assert {MINT.base + path for path in OWN_PREFIXES.values()} <= set(context.prefixes.values())
    assert set(context.prefixes.values()) <= set(NAMES.values())
    assert subjects("rdf:Property") <= {prop for prop, _ in context.terms}


def test_the_context_names_every_property_of_a_claim_and_gives_the_same_triples() -> None:
    context = Context.read(ROOT / "ontology" / "context.jsonld")
    triples = [quad.triple for quad in SAMPLE]
    text = to_jsonld(triples, context)
    assert to_ntriples(px.parse(text, format=px.RdfFormat.JSON_LD)) == to_ntriples(triples)
    claims = [n for n in orjson.loads(text)["@graph"] if n["@id"].startswith("claim:")]
    assert claims
    assert {key for claim in claims for key in claim if ":" in key} <= {"rdf:object"}  # of dates
