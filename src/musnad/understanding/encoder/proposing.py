"""Propose the persons that the rules did not find, before the document is read for claims.

What the rules found stands; the head only adds, and what it adds is marked. Chosen over (a) a vote of rules
and head, since of what the rules find more than nine of ten are right, and (b) the bodies and places of the
head too, which are right less often than those of the rules.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from musnad.folding import Folded, fold
from musnad.model import Document
from musnad.understanding.encoder import NAME
from musnad.understanding.encoder.head import Head
from musnad.understanding.encoder.vectors import Encoder
from musnad.understanding.mentions import Again
from musnad.understanding.regions import regions
from musnad.understanding.scan import Candidate, Scan

_MOST_WORDS: Final = 60  # of a sentence that is read at once
_LONGEST: Final = 6  # words of a name
_LEAST_LETTERS: Final = 3  # of a name without the clitic before it
_ENDS: Final = frozenset(".!?؟")
_AND: Final = "و"
_CLITICS: Final = "وفبلك"  # and, so, in, to, like
_Stretch = tuple[int, int]  # first token, the token after the last


class _Guess(NamedTuple):
    """A person that the head sees: tokens, and how probable it is."""

    first: int
    last: int
    probability: float


class Proposer:
    """Proposes persons with one encoder and one head."""

    def __init__(self, encoder: Encoder, head: Head) -> None:
        self._encoder, self._head = encoder, head

    def proposals(self, document: Document) -> Again:
        """Return what proposes the persons of a document, beside the candidates that are chosen already."""

        def propose(scan: Scan, chosen: Sequence[Candidate]) -> list[Candidate]:
            taken = {place for candidate in chosen for place in range(candidate.first, candidate.last)}
            words = {scan.word(place) for place in range(len(scan.tokens))}
            guesses = self._guesses(document, scan)
            ends = {one.last for one in chosen} | {guess.last for guess in guesses}
            found = [
                _candidate(scan, guess, words, after_name=guess.first in ends)
                for guess in guesses
                if taken.isdisjoint(range(guess.first, guess.last)) and _may_be(scan, guess)
            ]
            persons = [candidate for candidate in (*chosen, *found) if candidate.type == "PERSON"]
            told = {word for one in persons if _is_whole(one) for word in scan.key(one).split()}
            return [one for one in found if _is_whole(one) or scan.key(one) not in told]

        return propose

    def _guesses(self, document: Document, scan: Scan) -> list[_Guess]:
        folded = fold(document.text)
        stretches = list(_stretches(document, folded, scan))
        printed = [
            [_printed(document, folded, scan, place) for place in range(*stretch)] for stretch in stretches
        ]
        found: list[_Guess] = []
        for number, vectors in self._encoder.vectors(printed):
            first = stretches[number][0]
            for name in self._head.names(vectors):
                if name.type == "PERSON" and name.probability >= self._head.threshold:
                    found.append(_Guess(first + name.first, first + name.last, name.probability))
        return sorted(found)


def _stretches(document: Document, folded: Folded, scan: Scan) -> Iterator[_Stretch]:
    """Yield the sentences of what is read for claims; never readers' comments or others' headlines."""
    spans = sorted(span for region in regions(document) for span in region.spans)
    place = 0
    for start, end in spans:
        start, end = folded.at(start), folded.at(end)
        while place < len(scan.tokens) and scan.tokens[place].start < start:
            place += 1
        first = place
        while place < len(scan.tokens) and scan.tokens[place].end <= end:
            ended = place > first and (
                "\n" in scan.tokens[place].gap
                or scan.tokens[place - 1].text in _ENDS
                or place - first >= _MOST_WORDS
            )
            if ended:
                yield first, place
                first = place
            place += 1
        if first < place:
            yield first, place


def _printed(document: Document, folded: Folded, scan: Scan, place: int) -> str:
    """Return a token as the document prints it: the encoder knows the letters that folding makes one."""
    token = scan.tokens[place]
    return document.text[slice(*folded.original(token.start, token.end))]


def _may_be(scan: Scan, guess: _Guess) -> bool:
    """Tell whether a guess has the shape of a name: one to six words with only blanks between."""
    places = range(guess.first, guess.last)
    words = [scan.word(place) for place in places]
    return (
        len(words) <= _LONGEST
        and all(word.isalpha() for word in words)
        and all(scan.follows(place) for place in places[1:])
        and not any(scan.is_stop(word) or len(word) < _LEAST_LETTERS for word in (words[0], words[-1]))
    )


def _is_whole(candidate: Candidate) -> bool:
    """Tell whether a name has several words; one word of such a name is left to the rules to take up."""
    return candidate.last - candidate.first > 1


def _candidate(scan: Scan, guess: _Guess, words: set[str], *, after_name: bool) -> Candidate:
    word = scan.word(guess.first)
    skip = int(after_name and word[0] == _AND and len(word) > _LEAST_LETTERS) or _clitic(scan, word, words)
    return scan.candidate((guess.first, guess.last), skip, "PERSON", NAME, round(guess.probability, 3))


def _clitic(scan: Scan, word: str, words: set[str]) -> int:
    """Return how many letters before a name are a clitic.

    One is, where the word without it is a given name or stands elsewhere in the document, and the whole is
    no given name; or where it is «and» before the article.
    """
    rest, given = word[1:], scan.lexicon.persons.given_names
    if word[0] not in _CLITICS or word in given or len(rest) < _LEAST_LETTERS:
        return 0
    return int(rest in given or rest in words or (word[0] == _AND and rest.startswith("ال")))  # the
