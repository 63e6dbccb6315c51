"""Tell whether two verbs may have one subject: what was asked by «her» was not asked by «him».

A verb that goes on a report without a subject belongs to whoever spoke, unless its form is of the other
gender: then it is part of what is said. Chosen over (a) the gender of the name, which nothing tells of most
bodies, and (b) participles, whose endings pages often leave out.
"""

from __future__ import annotations

from collections.abc import Sequence

from musnad.folding import fold_name
from musnad.understanding.collective import Heard
from musnad.understanding.office_ends import is_office
from musnad.understanding.particles import (
    FEMININE,
    FEMININE_PAST,
    PARTICIPLE,
    PLURAL_VERBS,
    PLURALS,
    WHAT,
    WITH,
    is_definite,
    without_article,
)
from musnad.understanding.patterns import Words
from musnad.understanding.sentences import Token
from musnad.understanding.speakers import may_speak

_SO_CALLED = frozenset({"يسمي", "تسمي", "سمي", "يعرف", "تعرف", "عرف"})  # is called, is known as
_SHORT = 3  # letters
_SHE = ("ه", "ات")  # endings of feminine nouns
_GOD = "لله"  # of God: at the end of the names of men
_CALLED = "دعا"  # he called
_TITLES = 3  # words of an office before a name
_PERSON = "P"  # of a person, in the line of a sentence
_PLACE = "L"  # of a place, in the line of a sentence
_THEY = "وا"  # ending: they did
_TWO = "ا"  # ending: they two did; of accusative participles too
_HIS = frozenset({"لفت", "الفت", "اثبت", "ثبت", "بت", "سكت", "صمت"})  # he did: «ت» is a letter of the root


def disagree(tokens: Sequence[Token], first: int, second: int) -> bool:
    """Tell whether the forms of two verbs tell of one woman or body, and of one man."""
    genders = [is_feminine(tokens[place].bare) for place in (first, second)]
    return None not in genders and genders[0] != genders[1]


def of_others(token: Token, heard: Heard) -> bool:
    """Tell whether a verb is of several («and they asked»), where one body or person with a name speaks."""
    one = heard.agent is not None and not heard.agent.anonymous and not heard.also
    return one and token.bare.endswith(_THEY)


def calls_upon_place(tokens: Sequence[Token], verb: int, words: Words) -> bool:
    """Tell whether the place after a verb is whom it calls upon: a verb of «he» has no country for subject.

    Countries and towns are feminine but for a few («he urged Russia», but «Lebanon urged»). The name after
    «renewed the call on …» is called upon as well.
    """
    place = tokens[verb + 1] if verb + 1 < len(tokens) else None
    if place is None or not place.mentions:
        return False
    if verb and tokens[verb - 1].bare in words.all("renewing"):
        return True
    man = tokens[verb].bare == _CALLED or is_feminine(tokens[verb].bare) is False
    masculine = fold_name(place.mentions[0].label) in words.all("masculine_places")
    return man and place.text[1] == _PLACE and not masculine


def object_follows(tokens: Sequence[Token], verb: int, words: Words) -> bool:
    """Tell whether no subject but the object follows a verb of «he» («and called the battle a …»).

    A feminine noun is not the subject of «he», nor is «what», nor a plural in the accusative.
    """
    if tokens[verb].among(words.any_of(("describe", "accuse_of"))) and _is_told_of(tokens, verb, words):
        return True
    takes = tokens[verb].among(words.any_of(("describe", "accuse_of", "burden", "deem", "reject", "support")))
    head = tokens[verb + 1] if verb + 2 < len(tokens) else None
    if not takes or head is None or not head.is_word or is_feminine(tokens[verb].bare) is not False:
        return False
    who = may_speak(head, words) or head.among(words.any_of(("honorifics", "men_like_women")))
    if who or head.text.endswith(_GOD):
        return False
    many = is_definite(head.text) and head.text.endswith(PLURALS[1])
    many = many and without_article(head.text) not in words.all("not_plural")
    what = head.text == WHAT and tokens[verb + 2].bare not in _SO_CALLED
    return what or many or (head.text.endswith(_SHE) and len(head.text) > _SHORT)


def _is_told_of(tokens: Sequence[Token], verb: int, words: Words) -> bool:
    """Tell whether a sentence opens with «and he called», and the only name after it is whom it tells of."""
    name = verb + 1
    while name < len(tokens) and is_office(tokens[name], words) and name - verb <= _TITLES:
        name += 1
    if name + 1 >= len(tokens) or not tokens[name].mentions:
        return False
    titled = name > verb + 1 and tokens[name].text[1] != _PERSON
    return verb == 0 and not titled and tokens[name + 1].text.startswith(WITH)


def is_feminine(verb: str) -> bool | None:
    """Tell whether a folded verb is feminine, None where its form does not tell.

    >>> [is_feminine(verb) for verb in ("قالت", "يقول", "لفت", "تابع", "قايله")]
    [True, False, False, None, None]
    """
    if verb.endswith(FEMININE_PAST) and verb not in _HIS:
        return True
    unclear = verb.startswith((PARTICIPLE, FEMININE_PAST)) or verb.endswith((*PLURAL_VERBS, _TWO, FEMININE))
    return None if unclear else False
