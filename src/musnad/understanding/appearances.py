"""Say on which occasion somebody spoke: «X said in a press conference», «in a speech that he gave in Y».

Who speaks is what the reading of speech found; the occasion stands outside the words that are said. Chosen
over (a) forms for verb, speaker and occasion, which know none who is named in an earlier sentence, and (b)
any meeting of the sentence, which the speaker may only speak of.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import takewhile
from typing import Final

from musnad.folding import fold_name
from musnad.model import Thing
from musnad.understanding.event_labels import short_name
from musnad.understanding.particles import AND, THAT, is_definite
from musnad.understanding.scenes import noun_of, place_after, spelt
from musnad.understanding.sentences import Sentence, Token
from musnad.understanding.sequences import Draft
from musnad.understanding.setting import Setting, printed
from musnad.understanding.sides import Reader
from musnad.understanding.tagging import tag_sentence
from musnad.understanding.utterances import Utterance

_SPEECHES: Final = ("speeches", "talks_with_press")  # word lists
_SPOKE: Final = "scene-spoke"
_SPOKE_AT: Final = "scene-spoke-at"
_BESIDE: Final = "scene-shared"
_CONFERENCE: Final = ("موتمر", "الموتمر", "وموتمر")  # conference
_PRESS: Final = ("موتمر صح", "الموتمر الصح")  # press conference
_WITH: Final = "مع"  # with
_AND_COUNTERPART: Final = "ونظير"  # and his counterpart
_INTERVIEW: Final = "مقابله"  # interview
_REACH: Final = 12  # tokens between a press conference and with whom it is held
_DURING: Final = frozenset(  # in, during, in the course of, before
    {"في", "وفي", "خلال", "وخلال", "اثناء", "ضمن", "امام"}
)
_STAGES: Final = frozenset({"افتتاح", "ختام", "اختتام", "مستهل", "بدايه", "نهايه", "اعمال"})  # opening, end
_KINDS: Final = 2  # words that say of what kind a gathering is
_WRITTEN: Final = tuple("بلكويتسن")  # with, to, as, and; what verbs begin with
_OPENING: Final = 5  # tokens of the opening of a sentence
_APART: Final = frozenset(  # after, before, since, about, on, from, agreement, that
    {"بعد", "بعيد", "عقب", "قبل", "قبيل", "منذ", "حول", "بشان", "علي", "من", "اتفاق", "ان", "لم", "لن"}
)
_TAKING_PART: Final = frozenset(
    {"مشاركه", "حضور", "تمثيل", "تشارك", "يشارك", "شارك", "شاركت"}
)  # of whoever follows, not of who speaks
_LEAST: Final = 2  # words of the name of a conference


def read_appearances(sentence: Sentence, found: Sequence[Utterance], setting: Setting) -> Iterator[Draft]:
    """Yield who spoke on which occasion, and where that was."""
    outlets = {mention.entity for mention in setting.mentions if setting.is_outlet(mention)}
    heard = [each for each in found if each.pattern.voice == "speaker" and not each.speaker.anonymous]
    heard = [each for each in heard if each.speaker.entity not in outlets]
    tokens = sentence.tokens
    for at in range(1, len(tokens)):
        lead = at - 1 - (at > 1 and tokens[at - 1].text in _STAGES)
        if tokens[lead].text not in _DURING or any(each.first <= at < each.last for each in found):
            continue
        utterance = _nearest(heard, at, tokens)
        event = _occasion(tokens, at, utterance, setting)
        if event is None or _of_others(tokens, at, utterance):
            continue
        for thing, last in _beside(sentence, at, setting):
            yield Draft(setting.patterns.entries[_BESIDE], thing, event, at, last)
        if utterance is None:
            continue
        first = min(at - 1, utterance.start)
        speaker = Thing(utterance.speaker.label, utterance.speaker.entity)
        shared = any(True for _ in _beside(sentence, at, setting))
        if not (_is_speech(tokens[at], setting) or (_is_press(event) and not shared)):
            yield Draft(setting.patterns.entries[_SPOKE], speaker, event, first, at + 1)
        where = place_after(tokens, at, setting)
        if where and tokens[at].is_word:
            mention = tokens[where].mention
            place = setting.thing_of(mention) if mention else event
            yield Draft(setting.patterns.entries[_SPOKE_AT], event, place, at, where + 1)


def _is_press(event: Thing) -> bool:
    """Tell whether an event is a press conference without a name: each who speaks gives one of his own."""
    label = fold_name(event.label)
    return label.startswith(_PRESS) and len(label.split()) <= _LEAST


def _is_speech(token: Token, setting: Setting) -> bool:
    """Tell whether an occasion is only what is said: a speech or an interview, which nobody else joins."""
    return token.is_word and bool(noun_of(token.text, setting.patterns.words.any_of(_SPEECHES)))


def _of_others(tokens: Sequence[Token], at: int, utterance: Utterance | None) -> bool:
    """Tell whether who takes part is told before the occasion («X deems the attendance of Y in …»)."""
    first = utterance.start if utterance else at
    return any(token.is_word and token.bare in _TAKING_PART for token in tokens[first : at - 1])


def _beside(sentence: Sentence, at: int, setting: Setting) -> Iterator[tuple[Thing, int]]:
    """Yield with whom somebody holds a press conference, and the token after each."""
    view = tag_sentence(sentence, setting.patterns.words.lists, setting.tagged)
    reader = Reader(sentence.tokens, view, setting)
    if not reader.printed(at).startswith(_CONFERENCE):
        return
    for place in range(at + 1, min(at + _REACH, len(sentence.tokens) - 1)):
        token = sentence.tokens[place]
        if token.text in THAT or token.text in {":", "“"}:
            return
        if token.text == _WITH:
            sides = reader.sides(place + 1)
            yield from ((thing, side.last) for side in sides for thing in side.things)
            return
        if token.text.startswith(_AND_COUNTERPART):
            side = reader.side(place, joined=True)
            yield from ((thing, side.last) for thing in side.things) if side else ()
            return


def _nearest(heard: Sequence[Utterance], at: int, tokens: Sequence[Token]) -> Utterance | None:
    """Return what is said on the occasion at a token: by the verb before it, else by the one speaker.

    Nothing may part the verb from the occasion that tells of something else («after», «of»), and where the
    occasion comes first it opens the sentence.
    """
    before = [each for each in heard if each.start < at <= each.first]
    before = [each for each in before if not any(t.text in _APART for t in tokens[each.start + 1 : at - 1])]
    alone = heard if len({each.speaker.entity for each in heard}) == 1 and at <= _OPENING else []
    return next(iter((*before, *alone)), None)


def _occasion(
    tokens: Sequence[Token], at: int, utterance: Utterance | None, setting: Setting
) -> Thing | None:
    """Return the occasion that a token names: a gathering, or a speech called after its speaker."""
    words, token = setting.patterns.words, tokens[at]
    mention = token.mention
    if mention is not None:
        first = fold_name(printed(token, setting)).partition(" ")[0]
        gathered = mention.type == "EVENT" and noun_of(first, words.all("spoken_gatherings"))
        named = mention.slug or len(mention.label.split()) >= _LEAST
        return setting.thing_of(mention) if gathered and named else None
    noun = noun_of(token.text, words.any_of(_SPEECHES)) if token.is_word else ""
    if utterance and token.is_word and not noun and noun_of(token.text, words.all("spoken_gatherings")):
        return _told_of(tokens, at, setting)
    own = token.text != noun and token.text.endswith("ه")  # his speech
    following = tokens[at + 1] if at + 1 < len(tokens) else token
    speech = noun in words.all("speeches") and (own or following.among(words.all("speech_goes_on")))
    goes_on = following.among(words.all("press_goes_on")) or (noun == _INTERVIEW and not following.is_word)
    outlet = setting.is_outlet(tokens[at + 2].mention) if at + 2 < len(tokens) else False
    meeting = following.text == _WITH and noun not in words.all("interviews") and not outlet
    press = noun in words.all("talks_with_press") and goes_on and not meeting
    if utterance is None or not (speech or press):
        return None
    label = f"{spelt(token, noun, setting)} {short_name(utterance.speaker.label)}"
    agent = setting.made_agent(fold_name(label), label, "EVENT", anonymous=False)
    return Thing(agent.label, agent.entity)


def _told_of(tokens: Sequence[Token], at: int, setting: Setting) -> Thing | None:
    """Return a gathering without a name that words tell of («a military parade», «a hearing»)."""
    kinds = list(takewhile(lambda token: _is_kind(token, setting), tokens[at + 1 : at + 1 + _KINDS]))
    if not kinds or is_definite(tokens[at].text) or tokens[at].text[0] == AND:
        return None
    label = " ".join(printed(token, setting) for token in (tokens[at], *kinds))
    agent = setting.made_agent(fold_name(label), label, "EVENT", anonymous=False)
    return Thing(agent.label, agent.entity)


def _is_kind(token: Token, setting: Setting) -> bool:
    """Tell whether a word says of what kind a gathering is: a plain one without an article."""
    words = setting.patterns.words.any_of(
        ("prepositions", "times", "time_words", "befalls", "held", "happens")
    )
    named = token.edtf or token.among(words) or is_definite(token.text) or token.text in _DURING
    plain = token.is_word and not named
    return plain and token.text[0] not in _WRITTEN
