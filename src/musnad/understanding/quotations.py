"""Pair the marks of quotations, and tell those of someone's words from those round a name.

Pages mix «…», “…”, ”…“ and "…", and forget to close; the blanks beside a mark tell which side it is, and only
where they do not, its shape. Chosen over (a) the shape alone, which many pages print the wrong way round, and
(b) pairing every second mark, which one forgotten mark turns inside out.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, Protocol

from musnad.model import Mention
from musnad.understanding.particles import THAT, THAT_CLAUSE

OPEN: Final = "“"
CLOSE: Final = "”"
MARK: Final = '"'  # every mark of quotation, folded
_OPENING: Final = "“«„‹"
_CLOSING: Final = "”»›"
_AFTER: Final = ".,،؛:)…"  # marks that follow a closing one
_ABBREVIATION: Final = 6  # tokens of an abbreviation in brackets
_NAME_WORDS: Final = 5  # a quotation of fewer words marks a name


class Piece(Protocol):
    """A token, as far as quotations need it."""

    @property
    def text(self) -> str:
        """Return the folded word or mark."""

    @property
    def start(self) -> int:
        """Return where it begins in the stored text."""

    @property
    def end(self) -> int:
        """Return where it ends in the stored text."""

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """Return the names that it is."""


def pair_quotes(tokens: Sequence[Piece], text: str) -> tuple[dict[int, str], set[int]]:
    """Return (kept, inside): the marks round words that someone says, and what goes on a name in marks.

    A quotation that is opened and never closed keeps its opening mark.
    """
    kept: dict[int, str] = {}
    inside: set[int] = set()
    opened: int | None = None
    for number, token in enumerate(tokens):
        if token.text != MARK:
            continue
        if opened is None or _opens(token, text) is True:
            opened = number if _opens(token, text) is not False else None
            continue
        after_colon = opened > 0 and tokens[opened - 1].text == ":"
        words = _words(tokens[opened + 1 : number])
        if words >= _NAME_WORDS or (after_colon and words > 1):
            kept |= {opened: OPEN, number: CLOSE}
        else:
            inside.update(range(opened + 2, number))
        opened = None
    if opened is not None and _words(tokens[opened + 1 :]) >= _NAME_WORDS:
        kept[opened] = OPEN
    return kept, inside


def pair_brackets(tokens: Sequence[Piece]) -> dict[int, str]:
    """Return the round brackets that stand for the marks of a quotation: after «that», or before it."""
    kept: dict[int, str] = {}
    for number, token in enumerate(tokens[:-1]):
        if token.text != "(" or number == 0:
            continue
        if tokens[number - 1].text not in THAT_CLAUSE and tokens[number + 1].text not in THAT:
            continue
        close = _closing_bracket(tokens, number)
        if _words(tokens[number + 1 : close]) >= _NAME_WORDS:
            kept[number] = OPEN
            kept |= {close: CLOSE} if close < len(tokens) else {}
    return kept


def _closing_bracket(tokens: Sequence[Piece], opening: int) -> int:
    """Return the bracket that closes another, the number of the tokens where none does."""
    depth = 0
    for number in range(opening, len(tokens)):
        depth += (tokens[number].text == "(") - (tokens[number].text == ")")
        if depth == 0:
            return number
    return len(tokens)


def is_abbreviation(tokens: Sequence[Piece], number: int) -> bool:
    """Tell whether a stop stands between letters in brackets («(إيه.تي.في)»)."""
    near = tokens[max(0, number - _ABBREVIATION) : number]
    bracket = next((token.text for token in reversed(near) if token.text in "()"), "")
    closes = any(token.text == ")" for token in tokens[number + 1 : number + 1 + _ABBREVIATION])
    tight = tokens[number - 1].end == tokens[number].start if number else False
    return bracket == "(" and closes and tight


def _words(tokens: Sequence[Piece]) -> int:
    return sum(1 for token in tokens if token.text[0].isalnum() or token.mentions)


def _opens(token: Piece, text: str) -> bool | None:
    """Tell whether a mark opens, closes, or may do either (None)."""
    before, after = text[: token.start][-1:], text[token.end : token.end + 1]
    free_before = not before.strip() or before in "(:"
    free_after = not after.strip() or after in _AFTER
    if free_before != free_after:
        return free_before
    mark = text[token.start]
    return True if mark in _OPENING else False if mark in _CLOSING and not free_before else None
