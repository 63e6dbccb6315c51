"""Fold Arabic text for matching, with an exact map back to the stored text.

Spelling varies (hamza, alef, ya, ta marbuta, marks, tatweel, digits, quotation marks), offsets must not: each
folded character remembers which characters of the stored text it stands for. Chosen over (a) regular
expressions that list the variants, which nobody can read, and (b) normalising the stored text, which would
break every quotation.
"""

from __future__ import annotations

import unicodedata
from array import array
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import Final

_LETTERS: Final[dict[str, str]] = {
    **dict.fromkeys("أإآٱٲٳٵ", "ا"),  # forms of alef
    **dict.fromkeys("ىئیېێ", "ي"),  # alef maqsura, ya with hamza, Persian ya
    **dict.fromkeys("ةۃہۀەۂ", "ه"),  # ta marbuta, Persian and Urdu ha
    "ؤ": "و",  # waw with hamza
    **dict.fromkeys("کڪ", "ك"),  # Persian kaf
    **dict.fromkeys("،٬", ","),  # Arabic comma, thousands separator written as a comma
    "٫": ".",  # Arabic decimal separator
    **dict.fromkeys("“”„‟«»‹›‘’‚‛'＂″", '"'),
    **dict.fromkeys("\t\v\f\r\x1c\x1d\x1e\x1f", " "),
    **dict.fromkeys("\x85\u2028\u2029", "\n"),
    **{chr(first + digit): str(digit) for first in (0x660, 0x6F0) for digit in range(10)},
}
# Written on, under or after a letter: removed, but part of the letter before it.
_MARKS: Final = (
    *range(0x610, 0x61B),
    *range(0x64B, 0x660),
    0x670,
    *range(0x6D6, 0x6EE),
    *range(0x8CA, 0x900),
    0x640,  # tatweel
)
# Invisible: removed, and part of nothing.
_CONTROLS: Final = (
    0xAD,
    0x61C,
    *range(0x200B, 0x2010),
    *range(0x202A, 0x202F),
    *range(0x2060, 0x2070),
    0xFEFF,
)
_PRESENTATION: Final = (*range(0xFB50, 0xFE00), *range(0xFE70, 0xFEFF))


def _table() -> dict[str, str]:
    """Return what each character folds to, where that is not the character itself."""
    table = _LETTERS | {chr(code): "" for code in (*_MARKS, *_CONTROLS)}
    spaces = (0xA0, 0x1680, *range(0x2000, 0x200B), 0x202F, 0x205F, 0x3000)
    table |= {chr(code): " " for code in spaces}
    for code in _PRESENTATION:
        wide = unicodedata.normalize("NFKC", chr(code))
        if wide != chr(code):
            table[chr(code)] = "".join(table.get(letter, letter) for letter in wide.strip())
    return table


_TABLE: Final = _table()
FOLDED: Final = MappingProxyType(_TABLE)  # letter → what it folds to, for those who fold letter by letter
_ATTACHED: Final = frozenset(map(chr, _MARKS)) | {
    chr(code) for code in _PRESENTATION if _TABLE.get(chr(code)) == ""
}


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text and, for each of its characters, the span of the stored text that it stands for."""

    text: str
    _starts: array[int] = field(repr=False)
    _ends: array[int] = field(repr=False)

    def original(self, start: int, end: int) -> tuple[int, int]:
        """Return the span of the stored text that a folded span stands for.

        Marks and tatweel belong to the letter before them. An empty span gives an empty span. All offsets
        are 0-based code points, end exclusive.

        >>> fold("قال إنّه").original(4, 6)
        (4, 7)
        """
        if start < end:
            return self._starts[start], self._ends[end - 1]
        place = self._starts[start] if start < len(self._starts) else (self._ends[-1] if self._ends else 0)
        return place, place

    def at(self, offset: int) -> int:
        """Return the first folded character that stands at or after an offset of the stored text.

        >>> fold("إنّه").at(3)
        2
        """
        return bisect_left(self._starts, offset)


def fold(text: str) -> Folded:
    """Return the text as it is compared, with its map back.

    Folded: presentation forms (NFKC), hamza and alef, alef maqsura, ta marbuta, Persian letters and digits,
    Arabic-Indic digits, commas, quotation marks, blanks (each to one space; lines stay lines). Removed:
    marks, tatweel, invisible and bidi controls. Case of Latin letters stays.

    >>> fold("مُؤتمر «سوتشي»، ٢٠١٨").text
    'موتمر "سوتشي", 2018'
    """
    letters: list[str] = []
    starts, ends = array("l"), array("l")
    known = _TABLE.get
    for place, letter in enumerate(text):
        folded = known(letter, letter)
        if folded:
            letters.append(folded)
            for _ in folded:
                starts.append(place)
                ends.append(place + 1)
        elif ends and ends[-1] == place and letter in _ATTACHED:
            _extend(starts, ends, place + 1)
    return Folded("".join(letters), starts, ends)


def _extend(starts: array[int], ends: array[int], end: int) -> None:
    """Let the last character of the stored text, with all it folds to, end further on."""
    last = len(ends) - 1
    place = starts[last]
    while last >= 0 and starts[last] == place:
        ends[last] = end
        last -= 1


@lru_cache(maxsize=100_000)
def fold_name(text: str) -> str:
    """Return a name as it is compared: folded, no quotation marks, one space between words, lower case.

    >>> fold_name('حركة "نور الدين الزنكي"')
    'حركه نور الدين الزنكي'
    """
    return fold_words(text)


def fold_words(text: str) -> str:
    """Return what `fold_name` does, and keep nothing: for what is said once, a quotation or a title."""
    plain = fold(text).text.replace('"', " ").replace("_", " ")
    return " ".join(plain.split()).lower()
