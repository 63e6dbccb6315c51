"""Tell whether an event is still to come: put off, expected, next, or told of in the present for tomorrow.

Chosen over (a) every present tense as a plan, though headlines tell so of what is done, and (b) dates alone,
which «the next conference» does not have.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from typing import Final

from musnad.folding import fold_name
from musnad.understanding.clauses import is_past
from musnad.understanding.governing import MARKS, NOT_VERBS, PRESENT
from musnad.understanding.particles import ANY, COMMAS
from musnad.understanding.patterns import Words
from musnad.understanding.sentences import Token

_EVENTS: Final = frozenset({"participatedIn", "heldAt", "heldOn", "metWith", "organised", "sponsored"})
_TO_COME: Final = _EVENTS | {"attacked", "killed", "resignedFrom", "agreedOn", "appointed"}
_CLOSE: Final = "”"
_NEXT: Final = frozenset({"المقبل", "المقبله", "القادم", "القادمه", "غدا"})  # next, tomorrow
_SOON: Final = 4  # tokens after an event among which «next week» stands


def unheld(relation: str, tokens: Sequence[Token], span: tuple[int, int], words: Words) -> str:
    """Return how an event is put that is only expected, put off, next, or any («any strikes would …»)."""
    first, last = span
    if first and tokens[first - 1].bare == ANY:
        return "possible"
    beyond = last + (last < len(tokens) and tokens[last].text == _CLOSE)
    if any(token.among(words.all("alleged")) for token in tokens[beyond : beyond + 1]):
        return "possible"
    ahead = any(token.among(words.all("ahead")) for token in tokens[max(0, first - 1) : last + 1])
    ahead = ahead and relation in _EVENTS
    return "planned" if ahead or (relation in _TO_COME and _is_coming(tokens, span)) else ""


def _is_coming(tokens: Sequence[Token], span: tuple[int, int]) -> bool:
    """Tell whether an event is told of in the present and is to come («X hosts a meeting next week»)."""
    first, last = span
    told = any(t.is_word and t.text not in NOT_VERBS and PRESENT.match(t.bare) for t in tokens[first:last])
    if not told or any(is_past(token) for token in tokens[first:last]):
        return False
    near = takewhile(lambda token: token.text not in COMMAS | MARKS, tokens[first : last + _SOON])
    return any(_NEXT & {token.bare, *_last_word(token)} for token in near)


def _last_word(token: Token) -> list[str]:
    """Return the last word of the name that a token stands for («the next conference»)."""
    return fold_name(token.mentions[0].label).split()[-1:] if token.mentions else []
