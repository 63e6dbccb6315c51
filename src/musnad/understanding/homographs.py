"""Tell verbs of speech from words that are written alike: «between», the noun «backing», adjectives.

Chosen over (a) leaving such verbs out, which loses «made clear» and «backed», and (b) a tagger, which errs
most on just these words.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from musnad.understanding.adverbs import skip_adverbs
from musnad.understanding.particles import (
    AND,
    ARTICLE,
    COMMAS,
    FEMININE,
    MEANWHILE,
    OF_SPEAKER,
    PLURALS,
    THAT_CLAUSE,
    WAS,
    WHO,
    WITH,
    is_definite,
)
from musnad.understanding.patterns import Words
from musnad.understanding.sentences import Token

_AGAIN: Final = "مجددا"  # again; renewing
_BELIEVED: Final = frozenset(  # believes, thinks, deems likely: or is believed …
    {"يعتقد", "يظن", "يرجح", "يزعم", "يشتبه", "يقال", "تعتقد", "قيل", "يفترض", "يتوقع"}
)
_EXPECTED: Final = frozenset({"يرجح", "يتوقع", "يخشي", "يحتمل", "ينتظر"})  # is deemed likely, feared …
_BURDEN: Final = 12  # tokens after «holds» among which the responsibility stands
_SAYING: Final = frozenset({"بالقول", "قايلا", "قايله", "يقول", "تقول"})  # by saying, saying, he, she says
_RESPONSIBILITY: Final = ("مسوول", "تبع", "وزر", "ذنب")  # responsibility, consequences, burden, guilt


def is_other(tokens: Sequence[Token], place: int, words: Words) -> bool:
    """Tell whether a word that may be a verb of speech is a preposition or a noun where it stands."""
    return (
        _is_between(tokens, place, words)
        or _is_noun(tokens, place, words)
        or (tokens[place].among(words.all("burdens")) and not _blames(tokens, place))
        or (tokens[place].among(words.all("went_on")) and not _goes_on_to_say(tokens, place))
        or _is_again(tokens, place, words)
        or _is_believed(tokens, place)
    )


def _is_again(tokens: Sequence[Token], place: int, words: Words) -> bool:
    """Tell whether «renewing» is «again»: «and», a preposition or a mark follows it."""
    following = tokens[place + 1] if place + 1 < len(tokens) else None
    if tokens[place].text != _AGAIN or following is None:
        return False
    return not following.is_word or following.text[0] == AND or following.among(words.all("prepositions"))


def _is_believed(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether «believes that it» tells of what is indefinite before it («a rocket believed to be …»)."""
    if place == 0 and len(tokens) > 1 and tokens[0].bare in _EXPECTED:
        return tokens[1].bare in THAT_CLAUSE  # «and it is expected that …»
    if not 0 < place < len(tokens) - 1 or tokens[place].text not in _BELIEVED:
        return False
    before, that = tokens[place - 1], tokens[place + 1].bare
    plain = before.is_word and not is_definite(before.text) and not before.mentions
    return plain and before.text == before.bare and that in OF_SPEAKER


def _goes_on_to_say(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether «by saying» stands after a verb that may also mean «passed»."""
    return any(token.text in _SAYING for token in tokens[place + 1 : place + _BURDEN])


def _blames(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether the responsibility stands after a verb that may also mean «carries»."""
    near = (t.bare.removeprefix(WITH).removeprefix(ARTICLE) for t in tokens[place + 1 : place + _BURDEN])
    return any(word.startswith(_RESPONSIBILITY) for word in near)


def _is_noun(tokens: Sequence[Token], place: int, words: Words) -> bool:
    """Tell whether a word stands where a noun does: after a plain word («because of backing X»)."""
    if place == 0 or tokens[place].text not in words.all("also_nouns"):
        return False
    before = tokens[place - 1]
    return before.is_word and before.bare not in WHO | MEANWHILE | WAS


def _is_between(tokens: Sequence[Token], verb: int, words: Words) -> bool:
    """Tell whether a word that is also a preposition («بين») stands where no verb does."""
    known = words.all("also_prepositions")
    if not tokens[verb].among(known):
        return False
    first = verb == skip_adverbs(tokens, int(tokens[0].text in COMMAS | {AND}), words)  # «for his part …»
    again = any(token.among(known) for token in tokens[:verb])  # «between X, and between Y»
    return again or (not first and tokens[verb - 1].text != ",")


def describes(tokens: Sequence[Token], verb: int, words: Words) -> bool:
    """Tell whether a participle is an adjective of the feminine or plural («the offices are threatened»)."""
    ending = tokens[verb].text.endswith((FEMININE, PLURALS[1]))
    adjective = ending and tokens[verb].among(words.all("participles"))
    return adjective and verb > 0 and tokens[verb - 1].text not in COMMAS
