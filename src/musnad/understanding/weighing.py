"""Tell how a statement is put that no cue tells: it weighs, or it tells what somebody wants.

«X is the key of …», «this is proof of …» and «they are more …» judge whatever their words are. Chosen over
(a) lists of judging words alone, which no speaker keeps to, and (b) taking every nominal sentence for a
judgement, which half of the plain facts are told in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from musnad.understanding.clauses import is_verb
from musnad.understanding.modality import has_cue
from musnad.understanding.office_ends import is_office
from musnad.understanding.particles import CASE, COMMAS, HE_SHE, NEGATIONS, THAT_CLAUSE, WHO, is_definite
from musnad.understanding.patterns import Words
from musnad.understanding.sentences import Token
from musnad.understanding.units import Unit

_THIS: Final = frozenset({"هذا", "هذه", "ذلك", "تلك"})  # this, that
_BECAME: Final = frozenset({"اصبح", "اصبحت", "بات", "باتت"})  # became
_MORE: Final = frozenset({"اكثر", "اقل", "اشد", "اكبر"})  # more, less, stronger, greater
_OF: Final = "من"  # than; of
_NEAR: Final = 6  # tokens of a statement among which the verb of wanting stands
_SUBJECT: Final = 9  # tokens of a subject before «is»
_BY_GOD: Final = "بالله"  # by God
_SWEAR: Final = frozenset({"اقسم", "نقسم"})  # I, we swear
_OATH: Final = 4  # tokens between «I swear» and «that»
_FIRST_PERSON: Final = ("ا", "ن")  # first letters of «I do», «we do»
_LEAST: Final = 3  # letters of a noun


def weighs(unit: Unit, tokens: Sequence[Token], words: Words) -> str:
    """Return «intended» where a statement tells of a will, «opinion» where it weighs, else ""."""
    if wants_at(unit, tokens, words) is not None or swears(unit, tokens):
        return "intended"
    known = words.lists["evaluations"]
    if unit.first and tokens[unit.first - 1].bare in words.all("giving_reason"):
        return "opinion"
    told = any(has_cue(tokens, place, known) for place in range(unit.first, unit.last))
    return "opinion" if told or _judges(unit, tokens, words) else ""


def wants_at(unit: Unit, tokens: Sequence[Token], words: Words) -> int | None:
    """Return the token of the verb by which somebody wants or gets ready («… want to …»)."""
    for place in range(unit.first, min(unit.first + _NEAR, unit.last - 1)):
        token = tokens[place]
        if token.text in NEGATIONS or token.bare in THAT_CLAUSE | WHO or token.text in COMMAS:
            return None
        if place > unit.first and (token.text != token.bare or is_verb(tokens[place - 1], words)):
            return None  # «X has been invited and wants to …»: something else is told first
        following = [each.bare for each in tokens[place + 1 : place + 3]]
        wants = token.bare in words.all("wants_that") and not THAT_CLAUSE.isdisjoint(following)
        if wants or token.bare in words.all("gets_ready"):
            return place
    return None


def swears(unit: Unit, tokens: Sequence[Token]) -> bool:
    """Tell whether somebody swears to do something («I swear by God that I will keep …»)."""
    for place in range(unit.first, min(unit.first + _NEAR, unit.last - _OATH)):
        if tokens[place].bare in _SWEAR and tokens[place + 1].text == _BY_GOD:
            near = range(place + 2, min(place + 2 + _OATH, unit.last - 1))
            that = next((at for at in near if tokens[at].bare in THAT_CLAUSE), None)
            return that is not None and tokens[that + 1].text.startswith(_FIRST_PERSON)
    return False


def _judges(unit: Unit, tokens: Sequence[Token], words: Words) -> bool:
    """Tell whether the shape of a statement is that of a judgement."""
    first = tokens[unit.first]
    following = tokens[min(unit.first + 1, unit.last - 1)]
    if first.bare in _THIS and _is_noun(following, words) and not is_definite(following.text):
        return True
    for place in range(unit.first + 1, min(unit.first + _SUBJECT, unit.last - 1)):
        token, following = tokens[place], tokens[place + 1]
        if token.text in COMMAS or token.bare in WHO | THAT_CLAUSE:
            return False
        if token.text in HE_SHE and _is_told_apart(tokens, place + 1, words):
            return True
        if token.bare in _BECAME and _is_told_to_be(following, words):
            return True
        if token.bare in _MORE and _is_noun(following, words) and not is_definite(following.text):
            return True
    return False


def _is_told_to_be(token: Token, words: Words) -> bool:
    """Tell whether an adjective says what something became («complicated»), and no office."""
    shaped = token.text.endswith(CASE) and not is_definite(token.text)
    return shaped and _is_noun(token, words) and not is_office(replace(token, text=token.text[:-1]), words)


def _is_told_apart(tokens: Sequence[Token], place: int, words: Words) -> bool:
    """Tell whether a noun that says what something is stands at a place («the key of …», «who did …»)."""
    noun, following = tokens[place], tokens[min(place + 1, len(tokens) - 1)]
    if noun.text == _OF:
        return True
    definite = is_definite(noun.text) or is_definite(following.text) or bool(following.mentions)
    return _is_noun(noun, words) and noun.bare not in WHO and definite


def _is_noun(token: Token, words: Words) -> bool:
    """Tell whether a word may be a plain noun: no name, verb, preposition or date."""
    plain = token.is_word and not token.mentions and not token.edtf and len(token.text) > _LEAST
    return plain and not is_verb(token, words) and not token.among(words.all("prepositions"))
