"""The words of a folded text, and what may stand before a name inside one word.

Clitics (و ف ب ل ك) and the article are peeled off the first word of a name only; each peeling keeps its
offset, so a span starts exactly where the name does. Chosen over (a) a morphological analyser, whose
licences and size the core cannot carry, and (b) stripping letters blindly, which breaks وزارة and فلسطين.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple

_TOKEN: Final = re.compile(r'&(?:[mn]dash|nbsp);|@\w+|[^\W_]+|[^\w\s"]')
_BLANK: Final = "&nbsp;"
_DASH: Final = "-"
_GLUED: Final = re.compile(r"([وفبلك]?)((?:عبد|دير)(?=ال\w{2}))(ال\w+)")  # servant of, monastery of
_MIN: Final = 2  # letters that must be left of a word after peeling
ABOVE: Final = frozenset({"العليا", "الكبري", "الموسعه"})  # supreme, great, widened: feminine
_ENDINGS: Final = re.compile(
    r"(?<=\w{3})(?:ت?هما|ت?ه[ام]|تنا|نا|تين|تان|تي|ي?[وي]ن|يات|ات|ان|وا|ت?ه|يه|ي|ا|ت|و)\Z"
)  # of number, gender and possession, of adjectives and verbs


class Token(NamedTuple):
    """One word or mark: `start:end` in the folded text, and the `gap` between it and the one before."""

    start: int
    end: int
    text: str
    gap: str

    @property
    def is_word(self) -> bool:
        """Tell whether the token is a word or a number."""
        return self.text[0].isalnum() or self.text[0] == "@"

    @property
    def joined(self) -> bool:
        """Tell whether nothing but blanks, quotation marks and underscores stand before the token."""
        return "\n" not in self.gap

    @property
    def quoted(self) -> bool:
        """Tell whether a quotation mark stands before the token."""
        return '"' in self.gap


class Opening(NamedTuple):
    """A reading of the first word of a name: `skip` letters are clitics, `text` is what is left."""

    skip: int
    text: str


def tokenise(text: str) -> list[Token]:
    """Return the tokens of a folded text in order.

    Quotation marks, underscores and blanks in HTML are part of the gaps; «عبدالله» counts as two words.

    >>> [token.text for token in tokenise('قال "فلان", عبدالله')]
    ['قال', 'فلان', ',', 'عبد', 'الله']
    """
    found: list[Token] = []
    last = 0
    for match in _TOKEN.finditer(text):
        start, end, gap = match.start(), match.end(), text[last : match.start()]
        if match[0] == _BLANK:
            continue
        if match[0][0] == "&" and match[0][1:]:  # a dash as it is written in HTML
            found.append(Token(start, end, _DASH, gap))
            last = end
            continue
        glued = _GLUED.fullmatch(match[0])
        if glued:
            middle = start + glued.end(2)
            found.append(Token(start, middle, match[0][: glued.end(2)], gap))
            found.append(Token(middle, end, glued[3], ""))
        else:
            found.append(Token(start, end, match[0], gap))
        last = end
    return found


def openings(word: str) -> list[Opening]:
    """Return the readings of a word that may open a name, the whole word first.

    «لل» is read as «ال», because the article is fused with it: the letter ل stays in the name.

    >>> [reading.text for reading in openings("وللقرار")]
    ['وللقرار', 'للقرار', 'القرار', 'لقرار']
    """
    found = [Opening(0, word)]
    if word[0] in "وف" and len(word) > _MIN:  # and, so
        found.append(Opening(1, word[1:]))
    for skip, rest in tuple(found):
        if rest.startswith("لل") and len(rest) > _MIN + 2:  # to the
            found.append(Opening(skip, "ال" + rest[2:]))
        if rest[0] in "بلك" and len(rest) > _MIN:  # in, to, as
            found.append(Opening(skip + 1, rest[1:]))
    return found


def bare(word: str) -> str:
    """Return a word without the article.

    >>> bare("الحركه")
    'حركه'
    """
    return word[2:] if word.startswith("ال") and len(word) > _MIN + 2 else word


def is_definite(word: str) -> bool:
    """Tell whether a word carries the article."""
    return word.startswith("ال") and len(word) > _MIN + 1


def stem(word: str) -> str:
    """Return a word without the article and without its ending, if that leaves three letters.

    >>> stem("التعاونيه"), stem("تعاونهما")
    ('تعاون', 'تعاون')
    """
    return _ENDINGS.sub("", bare(word))
