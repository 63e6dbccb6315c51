"""The index and the ranking: which entries a question finds, in which order, and why.

Every form of every word leads to entries with points; a question adds the best points of its words, in whole
numbers. A whole name wins over its words, a word over its beginning, its beginning over a misspelling, which
is looked for only where nothing else is there. `publish/static/search.js` does the same with the same
numbers. Chosen over (a) BM25, whose fractions two languages round differently, and (b) a library for edit
distances, which browsers would not have.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from musnad.search.entries import ENTITY, KINDS, NAME, QUOTE, TITLE, Entry, read_entries
from musnad.search.spelling import (
    ARTICLE,
    CLITIC,
    ITSELF,
    LEAST_EDITED,
    LEAST_PREFIX,
    forms,
    known_forms,
    name_key,
    one_edit,
    spans,
    words_in,
    words_of,
)
from musnad.store import Store

# Points of one word, in thousandths; these stand in the index.
WHOLE: Final = {NAME: 1000, TITLE: 990}  # of a name that is the question
_WORD: Final = {NAME: 900, TITLE: 880, QUOTE: 500}
_LENGTH: Final = {NAME: 30, TITLE: 30, QUOTE: 2}  # less for each further word of the text
_MOST_LENGTH: Final = 240
# Less for a form that is not the word itself; on both sides.
FAR: Final = {ITSELF: 0, ARTICLE: 20, CLITIC: 80}
# What the question loses; `search.js` has the same numbers from the index.
PREFIX: Final = 150
PREFIX_LETTER: Final = 10
MOST_LETTERS: Final = 10
EDITED: Final = 250
MOST_OF_WORDS: Final = 950  # what the words of a name may reach without being the whole
MOST_FORMS: Final = 50  # that one beginning, or one misspelling, leads to
MOST_POSTINGS: Final = 1_000  # of one form and kind
MOST_READ: Final = 16_000  # postings for one question


@dataclass(frozen=True, slots=True)
class Found:
    """The entries of one kind that a question finds: score (0 … 1000) and number, best first."""

    kind: str
    ranked: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Candidate:
    """One entry that a question finds, its score from 0 to 100, and what speaks for it."""

    entry: Entry
    score: float
    features: Mapping[str, int]  # exact, folded, words, of, prefix, edited


Postings = dict[str, list[tuple[int, int]]]  # kind → number of the entry and points, by number


class Index:
    """Forms of words, and the entries that each leads to."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = tuple(entries)
        self.postings: dict[str, Postings] = _invert(self.entries)
        self.forms: list[str] = sorted(self.postings)

    @classmethod
    def of(cls, store: Store, base: str) -> Index:
        """Return the index of everything in a store that can be found."""
        return cls(read_entries(store, base))

    def rank(self, question: str, kinds: Collection[str] = KINDS) -> list[Found]:
        """Return what a question finds, kind by kind; nothing where it has no word."""
        words = words_of(question)
        return [Found(kind, tuple(self._rank(words, kind))) for kind in KINDS if kind in kinds]

    def find(self, text: str, kinds: Collection[str] = (ENTITY,), limit: int = 10) -> list[Candidate]:
        """Return the best candidates for a text, explained; entities before claims before documents.

        The features count: `exact` (1 where the text is a name as it is written), `folded` (1 where it is
        one but for its spelling), `words` of the text that were found `of` all, and among them those found
        as a `prefix` or `edited`.
        """
        ranked = [pair for found in self.rank(text, kinds) for pair in found.ranked[:limit]]
        return [
            Candidate(self.entries[number], score / 10, explain(self.entries[number], text))
            for score, number in ranked[:limit]
        ]

    def _rank(self, words: Sequence[str], kind: str) -> Iterable[tuple[int, int]]:
        sums: dict[int, int] = {}
        counts: dict[int, int] = {}
        room = MOST_READ // max(len(words), 1)
        for word in words:
            for number, points in self._points(word, kind, room).items():
                sums[number] = sums.get(number, 0) + points
                counts[number] = counts.get(number, 0) + 1
        # Of a name half of the words may be missing, of running text none.
        least = -(-len(words) // 2) if kind == ENTITY else len(words)
        scores = {
            number: min(total // len(words), MOST_OF_WORDS)
            for number, total in sums.items()
            if counts[number] >= least
        }
        for number, points in self.postings.get(name_key(list(words)), {}).get(kind, ()) if words else ():
            scores[number] = points
        return sorted(
            ((score, number) for number, score in scores.items()), key=lambda pair: (-pair[0], pair[1])
        )

    def _points(self, word: str, kind: str, room: int) -> dict[int, int]:
        """Return the best points that a word gives to each entry."""
        best: dict[int, int] = {}
        read = 0
        for form, loss in self.matching(word).items():
            postings = self.postings[form].get(kind, ())
            if read >= room:
                break
            read += len(postings)
            for number, points in postings:
                left = max(points - loss, 1)
                if left > best.get(number, 0):
                    best[number] = left
        return best

    def matching(self, word: str) -> dict[str, int]:
        """Return the forms of the index that a word may mean, and what each loses."""
        mine = forms(word)
        found = {form: FAR[far] for form, far in mine.items() if form in self.postings}
        near = [form for form, far in mine.items() if far < CLITIC]
        for form in near:
            if len(form) >= LEAST_PREFIX:
                for longer in self._starting(form, MOST_FORMS):
                    letters = min(len(longer) - len(form), MOST_LETTERS)
                    found.setdefault(longer, FAR[mine[form]] + PREFIX + PREFIX_LETTER * letters)
        if not found:
            for form in near:
                if len(form) >= LEAST_EDITED:
                    close = (other for other in self._starting(form[:2]) if one_edit(form, other))
                    for _, other in zip(range(MOST_FORMS), close, strict=False):
                        found.setdefault(other, FAR[mine[form]] + EDITED)
        return found

    def marked(self, text: str, question: str) -> list[tuple[int, int]]:
        """Return the spans of a text that a question finds, in order."""
        meant: set[str] = set()
        for word in words_of(question):
            meant |= forms(word).keys() | self.matching(word).keys()
        return [(word.start, word.end) for word in spans(text) if meant & forms(word.text).keys()]

    def _starting(self, start: str, most: int = 1 << 30) -> Iterator[str]:
        """Yield the forms that begin with some letters, in order; whole names are none."""
        place = bisect_left(self.forms, start)
        while place < len(self.forms) and most and self.forms[place].startswith(start):
            if " " not in self.forms[place]:
                most -= 1
                yield self.forms[place]
            place += 1


def _invert(entries: Sequence[Entry]) -> dict[str, Postings]:
    """Return form → kind → entries and points, at most 1,000 of a kind, the best of them."""
    found: dict[str, Postings] = {}
    for kind in KINDS:
        points: dict[str, dict[int, int]] = {}
        for number, entry in enumerate(entries):
            for form, value in _forms_of(entry) if entry.kind == kind else ():
                mine = points.get(form)
                if mine is None:
                    mine = points[form] = {}
                if value > mine.get(number, 0):
                    mine[number] = value
        for form, mine in points.items():
            found.setdefault(form, {})[kind] = _best(mine)
    return found


def _best(points: Mapping[int, int]) -> list[tuple[int, int]]:
    """Return the best entries of one form, which come by number."""
    if len(points) <= MOST_POSTINGS:
        return list(points.items())
    ordered = sorted(points.items(), key=lambda pair: (-pair[1], pair[0]))
    return sorted(ordered[:MOST_POSTINGS])


def _forms_of(entry: Entry) -> Iterator[tuple[str, int]]:
    """Yield every form under which an entry is found, with its points.

    In a name a letter at the front is seldom a particle, so only the article is taken off.
    """
    for text, (rank, _) in entry.texts.items():
        words = words_in(text)
        if rank in WHOLE and entry.kind == ENTITY and words:
            yield name_key(list(dict.fromkeys(words))), WHOLE[rank]
        value = _WORD[rank] - min(_LENGTH[rank] * max(len(words) - 1, 0), _MOST_LENGTH)
        for word in words:
            for form, far in known_forms(word):
                if far < CLITIC or entry.kind != ENTITY:
                    yield form, value - FAR[far]


def explain(entry: Entry, text: str) -> dict[str, int]:
    """Return what speaks for an entry; see `Index.find`."""
    asked = words_of(text)
    names = [name for name, (rank, _) in entry.texts.items() if rank != QUOTE]
    there = {form for each in entry.texts for word in spans(each) for form in forms(word.text)}
    exact = folded = prefix = edited = words = 0
    for name in names:
        exact |= name.strip() == text.strip()
        folded |= name_key([word.text for word in spans(name)]) == name_key(asked)
    for word in asked:
        mine = forms(word)
        if mine.keys() & there:
            words += 1
        elif any(form.startswith(word) and len(word) >= LEAST_PREFIX for form in there):
            words, prefix = words + 1, prefix + 1
        elif any(one_edit(word, form) for form in there):
            words, edited = words + 1, edited + 1
    return {
        "exact": int(exact),
        "folded": int(folded),
        "words": words,
        "of": len(asked),
        "prefix": prefix,
        "edited": edited,
    }
