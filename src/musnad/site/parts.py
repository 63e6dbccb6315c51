"""Where a list is cut into parts: at places that its rows choose, so that one row more changes one part.

A part ends before the row of the lowest hash in its second half, and its number in addresses is made of the
row that it begins with. What comes or goes elsewhere in the list moves neither: all parts but those around
the change keep their rows, their addresses and their neighbours (the content-defined chunks of “A
Low-bandwidth Network File System”, SOSP 2001). The first part is number 1. Chosen over (a) so many rows for
each part, counted from the beginning, where one row more moves all rows after it, and (b) parts by year or
by letter, of which some hold nothing and some ten thousand rows (`docs/decisions/0008-parts-that-stay.md`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import blake2b
from typing import Final
from zlib import crc32

_NUMBERS: Final = 10**9 - 2  # a number has at most nine digits; 0 is no part, 1 is the first
Rows = tuple[int, int]  # the first row of a part, and the one after its last
Key = (
    str | tuple[object, ...]
)  # a row, or what tells it from others: of values the first, and the second if an IRI


@dataclass(frozen=True, slots=True)
class Around:
    """The parts beside one: their numbers, 0 where there is none, and where the lists of this one go on."""

    previous: int = 0
    next: int = 0
    further: Mapping[str, int] = field(default_factory=dict)  # name of a list → number of its second part
    pages: int = 1  # how many parts an answer of the server has; a list that is written tells none


@dataclass(frozen=True, slots=True)
class Parts:
    """All parts of the lists of one page: the first has the beginning of each, every other a piece of one."""

    numbers: tuple[int, ...]
    rows: tuple[Mapping[str, Rows], ...]  # of each part, by the names of the lists
    _places: Mapping[int, int]

    @classmethod
    def of(cls, lists: Mapping[str, tuple[Sequence[Key], int]]) -> Parts:
        """Return the parts of lists: name → what tells its rows apart, and how many a part may have."""
        first: dict[str, Rows] = {}
        later: list[tuple[str, Rows]] = []
        for name, (rows, most) in lists.items():
            cuts = list(_cuts(rows, most))
            first[name] = cuts[0]
            later += [(name, part) for part in cuts[1:]]
        places = {1: 0}
        for name, (start, _) in later:
            told = f"{name}\0{_text(lists[name][0][start])}".encode()
            number = 2 + int.from_bytes(blake2b(told, digest_size=8).digest()) % _NUMBERS
            while number in places:
                number = number + 1 if number <= _NUMBERS else 2
            places[number] = len(places)
        return cls(tuple(places), (first, *({name: rows} for name, rows in later)), places)

    def find(self, number: int) -> Mapping[str, Rows] | None:
        """Return the rows of a part by the names of the lists; None where there is no such part."""
        place = self._places.get(number)
        return None if place is None else self.rows[place]

    def around(self, number: int) -> Around:
        """Return what stands beside a part that there is."""
        place = self._places[number]
        previous = self.numbers[place - 1] if place else 0
        following = self.numbers[place + 1] if place + 1 < len(self.numbers) else 0
        return Around(previous, following, {} if place else self._further())

    def holding(self, name: str, row: int) -> int:
        """Return the number of the part that holds a row of a list."""
        for number, rows in zip(self.numbers, self.rows, strict=True):
            start, end = rows.get(name, (0, 0))
            if start <= row < end:
                return number
        return 1

    def _further(self) -> dict[str, int]:
        found: dict[str, int] = {}
        for number, rows in zip(self.numbers[1:], self.rows[1:], strict=True):
            for name in rows:
                found.setdefault(name, number)
        return found


ALONE: Final = Parts.of({})


def _cuts(rows: Sequence[Key], most: int) -> Iterable[Rows]:
    """Yield first row and end of each part."""
    start, end = 0, len(rows)
    while end - start > most:
        half = start + (most + 1) // 2
        hashes = [crc32(_text(key).encode()) for key in rows[half : start + most + 1]]
        cut = half + hashes.index(min(hashes))
        yield start, cut
        start = cut
    yield start, end


def _text(key: Key) -> str:
    """Return what tells a row from others: no count is in it, which changes without the row being another."""
    if isinstance(key, str):
        return key
    return f"{key[0]}\0{key[1]}" if len(key) > 1 and isinstance(key[1], str) else str(key[0])
