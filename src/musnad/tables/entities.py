"""The rows of entities, and of the patterns that read claims."""

from __future__ import annotations

from collections.abc import Iterator

from musnad.iri import Minter
from musnad.model import Entity
from musnad.tables.columns import Row
from musnad.tables.lookup import Lookup


def entity_rows(entity: Entity, graph: str, mint: Minter) -> Iterator[tuple[str, Row]]:
    """Yield (table, row) for one entity, its names and its identifiers."""
    keys = {"entity": entity.iri, "graph": graph}
    yield "entities", keys | _itself(entity)
    for name, tag in sorted(set(entity.names) | {(name, "ar") for name in entity.short_names}):
        if tag in {"ar", "en"}:
            yield (
                "names",
                keys
                | {
                    "name_ar": name if tag == "ar" else None,
                    "name_en": name if tag == "en" else None,
                },
            )
    for link in entity.identifiers:
        yield (
            "identifiers",
            keys
            | {
                "identifier": mint.part(entity.iri, link.scheme, 1) + "-" + link.value.replace("/", "-"),
                "scheme": link.scheme,
                "value": link.value,
                "url": link.url or None,
                "evidence": link.evidence,
                "exact_match": link.url if link.match == "exact" and link.url else None,
                "close_match": link.url if link.match == "close" and link.url else None,
                "related_match": link.url if link.match == "related" and link.url else None,
            },
        )


def _itself(entity: Entity) -> Row:
    """Return the columns of an entity that have one value."""
    return {
        "type": entity.class_iri,
        "kind": entity.type,
        "slug": entity.slug or None,
        "label_ar": entity.label_ar or None,
        "label_en": entity.label_en or None,
        "description_ar": entity.description_ar or None,
        "description_en": entity.description_en or None,
        "located_in": entity.located_in or None,
        "latitude": entity.latitude or None,
        "longitude": entity.longitude or None,
        "point_source": entity.point_source or None,
    }


def pattern_rows(lookup: Lookup) -> Iterator[tuple[str, Row]]:
    """Yield (table, row) for each pattern."""
    mint = lookup.minter
    for card in sorted(lookup.patterns.values(), key=lambda card: card.name):
        yield (
            "patterns",
            {
                "pattern": mint.pattern(card.name),
                "graph": mint.graph("patterns"),
                "name": card.name,
                "relation_concept": mint.concept("relation", card.relation) if card.relation else None,
                "description_ar": card.description_ar,
                "description_en": card.description_en,
                "precision": card.precision,
                "support": card.support or None,
                "version": card.version,
                "activity": mint.activity(card.name, card.version),
                "software": lookup.engine,
            },
        )
