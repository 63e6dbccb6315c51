"""Read how many people or bodies a sentence says that it lists, in figures or in words.

«أربعة عشر عضواً هم …» must list fourteen; a list of twelve is read, and doubted. Chosen over (a) figures only,
since running text writes numbers below twenty as words, and (b) refusing a list that counts otherwise, which
loses eleven right names for one that was not recognised.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from musnad.understanding.particles import AND

_UNITS: Final[dict[str, int]] = {
    # one, two, three … ten, by their stems
    **dict.fromkeys(("واحد", "احد", "احدي"), 1),
    **dict.fromkeys(("اثن", "اثنت"), 2),
    **dict(zip(("ثلاث", "اربع", "خمس", "ست", "سبع", "ثمان", "تسع", "عشر"), range(3, 11), strict=True)),
}
_TENS: Final = ("ون", "ين")  # endings of the tens
_ENDINGS: Final = ("", "ه", "يه", "ي", "ا", "ان", "ين")  # of a unit: gender, case, the dual
_TEN: Final = 10
_LEAST_OF_TENS: Final = 3  # three to nine make tens; «twenty» is written with the stem of ten
_REACH: Final = 2  # words of a number


def counted(words: Sequence[str], nouns: Collection[str]) -> int:
    """Return the number before the first of the nouns among folded words, 0 where there is none.

    >>> counted("ضم الوفد اربعه عشر عضوا".split(), {"عضوا"})
    14
    >>> counted("من خمسه وعشرين عضوا".split(), {"عضوا"})
    25
    """
    for place, word in enumerate(words):
        if word in nouns:
            return _number(words[max(0, place - _REACH) : place])
    return 0


def _number(words: Sequence[str]) -> int:
    """Return the number that some words end in."""
    if not words:
        return 0
    if words[-1].isdigit():
        return int(words[-1])
    last = _value(words[-1])
    first = _value(words[-2]) if len(words) > 1 and last else 0
    teen = last == _TEN and 0 < first < _TEN
    compound = last > _TEN and words[-1].startswith(AND) and 0 < first < _TEN
    return last + first if teen or compound else last


def _value(word: str) -> int:
    """Return what one word of a number counts, 0 for any other word."""
    plain = word if word in _UNITS else word.removeprefix(AND)
    for ending in _TENS:
        value = _UNITS.get(plain.removesuffix(ending), 0) if plain.endswith(ending) else 0
        if value >= _LEAST_OF_TENS:
            return 2 * _TEN if value == _TEN else value * _TEN
    for ending in _ENDINGS:
        if plain.endswith(ending) and plain.removesuffix(ending) in _UNITS:
            return _UNITS[plain.removesuffix(ending)]
    return 0
