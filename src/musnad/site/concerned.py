"""Which reads of pages a change of the data concerns.

Every changed quad concerns the patterns that name its subject, its object or its graph, and the rows of
every query that it may have a part in (`depending`). What many pages ask of one thing is told apart from all
that is said of it: its names, its parts, which claims link to it, whether anything is said of it. Chosen over
(a) hashes of all answers, which only asking again can compare, and (b) one list of all things that changed,
which says nothing of the counts on other pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import permutations
from typing import Final

import pyoxigraph as px

from musnad.depending import Changed, reads_of, things_concerned
from musnad.site.queries import THESE, Query
from musnad.site.traces import (
    EVERYTHING,
    GRAPH,
    KNOWN,
    LINKS,
    NAMED,
    NAMES,
    OBJECT,
    PARTS,
    ROWS,
    SUBJECT,
    shelves_of,
    trace,
)

_THIS: Final = re.compile(r"[$?]this\b")


def concerned(queries: Iterable[Query], sides: Sequence[Changed], base: str) -> set[bytes]:
    """Return the reads whose answers a change may alter, removed quads first, then added ones."""
    found = {EVERYTHING}
    for side, other in permutations(sides, 2):
        for quad in side.quads:
            found.update(_patterns(quad, f"{base}claim/"))
        for node in {quad.subject for quad in side.quads}:
            if next(other.store.native.quads_for_pattern(node, None, None), None) is None:
                found.add(trace(KNOWN, str(node)))
    for query in queries:
        key = query.variables[0] if THESE in query.text else "this" if _THIS.search(query.text) else ""
        reads = reads_of(query.text.replace(THESE, ""), base, key, constant=query.about)
        things = things_concerned(sides, reads, key)
        if things is None:
            found.add(trace(ROWS, query.name))
        else:
            found.update(trace(ROWS, query.name, thing) for thing in things)
    return found


def _patterns(quad: px.Quad, claims: str) -> Iterator[bytes]:
    """Yield the reads that name a node of a quad; `claims` is what the IRIs of claims begin with."""
    subject, object_ = str(quad.subject), str(quad.object)
    yield from (trace(SUBJECT, subject), trace(OBJECT, object_), trace(GRAPH, str(quad.graph_name)))
    if quad.predicate.value in NAMES:
        yield trace(NAMED, subject)
    whole, part, _ = subject[1:-1].partition("#")
    if part:
        yield trace(PARTS, f"<{whole}>")
    elif whole.startswith(claims):
        yield from (trace(LINKS, object_, each) for each in shelves_of(whole.removeprefix(claims)))
