"""The judgement of named graphs by way of the cache, each under the hash of its quads.

Of a graph of other quads than in the last build the nodes are judged that the difference is about, where the
shapes allow it (`musnad.validation.afterwards`); the rest is known from then.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import blake2b

from musnad.build.cache import Cache, key_of
from musnad.build.delta import Delta
from musnad.build.plain import dump, load
from musnad.store import Store
from musnad.validation import Judge, Shapes, ValidationResult, judged_after


@dataclass(frozen=True, slots=True)
class _Judged:
    """What the shapes object to in one named graph."""

    results: tuple[ValidationResult, ...]


def graph_digests(lines: Iterable[bytes]) -> dict[str, bytes]:
    """Return a hash of the quads of every named graph, of their sorted lines."""
    told: dict[bytes, blake2b] = {}
    for line in lines:
        graph = line[line.rindex(b"<") + 1 : line.rindex(b">")]
        if graph not in told:
            told[graph] = blake2b(digest_size=32)
        told[graph].update(line)
    return {graph.decode("utf-8"): digest.digest() for graph, digest in told.items()}


@dataclass(frozen=True, slots=True)
class Before:
    """What is known of the last build: the hashes of its named graphs, and what parts its quads from ours."""

    digests: Mapping[str, bytes]
    change: Delta


@dataclass(frozen=True, slots=True)
class KnownGraphs:
    """Judges the named graphs of a store, and none twice."""

    cache: Cache
    ground: str
    digests: Mapping[str, bytes]
    before: Before | None

    def judge(self, store: Store, shapes: Shapes, graph: str, judge_one: Judge) -> Iterable[ValidationResult]:
        """Return what the shapes object to in one named graph; `judge_one` looks at all of it."""
        if graph not in self.digests:  # of what the store has beside its quads
            return judge_one(graph)
        kept = self._kept(graph, self.digests)
        if kept is None:
            after = self._after(store, shapes, graph)
            kept = tuple(judge_one(graph) if after is None else after)
            self.cache.put(self._key(graph, self.digests), dump(_Judged(kept)))
        return kept

    def _after(self, store: Store, shapes: Shapes, graph: str) -> Sequence[ValidationResult] | None:
        """Return the results from those of the last build, where they are known."""
        known = self._kept(graph, self.before.digests) if self.before else None
        if self.before is None or known is None:
            return None
        quads = (*self.before.change.removed, *self.before.change.added)
        own = [quad for quad in quads if str(quad.graph_name)[1:-1] == graph]
        return judged_after(store, shapes, graph, known, own)

    def _kept(self, graph: str, digests: Mapping[str, bytes]) -> tuple[ValidationResult, ...] | None:
        kept = self.cache.get(self._key(graph, digests)) if graph in digests else None
        return None if kept is None else load(_Judged, kept).results

    def _key(self, graph: str, digests: Mapping[str, bytes]) -> bytes:
        return key_of("judged", self.ground, graph, digests[graph])
