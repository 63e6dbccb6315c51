"""Tell whether anybody says that something is so: «it is untrue that …», «X did not say that …».

What nobody vouches for is not told, whoever is named in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from musnad.understanding.governing import MARKS, REACH
from musnad.understanding.modality import has_cue
from musnad.understanding.particles import COMMAS, HAD, IS_NOT, NEGATIONS, THAT, THAT_CLAUSE
from musnad.understanding.patterns import Pattern, Words
from musnad.understanding.sentences import Token

_MEMBER: Final = "memberOf"
_BELONGING: Final = frozenset({_MEMBER, "holdsRole"})
_WITHOUT: Final = frozenset({"دون", "بدون"})  # without
_REPORTS: Final = frozenset(  # of, reports, any, coming in, taking down: between «no» and deaths
    {"عن", "انباء", "معلومات", "تقارير", "اي", "ورود", "ترد", "تسجيل", "تسجل", "يسجل", "الابلاغ", "تحدث"}
)
_NOT: Final = NEGATIONS - IS_NOT  # «it is not only that …»
_NEAR: Final = 5  # tokens between «not» and «that», or a deed and «is untrue»
_KILLED: Final = "killed"
_MAY_BE: Final = frozenset({"يكون", "تكون"})  # be, after «that»


def is_vouched_by_none(
    pattern: Pattern, tokens: Sequence[Token], span: tuple[int, int], words: Words
) -> bool:
    """Tell whether nobody says that it is so; of the page's own words only of who is said to be in a body."""
    begin = tokens[span[0]]
    people = begin.text[:2] == "<P" or (begin.is_word and pattern.relation == _MEMBER)  # «seven persons»
    member = pattern.relation in _BELONGING and people
    if pattern.relation == _KILLED and _is_unreported(tokens, span[0]):
        return True
    if pattern.voice == "page" and not member:
        return False
    return _is_unsaid(tokens, *span, words) or (member and _is_suspected(tokens, span[0], words))


def _is_unsaid(tokens: Sequence[Token], first: int, last: int, words: Words) -> bool:
    """Tell whether nobody says what some tokens tell («X did not say that …», «it is untrue that …»)."""
    since = max(0, first - REACH)
    unfounded = words.lists["unfounded"]
    if any(has_cue(tokens, at, unfounded) for at in range(since, min(last + _NEAR, len(tokens)))):
        return True
    if is_supposed(tokens, first, last):
        return True
    that = _that_before(tokens, first)
    nots = (at for at in range(max(0, that - _NEAR), that) if tokens[at].bare in _NOT)
    place = next(nots, first)
    apart = any(token.text in COMMAS | MARKS for token in tokens[place:first])
    return place < that and not apart and not has_cue(tokens, place, words.cues["not_negation"])


def _is_unreported(tokens: Sequence[Token], first: int) -> bool:
    """Tell whether nobody is said to know of deaths («without reports of victims»), told from a token on."""
    at = first - 1
    while at > max(0, first - _NEAR) and tokens[at].among(_REPORTS):
        at -= 1
    return 0 <= at < first - 1 and tokens[at].bare in _NOT | _WITHOUT


def _that_before(tokens: Sequence[Token], first: int) -> int:
    """Return the token of the nearest «that» before a token, 0 where none stands near."""
    near = range(first - 1, max(0, first - REACH), -1)
    return next((at for at in near if tokens[at].bare in THAT_CLAUSE), 0)


def _is_suspected(tokens: Sequence[Token], first: int, words: Words) -> bool:
    """Tell whether somebody is only suspected of what begins at a token («it is suspected that X is …»)."""
    since, that = max(0, first - REACH), _that_before(tokens, first)
    return any(token.among(words.all("suspecting")) for token in tokens[since:that])


def is_supposed(tokens: Sequence[Token], first: int, last: int) -> bool:
    """Tell whether some tokens tell what is doubted or thought to have been («that X may have agreed»)."""
    near = range(max(1, first - _NEAR), last)
    be = next((at for at in near if tokens[at].bare in _MAY_BE and tokens[at - 1].bare in THAT), last)
    return any(token.bare == HAD for token in tokens[be:last])
