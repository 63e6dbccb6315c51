"""Measure readings against gold files: precision, recall and F, and what was asserted wrongly.

A row is what the engine gives. Rows and gold entries are paired one to one, in the order of the gold file,
each with the first row that fits and is still free. Chosen over (a) the best of all pairings, whose figures
nobody can follow by hand, and (b) comparing IRIs, which a reader with a pencil does not have.

- A mention fits if the types are equal and the spans share a character (`overlap`) or are equal (`exact`).
- A claim fits if relation and polarity are equal, the passages share a character, and both ends may name the
  same thing; the ends of a symmetric relation may be swapped.
- Of reported speech the passage itself is compared: the spans share at least half of their union, and the
  speaker (or the subject) may name the same as the gold speaker.
- A false assertion is a claim that is affirmed and asserted, on words in which the gold has the same relation
  negated, planned, demanded, conditional or otherwise not asserted.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Final, Protocol, TypeVar

from musnad.explaining.gold import Gold, GoldClaim, GoldMention
from musnad.folding import fold
from musnad.model import MENTION_TYPES, Claim, Mention, Reading, Relation

ALL: Final = "ALL"
_WORD: Final = re.compile(r"\w+")
_ARTICLE: Final = "ال"  # the
_SAME_WORDS: Final = 0.5  # of the union of two statements
_DAY: Final = len("2026-01-31")
G = TypeVar("G")
R = TypeVar("R")


class Span(Protocol):
    """Whatever stands somewhere in a text."""

    @property
    def start(self) -> int:
        """Return the first character."""

    @property
    def end(self) -> int:
        """Return the character after the last."""


@dataclass(frozen=True, slots=True)
class Score:
    """How many gold entries, how many rows, and how many pairs of them."""

    gold: int = 0
    rows: int = 0
    pairs: int = 0

    def __add__(self, other: Score) -> Score:
        return Score(self.gold + other.gold, self.rows + other.rows, self.pairs + other.pairs)

    @property
    def precision(self) -> float:
        """Return the share of the rows that are right, 0 where there are none."""
        return self.pairs / self.rows if self.rows else 0.0

    @property
    def recall(self) -> float:
        """Return the share of the gold entries that were found, 0 where there are none."""
        return self.pairs / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Return the harmonic mean of both.

        >>> Score(gold=4, rows=2, pairs=2).f1
        0.6666666666666666
        """
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class FalseAssertion:
    """A claim that asserts what the gold says is not asserted there."""

    file: str
    claim: Claim
    gold: GoldClaim
    paired: bool  # with a gold claim that is asserted: then another claim of the same words is meant


@dataclass(slots=True)
class Scores:
    """The figures of all documents together."""

    exact: dict[str, Score] = field(default_factory=dict)  # by type of mention, and ALL
    overlap: dict[str, Score] = field(default_factory=dict)
    claims: dict[str, Score] = field(default_factory=dict)  # by relation, and ALL
    patterns: dict[str, Score] = field(default_factory=dict)  # by pattern: no gold of its own
    missed: list[tuple[str, GoldClaim]] = field(default_factory=list)  # file, claim
    extra: list[tuple[str, Claim]] = field(default_factory=list)
    titles: Score = Score()
    dates: Score = Score()
    false_assertions: list[FalseAssertion] = field(default_factory=list)
    files: list[str] = field(default_factory=list)

    @property
    def wrong(self) -> list[FalseAssertion]:
        """Return the false assertions that are no right claim beside another one of the same words."""
        return [each for each in self.false_assertions if not each.paired]


def score(pairs: Iterable[tuple[Gold, Reading]], relations: Mapping[str, Relation]) -> Scores:
    """Return the figures of readings, each with the gold of its document."""
    scores = Scores()
    for gold, reading in pairs:
        scores.files.append(gold.file)
        _score_mentions(gold, reading, scores)
        _score_claims(gold, reading, scores, relations)
        document = reading.document
        titled = words_of(document.title) == words_of(gold.title)
        scores.titles += Score(1, 1, int(titled))
        if gold.published:
            dated = document.published[:_DAY] == gold.published[:_DAY]
            scores.dates += Score(1, 1, int(dated))
    return scores


def words_of(name: str) -> tuple[str, ...]:
    """Return the words of a name as they are compared: folded, in lower case, without the article.

    >>> words_of("«الهيئة» العامة") == words_of("هيئة عامه")
    True
    """
    words = _WORD.findall(fold(name).text.lower())
    return tuple(word[2:] if word.startswith(_ARTICLE) and len(word) > 4 else word for word in words)


def may_be_same(one: str, other: str) -> bool:
    """Tell whether two names may name one thing: the words of one are all in the other.

    >>> may_be_same("سالم الراوي", "الراوي"), may_be_same("سالم الراوي", "سالم العابد")
    (True, False)
    """
    first, second = set(words_of(one)), set(words_of(other))
    return bool(first and second) and (first <= second or second <= first)


def shared(one: Span, other: Span) -> int:
    """Return how many characters two spans share, 0 or less where they do not touch."""
    return min(one.end, other.end) - max(one.start, other.start)


def share_of_union(one: Span, other: Span) -> float:
    """Return the shared characters as a share of those from the first start to the last end, 0 to 1."""
    union = max(one.end, other.end) - min(one.start, other.start)
    return max(0, shared(one, other)) / union if union else 0.0


def fits(gold: GoldClaim, claim: Claim, relation: Relation | None) -> bool:
    """Tell whether a claim of the engine is a claim of the gold; `relation` is that of both."""
    if gold.relation != claim.relation or (gold.polarity == "negative") != (claim.polarity == "negative"):
        return False
    if relation is not None and relation.speech:
        who = gold.speaker or gold.subject
        names = (claim.speaker.label or claim.subject.label, claim.subject.label)
        near = share_of_union(gold, claim) >= _SAME_WORDS
        return near and (not who or any(may_be_same(who, name) for name in names))
    if shared(gold, claim) <= 0:
        return False
    subject, thing = claim.subject.label, claim.object.label or claim.object.entity or claim.edtf
    if may_be_same(gold.subject, subject) and (not gold.object or may_be_same(gold.object, thing)):
        return True
    swapped = may_be_same(gold.subject, thing) and may_be_same(gold.object, subject)
    return relation is not None and relation.symmetric and swapped


def pair(gold: Sequence[G], rows: Sequence[R], test: Callable[[G, R], bool]) -> list[tuple[G, R]]:
    """Return the pairs: for each gold entry the first free row that fits.

    >>> pair([1, 2], [2, 3, 1], lambda one, other: other >= one)
    [(1, 2), (2, 3)]
    """
    free, found = list(rows), list[tuple[G, R]]()
    for entry in gold:
        place = next((place for place, row in enumerate(free) if test(entry, row)), None)
        if place is not None:
            found.append((entry, free.pop(place)))
    return found


def _equal_spans(gold: GoldMention, row: Mention) -> bool:
    return (gold.start, gold.end) == (row.start, row.end)


def _touching(gold: GoldMention, row: Mention) -> bool:
    return shared(gold, row) > 0


def _score_mentions(gold: Gold, reading: Reading, scores: Scores) -> None:
    for kind in sorted(MENTION_TYPES):
        wanted = [mention for mention in gold.mentions if mention.type == kind]
        given = [mention for mention in reading.mentions if mention.type == kind]
        for table, test in ((scores.exact, _equal_spans), (scores.overlap, _touching)):
            _add(table, kind, Score(len(wanted), len(given), len(pair(wanted, given, test))))


def _score_claims(gold: Gold, reading: Reading, scores: Scores, relations: Mapping[str, Relation]) -> None:
    for name in sorted({c.relation for c in gold.claims} | {c.relation for c in reading.claims}):
        wanted = [claim for claim in gold.claims if claim.relation == name]
        given = [claim for claim in reading.claims if claim.relation == name]
        relation = relations.get(name)
        pairs = pair(wanted, given, partial(fits, relation=relation))
        _add(scores.claims, name, Score(len(wanted), len(given), len(pairs)))
        _keep(gold.file, wanted, given, pairs, scores)
        asserted = {id(claim) for entry, claim in pairs if entry.plain}
        for claim in given:
            other = _not_asserted(wanted, claim)
            if other is not None and (claim.polarity, claim.modality) == ("positive", "asserted"):
                wrong = FalseAssertion(gold.file, claim, other, id(claim) in asserted)
                scores.false_assertions.append(wrong)


def _keep(
    file: str,
    wanted: Iterable[GoldClaim],
    given: Iterable[Claim],
    pairs: Iterable[tuple[GoldClaim, Claim]],
    scores: Scores,
) -> None:
    """Count the claims of each pattern; keep what was missed and what is in no gold entry."""
    found = {id(entry) for entry, _ in pairs}
    right = {id(claim) for _, claim in pairs}
    scores.missed += [(file, entry) for entry in wanted if id(entry) not in found]
    for claim in given:
        one = Score(0, 1, int(id(claim) in right))
        scores.patterns[claim.pattern] = scores.patterns.get(claim.pattern, Score()) + one
        if not one.pairs:
            scores.extra.append((file, claim))


def _not_asserted(wanted: Iterable[GoldClaim], claim: Claim) -> GoldClaim | None:
    """Return the first gold claim on the words of a claim that is negated or not asserted."""
    return next((entry for entry in wanted if not entry.plain and shared(entry, claim) > 0), None)


def _add(table: dict[str, Score], name: str, figures: Score) -> None:
    for key in (name, ALL):
        table[key] = table.get(key, Score()) + figures
