"""Triples in clusters: a resource together with its parts (`claim/0123`, `claim/0123#hop-0`).

A cluster fits in memory, whatever the size of the dataset; the formats for readers are written cluster by
cluster. Chosen over (a) a store on the disk, which takes sixteen times as long to fill as the mapping takes
to run, and (b) reading the file once for each resource.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

import pyoxigraph as px

from musnad.release.lines import Parts, keyed
from musnad.release.sorting import Sorter

Cluster = list[px.Triple]


def add_merged(sorter: Sorter, parts: Parts) -> None:
    """Add a triple to a sorter whose clusters are those of one graph, or of several merged."""
    sorter.add(keyed(parts.triple + b" .\n", parts.root))


def add_graphs(sorter: Sorter, parts: Parts) -> None:
    """Add a triple to a sorter whose clusters are those of each graph."""
    sorter.add(keyed(parts.triple + b" .\n", parts.graph, parts.root))


def merged_clusters(sorter: Sorter) -> Iterator[Cluster]:
    """Yield the clusters of merged graphs, by IRI."""
    yield from _clusters(sorter)


def graph_clusters(sorter: Sorter) -> Iterator[tuple[str, Iterator[Cluster]]]:
    """Yield each graph by IRI ("" for the default graph) with its clusters, to be read in turn."""
    for graph, lines in groupby(sorter, lambda line: line[: line.index(b"\0")]):
        yield graph.decode(), _clusters(line[len(graph) + 1 :] for line in lines)


def _clusters(lines: Iterable[bytes]) -> Iterator[Cluster]:
    for _, group in groupby((line.partition(b"\0") for line in lines), lambda cut: cut[0]):
        text = b"".join(triple for _, _, triple in group)
        yield [quad.triple for quad in px.parse(text, format=px.RdfFormat.N_TRIPLES)]
