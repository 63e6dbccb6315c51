"""Find where a statement begins and ends: without marks, and words that belong to its neighbours.

«And that», «but he added that», «because» open what is said and are no part of it; «while» and «and» at its
end belong to what comes next. Chosen over (a) spans as they were cut, whose openings read like a part of the
words, and (b) trimming every conjunction, some of which say what the words mean («but», «if»).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from musnad.understanding.clauses import without_tail
from musnad.understanding.new_clauses import MATTER
from musnad.understanding.particles import (
    BECAUSE,
    COMMAS,
    NEGATIONS,
    SO,
    THAT,
    THAT_CLAUSE,
    THAT_NOT,
)
from musnad.understanding.patterns import Words
from musnad.understanding.sentences import Token

_PRESENT: Final = re.compile(r"[يتن]\w{2,}\Z")  # a verb of the present: he, she, we
_LEAST: Final = 3  # tokens before «but» among which a negation stands
_SOON: Final = 5  # tokens of a comment that is told apart
_AND_IS: Final = frozenset({"وهو"})  # and he is, and it is
_GIVEN: Final = frozenset({"باعتبار", "اعتبار"})  # given
_EDGES: Final = COMMAS | {"-", "“", "”", ":", ".", "..", "..."}
HENCE: Final = frozenset({"لذلك", "لذا", "لهذا", "عليه"})  # therefore, so, for this, on this
_LEFT_OVER: Final = frozenset(  # of the clause that comes next
    {
        *("كما", "لكن", "ولكن", "لكنه", "ولكنه", "لكنها", "ولكنها", "لكنهم", "ولكنهم"),  # as, but (he …)
        *("فيما", "بينما", "حيث", "ثم", "و", "وقد", "الا", "انه", "انها"),  # while, then, and, except that he
    }
)


def said_from(tokens: Sequence[Token], start: int, end: int, words: Words, *, opens: bool) -> int:
    """Return where what is said begins after «except that», «but he added that», «and that», «because»."""
    start += 2 * (start + 2 < end and (is_except(tokens, start) or _adds_that(tokens, start, words)))
    linked = tokens[start].bare in THAT_CLAUSE or tokens[start].text == BECAUSE
    start += not opens and linked and start + 1 < end
    start += _after_hence(tokens, start) if start + 2 < end else 0
    return start + 2 * (start + 2 < end and not opens and _is_given(tokens, start))


def _after_hence(tokens: Sequence[Token], start: int) -> int:
    """Return how many tokens «therefore (it is that)» has at a place, 0 where «so» does not follow it."""
    if tokens[start].bare not in HENCE or tokens[start + 1].text[0] != SO:
        return 0
    return 1 + (tokens[start + 1].bare in THAT_CLAUSE)


def _adds_that(tokens: Sequence[Token], start: int, words: Words) -> bool:  # «…, but he added that …»
    return tokens[start].text in words.all("add") and tokens[start + 1].bare in THAT_CLAUSE


def edges(tokens: Sequence[Token], start: int, end: int, words: Words) -> tuple[int, int]:
    """Return where a statement begins and ends, without marks, openings of the next one, and its tail."""
    while end > start and (tokens[end - 1].text in _EDGES or tokens[end - 1].text in _LEFT_OVER):
        end -= 1
    while start < end and tokens[start].text in _EDGES:
        start += 1
    return start, without_tail(tokens, start, end, words)


def is_except(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether «except that», which means «but», stands at a place."""
    if tokens[place].text != THAT_NOT or tokens[place + 1].text not in THAT_CLAUSE:
        return False
    verb = place + 2 < len(tokens) and tokens[place + 2].is_word and _PRESENT.match(tokens[place + 2].text)
    denied = any(token.bare in NEGATIONS for token in tokens[max(0, place - _LEAST) : place])
    return not (verb and denied)  # «it cannot but be …»


def explains(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether «, and it is …» or «, given that …» begins at a place."""
    near = tokens[place + 1 : place + _SOON]
    short = len(near) < _SOON - 1 or any(token.text in COMMAS for token in near)  # «…, and it is X»
    is_it = tokens[place].text in _AND_IS and tokens[place + 1].text not in MATTER and not short
    return tokens[place - 1].text in COMMAS and (is_it or _is_given(tokens, place))


def _is_given(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether «given that» stands at a place: what follows it is said too."""
    return tokens[place].text in _GIVEN and tokens[place + 1].text in THAT
