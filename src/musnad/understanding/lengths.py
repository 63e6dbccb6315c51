"""How long a sentence may be: what no mark ends is cut, so that no page costs more than its length.

Patterns look at pairs of names, so that the cost of a sentence grows with the square of its length. Chosen
over (a) leaving out long sentences, which are whole pages where nobody wrote full stops, and (b) a limit of
time, which would give another reading on a slower machine.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final, Protocol, TypeVar

LONGEST: Final = 240  # tokens; the longest sentence of 26 held-out pages has 96
_MARKS: Final = frozenset({",", ";", "؛", ":"})


class _Worded(Protocol):
    @property
    def text(self) -> str: ...


T = TypeVar("T", bound=_Worded)


def bounded(sentences: Iterable[list[T]], longest: int = LONGEST) -> Iterator[list[T]]:
    """Yield the sentences; a longer one in parts, each up to the last mark of its second half."""
    for tokens in sentences:
        rest = tokens
        while len(rest) > longest:
            marks = (
                place + 1 for place in range(longest - 1, longest // 2, -1) if rest[place].text in _MARKS
            )
            stop = next(marks, longest)
            yield rest[:stop]
            rest = rest[stop:]
        if rest:
            yield rest
