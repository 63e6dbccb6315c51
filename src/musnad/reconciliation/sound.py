"""Names as they sound: the consonants that an Arabic name and its Latin spellings share.

There are many ways to write one Arabic name in Latin letters; vowels, doubled letters, the article and «h»
differ, most consonants do not. The skeleton finds what no spelling of ours equals; it is a weak sign, and is
scored as one. Chosen over (a) a table of romanisations, of which each newspaper has its own, and (b) Soundex
and its kin, which were made for English.

>>> skeleton("جورج المثالي") == skeleton("Jurj al-Mithali") == skeleton("George Methaly")
True
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from musnad.search import words_of

LEAST: Final = 4  # consonants of a whole name; fewer are shared by too many
_MOST: Final = 40
_ARABIC: Final = str.maketrans(
    {
        letter: sound
        for sound, letters in {
            "b": "ب",  # B
            "t": "تثط",  # T, TH, emphatic T
            "g": "جغ",  # J, GH
            "k": "خقك",  # KH, Q, K
            "d": "دذضظ",  # D, DH, emphatic D, emphatic DH
            "r": "ر",  # R
            "z": "ز",  # Z
            "s": "سشص",  # S, SH, emphatic S
            "f": "ف",  # F
            "l": "ل",  # L
            "m": "م",  # M
            "n": "ن",  # N
            "": "اعهحويءىة",  # alif, ayn, the two H, W, Y, hamza, alif maqsura, ta marbuta
        }.items()
        for letter in letters
    }
)
_PAIRS: Final = {"sh": "s", "kh": "k", "gh": "g", "th": "t", "dh": "d", "ph": "f", "ch": "s"}
_LATIN: Final = str.maketrans({"j": "g", "q": "k", "c": "k", "v": "f", "p": "b", "x": "ks"})
_DROPPED: Final = re.compile(r"[aeiouyhw0-9]")
_DOUBLED: Final = re.compile(r"(.)\1+")
_ARTICLES: Final = frozenset({"al", "el", "ul", "ad", "ar", "as", "ash", "an", "at", "az", "ed", "es", "ez"})
_ARTICLE: Final = "ال"  # the
_SERVANT: Final = re.compile(r"^abd[aeu]l")  # with the article of the next word: «Abdul»


@lru_cache(maxsize=4_096)
def skeleton(name: str) -> str:
    """Return the consonants of a name as it sounds; "" where there are fewer than four.

    >>> skeleton("عبد الجبار المثال"), skeleton("Abdul-Jabbar Mithal"), skeleton("Ali")
    ('bdgbrmtl', 'bdgbrmtl', '')
    """
    found = ""
    for word in words_of(name):
        if word[:1].isascii():
            found += _latin(word)
        else:
            bare = word.removeprefix(_ARTICLE) if len(word) > 4 else word
            found += _DOUBLED.sub(r"\1", bare.translate(_ARABIC))
    found = found[:_MOST]
    return found if len(found) >= LEAST and found.isascii() else ""


def _latin(word: str) -> str:
    if word in _ARTICLES:
        return ""
    word = _SERVANT.sub("abd", word)
    for pair, sound in _PAIRS.items():
        word = re.sub(pair, sound, word)
    return _DOUBLED.sub(r"\1", _DROPPED.sub("", word.translate(_LATIN)))
