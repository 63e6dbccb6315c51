"""Make the mentions of one document, and keep the entities that only it names.

An entity that the authority does not know gets its IRI from its type, its folded name and the document, so
the same text always gives the same one. Chosen over (a) one entity for all documents, which merges namesakes,
and (b) one for each mention, which splits them.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Final

from musnad.folding import Folded
from musnad.iri import Minter
from musnad.model import Document, Entity, Mention
from musnad.understanding.scan import Candidate, Scan, unfused
from musnad.vocabulary import CLASS_OF_TYPE

_OPENING: Final = "\"“«'"
_CLOSING: Final = "\"”»'"


@dataclass(slots=True)
class Namer:
    """Makes the mentions of one document, and keeps the entities that only it names."""

    scan: Scan
    minter: Minter
    document: Document
    folded: Folded
    seen: dict[str, Entity] = field(default_factory=dict)  # by IRI

    def mention(self, candidate: Candidate, entity: Entity, how: str) -> Mention:
        """Return a candidate as a mention of an entity, in offsets of the stored text."""
        start, end = self.folded.original(candidate.start, candidate.end)
        return Mention(
            start, end, candidate.type, entity.iri, entity.label_ar, how, candidate.score, entity.slug
        )

    def make(self, kind: str, key: str, label: str, class_iri: str = "") -> Entity:
        """Return the entity that only this document names; the same key gives the same one."""
        iri = self.minter.seen(kind, key, self.minter.document(self.document.key))
        return self.seen.setdefault(iri, Entity(iri, kind, class_iri or CLASS_OF_TYPE[kind], label))

    def relabel(self, iri: str, label: str) -> None:
        """Give an entity of the document another label."""
        self.seen[iri] = replace(self.seen[iri], label_ar=label)

    def zone(self, candidate: Candidate) -> str:
        """Return the kind of the zone of a candidate, "" outside all zones."""
        zone = self.document.zone_at(*self.folded.original(candidate.start, candidate.end))
        return zone.kind if zone else ""

    def surface(self, candidate: Candidate) -> str:
        """Return the words of a candidate as printed, without quotation marks around them all."""
        candidate = candidate.stands_for or candidate
        start, end = self.folded.original(candidate.start, candidate.end)
        words = unfused(" ".join(self.document.text[start:end].replace("_", " ").split()))
        inside = self.scan.text.count('"', candidate.start, candidate.end) > 1
        if inside and words[:1] not in _OPENING:
            return words
        return words.strip(_OPENING + _CLOSING)
