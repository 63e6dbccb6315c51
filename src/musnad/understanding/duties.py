"""Tell whether a statement says what somebody ought to do, in words that no cue has.

«It is on X to …», «we want X to …», «that there be …» and «the importance of opening …» oblige by shape.
Chosen over (a) cues alone, which know no shapes, and (b) the verb of the report, which is mostly «said».
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from musnad.model import Claim, Thing
from musnad.understanding.clauses import is_verb, stresses_duty
from musnad.understanding.modality import OF
from musnad.understanding.particles import AND, NEGATIONS, ON, THAT_CLAUSE, THAT_NOT, TO_A, is_definite
from musnad.understanding.patterns import Words
from musnad.understanding.sentences import Token
from musnad.understanding.units import Unit
from musnad.understanding.verbal_nouns import is_act

_OPENING: Final = 3  # tokens of a statement among which the verb of wanting stands
_HE: Final = "ي"
_BE: Final = frozenset({"تكون", "تتم", "يكون", "يتم"})  # be, be done
_ON_GROUND: Final = frozenset({"الارض", "الصعيد", "المستوي", "الجانب", "الرغم", "الاقل"})  # on the ground …
_WE_WANT: Final = frozenset({"نريد", "اريد", "نود", "اود", "نرغب"})  # we, I want, would like
_VERB_LETTERS: Final = ("ي", "ت", "ن")  # he, she, we: first letters of the present
_AND_THAT: Final = frozenset({"بان", "بانه", "بانها", "بانهم"})  # that, that he, she, they
_MILD: Final = frozenset({"planned", "predicted", "possible", "opinion", "intended", "wish"})
_LET: Final = re.compile(r"فل[يت]\w{2,}\Z")  # so let him, her
_SO_IS_NOT: Final = frozenset({"فليس", "فليست", "فليسوا", "فلتر", "فلتان"})  # so is not; filter, disorder
_ORDINALS: Final = frozenset({"اولا", "ثانيا", "ثالثا", "رابعا", "خامسا"})  # first … fifth
_NEAR: Final = 6  # tokens of a statement among which «we» stands


def obliges(unit: Unit, tokens: Sequence[Token], words: Words) -> bool:
    """Tell whether a statement says what someone ought to do («على X أن …», «على X تنفيذ …»)."""
    head, body = tokens[unit.first], tokens[unit.first + 1 : unit.first + 2]
    named = bool(body) and (bool(body[0].mentions) or body[0].text in words.all("addressees"))
    duty = _is_untouched(unit) and ((head.bare == ON and named) or _ought(unit, tokens, words))
    return duty or _shall(head) or _wishes_that(unit, tokens) or stresses_duty(tokens, unit.first, words)


def _shall(head: Token) -> bool:
    """Tell whether «so let … do» opens a statement."""
    return head.is_word and bool(_LET.match(head.text)) and head.text not in _SO_IS_NOT


def _is_untouched(unit: Unit) -> bool:
    """Tell whether no cue stands where a duty would, nor asks («on X to …, since it will cost …»)."""
    cue, modality = unit.judgement.cue, unit.judgement.modality
    return modality == "" or (modality in _MILD and cue is not None and cue > unit.first + _NEAR)


def _ought(unit: Unit, tokens: Sequence[Token], words: Words) -> bool:
    """Tell whether «on the traders», and what they should do, opens a statement, or «that there be …»."""
    first = tokens[unit.first]
    if first.bare == ON:
        for place in range(unit.first + 1, min(unit.first + _NEAR, unit.last)):
            token = tokens[place]
            act = token.text in words.any_of(("acts", "duty_acts")) or is_act(token, joined=False)
            if place > unit.first + 1 and (token.text in THAT_CLAUSE | {THAT_NOT} or act):
                return True
            if not token.mentions and (not is_definite(token.text) or token.text in _ON_GROUND):
                return False
        return False
    on_that = tokens[unit.first - 1].text in _AND_THAT | THAT_CLAUSE and tokens[unit.first - 2].text == ON
    return (
        unit.first > 1 and on_that and (first.text in _BE or (first.text[0] == _HE and is_verb(first, words)))
    )


def _wishes_that(unit: Unit, tokens: Sequence[Token]) -> bool:
    """Tell whether a statement says what its speaker wants others to do («we want this to stop»)."""
    for place in range(unit.first, min(unit.first + _OPENING, unit.last - _OPENING)):
        if tokens[place].bare in _WE_WANT and tokens[place - 1].text not in NEGATIONS:
            following = tokens[place + 1].text
            to_whom = following == OF or (following.startswith(TO_A) and following not in NEGATIONS)
            near = tokens[place + 2 : min(place + _NEAR + 2, unit.last)]
            return to_whom and any(token.bare in THAT_CLAUSE for token in near)
    return False


def enumerated(
    unit: Unit, tokens: Sequence[Token], act: tuple[str, str, Thing], before: Claim | None
) -> tuple[str, str, Thing]:
    """Return what a statement does that lists something («first …, second …»): what the one before does."""
    listed = before is not None and tokens[unit.first].bare in _ORDINALS and act[1] == "asserted"
    return (before.relation, before.modality, before.subject) if before is not None and listed else act


def does(unit: Unit, tokens: Sequence[Token], words: Words) -> bool:
    """Tell whether a statement goes on an obligation («… and release X», «… and the release of X»)."""
    opens = tokens[unit.first]
    act = opens.text[0] == AND and (is_act(opens) or opens.bare in words.all("acts"))
    return unit.judgement.modality == "" and (act or opens.bare.startswith(_VERB_LETTERS))
