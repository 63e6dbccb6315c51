"""Which names of the authority count in a text: the full ones, and the short ones that something vouches for.

A short name counts where its entity is named in full, where one of its companions is named, or, for a town
whose name is a common word, where it stands as places do. Chosen over (a) all short names, which reads a lion
as a president, and (b) full names only, which loses a third of the mentions.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Final

from musnad.model import Entity
from musnad.understanding.ambiguity import is_cued
from musnad.understanding.scan import Candidate, Scan
from musnad.understanding.tokens import is_definite

_Span = tuple[int, int, str]

_IN: Final = "في"  # in


def without_doubtful(known: Sequence[Candidate], scan: Scan) -> list[Candidate]:
    """Return the names without the short ones that nothing vouches for, and without mere adjectives.

    Of two entities with one short name the text means that which it names more often, or neither.
    """
    ends = {candidate.last for candidate in known if candidate.type == "ORG" and not candidate.short}
    known = [one for one in known if not (one.first in ends and _is_attribute(one, scan))]
    named = Counter(one.entity.slug for one in known if one.entity and not one.short)
    full = set(named)
    told = full - _elsewhere(known)
    full |= {slug for slug, beside in scan.lexicon.companions.items() if beside & told}
    kept = [
        one
        for one in known
        if not one.short or (one.entity and one.entity.slug in full) or _stands_as_place(one, scan)
    ]
    bearers: dict[_Span, set[Entity]] = {}
    for one in kept:
        if one.short and one.entity:
            bearers.setdefault(_span(one), set()).add(one.entity)
    for slug, beside in scan.lexicon.companions.items():
        named[slug] += sum(named[other] for other in beside)
    joined = _joined(known)
    bearers = {span: those - joined for span, those in bearers.items()}
    return [one for one in kept if not one.short or _is_meant(one, bearers.get(_span(one), set()), named)]


def _joined(known: Sequence[Candidate]) -> set[Entity]:
    """Return the entities that are named right after a short name of theirs: «and» joins another to it."""
    ends = {(one.last, one.entity) for one in known if one.short}
    return {one.entity for one in known if one.entity and not one.short and (one.first, one.entity) in ends}


def _span(candidate: Candidate) -> _Span:
    return candidate.start, candidate.end, candidate.type


def _is_meant(candidate: Candidate, bearers: set[Entity], named: Counter[str]) -> bool:
    """Tell whether a short name may mean an entity, and no other that it may mean is named as often."""
    own = named[candidate.entity.slug] if candidate.entity else 0
    rivals = (other for other in bearers if other != candidate.entity)
    return candidate.entity in bearers and not any(named[other.slug] >= own for other in rivals)


def _stands_as_place(candidate: Candidate, scan: Scan) -> bool:
    """Tell whether a town whose name is a common word stands by itself in brackets, or after «in»."""
    first, last = candidate.first, candidate.last
    if candidate.type != "PLACE":
        return False
    cued = scan.key(candidate) in scan.lexicon.places.cued
    if cued and is_cued(scan, first, candidate.start - scan.tokens[first].start):
        return True
    if is_definite(scan.word(first)) or last >= len(scan.tokens):
        return False
    bracketed = scan.tokens[first - 1].text == "(" and scan.tokens[last].text == ")"
    return bracketed or (scan.word(first - 1) == _IN and scan.follows(first) and not scan.word(last))


def _elsewhere(known: Sequence[Candidate]) -> set[str]:
    """Return the slugs of the places of countries that the document names less often than another.

    «The regime» means the one of a country only where that country is what the document is about.
    """
    places = [one.entity for one in known if one.entity and one.type == "PLACE"]
    country = {place.slug: _country(place) for place in places}
    counts = Counter(country[place.slug] for place in places)
    most = max(counts.values(), default=0)
    return {slug for slug, home in country.items() if counts[home] < most}


def _country(place: Entity) -> str:
    return place.located_in or place.iri


def _is_attribute(candidate: Candidate, scan: Scan) -> bool:
    """Tell whether a name right after that of a body is its adjective («هيئة التنسيق المعارضة»)."""
    word = scan.word(candidate.first)
    whole = candidate.start == scan.tokens[candidate.first].start and scan.follows(candidate.first)
    return whole and word in scan.lexicon.organisations.adjectival
