"""One reading as rows: the document itself, its zones, its mentions, and the passages that all rows cite."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from musnad.model import Reading
from musnad.tables.columns import Row
from musnad.tables.lookup import Lookup, date_bounds, day_parts
from musnad.vocabulary import SCHEMA

# "A sample in Musnad's own words; not a text of the publisher"
_SAMPLE_AR: Final = "نص تجريبي بكلمات مُسند لعرض عمله، وليس من نصوص الناشر."
_SAMPLE_EN: Final = (
    "A sample in Musnad's own words, written to show how it works; not a text of the publisher."
)
Rows = Iterator[tuple[str, Row]]


@dataclass(slots=True)
class Sheet:
    """The rows of one reading, and the spans that they have cited so far."""

    reading: Reading
    lookup: Lookup
    keys: Row = field(init=False)
    capture: str = field(init=False)
    quoted: set[tuple[int, int]] = field(init=False, default_factory=set)
    evidence: set[tuple[int, int]] = field(init=False, default_factory=set)
    cited: set[tuple[int, int]] = field(init=False, default_factory=set)

    def __post_init__(self) -> None:
        mint, document = self.lookup.minter, self.reading.document
        iri = mint.document(document.key)
        self.keys = {"document": iri, "graph": mint.document_graph(iri)}
        self.capture = mint.capture(document.text)

    def span(self, start: int, end: int, quote: bool = False) -> Row:
        """Return the columns of a passage; its words are published only if some row quotes them."""
        self.cited.add((start, end))
        if quote:
            self.quoted.add((start, end))
        return {"start": start, "end": end, "passage": self.lookup.minter.passage(self.capture, start, end)}

    def evidence_span(self, start: int, end: int) -> Row:
        """Return the columns of a passage that a claim rests on; the words around it are published too."""
        self.evidence.add((start, end))
        return self.span(start, end, True)

    def document(self) -> Row:
        """Return the columns of the document itself, without its keys."""
        mint, document = self.lookup.minter, self.reading.document
        publisher = mint.entity(document.publisher) if document.publisher else None
        known = self.lookup.entities.get(publisher or "")
        arabic = document.language == "ar"
        views = mint.part(self.keys["document"], "views", 1) if document.views is not None else None
        return {
            "capture": self.capture,
            "file": document.file,
            "source": document.source,
            "type": SCHEMA + document.kind,
            "title": document.title,
            "title_ar": document.title if arabic and document.title else None,
            "title_other": document.title if not arabic and document.title else None,
            "publisher": publisher,
            "publisher_label": known.label_ar if known else None,
            "url": document.url or None,
            **self.publication(),
            "language": document.language,
            "sha256": document.sha256,
            "characters": len(document.text),
            "captured": document.captured or None,
            "target_uri": document.target_uri or None,
            "payload_digest": document.payload_digest or None,
            "views": document.views,
            "views_node": views,
            "comment_count": document.comment_count,
            "sample_ar": _SAMPLE_AR if document.sample else None,
            "sample_en": f"{_SAMPLE_EN} It summarises {document.sample}." if document.sample else None,
            "notes": "; ".join(document.notes) or None,
        }

    def publication(self) -> Row:
        """Return the columns of the time of publication."""
        document = self.reading.document
        return {
            "published": document.published or None,
            **day_parts(document.published, "published"),
            **date_bounds(document.published),
            "published_certainty": document.published_certainty if document.published else None,
            "time": document.time or None,
        }

    def zones(self) -> Rows:
        """Yield the rows of the zones."""
        for zone in self.reading.document.zones:
            row = {
                "capture": self.capture,
                "zone": zone.kind,
                "zone_concept": self.lookup.minter.concept("zone", zone.kind),
                "label_ar": zone.label or None,
                "empty": zone.empty,
                "note": "empty" if zone.empty else None,
            }
            yield "zones", self.keys | row | self.span(zone.start, zone.end)

    def mentions(self) -> Rows:
        """Yield the rows of the mentions."""
        mint, document = self.lookup.minter, self.reading.document
        for mention in self.reading.mentions:
            place = document.zone_at(mention.start, mention.end)
            row = {
                "mention": mint.mention(self.capture, mention.start, mention.end, mention.type),
                "capture": self.capture,
                "file": document.file,
                "surface": document.text[mention.start : mention.end],
                "type": mention.type,
                "entity": mention.entity,
                "label_ar": mention.label,
                "how": mention.how,
                "score": round(mention.score, 3),
                "zone": place.kind if place else "body",
            }
            yield "mentions", self.keys | row | self.span(mention.start, mention.end, True)

    def passages(self) -> Rows:
        """Yield one row for each passage that any other row cites."""
        mint, document = self.lookup.minter, self.reading.document
        zones = {(zone.start, zone.end) for zone in document.zones}
        for start, end in sorted(self.cited):
            place = None if (start, end) in zones else document.zone_at(start, end)
            yield (
                "passages",
                {
                    "passage": mint.passage(self.capture, start, end),
                    "graph": self.keys["graph"],
                    "capture": self.capture,
                    "selector": mint.selector(self.capture, start, end),
                    **self._words(start, end),
                    "language": document.language,
                    "zone_concept": mint.concept("zone", place.kind) if place else None,
                    "start": start,
                    "end": end,
                },
            )

    def _words(self, start: int, end: int) -> Row:
        """Return the columns with the words of a passage and, of evidence, those around it.

        All of them together are no longer than the longest quotation.
        """
        document, lookup = self.reading.document, self.lookup
        if not document.quote or (start, end) not in self.quoted:
            return {"exact": None, "prefix": None, "suffix": None}
        words = document.quoted(start, end, lookup.quote_characters)
        left = (lookup.quote_characters - len(words)) // 2 - 1  # a blank
        room = min(lookup.context_characters, left) if (start, end) in self.evidence else 0
        before, after = document.around(start, end, room)
        return {"exact": words, "prefix": before or None, "suffix": after or None}
