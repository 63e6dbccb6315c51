"""Two that a sentence names together, and that «both countries» or «both sides» means after it.

Chosen over (a) one anonymous voice for «both sides», which hides who said it, and (b) the two named most
often, which are not those that met.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from musnad.model import Agent
from musnad.understanding.clauses import tells
from musnad.understanding.particles import AND, AND_NAME, IN
from musnad.understanding.patterns import Words
from musnad.understanding.sentences import Sentence, Token
from musnad.understanding.setting import Setting, is_town

_KINDS: Final = {"L": "pairs_of_states", "P": "pairs_of_persons"}  # letter of a name → the words for two
_BETWEEN: Final = "بين"  # between
_TITLE: Final = 5  # words of a title
_MARKS: Final = frozenset({",", AND_NAME})

Pair = tuple[Agent, Agent]


def told_together(sentence: Sentence, setting: Setting) -> Iterator[tuple[int, str, Pair]]:
    """Yield where two names of one kind stand that «and» joins, no third beside them; kind, and agents."""
    tokens = sentence.tokens
    for place, first in enumerate(tokens):
        other = _joined(tokens, place)
        second = tokens[other] if other else first
        if not other or first.mention is None or second.mention is None:
            continue
        kind = first.text[1]
        if place and tokens[place - 1].text == IN:
            continue  # «the state of things in X and Y»
        if kind not in _KINDS or _is_listed(tokens, place - 1, -1) or _is_listed(tokens, other + 1, 1):
            continue
        if kind == "L" and (is_town(first.mention, setting) or is_town(second.mention, setting)):
            continue
        pair = setting.agent(first.mention), setting.agent(second.mention)
        if pair[0].entity != pair[1].entity:
            yield place, _KINDS[kind], pair


def is_governed(tokens: Sequence[Token], place: int, words: Words) -> bool:
    """Tell whether a noun governs two names («the crises of X and Y»), rather than a verb or «between»."""
    before = tokens[place - 1] if place else None
    if before is None or not before.is_word or before.text == _BETWEEN:
        return False
    return not tells(tokens, place - 1, words) and not before.among(words.all("prepositions"))


def is_both(token: Token, words: Words) -> bool:
    """Tell whether a word means two that were named («both countries», «both sides»)."""
    return token.is_word and token.text in words.any_of((*_KINDS.values(), "both_sides"))


def _joined(tokens: Sequence[Token], place: int) -> int:
    """Return the place of the name of one kind that «and» joins, with its title or without, 0 if none."""
    after = tokens[place + 1].text if place + 2 < len(tokens) else ""
    if tokens[place].mention is None or not after.startswith(AND):
        return 0
    for other in range(place + 2, min(place + 2 + _TITLE, len(tokens))):
        if tokens[other].mention is not None:
            return other if tokens[other].text[1] == tokens[place].text[1] else 0
        if not tokens[other].is_word:
            return 0
    return 0


def _is_listed(tokens: Sequence[Token], place: int, step: int) -> bool:
    """Tell whether a mark of a list and another name stand beside two names."""
    beside = place + step
    inside = 0 <= place < len(tokens) and 0 <= beside < len(tokens)
    return inside and tokens[place].text in _MARKS and tokens[beside].mention is not None


def meant(token: Token, pairs: dict[str, Pair], words: Words) -> Pair | None:
    """Return the two that «both countries», «both ministers», «both sides» mean, None where none were named.

    «Both sides» are states where two were named, else persons.
    """
    for kind in _KINDS.values():
        if kind in pairs and (token.text in words.all(kind) or token.text in words.all("both_sides")):
            return pairs[kind]
    return None
