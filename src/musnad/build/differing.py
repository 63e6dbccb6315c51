"""Which named graphs have other rows than in the tables of the last build, and the rows of some graphs.

Rows stand in the order of their documents, so that the tables of two builds begin and end alike; only between
are lines looked at, and compared graph by graph. Chosen over (a) reading every row, which takes as long as to
map it, and (b) a list of what changed kept beside the tables, which could tell of other tables.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from hashlib import blake2b
from io import BufferedReader
from pathlib import Path
from typing import Final

import orjson

from musnad.release.blocks import BLOCK, common, common_end, may_hold, whole_lines
from musnad.tables.columns import TABLES, Row

_GRAPH: Final = re.compile(rb'"graph":"([^"\\]*)"')  # within a text of JSON no quotation mark stands alone


def differing(before: Path, after: Path) -> set[str] | None:
    """Return the graphs whose rows are others than before; None where that cannot be told."""
    found = set[str]()
    try:
        for table in TABLES:
            graphs = _differing(before / f"{table}.jsonl", after / f"{table}.jsonl")
            if graphs is None:
                return None
            found |= graphs
    except OSError:
        return None
    return found


def rows_of(tables: Path, graphs: Collection[str]) -> Iterator[tuple[str, Row]]:
    """Yield table and row of every row of some graphs."""
    wanted = {graph.encode("utf-8") for graph in graphs}
    pieces = [b'"graph":"%b"' % graph for graph in wanted]
    for table in TABLES:
        with (tables / f"{table}.jsonl").open("rb") as file:
            for block in whole_lines(file):
                for line in block.splitlines(keepends=True) if may_hold(block, pieces) else ():
                    told = _GRAPH.search(line)
                    if told and told[1] in wanted:
                        yield table, orjson.loads(line)


def _differing(before: Path, after: Path) -> set[str] | None:
    """Return the graphs that have other rows in one table."""
    with before.open("rb") as old, after.open("rb") as new:
        sizes = before.stat().st_size, after.stat().st_size
        start = _beginning(old, new)
        end = _ending(old, new, sizes, start)
        one, other = (_digests(file, start, size - end) for file, size in zip((old, new), sizes, strict=True))
    if one is None or other is None:
        return None
    return {graph for graph in one.keys() | other.keys() if one.get(graph) != other.get(graph)}


def _beginning(old: BufferedReader, new: BufferedReader) -> int:
    """Return how many bytes of whole lines two files begin with alike."""
    place = whole = 0
    while one := old.read(BLOCK):
        alike = common(one, new.read(BLOCK))
        last = one.rfind(b"\n", 0, alike)
        whole = place + last + 1 if last >= 0 else whole
        if alike < len(one):
            break
        place += alike
    return whole


def _ending(old: BufferedReader, new: BufferedReader, sizes: tuple[int, int], start: int) -> int:
    """Return how many bytes of whole lines two files end with alike, after where they begin alike."""
    most, alike = min(sizes) - start, 0
    while alike < most:
        step, parts = min(BLOCK, most - alike), list[bytes]()
        for file, size in zip((old, new), sizes, strict=True):
            file.seek(size - alike - step)
            parts.append(file.read(step))
        same = step if parts[0] == parts[1] else common_end(*parts)
        alike += same
        if same < step:
            break
    if alike:
        old.seek(sizes[0] - alike)
        alike -= len(old.readline())  # which may begin in what differs
    return alike


def _digests(file: BufferedReader, start: int, end: int) -> dict[str, bytes] | None:
    """Return a hash of the lines of every graph in a piece of a table; None where a line has no graph."""
    told: dict[bytes, blake2b] = {}
    file.seek(start)
    left = end - start
    for line in file if left > 0 else ():
        graph = _GRAPH.search(line)
        if graph is None:
            return None
        told.setdefault(graph[1], blake2b(digest_size=16)).update(line)
        left -= len(line)
        if left <= 0:
            break
    return {graph.decode("utf-8"): digest.digest() for graph, digest in told.items()}
