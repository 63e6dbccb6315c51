"""The names of the authority as a trie of words, and their places in a text.

A trie of words finds the longest name at word boundaries and sees clitics; measured against Aho–Corasick over
characters, which is faster but matches inside words and misses a fifth of the names for their clitics.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, NamedTuple

from musnad.authority import Authority, Name
from musnad.understanding.tokens import Token, openings, tokenise

_LEAST_WORDS: Final = 3  # of a name that may be misspelt
_SHORTEST: Final = 3  # letters of a word that another may be glued to, less one
_SOFT: Final = frozenset(' "_\u00a0')


class Match(NamedTuple):
    """A name of the authority in a text: tokens `first` to `last` (exclusive), `start` in the folded text."""

    first: int
    last: int
    start: int
    end: int
    name: Name


@dataclass(slots=True)
class _Node:
    words: dict[str, _Node] = field(default_factory=dict)
    names: list[Name] = field(default_factory=list)


def spelling(word: str) -> str:
    """Return a word as it is compared inside a name: a final ه counts as ا, as in «صبره» and «صبرا».

    >>> spelling("صبره") == spelling("صبرا")
    True
    """
    return word[:-1] + "ا" if len(word) > 2 and word[-1] == "ه" else word


def _glued(words: Sequence[str]) -> Iterator[list[str]]:
    """Yield the words of a name with two of them written as one, as captures that lost a blank have them.

    Only where the second has the article: the joint is then seen inside the word.

    >>> list(_glued(["هييات", "المثال"]))
    [['هيياتالمثال']]
    """
    for place in range(len(words) - 1):
        if words[place + 1].startswith("ال") and len(words[place]) > _SHORTEST:  # the
            yield [*words[:place], words[place] + words[place + 1], *words[place + 2 :]]


class Gazetteer:
    """Finds the names of an authority; built once, never changed."""

    def __init__(self, authority: Authority) -> None:
        self._root = _Node()
        for name in authority.names:
            words = [token.text.lower() for token in tokenise(name.folded)]
            for written in (words, *_glued(words)):
                node = self._root
                for word in written:
                    node = node.words.setdefault(spelling(word), _Node())
                if name not in node.names:
                    node.names.append(name)
        self._pairs: dict[tuple[str, str], list[tuple[int, tuple[str, ...], Name]]] = {}
        for name in authority.names:
            whole = tuple(spelling(token.text.lower()) for token in tokenise(name.folded))
            if name.entity.type == "ORG" and not name.short and len(whole) >= _LEAST_WORDS:
                for place in (0, len(whole) - 2):
                    self._pairs.setdefault((whole[place], whole[place + 1]), []).append((place, whole, name))

    def matches(self, tokens: Sequence[Token]) -> list[Match]:
        """Return every name at every word, short ones included, in order of start and length."""
        found: list[Match] = []
        roots = self._root.words
        for place, token in enumerate(tokens):
            if not token.is_word:
                continue
            for skip, word in openings(token.text):
                node = roots.get(spelling(word.lower()))
                if node is not None:
                    found += self._walk(tokens, place, node, (token.start + skip, word))
        return found

    def misspelt(self, tokens: Sequence[Token]) -> list[Match]:
        """Return the names of bodies, of three words or more, that differ by one letter of one word."""
        words = [spelling(token.text.lower()) for token in tokens]
        found: list[Match] = []
        for at, pair in enumerate(pairwise(words)):
            for place, name_words, name in self._pairs.get(pair, ()):
                first, last = at - place, at - place + len(name_words)
                if first < 0 or last > len(words):
                    continue
                soft = all(_SOFT.issuperset(tokens[inner].gap) for inner in range(first + 1, last))
                if soft and differs_by_one(words[first:last], name_words):
                    found.append(Match(first, last, tokens[first].start, tokens[last - 1].end, name))
        return found

    def _walk(
        self, tokens: Sequence[Token], place: int, node: _Node, opening: tuple[int, str]
    ) -> list[Match]:
        start, word = opening
        found, last = [], place + 1
        while True:
            alone = last == place + 1
            found += [
                Match(place, last, start, tokens[last - 1].end, name)
                for name in node.names
                if not alone or name.folded.replace(" ", "") == word.lower() or not word.isalpha()
            ]
            last = _past_hyphen(tokens, last)
            if last == len(tokens) or not _SOFT.issuperset(tokens[last].gap):
                return found
            following = node.words.get(spelling(tokens[last].text.lower()))
            if following is None:
                return found
            node, last = following, last + 1


def _past_hyphen(tokens: Sequence[Token], place: int) -> int:
    """Return the token after a hyphen that joins two words («مون-بلان»), else the place itself."""
    joins = place + 1 < len(tokens) and tokens[place].text == "-"
    return place + 1 if joins and not (tokens[place].gap or tokens[place + 1].gap) else place


def differs_by_one(one: Sequence[str], other: Sequence[str]) -> bool:
    """Tell whether two names differ by one letter of one long word.

    >>> differs_by_one(["هييه", "المثال", "الوطنيه"], ["هييه", "المثال", "الوطنبه"])
    True
    """
    if len(one) != len(other):
        return False
    pairs = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    return len(pairs) == 1 and min(map(len, pairs[0])) > _LEAST_WORDS and _one_edit(*pairs[0])


def _one_edit(one: str, other: str) -> bool:
    """Tell whether a letter was changed, added or left out."""
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) > 1:
        return False
    same = next((at for at, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    skip = 1 if len(short) == len(long) else 0
    return short[same + skip :] == long[same + 1 :] or _swapped(short, long, same)


def _swapped(one: str, other: str, at: int) -> bool:
    return (
        len(one) == len(other)
        and one[at : at + 2] == other[at : at + 2][::-1]
        and one[at + 2 :] == other[at + 2 :]
    )
