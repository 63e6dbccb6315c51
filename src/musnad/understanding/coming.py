"""Tell whether an event is still to come: put off, expected, next, or told of in the present for tomorrow.

Chosen over (a) every present tense as a plan, though headlines tell so of what is done, and (b) dates alone,
which «the next conference» does not have.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from typing import Final

from musnad.folding import fold_name
from musnad.understanding.calendar import is_later
from musnad.understanding.clauses import is_past
from musnad.understanding.governing import MARKS, NOT_VERBS, PRESENT
from musnad.understanding.particles import ANY, COMMAS
from musnad.understanding.sentences import Token
from musnad.understanding.setting import Setting

_EVENTS: Final = frozenset({"participatedIn", "heldAt", "heldOn", "metWith", "organised", "sponsored"})
_TO_COME: Final = _EVENTS | {"attacked", "killed", "resignedFrom", "agreedOn", "appointed"}
_CLOSE: Final = "”"
_NEXT: Final = frozenset({"المقبل", "المقبله", "القادم", "القادمه", "غدا"})  # next, tomorrow
_NEXT_WEEK: Final = 2  # tokens of «next week»
_SOON: Final = 4  # tokens after an event among which «next week» stands


def unheld(relation: str, tokens: Sequence[Token], span: tuple[int, int], setting: Setting) -> str:
    """Return how an event is put that is only expected, put off, next, or any («any strikes would …»)."""
    (first, last), words = span, setting.patterns.words
    if first and tokens[first - 1].bare == ANY:
        return "possible"
    beyond = last + (last < len(tokens) and tokens[last].text == _CLOSE)
    if any(token.among(words.all("alleged")) for token in tokens[beyond : beyond + 1]):
        return "possible"
    ahead = any(token.among(words.all("ahead")) for token in tokens[max(0, first - 1) : last + 1])
    ahead = relation in _EVENTS and (ahead or _is_tomorrow(tokens, span, setting))
    return "planned" if ahead or (relation in _TO_COME and _is_coming(tokens, span, setting)) else ""


def _is_coming(tokens: Sequence[Token], span: tuple[int, int], setting: Setting) -> bool:
    """Tell whether an event is told of in the present and is to come («X hosts a meeting next week»)."""
    first, last = span
    told = any(t.is_word and t.text not in NOT_VERBS and PRESENT.match(t.bare) for t in tokens[first:last])
    if not told or any(is_past(token) for token in tokens[first:last]):
        return False
    near = takewhile(lambda token: token.text not in COMMAS | MARKS, tokens[first : last + _SOON])
    return any(_is_next(token, setting) for token in near)


def _is_tomorrow(tokens: Sequence[Token], span: tuple[int, int], setting: Setting) -> bool:
    """Tell whether a day to come stands right after an event («the talks of X tomorrow»)."""
    first, last = span
    past = any(is_past(token) for token in tokens[max(0, first - 1) : last])
    return not past and any(_is_next(token, setting) for token in tokens[last : last + _NEXT_WEEK])


def _is_next(token: Token, setting: Setting) -> bool:
    """Tell whether a word or a date puts something after the day of the page."""
    later = bool(token.edtf) and is_later(token.edtf, setting.document)
    return later or bool(_NEXT & {token.bare, *_last_word(token)})


def _last_word(token: Token) -> list[str]:
    """Return the last word of the name that a token stands for («the next conference»)."""
    return fold_name(token.mentions[0].label).split()[-1:] if token.mentions else []
