"""The values that pass between the stages: a value that exists is valid.

Offsets are 0-based code points of the stored text, end exclusive. Nothing here knows RDF; `tables` turns
these values into flat rows, and the mappings turn rows into triples.
"""

from musnad.model.claims import (
    MENTION_TYPES,
    MODALITIES,
    Agent,
    Attribution,
    Claim,
    Mention,
    Polarity,
    Reading,
    Thing,
)
from musnad.model.documents import (
    ZONES,
    Certainty,
    Comment,
    Credit,
    Document,
    Link,
    Post,
    QuickFact,
    Zone,
    check_span,
)
from musnad.model.entities import Entity, Identifier, PatternCard, Relation

__all__ = [
    "MENTION_TYPES",
    "MODALITIES",
    "ZONES",
    "Agent",
    "Attribution",
    "Certainty",
    "Claim",
    "Comment",
    "Credit",
    "Document",
    "Entity",
    "Identifier",
    "Link",
    "Mention",
    "PatternCard",
    "Polarity",
    "Post",
    "QuickFact",
    "Reading",
    "Relation",
    "Thing",
    "Zone",
    "check_span",
]
