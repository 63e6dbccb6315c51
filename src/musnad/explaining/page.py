"""An explanation as one page without any other file: no script, no request, no inline style attribute.

The style sheet is named by its hash in the page's own Content-Security-Policy, which forbids all else. A
claim and its passage light up together (`:target` and `:has`). The page holds the whole text of the document:
it is written where the user says, and no other stage reads or publishes it. Chosen over (a) a template of
`publish/`, which would make it a page of the site, and (b) a viewer with scripts, which needs a server.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from importlib.resources import files
from typing import Any, Final

from jinja2 import Environment, StrictUndefined, Template

from musnad.explaining.explanation import Explanation, Silence
from musnad.explaining.labels import TYPES, Labels
from musnad.explaining.marks import Block, Piece, blocks, pieces
from musnad.explaining.words import SHOWN, WORDS, claim_lines, reason
from musnad.model import Claim

_PACKAGE: Final = "musnad.explaining"


def to_html(explanation: Explanation, labels: Labels) -> str:
    """Return an explanation as HTML in Arabic and English; all text of the document is escaped."""
    reading = explanation.reading
    style = _resource("page.css") + "".join(_target_rules(len(reading.claims)))
    shown = _Page(explanation, labels)
    return _template().render(
        style=style,
        style_hash=base64.b64encode(hashlib.sha256(style.encode()).digest()).decode(),
        document=reading.document,
        words=WORDS,
        types=TYPES,
        parts=[shown.part(part) for part in blocks(reading.document).inside],
        counts={
            "mentions": len(explanation.mentions),
            "claims": len(reading.claims),
            "sentences": explanation.sentences,
            "silences": len(explanation.silences),
        },
    )


def _resource(name: str) -> str:
    return files(_PACKAGE).joinpath(name).read_text(encoding="utf-8")


@cache
def _template() -> Template:
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return environment.from_string(_resource("page.html"))


def _target_rules(number: int) -> Iterator[str]:
    """Yield the rules that light up the passage of the claim that a link leads to."""
    for claim in range(1, number + 1):
        yield f"body:has(#claim-{claim}:target,#passage-{claim}:target) .c{claim}{{background:#ffe9a8}}\n"


class _Page:
    """Turns the blocks of one document into what the template shows."""

    def __init__(self, explanation: Explanation, labels: Labels) -> None:
        self.explanation, self.labels = explanation, labels
        self.document = explanation.reading.document
        self.claims: Sequence[Claim] = explanation.reading.claims

    def part(self, part: Block | tuple[int, int]) -> Mapping[str, Any]:
        """Return a zone with its parts, or a stretch of text with its notes."""
        if isinstance(part, Block) and part.zone:
            return {
                "zone": part.zone,
                "label": self.labels.concept("zone", part.zone.kind),
                "parts": [self.part(inside) for inside in part.inside],
            }
        start, end = (part.start, part.end) if isinstance(part, Block) else part
        marked = pieces((start, end), self.document.text, self.explanation.mentions, self.claims)
        claims = [(n, claim) for n, claim in enumerate(self.claims, 1) if start <= claim.start < end]
        return {
            "zone": None,
            "blank": not self.document.text[start:end].strip(),
            "pieces": [self.piece(piece) for piece in marked],
            "claims": [self.claim(number, claim) for number, claim in claims],
            "silences": [self.silence(s) for s in self.explanation.silences if start <= s.start < end],
        }

    def piece(self, piece: Piece) -> Mapping[str, Any]:
        """Return a piece with its classes: the types of its mentions, the numbers of its claims."""
        kinds = [self.explanation.kind(mention) for mention in piece.mentions]
        says = [f"{m.label} · {kind} · {m.how}" for m, kind in zip(piece.mentions, kinds, strict=True)]
        classes = [*(["mention", *kinds] if kinds else ()), *(f"c{number}" for number in piece.claims)]
        return {
            "text": piece.text,
            "classes": " ".join([*classes, "claimed"] if piece.claims else classes),
            "says": " — ".join(says),
            "opens": piece.opens,
        }

    def claim(self, number: int, claim: Claim) -> Mapping[str, Any]:
        """Return a side note: what is known of a claim."""
        return {
            "number": number,
            "relation": claim.relation,
            "label": self.labels.relation(claim.relation),
            "span": f"{claim.start}–{claim.end}",
            "lines": list(claim_lines(claim, self.explanation, self.labels)),
        }

    def silence(self, silence: Silence) -> Mapping[str, Any]:
        """Return a side note: a sentence that no pattern read."""
        return {
            "span": f"{silence.start}–{silence.end}",
            "words": self.document.quoted(silence.start, silence.end, 70),
            "near": [(near, reason(near)) for near in silence.near[:SHOWN]],
            "more": max(0, len(silence.near) - SHOWN),
        }
