"""Find who speaks through a text, or is brought to say something: «it says in a statement of X that …».

Chosen over (a) the text itself, which somebody issued, and (b) the nearest name, which the text tells of.
"""

from __future__ import annotations

from typing import Final

from musnad.understanding.adverbs import skip_adverbs
from musnad.understanding.collective import Heard, issuer_of
from musnad.understanding.discourse import Memory
from musnad.understanding.particles import TOWARDS
from musnad.understanding.remarks import is_text
from musnad.understanding.sentences import Sentence
from musnad.understanding.setting import Setting

_BROUGHT: Final = 8  # tokens before «to saying» among which is named who says it
_TEXT_REACH: Final = 4  # tokens between «it says» and the text


def text_that_says(sentence: Sentence, verb: int, memory: Memory, setting: Setting) -> Heard:
    """Return who speaks through the text in which words stand («it says in a statement of X that …»)."""
    tokens, words = sentence.tokens, setting.patterns.words
    place = verb + 1
    while place < min(verb + _TEXT_REACH, len(tokens)):
        if is_text(tokens[place], words):
            return issuer_of(tokens, place, setting, memory)
        place += 1
    return Heard(None, verb + 1, known=False)


def brought_to_say(sentence: Sentence, verb: int, setting: Setting) -> Heard:
    """Return who is named before «to saying» («which brought X to saying: …», «X came to saying that …»)."""
    tokens = sentence.tokens
    nobody = Heard(None, verb + 1, known=False)
    if not verb or tokens[verb - 1].text != TOWARDS:
        return nobody
    for place in range(verb - 2, max(-1, verb - _BROUGHT), -1):
        mention = tokens[place].mention
        if mention and tokens[place].text[1] in "PO":
            return Heard(setting.agent(mention), verb + 1, place)
    return nobody


def text_that_asks(sentence: Sentence, verb: int, setting: Setting) -> Heard | None:
    """Return the text that calls for something («the resolution asks …»): it asks, whoever issued it."""
    tokens, words = sentence.tokens, setting.patterns.words
    headed = verb > 0 and tokens[verb - 1].text == ":"  # an item of a list that tells what the text says
    if headed or not tokens[verb].among(words.any_of(("call", "demand", "request"))):
        return None
    for place in (skip_adverbs(tokens, verb + 1, words), verb - 1):
        token = tokens[place] if 0 <= place < len(tokens) else None
        if token and token.mention and token.text[:2] == "<W":
            before = place == verb - 1
            return Heard(
                setting.agent(token.mention), verb + 1 if before else place + 1, place if before else -1
            )
    return None
