"""Find who speaks through a text, or is brought to say something: «it says in a statement of X that …».

Chosen over (a) the text itself, which somebody issued, and (b) the nearest name, which the text tells of.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from musnad.folding import fold_name
from musnad.model import Agent, Mention
from musnad.understanding.adverbs import skip_adverbs
from musnad.understanding.collective import Heard, issuer_of
from musnad.understanding.discourse import Memory
from musnad.understanding.modality import OF, has_cue
from musnad.understanding.particles import (
    ADJECTIVE_ENDINGS,
    FROM,
    TO,
    TO_THE,
    TOWARDS,
    is_definite,
    without_article,
)
from musnad.understanding.patterns import Words
from musnad.understanding.remarks import is_text
from musnad.understanding.scan import unfused
from musnad.understanding.sentences import Sentence, Token
from musnad.understanding.sequences import words_of
from musnad.understanding.setting import Setting
from musnad.understanding.speakers import speaker_after

_BROUGHT: Final = 8  # tokens before «to saying» among which is named who says it
_REPLIED: Final = "ورد"  # and replied; stood
# new, first, former, official, last
_NEW: Final = frozenset({"جديده", "جديد", "اوليه", "اولي", "سابقه", "سابق", "رسميه", "رسمي", "اخيره"})
_WORDING: Final = "نص"  # wording
_ISSUER: Final = 3  # tokens between «of» and who issued a text
_LEARNT: Final = 8  # tokens between «learnt» and «from»
_IN_IT: Final = frozenset({"فيه", "فيها"})  # in it
_LEADS_TO: Final = frozenset({"الي", "ل+", "علي", "مع"})  # to, for, on, with: to whom a text is sent
_TEXT_REACH: Final = 4  # tokens between «it says» and the text


def said_by_text(sentence: Sentence, verb: int, memory: Memory, setting: Setting) -> Heard | None:
    """Return who speaks through a text that says something, or from whom an outlet learnt it."""
    appears = sentence.tokens[verb].among(setting.patterns.words.all("appear"))
    if appears and not _replies(sentence.tokens, verb):
        return _text_that_says(sentence, verb, memory, setting)
    return _learnt_from(sentence, verb, memory, setting)


def _text_that_says(sentence: Sentence, verb: int, memory: Memory, setting: Setting) -> Heard:
    """Return who speaks through the text in which words stand («it says in a statement of X that …»)."""
    tokens, words = sentence.tokens, setting.patterns.words
    place = verb + 1
    while place < min(verb + _TEXT_REACH, len(tokens)):
        if tells := telling_text(tokens, place, memory, setting):
            return tells
        if is_text(tokens[place], words):
            return issuer_of(tokens, place, setting, memory)
        place += 1
    return Heard(None, verb + 1, known=False)


def _replies(tokens: Sequence[Token], verb: int) -> bool:
    """Tell whether «and replied», which is written like «stood», has who replies after it."""
    following = tokens[verb + 1 : verb + 2]
    return tokens[verb].text == _REPLIED and any(token.text[:2] in {"<P", "<O"} for token in following)


def telling_text(tokens: Sequence[Token], place: int, memory: Memory, setting: Setting) -> Heard | None:
    """Return who speaks through a report, a study, a verdict at a token: who is said to have written it.

    Else whoever spoke through one before, else the text itself.
    """
    words = setting.patterns.words
    noun = text_noun(tokens[place], words)
    if not noun:
        return None
    if tokens[place].text == _WORDING and place + 1 < len(tokens):  # «the wording of the verdict»
        return telling_text(tokens, place + 1, memory, setting)
    end = place + 1
    while end < len(tokens) and tokens[end].is_word and _describes(tokens[end]):
        end += 1
    linked = end + 1 < len(tokens) and (
        tokens[end].text in TO | {FROM} or has_cue(tokens, end, words.lists["issued_by"])
    )
    owner = tokens[end].mention if end == place + 1 < len(tokens) else None
    if owner and tokens[end].text[1] in "OL" and not is_definite(tokens[place].text):
        return Heard(setting.agent(owner), end + 1, place)  # «the estimates of the army»
    for at in range(end + 1, min(end + 1 + _ISSUER, len(tokens))) if linked else ():
        issuer = tokens[at].mention
        if issuer and tokens[at].text[1] in "POLS":
            return Heard(setting.agent(issuer), at + 1, place)
    named = tokens[place].mention
    alone = fold_name(named.label) if named else unfused(tokens[place].text)
    if " " not in alone and not is_definite(alone):
        return None  # «according to reports»: a source like others
    if noun in memory.texts:
        return Heard(memory.texts[noun], end, place)
    label = unfused(words_of(tokens, place, end, setting))  # «according to the …»
    return Heard(setting.unnamed(label), end, place)


def text_noun(token: Token, words: Words) -> str:
    """Return the noun of a text that tells, folded and without the article, "" where a token is none."""
    named = fold_name(token.mention.label).partition(" ")[0] if token.mention else ""
    noun = without_article(named or (token.text.removeprefix(TO_THE) if token.is_word else ""))
    return noun if noun in words.all("telling_texts") else ""


def _describes(token: Token) -> bool:
    """Tell whether a word is an adjective («the military plan», «a new count»)."""
    new = token.text in _NEW
    return new or (is_definite(token.text) and token.text.endswith(ADJECTIVE_ENDINGS))


def note_texts(tokens: Sequence[Token], agent: Agent, memory: Memory, words: Words) -> None:
    """Remember through which texts an agent spoke («X said in a report that …»)."""
    for token in tokens:
        noun = text_noun(token, words)
        if noun and not is_definite(token.text):  # «in the report»: it may be of others
            memory.texts[noun] = agent


def _learnt_from(sentence: Sentence, verb: int, memory: Memory, setting: Setting) -> Heard | None:
    """Return the source from whom an outlet learnt something («the paper learnt from sources that …»)."""
    tokens, words = sentence.tokens, setting.patterns.words
    if not tokens[verb].among(words.all("learn")):
        return None
    near = range(verb + 1, min(verb + _LEARNT, len(tokens) - 1))
    place = next((at for at in near if tokens[at].text == OF), None)
    heard = speaker_after(sentence, place + 1, memory, setting) if place else None
    return heard if heard and heard.agent else None


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


def _from_whom(sentence: Sentence, verb: int) -> Mention | None:
    """Return who issued the text that a clause before a verb speaks of («a report by X»)."""
    tokens = sentence.tokens
    text = next((at for at in range(verb - 1, -1, -1) if tokens[at].text[:2] == "<W"), verb)
    if 0 < text < verb and tokens[text - 1].text[:2] in {"<P", "<O"}:
        return tokens[text - 1].mention
    named = (at for at in range(text + 2, verb) if tokens[at].mention and tokens[at].text[1] in "PO")
    first = next(named, text)
    led = any(token.text in _LEADS_TO for token in tokens[text + 1 : first])
    persons = (at for at in range(first, min(first + _TEXT_REACH, verb)) if tokens[at].text[:2] == "<P")
    return None if led else tokens[next(persons, first)].mention if first > text else None


def text_that_asks(sentence: Sentence, verb: int, setting: Setting) -> Heard | None:
    """Return the text that calls for something («the resolution asks …»): it asks, whoever issued it."""
    tokens, words = sentence.tokens, setting.patterns.words
    if verb + 1 < len(tokens) and tokens[verb + 1].text in _IN_IT and (issuer := _from_whom(sentence, verb)):
        return Heard(setting.agent(issuer), verb + 2, verb)  # «a report by X, in which he called for …»
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
