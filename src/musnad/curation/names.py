"""Find the names of private persons in any text, without holding the names.

A text is folded and cut into words; each run of words is hashed with the key of the list and looked up. What
is written before a name without a blank (و, ف, ب, ل, ك: and, so, by, to, as) is looked behind. Names of one
word are found only where they are handles, or within a document that uses them for the person. Chosen over
(a) plain hashes, which a list of names undoes in a second, and (b) the names themselves, which would publish
with the project what the list is there to keep out.
"""

from __future__ import annotations

import hmac
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from hashlib import sha256
from typing import Final
from urllib.parse import unquote

from musnad.folding import fold

Words = tuple[str, ...]
MARK: Final = "[…]"
_WORD: Final = re.compile(r"[^\W_]+")
_BEFORE: Final = "وفبلك"  # and, so, by, to, as: written together with the word after them
_DIGITS: Final = 32


def words_of(name: str) -> Words:
    """Return the words of a name as they are compared.

    >>> words_of("George_Sabra"), words_of("جُورج  صبرا")
    (('george', 'sabra'), ('جورج', 'صبرا'))
    """
    return tuple(_WORD.findall(fold(name).text.lower()))


def hashed(key: bytes, text: str) -> str:
    """Return the keyed hash of a text (HMAC, RFC 2104), as hexadecimal digits."""
    return hmac.new(key, text.encode("utf-8", "surrogatepass"), sha256).hexdigest()[:_DIGITS]


@lru_cache(maxsize=200_000)
def _first(key: bytes, word: str) -> str:
    return hashed(key, f"first {word}")


def hashes_of(key: bytes, name: str) -> tuple[str, str]:
    """Return what the list keeps of a name: the hash of its first word, and of the whole."""
    words = words_of(name)
    return _first(key, words[0]), hashed(key, " ".join(words))


@dataclass(frozen=True, slots=True)
class Names:
    """Names that are not to be published: hashed ones, and those that one document uses."""

    key: bytes = b""
    firsts: frozenset[str] = frozenset()
    wholes: frozenset[str] = frozenset()
    longest: int = 0  # words of the longest hashed name
    own: frozenset[Words] = frozenset()

    def __bool__(self) -> bool:
        """Tell whether there is any name."""
        return bool(self.wholes or self.own)

    def within(self, surfaces: Iterable[str]) -> Names:
        """Return these names and those that a document uses for the persons, one word among them."""
        own = {words for words in map(words_of, surfaces) if words and len("".join(words)) > 2}
        return replace(self, own=self.own | own)

    def spans(self, text: str) -> Iterator[tuple[int, int]]:
        """Yield the spans of the names in a text: code points, end exclusive, from left to right."""
        folded = fold(text)
        found = [(match[0].lower(), match.start(), match.end()) for match in _WORD.finditer(folded.text)]
        place = 0
        while place < len(found):
            length, cut = self._match([word for word, _, _ in found[place : place + self._most]])
            if length:
                start, end = found[place][1] + cut, found[place + length - 1][2]
                yield folded.original(start, end)
            place += max(length, 1)

    @property
    def _most(self) -> int:
        return max([self.longest, *(len(words) for words in self.own)], default=0)

    def _match(self, words: list[str]) -> tuple[int, int]:
        """Return how many of the first words are a name, and how many letters stand before it."""
        for cut in range(3):
            first = words[0][cut:]
            if len(first) < 2 or (cut and words[0][cut - 1] not in _BEFORE):
                break
            known = bool(self.wholes) and _first(self.key, first) in self.firsts
            for length in range(len(words), 0, -1):
                run = (first, *words[1:length])
                if run in self.own or (known and hashed(self.key, " ".join(run)) in self.wholes):
                    return length, cut
        return 0, 0

    def stand_in(self, text: str) -> bool:
        """Tell whether a name stands in a text, or in the address that it is."""
        plain = unquote(text) if "%" in text else text
        return next(self.spans(plain), None) is not None

    def redact(self, text: str) -> str:
        """Return the text with `[…]` in the place of every name.

        >>> Names().within(["فلان"]).redact("قال فُلان وفلان")
        'قال […] و[…]'
        """
        parts, last = [], 0
        for start, end in self.spans(text):
            parts += [text[last:start], MARK]
            last = end
        return "".join([*parts, text[last:]])


@dataclass(slots=True)
class NamesByGraph:
    """Names that are not to be published anywhere, and the words by which each document calls the persons."""

    everywhere: Names
    called: dict[str, set[str]] = field(default_factory=dict)  # graph → words
    _within: dict[str, Names] = field(init=False, default_factory=dict)

    def call(self, graph: str, words: str) -> None:
        """Note words by which a document calls a person; before it is asked what may not stand there."""
        self.called.setdefault(graph, set()).add(words)

    def within(self, graph: str) -> Names:
        """Return the names that are not to stand in a graph."""
        if graph not in self._within:
            self._within[graph] = self.everywhere.within(self.called.get(graph, ()))
        return self._within[graph]
