"""What an event that only the page knows is called in a claim: its words, without what passes.

«Its regular meeting» is the meeting of whoever is named before, «the next round» a round: the pronoun and the
adjectives of time mean nothing outside their sentence. Chosen over (a) the words as printed, which no reader
of the data can tell apart, and (b) a name made of place and date, which the page does not use.
"""

from __future__ import annotations

from collections.abc import Sequence, Set
from typing import Final

from musnad.folding import fold_name
from musnad.model import Mention
from musnad.understanding.particles import ARTICLE

_PRONOUNS: Final = ("هما", "ها", "هم", "ه")  # of both, her, their, his
_OWNERS: Final = ("ORG", "PERSON")
_REACH: Final = 160  # letters before an event among which whose it is must be named
_ENDS: Final = frozenset(".\n؟!")


def lasting(label: str, passing: Set[str]) -> str:
    """Return a label without the adjectives that tell its time; `passing` are these, folded.

    >>> lasting("الاجتماع الثلاثي الأخير", {"الاخير"})
    'الاجتماع الثلاثي'
    """
    first, *rest = label.split(" ")
    return " ".join((first, *(word for word in rest if fold_name(word) not in passing)))


def owned_stem(word: str, heads: Set[str]) -> str:
    """Return the head word that a pronoun is written on («اجتماعها»), "" where none is.

    >>> owned_stem("اجتماعها", {"اجتماع"}), owned_stem("ندوة", {"ندوه"})
    ('اجتماع', '')
    """
    folded = fold_name(word)
    if folded in heads:
        return ""
    found = (p for p in _PRONOUNS if folded.endswith(p) and folded.removesuffix(p) in heads)
    pronoun = next(found, "")
    return word[: -len(pronoun)] if pronoun and len(word) == len(folded) else ""


def owner_before(start: int, mentions: Sequence[Mention], text: str) -> str:
    """Return the name of the last body, else person, that the sentence names before a place of the text."""
    near = [m for m in mentions if m.end <= start <= m.end + _REACH and _ENDS.isdisjoint(text[m.end : start])]
    for kind in _OWNERS:
        last = max((m for m in near if m.type == kind), key=lambda m: (m.end, -m.start), default=None)
        if last:
            return last.label
    return ""


def called(
    label: str, start: int, mentions: Sequence[Mention], text: str, words: tuple[Set[str], Set[str]]
) -> str:
    """Return what an event is called in claims: `words` are the heads of gatherings and what passes."""
    heads, passing = words
    first, _, rest = label.partition(" ")
    stem = owned_stem(first.removeprefix(ARTICLE), heads)
    owner = owner_before(start, mentions, text) if stem else ""
    return f"{stem} {owner}" if owner else lasting(f"{stem or first} {rest}".strip(), passing)
