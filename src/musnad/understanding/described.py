"""Find who is described before a verb, without a name: an office, a crowd, a noun that opens the sentence.

«But the mayor said that …», «while analysts think …», «the West warns Y of …». Chosen over (a) leaving the
name after the verb to speak, which is its object there, and (b) any noun before a verb, most of which are
topics.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from musnad.understanding.adverbs import skip_adverbs
from musnad.understanding.clauses import is_verb
from musnad.understanding.collective import Heard, group_of, is_crowd
from musnad.understanding.discourse import Memory
from musnad.understanding.office_ends import is_office
from musnad.understanding.particles import (
    ADJECTIVE_ENDINGS,
    AND,
    BUT,
    COMMAS,
    HAD,
    MEANWHILE,
    PLURAL_VERBS,
    PLURALS,
    THAT,
    WAS,
    WHO,
    is_definite,
    without_article,
)
from musnad.understanding.sentences import Sentence, Token
from musnad.understanding.sequences import words_of
from musnad.understanding.setting import Setting
from musnad.understanding.speakers import speaker_after, surname_at

_PHRASE: Final = 7  # tokens of a noun phrase before a verb
_PRESENT: Final = re.compile(r"[يت]\w{3,}\Z")  # a verb of the present
_SOURCE: Final = 3  # tokens of a source with its adjectives
_DESCRIBES: Final = (*ADJECTIVE_ENDINGS, *PLURALS, "ه")
APART: Final = COMMAS | MEANWHILE | BUT | {AND + word for word in BUT} | {"”", ":"}  # between two reports


def described_before(sentence: Sentence, verb: int, memory: Memory, setting: Setting) -> Heard | None:
    """Return who is described right before a verb, where no name stands there."""
    return (
        _crowd_before(sentence, verb, setting)
        or _officer_before(sentence, verb, memory, setting)
        or _source_before(sentence, verb, memory, setting)
        or _noun_before(sentence.tokens, verb, setting)
    )


def clause_begin(tokens: Sequence[Token], verb: int) -> int:
    """Return the token with which the clause of a verb begins."""
    place = verb
    while place and tokens[place - 1].text not in APART | {"“"} and tokens[place - 1].bare not in THAT:
        place -= 1
    return place


def _officer_before(sentence: Sentence, verb: int, memory: Memory, setting: Setting) -> Heard | None:
    """Return whose office a clause begins with, right before a verb («but the mayor said that …»)."""
    tokens, first = sentence.tokens, clause_begin(sentence.tokens, verb)
    first += first < verb and tokens[first].bare in BUT | MEANWHILE
    first += first < verb and tokens[first].among(WAS)
    if first >= verb or tokens[verb].text[0] == AND or not is_office(tokens[first], setting.patterns.words):
        return None
    heard = speaker_after(sentence, first, memory, setting)
    whole = heard.end == verb - (tokens[verb - 1].text == HAD)
    return Heard(heard.agent, verb + 1, first) if heard.agent and whole else None


def _source_before(sentence: Sentence, verb: int, memory: Memory, setting: Setting) -> Heard | None:
    """Return the source or the surname that a clause begins with («but the French sources think …»)."""
    tokens, words, first = sentence.tokens, setting.patterns.words, clause_begin(sentence.tokens, verb)
    first += first < verb and tokens[first].bare in BUT | MEANWHILE
    first += first < verb and tokens[first].among(WAS)
    last = verb - (tokens[verb - 1].text == HAD)
    if not first < last <= first + _SOURCE or tokens[verb].text[0] == AND:
        return None
    head = tokens[first]
    source = head.text in words.all("sources") or without_article(head.text) in words.all("many_sources")
    if source and all(t.text.endswith(_DESCRIBES) for t in tokens[first + 1 : last]):
        return Heard(setting.unnamed(words_of(tokens, first, last, setting)), verb + 1, first)
    known = surname_at(tokens, first, setting) if last == first + 1 and first else None
    return Heard(known.agent, verb + 1, first) if known else None


def _crowd_before(sentence: Sentence, verb: int, setting: Setting) -> Heard | None:
    """Return the people that a clause begins with and a verb of several follows («but analysts say»)."""
    tokens, words = sentence.tokens, setting.patterns.words
    last = verb - (verb > 0 and tokens[verb - 1].text == HAD)
    first = last
    some = last > 0 and tokens[last - 1].among(words.all("some_people"))
    if some and (last == 1 or _bounds(tokens[last - 2])):  # «some think that …»
        return Heard(
            setting.unnamed(words_of(tokens, last - 1, last, setting).removeprefix(AND)), verb + 1, last - 1
        )
    if not tokens[verb].text.endswith(PLURAL_VERBS):
        return None
    while first > max(0, last - _PHRASE) and not _bounds(tokens[first - 1]):
        first -= 1
    first += first < last and tokens[first].among(WAS)
    head = tokens[first]
    if first >= last or not is_crowd(head, words) or any(is_verb(t, words) for t in tokens[first:last]):
        return None
    cut = next((i for i in range(first, last) if tokens[i].among(words.all("prepositions"))), last)
    heard = group_of(sentence, first, cut, last, setting)
    return Heard(heard.agent, verb + 1, first)


def _noun_before(tokens: Sequence[Token], verb: int, setting: Setting) -> Heard | None:
    """Return the noun that opens a sentence before a verb of the present: what follows is its object.

    «The West warns Y of …»: of most such nouns nobody knows whom they mean.
    """
    words, head = setting.patterns.words, tokens[0]
    named = verb + 1 < len(tokens) and bool(tokens[verb + 1].mentions)
    if verb != 1 or not named or not head.is_word or not is_definite(head.text):
        return None
    if skip_adverbs(tokens, 0, words) or not _PRESENT.match(tokens[verb].text):
        return None
    whole = head.text in words.all("blocs")
    agent = setting.unnamed(words_of(tokens, 0, 1, setting)) if whole else None
    return Heard(agent, verb + 1, 0 if whole else -1, known=whole)


def _bounds(token: Token) -> bool:
    """Tell whether a clause may begin after a token: a mark, «that», «but», «while»."""
    return token.text in APART | {"“", "("} or token.bare in THAT | MEANWHILE | BUT | WHO
