"""What someone says in a sentence: the tokens, who says them, and the chain that brings them.

A passage of tokens rather than of characters, since statements, stances and structured claims are cut from
it. Chosen over (a) text, which would be split into words again, and (b) a claim at once, since one utterance
holds several.
"""

from __future__ import annotations

from dataclasses import dataclass

from musnad.model import Agent, Attribution
from musnad.understanding.patterns import Pattern


@dataclass(frozen=True, slots=True)
class Utterance:
    """Words of a sentence that someone says, and the chain that brings them."""

    pattern: Pattern
    first: int
    last: int  # tokens first to before last are what is said
    speaker: Agent
    chain: tuple[Attribution, ...]
    quoted: bool = False
    object: int = -1  # the token where the object of a stance begins
    start: int = 10_000  # the token where the whole report begins: its subject, or its verb
