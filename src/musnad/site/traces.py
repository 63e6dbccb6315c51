"""What a page asked of the store while it was made, as hashes that a change can be compared with.

Every read is noted where it happens: a pattern by the node that it names, a query of a page by its name and
the thing that it is about. A later build knows by them which pages a change may concern (`concerned`); two
reads with one hash make a page be written once too often, never too seldom. Chosen over (a) lists of
dependencies that someone writes, which would lie one day, and (b) hashes of what was answered, which only
asking again can compare.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from typing import Any, Final, Protocol

import pyoxigraph as px

from musnad.iri import DEFAULT_BASE
from musnad.site.orderly import Answer, listing
from musnad.site.tallies import Counts, Tally, tally
from musnad.site.values import to_value
from musnad.store import Engine, Store
from musnad.store_texts import Texts

SUBJECT, OBJECT, GRAPH, ROWS = "subject", "object", "graph", "rows"
SIZE: Final = 8  # bytes of the hash of a read


@lru_cache(maxsize=1 << 16)
def trace(kind: str, *words: str) -> bytes:
    """Return the hash of a read: 8 bytes.

    >>> trace(SUBJECT, "https://example.org/a") == trace(OBJECT, "https://example.org/a")
    False
    """
    return blake2b("\0".join((kind, *words)).encode("utf-8"), digest_size=SIZE).digest()


@dataclass(frozen=True, slots=True)
class Unit:
    """Files that are made together: a part of a page in all languages, or the data files of a thing."""

    name: str  # the file without a language, the first of the data files
    given: bytes  # hash of what the template was given
    reads: frozenset[bytes]  # what was looked up beside


@dataclass(frozen=True, slots=True)
class PathTrace:
    """What the pages of one path asked for: to be given their data, and in each of their units."""

    path: str
    thing: bool  # whether all that the pages read is traced: each of them is about one thing
    asked: frozenset[bytes]
    units: tuple[Unit, ...]


EVERYTHING: Final = trace("everything")  # of a page that depends on whatever there is


class _Noting:
    """An engine that notes the patterns that it is asked for."""

    def __init__(self, engine: Engine, notes: set[bytes]) -> None:
        self._engine, self._notes = engine, notes
        self.query = engine.query  # queries are noted by who knows what they are about
        self.named_graphs = engine.named_graphs

    def quads_for_pattern(
        self, subject: Any, predicate: Any, object_: Any, graph_name: Any = None, /
    ) -> Iterator[px.Quad]:
        """Yield the quads that match a pattern."""
        for kind, term in ((SUBJECT, subject), (OBJECT, object_), (GRAPH, graph_name)):
            if term is not None:
                self._notes.add(trace(kind, str(term)))
                break
        else:
            self._notes.add(EVERYTHING)
        return self._engine.quads_for_pattern(subject, predicate, object_, graph_name)

    def contains_named_graph(self, graph_name: Any, /) -> bool:
        """Tell whether there is a graph of a name."""
        self._notes.add(trace(GRAPH, str(graph_name)))
        return self._engine.contains_named_graph(graph_name)

    def __len__(self) -> int:
        return len(self._engine)


class Recalling(Protocol):
    """What knows answers about all things from an earlier time."""

    def texts(self, store: Store, query: str, key: str) -> list[Texts]:
        """Return the rows of a query whose answers are told apart by a variable."""

    def counts(self, store: Store, asked: Tally) -> Counts | None:
        """Return how many things each group of a query has; None where that cannot be told."""


class TracedStore(Store):
    """A store to be read only, which notes what is asked of it, and may recall what it was asked before."""

    def __init__(self, store: Engine, base: str = DEFAULT_BASE) -> None:
        self._notes: set[bytes] = set()
        self.recall: Recalling | None = None
        super().__init__(_Noting(store, self._notes), base)

    def note(self, query: str = "", this: str = "", node: str = "") -> None:
        """Note what is asked for: the rows of a query about a thing, a node, or else everything."""
        if node:
            self._notes.add(trace(SUBJECT, f"<{node}>"))
        elif query:
            self._notes.update((trace(ROWS, query), trace(ROWS, query, this)))
        else:
            self._notes.add(EVERYTHING)

    def texts(self, sparql: str, key: str) -> list[Texts]:
        """Return all rows of a SELECT DISTINCT query as texts; what is recalled is not asked again."""
        return self.recall.texts(self, sparql, key) if self.recall else super().texts(sparql, key)

    def counted(self, asked: Tally) -> list[Answer] | None:
        """Return the answer of a query that counts things by group; None where the store must be asked."""
        counts = self.recall.counts(self, asked) if self.recall else None
        return None if counts is None else asked.answers(counts)

    def noted(self) -> frozenset[bytes]:
        """Return what was asked since the last call."""
        found = frozenset(self._notes)
        self._notes.clear()
        return found


def listed(store: Store, sparql: str) -> list[Answer]:
    """Return all rows of a query about no thing; those that are recalled are put into their order here."""
    answers = None
    if isinstance(store, TracedStore) and store.recall:
        if counting := tally(sparql):
            answers = store.counted(counting)
        elif told := listing(sparql):
            answers = told.answers(store.texts(told.asked, told.key))
    return asked(store, sparql) if answers is None else answers


def asked(store: Store, sparql: str) -> list[Answer]:
    """Return all rows of a query as values."""
    return [{name: to_value(term) for name, term in row.items()} for row in store.select(sparql)]


def lists_claims(store: Store, sparql: str) -> bool:
    """Tell whether rows of all claims are recalled, faster than those of a few things are asked for."""
    told = listing(sparql) if isinstance(store, TracedStore) and store.recall else None
    return told is not None and told.of_claims
