"""Pass over what stands between a verb and its object: a place, a remark, «in a statement on 3 May».

Chosen over (a) one list of phrases, since dates and names stand in most of them, and (b) the next noun, which
takes the text in which something was said for what was said.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from musnad.understanding.adverbs import skip_adverbs
from musnad.understanding.modality import OF
from musnad.understanding.particles import (
    ADJECTIVE_ENDINGS,
    CLITICS,
    COMMAS,
    IN,
    IN_A_TEXT,
    ON,
    PARTICIPLE,
    PLACES,
    PRONOUNS,
    THAT,
    TO,
    TO_A,
    TO_ON_ABOUT,
    TO_THE,
    WITH_WHOM,
    is_definite,
)
from musnad.understanding.patterns import Words
from musnad.understanding.sentences import Token

THROUGH: Final = "عبر"  # through
_NEAR: Final = 6  # tokens within which the place stands that «from his office in X» names
_ASIDE: Final = 16  # tokens of a remark between commas
_TEXT: Final = 4  # tokens between «in» and the statement
_DATED: Final = 5  # tokens between the statement and its date
_SHORT: Final = 3  # letters of «any», which ends like an adjective


def object_place(tokens: Sequence[Token], place: int, words: Words) -> int:
    """Return where an object may begin: after adverbs, a remark between commas, «in a statement on 3 May»."""
    place = _after_body(tokens, place)
    place = _skip_emphasis(tokens, skip_adverbs(tokens, place, words), words)
    place = _after_page(tokens, place, words)
    if place >= len(tokens):
        return place
    if tokens[place].text in TO and place + 2 < len(tokens) and tokens[place + 1].mentions:
        place += 2  # «told the agency that …»
    following = tokens[place + 1] if place + 1 < len(tokens) else None
    if following and tokens[place].text in PLACES | TO_ON_ABOUT and following.text[:2] == "<L":
        after = skip_adverbs(tokens, place + 2, words)  # «… in X refused …», «… in X, refused …»
        return after + (after < len(tokens) - 1 and tokens[after].text in COMMAS)
    if tokens[place].text == OF:
        end = next((i for i in range(place + 1, min(place + _NEAR, len(tokens))) if tokens[i].mentions), None)
        if end is not None and tokens[end].text[:2] == "<L":
            return skip_adverbs(tokens, end + 1, words)  # «… from his office in X announced …»
    if tokens[place].text in COMMAS:
        marks = (i for i in range(place + 2, min(place + _ASIDE, len(tokens))) if tokens[i].text in COMMAS)
        return next(marks, place - 1) + 1
    if tokens[place].text not in IN_A_TEXT:
        return place
    near = range(place + 1, min(place + _TEXT, len(tokens)))
    texts = (i for i in near if is_text(tokens[i], words) or _is_meeting(tokens[i], words))
    said = next(texts, None)
    if said is None:
        return place
    return _after_text(tokens, place, said, words)


def _after_text(tokens: Sequence[Token], place: int, said: int, words: Words) -> int:
    """Return the token after a text or a meeting with its date, its place and who held it."""
    dates = (i for i in range(said + 1, min(said + _DATED, len(tokens))) if tokens[i].edtf)
    after = next(dates, said) + 1
    while after < len(tokens) and _describes_text(tokens[after]):
        after += 1
    after = skip_adverbs(tokens, _after_audience(tokens, after, words), words)
    if after < len(tokens) and tokens[after].text in words.all("held_by"):  # «in a meeting that X held …»
        near = range(after, min(after + _ASIDE, len(tokens)))
        return next((i for i in near if tokens[i].text in TO_ON_ABOUT | THAT), place)
    if after + 1 < len(tokens) and tokens[after].text in IN_A_TEXT and _is_meeting(tokens[after + 1], words):
        after = skip_adverbs(tokens, after + 2, words)  # «in a statement after the meeting»
    if (
        after + 1 < len(tokens)
        and tokens[after].text in PLACES | CLITICS
        and tokens[after + 1].text[:2] == "<L"
    ):
        after = skip_adverbs(tokens, after + 2, words)  # «in a meeting in X»
    return after + (after < len(tokens) and tokens[after].text in COMMAS)


def _after_audience(tokens: Sequence[Token], place: int, words: Words) -> int:
    """Return the token after whom a text was for («… to the newspaper X», «… with the channel X»)."""
    if place + 1 >= len(tokens):
        return place
    token, following = tokens[place], tokens[place + 1]
    heads = {token.text.removeprefix(TO_THE), token.text.removeprefix(TO_A)} - {token.text}
    if heads & words.all("outlets"):
        return place + 1 + bool(following.mentions)
    if token.text == WITH_WHOM and (following.mentions or following.among(words.all("outlets"))):
        named = place + 2 < len(tokens) and not following.mentions and bool(tokens[place + 2].mentions)
        return place + 2 + named
    return place


def _after_page(tokens: Sequence[Token], place: int, words: Words) -> int:
    """Return the token after «on his page on the site X»."""
    start = place
    while place + 2 < len(tokens) and tokens[place].text in {ON, THROUGH, IN}:
        site = place > start and tokens[place + 1].text[:2] in {"<O", "<W"}
        own = tokens[place + 1].text in words.all("own_pages")
        if not site and not (own and (place > start or tokens[place + 1].text.endswith(PRONOUNS))):
            break
        place += 2
        while place + 1 < len(tokens) and (
            tokens[place].text in words.all("own_pages") or tokens[place].text[:2] in {"<O", "<W"}
        ):
            place += 1
        place = skip_adverbs(tokens, place, words)
    return place


def _skip_emphasis(tokens: Sequence[Token], place: int, words: Words) -> int:
    """Return the token after «categorically», «in the strongest terms» and the like."""
    if place + 1 < len(tokens) and tokens[place].text in words.all("emphases"):
        return skip_adverbs(tokens, place + 2, words)
    return place


def _is_meeting(token: Token, words: Words) -> bool:
    return token.text[:2] == "<E" or token.text in words.all("meeting_of")


def _after_body(tokens: Sequence[Token], place: int) -> int:
    """Return the token after the body of a source without a name («a source close to X in Y»)."""
    if place and tokens[place - 1].text[:2] == "<S":
        while place + 1 < len(tokens) and _is_nisba(tokens[place]):
            place += 1  # «Yemeni media sources»
        while place + 1 < len(tokens) and tokens[place].text in PLACES | TO_ON_ABOUT | CLITICS:
            if tokens[place + 1].text[:2] not in {"<O", "<L", "<E"}:
                break
            place += 2
    return place


def _is_nisba(token: Token) -> bool:
    """Tell whether a word is an adjective of relation without the article («يمنية», «محليون»)."""
    shaped = len(token.text) > _SHORT and token.text.endswith(ADJECTIVE_ENDINGS)
    return token.is_word and shaped and not is_definite(token.text)


def _describes_text(token: Token) -> bool:
    """Tell whether a word is the adjective of an indefinite «statement» («مكتوب», «صحفي», «هاتفي»)."""
    return token.is_word and (
        token.text.startswith(PARTICIPLE)
        or (len(token.text) > _SHORT and token.text.endswith(ADJECTIVE_ENDINGS[-1]))
    )


def is_text(token: Token, words: Words) -> bool:
    """Tell whether a token names something in which words are said: a statement, a reply, a recording."""
    return (
        token.among(words.all("channels")) or token.among(words.all("statements")) or token.text[:2] == "<W"
    )
