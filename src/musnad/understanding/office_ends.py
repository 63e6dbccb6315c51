"""Find where an office ends: its adjectives, its bodies, its place belong to it, the next clause does not.

Chosen over (a) the expressions of `titles`, which read whole lines and no single token, and (b) «up to the
next name», which takes the object of a verb for the bearer.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from musnad.understanding.particles import (
    AND,
    AND_NAME,
    CLITICS,
    FROM,
    HAD,
    IN,
    PARTICIPLE,
    PRONOUNS,
    QUESTION_MARKS,
    TO_A,
    TO_ON_ABOUT,
    WHO,
    WITH,
    is_definite,
    without_article,
)
from musnad.understanding.patterns import Words
from musnad.understanding.sentences import Token
from musnad.understanding.setting import Setting

_REACH: Final = 16  # tokens of an office with its bodies
_STEM: Final = 3  # letters that a preposition leaves
OF_OFFICE: Final = frozenset({IN, "الي", "باسم", "لدي", FROM})  # in, to, in the name of, with, for
_BY: Final = "من"  # by, from
_DEPUTY: Final = frozenset({"بالانابه", "بالوكاله", "بالنيابه"})  # acting
_GENERAL: Final = "عام"  # general; year
_TOWARDS: Final = "الي"  # to
_HIS_NATION: Final = "ي"  # ending of an adjective of «he»
_HERS: Final = ("ه", "ات")  # endings of feminine nouns
_HER_NATION: Final = "يه"  # ending of an adjective of «she»: of a place before it
_ATTENTION: Final = frozenset({"النظر", "الانتباه", "الانظار", "الاهتمام"})  # that is drawn to something
_STOPS: Final = QUESTION_MARKS | {",", ":", ";", "“", "”", "(", ")", "-", "–", ".", "؛"}


def is_office(token: Token, words: Words) -> bool:
    """Tell whether a word names an office, with or without the article."""
    if not token.is_word:
        return False
    known = words.all("offices") | words.all("speaking_offices")
    return token.among(known) or without_article(token.text) in known


def office_end(tokens: Sequence[Token], place: int, setting: Setting) -> int:
    """Return the token after an office that begins at a token: its adjectives, its body, its place.

    A name right after a word with the article is no part of it («the president Syria»: the verb's object).
    """
    words = setting.patterns.words
    end = place + 1
    while end < min(place + _REACH, len(tokens)):
        token, before = tokens[end], tokens[end - 1]
        following = tokens[end + 1] if end + 1 < len(tokens) else None
        if token.mentions:
            free = before.is_word and is_definite(before.text) and before.text not in OF_OFFICE
            if token.text[1] not in "OLE" or free or before.mentions:
                break
        elif token.text.endswith("+"):
            if not (_shared(tokens, end) or _before_body(token, following, setting)):
                break
        elif token.text == FROM and not (end == place + 1 and tokens[place].among(words.all("offices_for"))):
            break  # «the minister expressed his hope»: the preposition is the verb's
        elif not token.is_word or not _goes_on(token, following, words):
            if not _backed(before, token):
                break
        elif (_apart(before, token) or (before.mentions and _is_other(token))) and not _of_body(
            token, following
        ):
            break
        end += 1
    return end


def _before_body(token: Token, following: Token | None, setting: Setting) -> bool:
    """Tell whether «of», «in» is written on the name of a body, a place or an event, and on no outlet."""
    if following is None or setting.is_outlet(following.mention) or token.text not in CLITICS:
        return False
    return following.text[:2] in {"<O", "<L", "<E"}


def _shared(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether «and» joins a second body to an office, before who bears it («of A and B to C, X»)."""
    if tokens[place].text != AND_NAME or tokens[place - 1].text[:2] != "<O":
        return False
    after = [token.text[:2] for token in tokens[place + 1 : place + 6] if token.text not in OF_OFFICE | {","}]
    return after[:1] == ["<O"] and "<P" in (after[1:2] if after[1:2] != ["<L"] else after[2:3])


def _backed(before: Token, token: Token) -> bool:
    """Tell whether «by», «from» goes on a participle of an office («the delegation backed by …»)."""
    return token.text == _BY and without_article(before.text).startswith(PARTICIPLE) and before.is_word


def _of_body(token: Token, following: Token | None) -> bool:
    """Tell whether «in» is written on a word before a name («بدولة قطر»), or an office is held by deputy."""
    named = following is not None and following.text[:2] in {"<L", "<O"}
    return token.text in _DEPUTY or (token.text.startswith(WITH) and named and len(token.text) > _STEM)


def _apart(before: Token, token: Token) -> bool:
    """Tell whether a noun without the article, after a word with it, is no longer part of an office.

    Nor is a feminine noun after an adjective of «he» («the Iranian minister the talks», «… attention»).
    """
    if is_definite(before.text) and before.text.endswith(_HIS_NATION) and is_definite(token.text):
        noun = token.text.endswith(_HERS) and not token.text.endswith(_HER_NATION)
        return noun or token.text in _ATTENTION
    joined = token.text[0] in AND or token.text.startswith(TO_A)
    known = token.text in OF_OFFICE or is_definite(token.text)
    return before.is_word and is_definite(before.text) and not (joined or known)


def _is_other(token: Token) -> bool:
    """Tell whether a noun after the body of an office is no part of it («the member of X his refusal»)."""
    joined = token.text[0] in AND or token.text.startswith(TO_A)
    return not (joined or token.text in OF_OFFICE or is_definite(token.text))


def _goes_on(token: Token, following: Token | None, words: Words) -> bool:
    """Tell whether a plain word still belongs to an office."""
    if token.text in _STOPS or token.edtf or token.text == HAD or token.text in WHO:
        return False
    if token.text in OF_OFFICE:
        if following is None or following.edtf:
            return False
        if token.text == _TOWARDS:
            return following.text[:2] in {"<O", "<L", "<E"}
        return (bool(following.mentions) and following.text[:2] != "<W") or _may_be_body(following, words)
    adverbs = words.all("adverbs") | words.all("prepositions") | words.all("openers") - TO_ON_ABOUT
    if token.text in adverbs or token.text in TO_ON_ABOUT:
        return False
    if token.text == _GENERAL and following is not None and not following.edtf:
        return True
    stops = words.any_of(("participles", "negation", "times", "asides", "withholding"))
    return not (token.among(stops) or token.among(words.all("reported_by")))


def _may_be_body(token: Token, words: Words) -> bool:
    """Tell whether a word after «in» may be the body of an office, and is no time, text or occasion."""
    if not token.is_word:
        return False
    bare = without_article(token.text)
    stems = {token.text, bare, *(bare.removesuffix(tail) for tail in PRONOUNS)}
    stems |= {stem[:-1] + "ه" for stem in stems if stem.endswith("ت")}  # «كلمته»: «كلمة», a speech
    return stems.isdisjoint(words.all("channels") | words.all("asides") | words.all("times"))
