"""The forms of patterns as they are tried: none where a sentence lacks its words or names.

A form cannot do without some of its words and names; most sentences lack them, so that most forms are never
tried and need not be compiled. Chosen over (a) compiling all forms when a project is opened, seconds at each
start, and (b) compiled expressions kept on disk, which would have to be kept in step with the files.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Final, Self

from musnad.folding import fold
from musnad.understanding.particles import CONJUNCTIONS
from musnad.understanding.sentences import Token

_NEAR: Final = 14  # words before a form among which none of those may stand that bar it
_NUMBER: Final = "#"  # stands for any number in a word list


@dataclass(frozen=True, slots=True)
class Ingredients:
    """The words of a sentence, with and without what is written on them, and the letters of its names."""

    words: frozenset[str]
    letters: frozenset[str]

    @classmethod
    def of(cls, tokens: Iterable[Token]) -> Self:
        """Return the ingredients of a sentence."""
        words, letters = set[str](), set[str]()
        for token in tokens:
            if token.text[0] == "<" and len(token.text) > 1:
                letters.add(token.text[1])
                continue
            words.add(token.text)
            if token.text[0] in CONJUNCTIONS:
                words.add(token.text[1:])
        return cls(frozenset(words), frozenset(letters))


@dataclass(frozen=True, slots=True)
class Gate:
    """What a form cannot do without: of each set of words one, of each set of letters of names one."""

    words: tuple[frozenset[str], ...] = ()
    letters: tuple[frozenset[str], ...] = ()

    def lets(self, sentence: Ingredients) -> bool:
        """Tell whether a sentence has all that the form needs."""
        return not any(sentence.words.isdisjoint(words) for words in self.words) and not any(
            sentence.letters.isdisjoint(letters) for letters in self.letters
        )


@dataclass(frozen=True, slots=True)
class Gates:
    """The gates of many forms, by a word of which each needs one: those of other words are never asked."""

    all: tuple[Gate, ...]
    by_word: Mapping[str, tuple[int, ...]]
    wordless: tuple[int, ...]

    @classmethod
    def of(cls, gates: Iterable[Gate]) -> Self:
        """Return gates by the words of their smallest set."""
        known, by_word, wordless = tuple(gates), dict[str, tuple[int, ...]](), list[int]()
        for place, gate in enumerate(known):
            for word in min(gate.words, key=len, default=()):
                by_word[word] = (*by_word.get(word, ()), place)
            if not gate.words:
                wordless.append(place)
        return cls(known, by_word, tuple(wordless))

    def let(self, sentence: Ingredients) -> Iterator[int]:
        """Yield the places of the gates that let a sentence through, in their order."""
        places = {place for word in sentence.words for place in self.by_word.get(word, ())}
        return (place for place in sorted(places.union(self.wordless)) if self.all[place].lets(sentence))


@dataclass(frozen=True, slots=True)
class Form:
    """One form of a pattern: its expression, and what each slot takes."""

    source: str  # of its regular expression, which is compiled where a sentence first needs it
    kinds: Mapping[str, str]  # slot → its types, joined by |
    heads: Mapping[str, str] = field(
        default_factory=dict
    )  # slot → «/» or «!», and the first words of its names
    after: str = ""  # what must stand before in the sentence, as an expression
    barred: bool = False  # it must not stand there instead
    tagged: bool = False  # whether it reads lines whose words carry their classes
    gate: Gate = Gate()  # what a sentence must have before it is worth matching

    @property
    def expression(self) -> re.Pattern[str]:
        """Return the expression over the line of a sentence, compiled once."""
        return _compiled(self.source)

    def may_stand(self, before: str) -> bool:
        """Tell whether the form may stand after the beginning of a sentence."""
        if self.barred:
            before = " ".join(before.split(" ")[-_NEAR:])
        return not self.after or bool(_compiled(self.after).search(before)) != self.barred


@cache
def _compiled(source: str) -> re.Pattern[str]:
    return re.compile(source)


def first_words(entries: Sequence[str]) -> frozenset[str]:
    """Return the first words of alternatives, folded; none where one of them is a clitic or any number.

    >>> sorted(first_words(("حضر أمس", "شارك")))
    ['حضر', 'شارك']
    """
    return _first_words(tuple(entries))


@lru_cache(maxsize=2048)
def _first_words(entries: tuple[str, ...]) -> frozenset[str]:
    first = {fold(entry).text.split()[0] for entry in entries if entry.strip()}
    return frozenset() if any(word == _NUMBER or word.endswith("+") for word in first) else frozenset(first)
