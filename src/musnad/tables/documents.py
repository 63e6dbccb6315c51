"""All rows of one document, parents before children."""

from __future__ import annotations

from musnad.model import Reading
from musnad.tables.claims import claim_rows
from musnad.tables.entities import entity_rows
from musnad.tables.lookup import Lookup
from musnad.tables.naming import named_claims
from musnad.tables.parts import credit_rows, part_rows, post_rows
from musnad.tables.sheet import Rows, Sheet


def reading_rows(reading: Reading, lookup: Lookup) -> Rows:
    """Yield (table, row) for one document, parents before children, without repeating a passage."""
    sheet = Sheet(reading, lookup)
    yield "documents", sheet.keys | sheet.document()
    yield from sheet.zones()
    yield from credit_rows(sheet)
    yield from post_rows(sheet)
    yield from part_rows(sheet)
    yield from sheet.mentions()
    for entity in reading.seen:
        yield from entity_rows(entity, sheet.keys["graph"], lookup.minter)
    for claim in named_claims(reading):
        keys = sheet.keys | sheet.evidence_span(claim.start, claim.end)
        yield from claim_rows(claim, reading, keys, lookup)
    yield from sheet.passages()
