"""The rows of the parts of a document that a page shows beside its text."""

from __future__ import annotations

from typing import Final

from musnad.folding import fold_name
from musnad.tables.columns import Row
from musnad.tables.sheet import Rows, Sheet

_ZONE_OF_LINK: Final = {
    "ticker": "ticker",
    "read_also": "inline_link",
    "related": "related_links",
    "lead": "lead_item",
}


def credit_rows(sheet: Sheet) -> Rows:
    """Yield the rows of the credits."""
    mint, iri = sheet.lookup.minter, sheet.keys["document"]
    for credit in sheet.reading.document.credits:
        lead = mint.part(iri, "lead-item", 1) if credit.scope == "lead_item" else None
        row = {
            "agent": sheet.lookup.named(credit.name) or mint.seen("ORG", fold_name(credit.name), iri),
            "agent_label": credit.name,
            "scope": credit.scope,
            "of": lead or iri,
            "lead_item": lead,
        }
        yield "credits", sheet.keys | row | sheet.span(credit.start, credit.end, True)


def post_rows(sheet: Sheet) -> Rows:
    """Yield the rows of the embedded posts."""
    for number, post in enumerate(sheet.reading.document.posts, 1):
        row = {
            "post": sheet.lookup.minter.part(sheet.keys["document"], "post", number),
            "author": sheet.lookup.named(post.handle) or sheet.lookup.named(post.author) or None,
            "author_label": post.author,
            "handle": post.handle,
            "published": post.published or None,
            "published_day": post.published if len(post.published) == 10 else None,
            "url": f"https://{post.url.removeprefix('https://')}" if post.url else None,
        }
        yield "posts", sheet.keys | row | sheet.span(post.start, post.end)


def part_rows(sheet: Sheet) -> Rows:
    """Yield the rows of the comments, the links and the entries of the infobox."""
    mint, iri, document = sheet.lookup.minter, sheet.keys["document"], sheet.reading.document
    for number, comment in enumerate(document.comments, 1):
        row: Row = {"position": number, "age": comment.age or None}
        row["comment"] = mint.part(iri, "comment", number)
        yield "comments", sheet.keys | row | sheet.span(comment.start, comment.end)
    for number, link in enumerate(document.links, 1):
        row = {
            "link": mint.part(iri, "link", number),
            "kind": link.kind,
            "kind_concept": mint.concept("zone", _ZONE_OF_LINK[link.kind]),
            "headline": link.headline,
            "url": link.url or None,
            "target": None,
        }
        yield "links", sheet.keys | row | sheet.span(link.start, link.end)
    for number, entry in enumerate(document.facts, 1):
        row = {"label": entry.label, "value": entry.value, "fact": mint.part(iri, "entry", number)}
        yield "facts", sheet.keys | row | sheet.span(entry.start, entry.end)
