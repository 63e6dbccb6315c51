"""Cut what a slot took into the items of a list, and find whom each of them names.

Chosen over (a) every name, which takes the body that somebody heads for a member of the list, and (b) the
grammar, which matches a list as a whole.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from typing import Final

from musnad.model import Mention
from musnad.understanding.offices import is_office_of
from musnad.understanding.particles import AND
from musnad.understanding.sentences import Token

_JOINTS: Final = frozenset({",", "/", ";", "-", "•", "و+"})  # and


def list_items(
    tokens: Sequence[Token], letters: str, heads: Set[str]
) -> Iterator[tuple[int, int, tuple[Mention, ...]]]:
    """Yield (first, last, mentions) for each item of a list: its first mention of the list's types.

    Whose adviser or deputy an item is («adviser of X, Y») is not whom it names.
    """
    start = 0
    current: tuple[Mention, ...] = ()
    for number, token in enumerate([*tokens, None]):
        if token is None or token.text in _JOINTS or (number > start and _joins(tokens, number)):
            if current:
                yield start, number, current
            start, current = number + (token is not None and token.text in _JOINTS), ()
        if token is None or not token.mentions or token.text[1] not in letters:
            continue
        if number > start and token.text[1] in "PO" and is_office_of(tokens[number - 1], heads):
            continue
        if not current or (letters == "OP" and token.text[1] == "P" and current[0].type != "PERSON"):
            current = token.mentions  # «the secretary of X, Y» among bodies and people is Y


def _joins(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether a word with «and» written on it begins the next item."""
    word = tokens[place]
    return word.is_word and word.text[0] == AND and len(word.text) > 3 and bool(tokens[place - 1].mentions)
