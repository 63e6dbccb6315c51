"""Write the classes of words on a line: offices, groups, times, words for gatherings.

    o office       k office that needs no complement («the president», «his deputy»)
    g group        r rank           v form of honour
    s ends the description of a party     j begins the next one («and the …»)
    t time         x opens a topic  l kind of place
    h gathering    d with article   a adjective   n noun with article     p part of a gathering

Chosen over (a) the lists as alternatives in each pattern, too slow to compile, and (b) tokens with fields,
which regular expressions cannot read.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Final

from musnad.understanding.particles import ARTICLE
from musnad.understanding.sentences import Sentence, Token

FAMILIES: Final = ("meeting_words", "talks_words", "conference_words", "visit_words")
_CLASSES: Final = {
    "o": "party_offices",
    "g": "party_groups",
    "r": "ranks",
    "v": "honorifics",
    "s": "party_stops",
    "t": "time_words",
    "x": "topic_words",
    "l": "place_leads",
    "a": "gathering_adjectives",
    "p": "parts_of_gatherings",
}
_NAMES: Final = (*_CLASSES.values(), *FAMILIES)
_ENDINGS: Final = ("ا", "هما", "ها", "هم", "ه")  # case; their, her, their, his
_RELATION: Final = re.compile(r"\w{3,}(?:ي|يه|يا)\Z")  # an adjective of relation
_NO_ADJECTIVE: Final = frozenset(
    {"الذي", "التي", "الذين", "علي", "الي", "لدي", "حتي"}
)  # who; on, to, at, until


@dataclass(frozen=True, slots=True)
class TaggedLine:
    """A line whose words carry their classes, and where each token begins in it."""

    line: str
    offsets: tuple[int, ...]

    def index(self, place: int) -> int:
        """Return the number of the token that holds a place of the line."""
        return max(0, bisect_right(self.offsets, place) - 1)


@dataclass(frozen=True, slots=True)
class _Tagger:
    sets: Mapping[str, frozenset[str]]  # letter → words
    phrases: Mapping[
        str, tuple[tuple[str, tuple[str, ...]], ...]
    ]  # first word → (letter, words) of several words
    heads: frozenset[str]
    known: dict[str, str] = field(default_factory=dict)

    def tags(self, word: str) -> str:
        """Return the letters of a word's classes."""
        if word not in self.known:
            self.known[word] = "".join(sorted(self._letters(word)))
        return self.known[word]

    def _letters(self, word: str) -> set[str]:
        found: set[str] = set()
        for one in readings(word):
            joined, of, the, rest = one
            plain = not of and not the
            found |= {
                letter for letter in "sgxlptv" if (plain or letter in "gp") and rest in self.sets[letter]
            }
            found |= {letter for letter in "tx" if not of and the + rest in self.sets[letter]}
            ranked = (the or of == "لل") and ARTICLE + rest in self.sets["r"]
            office = rest in self.sets["o"]
            found |= {"o"} if office else set()
            found |= {"r"} if ranked or (not of and the + rest in self.sets["r"]) else set()
            found |= {"k"} if office and (the or of == "لل" or rest.endswith(("ه", "ها"))) else set()
            if (office or rest in self.sets["g"] or ranked) and joined:
                found |= {"j", "s"}
            if office and of == "ب":  # with
                found.add("s")
            stem = head_of(one, self.heads)
            found |= {"h"} if stem else set()
            found |= {"d"} if stem and (the or of == "لل") else set()
        return found | self._adjective(word, found)

    def _adjective(self, word: str, found: set[str]) -> set[str]:
        if "t" in found or word in _NO_ADJECTIVE:
            return set()
        rest = word.removeprefix(ARTICLE)
        stems = (rest, *(rest.removesuffix(end) for end in ("ا", "ه")))
        listed = any(stem in self.sets["a"] for stem in stems)
        more = {"a"} if listed or _RELATION.match(rest) else set()
        return more | ({"n"} if word.startswith(ARTICLE) else set())


def readings(word: str) -> list[tuple[str, str, str, str]]:
    """Return the ways to take conjunction, preposition and article off a folded word."""
    found: list[tuple[str, str, str, str]] = []
    for joined in ("", word[0]) if word[0] in "وف" and len(word) > 3 else ("",):
        bare = word[len(joined) :]
        for of in ("", "لل", "بال", "ب", "ل"):
            if bare.startswith(of) and len(bare) - len(of) > 1:
                rest = bare[len(of) :]
                the = ARTICLE if of in {"", "ب"} and rest.startswith(ARTICLE) and len(rest) > 3 else ""
                found.append((joined, of, "", rest))
                found += [(joined, of, the, rest[2:])] if the else []
    return found


def head_of(reading: tuple[str, str, str, str], heads: frozenset[str]) -> str:
    """Return the word for a gathering in a reading of a word, "" if there is none."""
    rest = reading[3]
    stems = (rest, *(rest.removesuffix(end) for end in _ENDINGS if rest.endswith(end)))
    return next((stem for stem in stems if stem in heads), "")


@lru_cache(maxsize=4)
def _tagger(*lists: tuple[str, ...]) -> _Tagger:
    named = dict(zip(_NAMES, lists, strict=True))
    phrases: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for letter, name in _CLASSES.items():
        for entry in named[name]:
            first, *rest = entry.split()
            if rest:
                phrases.setdefault(first, []).append((letter, tuple(rest)))
    sets = {letter: frozenset(named[name]) for letter, name in _CLASSES.items()}
    heads = frozenset(word for name in FAMILIES for word in named[name])
    return _Tagger(sets, {first: tuple(found) for first, found in phrases.items()}, heads)


def tag(tokens: Sequence[Token], lists: Mapping[str, tuple[str, ...]]) -> TaggedLine:
    """Return tokens as a line whose words carry their classes."""
    tagger = _tagger(*(lists[name] for name in _NAMES))
    letters = [tagger.tags(token.text) if token.is_word else "" for token in tokens]
    for place, token in enumerate(tokens):
        for letter, rest in tagger.phrases.get(token.text, ()):
            if tuple(following.text for following in tokens[place + 1 : place + 1 + len(rest)]) == rest:
                for at in range(place, place + 1 + len(rest)):
                    letters[at] += letter
    parts, offsets, place = list[str](), list[int](), 0
    for token, classes in zip(tokens, letters, strict=True):
        offsets.append(place)
        parts.append(f"{token.text}~{classes} " if classes else f"{token.text} ")
        place += len(parts[-1])
    return TaggedLine("".join(parts), tuple(offsets))


def tag_sentence(
    sentence: Sentence, lists: Mapping[str, tuple[str, ...]], known: dict[str, TaggedLine]
) -> TaggedLine:
    """Return the tagged line of a sentence, made once; `known` has those made before, by their lines."""
    if sentence.line not in known:
        known[sentence.line] = tag(sentence.tokens, lists)
    return known[sentence.line]
