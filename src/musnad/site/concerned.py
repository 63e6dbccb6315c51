"""Which reads of pages a change of the data concerns.

Every changed quad concerns the patterns that name its subject, its object or its graph, and the rows of every
query that it may have a part in (`depending`). Chosen over (a) hashes of all answers, which only asking again
can compare, and (b) one list of all things that changed, which says nothing of the counts on other pages.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

from musnad.depending import Changed, reads_of, things_concerned
from musnad.site.queries import THESE, Query
from musnad.site.traces import EVERYTHING, GRAPH, OBJECT, ROWS, SUBJECT, trace

_THIS: Final = re.compile(r"[$?]this\b")


def concerned(queries: Iterable[Query], sides: Sequence[Changed], base: str) -> set[bytes]:
    """Return the reads whose answers a change may alter, removed quads first, then added ones."""
    found = {EVERYTHING}
    for quad in (quad for side in sides for quad in side.quads):
        found.add(trace(SUBJECT, str(quad.subject)))
        found.add(trace(OBJECT, str(quad.object)))
        found.add(trace(GRAPH, str(quad.graph_name)))
    for query in queries:
        key = query.variables[0] if THESE in query.text else "this" if _THIS.search(query.text) else ""
        reads = reads_of(query.text.replace(THESE, ""), base, key, constant=query.about)
        things = things_concerned(sides, reads, key)
        if things is None:
            found.add(trace(ROWS, query.name))
        else:
            found.update(trace(ROWS, query.name, thing) for thing in things)
    return found
