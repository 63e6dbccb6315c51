"""Find what is called for where no «to» opens it: «called on X for talks», «asking at the same time for …».

Chosen over (a) more openings of the pattern, which know no verbal nouns, and (b) the next word with the
letter, which is as often a place or a time.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import takewhile
from typing import Final

from musnad.understanding.particles import ARTICLE, COMMAS, THAT_CLAUSE, TO_A, WHO, WITH
from musnad.understanding.patterns import Pattern, Words
from musnad.understanding.sentences import Token
from musnad.understanding.verbal_nouns import TO_VERBAL_NOUN

_TO: Final = "الي"  # to
_SIDE: Final = "جانب"  # side: «besides»
_PLUS: Final = "+"  # of a letter that is written on a name
_LAM: Final = "ل"  # of the article after «for»
_ASIDE: Final = 16  # tokens after an act among which «to» tells that it is none


def opens_act(tokens: Sequence[Token], span: tuple[int, int], pattern: Pattern, words: Words) -> bool:
    """Tell whether what is called for stands at the end of a span, with its letter («دعا فلان للتفاوض»).

    Not where «to» and an act follow: «called, in a speech for opening the market, to …».
    """
    place, start = span
    letter = TO_A if (_TO,) in pattern.opens else WITH if (WITH + _PLUS,) in pattern.opens else ""
    token, between = tokens[start], tokens[place:start]
    if not letter or not token.is_word or token.text[0] != letter or token.text in words.all("moods"):
        return False
    plain = token.text[1:].removeprefix(_LAM) if letter == TO_A else token.text[1:].removeprefix(ARTICLE)
    if not (TO_VERBAL_NOUN.match(letter + plain) or plain in words.all("acts")):
        return False
    if any(each.text in COMMAS or each.bare in THAT_CLAUSE | WHO for each in between):
        return False
    later = takewhile(lambda each: each.text not in COMMAS, tokens[start + 1 : start + _ASIDE])
    return letter == WITH or all(each.text != _TO for each in later)


def resumes(tokens: Sequence[Token], start: int, begins: int) -> bool:
    """Tell whether a call goes on at a token after where it was told («…, in a talk to X, to …»)."""
    after = tokens[start - 1].text in COMMAS and tokens[start].text == _TO
    return start == begins or (after and tokens[min(start + 1, len(tokens) - 1)].text != _SIDE)
