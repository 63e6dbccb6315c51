"""Tell where «and» or «so» begins a clause that has a subject of its own, or words that only open a clause.

«… the road is open and the workers are ready»: a noun with the article, a name or a noun with «his», and soon
its verb or predicate, while what stands before has its own. Chosen over (a) every «and» with a verb, which
takes apart what one subject does, and (b) commas, which half of the pages leave out there.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from musnad.understanding.clauses import begins_clause, is_past, is_verb, may_tell
from musnad.understanding.modality import OF, has_cue, is_future
from musnad.understanding.particles import (
    AND,
    ARTICLE,
    COMMAS,
    CONJUNCTIONS,
    HE_SHE,
    IS_NOT,
    NEGATIONS,
    OF_SPEAKER,
    PLACES,
    SO,
    THAT_CLAUSE,
    WHO,
)
from musnad.understanding.patterns import Words
from musnad.understanding.sentences import Token
from musnad.understanding.verbal_nouns import is_act, is_owned_act

_JOINTS: Final = ("و", "ف", "و+", "ف+")  # and, so: before a name
_QUANTIFIERS: Final = frozenset({"كل", "جميع", "معظم", "بعض", "اغلب", "غالبيه"})  # all, most, some
_IS: Final = frozenset({"هو", "هي", "هم", "هما"})  # he is, she is, they are
_HAS: Final = frozenset({"لديه", "لديها", "لديهم", "لدينا"})  # has, have
_TO_IT: Final = frozenset({"له", "لها", "لهم"})  # to him: has
_OWN: Final = ("ها", "هم", "هما", "نا")  # her, their, our: «his» is written like the ending of a feminine
_SEVERAL: Final = ("ون", "ان", "وا")  # endings of verbs of several
_BETWEEN: Final = "بين"  # between
_SHE: Final = ("ه", "ات", "ها", "نا")  # endings of nouns whose verb may be in «she»
_ACCUSATIVE: Final = "ا"
_WHILE: Final = frozenset({"فيما", "بينما"})  # while
MATTER: Final = frozenset({"امر", "الامر", "ما"})  # a matter, the matter, what: «it is» comments
_LAST_OF: Final = "اخرها"  # the last of them
_ROOT: Final = 3  # letters
_TOLD: Final = 4  # tokens of a clause
_PRESENT: Final = re.compile(r"[ايتن]\w{2,}\Z")  # a verb of the present: I, he, she, we
_TO_DO: Final = re.compile(r"ل[يتن]\w{3,}\Z")  # to do: «ل» and a verb of the present
_THAT_DO: Final = frozenset({"ان", "بان", "كي", "لكي", "حتي"})  # that, in order to, so that
_OWNED: Final = 5  # letters of a noun with «his»
_REACH: Final = 6  # tokens from a subject to its verb
_NEAR: Final = 8  # tokens before «and» among which «between» stands


def begins_anew(
    tokens: Sequence[Token], span: tuple[int, int], words: Words, *, goes_on: bool = False
) -> bool:
    """Tell whether a clause of another subject begins where a span ends, or (`goes_on`) of the same."""
    since, place = span
    token = tokens[place]
    if goes_on and _tells_on(tokens, span, words):
        return True
    if not token.inside and said_meanwhile(tokens, place, words):
        return True
    if token.inside or token.text[0] not in CONJUNCTIONS or place + 2 >= len(tokens):
        return False
    comma = tokens[place - 1].text in COMMAS
    if token.text[0] == SO and _answers(tokens, span, words):
        return False
    if token.text != token.bare and opens_clause(tokens, place, words, comma=comma):
        return comma or _is_told(tokens, span, words)
    if not comma and any(
        t.bare in WHO or t.text == _BETWEEN for t in tokens[max(since, place - _NEAR) : place]
    ):
        return False
    told = token.text[0] == SO or _is_told(tokens, span, words)
    return told and _has_predicate(tokens, place, words)


def said_meanwhile(tokens: Sequence[Token], place: int, words: Words) -> bool:
    """Tell whether «while» begins a clause that whoever speaks goes on to say: nobody else speaks in it."""
    size = _meanwhile(tokens, place)
    near = tokens[place + size : place + size + _NEAR]
    told = any(token.among(words.any_of(("reported_by", "takes_sides"))) for token in near)
    return size > 0 and len(near) > 1 and not told and not near[0].among(words.all("negation"))


def _meanwhile(tokens: Sequence[Token], place: int) -> int:
    """Return how many tokens «, while» has at a place, 0 where it is not there."""
    if tokens[place - 1].text not in COMMAS or place + 2 >= len(tokens):
        return 0
    when = tokens[place].text == "في" and tokens[place + 1].text == "حين"
    return 2 if when else int(tokens[place].text in _WHILE)


def opens_clause(tokens: Sequence[Token], place: int, words: Words, *, comma: bool) -> bool:
    """Tell whether a word only opens clauses: «indeed», «at present», «we think», «it is expected that»."""
    following = tokens[place + 1].text
    if tokens[place].bare == OF and following in words.all("impersonal_leads"):
        return True
    openers = words.lists["clause_openers" if comma else "clause_openers_anywhere"]
    return bool(has_cue(tokens, place, openers))


def _tells_on(tokens: Sequence[Token], span: tuple[int, int], words: Words) -> bool:
    """Tell whether «and» with a verb, or with «it is», tells a second thing of a subject where a span ends.

    Not what a relative clause, a condition or an aim goes on with, nor a few words at the end.
    """
    since, place = span
    token, told = tokens[place], tokens[since:place]
    if token.inside or token.text[0] != AND or token.bare in NEGATIONS - IS_NOT:
        return False
    comments = token.bare in HE_SHE and tokens[place + 1].text in MATTER
    act = not _PRESENT.match(token.bare) and (is_act(token) or _may_be_noun(tokens, place))
    verb = begins_clause(tokens, place, words) and not act and tokens[place + 1].text != _LAST_OF
    if not (comments or verb) or token.text in _JOINTS:
        return False
    apart = len(told) >= _TOLD and all(t.text not in COMMAS for t in tokens[place : place + _TOLD])
    depends = any(t.bare in WHO or t.among(words.all("leading_clause")) for t in told)
    aims = any(_aims(tokens, at) for at in range(max(since, 1), place)) and not is_future(token, words)
    if depends or aims or any(has_cue(tokens, at, words.cues["conditional"]) for at in range(*span)):
        return False
    return apart and _is_told(tokens, span, words)


def _may_be_noun(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether a word of three letters is a noun as well as a verb: «and carrying the weapons»."""
    return len(tokens[place].bare) == _ROOT and tokens[place + 1].text.startswith(ARTICLE)


def _aims(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether a verb tells there what something is for or should be: «that he do», «to return»."""
    return bool(_TO_DO.match(tokens[place].text)) or (
        tokens[place - 1].bare in _THAT_DO and bool(_PRESENT.match(tokens[place].text))
    )


def _answers(tokens: Sequence[Token], span: tuple[int, int], words: Words) -> bool:
    """Tell whether «so» answers «if», «whenever», «although» or «as for» in a span."""
    cues = words.cues["conditional"], words.lists["before_so"]
    return any(has_cue(tokens, place, held) for place in range(*span) for held in cues)


def _is_told(tokens: Sequence[Token], span: tuple[int, int], words: Words) -> bool:
    """Tell whether a span has a predicate of its own."""
    return any(may_tell(tokens, at, words) or tokens[at].text in _HAS | _IS | _TO_IT for at in range(*span))


def _has_predicate(tokens: Sequence[Token], place: int, words: Words) -> bool:
    """Tell whether a subject stands at a place, and soon after it what it does or is."""
    first = place + (tokens[place].text in _JOINTS)
    joined = first > place or tokens[place].text != tokens[place].bare
    head = tokens[first]
    if not joined or (first > place and (not head.mentions or tokens[place - 1].mentions)):
        return False
    if not (head.mentions or _is_subject(tokens, first, words)):
        return False
    she = bool(head.mentions) or head.bare.endswith(_SHE)
    listed = tokens[place - 1].bare.startswith(ARTICLE) or bool(tokens[place - 1].mentions)
    at = first + 1 + (head.bare in _QUANTIFIERS)  # «the young men and the young women gather»: a list
    while at < min(first + _REACH, len(tokens) - 1):
        token = tokens[at]
        if _is_predicate(tokens, first, at, words, she=she):
            return not (token.text.endswith(_SEVERAL) and listed)
        if token.text in PLACES:
            at += 2
        elif token.mentions or token.text.startswith(ARTICLE):
            at += 1
        else:
            return False
    return False


def _is_subject(tokens: Sequence[Token], place: int, words: Words) -> bool:
    """Tell whether a word with «and» may begin a subject: it has the article, or «his», or a name follows."""
    token = tokens[place]
    bare = token.bare
    if not token.is_word or token.among(words.all("prepositions")) or bare in THAT_CLAUSE | OF_SPEAKER | WHO:
        return False
    if is_verb(token, words) or is_owned_act(token, words.all("acts")):
        return False  # «leading the market and directing it»
    owned = token.text[0] == AND and bare.endswith(_OWN) and len(bare) >= _OWNED
    return bare.startswith(ARTICLE) or bare in _QUANTIFIERS or owned


def _is_predicate(tokens: Sequence[Token], first: int, place: int, words: Words, *, she: bool) -> bool:
    """Tell whether a word is the verb or the predicate of the subject before it."""
    token = tokens[place]
    if token.text != token.bare or tokens[place - 1].bare in WHO or not token.is_word:
        return False
    if token.text in _TO_IT:
        near = first + 1 + (tokens[first].bare in _QUANTIFIERS)
        return place == near and tokens[first].text[0] == SO  # «so the woman has …»
    if token.text in _IS | _HAS or token.text in words.all("predicates"):
        return True
    if token.text.endswith(_ACCUSATIVE) and not token.text.endswith(_SEVERAL):
        return False  # «and their giving support»
    shaped = she and not is_act(token, joined=False) and may_tell(tokens, place, words)
    return is_verb(token, words) or is_past(token) or shaped
