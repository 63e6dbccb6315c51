"""Say on which occasion somebody spoke: «X said in a press conference», «in a speech that he gave in Y».

Who speaks is what the reading of speech found; the occasion stands outside the words that are said. Chosen
over (a) forms for verb, speaker and occasion, which know none who is named in an earlier sentence, and (b)
any meeting of the sentence, which the speaker may only speak of.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from musnad.folding import fold_name
from musnad.model import Thing
from musnad.understanding.event_labels import short_name
from musnad.understanding.particles import THAT
from musnad.understanding.scenes import noun_of, place_after, spelt
from musnad.understanding.sentences import Sentence, Token
from musnad.understanding.sequences import Draft
from musnad.understanding.setting import Setting, printed
from musnad.understanding.sides import Reader
from musnad.understanding.tagging import tag_sentence
from musnad.understanding.utterances import Utterance

_SPOKE: Final = "scene-spoke"
_SPOKE_AT: Final = "scene-spoke-at"
_BESIDE: Final = "scene-shared"
_CONFERENCE: Final = ("موتمر", "الموتمر", "وموتمر")  # conference
_WITH: Final = "مع"  # with
_AND_COUNTERPART: Final = "ونظير"  # and his counterpart
_INTERVIEW: Final = "مقابله"  # interview
_REACH: Final = 12  # tokens between a press conference and with whom it is held
_DURING: Final = frozenset({"في", "وفي", "خلال", "وخلال", "اثناء", "ضمن"})  # in, during, in the course of
_TAKING_PART: Final = frozenset({"مشاركه", "حضور", "تمثيل"})  # of whoever follows, not of who speaks
_LEAST: Final = 2  # words of the name of a conference


def read_appearances(sentence: Sentence, found: Sequence[Utterance], setting: Setting) -> Iterator[Draft]:
    """Yield who spoke on which occasion, and where that was."""
    heard = [each for each in found if each.pattern.voice == "speaker" and not each.speaker.anonymous]
    tokens = sentence.tokens
    for at in range(1, len(tokens)):
        if tokens[at - 1].text not in _DURING or any(each.first <= at < each.last for each in found):
            continue
        utterance = _nearest(heard, at)
        event = _occasion(tokens, at, utterance, setting)
        if event is None or _of_others(tokens, at, utterance):
            continue
        for thing, last in _beside(sentence, at, setting):
            yield Draft(setting.patterns.entries[_BESIDE], thing, event, at, last)
        if utterance is None:
            continue
        first = min(at - 1, utterance.start)
        speaker = Thing(utterance.speaker.label, utterance.speaker.entity)
        yield Draft(setting.patterns.entries[_SPOKE], speaker, event, first, at + 1)
        where = place_after(tokens, at, setting)
        if where and tokens[at].is_word:
            mention = tokens[where].mention
            place = setting.thing_of(mention) if mention else event
            yield Draft(setting.patterns.entries[_SPOKE_AT], event, place, at, where + 1)


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


def _nearest(heard: Sequence[Utterance], at: int) -> Utterance | None:
    """Return what is said on the occasion at a token: by the verb right before, else by the one speaker."""
    before = [each for each in heard if each.start < at <= each.first]
    alone = heard if len({each.speaker.entity for each in heard}) == 1 else []
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
    noun = noun_of(token.text, words.any_of(("speeches", "talks_with_press"))) if token.is_word else ""
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
