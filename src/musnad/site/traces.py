"""What a page asked of the store while it was made, as hashes that a change can be compared with.

Every read is noted where it happens: a pattern by the node that it names, a query of a page by its name and
the thing that it is about. A later build knows by them which pages a change may concern (`concerned`); two
reads with one hash make a page be written once too often, never too seldom. Chosen over (a) lists of
dependencies that someone writes, which would lie one day, and (b) hashes of what was answered, which only
asking again can compare.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from hashlib import blake2b
from heapq import nsmallest
from itertools import chain, islice
from typing import Any, Final, Protocol, cast

import pyoxigraph as px

from musnad.iri import DEFAULT_BASE
from musnad.site.orderly import Answer, listing
from musnad.site.tallies import Counts, Tally, tally
from musnad.site.values import to_value
from musnad.store import Engine, Store
from musnad.store_texts import Term, Texts
from musnad.vocabulary import PREFIXES

SUBJECT, OBJECT, GRAPH, ROWS = "subject", "object", "graph", "rows"
NAMED, KNOWN = "named", "known"  # of a node: what it is called; whether anything is said of it
PARTS, LINKS = "parts", "links"  # of what links to a node: parts of it; things of some shelves
SIZE: Final = 8  # bytes of the hash of a read
# The properties that name a thing; the first that is there wins.
NAMES: Final = (
    PREFIXES["rdfs"] + "label",
    PREFIXES["skos"] + "prefLabel",
    PREFIXES["schema"] + "name",
    PREFIXES["schema"] + "headline",
    PREFIXES["dcterms"] + "title",
    PREFIXES["schema"] + "creditText",
)
_PLACES: Final = range(1 << 16)
_FEW_LINKS: Final = 500
_MOST_LINKS: Final = 50_000  # to one node that are held, 8 MB
Link = tuple[str, px.NamedNode]  # an IRI, and the property by which it links


@lru_cache(maxsize=1 << 16)
def trace(kind: str, *words: str) -> bytes:
    """Return the hash of a read: 8 bytes.

    >>> trace(SUBJECT, "https://example.org/a") == trace(OBJECT, "https://example.org/a")
    False
    """
    return blake2b("\0".join((kind, *words)).encode("utf-8"), digest_size=SIZE).digest()


def shelves_of(name: str) -> tuple[str, str, str]:
    """Return the shelves on which a name stands: the only one, of 256 and of 65,536 in the order of names.

    >>> shelves_of("0a9b77"), shelves_of("xyz")
    (('', '0a', '0a9b'), ('', 'ff', 'ffff'))
    """
    place = _place(name)
    return "", f"{place >> 8:02x}", f"{place:04x}"


def shelves_until(name: str) -> list[str]:
    """Return the shelves of all names up to one, and of few others: at most 511."""
    place = _place(name)
    whole = place >> 8
    return [f"{each:02x}" for each in range(whole)] + [f"{each:04x}" for each in range(whole << 8, place + 1)]


def _place(name: str) -> int:
    return max(0, bisect_right(_PLACES, name[:4], key="{:04x}".format) - 1)


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
        about = NAMED if predicate is not None and predicate.value in NAMES else SUBJECT
        for kind, term in ((about, subject), (OBJECT, object_), (GRAPH, graph_name)):
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
        self._near: tuple[px.NamedNode | None, list[Link]] = (None, [])
        self._unnoted = Store(store, base)
        super().__init__(_Noting(store, self._notes), base)

    def note(self, query: str = "", this: str = "", node: str = "") -> None:
        """Note what is asked for: rows of a query about a thing, the names of a node, or else everything."""
        if node:
            self.note_read(NAMED, node)
        elif query:
            self._notes.update((trace(ROWS, query), trace(ROWS, query, this)))
        else:
            self._notes.add(EVERYTHING)

    @property
    def unnoted(self) -> Store:
        """Return a store of the same quads that notes nothing."""
        return self._unnoted

    def note_read(self, kind: str, iri: str, *more: str) -> None:
        """Note what is asked of a node by whoever does not ask by patterns (`unnoted`)."""
        self._notes.add(trace(kind, f"<{iri}>", *more))

    def literals(self, iri: str, properties: Sequence[str]) -> list[px.Literal]:
        """Return the literals of some properties of a resource; of its names nothing else is noted."""
        if not set(properties) <= set(NAMES):
            return super().literals(iri, properties)
        self.note_read(NAMED, iri)
        return self._unnoted.literals(iri, properties)

    def _parts(self, iri: str, node: px.NamedNode) -> list[Term]:
        self.note_read(PARTS, iri)
        start = f"{iri}#"
        return [px.NamedNode(name) for name, _ in self.links(node) if name.startswith(start)]

    def links(self, node: px.NamedNode) -> Iterator[Link]:
        """Yield what links to a node, which is noted by whoever asks; the same is asked for twice."""
        if self._near[0] != node:
            found = links_to(self._unnoted, node)
            some = list(islice(found, _MOST_LINKS))
            if len(some) == _MOST_LINKS:
                return chain(some, found)
            self._near = node, some
        return iter(self._near[1])

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


def links_to(store: Store, node: px.NamedNode) -> Iterator[Link]:
    """Yield what links to a node; what several graphs say may come twice.

    Much is asked for property by property: half the work, because nothing but the one IRI leaves the store.
    """
    near = list(islice(store.native.quads_for_pattern(None, None, node), _FEW_LINKS))
    if len(near) < _FEW_LINKS:
        yield from ((q.subject.value, q.predicate) for q in near if isinstance(q.subject, px.NamedNode))
        return
    for row in store.select(f"SELECT DISTINCT ?link {{ ?from ?link {node} }}"):
        asked = f"SELECT ?from {{ ?from {row['link']} {node} }}"
        found = store.native.query(asked, use_default_graph_as_union=True)
        for [start] in cast(px.QuerySolutions, found):
            yield start.value, cast(px.NamedNode, row["link"])


def linking(store: Store, iri: str, start: str, most: int) -> dict[str, list[px.NamedNode]]:
    """Return what links to a node and begins with `start`, parts left out: the first by their IRIs.

    Each has the properties that link. Where there are more, what is noted are the shelves up to the last of
    them: what comes later is not read.
    """
    found, last, node = dict[str, list[px.NamedNode]](), "", px.NamedNode(iri)
    for name, link in store.links(node) if isinstance(store, TracedStore) else links_to(store, node):
        if name.startswith(start) and "#" not in name and not (last and name > last):
            found.setdefault(name, []).append(link)
            if len(found) > 4 * most:  # nobody knows how many there are
                found = {each: found[each] for each in nsmallest(most, found)}
                last = next(reversed(found))
    found = {each: found[each] for each in sorted(found)[:most]}
    if isinstance(store, TracedStore):
        names = list(found)
        for shelf in shelves_until(names[-1].removeprefix(start)) if len(names) == most else [""]:
            store.note_read(LINKS, iri, shelf)
    return found


def unnoted(store: Store) -> Store:
    """Return a store that notes nothing, for who notes what is asked of it."""
    return store.unnoted if isinstance(store, TracedStore) else store


def is_known(store: Store, iri: str) -> bool:
    """Tell whether anything is said of a node, whatever it is."""
    if isinstance(store, TracedStore):
        store.note_read(KNOWN, iri)
    return next(unnoted(store).native.quads_for_pattern(px.NamedNode(iri), None, None), None) is not None


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
