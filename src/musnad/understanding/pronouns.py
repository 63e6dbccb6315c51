"""Find whom the pronoun on a noun means: «its war on X», «her backing of Y».

Chosen over (a) the subject of the sentence, which is often whoever only speaks of another, and (b) the name
right before the noun, which is often the place where something happens.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import Final

from musnad.folding import fold_name
from musnad.model import Mention, Thing
from musnad.understanding.context import SPEAKER_BODY, opening
from musnad.understanding.particles import (
    ARTICLE,
    FEMININE,
    FEMININE_PLURAL,
    PLURALS,
    TO_A,
    US,
    WITH,
)
from musnad.understanding.patterns import Words
from musnad.understanding.sentences import Sentence, Token
from musnad.understanding.setting import Setting

_HERS, _THEIRS = "ها", ("هم", "هما")  # her; their, of several and of two
_OBLIQUE: Final = frozenset({"في", "داخل", "ب+", "مع", "ضد"})  # in, inside, in, with, against
_BELONGING: Final = ("التابع", "التابعه")  # belonging to
_NEAR: Final = 2  # tokens before a pronoun among which a name is meant, whatever stands before it
_PARALLEL: Final = 9  # tokens between two nouns with one pronoun («its war on X and its war on Y»)
_GROUNDS: Final = frozenset({"قاعده", "مطار", "معبر", "مينا"})  # base, airport, crossing, port
_DEEDS: Final = ("own_fighting", "own_war", "own_backing")


def owner(place: tuple[Sequence[Sentence], int, int], word: str, setting: Setting) -> list[Thing]:
    """Return whom the pronoun on a folded word means: the nearest agent before whose gender agrees.

    `place` is the sentences, the number of one and a token of it. Where the sentence names nobody before, it
    is the one that the sentence before begins with. «Our» is the body of whoever speaks, and so is «her»
    after «his country».
    """
    sentences, number, first = place
    words = setting.patterns.words
    tokens = sentences[number].tokens[:first]
    if word.endswith(US):
        return [SPEAKER_BODY]
    oblique: list[Mention] = []  # «in X», «with X»: meant where nobody else can be
    aside = 0  # brackets that are open, read from their end
    for at in range(_first_deed(tokens, word, words.any_of(_DEEDS)) - 1, -1, -1):
        aside += (tokens[at].text == ")") - (tokens[at].text == "(")
        if aside > 0:
            continue
        if tokens[at].among(words.all("planes")):
            return []  # «a plane crashed while bombing X»: its own
        mention = tokens[at].mention
        if tokens[at].bare.removeprefix(WITH).removeprefix(TO_A) in words.all("own_bodies"):
            return [SPEAKER_BODY] if word.endswith(_HERS) else []
        if mention and may_own(mention, word, words):
            apart = at and (tokens[at - 1].text in _OBLIQUE or _holds(tokens, at))
            if not apart or (at + _NEAR >= first and not _holds(tokens, at)):
                return [setting.thing_of(mention)]
            oblique.append(mention)
    last = sentences[number - 1] if number else None
    if last is not None and last.zone == sentences[number].zone and not any(t.mention for t in tokens):
        named = opening(last.tokens, "POL", words.all("prepositions")) or ()
        oblique = [mention for mention in named if may_own(mention, word, words)]
    return [setting.thing_of(mention) for mention in oblique[:1]]


def _holds(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether a name is that of what another belongs to («X, which belongs to Y»): X is meant."""
    before = [token.bare for token in tokens[max(0, place - 2) : place]]
    return bool(before) and before[0].startswith(_BELONGING) and before[-1] in {TO_A + "+", before[0]}


def _first_deed(tokens: Sequence[Token], word: str, deeds: Set[str]) -> int:
    """Return before which token the owner stands: before the first of several nouns with the same pronoun."""
    ending = _HERS if word.endswith(_HERS) else word[-1]
    near = range(max(0, len(tokens) - _PARALLEL), len(tokens))
    return next(
        (at for at in near if tokens[at].among(deeds) and tokens[at].text.endswith(ending)), len(tokens)
    )


def may_own(mention: Mention, word: str, words: Words) -> bool:
    """Tell whether a name may be meant by the pronoun on a word."""
    if mention.type not in {"PERSON", "ORG", "PLACE"}:
        return False
    head = fold_name(mention.label).partition(" ")[0].removeprefix(ARTICLE)
    if head in _GROUNDS:
        return False  # «used the base X to launch its raids»
    several = head in words.all("fighters")
    many = head.endswith(PLURALS) or several
    if word.endswith(_THEIRS):
        return many
    feminine = head.endswith((FEMININE, FEMININE_PLURAL)) or several
    if mention.type == "PLACE":
        feminine = head not in words.all("masculine_states")
    may_be_woman = mention.type == "PERSON" and (head.endswith(FEMININE) or head in words.all("women"))
    return feminine or may_be_woman if word.endswith(_HERS) else not feminine and not many
