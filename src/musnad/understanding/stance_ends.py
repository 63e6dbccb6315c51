"""Find where the object of a stance ends: before a clause that only comments on it.

Chosen over (a) the next comma, which many pages do not set, and (b) a parser.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from musnad.understanding.clauses import is_verb
from musnad.understanding.forms import Form
from musnad.understanding.modality import has_cue
from musnad.understanding.particles import (
    AND,
    FEMININE_PAST,
    FEMININE_PLURAL,
    PRONOUNS,
    WAS,
    WHO,
    is_definite,
)
from musnad.understanding.patterns import Pattern, Words
from musnad.understanding.sentences import Sentence, Token
from musnad.understanding.setting import Setting
from musnad.understanding.stance_nouns import joins_own
from musnad.understanding.stance_objects import TAKEN

CONTENT: Final = frozenset({"demanded", "denied", "announced"})  # the passage is what is demanded …
_WE: Final = "ن"  # we, on a verb
_HE: Final = "ي"
_HE_IS: Final = frozenset({"وهو", "وهي", "وهم", "وهما", "اما"})  # and he is …; as for
_PRESENT: Final = re.compile(r"وي\w{3,}\Z")  # «and» with a verb of the present, he
_SHE_HE: Final = re.compile(r"[يت]\w{2,}\Z")  # a verb of the present: he, she
_MARKS: Final = frozenset({"“", "”"})
_LEAST: Final = 2  # tokens of an object before a clause may begin


def text_end(tokens: Sequence[Token], first: int, last: int, relation: str, setting: Setting) -> int:
    """Return where words that are rejected, planned or backed end; they begin at token `first`."""
    for place in range(first + _LEAST, last):
        quoted = tokens[place].text in _MARKS and not _is_quoted_within(tokens, first, place, last)
        told = tokens[place].text in _HE_IS or _is_main_verb(tokens, place, setting)
        if quoted or told or begins_comment(tokens, place, relation, setting):
            return place
    words = setting.patterns.words
    return before_time(tokens, first, last, words) if relation in TAKEN else last


def before_time(tokens: Sequence[Token], first: int, last: int, words: Words) -> int:
    """Return where words end without the «yesterday» at their end, which tells when they were said."""
    end = last
    while end - first > _LEAST and _is_day(tokens, end - 1, words):
        end -= 1
    part = end < last and tokens[end - 1].among(words.all("parts_of_time"))  # «in the middle of …»
    if part and end - first > _LEAST + 1:
        end -= 1 + tokens[end - 2].among(words.all("prepositions"))
    return end


def _is_day(tokens: Sequence[Token], place: int, words: Words) -> bool:
    """Tell whether a day stands alone at a place: «yesterday», but not «the events of yesterday», «on …»."""
    day = bool(tokens[place].edtf) or tokens[place].text in words.all("days_of_telling")
    before = tokens[place - 1]
    return day and not before.among(words.any_of(("prepositions", "time_words")))


def _is_main_verb(tokens: Sequence[Token], place: int, setting: Setting) -> bool:
    """Tell whether a verb stands at a place that describes no noun before it («the call to … shows …»)."""
    token, before = tokens[place], tokens[place - 1]
    definite = bool(before.mentions) or (is_definite(before.text) and before.text not in WHO)
    shaped = token.is_word and bool(_SHE_HE.match(token.text)) and definite
    return shaped and (is_verb(token, setting.patterns.words) or _reports(token.text, setting))


def _is_quoted_within(tokens: Sequence[Token], first: int, place: int, last: int) -> bool:
    """Tell whether the mark at a place is one of a pair that both stand in some words."""
    marks = [token.text for token in tokens[first:last] if token.text in _MARKS]
    opens = tokens[place].text == "“"
    return "”" in marks if opens else "“" in {token.text for token in tokens[first:place]}


def trimmed(
    form: Form,
    slots: dict[str, tuple[Token, ...]],
    match: tuple[Pattern, Sentence, int],
    setting: Setting,
) -> tuple[dict[str, tuple[Token, ...]], int]:
    """Return slots and the end of a match: words up to the end of a clause without what comments on them."""
    pattern, sentence, last = match
    matter = slots.get("object", ())
    if form.kinds.get("object") != "TEXT" or not matter or sentence.tokens[last - 1] is not matter[-1]:
        return slots, last
    first = sentence.tokens.index(matter[0])
    end = text_end(sentence.tokens, first, last, pattern.relation, setting)
    return slots | {"object": tuple(sentence.tokens[first:end])}, end


def evidence_begins(
    pattern: Pattern, slots: Mapping[str, tuple[Token, ...]], sentence: Sentence, first: int
) -> int:
    """Return the first token of the evidence: of a match, or of its object alone."""
    alone = pattern.evidence == "object" and "object" in slots
    return sentence.tokens.index(slots["object"][0]) if alone else first


def begins_comment(tokens: Sequence[Token], place: int, relation: str, setting: Setting) -> bool:
    """Tell whether a new clause begins: «where», «while», «and» with a verb («وفرضت», «ويدعم»)."""
    token, words = tokens[place], setting.patterns.words
    if token.mentions:
        return False
    if relation in TAKEN and (token.text in _HE_IS or joins_own(token, words)):
        return True
    relative = token.text in WHO and relation not in CONTENT | {"stated"}
    if relative or has_cue(tokens, place, words.lists["subordinate"]):
        return True
    word = token.text
    past = word[0] == AND and word.endswith(FEMININE_PAST) and len(word) > 4
    ours = token.bare.startswith(_WE) and _reports(_HE + token.bare[1:], setting)  # «وندعم»
    if word[0] == AND and (token.bare in WAS or ours or _reports(token.bare, setting)):
        return True
    present = _PRESENT.match(word) and token.bare not in words.all("not_present")
    return (past and not word.endswith(FEMININE_PLURAL)) or bool(present)


def _reports(word: str, setting: Setting) -> bool:
    """Tell whether a word is a reporting verb, with or without a pronoun («واعتبره»)."""
    stems = {word, *(word.removesuffix(tail) for tail in PRONOUNS)}
    return not stems.isdisjoint(setting.patterns.reporting)
