"""Write what the words of a slot tell as a label: offices, documents, stances, each measure agreed on.

«To open the road, and to mend the bridge» are two measures. Chosen over (a) all words as one label, under
which no measure is found, and (b) the cuts of statements, whose clauses these are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from musnad.model import Thing
from musnad.understanding.context import nominative
from musnad.understanding.particles import AND, ARTICLE, COMMAS, TO_THE, WITH
from musnad.understanding.sentences import Token
from musnad.understanding.setting import Setting
from musnad.understanding.stance_objects import TAKEN, names_matter, without_letter
from musnad.understanding.strikes import in_subject_case
from musnad.understanding.verbal_nouns import is_act

_TANWIN: Final = re.compile("(?:\u064b?ا|ا\u064b)\\Z")  # the ending of an indefinite object
_AS_PRINTED: Final = frozenset({"locatedIn", "allyOf", "attacked", "killed"})
_LEAST: Final = 2  # words of a measure


def _written(words: str, kind: str, relation: str) -> str:
    """Return the words of a slot as a label, offices without the preposition on them («للرئيس»)."""
    if kind == "TEXT" or relation in _AS_PRINTED:
        return words
    plain = ARTICLE + words[2:] if words.startswith(TO_THE) else words.removeprefix(WITH)
    return nominative(plain if kind in {"HEAD", "TRADE"} else words)


def noun(tokens: Sequence[Token], setting: Setting) -> str:
    """Return the words of a slot that name a document, as a name begins with them («قراراً»: «قرار»)."""
    return _TANWIN.sub("", nominative(all_words(tokens, setting)))


def told(tokens: Sequence[Token], kind: str, relation: str, setting: Setting) -> Iterator[Thing]:
    """Yield what the words of a slot tell, if they tell anything; each of the measures that are agreed on."""
    if kind == "TEXT" and relation == "agreedOn" and (rest := _next_measure(tokens)):
        yield from told(tokens[: rest - (tokens[rest - 1].text in COMMAS)], kind, relation, setting)
        for thing in told(tokens[rest:], kind, relation, setting):
            yield Thing(thing.label.removeprefix(AND), thing.entity, thing.datatype)
        return
    words = all_words(tokens, setting)
    stance = kind == "TEXT" and relation in TAKEN
    if stance and not names_matter(tokens, setting.patterns.words):
        return
    words = without_letter(words, tokens[0], setting.patterns.words) if stance else words
    words = words if stance else in_subject_case(words, setting.patterns.words.all("pact_words"))
    yield from [Thing(_written(words, kind, relation))] if words else []


def words_of(tokens: Sequence[Token], first: int, last: int, setting: Setting) -> str:
    """Return the words of some tokens as they are printed, blanks made single."""
    text = setting.document.text[tokens[first].start : tokens[last - 1].end]
    return " ".join(text.split())


def all_words(tokens: Sequence[Token], setting: Setting) -> str:
    """Return the words of all of some tokens as they are printed."""
    return words_of(tokens, 0, len(tokens), setting) if tokens else ""


def _next_measure(tokens: Sequence[Token]) -> int:
    """Return where «and» joins a further measure, a verbal noun, definite as the first word is; 0 if none."""
    joint = AND + ARTICLE if tokens[0].text.startswith(ARTICLE) else AND
    for place in range(_LEAST, len(tokens) - 1):
        word = tokens[place].text
        if word.startswith(joint) and is_act(Token(AND + word.removeprefix(joint), 0, 0)):
            return place
    return 0
