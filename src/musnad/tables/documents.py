"""The rows of one document: itself, its parts, its mentions, and the passages that all of them cite."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

from musnad.model import Document, Reading
from musnad.tables.claims import claim_rows
from musnad.tables.columns import Row
from musnad.tables.entities import entity_rows
from musnad.tables.lookup import Lookup, date_bounds, day_parts
from musnad.vocabulary import SCHEMA

_ZONE_OF_LINK: Final = {
    "ticker": "ticker",
    "read_also": "inline_link",
    "related": "related_links",
    "lead": "lead_item",
}


def reading_rows(reading: Reading, lookup: Lookup) -> Iterator[tuple[str, Row]]:
    """Yield (table, row) for one document, parents before children, without repeating a passage."""
    mint, document = lookup.minter, reading.document
    iri = mint.document(document.key)
    keys = {"document": iri, "graph": mint.document_graph(iri)}
    capture = mint.capture(document.text)
    quotable: set[tuple[int, int]] = set()
    plain: set[tuple[int, int]] = set()

    def span(start: int, end: int, quote: bool = False) -> Row:
        (quotable if quote else plain).add((start, end))
        return {"start": start, "end": end, "passage": mint.passage(capture, start, end)}

    yield "documents", keys | _document(document, capture, lookup)
    for zone in document.zones:
        row: Row = keys | {
            "capture": capture,
            "zone": zone.kind,
            "zone_concept": mint.concept("zone", zone.kind),
        }
        row |= {"label_ar": zone.label or None, "empty": zone.empty, "note": "empty" if zone.empty else None}
        yield "zones", row | span(zone.start, zone.end)
    yield from _parts(document, keys, span, lookup)
    for mention in reading.mentions:
        place = document.zone_at(mention.start, mention.end)
        yield (
            "mentions",
            keys
            | span(mention.start, mention.end, quote=True)
            | {
                "mention": mint.mention(capture, mention.start, mention.end, mention.type),
                "capture": capture,
                "file": document.file,
                "surface": document.text[mention.start : mention.end],
                "type": mention.type,
                "entity": mention.entity,
                "label_ar": mention.label,
                "how": mention.how,
                "score": round(mention.score, 3),
                "zone": place.kind if place else "body",
            },
        )
    for entity in reading.seen:
        yield from entity_rows(entity, keys["graph"], lookup.minter)
    for claim in reading.claims:
        yield from claim_rows(claim, reading, keys, span(claim.start, claim.end, quote=True), lookup)
    zones = {(zone.start, zone.end) for zone in document.zones}
    for start, end in sorted(quotable | plain):
        shown = document.quote and (start, end) in quotable
        place = None if (start, end) in zones else document.zone_at(start, end)
        yield (
            "passages",
            {
                "passage": mint.passage(capture, start, end),
                "graph": keys["graph"],
                "capture": capture,
                "selector": mint.selector(capture, start, end),
                "exact": document.quoted(start, end, lookup.quote_characters) if shown else None,
                "language": document.language,
                "zone_concept": mint.concept("zone", place.kind) if place else None,
                "start": start,
                "end": end,
            },
        )


def _document(document: Document, capture: str, lookup: Lookup) -> Row:
    mint = lookup.minter
    iri = mint.document(document.key)
    publisher = mint.entity(document.publisher) if document.publisher else None
    known = lookup.entities.get(publisher or "")
    arabic = document.language == "ar"
    return {
        "capture": capture,
        "file": document.file,
        "source": document.source,
        "type": SCHEMA + document.kind,
        "title": document.title,
        "title_ar": document.title if arabic and document.title else None,
        "title_other": document.title if not arabic and document.title else None,
        "publisher": publisher,
        "publisher_label": known.label_ar if known else None,
        "url": document.url or None,
        "published": document.published or None,
        **day_parts(document.published, "published"),
        **date_bounds(document.published),
        "published_certainty": document.published_certainty if document.published else None,
        "time": document.time or None,
        "language": document.language,
        "sha256": document.sha256,
        "characters": len(document.text),
        "views": document.views,
        "views_node": mint.part(iri, "views", 1) if document.views is not None else None,
        "comment_count": document.comment_count,
        "notes": "; ".join(document.notes) or None,
    }


def _parts(document: Document, keys: Row, span: Any, lookup: Lookup) -> Iterator[tuple[str, Row]]:
    mint, iri = lookup.minter, keys["document"]
    named = {entity.label_ar: entity.iri for entity in lookup.entities.values()}
    named |= {
        name: e.iri for e in lookup.entities.values() for name, tag in e.names if tag in {"ar", "handle"}
    }
    for credit in document.credits:
        lead = mint.part(iri, "lead-item", 1) if credit.scope == "lead_item" else None
        yield (
            "credits",
            keys
            | span(credit.start, credit.end, quote=True)
            | {
                "agent": named.get(credit.name) or mint.seen("ORG", credit.name, iri),
                "agent_label": credit.name,
                "scope": credit.scope,
                "of": lead or iri,
                "lead_item": lead,
            },
        )
    for number, post in enumerate(document.posts, 1):
        yield (
            "posts",
            keys
            | span(post.start, post.end)
            | {
                "post": mint.part(iri, "post", number),
                "author": named.get(post.handle) or named.get(post.author),
                "author_label": post.author,
                "handle": post.handle,
                "published": post.published or None,
                "published_day": post.published if len(post.published) == 10 else None,
                "url": f"https://{post.url.removeprefix('https://')}" if post.url else None,
            },
        )
    for number, comment in enumerate(document.comments, 1):
        yield (
            "comments",
            keys
            | span(comment.start, comment.end)
            | {
                "comment": mint.part(iri, "comment", number),
                "position": number,
                "age": comment.age or None,
            },
        )
    for number, link in enumerate(document.links, 1):
        yield (
            "links",
            keys
            | span(link.start, link.end)
            | {
                "link": mint.part(iri, "link", number),
                "kind": link.kind,
                "kind_concept": mint.concept("zone", _ZONE_OF_LINK[link.kind]),
                "headline": link.headline,
                "url": link.url or None,
                "target": None,
            },
        )
    for number, entry in enumerate(document.facts, 1):
        yield (
            "facts",
            keys
            | span(entry.start, entry.end)
            | {
                "fact": mint.part(iri, "entry", number),
                "label": entry.label,
                "value": entry.value,
            },
        )
