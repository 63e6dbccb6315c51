"""What was understood of a document: mentions, claims and the chains that brought them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final, Literal

from musnad.errors import UnsupportedClaim
from musnad.model.documents import Certainty, Document, check_span
from musnad.model.entities import Entity

MENTION_TYPES: Final = frozenset({"PERSON", "ORG", "PLACE", "EVENT", "WORK"})
MODALITIES: Final = frozenset(
    {
        "asserted",
        "planned",
        "intended",
        "possible",
        "demanded",
        "predicted",
        "conditional",
        "opinion",
        "presupposed",
        "inferred",
        "question",
        "wish",
    }
)
Polarity = Literal["positive", "negative"]


@dataclass(frozen=True, slots=True)
class Mention:
    """A span of text that names something, and the entity that it is taken to mean."""

    start: int
    end: int
    type: str
    entity: str  # IRI
    label: str  # the Arabic label of the entity
    how: str  # authority, short-form, enumeration, title-word, head-word, anonymous …
    score: float = 1.0
    slug: str = ""  # of the authority, "" for an entity that only the document names

    def __post_init__(self) -> None:
        check_span(self.start, self.end, what="mention")
        if self.type not in MENTION_TYPES:
            raise UnsupportedClaim("mention", f"{self.type!r} is not a type of mention")


@dataclass(frozen=True, slots=True)
class Agent:
    """Whoever speaks or passes on: an entity, known or only seen, or an anonymous source."""

    entity: str  # IRI
    label: str
    anonymous: bool = False


@dataclass(frozen=True, slots=True)
class Attribution:
    """One link of the chain of a claim; hop 0 is the page that we hold, the highest is the speaker."""

    hop: int
    agent: Agent
    verb: str = ""  # the reporting verb as printed


@dataclass(frozen=True, slots=True)
class Thing:
    """The subject or the object of a claim: an entity, or words where nothing is named."""

    label: str
    entity: str = ""  # IRI; "" when the label is all we have
    datatype: str = ""  # of a literal: "" for Arabic words, "edtf" for a date


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement by one speaker in one document, together with the words that support it."""

    relation: str  # a name of mappings/claims/relations.yaml
    subject: Thing
    object: Thing
    start: int
    end: int
    chain: tuple[Attribution, ...]
    pattern: str
    polarity: Polarity = "positive"
    modality: str = "asserted"
    certainty: Certainty = "probable"
    role: str = ""  # the name of the office or role, as printed
    role_status: str = ""  # former, current, future
    condition: str = ""
    edtf: str = ""
    about: tuple[str, ...] = field(default=())  # IRIs of further entities that the words name
    note: str = ""  # why the reading is doubted
    iri: str = ""  # where a decision fixed it; else it is minted from what the claim says
    decision: str = ""  # IRI of the decision that accepted or corrected it
    revises: str = ""  # IRI of the claim that it corrects

    def __post_init__(self) -> None:
        check_span(self.start, self.end, what=f"claim {self.relation}")
        if self.modality not in MODALITIES:
            raise UnsupportedClaim(f"claim {self.relation}", f"{self.modality!r} is not a modality")
        if [link.hop for link in self.chain] != list(range(len(self.chain))) or not self.chain:
            raise UnsupportedClaim(f"claim {self.relation}", "the chain does not count from hop 0")

    @property
    def speaker(self) -> Agent:
        """Return the innermost agent of the chain."""
        return self.chain[-1].agent


@dataclass(frozen=True, slots=True)
class Reading:
    """One document with all that was understood of it."""

    document: Document
    mentions: tuple[Mention, ...] = ()
    claims: tuple[Claim, ...] = ()
    seen: tuple[Entity, ...] = ()  # entities that the document names and the authority does not know
