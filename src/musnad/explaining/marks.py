"""Cut a text where a zone, a mention or a claim begins or ends, so that it can be shown with its marks.

Marks overlap freely: a claim may begin within a name and end in the next sentence. The text is therefore cut
into the pieces between two borders, each of which knows what it belongs to. Chosen over (a) nested elements,
which overlapping spans do not give, and (b) a list of spans beside the text, which shows nothing in place.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from musnad.model import Claim, Document, Mention, Zone


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text within which nothing begins or ends; claims are numbered from 1."""

    start: int
    end: int
    text: str
    mentions: tuple[Mention, ...]
    claims: tuple[int, ...]
    opens: tuple[int, ...]  # claims that begin with the piece
    closes: tuple[int, ...]  # claims that end with it


@dataclass(frozen=True, slots=True)
class Block:
    """A zone with what stands in it: stretches of text, and the zones inside it."""

    zone: Zone | None  # None for the page itself, and text outside all zones
    start: int
    end: int
    inside: list[Block | tuple[int, int]] = field(default_factory=list)


def blocks(document: Document) -> Block:
    """Return the page with its zones as a tree; a zone that crosses another is cut at its border."""
    page = Block(None, 0, len(document.text))
    path = [page]
    place = 0
    for zone in sorted(document.zones, key=lambda zone: (zone.start, -zone.end)):
        while path[-1].end <= zone.start:
            place = _close(path.pop(), place)
        if place < zone.start:
            path[-1].inside.append((place, zone.start))
        place = zone.start
        block = Block(zone, zone.start, min(zone.end, path[-1].end))
        path[-1].inside.append(block)
        path.append(block)
    while path:
        place = _close(path.pop(), place)
    return page


def _close(block: Block, place: int) -> int:
    """End a block: what stands after its last zone is its own."""
    if place < block.end:
        block.inside.append((place, block.end))
    return max(place, block.end)


def pieces(
    span: tuple[int, int], text: str, mentions: Sequence[Mention], claims: Sequence[Claim]
) -> Iterator[Piece]:
    """Yield the pieces of a span; `claims` are all those of the document, in their order."""
    start, end = span
    named = [mention for mention in mentions if mention.start < end and start < mention.end]
    told = [(n, claim) for n, claim in enumerate(claims, 1) if claim.start < end and start < claim.end]
    spans = [*((m.start, m.end) for m in named), *((claim.start, claim.end) for _, claim in told)]
    borders = {start, end, *(border for marked in spans for border in marked)}
    cuts = sorted(border for border in borders if start <= border <= end)
    for first, last in pairwise(cuts):
        over = [(n, claim) for n, claim in told if claim.start <= first and last <= claim.end]
        yield Piece(
            first,
            last,
            text[first:last],
            tuple(mention for mention in named if mention.start <= first and last <= mention.end),
            tuple(n for n, _ in over),
            tuple(n for n, claim in over if claim.start == first),
            tuple(n for n, claim in over if claim.end == last),
        )
