"""The description of a release: what it is, what is in it, where its files are.

DCAT 3 (https://www.w3.org/TR/vocab-dcat-3/) for the dataset and its files, VoID (https://www.w3.org/TR/void/)
for what is counted. Counts are of distinct triples in all graphs but the derived ones, as in `musnad.ttl`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlsplit

import pyoxigraph as px

from musnad.config import Site
from musnad.iri import Minter
from musnad.vocabulary import PREFIXES, RDF_TYPE

_LINKS: Final = ("skos:exactMatch", "skos:closeMatch", "skos:relatedMatch", "schema:sameAs")
_EXAMPLES: Final = ("msn:Claim", "schema:NewsArticle", "schema:Person", "schema:Organization", "msn:Capture")
_MEDIA: Final = "https://www.iana.org/assignments/media-types/"
_FORMATS: Final = "http://www.w3.org/ns/formats/"
_REPORTED: Final = {
    "ar": "ثلاثيات بسيطة مشتقّة من الأقوال المثبتة، كما نُقلت لا كما وقعت",  # as reported, not as it was
    "en": "plain triples derived from affirmed and asserted claims: as reported, not as it was",
}


@dataclass(frozen=True, slots=True)
class Distribution:
    """One file of a release."""

    name: str
    media: str  # of the content, before compression
    size: int  # bytes
    sha256: str
    compressed: bool = False


@dataclass(frozen=True, slots=True)
class Edition:
    """What a description says of the release as a whole."""

    site: Site
    name: str  # of the release
    date: str  # YYYY-MM-DD
    engine: str  # name and version of the software
    endpoint: str = ""  # address of the SPARQL service, "" where there is none


class _Pen:
    """Collects triples; names are written as `prefix:local`."""

    def __init__(self, minter: Minter) -> None:
        self.triples: list[px.Triple] = []
        self._spaces = PREFIXES | {"msn": minter.term("")}

    def iri(self, name: str) -> str:
        prefix, _, local = name.partition(":")
        return self._spaces[prefix] + local

    def link(self, subject: str, predicate: str, *objects: str) -> None:
        self._put(subject, predicate, (px.NamedNode(thing) for thing in objects))

    def words(self, subject: str, predicate: str, words: Iterable[tuple[str, str]]) -> None:
        self._put(subject, predicate, (px.Literal(text, language=tag) for tag, text in words if text))

    def value(self, subject: str, predicate: str, value: str | int, datatype: str = "") -> None:
        kind = datatype or ("xsd:integer" if isinstance(value, int) else "xsd:string")
        self._put(subject, predicate, [px.Literal(str(value), datatype=px.NamedNode(self.iri(kind)))])

    def _put(self, subject: str, predicate: str, objects: Iterable[px.NamedNode | px.Literal]) -> None:
        verb = px.NamedNode(self.iri(predicate))
        self.triples += [px.Triple(px.NamedNode(subject), verb, thing) for thing in objects]


def describe(quads: Sequence[px.Quad], files: Sequence[Distribution], edition: Edition) -> list[px.Triple]:
    """Return the description of a release as triples without blank nodes."""
    mint = edition.site.minter
    pen = _Pen(mint)
    derived = mint.graph("reported")
    merged = {quad.triple for quad in quads if str(quad.graph_name) != f"<{derived}>"}
    _dataset(pen, mint, edition)
    for file in files:
        _distribution(pen, mint, edition.name, file)
    _counts(pen, mint, merged)
    _linksets(pen, mint, merged)
    _graphs(pen, mint, quads)
    return pen.triples


def _dataset(pen: _Pen, mint: Minter, edition: Edition) -> None:
    site, me = edition.site, mint.dataset()
    pen.link(me, "rdf:type", pen.iri("dcat:Dataset"), pen.iri("void:Dataset"))
    pen.words(me, "dcterms:title", site.title.items())
    pen.words(me, "rdfs:label", site.title.items())
    pen.words(me, "dcterms:description", site.description.items())
    pen.link(me, "dcterms:license", site.licence)
    pen.link(me, "dcterms:publisher", f"{me}#publisher")
    pen.link(f"{me}#publisher", "rdf:type", pen.iri("foaf:Agent"))
    pen.words(f"{me}#publisher", "foaf:name", site.publisher.items())
    if site.contact:
        pen.value(f"{me}#publisher", "rdfs:comment", site.contact)
    pen.value(me, "dcterms:issued", edition.date, "xsd:date")
    pen.value(me, "dcat:version", edition.name)
    pen.link(me, "dcterms:hasVersion", mint.release(edition.name))
    pen.value(me, "dcterms:provenance", edition.engine)
    pen.value(me, "void:uriSpace", mint.base)
    pen.link(me, "void:feature", _FORMATS + "Turtle", _FORMATS + "N-Quads")
    if edition.endpoint:
        pen.link(me, "void:sparqlEndpoint", edition.endpoint)


def _distribution(pen: _Pen, mint: Minter, release: str, file: Distribution) -> None:
    me, node = mint.dataset(), mint.distribution(release, file.name)
    pen.link(me, "dcat:distribution", node)
    if file.media in {"text/turtle", "application/n-quads"} and file.name.startswith("musnad."):
        pen.link(me, "void:dataDump", node)
    pen.link(node, "rdf:type", pen.iri("dcat:Distribution"))
    pen.value(node, "dcterms:title", file.name)
    pen.link(node, "dcat:downloadURL", node)
    pen.link(node, "dcat:mediaType", _MEDIA + file.media)
    if file.compressed:
        pen.link(node, "dcat:compressFormat", f"{_MEDIA}application/gzip")
    pen.value(node, "dcat:byteSize", str(file.size), "xsd:nonNegativeInteger")
    pen.link(node, "spdx:checksum", f"{node}#sha256")
    pen.link(f"{node}#sha256", "rdf:type", pen.iri("spdx:Checksum"))
    pen.link(f"{node}#sha256", "spdx:algorithm", pen.iri("spdx:checksumAlgorithm_sha256"))
    pen.value(f"{node}#sha256", "spdx:checksumValue", file.sha256, "xsd:hexBinary")


def _counts(pen: _Pen, mint: Minter, triples: set[px.Triple]) -> None:
    me = mint.dataset()
    classes: Counter[str] = Counter()
    properties: Counter[str] = Counter()
    examples: dict[str, str] = {}
    for triple in triples:
        properties[triple.predicate.value] += 1
        if triple.predicate.value == RDF_TYPE and isinstance(triple.object, px.NamedNode):
            kind, node = triple.object.value, str(triple.subject)[1:-1]
            classes[kind] += 1
            examples[kind] = min(node, examples.get(kind, node))
    pen.value(me, "void:triples", len(triples))
    pen.value(me, "void:distinctSubjects", len({triple.subject for triple in triples}))
    pen.value(me, "void:distinctObjects", len({triple.object for triple in triples}))
    described = {triple.subject for triple in triples if triple.predicate.value == RDF_TYPE}
    pen.value(me, "void:entities", len(described))
    pen.value(me, "void:classes", len(classes))
    pen.value(me, "void:properties", len(properties))
    pen.link(me, "void:vocabulary", *sorted({_space(iri) for iri in [*classes, *properties]}))
    pen.link(me, "void:exampleResource", *(examples[pen.iri(n)] for n in _EXAMPLES if pen.iri(n) in examples))
    for kind, number in sorted(classes.items()):
        _partition(pen, me, ("class", "classPartition", "entities"), kind, number)
    for name, number in sorted(properties.items()):
        _partition(pen, me, ("property", "propertyPartition", "triples"), name, number)


def _partition(pen: _Pen, me: str, words: tuple[str, str, str], iri: str, number: int) -> None:
    kind, partition, unit = words
    host = urlsplit(iri).netloc.replace(".", "-")
    node = f"{me}#{kind}-{host}-{iri.replace('#', '/').rsplit('/', 1)[-1]}"
    pen.link(me, f"void:{partition}", node)
    pen.link(node, f"void:{kind}", iri)
    pen.value(node, f"void:{unit}", number)


def _linksets(pen: _Pen, mint: Minter, triples: set[px.Triple]) -> None:
    me = mint.dataset()
    predicates = {pen.iri(name): name for name in _LINKS}
    counts: Counter[tuple[str, str]] = Counter()
    for triple in triples:
        if triple.predicate.value in predicates and isinstance(triple.object, px.NamedNode):
            counts[urlsplit(triple.object.value).netloc, triple.predicate.value] += 1
    for (host, predicate), number in sorted(counts.items()):
        node = f"{me}#links-{host.replace('.', '-')}-{predicates[predicate].partition(':')[2]}"
        pen.link(me, "void:subset", node)
        pen.link(node, "rdf:type", pen.iri("void:Linkset"))
        pen.link(node, "void:subjectsTarget", me)
        pen.value(node, "dcterms:title", host)
        pen.link(node, "void:linkPredicate", predicate)
        pen.value(node, "void:triples", number)


def _graphs(pen: _Pen, mint: Minter, quads: Iterable[px.Quad]) -> None:
    counts = Counter(str(quad.graph_name)[1:-1] for quad in quads)
    for graph in (mint.graph(name) for name in ("authority", "ontology", "patterns", "reported")):
        if number := counts[graph]:
            pen.link(mint.dataset(), "void:subset", graph)
            pen.link(graph, "rdf:type", pen.iri("void:Dataset"), pen.iri("sd:NamedGraph"))
            pen.value(graph, "void:triples", number)
    if counts[mint.graph("reported")]:
        pen.words(mint.graph("reported"), "dcterms:description", _REPORTED.items())


def _space(iri: str) -> str:
    return iri[: iri.rfind("#") + 1] if "#" in iri else iri[: iri.rfind("/") + 1]
