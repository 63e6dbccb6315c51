"""Join the side of a place to its name: «في شمال …» is one step of a line, and what lies there is the place.

Chosen over (a) the side as a name of its own, which makes two places of one, and (b) leaving it between the
preposition and the name, which hides from every pattern that something is there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from musnad.understanding.sentences import Token

_INTO: Final = frozenset({"في", "من", "الي", "نحو"})  # in, from, to, towards
_AND_INTO: Final = frozenset({"وفي", "ومن", "والي"})  # and in, and from, and to
_SIDES: Final = frozenset(
    {"شمال", "جنوب", "شرق", "غرب", "وسط", "شمالي", "جنوبي", "شرقي", "غربي"}
)  # north, south, east, west, middle of
_IN: Final = "ب"  # in, written with the side
_PLACE: Final = "<L>"
_MOST: Final = 2  # sides before a name («شمال شرق …»)


def with_sides(tokens: Iterable[Token]) -> list[Token]:
    """Return the tokens of a line, each place with its side after a preposition as one."""
    kept: list[Token] = []
    for token in tokens:
        sides = _sides_before(kept) if token.text == _PLACE else 0
        if sides:
            first = kept[-sides]
            fused = first.text not in _SIDES
            del kept[-sides:]
            start = first.start + fused
            if fused:
                kept.append(replace(first, text=f"{_IN}+", end=start))
            token = replace(token, start=start)
        kept.append(token)
    return kept


def _sides_before(tokens: Sequence[Token]) -> int:
    """Return how many words before a place are its sides with a preposition before them, else 0."""
    for count in range(1, min(_MOST, len(tokens)) + 1):
        word = tokens[-count].text
        if word[:1] == _IN and word[1:] in _SIDES:
            return count
        if word not in _SIDES:
            return 0
        before = tokens[-count - 1].text if count < len(tokens) else ""
        if before in _INTO | _AND_INTO:
            return count
    return 0
