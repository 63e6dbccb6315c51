"""Find what a sentence means without naming it: the topic of the document, a heading, the last one named."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from itertools import takewhile
from typing import Final

from musnad.folding import fold, fold_name
from musnad.model import Mention, Thing
from musnad.understanding.grammar import TYPE_LETTERS
from musnad.understanding.particles import AND, ARTICLE, CLITICS, PLURALS, TO_A, TO_THE, WITH
from musnad.understanding.patterns import Words
from musnad.understanding.sentences import Sentence, Token
from musnad.understanding.setting import Setting

_OWNED: Final = ("ته", "تها", "تهم")  # her committee: ending with the pronoun of the whole
_TWO: Final = 2
_OPENING: Final = 4  # tokens among which a sentence names its subject
_TOGETHER: Final = "مع "  # with
_ELSEWHERE: Final = frozenset({"في", "خلال", "بشأن", "حول", "برعاية", "أمس", "اليوم"})  # in, during …
_WITH_GROUPS: Final = (
    *("بممثل", "بوفد", "بمسؤول"),  # with representatives, a delegation, officials
    *("بمقتل", "بإصابة", "بجرح", "باستشهاد"),  # with the killing, hurting, wounding, death of
)
SPEAKER: Final = Thing("؟", "speaker")  # stands for whoever turns out to speak
SPEAKER_BODY: Final = Thing("؟؟", "body")  # stands for the body that the speaker is in
_TO_THEM: Final = frozenset({"له", "لها", "لهم"})  # to it, to them
_GROUP_STEMS: Final = ("ممثل", "مسؤول", "حاضر", "شارك")  # representative, official, attending, participating


def loyal_to(subject: Thing, whom: str) -> Thing:
    """Return forces that are «loyal to it» with the words that name whom they are loyal to.

    >>> loyal_to(Thing("القوات الموالية لها"), "الجبهة").label
    'القوات الموالية للجبهة'
    """
    words, _, last = subject.label.rpartition(" ")
    if last not in _TO_THEM or not words or not whom:
        return subject
    owner = whom.removeprefix(ARTICLE)
    return replace(subject, label=f"{words} {TO_THE if owner != whom else TO_A}{owner}")


def nominative(words: str) -> str:
    """Return words that name a group as a subject would be written.

    Article and preposition are left out.

    >>> nominative("بممثلين روس"), nominative("الكاتب والصحفي")
    ('ممثلون روس', 'كاتب وصحفي')
    """
    first, *rest = words.removeprefix(_TOGETHER).split()
    if words.startswith((_TOGETHER, *_WITH_GROUPS)):
        rest = list(takewhile(lambda word: word not in _ELSEWHERE, rest))
    first = first.removeprefix(AND) if first.startswith(AND + ARTICLE) else first
    first = first.removeprefix(WITH) if first.startswith(_WITH_GROUPS) else first
    first = (
        first[:-2] + PLURALS[0] if first.endswith(PLURALS[1]) and first[:-2].endswith(_GROUP_STEMS) else first
    )
    if first.endswith(PLURALS[1][0]) and first[:-1].endswith(_GROUP_STEMS[:2]):  # «representatives of»
        first = first[:-1] + AND
    plain = (AND + w[3:] if w.startswith(AND + ARTICLE) else w.removeprefix(ARTICLE) for w in (first, *rest))
    return " ".join(plain)


def topic(sentences: Sequence[Sentence], setting: Setting) -> tuple[Mention, ...]:
    """Return the mention that the title of the document is made of, if any."""
    for sentence in sentences:
        if sentence.zone == "title":
            names = [token for token in sentence.tokens if token.mentions]
            words = sum(1 for token in sentence.tokens if token.is_word)
            return names[0].mentions if len(names) == 1 and words <= 2 else ()
    return ()


def only_named(sentences: Sequence[Sentence], letters: str, setting: Setting) -> Mention | None:
    """Return whom the title names alone of its type, no outlet; None where it names several or none."""
    title = (token for sentence in sentences if sentence.zone == "title" for token in sentence.tokens)
    named = {m.entity: m for token in title for m in token.mentions if token.text[1] in letters}
    found = [m for m in named.values() if not setting.is_outlet(m) and not _is_owned(m)]
    return found[0] if len(found) == 1 else None


def _is_owned(mention: Mention) -> bool:
    """Tell whether a name is that of a part with the pronoun of its whole («هيئته الرئاسية»)."""
    return fold_name(mention.label).partition(" ")[0].endswith(_OWNED)


def named_in_title(sentences: Sequence[Sentence], letters: str) -> tuple[Mention, ...]:
    """Return the first mention of a type in the title of the document."""
    title = (sentence for sentence in sentences if sentence.zone == "title")
    return next((t.mentions for s in title for t in s.tokens if t.mentions and t.text[1] in letters), ())


def heading(sentences: Sequence[Sentence], number: int, letters: str) -> tuple[Mention, ...]:
    """Return the first mention of a type in the heading of a section."""
    zone = sentences[number].zone
    first = next(sentence for sentence in sentences if sentence.zone == zone)
    if first is sentences[number]:
        return ()
    return next((token.mentions for token in first.tokens if token.mentions and token.text[1] in letters), ())


def opening(tokens: Sequence[Token], letters: str, oblique: Set[str]) -> list[Mention] | None:
    """Return the name that a sentence begins with as its subject, None where it begins with no name.

    Nothing where the first name is of another type, or stands after one of the prepositions `oblique`.
    """
    for place, token in enumerate(tokens[:_OPENING]):
        if token.mentions:
            before = tokens[place - 1].text if place else ""
            return [token.mentions[0]] if token.text[1] in letters and before not in oblique else []
    return None


def opened_by(
    place: tuple[Sequence[Sentence], int, int], letters: str, kind: str, setting: Setting
) -> Iterator[Thing]:
    """Yield whom the sentence (as a `subject`: or the one before) begins with, else the topic."""
    sentences, number, first = place
    before = setting.patterns.words.all("prepositions") | CLITICS
    named = opening(sentences[number].tokens[:first], letters, before)
    last = sentences[number - 1] if number and kind == "subject" else None
    if named is None and last is not None and last.zone == sentences[number].zone:
        named = opening(last.tokens, letters, before)
    if named is None:
        named = [m for m in topic(sentences, setting)[:1] if TYPE_LETTERS[m.type] in letters]
    yield from (setting.thing_of(mention) for mention in named)


def pair(place: tuple[Sequence[Sentence], int, int], setting: Setting) -> list[Thing]:
    """Return «the two sides»: the two agents that the sentence before, or its beginning, names.

    Nothing where it names more or fewer: persons count before bodies, and bodies before places.
    """
    sentences, number, first = place
    before = [sentences[number].tokens[:first]]
    if number and sentences[number - 1].zone == sentences[number].zone:
        before.append(sentences[number - 1].tokens)
    for tokens in before:
        for letter in "POL":
            named = {t.mention.entity: t.mention for t in tokens if t.mention and t.text[1] == letter}
            if len(named) == _TWO:
                return [setting.thing_of(mention) for mention in named.values()]
            if named:
                return []
    return []


def nearest(
    place: tuple[Sequence[Sentence], int, int], letters: str, heads: tuple[str, ...], setting: Setting
) -> tuple[Mention, ...]:
    """Return the nearest mention of a type before a token.

    It stands in the same sentence or in the six before it. With `heads`, only names that begin with one of
    these words, the topic of the document too. A mention whose name has a place that the rest of the sentence
    names is preferred.
    """
    sentences, number, first = place
    places = {
        fold(t.mention.label).text for t in sentences[number].tokens[first:] if t.mention and t.text[1] == "L"
    }
    heads = tuple(fold(head).text for head in heads)
    found: list[tuple[Mention, ...]] = []
    for back in range(min(7, number + 1)):
        sentence = sentences[number - back]
        if sentence.zone != sentences[number].zone or sentence.post:
            break
        tokens = sentence.tokens[:first] if back == 0 else sentence.tokens
        here = [t.mentions for t in reversed(tokens) if t.mentions and t.text[1] in letters]
        here = [named for named in here if not heads or _begins(named[0], heads)]
        if heads and not found and not places and len({named[0].entity for named in here}) > 1:
            return ()  # «the delegation», after a sentence that names two
        found += here
    for mentions in found:
        if places & set(fold(mentions[0].label).text.split()):
            return mentions
    if found or not heads:
        return found[0] if found else ()
    named = topic(sentences, setting)
    return named if named and _begins(named[0], heads) else ()


def _begins(mention: Mention, heads: tuple[str, ...]) -> bool:
    """Tell whether a name begins with one of some folded words."""
    return fold_name(mention.label).removeprefix(ARTICLE).startswith(heads)


def bodies_before(place: tuple[Sequence[Sentence], int, int], words: Words) -> list[Mention]:
    """Return the bodies that a sentence names before a token; if none, those of the one before.

    None where who appoints is told: that is not what the office is of («X appointed Y as envoy»).
    """
    sentences, number, first = place
    verb, *who = sentences[number].tokens[max(0, first - 2) : first] or sentences[number].tokens[:1]
    if who and who[0].mentions and verb.among(words.all("appointing")):
        return []
    here = [t.mention for t in sentences[number].tokens[:first] if t.mention and t.text[1] == "O"]
    last = sentences[number - 1] if number and not here else None
    if last is not None and last.zone == sentences[number].zone:
        here = [t.mention for t in last.tokens if t.mention and t.text[1] == "O"]
    return here


def alone(bodies: Sequence[Mention], setting: Setting) -> Mention | None:
    """Return the body that a sentence names, if it is one alone and no outlet."""
    named = {body.entity: body for body in bodies if not setting.is_outlet(body)}
    return next(iter(named.values())) if len(named) == 1 else None
