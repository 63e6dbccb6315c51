"""Find who is named right before a verb: the subject of its sentence.

Measured on the project's documents, the name at most three words before a verb is its subject unless a
preposition governs it. Chosen over (a) the nearest name, which is as often an object, and (b) the first name
of the sentence, which adverbial phrases take.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from musnad.understanding.collective import Heard, group_of
from musnad.understanding.discourse import Memory
from musnad.understanding.office_ends import is_office
from musnad.understanding.particles import (
    AND,
    AND_NAME,
    BUT,
    CLITICS,
    HAD,
    MEANWHILE,
    SEVERAL_VERBS,
    WAS,
    WAW_VERBS,
)
from musnad.understanding.patterns import Words
from musnad.understanding.sentences import Sentence, Token
from musnad.understanding.setting import Setting
from musnad.understanding.speakers import STOPS, may_speak, named_at, speaker_after

_TITLE: Final = 3  # words of a title before a name
_WITH_THE: Final = ("بال", "لل", "كال")  # with, to, as the: written on a title
_REACH: Final = 8  # words of a noun phrase before its comma


def speaker_before(sentence: Sentence, verb: int, setting: Setting) -> Heard | None:
    """Return who is named right before a verb: the subject of its sentence."""
    tokens, words = sentence.tokens, setting.patterns.words
    place = verb - 1
    if tokens[verb].text[0] == AND and len(tokens[verb].text) > 3 and tokens[verb].text not in WAW_VERBS:
        return None  # «and» joins the verb to another, whose subject may not be this one
    if place >= 0 and tokens[place].text == HAD:  # «and X had said»: X stands after «كان», was
        start = next((i for i in range(place) if tokens[i].among(WAS)), None)
        if start is not None:
            return speaker_after(sentence, start + 1, Memory(), setting)
    if place > 0 and tokens[place].text == "," and _opens_nominal(tokens, place, words):
        place -= 1  # «but the coordinator X, stressed that …»
    while place >= 0 and tokens[place].among(words.all("adverbs") | WAS):
        place -= 1
    start = _name_before(tokens, place, words)
    if start is None:
        return None
    for back in range(start, max(-1, start - _REACH), -1):
        if tokens[back].among(words.all("openers")):
            break
        apposed = tokens[back + 1].text == "," and is_office(tokens[back + 2], words)  # «X, head of Y, said»
        if tokens[back].text[:2] in {"<P", "<S"} and (start - back <= _TITLE or apposed):
            return named_at(tokens, back, setting)
    before = tokens[start - 1] if start else None
    if _is_governed(tokens, start, words):
        return None
    if before and before.among(words.all("groups")):
        heard = group_of(sentence, start - 1, start, start, setting)
        return Heard(heard.agent, heard.end, start - 1)
    return _with_joined(named_at(tokens, start, setting), tokens, verb, setting)


def _with_joined(heard: Heard, tokens: Sequence[Token], verb: int, setting: Setting) -> Heard:
    """Return the subject of a dual or a plural with the name before it («X and Y strive …»)."""
    joined = heard.start > 1 and tokens[heard.start - 1].text == AND_NAME and tokens[heard.start - 2].mention
    if heard.agent is None or not joined or not tokens[verb].text.endswith(SEVERAL_VERBS):
        return heard
    other = named_at(tokens, heard.start - 2, setting)
    return replace(heard, start=other.start, also=(other.agent,)) if other.agent else heard


def _is_governed(tokens: Sequence[Token], start: int, words: Words) -> bool:
    """Tell whether a preposition stands before a name, or on its title («… the president X, as she says»)."""
    before = tokens[start - 1] if start else None
    titled = tokens[max(0, start - _TITLE) : start]
    on_title = any(token.is_word and token.text.startswith(_WITH_THE) for token in titled)
    return on_title or (
        before is not None and (before.among(words.all("prepositions")) or before.text in CLITICS)
    )


def _opens_nominal(tokens: Sequence[Token], comma: int, words: Words) -> bool:
    """Tell whether the clause before a comma is «but», «while» and somebody: the subject of what follows."""
    first = comma
    while first and tokens[first - 1].text not in STOPS:
        first -= 1
    leads = tokens[first].bare in BUT | MEANWHILE
    follows = tokens[first + 1 : first + 2]
    return leads and comma - first <= _REACH and bool(follows) and may_speak(follows[0], words)


def _name_before(tokens: Sequence[Token], place: int, words: Words) -> int | None:
    """Return the token of an agent's name at a place or at most three words before it."""
    start = place
    while start >= 0 and not tokens[start].mentions and place - start < 3 and tokens[start].is_word:
        if tokens[start].among(words.all("prepositions")):
            return None
        start -= 1
    named = start >= 0 and tokens[start].mentions and tokens[start].text[1] in "POLS"
    return start if named else None
