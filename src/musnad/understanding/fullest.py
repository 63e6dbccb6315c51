"""Keep the fullest words of an office on a page: «the foreign minister of Y, X» but not «the minister X».

«His counterpart X» and «the president X» say nothing that the office in full does not say. Chosen over (a)
the first words that tell an office, which are often a headline's, and (b) all of them, which count one office
several times.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from musnad.folding import fold_name
from musnad.model import Claim
from musnad.understanding.particles import without_article

_RANK: Final = "military-rank"
_ROLE: Final = "holdsRole"
_COUNTERPARTS: Final = ("نظير", "ونظير")  # his, her counterpart
_ADJECTIVE: Final = ("ي", "يه")
_WITH_CASE: Final = 4  # letters of a word with the ending of its case


def fullest(claims: Iterable[Claim]) -> list[Claim]:
    """Return claims without those that only say again, in fewer words, which office somebody holds."""
    claims = list(claims)
    told: dict[str, list[tuple[Claim, frozenset[str]]]] = {}
    for claim in claims:
        if claim.relation == _ROLE and claim.polarity == "positive":
            told.setdefault(claim.subject.entity or claim.subject.label, []).append((claim, _words(claim)))
    less = {
        id(claim)
        for offices in told.values()
        for claim, words in offices
        if any(_says_more(other, further, claim, words) for other, further in offices if other is not claim)
        or (claim.pattern == _RANK and claim is not _first(claim for claim, _ in offices))
    }
    return [claim for claim in claims if id(claim) not in less]


def _first(offices: Iterable[Claim]) -> Claim | None:
    """Return the first office of somebody, a rank only where no office is told."""
    return min(offices, key=lambda claim: (claim.pattern == _RANK, claim.start), default=None)


def _says_more(other: Claim, further: frozenset[str], claim: Claim, words: frozenset[str]) -> bool:
    """Tell whether another claim about the same person tells the same office, and more of it."""
    if other.role_status != claim.role_status:
        return False
    same = other.object == claim.object
    if _is_counterpart(claim) and same:
        return not _is_counterpart(other) or other.start < claim.start
    adjectives = all(word.endswith(_ADJECTIVE) for word in further - words)
    return words < further and (len(words) == 1 or adjectives) and (same or not claim.object.entity)


def _is_counterpart(claim: Claim) -> bool:
    return claim.role.startswith(_COUNTERPARTS)


def _words(claim: Claim) -> frozenset[str]:
    """Return the words of an office without articles and endings of case."""
    words = fold_name(claim.role or claim.object.label).split()
    plain = (without_article(word.removeprefix("لل")) for word in words)
    return frozenset(word.removesuffix("ا") if len(word) > _WITH_CASE else word for word in plain)
