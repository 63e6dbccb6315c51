"""Choose among the candidates: longest first, and inside a mention only what readers name apart.

«مفاوضات جنيف» holds a place, «سقوط نظام …» a body, «ريف دير الزور» no second place. Chosen over (a) a flat
choice, which loses the place of each conference, and (b) keeping all, which counts everything twice.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from musnad.understanding.scan import Candidate, Scan
from musnad.understanding.tokens import bare

_OFFICE: Final = frozenset({"مكتب"})  # office
_FROM: Final = "من"  # from
_ARMY: Final = frozenset({"جيش"})  # army
_RULE: Final = frozenset({"نظام"})  # rule of
# What may stand inside a mention of a type.
_INSIDE: Final[dict[str, frozenset[str]]] = {
    "EVENT": frozenset({"PLACE", "PERSON", "ORG"}),
    "WORK": frozenset({"PLACE", "ORG", "EVENT", "PERSON"}),
    "ORG": frozenset({"PLACE", "PERSON", "EVENT", "ORG"}),
    "PERSON": frozenset({"PLACE"}),
    "PLACE": frozenset({"PLACE", "ORG"}),
}
_LONGEST: Final = 90  # letters of the longest name of the authority
_RANK: Final = {
    "authority": 0,
    "compound": 0,
    "short-form": 1,
    "spelling": 1,
    "enumeration": 1,
    "head-word": 2,
    "side": 2,
    "title-word": 2,
    "name-shape": 3,
    "apposition": 3,
    "quoted": 3,
    "banner": 3,
    "told": 4,
}


def select(candidates: Iterable[Candidate], scan: Scan) -> list[Candidate]:
    """Return the candidates that stand, in order of start, the wider first.

    Two spans never cross; one stands inside another only if both are of types that nest.
    """
    candidates = list(candidates)
    known: dict[int, list[Candidate]] = {}
    for candidate in candidates:
        if candidate.entity and not candidate.short:
            known.setdefault(candidate.start, []).append(candidate)
    candidates = [candidate for candidate in candidates if not _crosses(candidate, known)]
    kept: list[Candidate] = []
    seen: set[tuple[int, int, str]] = set()
    over: dict[int, list[Candidate]] = {}  # token → what is kept over it
    for candidate in sorted(candidates, key=_order):
        span = (candidate.start, candidate.end, candidate.type)
        places = range(candidate.first, candidate.last)
        near = (other for place in places for other in over.get(place, ()))
        if (
            span in seen
            or _outgrown(candidate, known, scan)
            or not all(_agree(candidate, o, scan) for o in near)
        ):
            continue
        kept.append(candidate)
        seen.add(span)
        for place in places:
            over.setdefault(place, []).append(candidate)
    return sorted(kept, key=lambda c: (c.start, -c.end, c.type))


def _crosses(candidate: Candidate, known: dict[int, list[Candidate]]) -> bool:
    """Tell whether a guess cuts a known name of several words in two."""
    if candidate.entity:
        return False
    near = range(candidate.start - _LONGEST, candidate.end)
    return any(
        name.last - name.first > 1
        and (
            name.start < candidate.start < name.end < candidate.end
            or candidate.start < name.start < candidate.end < name.end
        )
        for start in near
        for name in known.get(start, ())
    )


def _outgrown(candidate: Candidate, known: dict[int, list[Candidate]], scan: Scan) -> bool:
    """Tell whether a guess only adds a place or a nation to a known name that starts with it."""
    if candidate.entity or candidate.how == "enumeration":
        return False
    names = [name for name in known.get(candidate.start, ()) if name.type == candidate.type]
    inner = max((name.last for name in names), default=candidate.last)
    if inner >= candidate.last:
        return False
    if candidate.type == "PERSON":
        return any(name.last - name.first > 1 for name in names)
    added = [scan.word(place) for place in range(inner, candidate.last)]
    clashes = added[0].endswith("يه") and not scan.word(candidate.first).endswith(("ه", "ات"))
    return candidate.type == "ORG" and (clashes or not _distinguishes(scan, added[0]))


def _distinguishes(scan: Scan, word: str) -> bool:
    """Tell whether a word after a known name makes another name of it: an adjective that is no nation's."""
    return word.endswith(("ي", "يه")) and len(word) > 3 and not scan.is_national(word) and word != "في"  # in


def _order(candidate: Candidate) -> tuple[int, int, int]:
    """Return what is chosen first: the longer, then the known."""
    length = candidate.last - candidate.first
    return (-length, _RANK.get(candidate.how, 5), candidate.start)


def _agree(candidate: Candidate, other: Candidate, scan: Scan) -> bool:
    """Tell whether a candidate can stand beside one that was chosen."""
    if candidate.end <= other.start or other.end <= candidate.start:
        return True
    if other.start <= candidate.start and candidate.end <= other.end:
        whose = other.first + 1 + (scan.word(other.first + 1) == _FROM)
        sent = (candidate.first == whose and _sends(scan, other)) or _owns(candidate, other, scan)
        heads = {opening.text for opening in scan.readings(other.first)}
        unnested = bool(heads & scan.lexicon.organisations.unnested)
        if candidate.type == "PERSON" and candidate.last == other.last and _is_ruled(scan, heads):
            told = candidate.how == "title-word" or candidate.entity is not None
            return candidate.last - candidate.first > 1 or told
        if heads & _RULE and candidate.type == "PERSON" and candidate.first == other.last - 1:
            return candidate.entity is not None
        return (
            _nests(candidate, other, sent=sent, unnested=unnested)
            and "_" not in scan.text[other.start : other.end]
        )
    return False


def _is_ruled(scan: Scan, heads: set[str]) -> bool:
    """Tell whether a name opens with a rule, or with forces that are told by whom they obey."""
    bodies = scan.lexicon.organisations
    forces = bodies.forces | set(map(bare, bodies.forces))
    return bool(heads & (bodies.rules | bodies.administrations | forces))


def _sends(scan: Scan, outer: Candidate) -> bool:
    """Tell whether a name opens with a delegation or an army, whose sender readers name apart."""
    bodies = scan.lexicon.organisations
    senders = bodies.delegations | _ARMY
    return outer.type == "ORG" and any(opening.text in senders for opening in scan.readings(outer.first))


def _owns(inner: Candidate, outer: Candidate, scan: Scan) -> bool:
    """Tell whether a known body stands at the end of the name of its office («المكتب … للهيئة»)."""
    if inner.type != "ORG" or outer.type != "ORG" or inner.end != outer.end or inner.first == outer.first:
        return False
    offices = scan.lexicon.organisations.offices
    heads = {bare(opening.text) for opening in scan.readings(outer.first)}
    fused = scan.text[inner.start : inner.start + 2] == "لل" or scan.text[inner.start - 1] == "ل"  # of the
    sent = outer.entity is None and bool(heads & (scan.lexicon.organisations.delegations | _OFFICE))
    return (fused and bool(heads & offices)) or (sent and inner.entity is not None)


def _nests(inner: Candidate, outer: Candidate, *, sent: bool, unnested: bool) -> bool:
    """Tell whether a candidate stands inside another; `sent` says that the other is sent by it."""
    if inner.type not in _INSIDE[outer.type] or inner.how == "told":
        return False
    if inner.short and (inner.type, outer.type) != ("ORG", "EVENT") and not sent:
        return False
    if (inner.start, inner.end) == (outer.start, outer.end):
        return False
    if outer.type == "PERSON" and outer.how != "head-word":
        return False
    if inner.type == "PERSON":
        sure = inner.entity is not None or inner.how == "enumeration" or outer.type == "EVENT"
        return sure and (inner.last - inner.first > 1 or (inner.entity is not None and outer.type != "ORG"))
    if outer.type == "PLACE":
        widens = inner.first > outer.first and inner.how == "head-word" and outer.how == "head-word"
        return outer.how == "premises" or (widens and inner.type == "PLACE" and inner.entity is None)
    if inner.type == "PLACE":
        kind = inner.how == "name-shape" or (inner.how == "head-word" and inner.last - inner.first > 1)
        part = outer.type != "ORG" or (inner.first > outer.first and not unnested)
        return (inner.entity is not None or kind) and part
    if inner.type == outer.type:
        known = sent and inner.entity is not None
        return (inner.how == "quoted" and inner.first > outer.first) or known
    open_to = outer.type == "EVENT" or (inner.type, outer.type) == ("EVENT", "WORK")
    told = open_to and inner.how == "head-word" and inner.first > outer.first
    return inner.entity is not None or told
