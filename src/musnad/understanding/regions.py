"""Choose what of a page is read for claims, and which stretches belong together.

Tickers, comments, menus and the headlines of other documents are not read; a zone or a post inside another
zone is read on its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from musnad.model import Document, Zone

READ_ZONES: Final = ("title", "lead_item", "body", "explainer", "embedded_post")


@dataclass(frozen=True, slots=True)
class Region:
    """Stretches of text that are read together."""

    zone: str
    spans: tuple[tuple[int, int], ...]
    post: int = 0


def regions(document: Document) -> Iterator[Region]:
    """Yield the stretches to read; zones and posts inside another zone are read on their own."""
    posts = [(post.start, post.end) for post in document.posts]
    for zone in document.zones:
        if zone.kind in READ_ZONES and zone.kind != "embedded_post":
            inside = [(z.start, z.end) for z in document.zones if _inside(z, zone)]
            in_lead = any(z.kind == "lead_item" and _inside(zone, z) for z in document.zones)
            kind = "lead_item" if in_lead else zone.kind
            yield Region(kind, tuple(_without(zone.start, zone.end, inside + posts)))
    for number, post in enumerate(document.posts, 1):
        yield Region("embedded_post", ((post.start, post.text_end),), number)


def _inside(zone: Zone, outer: Zone) -> bool:
    smaller = zone.end - zone.start < outer.end - outer.start
    return smaller and outer.start <= zone.start and zone.end <= outer.end


def _without(start: int, end: int, holes: Iterable[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    for first, last in sorted(holes):
        if last <= start or first >= end:
            continue
        if start < first:
            yield start, first
        start = max(start, last)
    if start < end:
        yield start, end
