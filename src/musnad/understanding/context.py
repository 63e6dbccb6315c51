"""Find what a sentence means without naming it: the topic of the document, a heading, the last one named."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from typing import Final

from musnad.folding import fold
from musnad.model import Mention
from musnad.understanding.particles import AND, ARTICLE, PLURALS, WITH
from musnad.understanding.sentences import Sentence
from musnad.understanding.setting import Setting

_TOGETHER: Final = "مع "  # with
_ELSEWHERE: Final = frozenset({"في", "خلال", "بشأن", "حول", "برعاية", "أمس", "اليوم"})  # in, during …
_WITH_GROUPS: Final = (
    *("بممثل", "بوفد", "بمسؤول"),  # with representatives, a delegation, officials
    *("بمقتل", "بإصابة", "بجرح", "باستشهاد"),  # with the killing, hurting, wounding, death of
)
_GROUP_STEMS: Final = ("ممثل", "مسؤول", "حاضر", "شارك")  # representative, official, attending, participating


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


def heading(sentences: Sequence[Sentence], number: int, letters: str) -> tuple[Mention, ...]:
    """Return the first mention of a type in the heading of a section."""
    zone = sentences[number].zone
    first = next(sentence for sentence in sentences if sentence.zone == zone)
    if first is sentences[number]:
        return ()
    return next((token.mentions for token in first.tokens if token.mentions and token.text[1] in letters), ())


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
    found: list[tuple[Mention, ...]] = []
    for back in range(min(7, number + 1)):
        sentence = sentences[number - back]
        if sentence.zone != sentences[number].zone or sentence.post:
            break
        tokens = sentence.tokens[:first] if back == 0 else sentence.tokens
        found += [t.mentions for t in reversed(tokens) if t.mentions and t.text[1] in letters]
    found = [named for named in found if not heads or named[0].label.startswith(heads)]
    for mentions in found:
        if places & set(fold(mentions[0].label).text.split()):
            return mentions
    if found or not heads:
        return found[0] if found else ()
    named = topic(sentences, setting)
    return named if named and named[0].label.startswith(heads) else ()
