"""What a page of a fragment says about itself: whose part it is, how much there is, how to ask for more.

Hydra and VoID, as the specification has them (section 4), without blank nodes. In formats with named graphs
they stand in a graph of their own, so that nobody takes them for data. Chosen over (a) Link headers, which
clients of the specification do not read, and (b) addresses made from the Host header, which whoever asks
could choose.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from urllib.parse import quote, urlencode

import pyoxigraph as ox

from musnad.server.fragments.terms import PLACES, Pattern
from musnad.vocabulary import PREFIXES, RDF_TYPE

_HYDRA: Final = "http://www.w3.org/ns/hydra/core#"
_VOID, _FOAF, _RDF, _XSD = PREFIXES["void"], "http://xmlns.com/foaf/0.1/", PREFIXES["rdf"], PREFIXES["xsd"]
_NOT_IN_AN_IRI: Final = re.compile(r"[^!#-;=?-\[\]_a-z~]")


@dataclass(frozen=True, slots=True)
class Part:
    """One page of a fragment: the service, the address that was asked, the pattern, and the numbers."""

    service: str
    asked: str  # the query of the address, as it was sent
    pattern: Pattern
    number: int  # of the page, from 1
    size: int  # triples on a page
    total: int

    @property
    def address(self) -> str:
        """Return the address of this page, exactly as the client wrote it, so that it knows it again."""
        escaped = _NOT_IN_AN_IRI.sub(lambda found: quote(found.group()), self.asked)
        return f"{self.service}?{escaped}" if escaped else self.service

    @property
    def fragment(self) -> str:
        """Return the address of the first page, which is the address of the fragment."""
        return self.address if self.number == 1 and "page=" not in self.asked else self._page(0)

    def page(self, number: int) -> str:
        """Return the address of another page, "" where there is none."""
        there = 1 <= number <= max(1, -(-self.total // self.size))
        return self._page(number) if there else ""

    def _page(self, number: int) -> str:
        given = {place: text for place, text in zip(PLACES, self.pattern.given, strict=True) if text}
        query = urlencode({**given, **({"page": number} if number else {})}, quote_via=quote)
        return f"{self.service}?{query}" if query else self.service


def controls(part: Part) -> list[ox.Triple]:
    """Return what a page says about itself."""
    dataset, search = f"{part.service}#dataset", f"{part.service}#search"
    page, fragment, total = part.address, part.fragment, ox.Literal(part.total)
    told: list[tuple[str, str, str | ox.Literal]] = [
        (f"{page}#metadata", _FOAF + "primaryTopic", dataset),
        (dataset, RDF_TYPE, _VOID + "Dataset"),
        (dataset, RDF_TYPE, _HYDRA + "Collection"),
        (dataset, _VOID + "subset", fragment),
        (dataset, _VOID + "subset", page),
        (dataset, _VOID + "uriLookupEndpoint", ox.Literal(_template(part.service))),
        (dataset, _HYDRA + "search", search),
        (search, _HYDRA + "template", ox.Literal(_template(part.service))),
        (search, _HYDRA + "variableRepresentation", _HYDRA + "ExplicitRepresentation"),
        (fragment, RDF_TYPE, _HYDRA + "Collection"),
        (fragment, _VOID + "subset", page),
        (page, RDF_TYPE, _HYDRA + "PartialCollectionView"),
        (page, _HYDRA + "totalItems", total),
        (page, _VOID + "triples", total),
        (page, _HYDRA + "itemsPerPage", ox.Literal(part.size)),
        (page, _HYDRA + "first", part.page(1)),
    ]
    if page != fragment:
        told += [(fragment, _HYDRA + "totalItems", total), (fragment, _VOID + "triples", total)]
    for link, number in (("next", part.number + 1), ("previous", part.number - 1)):
        if address := part.page(number):
            told.append((page, _HYDRA + link, address))
    for place in PLACES:
        mapping = f"{part.service}#{place}"
        told += [
            (search, _HYDRA + "mapping", mapping),
            (mapping, _HYDRA + "variable", ox.Literal(place)),
            (mapping, _HYDRA + "property", _RDF + place),
        ]
    return [_triple(*each) for each in told]


def _template(service: str) -> str:
    return f"{service}{{?{','.join(PLACES)}}}"


def _triple(subject: str, predicate: str, target: str | ox.Literal) -> ox.Triple:
    value = target if isinstance(target, ox.Literal) else ox.NamedNode(target)
    return ox.Triple(ox.NamedNode(subject), ox.NamedNode(predicate), value)


def quads(part: Part, data: Iterable[ox.Triple], apart: bool) -> list[ox.Quad]:
    """Return data and controls, the controls in a graph of their own where the format has graphs."""
    graph = ox.NamedNode(f"{part.address}#metadata") if apart else ox.DefaultGraph()
    told = [ox.Quad(each.subject, each.predicate, each.object, graph) for each in controls(part)]
    return [ox.Quad(each.subject, each.predicate, each.object) for each in data] + told
