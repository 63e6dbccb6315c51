"""Show an explanation in a terminal: the text with its marks, then what was read of it, zone by zone.

A name stands in brackets behind its type, as in the examples of patterns; a claim begins at `⟨3` and ends at
`3⟩`. A line with Arabic begins with a right-to-left mark, and no border or column stands beside it: terminals
that know two directions order the line rightly, and in all others the words keep the order of the file.
Chosen over (a) turning the letters round, which breaks copying and every terminal that does it by itself, and
(b) aligning to the right, which such terminals do a second time.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from rich.console import Console
from rich.rule import Rule
from rich.text import Text

from musnad.explaining.explanation import Explanation, Silence
from musnad.explaining.labels import Label, Labels
from musnad.explaining.marks import Block, Piece, blocks, pieces
from musnad.explaining.words import SHOWN, WORDS, Line, claim_lines, reason
from musnad.model import Claim

_RLM: Final = "\u200f"  # RIGHT-TO-LEFT MARK: the line is read from the right
_ISOLATE: Final = "\u2068{}\u2069"  # FIRST STRONG ISOLATE … POP: the words keep to themselves
_ARABIC: Final = re.compile(r"[\u0600-\u06ff]")
_STYLES: Final[dict[str, str]] = {
    "PERSON": "cyan",
    "ORG": "green",
    "PLACE": "yellow",
    "EVENT": "magenta",
    "WORK": "blue",
    "SOURCE": "red",
}
_QUOTED: Final = 70  # characters of a sentence that no pattern read


def print_explanation(explanation: Explanation, labels: Labels, console: Console) -> None:
    """Print a document with every zone, mention and claim, and the sentences that gave none."""
    reading = explanation.reading
    document = reading.document
    console.print(Text(f"{document.file} · {document.source}", style="bold"))
    for note in document.notes:
        console.print(Text(note, style="dim"))
    _Printer(explanation, labels, console).block(blocks(document), 0)
    console.print(Rule(style="dim"))
    counts = {
        "mentions": len(explanation.mentions),
        "claims": len(reading.claims),
        "sentences": explanation.sentences,
        "silences": len(explanation.silences),
    }
    console.print(Text(" · ".join(f"{number} {WORDS[name].en}" for name, number in counts.items())))


class _Printer:
    """Prints the blocks of one document."""

    def __init__(self, explanation: Explanation, labels: Labels, console: Console) -> None:
        self.explanation, self.labels, self.console = explanation, labels, console
        self.claims: Sequence[Claim] = explanation.reading.claims
        self.text = explanation.reading.document.text

    def block(self, block: Block, depth: int) -> None:
        """Print a zone: its name, its text in place, its claims, its silent sentences, the zones inside."""
        if block.zone:
            name = self.labels.concept("zone", block.zone.kind)
            empty = f" ({WORDS['empty'].en})" if block.zone.empty else ""
            title = f"{'▸ ' * depth}{_both(name)}{empty} {block.start}–{block.end}"
            self.console.print(Rule(title, align="left", characters="─" if depth == 1 else "·"))
        for part in block.inside:
            if isinstance(part, Block):
                self.block(part, depth + 1)
            elif self.text[slice(*part)].strip():
                self.stretch(part)

    def stretch(self, span: tuple[int, int]) -> None:
        """Print a stretch of text with its marks, and what was read of it."""
        marked = Text()
        for piece in pieces(span, self.text, self.explanation.mentions, self.claims):
            self.piece(marked, piece, span)
        for line in marked.split("\n"):
            if line.plain.strip():
                self.console.print(Text(_RLM) + line if _ARABIC.search(line.plain) else line)
        self.console.print()
        for number, claim in enumerate(self.claims, 1):
            if span[0] <= claim.start < span[1]:
                self.claim(number, claim)
        for silence in self.explanation.silences:
            if span[0] <= silence.start < span[1]:
                self.silence(silence)

    def piece(self, line: Text, piece: Piece, span: tuple[int, int]) -> None:
        """Append a piece; a mention that goes on from the stretch before keeps its bracket open there."""
        for number in piece.opens:
            line.append(f"⟨{number} ", style="bold reverse")
        kinds = [self.explanation.kind(mention) for mention in piece.mentions]
        for mention, kind in zip(piece.mentions, kinds, strict=True):
            if mention.start == piece.start or piece.start == span[0]:
                line.append(f"[{kind} ", style=f"dim {_STYLES[kind]}")
        style = f"{_STYLES[kinds[-1]]} underline" if kinds else ("bold" if piece.claims else "")
        line.append(piece.text, style=style)
        for mention, kind in zip(piece.mentions, kinds, strict=True):
            if mention.end == piece.end or piece.end == span[1]:
                line.append("]", style=f"dim {_STYLES[kind]}")
        for number in piece.closes:
            line.append(f" {number}⟩", style="bold reverse")

    def claim(self, number: int, claim: Claim) -> None:
        """Print all that is known of a claim."""
        name = _both(self.labels.relation(claim.relation))
        title = f"⟨{number}⟩ {claim.relation} · {name}  {claim.start}–{claim.end}"
        self.console.print(Text(title, style="bold"))
        for line in claim_lines(claim, self.explanation, self.labels):
            self.console.print(_shown(line))
        self.console.print()

    def silence(self, silence: Silence) -> None:
        """Print a sentence that no pattern read, and the patterns that came near."""
        words = self.explanation.reading.document.quoted(silence.start, silence.end, _QUOTED)
        title = f"∅ {WORDS['silent'].en}  {silence.start}–{silence.end}  {_ISOLATE.format(words)}"
        self.console.print(Text(title, style="dim"))
        for near in silence.near[:SHOWN]:
            self.console.print(Text(f"    {near.pattern} ({near.relation}): {reason(near).en}", style="dim"))
        if len(silence.near) > SHOWN:
            self.console.print(Text(f"    … {len(silence.near) - SHOWN} more", style="dim"))


def _both(label: Label) -> str:
    return f"{label.en} · {_ISOLATE.format(label.ar)}"


def _shown(line: Line) -> Text:
    text = Text(f"    {line.name.en:<10} ", style="dim")
    text.append(_ISOLATE.format(line.value), style="not dim")
    if line.remark:
        text.append(f"  {_ISOLATE.format(line.remark)}", style="not dim")
    return text
