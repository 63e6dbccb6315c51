"""What the endpoint says about itself (SPARQL 1.1 Service Description).

https://www.w3.org/TR/sparql11-service-description/. Without blank nodes, like everything published. Chosen
over (a) a file written by hand, which would go out of date with the formats, and (b) the dataset's own
description, which does not know the service.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pyoxigraph as ox

from musnad.graph import to_ntriples, to_rdfxml, to_turtle
from musnad.server.media import DATA, TABLE
from musnad.vocabulary import PREFIXES, RDF_TYPE, prefixes

_SD: Final = PREFIXES["sd"]
_FORMATS: Final = "http://www.w3.org/ns/formats/"
# https://www.w3.org/ns/formats/
_NAMES: Final = {
    "json": "SPARQL_Results_JSON",
    "xml": "SPARQL_Results_XML",
    "csv": "SPARQL_Results_CSV",
    "tsv": "SPARQL_Results_TSV",
    "ttl": "Turtle",
    "jsonld": "JSON-LD",
    "nt": "N-Triples",
    "rdf": "RDF_XML",
}
_MOST_GRAPHS: Final = 500


def service_triples(base: str, graphs: Sequence[str]) -> list[ox.Triple]:
    """Return the description of the endpoint of a base; at most 500 of its named graphs are listed."""
    service, dataset, default = (f"{base}sparql{part}" for part in ("", "#dataset", "#default-graph"))
    told = [
        (service, RDF_TYPE, _SD + "Service"),
        (service, _SD + "endpoint", service),
        (service, _SD + "supportedLanguage", _SD + "SPARQL11Query"),
        (service, _SD + "feature", _SD + "UnionDefaultGraph"),
        (service, _SD + "defaultDataset", dataset),
        (dataset, RDF_TYPE, _SD + "Dataset"),
        (dataset, _SD + "defaultGraph", default),
        (default, RDF_TYPE, _SD + "Graph"),
    ]
    told += [(service, _SD + "resultFormat", _FORMATS + _NAMES[each.suffix]) for each in (*TABLE, *DATA)]
    for graph in graphs[:_MOST_GRAPHS]:
        node = f"{base}sparql#graph-{graph.rpartition('/')[2]}"
        told += [
            (dataset, _SD + "namedGraph", node),
            (node, RDF_TYPE, _SD + "NamedGraph"),
            (node, _SD + "name", graph),
        ]
    return [ox.Triple(*map(ox.NamedNode, triple)) for triple in told]


def describe_service(base: str, graphs: Sequence[str], suffix: str) -> str:
    """Return the description in the format of a suffix."""
    triples, names = service_triples(base, graphs), prefixes(base)
    if suffix == "ttl":
        return to_turtle(triples, names)
    if suffix == "rdf":
        return to_rdfxml(triples, names)
    if suffix == "nt":
        return to_ntriples(triples)
    return (ox.serialize(triples, format=ox.RdfFormat.JSON_LD) or b"").decode("utf-8")
