"""The ways of understanding a document: by the patterns alone, or with the proposals of a model beside.

The patterns come first: what one of them reads is not taken from the model again, so the option only ever
adds doubtful claims. Chosen over (a) the model instead of the patterns, which would lose the measured ones,
and (b) a vote of both, which hides from the reader of the data who read what.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from musnad.iri import hexdigest
from musnad.model import Claim, Document, PatternCard, Reading, Relation
from musnad.understanding.chat import ModelSettings
from musnad.understanding.encoder import head_file, read_proposer
from musnad.understanding.knowledge import Knowledge, understand, unique
from musnad.understanding.language_model import CARD, NAME, Scheme, propose


@dataclass(frozen=True, slots=True)
class Reader:
    """How documents are understood, and what is published about patterns that are in no file."""

    understand: Callable[[Document, Knowledge], Reading] = understand
    cards: Mapping[str, PatternCard] = field(default_factory=dict)
    dropped: Counter[str] = field(default_factory=Counter)  # proposals, by why they were not kept


def language_model_reader(settings: ModelSettings) -> Reader:
    """Return a reader that asks a language model too; it raises LanguageModelError while it reads."""
    dropped: Counter[str] = Counter()

    def read(document: Document, knowledge: Knowledge) -> Reading:
        """Return a reading by patterns, and what the model proposes beyond it."""
        relations, known = knowledge.patterns.relations, knowledge.authority.entities
        found = knowledge.finder.find(document)
        reading = understand(document, knowledge, found)
        proposed = propose(document, found, settings, Scheme(relations, knowledge.minter, known))
        dropped.update(proposed.dropped)
        new = [claim for claim in proposed.claims if not is_said(claim, reading.claims, relations)]
        dropped["said already"] += len(proposed.claims) - len(new)
        claims = unique((*reading.claims, *new), document, knowledge.minter)
        seen = {entity.iri: entity for entity in (*proposed.seen, *reading.seen) if entity.iri not in known}
        return Reading(document, reading.mentions, claims, tuple(seen[iri] for iri in sorted(seen)))

    card = replace(CARD, version=hexdigest(12, CARD.version, settings.model))
    return Reader(read, {NAME: card}, dropped)


def encoder_reader(head: Path) -> Reader:
    """Return a reader that adds the persons of a trained head before claims are read; raise ProjectError."""
    proposer, card = read_proposer(head)

    def read(document: Document, knowledge: Knowledge) -> Reading:
        """Return a reading by patterns that sees the persons of the head too."""
        return understand(document, knowledge, knowledge.finder.find(document, proposer.proposals(document)))

    return Reader(read, {card.name: card})


def is_said(claim: Claim, others: Iterable[Claim], relations: Mapping[str, Relation]) -> bool:
    """Tell whether other claims say the same on words that touch: relation, polarity, subject and object.

    Of reported speech the passage and who speaks are compared.
    """
    speech = relations[claim.relation].speech
    for other in others:
        if (claim.relation, claim.polarity) != (other.relation, other.polarity):
            continue
        touch = claim.start < other.end and other.start < claim.end
        ends = (claim.subject.entity, claim.object.entity) == (other.subject.entity, other.object.entity)
        if touch and (claim.speaker.entity == other.speaker.entity if speech else ends):
            return True
    return False


READERS: Final[dict[str, Callable[[], Reader]]] = {
    "patterns": Reader,
    "llm": lambda: language_model_reader(ModelSettings.of()),
    "ner": lambda: encoder_reader(head_file()),
}
