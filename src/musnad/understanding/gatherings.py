"""Tell which event a gathering of a match is: named, taken up again, or known by its words alone.

«The meeting» is the last one of its kind, or the only event of the page; «a closed session» is an event of
its own, named by these words. Chosen over (a) reading named events only, which loses most meetings, and (b)
the last event of any kind, which is often the war.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from itertools import takewhile
from typing import Final

from musnad.folding import fold_name
from musnad.model import Mention, Thing
from musnad.understanding.context import nominative
from musnad.understanding.insides import each_of, in_order
from musnad.understanding.particles import ARTICLE, IN, TO, WHO, is_definite
from musnad.understanding.phrases import GATHERING, gathering, parties
from musnad.understanding.sentences import Sentence, Token
from musnad.understanding.setting import Setting
from musnad.understanding.surroundings import is_ground
from musnad.understanding.tagging import FAMILIES, head_of, readings, tag, tag_sentence

Place = tuple[Sequence[Sentence], int, int]  # sentences, number of the sentence, token
_OPENING: Final = 3  # tokens at the start of a sentence
_NEAR: Final = 6  # tokens after a gathering among which its town stands
_BACK: Final = 40  # tokens before «with … taking part» within which its gathering is named
_MARKS: Final = re.compile("[\u064b-\u0652]")  # vowels and case endings
_ACCUSATIVE: Final = re.compile("\\w{3,}(?:\u0627\u064b?|\u064b\u0627)\\Z")
_QUOTES: Final = str.maketrans("", "", '"“”«»')


def phrase_ends(
    kind: str, heads: str, tokens: Sequence[Token], place: Place, setting: Setting
) -> Iterator[tuple[Thing, tuple[int, int] | None]]:
    """Yield what a phrase names, each of several parties with its tokens."""
    line = place[0][place[1]].tokens
    offset = line.index(tokens[0])
    if kind == GATHERING:
        thing = gathering_of(tokens, (place[0], place[1], offset), setting)
        if thing and _begins(thing, tokens, heads):
            yield thing, None
        return
    words = tag(tokens, setting.patterns.words.lists)
    for first, last, name in parties(words.line, kind):
        span = (offset + words.index(first), offset + bisect_right(words.offsets, last - 1))
        if span[0] == name and is_ground(line, line[name].mentions[0]):
            continue  # a place where somebody meets is no party
        for mention in _whole(line, name):
            yield from ((thing, span) for thing in each_of(mention, setting))


def _whole(line: Sequence[Token], place: int) -> Sequence[Mention]:
    """Return the mentions of a name, or of the body whose name it only ends («the union for …»)."""
    begun = place > 1 and line[place - 1].text in TO and line[place - 2].text[:2] == "<O"
    return line[place - 2 if begun else place].mentions


def _known_as(thing: Thing, named: Token, place: Place, setting: Setting) -> Thing:
    """Return an event by the name that the page has for it elsewhere, if it only describes it here."""
    known = setting.entities.get(thing.entity)
    if known and known.slug:
        return thing
    first, *rest = fold_name(named.mentions[0].label).split()
    head = replace(named, text=first)
    if not rest and is_definite(first) and not _placed(named, place, setting):
        return _again(head, place, setting) or thing
    return _named_there(head, named, place, setting) or thing


def begins(label: str, heads: str) -> bool:
    """Tell whether a name begins with one of the words of a slot («/…»), or with none of them («!…»)."""
    words = fold_name(label).removeprefix(ARTICLE)
    return not heads or words.startswith(tuple(heads[1:].split("|"))) == (heads[0] == "/")


def _begins(thing: Thing, tokens: Sequence[Token], heads: str) -> bool:
    """Tell whether the name of an event, or its words («its meeting»), begin as a slot asks."""
    words = " ".join(m.label if (m := token.mention) else token.text for token in tokens)
    return begins(thing.label, heads) or (heads[0] == "/" and begins(words, heads))


def gathering_of(tokens: Sequence[Token], place: Place, setting: Setting) -> Thing | None:
    """Return the event that the tokens of a gathering mean; `place` is where its match begins."""
    told_on = tokens[1:2] and tokens[1].is_word and _family(tokens[1].text, setting)
    named = next((token for token in tokens[1 if told_on else 0 :] if token.text[:2] == "<E"), None)
    if named:
        thing = _uncased(setting.thing_of(named.mentions[0]), setting)
        return None if _is_incident(thing, setting) else _known_as(thing, named, place, setting)
    heads = [number for number, token in enumerate(tokens) if token.is_word and _family(token.text, setting)]
    if not heads:
        return None
    parts = setting.patterns.words.all("parts_of_gatherings")
    told = tokens[heads[-1] if tokens[heads[0]].bare in parts else heads[0] :]
    if len(told) == 1 and is_definite(told[0].text) and not _placed(tokens[-1], place, setting):
        again = _again(told[0], place, setting)
        if again:
            return again
    if named_there := _named_there(told[0], tokens[-1], place, setting):
        return named_there
    words = setting.document.text[told[0].start : told[-1].end].translate(_QUOTES)
    label = _plainly(_MARKS.sub("", " ".join(words.split())), told[0], setting)
    label = setting.event_label(label, (told[0].start, told[-1].end))
    agent = setting.made_agent(fold_name(label), label, "EVENT", anonymous=False)
    return Thing(agent.label, agent.entity)


def _named_there(head: Token, last: Token, place: Place, setting: Setting) -> Thing | None:
    """Return the event that the page names by the town where a gathering is held.

    «An enlarged meeting in X» is «the meeting of X», where the page names that too.
    """
    line = place[0][place[1]].tokens
    at = line.index(last) + 1
    towns = [
        token.mention
        for before, token in zip(line[at : at + _NEAR], line[at + 1 : at + 1 + _NEAR], strict=False)
        if token.mention and token.text[1] == "L" and before.text in {IN, "ب+"}  # in
    ]
    family = _family(head.text, setting)
    for event in in_order(setting) if towns and family else ():
        first, *rest = fold_name(setting.document.text[event.start : event.end]).split()
        same = event.type == "EVENT" and _stem(first, setting) == _stem(head.text, setting)
        if same and rest[: len(fold_name(towns[0].label).split())] == fold_name(towns[0].label).split():
            return setting.thing_of(event)
    return None


def _placed(token: Token, place: Place, setting: Setting) -> bool:
    """Tell whether «in» and a place follow: «the talks in X» are not those named before.

    After a verb («was held in X») the place belongs to the verb.
    """
    line = place[0][place[1]].tokens
    at = line.index(token) + 1
    words = setting.patterns.words.all("held")
    at += at + 1 < len(line) and line[at].bare in WHO and line[at + 1].among(words)
    at += at < len(line) and line[at].among(words)
    held = place[2] > 0 and line[place[2] - 1].among(setting.patterns.words.all("happens"))
    return not held and at + 1 < len(line) and line[at].text == IN and line[at + 1].text[:2] == "<L"


def _uncased(thing: Thing, setting: Setting) -> Thing:
    """Return an event without the case ending of its head word."""
    first, _, rest = thing.label.partition(" ")
    bare = _MARKS.sub("", first)
    bare = bare if bare.endswith("ها") else bare.removesuffix("ا")  # her
    if bare == first or not _family(fold_name(bare), setting):
        return thing
    return replace(thing, label=f"{bare} {_bare_of_case(rest)}".strip())


def _bare_of_case(words: str) -> str:
    """Return the adjectives of an accusative without its ending, up to the first word of another form.

    >>> _bare_of_case("صحفيا مشتركا في كروم")
    'صحفي مشترك في كروم'
    """
    told = words.split(" ")
    same = len([*takewhile(_ACCUSATIVE.match, told)])
    return " ".join([*(_MARKS.sub("", word)[:-1] for word in told[:same]), *told[same:]])


def _plainly(words: str, head: Token, setting: Setting) -> str:
    """Return the words of a gathering without conjunction, preposition, article and case ending."""
    first, *rest = words.split(" ")
    stem, letters = _stem(head.text, setting), fold_name(first)
    at = letters.find(stem)
    first = first[at : at + len(stem)] if len(letters) == len(first) and at >= 0 else first
    whole = " ".join((first, *rest))
    if rest and letters.endswith("ا") and not stem.endswith("ا"):
        whole = f"{first} {_bare_of_case(' '.join(rest))}"
    return whole if rest and not is_definite(head.text) else nominative(whole)


def gathering_before(place: Place, setting: Setting, near: int = _BACK) -> Thing | None:
    """Return the last gathering that the sentence names at most `near` tokens before a token.

    A sentence that begins with the token goes on the one before.
    """
    sentences, number, first = place
    found = _last(place, setting, near)
    if not found and first <= _OPENING and number and sentences[number - 1].zone == sentences[number].zone:
        found = _last((sentences, number - 1, len(sentences[number - 1].tokens)), setting, near)
    return found


def _last(place: Place, setting: Setting, near: int) -> Thing | None:
    """Return the last gathering of a sentence before a token."""
    sentences, number, first = place
    found: Thing | None = None
    for start, last in _spans(sentences[number], setting):
        if last <= first and first - last <= near:
            tokens = sentences[number].tokens[start:last]
            found = gathering_of(tokens, (sentences, number, start), setting) or found
    return found


def _again(head: Token, place: Place, setting: Setting) -> Thing | None:
    """Return the last gathering of the same family before a place, else the only event of the page."""
    sentences, number, first = place
    family = _family(head.text, setting)
    for back in range(number + 1):
        sentence = sentences[number - back]
        spans = [span for span in _spans(sentence, setting) if back or span[1] <= first]
        for start, last in reversed(spans):
            tokens = sentence.tokens[start:last]
            alone = len(tokens) == 1 and is_definite(tokens[0].text) and not tokens[0].mentions
            thing = None if alone else gathering_of(tokens, (sentences, number - back, start), setting)
            if thing and family in _families(thing, setting):
                return thing
    events = {m.entity: m for m in in_order(setting) if m.type == "EVENT"}
    things = [setting.thing_of(mention) for mention in events.values()]
    known = [thing for thing in things if not _is_incident(thing, setting)]
    return known[0] if len(known) == 1 else None


def _spans(sentence: Sentence, setting: Setting) -> list[tuple[int, int]]:
    """Return the first token and the one after the last of each gathering of a sentence."""
    view = tag_sentence(sentence, setting.patterns.words.lists, setting.tagged)
    found = _expression().finditer(view.line)
    return [(view.index(each.start()), view.index(each.end() - 1) + 1) for each in found]


@cache
def _expression() -> re.Pattern[str]:
    return re.compile(r"(?<![^ ])" + gathering())


def _stem(word: str, setting: Setting) -> str:
    """Return the head word for a gathering that a folded word is written with, "" if there is none."""
    heads = setting.patterns.words.any_of(FAMILIES)
    return next((stem for reading in readings(word) if (stem := head_of(reading, heads))), "")


def _family(word: str, setting: Setting) -> str:
    """Return the family of a folded head word, "" if it is none."""
    stem = _stem(word, setting)
    return next((name for name in FAMILIES if stem in setting.patterns.words.lists[name]), "")


def _families(thing: Thing, setting: Setting) -> set[str]:
    return {_family(word, setting) for word in fold_name(thing.label).split()[:3]} - {""}


def _is_incident(thing: Thing, setting: Setting) -> bool:
    """Tell whether an event is nothing that people gather for: a crisis, a war, a fall."""
    first = fold_name(thing.label).split()[:1]
    return bool(first) and first[0].removeprefix("ال") in setting.patterns.words.all("incident_words")  # the
