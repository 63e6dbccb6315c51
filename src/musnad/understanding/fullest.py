"""Keep the fullest words of an office or a deed: «the foreign minister of Y, X», but not «the minister X».

«His counterpart X» and «the president X» say nothing that the office in full does not say, and what a
headline tells shortly («army bombs towns») is told below. Chosen over (a) the first words that tell an office
or a deed, which are often a headline's, and (b) all of them, which count one of them several times.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from musnad.folding import fold_name
from musnad.model import Claim, Document
from musnad.understanding.particles import without_article

_RANK: Final = "military-rank"
_ROLE: Final = "holdsRole"
_BARE: Final = frozenset({"head-of-state", "head-in-a-name"})  # «the president X», of what is not told
_OFFICES: Final = frozenset({"نائب", "قاضي", "نائبه"})  # deputy, judge: offices without more words
_DEEDS: Final = frozenset({"attacked", "killed", "agreedOn", "metWith", "participatedIn"})
_TITLE: Final = "title"
_COUNTERPARTS: Final = ("نظير", "ونظير")  # his, her counterpart
_ADJECTIVE: Final = ("ي", "يه")
_WITH_CASE: Final = 4  # letters of a word with the ending of its case


def fullest(claims: Iterable[Claim], document: Document) -> list[Claim]:
    """Return claims without those that only say again, in fewer words, who holds an office or did a deed."""
    claims = _below_headlines(list(claims), document)
    told: dict[str, list[tuple[Claim, frozenset[str]]]] = {}
    for claim in claims:
        if claim.relation == _ROLE and claim.polarity == "positive":
            told.setdefault(claim.subject.entity or claim.subject.label, []).append((claim, _words(claim)))
    less = {
        id(claim)
        for offices in told.values()
        for claim, words in offices
        if any(_says_more(other, further, claim, words) for other, further in offices if other is not claim)
        or (_is_bare(claim) and claim is not _first(claim, [office for office, _ in offices]))
    }
    return [claim for claim in claims if id(claim) not in less]


def _below_headlines(claims: list[Claim], document: Document) -> list[Claim]:
    """Return claims without the deeds of a headline that the text tells again of one of their ends."""
    zones = [zone for zone in document.zones if zone.kind == _TITLE]
    headed = [any(zone.start <= claim.start < zone.end for zone in zones) for claim in claims]
    told = {key for claim, head in zip(claims, headed, strict=True) if not head for key in _ends(claim)}
    return [
        claim
        for claim, head in zip(claims, headed, strict=True)
        if not (head and claim.relation in _DEEDS and told.intersection(_ends(claim)))
    ]


def _ends(claim: Claim) -> set[tuple[str, str]]:
    """Return who or what a claim is about, with its relation and whether it holds."""
    what = f"{claim.relation} {claim.polarity}"
    return {(what, end.entity or fold_name(end.label)) for end in (claim.subject, claim.object)}


def _is_bare(claim: Claim) -> bool:
    """Tell whether a claim gives a rank, or a title of which nobody says where it is held."""
    bare = claim.pattern in _BARE and not claim.object.entity
    return claim.pattern == _RANK or (bare and fold_name(claim.object.label) not in _OFFICES)


def _first(claim: Claim, offices: Iterable[Claim]) -> Claim:
    """Return the first office of somebody, a rank or a bare title only where no other of them is told."""
    ranked = claim.pattern == _RANK
    alike = (each for each in offices if ranked or each.role_status == claim.role_status)
    return min(alike, key=lambda each: (each.pattern == _RANK, _is_bare(each), each.start))


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
