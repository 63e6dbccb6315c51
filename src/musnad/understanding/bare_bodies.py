"""Find the body that a plain noun with the article means («the gathering demanded …», «the opposition said»).

The last body or text of the page whose name begins with the noun, else one known by these words alone. Chosen
over (a) silence, which loses every body that the page names in words that nobody lists, and (b) whoever spoke
last, which credits a person with what a body says.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from musnad.folding import fold_name
from musnad.model import Agent
from musnad.understanding.collective import Heard
from musnad.understanding.office_ends import is_office, office_end
from musnad.understanding.particles import (
    ADJECTIVE_ENDINGS,
    ARTICLE,
    FEMININE_PLURAL,
    PARTICIPLE,
    is_definite,
    without_article,
)
from musnad.understanding.sentences import Sentence, Token
from musnad.understanding.sequences import words_of
from musnad.understanding.setting import Setting

_TO_EVENT: Final = ("ل+", "لل+")  # to, for: before a name
_SHE: Final = "ه"  # ending of the feminine
_PLURAL: Final = frozenset({"قوي", "احزاب", "فصايل", "كتايب"})  # forces, parties, factions, battalions
_MINISTRY: Final = "وزاره"  # ministry
_THEM: Final = "ين"  # ending of several who are called on
_LATER: Final = frozenset({"ذاته", "ذاتها", "نفسه", "نفسها"})  # the same


def body_at(tokens: Sequence[Token], place: int, setting: Setting) -> Heard | None:
    """Return the body that a noun with the article at a token means, None where it is no such noun."""
    head = tokens[place]
    words = setting.patterns.words
    if (
        head.among(words.all("of_persons"))
        and place + 1 < len(tokens)
        and is_office(tokens[place + 1], words)
    ):
        end = office_end(tokens, place + 1, setting)
        return Heard(setting.unnamed(words_of(tokens, place, end, setting)), end)
    bare = without_article(head.text)
    if not (head.is_word and is_definite(head.text) and bare in words.all("body_nouns")):
        return None
    end = place + 1
    others = words.all("addressees")
    while end < len(tokens) and _describes(tokens[end], bare) and tokens[end].text not in others:
        end += 1
    if end == place + 1 and (known := _named_before(bare, head.start, setting)):
        return Heard(known, end)
    last = end
    if last + 1 < len(tokens) and tokens[last].text in _TO_EVENT and tokens[last + 1].mentions:
        last += 2  # «the committee that organises the conference»
    return Heard(setting.unnamed(words_of(tokens, place, last, setting)), last)


def counted_at(sentence: Sentence, place: int, end: int, setting: Setting) -> Heard | None:
    """Return bodies or people that are only counted («seven political bodies»)."""
    tokens, words = sentence.tokens, setting.patterns.words
    noun = tokens[place + 1] if place + 1 < end else None
    if noun is None or not tokens[place].among(words.all("numbers")):
        return None
    if noun.text not in words.all("counted_bodies") or is_definite(noun.text):
        return None
    last = place + 2
    while last < end and tokens[last].is_word and tokens[last].text.endswith(ADJECTIVE_ENDINGS):
        last += 1
    return Heard(setting.unnamed(words_of(tokens, place, last, setting)), last)


def _describes(token: Token, noun: str) -> bool:
    """Tell whether a word is an adjective with the article that agrees with a noun («الكردية», «المنظمة»)."""
    word = token.text
    shaped = word.endswith(ADJECTIVE_ENDINGS) or word.startswith(ARTICLE + PARTICIPLE) or word in _LATER
    feminine = noun.endswith((_SHE, FEMININE_PLURAL)) or noun in _PLURAL
    agrees = word in _LATER or word.endswith(_SHE) == feminine
    shaped = shaped and not word.endswith(_THEM)  # «the gathering called on the officials»
    return token.is_word and shaped and agrees and (word.startswith(ARTICLE) or word in _LATER)


def _named_before(noun: str, place: int, setting: Setting) -> Agent | None:
    """Return the last body named before a place whose name begins with a noun."""
    found = None
    for mention in setting.mentions:
        heads = [without_article(word) for word in fold_name(mention.label).split()[:2]]
        same = heads[0] == noun or (heads[0] == _MINISTRY and heads[-1] == noun)
        if mention.type in {"ORG", "WORK"} and mention.start < place and same:
            found = setting.agent(mention)
    return found
