"""One document in the hands of the mention rules: its words, the names found in it, the word lists.

The rules propose candidates and never see each other; `selection` decides. Chosen over (a) one pass that
decides as it reads, where each new rule breaks an old one, and (b) a statistical tagger, which measured worse
on the bodies and parties of this genre.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from typing import Final

from musnad.authority import Name
from musnad.model import Entity
from musnad.understanding.gazetteer import Match
from musnad.understanding.lexicon import Lexicon, Listed
from musnad.understanding.tokens import Opening, Token, is_definite, openings, stem

_THE: Final = "ال"  # the
_LONG_WORD: Final = 5  # letters
_SHORT_WORD: Final = 3
_OF_VERBS: Final = "ي"  # what the present tense begins with, and few nouns
_OF_NOUNS: Final = "بك"  # in, as: before nouns only


@dataclass(frozen=True, slots=True)
class Candidate:
    """A span that may be a mention: offsets in the folded text, tokens `first` to `last` (exclusive)."""

    first: int
    last: int
    start: int
    end: int
    type: str
    how: str
    entity: Entity | None = None  # None for what the authority does not know
    score: float = 1.0
    short: bool = False  # counts only beside a longer name of the entity
    stands_for: Candidate | None = None  # the fuller name that these words repeat

    def standing_for(self, other: Candidate) -> Candidate:
        """Return the candidate as a repetition of another, which names the same."""
        return replace(self, stands_for=other, entity=other.entity)


@dataclass(frozen=True)
class Scan:
    """A folded text with its tokens and the names of the authority in it."""

    text: str
    tokens: list[Token]
    lexicon: Lexicon
    matches: list[Match] = field(repr=False)
    adverbial: frozenset[int] = frozenset()  # places of words printed with tanwin, which end no name
    led: frozenset[int] = frozenset()  # places of words printed with «and», «so» before hamza: none begins so

    @cached_property
    def longest(self) -> dict[int, Match]:
        """Return the longest full name that starts at each token."""
        found: dict[int, Match] = {}
        for match in self.matches:
            known = found.get(match.first)
            if not match.name.short and (known is None or match.last >= known.last):
                found[match.first] = match
        return found

    @cached_property
    def starting(self) -> dict[int, list[Match]]:
        """Return all names that start at each token, short ones included."""
        found: dict[int, list[Match]] = {}
        for match in self.matches:
            found.setdefault(match.first, []).append(match)
        return found

    @cached_property
    def ending_places(self) -> dict[int, list[Match]]:
        """Return the names of places by the token after them."""
        found: dict[int, list[Match]] = {}
        for match in self.matches:
            if match.name.entity.type == "PLACE":
                found.setdefault(match.last, []).append(match)
        return found

    @cached_property
    def quotes(self) -> dict[int, int]:
        """Return the first word of each passage in quotation marks, and where the passage ends."""
        found: dict[int, int] = {}
        opened = -1
        gaps = [token.gap for token in self.tokens]
        for place, gap in enumerate([*gaps, self.text[self.tokens[-1].end :] if self.tokens else ""]):
            for mark in gap:
                if mark == "\n":
                    opened = -1
                elif mark == '"' and opened >= 0:
                    found[opened], opened = place, -1
                elif mark == '"':
                    opened = place
        return {first: last for first, last in found.items() if last > first}

    @cached_property
    def known_places(self) -> frozenset[int]:
        """Return the places of all words that belong to a full name of the authority."""
        return frozenset(at for first, match in self.longest.items() for at in range(first, match.last))

    @cached_property
    def _words(self) -> list[str]:
        return [token.text if token.is_word else "" for token in self.tokens]

    @cached_property
    def _readings(self) -> list[Sequence[Opening]]:
        found = [_openings(word) if word else () for word in self._words]
        for place in self.led:
            found[place] = [reading for reading in found[place] if reading.skip]
        return found

    def word(self, place: int) -> str:
        """Return the word at a place, "" for a mark or outside the text."""
        return self._words[place] if 0 <= place < len(self._words) else ""

    def follows(self, place: int) -> bool:
        """Tell whether nothing but spaces, or the underscore of a tag, stands before the token at a place."""
        return 0 <= place < len(self.tokens) and not self.tokens[place].gap.strip(" _")

    def breaks(self, place: int) -> bool:
        """Tell whether a line begins at a token, or the text ends there."""
        return place >= len(self.tokens) or not self.tokens[place].joined

    def readings(self, place: int) -> Sequence[Opening]:
        """Return the readings of the word at a place, none for a mark."""
        return self._readings[place] if 0 <= place < len(self._readings) else ()

    def match_at(self, place: int, kind: str, *, whole: bool = True) -> Match | None:
        """Return the longest name of one type that starts at a place; `whole` refuses clitics before it."""
        match = self.longest.get(place)
        if match is None or match.name.entity.type != kind:
            return None
        return match if not whole or match.start == self.tokens[place].start else None

    def is_stop(self, word: str) -> bool:
        """Tell whether a word ends every name; only «على» comes with the ى of its print."""
        return word in self.lexicon.stops.words or word.endswith("ى")  # on

    def is_verb(self, word: str) -> bool:
        """Tell whether a word is a form of a listed verb, with «and» or «so» or without."""
        verbs = self.lexicon.verbs
        return word in verbs or (word[:1] in {"و", "ف"} and word[1:] in verbs)  # and, so

    def opens_as_verb(self, word: str) -> bool:
        """Tell whether a word begins as verbs do, or with a clitic, the article and three letters more."""
        begun = (opening for opening in self.lexicon.stops.verbal if word.startswith(opening))
        least = {opening: _LONG_WORD if opening.endswith(_THE) else _SHORT_WORD for opening in begun}
        return any(len(word) > letters for letters in least.values())

    def is_common(self, word: str) -> bool:
        """Tell whether a word shares its stem with a common word of news, with clitics or without."""
        return not self.lexicon.vocabulary.words.isdisjoint(_stems(word))

    def is_national(self, word: str) -> bool:
        """Tell whether a word is the adjective of a nation, with or without the article."""
        return word in self.lexicon.nations or (is_definite(word) and word[2:] in self.lexicon.nations)

    def candidate(
        self, span: tuple[int, int], skip: int, kind: str, how: str, score: float = 0.8
    ) -> Candidate:
        """Return a candidate over tokens; `skip` letters of the first are clitics.

        A quotation mark that the span opens or closes belongs to it.
        """
        first, last = span
        start, end = self.tokens[first].start + skip, self.tokens[last - 1].end
        start, end = close_quotes(self.text, start, end)
        return Candidate(first, last, start, end, kind, how, None, score)

    def named(self, match: Match) -> Candidate:
        """Return the candidate of a name of the authority."""
        name: Name = match.name
        first, start = self._after_rank(match)
        start, end = close_quotes(self.text, start, match.end)
        how = "short-form" if name.short else "authority"
        return Candidate(first, match.last, start, end, name.entity.type, how, name.entity, 1.0, name.short)

    def _after_rank(self, match: Match) -> tuple[int, int]:
        """Return the token and the letter where a name begins; a title before it is no part of it."""
        ranks = self.lexicon.persons.ranks
        titled = match.name.entity.type == "PERSON" and match.last - match.first > 1
        if titled and any(reading.text in ranks for reading in self.readings(match.first)):
            return match.first + 1, self.tokens[match.first + 1].start
        return match.first, match.start

    def key(self, candidate: Candidate) -> str:
        """Return the folded name of a candidate, of the fuller one if it stands for one."""
        candidate = candidate.stands_for or candidate
        words = unfused(self.text[candidate.start : candidate.end])  # folded already
        return " ".join(words.replace('"', " ").replace("_", " ").split()).lower()


@lru_cache(maxsize=100_000)
def _openings(word: str) -> Sequence[Opening]:
    return tuple(openings(word))


@lru_cache(maxsize=100_000)
def _stems(word: str) -> frozenset[str]:
    """Return the stems of the readings of a word."""
    return frozenset(
        stem(text)
        for skip, text in _openings(word)
        if not skip or text[0] != _OF_VERBS or word[skip - 1] not in _OF_NOUNS
    )


def close_quotes(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the span widened by the quotation mark that it opens or closes."""
    if text.count('"', start, end) % 2:
        if start and text[start - 1] == '"' and '"' not in text[start : start + 1]:
            return start - 1, end
        if text[end : end + 1] == '"':
            return start, end + 1
    return start, end


def unfused(words: str) -> str:
    """Return words whose first is «لل» with the article spelt out.

    >>> unfused("للحكومه الموقته")
    'الحكومه الموقته'
    """
    return "ال" + words[2:] if words.startswith("لل") else words


def listed_end(scan: Scan, names: Listed, place: int, word: str) -> int:
    """Return the end of the longest listed name that a reading of a word opens, 0 if none does."""
    ends = (
        place + 1 + len(rest)
        for rest in names.get(word, ())
        if all(scan.follows(at) and scan.word(at) == said for at, said in enumerate(rest, place + 1))
    )
    return max(ends, default=0)
