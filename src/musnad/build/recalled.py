"""Answers about all things of the last build, and the rows that a change has another say in.

The search, the facets and the lists of claims ask for a row of every claim. What they were told stands in
`pages.answers`, query by query, under the quads that it was asked of; at the next build only those things are
asked for that a quad which went or came may concern (`depending`). A triple that some graph of the other
build says too is no change, because a DISTINCT answer over all graphs is the same. Chosen over (a) asking
again, twenty times the cost of reading a row, and (b) what is made of the rows, in which all are counted. Of
queries that count things by group (`tallies`) the numbers alone are kept.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, Final

import orjson
import pyoxigraph as px

from musnad.build.cached import standing_on
from musnad.build.folder import Folder
from musnad.depending import Changed, reads_of, things_concerned, with_things
from musnad.site.folder import fingerprint
from musnad.site.tallies import Counts, Tally
from musnad.store import Store, loaded_from
from musnad.store_texts import Texts

FORMAT: Final = 2
_SUM: Final = 32
_FEW: Final = 1_000  # things, which are asked for faster than all
_TIMES: Final = 2  # as many rows as things concerned, where these are more: else all are asked for again
_COUNTS: Final = "counts of "  # before a key: what is kept are numbers
_BLOCK: Final = 1 << 20
_IRI: Final = re.compile(r"https?://[^\x00-\x20<>\"{}|^`\\]+")
_OF_GRAPHS: Final = re.compile(r"\b(?:GRAPH|FROM)\b", re.IGNORECASE)
_EVERY_ROW_ONCE: Final = re.compile(r"(?:\s*#[^\n]*\n)*\s*SELECT\s+DISTINCT\b", re.IGNORECASE)


@dataclass(slots=True)
class Recall:
    """What answers queries about all things, by what the last build was told, and keeps what this one is."""

    file: IO[bytes]
    known: Known | None = None
    sides: Sequence[Changed] = ()  # triples that one of the builds has
    every: Sequence[Changed] = ()  # quads that one of them has, where the other may have their triples
    _sum: hashlib._Hash = field(init=False, default_factory=hashlib.sha256)

    @classmethod
    def begin(cls, file: IO[bytes], build: Folder, known: Known | None = None) -> Recall:
        """Begin the answers of a build; its store is finished."""
        recall = cls(file, known, *(known.sides(build) if known else ()))
        recall._put(orjson.dumps(_head(build), option=orjson.OPT_APPEND_NEWLINE))
        return recall

    def texts(self, store: Store, query: str, key: str) -> list[Texts]:
        """Return the rows of a query whose answers are told apart by a variable, in any order."""
        rows = self._patched(store, query, key)
        if rows is None:
            rows = Store.texts(store, query, key)
        self._keep(query, key, rows)
        return rows

    def counts(self, store: Store, asked: Tally) -> Counts | None:
        """Return what a query tells of each group of things; None where that cannot be told."""
        counts = self._recounted(store, asked)
        if counts is None:
            counts = asked.told(store.select(asked.every))
        if counts is not None:
            self._keep(asked.asked, _COUNTS + asked.key, counts)
        return counts

    def end(self) -> None:
        """Write the checksum."""
        self.file.write(self._sum.digest())

    def _patched(self, store: Store, query: str, key: str) -> list[Texts] | None:
        """Return the rows of before, but for those of things that the change concerns; None where unknown."""
        rows = self.known.rows(query, key) if self.known and _EVERY_ROW_ONCE.match(query) else None
        if rows is None or any(key not in row for row in rows):
            return None
        things = self._concerned(query, key, len(rows))
        if not things:
            return rows if things is not None else None
        asked = with_things(query, store.base, key, sorted(things))
        if asked is None:
            return None
        return [*(row for row in rows if row[key][0] not in things), *Store.texts(store, asked, key)]

    def _recounted(self, store: Store, asked: Tally) -> Counts | None:
        """Return the groups of before, after what concerned things had and have; None where unknown."""
        counts = self.known.counts(asked) if self.known else None
        if counts is None:
            return None
        things = self._concerned(asked.asked, asked.key)
        if not things:
            return counts if things is not None else None
        some = with_things(asked.asked, store.base, asked.key, sorted(things))
        if some is None:
            return None
        return asked.changed(counts, *(side.store.texts(some, asked.key) for side in self.sides))

    def _concerned(self, query: str, key: str, rows: int = 0) -> set[str] | None:
        """Return the things whose rows a change may concern; None where they are best all asked for again."""
        sides = self.every if _OF_GRAPHS.search(query) else self.sides
        reads = reads_of(query, sides[0].store.base, key, constant=False)
        things = things_concerned(sides, reads, key)
        if things is None or not all(map(_IRI.fullmatch, things)):
            return None
        return things if len(things) <= max(_FEW, rows // _TIMES) else None

    def _keep(self, query: str, key: str, told: object) -> None:
        data = orjson.dumps(told)
        self._put(orjson.dumps([query, key, len(data)], option=orjson.OPT_APPEND_NEWLINE))
        self._put(data)

    def _put(self, data: bytes) -> None:
        self._sum.update(data)
        self.file.write(data)


@dataclass(frozen=True, slots=True)
class Known:
    """What a build was told: a file of answers, and what parts the build from the next."""

    path: Path
    places: dict[tuple[str, str], tuple[int, int]]  # query and key → where its rows are, and their bytes
    change: tuple[Changed, Changed]

    @classmethod
    def of(cls, last: Folder, change: tuple[Changed, Changed]) -> Known | None:
        """Return what a build was told; None where that is damaged, or not about its quads."""
        try:
            if not _whole(last.answers):
                return None
            with last.answers.open("rb") as file:
                if orjson.loads(file.readline()) != _head(last):
                    return None
                return cls(last.answers, dict(_places(file, last.answers.stat().st_size - _SUM)), change)
        except (OSError, ValueError):
            return None

    def rows(self, query: str, key: str) -> list[Texts] | None:
        """Return the rows of a query; None where it was not asked."""
        rows: list[Texts] | None = self._told(query, key)
        return rows

    def counts(self, asked: Tally) -> Counts | None:
        """Return what a query tells of each group; None where it was not asked."""
        counts: Counts | None = self._told(asked.asked, _COUNTS + asked.key)
        return counts

    def _told(self, query: str, key: str) -> Any:
        place = self.places.get((query, key))
        if place is None:
            return None
        with self.path.open("rb") as file:
            file.seek(place[0])
            return orjson.loads(file.read(place[1]))

    def sides(self, build: Folder) -> tuple[tuple[Changed, Changed], tuple[Changed, Changed]]:
        """Return the quads whose triples only one of two builds has in any graph, and all that part them."""
        before, after = self.change
        now = Store.open(build.store, read_only=True, base=after.store.base)  # one that notes nothing
        gone = [quad for quad in before.quads if not _has(now, quad)]
        came = [quad for quad in after.quads if not _has(before.store, quad)]
        return (Changed(before.store, gone), Changed(now, came)), (before, Changed(now, after.quads))


def _has(store: Store, quad: px.Quad) -> bool:
    """Tell whether a store has the triple of a quad in any graph."""
    found = store.native.quads_for_pattern(quad.subject, quad.predicate, quad.object)
    return next(iter(found), None) is not None


def _head(folder: Folder) -> dict[str, object]:
    """Return what answers depend on: the quads, the engine, and what it stands on."""
    return {"format": FORMAT, "ground": fingerprint([], standing_on()), "quads": loaded_from(folder.store)}


def _places(file: IO[bytes], end: int) -> Iterator[tuple[tuple[str, str], tuple[int, int]]]:
    """Yield where the rows of each query are."""
    while file.tell() < end:
        query, key, size = orjson.loads(file.readline())
        yield (query, key), (file.tell(), size)
        file.seek(size, 1)


def _whole(path: Path) -> bool:
    """Tell whether the checksum of a file is right."""
    left, told = path.stat().st_size - _SUM, hashlib.sha256()
    with path.open("rb") as file:
        while left > 0 and (block := file.read(min(_BLOCK, left))):
            told.update(block)
            left -= len(block)
        return left == 0 and file.read() == told.digest()
