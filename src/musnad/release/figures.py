"""What a release counts: its triples, classes, properties and links, and the hash of each of its graphs.

Triples are counted once, in whatever graphs they stand; derived graphs are left out, as in `musnad.ttl`.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlsplit

import pyoxigraph as px

from musnad.release.clusters import Cluster
from musnad.release.lines import Parts
from musnad.release.sorting import Sorter
from musnad.vocabulary import PREFIXES, RDF_TYPE

# Properties that link to other datasets → their local names.
LINKS: Final = {
    PREFIXES[prefix] + name: name
    for prefix, name in (
        ("skos", "exactMatch"),
        ("skos", "closeMatch"),
        ("skos", "relatedMatch"),
        ("schema", "sameAs"),
    )
}
_ARCHIVED: Final = PREFIXES["schema"] + "archivedAt"


@dataclass(slots=True)
class GraphFigures:
    """One graph: its triples, and its canonical hash while it grows, or as it is known."""

    triples: int = 0
    known: str = ""
    _digest: hashlib._Hash = field(default_factory=hashlib.sha256)

    def add(self, triple: bytes) -> None:
        """Count one triple; they come in canonical order, each once."""
        self.triples += 1
        self._digest.update(triple + b" .\n")

    @property
    def sha256(self) -> str:
        """Return the hash of the graph by RDFC-1.0, as the default graph of a dataset of its own."""
        return self.known or self._digest.hexdigest()


@dataclass(slots=True)
class Figures:
    """What is counted while a release is written."""

    sha256: str = ""  # canonical hash of the whole dataset
    quads: int = 0
    graphs: dict[str, GraphFigures] = field(default_factory=dict)
    triples: int = 0
    subjects: int = 0
    objects: int = 0
    entities: int = 0  # subjects that have a class
    classes: Counter[str] = field(default_factory=Counter)
    properties: Counter[str] = field(default_factory=Counter)
    links: Counter[tuple[str, str]] = field(default_factory=Counter)  # (host, property)
    shown: frozenset[str] = frozenset()  # classes of which an example is told
    examples: dict[str, str] = field(default_factory=dict)  # class → its first resource
    earliest: str = ""  # day of publication of the first document
    latest: str = ""

    def add_quad(self, parts: Parts) -> None:
        """Count one quad of the canonical order."""
        self.quads += 1
        graph = parts.graph.decode()
        if graph not in self.graphs:
            self.graphs[graph] = GraphFigures()
        self.graphs[graph].add(parts.triple)

    def count(self, clusters: Iterable[Cluster], objects: Sorter, days: tuple[str, str]) -> None:
        """Count the clusters of the whole dataset.

        `objects` is an empty sorter for what is too much for memory; `days` are the properties of the
        earliest and of the latest day of a date.
        """
        for cluster in clusters:
            self.add_cluster(cluster, days)
            objects.extend({_short(triple.object) for triple in cluster})
        self.objects = sum(1 for _ in objects)

    def add_cluster(self, cluster: Cluster, days: tuple[str, str]) -> None:
        """Count one cluster, but for its objects, which others may have too."""
        self.triples += len(cluster)
        self.subjects += len({triple.subject for triple in cluster})
        self.entities += len({t.subject for t in cluster if t.predicate.value == RDF_TYPE})
        for triple in cluster:
            self.properties[triple.predicate.value] += 1
            if isinstance(triple.object, px.NamedNode):
                self._count_link(triple.subject, triple.predicate.value, triple.object.value)
        self._span(cluster, days)

    def exchange(self, gone: Figures, came: Figures) -> None:
        """Take the figures of clusters that are gone out, and put in those of the clusters that came.

        Raises LookupError where the first or the last of all is gone: it is not known of those that stayed.
        Objects, quads and graphs are left to the caller.
        """
        for name in ("triples", "subjects", "entities"):
            setattr(self, name, getattr(self, name) - getattr(gone, name) + getattr(came, name))
        self.classes = self.classes - gone.classes + came.classes
        self.properties = self.properties - gone.properties + came.properties
        self.links = self.links - gone.links + came.links
        self.earliest = _extreme(min, self.earliest, gone.earliest, came.earliest)
        self.latest = _extreme(max, self.latest, gone.latest, came.latest)
        for kind in self.shown & self.classes.keys():
            told = (each.examples.get(kind, "") for each in (self, gone, came))
            self.examples[kind] = _extreme(min, *told)
        self.examples = {kind: node for kind, node in self.examples.items() if kind in self.classes}

    def _count_link(self, subject: object, predicate: str, target: str) -> None:
        if predicate == RDF_TYPE:
            node = str(subject)[1:-1]
            self.classes[target] += 1
            if target in self.shown:
                self.examples[target] = min(node, self.examples.get(target, node))
        elif predicate in LINKS:
            self.links[urlsplit(target).netloc, predicate] += 1

    def _span(self, cluster: Cluster, days: tuple[str, str]) -> None:
        documents = {triple.subject for triple in cluster if triple.predicate.value == _ARCHIVED}
        for triple in cluster if documents else ():
            if triple.subject in documents and isinstance(triple.object, px.Literal):
                day = triple.object.value
                if triple.predicate.value == days[0]:
                    self.earliest = min(day, self.earliest or day)
                elif triple.predicate.value == days[1]:
                    self.latest = max(day, self.latest or day)


def _extreme(choose: Callable[..., str], last: str, gone: str, came: str) -> str:
    """Return the first or the last of all after an exchange, or raise LookupError where that is not known.

    >>> _extreme(min, "b", "c", "a"), _extreme(min, "b", "b", "a"), _extreme(max, "", "", "c")
    ('a', 'a', 'c')
    """
    found: str = choose(filter(None, (last, came)), default="")
    if last and last == gone and found != came:
        raise LookupError
    return found


def _short(term: object) -> bytes:
    """Return a line that stands for a term: 128 bits of it are enough to tell terms apart."""
    return hashlib.blake2b(str(term).encode("utf-8"), digest_size=16).hexdigest().encode() + b"\n"
