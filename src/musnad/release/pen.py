"""A pen for descriptions: it collects triples, and names are written as `prefix:local`."""

from __future__ import annotations

from collections.abc import Iterable

import pyoxigraph as px

from musnad.iri import Minter
from musnad.vocabulary import PREFIXES


class Pen:
    """Collects the triples of a description."""

    def __init__(self, minter: Minter) -> None:
        self.triples: list[px.Triple] = []
        self._spaces = PREFIXES | {"msn": minter.term("")}

    def iri(self, name: str) -> str:
        """Return the IRI of a prefixed name."""
        prefix, _, local = name.partition(":")
        return self._spaces[prefix] + local

    def link(self, subject: str, predicate: str, *objects: str) -> None:
        """Write IRIs as the values of a property."""
        self._put(subject, predicate, (px.NamedNode(thing) for thing in objects))

    def words(self, subject: str, predicate: str, words: Iterable[tuple[str, str]]) -> None:
        """Write words, each with its language tag; words that are empty are left out."""
        self._put(subject, predicate, (px.Literal(text, language=tag) for tag, text in words if text))

    def value(self, subject: str, predicate: str, value: str | int, datatype: str = "") -> None:
        """Write a value; without a datatype it is a string or an integer."""
        kind = datatype or ("xsd:integer" if isinstance(value, int) else "xsd:string")
        self._put(subject, predicate, [px.Literal(str(value), datatype=px.NamedNode(self.iri(kind)))])

    def checksum(self, subject: str, name: str, digest: str) -> str:
        """Write the SHA-256 of something, and return the IRI of the checksum (`#name` of it)."""
        node = f"{subject}-{name}" if "#" in subject else f"{subject}#{name}"
        self.link(subject, "spdx:checksum", node)
        self.link(node, "rdf:type", self.iri("spdx:Checksum"))
        self.link(node, "spdx:algorithm", self.iri("spdx:checksumAlgorithm_sha256"))
        self.value(node, "spdx:checksumValue", digest, "xsd:hexBinary")
        return node

    def _put(self, subject: str, predicate: str, objects: Iterable[px.NamedNode | px.Literal]) -> None:
        verb = px.NamedNode(self.iri(predicate))
        self.triples += [px.Triple(px.NamedNode(subject), verb, thing) for thing in objects]
