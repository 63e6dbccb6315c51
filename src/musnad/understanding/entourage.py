"""Tell which names only say of whom somebody is: «the guard of President X», «the opponents of President X».

What such people say and do is not said and done by X, so the name is no name for what reads claims; its words
stay. A noun for an office is a person's own («the adviser of the president, Y») unless that person is known
to be the head of a state. Chosen over (a) a rule for each reader of claims, of which one would be forgotten,
and (b) the noun before any title, which is as often the verb.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from musnad.folding import fold
from musnad.model import Mention
from musnad.understanding.event_labels import is_wide
from musnad.understanding.particles import ARTICLE, TO_THE, is_definite
from musnad.understanding.patterns import Words

_TITLES: Final = ("rulers", "ruler_words", "ranks", "definite_offices", "ruling_offices")
_REACH: Final = 80  # characters before a name
_GOES_ON: Final = (",", "،", "للشوون", "لشوون")  # «the adviser of President X for media affairs, Y»
_ADJECTIVES: Final = 2  # words between a title and the name
_LETTERS: Final = "وفبلك"  # and, so, with, to, as: written on a noun


def told_of(mentions: Sequence[Mention], text: str, words: Words) -> list[Mention]:
    """Return the mentions of which something may be said, without those within the name of an event."""
    persons = [mention for mention in mentions if mention.type == "PERSON"]
    owners = {person for person in persons if _only_owns(person, text, persons, words)}
    return [m for m in mentions if not is_wide(m, mentions) and m not in owners]


def _only_owns(person: Mention, text: str, persons: Sequence[Mention], words: Words) -> bool:
    """Tell whether a name only says whose guard, opponent, brother or envoy somebody is.

    An office with a title before the name is that of the person («the adviser of the president, X»), unless
    that is the head of a state and nobody is named after it.
    """
    before, title = _before(person, text, words)
    last, near = before[-1:], [word.removeprefix(ARTICLE) for word in before[-2:]]
    if _among(last, words.all("entourage")):
        return bool(title) or not _among(last, words.all("of_persons"))
    if not title:  # «an aide of X», but «the bureau of X» is known by its words
        return _among(last, words.all("envoys_of")) and not _among(last, words.all("of_persons"))
    rules = {title, ARTICLE + title.removeprefix(TO_THE)} & words.all("rulers")
    if not rules or not _is_head(person, words) or not _among(near, words.all("envoys_of")):
        return False
    named = any(person.end < other.start <= person.end + _REACH for other in persons)
    return not (named and fold(text[person.end : person.end + _REACH]).text.lstrip().startswith(_GOES_ON))


def _among(found: Sequence[str], nouns: Collection[str]) -> bool:
    """Tell whether any of some words is one of some nouns, whatever letter is written on it."""
    return any(word in nouns or (word[:1] in _LETTERS and word[1:] in nouns) for word in found)


def _before(mention: Mention, text: str, words: Words) -> tuple[list[str], str]:
    """Return the words before a name and its title, and that title, "" where it has none."""
    found = fold(text[max(0, mention.start - _REACH) : mention.start]).text.split()
    for skipped in range(min(_ADJECTIVES + 1, len(found))):
        at = len(found) - 1 - skipped
        if found[at] in words.any_of(_TITLES):
            return found[:at], found[at]
        if not is_definite(found[at]):
            break
    return found, ""


def _is_head(mention: Mention, words: Words) -> bool:
    """Tell whether somebody is known as the head of a state, by a name or by its end."""
    name = fold(mention.label).text.split()
    return any(each.split()[-len(name) :] == name for each in words.all("heads_of_state"))
