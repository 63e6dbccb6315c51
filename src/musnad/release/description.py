"""The description of a release: what it is, what made it, where its files are.

DCAT 3 (https://www.w3.org/TR/vocab-dcat-3/) for the dataset, its versions and its files, PROV-O for the run
that made them, VoID for what is counted (`void.py`). The dataset is one resource, of which every release is
a version; the files of single graphs are listed in `graphs.csv`, since a description must stay readable.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

import pyoxigraph as px

from musnad.config import Site
from musnad.iri import Minter
from musnad.release.figures import Figures
from musnad.release.outputs import Distribution
from musnad.release.pen import Pen
from musnad.release.void import canonical, write_void

_MEDIA: Final = "https://www.iana.org/assignments/media-types/"
_ACCESS: Final = {
    "ar": "متاح للجميع، بلا تسجيل ولا مقابل",  # open to everybody, without registration, free of charge
    "en": "open to everybody, without registration, free of charge",
}


@dataclass(frozen=True, slots=True)
class Edition:
    """What a description says of the release as a whole."""

    site: Site
    name: str  # of the release
    date: str  # YYYY-MM-DD
    engine: str  # name and version of the software
    endpoint: str = ""  # address of the SPARQL service, "" where there is none
    previous: str = ""  # name of the release before, "" where there is none
    inputs: Mapping[str, str] = field(default_factory=dict)  # folder of the project → hash of what is in it


def describe(figures: Figures, files: Sequence[Distribution], edition: Edition) -> list[px.Triple]:
    """Return the description of a release as triples without blank nodes."""
    mint = edition.site.minter
    pen = Pen(mint)
    _dataset(pen, mint, edition)
    _coverage(pen, mint, figures, edition.site)
    _version(pen, mint, figures, edition)
    _making(pen, mint, edition)
    shown = [file for file in files if not file.name.startswith("graphs/")]
    for file in shown:
        _distribution(pen, mint, edition, file)
    write_void(pen, mint, figures, shown, edition.name)
    return pen.triples


def _dataset(pen: Pen, mint: Minter, edition: Edition) -> None:
    site, me = edition.site, mint.dataset()
    pen.link(me, "rdf:type", pen.iri("dcat:Dataset"))
    pen.words(me, "dcterms:title", site.title.items())
    pen.words(me, "rdfs:label", site.title.items())
    pen.words(me, "dcterms:description", site.description.items())
    pen.link(me, "dcterms:license", site.licence)
    pen.link(me, "dcterms:accessRights", f"{me}#access")
    pen.link(f"{me}#access", "rdf:type", pen.iri("dcterms:RightsStatement"))
    pen.words(f"{me}#access", "rdfs:label", _ACCESS.items())
    pen.link(me, "dcterms:publisher", f"{me}#publisher")
    pen.link(f"{me}#publisher", "rdf:type", pen.iri("foaf:Agent"))
    pen.words(f"{me}#publisher", "foaf:name", site.publisher.items())
    if site.contact:
        pen.value(f"{me}#publisher", "rdfs:comment", site.contact)
    pen.value(me, "dcterms:issued", edition.date, "xsd:date")
    pen.value(me, "dcat:version", edition.name)
    pen.value(me, "dcterms:provenance", edition.engine)
    pen.link(me, "foaf:page", mint.distribution(edition.name, "codebook.md"))
    if edition.endpoint:
        pen.link(me, "void:sparqlEndpoint", edition.endpoint)


def _coverage(pen: Pen, mint: Minter, figures: Figures, site: Site) -> None:
    """Write which time the documents are from, and which places the project is about."""
    me = mint.dataset()
    if figures.earliest and figures.latest:
        pen.link(me, "dcterms:temporal", f"{me}#time")
        pen.link(f"{me}#time", "rdf:type", pen.iri("dcterms:PeriodOfTime"))
        pen.value(f"{me}#time", "dcat:startDate", figures.earliest, "xsd:date")
        pen.value(f"{me}#time", "dcat:endDate", figures.latest, "xsd:date")
    pen.link(me, "dcterms:spatial", *(mint.entity(slug) for slug in site.release_places))


def _version(pen: Pen, mint: Minter, figures: Figures, edition: Edition) -> None:
    """Write the release as a version of the dataset (DCAT 3, section 11)."""
    me, release = mint.dataset(), mint.release(edition.name)
    pen.link(me, "dcterms:hasVersion", release)
    pen.link(me, "dcat:hasVersion", release)
    pen.link(me, "dcat:hasCurrentVersion", release)
    pen.link(release, "rdf:type", pen.iri("dcat:Resource"), pen.iri("prov:Entity"))
    pen.words(release, "rdfs:label", ((tag, f"{words}, {edition.name}") for tag, words in _title(edition)))
    pen.link(release, "dcat:isVersionOf", me)
    pen.value(release, "dcat:version", edition.name)
    pen.value(release, "dcterms:issued", edition.date, "xsd:date")
    if edition.previous:
        pen.link(release, "dcat:previousVersion", mint.release(edition.previous))
    if figures.sha256:
        canonical(pen, release, figures.sha256)


def _title(edition: Edition) -> list[tuple[str, str]]:
    return [(tag, words) for tag, words in edition.site.title.items() if words]


def _making(pen: Pen, mint: Minter, edition: Edition) -> None:
    """Write the run that made the release: its software, and what of the project it used."""
    release = mint.release(edition.name)
    run, engine = f"{release}#run", f"{release}#engine"
    pen.link(release, "prov:wasGeneratedBy", run)
    pen.link(run, "rdf:type", pen.iri("prov:Activity"))
    pen.value(run, "rdfs:label", edition.engine)
    pen.link(run, "prov:wasAssociatedWith", engine)
    pen.link(engine, "rdf:type", pen.iri("prov:SoftwareAgent"))
    pen.value(engine, "rdfs:label", edition.engine)
    pen.value(engine, "schema:softwareVersion", edition.engine.rpartition(" ")[2])
    for name, digest in sorted(edition.inputs.items()):
        node = f"{release}#{name.replace('/', '-')}"
        pen.link(run, "prov:used", node)
        pen.link(node, "rdf:type", pen.iri("prov:Entity"))
        pen.value(node, "rdfs:label", name)
        pen.checksum(node, "sha256", digest)


def _distribution(pen: Pen, mint: Minter, edition: Edition, file: Distribution) -> None:
    node = mint.distribution(edition.name, file.name)
    pen.link(mint.dataset(), "dcat:distribution", node)
    pen.link(node, "rdf:type", pen.iri("dcat:Distribution"))
    pen.value(node, "dcterms:title", file.name)
    pen.link(node, "dcat:downloadURL", node)
    pen.link(node, "dcat:mediaType", _MEDIA + file.media)
    pen.link(node, "dcterms:license", edition.site.licence)
    if file.standard:
        pen.link(node, "dcterms:conformsTo", file.standard)
    if file.packing:
        pen.link(node, "dcat:compressFormat", f"{_MEDIA}application/{file.packing}")
    pen.value(node, "dcat:byteSize", str(file.size), "xsd:nonNegativeInteger")
    pen.checksum(node, "sha256", file.sha256)
