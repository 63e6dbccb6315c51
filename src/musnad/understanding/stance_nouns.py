"""Tell which noun of a stance a word with a pronoun is: «ودعمها», and its backing; «إدانتها», its condemning.

Chosen over (a) every noun with every pronoun in the word lists, and (b) the endings taken off where they are
needed, which forgets one place or another.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import Final

from musnad.understanding.particles import AND, PRONOUNS
from musnad.understanding.patterns import Words
from musnad.understanding.sentences import Token

STANCES: Final = ("towards", "welcoming")  # word lists: nouns that take «to», and those that take «with»
_T: Final = "ت"  # the feminine ending before a pronoun
_FEMININE: Final = "ه"
_IN_BRACKETS: Final = 2  # tokens in brackets that only tell the day
_OWED: Final = frozenset({"له", "لها", "لهم", "بالولاء", "بالفضل", "ل+"})  # to him, allegiance


def owned(token: Token) -> set[str]:
    """Return what a word with a pronoun may be without it; nothing of other words."""
    return {token.bare.removesuffix(tail) for tail in PRONOUNS if token.bare.endswith(tail)}


def with_feminine(stems: Set[str]) -> set[str]:
    """Return words, those that end as the feminine does before a pronoun in their own form too."""
    return {*stems, *(stem[:-1] + _FEMININE for stem in stems if stem.endswith(_T))}


def joins_own(token: Token, words: Words) -> bool:
    """Tell whether «and» joins a further stance of the same party («ودعمها لـ…»)."""
    return token.text[0] == AND and not words.any_of(STANCES).isdisjoint(owned(token))


def bracketed(tokens: Sequence[Token], place: int) -> int:
    """Return how many tokens a day in brackets at a place has, 0 where none stands («yesterday (Monday)»)."""
    ends = range(place + 2, min(place + 2 + _IN_BRACKETS, len(tokens)))
    end = next((at for at in ends if tokens[at].text == ")"), 0) if tokens[place].text == "(" else 0
    return end + 1 - place if end else 0


def owes(tokens: Sequence[Token], verb: int, words: Words) -> bool:
    """Tell whether a verb says what one owes («يدين له بالولاء»), which is written as «condemns»."""
    after = tokens[verb + 1 : verb + 2]
    return tokens[verb].among(words.all("owes")) and any(token.text in _OWED for token in after)
