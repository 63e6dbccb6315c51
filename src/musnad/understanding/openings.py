"""Find what opens the words of a report: «أن», a colon, a quotation mark, or the object itself.

Between a speaker and the words stand adverbs, remarks and «in a written reply on Monday»; they are passed
over. Chosen over (a) the next word, which loses every statement «in a press conference», and (b) any word
further on, which takes a date for what someone rejects.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from musnad.understanding.particles import (
    ABOUT_TO_ON,
    ADJECTIVE_ENDINGS,
    COMMAS,
    IN,
    LISTING,
    PARTICIPLE,
    PRONOUNS,
    THAT,
    TO,
    WHO,
)
from musnad.understanding.patterns import Pattern, Words
from musnad.understanding.sentences import Token
from musnad.understanding.speakers import skip_adverbs

_REACH: Final = 26  # tokens between a speaker and what opens the words
_NEAR: Final = 6  # tokens within which a mere preposition may open words
_ASIDE: Final = 16  # tokens of a remark between commas
_TEXT: Final = 4  # tokens between «in» and the statement
_DATED: Final = 5  # tokens between the statement and its date
_NO_OBJECT: Final = ABOUT_TO_ON | THAT | {"في", "من", "مع"}  # in, of, with
_SHORT: Final = 3  # letters of «any», which ends like an adjective
_NOUN_REACH: Final = 1  # tokens between a speaker and a mere noun that opens words


def opening_after(
    tokens: Sequence[Token], place: int, pattern: Pattern, words: Words
) -> tuple[int, int] | None:
    """Return (token, size) of the first opening of a pattern after a speaker."""
    near = True
    begins = object_place(tokens, place, words)
    direct = begins if () in pattern.opens else -1
    for start in range(place, min(place + _REACH, len(tokens))):
        size = opens_at(tokens, start, pattern, near=near)
        noun = size == 1 and pattern.content in {"phrase", "act"}
        if size and not (noun and start - place > _NOUN_REACH and start != begins):
            return start, size
        if start == direct and _begins_object(tokens[start], words):
            return start, 0
        near = near and (tokens[start].text != "," or start == place) and start - place < _NEAR
    return None


def object_place(tokens: Sequence[Token], place: int, words: Words) -> int:
    """Return where an object may begin: after adverbs, a remark between commas, «in a statement on 3 May»."""
    place = skip_adverbs(tokens, place, words)
    if place >= len(tokens):
        return place
    if tokens[place].text in TO and place + 2 < len(tokens) and tokens[place + 1].mentions:
        place += 2  # «told the agency that …»
    if tokens[place].text in COMMAS:
        marks = (i for i in range(place + 2, min(place + _ASIDE, len(tokens))) if tokens[i].text in COMMAS)
        return next(marks, place - 1) + 1
    if tokens[place].text != IN:
        return place
    texts = (i for i in range(place + 1, min(place + _TEXT, len(tokens))) if is_text(tokens[i], words))
    said = next(texts, None)
    if said is None:
        return place
    dates = (i for i in range(said + 1, min(said + _DATED, len(tokens))) if tokens[i].edtf)
    after = next(dates, said) + 1
    while after < len(tokens) and _describes_text(tokens[after]):
        after += 1
    return skip_adverbs(tokens, after, words)


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


def _begins_object(token: Token, words: Words) -> bool:
    if token.text in _NO_OBJECT or token.among(words.all("prepositions")) or token.bare in WHO:
        return False
    return token.is_word or bool(token.mentions)


def opens_at(tokens: Sequence[Token], place: int, pattern: Pattern, *, near: bool = True) -> int:
    """Return how many tokens an opening has that stands at a place, 0 if none does.

    «~» ends a word that may carry the pronoun of the speaker («رفضه», «رفضها», «رفضهم»).
    """
    best = 0
    for opening in pattern.opens:
        given = tokens[place : place + len(opening)]
        listed = opening == (":",) and place > 0 and tokens[place - 1].bare in LISTING
        if not opening or listed or (not near and len(opening) == 1 and opening[0] in ABOUT_TO_ON):
            continue
        if len(given) == len(opening) and all(map(_same, given, opening)):
            best = max(best, len(opening))
    return best


def _same(token: Token, word: str) -> bool:
    if word == '"':
        return token.text == "“"
    if word.endswith("~"):
        return token.text == word[:-1] or token.bare in {word[:-1] + tail for tail in PRONOUNS}
    return word in {token.text, token.bare}
