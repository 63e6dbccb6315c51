"""Gather what was read of one document, and what was not: every claim, and every sentence without one.

The stages are run again and looked at from outside. Chosen over (a) traces inside the readers, which would
slow every build for the sake of one page, and (b) the tables, which hold nothing of what was not read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from musnad.explaining.forms import Near, Needs, nearly
from musnad.model import Claim, Document, Mention, PatternCard, Reading
from musnad.understanding import Knowledge, understand
from musnad.understanding.cards import is_precise
from musnad.understanding.sentences import Sentence, split_document


@dataclass(frozen=True, slots=True)
class Silence:
    """A sentence that was read and gave no claim, with the patterns that came near."""

    start: int
    end: int
    near: tuple[Near, ...]


@dataclass(frozen=True, slots=True)
class Explanation:
    """One document with all that was read of it."""

    reading: Reading
    sources: tuple[Mention, ...]  # the words that describe a source without a name
    sentences: int  # how many were read for claims
    silences: tuple[Silence, ...]
    cards: dict[str, PatternCard]  # of the patterns that gave the claims
    floor: float

    @property
    def mentions(self) -> tuple[Mention, ...]:
        """Return all that is marked as a name, in the order of the text."""
        return tuple(sorted((*self.reading.mentions, *self.sources), key=lambda m: (m.start, -m.end)))

    def kind(self, mention: Mention) -> str:
        """Return the type of a mention, SOURCE for a source without a name."""
        return "SOURCE" if mention in self.sources else mention.type

    def is_withheld(self, claim: Claim) -> bool:
        """Tell whether the measured precision of its pattern keeps a claim from being published."""
        return not is_precise(self.cards[claim.pattern], self.floor)


def _with_withheld(document: Document, knowledge: Knowledge) -> Reading:
    """Return a document with what is published of it, and what its patterns read and nobody publishes."""
    published = understand(document, knowledge)
    whole = understand(document, replace(knowledge, patterns=knowledge.patterns.with_floor(0.0)))
    withheld = (claim for claim in whole.claims if not knowledge.patterns.publishes(claim.pattern))
    claims = sorted((*published.claims, *withheld), key=lambda claim: (claim.start, claim.end))
    seen = {entity.iri: entity for entity in (*whole.seen, *published.seen)}
    return replace(published, claims=tuple(claims), seen=tuple(seen[iri] for iri in sorted(seen)))


def explain(document: Document, knowledge: Knowledge, needs: Needs) -> Explanation:
    """Return what was read of a document; claims below the floor are there too, as withheld."""
    reading = _with_withheld(document, knowledge)
    found = knowledge.finder.find(document)
    anonymous = frozenset(mention.entity for mention in found.anonymous)
    sentences = split_document(document, (*found.mentions, *found.anonymous), anonymous)
    silences = [
        Silence(*_span(sentence), tuple(nearly(sentence, knowledge.patterns, needs)))
        for sentence in sentences
        if _is_silent(sentence, reading.claims)
    ]
    cards = {claim.pattern: knowledge.cards[claim.pattern] for claim in reading.claims}
    floor = knowledge.patterns.floor
    return Explanation(reading, found.anonymous, len(sentences), tuple(silences), cards, floor)


def _span(sentence: Sentence) -> tuple[int, int]:
    return sentence.tokens[0].start, sentence.tokens[-1].end


def _is_silent(sentence: Sentence, claims: Sequence[Claim]) -> bool:
    start, end = _span(sentence)
    return not any(claim.start < end and start < claim.end for claim in claims)
