"""From changed quads to the things whose answers they may alter.

Removed quads are followed through the store before the change, added ones through the store after it. That is
enough: where no removed quad has a part in the old answer of a thing, and no added one in the new, both are
made of the same quads. Chosen over (a) asking every query again, which grows with the dataset, and (b) one
store of both states, which would have to be made first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

import pyoxigraph as px
from rdflib import Literal, Variable
from rdflib.term import Node, URIRef

from musnad.depending.patterns import Beside, Read
from musnad.store import Store
from musnad.store_texts import Term

_BOUND: Final = re.compile(r"\{ ([^{}]* BIND\(\?\w+ AS \?(\w+)\)) \}")
_AT_ONCE: Final = 500  # quads of a change that one query starts from


@dataclass(slots=True)
class Changed:
    """One side of a change: quads that went, with the store before, or that came, with the one after."""

    store: Store
    quads: Sequence[px.Quad]
    _by_predicate: dict[str, list[px.Quad]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        for quad in self.quads:
            self._by_predicate.setdefault(quad.predicate.value, []).append(quad)

    def matching(self, read: Read) -> list[px.Quad]:
        """Return the quads that match the pattern of a read."""
        predicate = read.pattern[1]
        near = self._by_predicate.get(str(predicate), ()) if isinstance(predicate, URIRef) else self.quads
        return [quad for quad in near if _fits(read, quad)]


def things_concerned(sides: Iterable[Changed], reads: Iterable[Read], key: str) -> set[str] | None:
    """Return the values of a variable whose rows a change may alter; None where those may be any."""
    found: set[str] = set()
    told = tuple(reads)
    for side in sides:
        for read in told:
            if quads := side.matching(read):
                things = _things(side.store, read, quads, key)
                if things is None:
                    return None
                found |= things
    return found


def _things(store: Store, read: Read, quads: Sequence[px.Quad], key: str) -> set[str] | None:
    """Return the things that quads lead to by way of a read; None where it may be any thing."""
    ways = read.ways_to(key) if key else None
    if ways is None:
        return None
    if not ways:
        return {_name(_bindings(read, quad)[key]) for quad in quads}
    names = sorted(read.variables & frozenset().union(*(way.variables for way in ways)))
    starts = {tuple(_bindings(read, quad)[name] for name in names) for quad in quads}
    found: set[str] = set()
    rest = iter(sorted(starts, key=str))
    while some := list(islice(rest, _AT_ONCE)):
        rows = " ".join(f"({' '.join(map(str, start))})" for start in some)
        head = " ".join(f"?{name}" for name in names)
        for way in _one_by_one(ways, names):
            where = f"VALUES ({head}) {{ {rows} }} {way}"
            answers = store.select(f"SELECT DISTINCT ?{key} WHERE {{ {where} }}")
            found.update(_name(answer[key]) for answer in answers if key in answer)
    return found


def _one_by_one(ways: Sequence[Beside], names: Sequence[str]) -> list[str]:
    """Return the ways as pieces of SPARQL: where there is one UNION among them, each of its sides alone.

    A side that ends with a BIND stands last, and not in braces, in which nothing would be known of a start,
    the values of some names.
    """
    unions = [way for way in ways if way.sides]
    rest = [way for way in ways if way not in unions]
    known = frozenset(names).union(*(way.variables for way in rest))
    if len(unions) != 1:
        return [" ".join(way.text for way in ways)]
    before, sides = " ".join(way.text for way in rest), list[str]()
    for side in unions[0].sides:
        bound = _BOUND.fullmatch(side)
        sides.append(bound[1] if bound and bound[2] not in known else f"{{ {side} }}" if bound else side)
    return [f"{before} {side}" for side in sides]


def _fits(read: Read, quad: px.Quad) -> bool:
    """Tell whether a quad matches the constants of a pattern, and its variables each one term."""
    bound: dict[str, object] = {}
    for term, value in zip(read.pattern, quad, strict=True):
        if isinstance(term, Variable):
            if bound.setdefault(str(term), value) != value:
                return False
        elif term is not None and not _same(term, value):
            return False
    return True


def _same(term: Node, value: object) -> bool:
    if isinstance(term, URIRef):
        return isinstance(value, px.NamedNode) and value.value == str(term)
    return not isinstance(term, Literal) or isinstance(value, px.Literal)  # literals have many spellings


def _bindings(read: Read, quad: px.Quad) -> dict[str, Term]:
    pairs = zip(read.pattern, quad, strict=True)
    return {str(term): value for term, value in pairs if isinstance(term, Variable)}


def _name(term: Term) -> str:
    return term.value if isinstance(term, (px.NamedNode, px.Literal)) else str(term)
