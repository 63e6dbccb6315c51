"""Write the words of a list as a part of a regular expression over folded text.

Chosen over (a) folding the words wherever they are needed, thousands of times for the same lists, and (b)
lists that are kept as expressions, which nobody could look words up in.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from musnad.folding import fold


def alternatives(words: Iterable[str]) -> str:
    """Return words as alternatives of an expression, the longest first; «#» is any number.

    >>> alternatives(["أكد", "أكد مجددا"])
    'اكد مجددا|اكد'
    """
    return _alternatives(tuple(words))


@lru_cache(maxsize=512)
def _alternatives(words: tuple[str, ...]) -> str:
    folded = {" ".join(fold(word).text.split()) for word in words}
    ordered = sorted(folded, key=lambda word: (-len(word), word))
    return "|".join(r"\d[\d.,]*" if word == "#" else word for word in ordered)
