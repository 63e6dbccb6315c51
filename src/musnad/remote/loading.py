"""Make another server hold what a build holds: graph by graph, and only those that differ.

What is there is asked of the server itself, so that a run that broke off goes on where it stopped, and a
second run sends nothing. A long graph goes in parts: the first replaces it, the others are added. Chosen over
(a) a ledger beside the build, which says nothing of what others did to the server, and (b) one upload of the
whole dataset, which servers with a limit on a request refuse and which starts again from its first byte.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

import pyoxigraph as px

from musnad.errors import EndpointError
from musnad.remote.client import Remote
from musnad.remote.content import Content, content_of, contents_at, sizes_at
from musnad.store import Store

PART: Final = 20_000  # triples of one request, some megabytes
_MISSING: Final = 404
Progress = Callable[[Sequence[str]], Iterable[str]]


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load did: graphs that were sent, left as they were, removed; all triples, and their digest."""

    sent: tuple[str, ...]
    kept: int
    removed: tuple[str, ...]
    triples: int
    digest: str


def load(store: Store, remote: Remote, home: str, progress: Progress = iter) -> Loaded:
    """Make the graphs of a server whose names begin with `home` those of a store, and check them there.

    Raises EndpointError where the server is away, refuses, or afterwards holds something else. Other graphs
    of the server are left alone.
    """
    wanted = {graph: content_of(store.quads(graph)) for graph in store.graphs()}
    sizes = sizes_at(remote)
    likely = {graph: each for graph, each in wanted.items() if sizes.get(graph) == each.triples}
    kept = _same(store, remote, likely)
    sent = {graph: each for graph, each in wanted.items() if graph not in kept}
    for graph in progress(list(sent)):
        _send(store, remote, graph)
    removed = sorted(graph for graph in sizes if graph.startswith(home) and graph not in wanted)
    for graph in removed:
        remote.remove(graph)
    if wrong := sorted(sent.keys() - _same(store, remote, sent)):
        problem = f"{len(wrong)} of {len(sent)} graphs differ there; {_told(store, remote, wrong[0])}"
        raise EndpointError(wrong[0], problem, "does the server rewrite values? see docs/servers.md")
    whole = Content.of_all(wanted.values())
    return Loaded(tuple(sent), len(kept), tuple(removed), whole.triples, whole.digest)


def _same(store: Store, remote: Remote, wanted: Mapping[str, Content]) -> set[str]:
    """Return the graphs that are on the server as they are here: by their hashes, else read back."""
    same = {graph for graph, there in contents_at(remote, list(wanted)) if there == wanted[graph]}
    rest = wanted.keys() - same
    return same | {graph for graph in rest if not any(_difference(store, remote, graph))}


def _send(store: Store, remote: Remote, graph: str) -> None:
    quads = store.quads(graph)
    write = remote.put
    for part in _parts(quads):
        write(graph, part)
        write = remote.add


def _parts(quads: Iterator[px.Quad]) -> Iterator[bytes]:
    """Yield quads as N-Triples, so many at once that a server takes them."""
    while part := [quad.triple for quad in islice(quads, PART)]:
        yield b"".join(f"{triple} .\n".encode() for triple in part)


def _difference(store: Store, remote: Remote, graph: str) -> tuple[set[str], set[str]]:
    """Return the triples of a graph that are missing on the server, and those that are only there."""
    try:
        there = {str(quad.triple) for quad in px.parse(remote.read(graph), format=px.RdfFormat.N_TRIPLES)}
    except EndpointError as error:
        if error.status != _MISSING:
            raise
        there = set()
    here = {str(quad.triple) for quad in store.quads(graph)}
    return here - there, there - here


def _told(store: Store, remote: Remote, graph: str) -> str:
    """Return the first triple on either side that the other has not, for who has to find out why."""
    sides = zip(("missing there", "only there"), _difference(store, remote, graph), strict=True)
    return "; ".join(f"{side}: {min(triples)}" for side, triples in sides if triples)
