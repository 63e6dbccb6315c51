"""The terms that the engine's code names. Everything else is in the mappings."""

from __future__ import annotations

from typing import Final

PREFIXES: Final[dict[str, str]] = {
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "owl": "http://www.w3.org/2002/07/owl#",
    "schema": "https://schema.org/",
    "prov": "http://www.w3.org/ns/prov#",
    "oa": "http://www.w3.org/ns/oa#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "dcterms": "http://purl.org/dc/terms/",
    "dcat": "http://www.w3.org/ns/dcat#",
    "void": "http://rdfs.org/ns/void#",
    "sh": "http://www.w3.org/ns/shacl#",
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "spdx": "http://spdx.org/rdf/terms#",
    "csvw": "http://www.w3.org/ns/csvw#",
    "vann": "http://purl.org/vocab/vann/",
}

# The prefixes of our own IRIs, as paths below the configured base.
OWN_PREFIXES: Final[dict[str, str]] = {
    "msn": "ontology#",
    "id": "id/",
    "doc": "doc/",
    "capture": "capture/",
    "claim": "claim/",
    "graph": "graph/",
    "pattern": "pattern/",
    "activity": "activity/",
    "relation": "scheme/relation/",
    "modality": "scheme/modality/",
    "zone": "scheme/zone/",
    "certainty": "scheme/certainty/",
    "status": "scheme/status/",
}

RDF_TYPE: Final = PREFIXES["rdf"] + "type"
RDFS_LABEL: Final = PREFIXES["rdfs"] + "label"
SCHEMA: Final = PREFIXES["schema"]

# Mention types, and the class of the entity that a mention of the type refers to when nothing says more.
CLASS_OF_TYPE: Final[dict[str, str]] = {
    "PERSON": SCHEMA + "Person",
    "ORG": SCHEMA + "Organization",
    "PLACE": SCHEMA + "Place",
    "EVENT": SCHEMA + "Event",
    "WORK": SCHEMA + "CreativeWork",
}


def prefixes(base: str) -> dict[str, str]:
    """Return all prefixes, ours below the base included.

    >>> prefixes("https://example.org/")["claim"]
    'https://example.org/claim/'
    """
    return PREFIXES | {name: base + path for name, path in OWN_PREFIXES.items()}
