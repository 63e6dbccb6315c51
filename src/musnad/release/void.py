"""What is counted in a release, as VoID: https://www.w3.org/TR/void/."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from urllib.parse import urlsplit

from musnad.graph.terms import Names
from musnad.iri import Minter
from musnad.release.figures import LINKS, Figures
from musnad.release.formats import class_file
from musnad.release.outputs import Distribution
from musnad.release.pen import Pen
from musnad.vocabulary import prefixes

_FORMATS: Final = "http://www.w3.org/ns/formats/"
_FEATURES: Final = {
    "text/turtle": "Turtle",
    "application/n-quads": "N-Quads",
    "application/n-triples": "N-Triples",
    "application/trig": "TriG",
    "application/ld+json": "JSON-LD",
    "application/rdf+xml": "RDF_XML",
}
_EXAMPLES: Final = ("msn:Claim", "schema:NewsArticle", "schema:Person", "schema:Organization", "msn:Capture")
_CANONICAL: Final = "https://www.w3.org/TR/rdf-canon/"
_REPORTED: Final = {
    "ar": "ثلاثيات بسيطة مشتقّة من الأقوال المثبتة، كما نُقلت لا كما وقعت",  # as reported, not as it was
    "en": "plain triples derived from affirmed and asserted claims: as reported, not as it was",
}


def write_void(pen: Pen, mint: Minter, figures: Figures, files: Sequence[Distribution], release: str) -> None:
    """Write the statistics of a release, the partitions, the sets of links and the graphs."""
    me = mint.dataset()
    pen.link(me, "rdf:type", pen.iri("void:Dataset"))
    pen.value(me, "void:uriSpace", mint.base)
    media = {file.media for file in files} & _FEATURES.keys()
    pen.link(me, "void:feature", *(_FORMATS + _FEATURES[name] for name in sorted(media)))
    dumps = [file.name for file in files if file.name.startswith("musnad.") and file.media in _FEATURES]
    pen.link(me, "void:dataDump", *(mint.distribution(release, name) for name in dumps))
    _counts(pen, me, figures)
    written, names = {file.name for file in files}, Names(prefixes(mint.base))
    for kind, number in sorted(figures.classes.items()):
        node = _partition(pen, me, ("class", "classPartition", "entities"), kind, number)
        if (name := class_file(kind, names)) in written:
            pen.link(node, "void:dataDump", mint.distribution(release, name))
    for prop, number in sorted(figures.properties.items()):
        _partition(pen, me, ("property", "propertyPartition", "triples"), prop, number)
    _linksets(pen, me, figures)
    _graphs(pen, mint, figures)


def example_kinds(mint: Minter) -> frozenset[str]:
    """Return the classes of which a description names a resource."""
    return frozenset(map(Pen(mint).iri, _EXAMPLES))


def canonical(pen: Pen, subject: str, digest: str) -> None:
    """Write the canonical hash (RDFC-1.0, SHA-256) of a dataset or of a graph."""
    node = pen.checksum(subject, "rdfc-1.0", digest)
    pen.link(node, "dcterms:conformsTo", _CANONICAL)


def _counts(pen: Pen, me: str, figures: Figures) -> None:
    pen.value(me, "void:triples", figures.triples)
    pen.value(me, "void:distinctSubjects", figures.subjects)
    pen.value(me, "void:distinctObjects", figures.objects)
    pen.value(me, "void:entities", figures.entities)
    pen.value(me, "void:classes", len(figures.classes))
    pen.value(me, "void:properties", len(figures.properties))
    pen.link(me, "void:vocabulary", *sorted({_space(iri) for iri in [*figures.classes, *figures.properties]}))
    pen.link(me, "void:exampleResource", *(node for _, node in sorted(figures.examples.items())))


def _partition(pen: Pen, me: str, words: tuple[str, str, str], iri: str, number: int) -> str:
    kind, partition, unit = words
    host = urlsplit(iri).netloc.replace(".", "-")
    node = f"{me}#{kind}-{host}-{iri.replace('#', '/').rsplit('/', 1)[-1]}"
    pen.link(me, f"void:{partition}", node)
    pen.link(node, f"void:{kind}", iri)
    pen.value(node, f"void:{unit}", number)
    return node


def _linksets(pen: Pen, me: str, figures: Figures) -> None:
    for (host, predicate), number in sorted(figures.links.items()):
        node = f"{me}#links-{host.replace('.', '-')}-{LINKS[predicate]}"
        pen.link(me, "void:subset", node)
        pen.link(node, "rdf:type", pen.iri("void:Linkset"))
        pen.link(node, "void:subjectsTarget", me)
        pen.value(node, "dcterms:title", host)
        pen.link(node, "void:linkPredicate", predicate)
        pen.value(node, "void:triples", number)


def _graphs(pen: Pen, mint: Minter, figures: Figures) -> None:
    for graph in (mint.graph(name) for name in ("authority", "ontology", "patterns", "reported")):
        if graph in figures.graphs:
            pen.link(mint.dataset(), "void:subset", graph)
            pen.link(graph, "rdf:type", pen.iri("void:Dataset"), pen.iri("sd:NamedGraph"))
            pen.value(graph, "void:triples", figures.graphs[graph].triples)
            canonical(pen, graph, figures.graphs[graph].sha256)
    if mint.graph("reported") in figures.graphs:
        pen.words(mint.graph("reported"), "dcterms:description", _REPORTED.items())


def _space(iri: str) -> str:
    return iri[: iri.rfind("#") + 1] if "#" in iri else iri[: iri.rfind("/") + 1]
