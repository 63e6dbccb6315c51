"""Which quads the answer of a query depends on, and for which thing: read from its algebra, once.

For every pattern of a query there is a read: the pattern, and what must stand beside a quad that matches it
for the quad to count at all. From a changed quad the things whose answers may change are found backwards, by
`changes`. What is not understood (a subquery, a path of any length, a SERVICE) is taken to depend on every
quad, so that a query of a project can be slow here and never wrong. Chosen over (a) a list of dependencies
beside each query, which would lie one day, and (b) asking every query again, which grows with the dataset.

An OPTIONAL, a MINUS or an EXISTS shares with what stands around it only the variables that the left side
certainly binds; all others are renamed, because a row without the optional part joins with anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import count
from pathlib import Path as File
from typing import Any, Final

from rdflib import Variable
from rdflib.paths import AlternativePath, InvPath, Path, SequencePath
from rdflib.plugins.sparql.algebra import translateQuery
from rdflib.plugins.sparql.parser import parseQuery
from rdflib.plugins.sparql.parserutils import CompValue
from rdflib.term import URIRef

from musnad.depending.known import Known
from musnad.depending.patterns import ANYTHING, Beside, Read
from musnad.vocabulary import prefixes

_KNOWN: Final = Known(File(__file__).parent)
_LEFT: Final = {"LeftJoin", "Minus"}
_AROUND: Final = {"Extend", "Filter", "Project", "Distinct", "Reduced", "OrderBy", "AggregateJoin", "Group"}
_WHERE: Final = re.compile(r"[^{]*\bWHERE\s*\{", re.IGNORECASE)  # of the query, and of none within it
_EXISTS: Final = {"Builtin_EXISTS", "Builtin_NOTEXISTS"}


@dataclass(frozen=True, slots=True)
class _Scope:
    """How variables are called here: those not shared with what is around have names of their own."""

    key: str  # a constant in every answer, whatever the scope
    shared: frozenset[str] | None = None  # all, where None
    outer: _Scope | None = None
    number: int = 0
    numbers: Iterator[int] = field(default_factory=lambda: count(1), compare=False)

    def name(self, variable: str) -> str:
        if self.outer is None or variable == self.key:
            return variable
        if self.shared is not None and variable in self.shared:
            return self.outer.name(variable)
        return f"{variable}_{self.number}"

    def inside(self, shared: frozenset[str]) -> _Scope:
        """Return the scope of what shares only some variables with this one."""
        return _Scope(self.key, shared, self, next(self.numbers), self.numbers)

    def fresh(self) -> Variable:
        return Variable(f"_{next(self.numbers)}")

    def term(self, term: Any) -> Any:
        return Variable(self.name(str(term))) if isinstance(term, Variable) else term


@cache
def reads_of(text: str, base: str, key: str, *, constant: bool) -> tuple[Read, ...]:
    """Return the reads of a SELECT query whose answers are told apart by a variable.

    Without a key all rows are one answer. With `constant` the variable stands for one thing at a time
    (`$this`); else the rows of all things are asked for together, and each belongs to the value of the
    variable.
    """
    asked = ("reads", text, base, key, constant)
    told = _KNOWN.answer(asked, lambda: [each.told for each in _reads(text, base, key, constant)])
    return tuple(map(Read.of, told))


def keep_reads() -> None:
    """Keep what was read from queries for the next process that asks for the same."""
    _KNOWN.keep()


def _reads(text: str, base: str, key: str, constant: bool) -> Iterator[Read]:
    """Yield the reads of a query that nobody has read before."""
    tree = _algebra(text, base)
    if not key or not (constant or _apart(tree, key)):
        apart = _Scope("").inside(frozenset())  # where no variable is the key
        yield from (Read(read.pattern) for read in _walk(tree, apart, ()))
    else:
        yield from _walk(tree, _Scope(key if constant else ""), ())


def _algebra(text: str, base: str) -> CompValue:
    tree: CompValue = translateQuery(parseQuery(text), initNs=prefixes(base)).algebra.p
    return tree


def with_things(text: str, base: str, key: str, things: Iterable[str]) -> str | None:
    """Return a query that asks for the rows of some things alone, IRIs; None where it would give others.

    The things are put before the patterns of the query. That gives the same rows where every solution binds
    the variable before anything optional comes, and no row of one thing depends on the rows of another.
    """
    head = _WHERE.match(text)
    if head is None or not _can_start(text, base, key):
        return None
    some = " ".join(f"<{thing}>" for thing in things)
    return f"{head[0]} VALUES ?{key} {{ {some} }} {text[head.end() :]}"


@cache
def _can_start(text: str, base: str, key: str) -> bool:
    def find() -> bool:
        tree = _algebra(text, base)
        return _apart(tree, key) and _early(tree, key)

    return bool(_KNOWN.answer(("start", text, base, key), find))


def _early(node: Any, key: str) -> bool:
    """Tell whether a variable is bound before the first part that a binding would change."""
    if node.name in _AROUND or node.name in _LEFT:
        return _early(node.p if node.name in _AROUND else node.p1, key)
    if node.name == "Join":
        return _early(node.p1, key) or (_plain(node.p1) and _early(node.p2, key))
    return key in _bound(node)


def _plain(node: Any) -> bool:
    """Tell whether a part is triples, VALUES or a BIND of constants alone: nothing in it is optional."""
    if node.name == "Extend":
        return _plain(node.p) and _is_constant(node.expr)
    if node.name == "Join":
        return _plain(node.p1) and _plain(node.p2)
    return node.name == "BGP" or (node.name == "ToMultiSet" and getattr(node.p, "name", "") == "values")


def _is_constant(expression: Any) -> bool:
    """Tell whether an expression has no variable, and asks for nothing."""
    if isinstance(expression, CompValue):
        return expression.name not in _EXISTS and all(map(_is_constant, expression.values()))
    if isinstance(expression, (list, tuple)):
        return all(map(_is_constant, expression))
    return not isinstance(expression, Variable)


def _apart(tree: CompValue, key: str) -> bool:
    """Tell whether no row of one thing depends on the rows of another: none is cut off or grouped in."""
    node = tree
    while node.name in _AROUND | {"Slice"}:
        if node.name == "Slice" or (node.name == "Group" and Variable(key) not in (node.expr or ())):
            return False
        node = node.p
    return True


def _walk(node: Any, scope: _Scope, beside: tuple[Beside, ...], graph: Any = None) -> Iterator[Read]:
    """Yield the reads of a part of a query; `beside` is what surely stands around it."""
    name = node.name
    if name == "BGP":
        yield from _bgp(node.triples, scope, beside, graph)
    elif name == "Join":
        yield from _walk(node.p1, scope, beside + _certain(node.p2, scope, graph), graph)
        yield from _walk(node.p2, scope, beside + _certain(node.p1, scope, graph), graph)
    elif name in _LEFT:
        yield from _walk(node.p1, scope, beside, graph)
        around = beside + _certain(node.p1, scope, graph)
        yield from _walk(node.p2, scope.inside(_bound(node.p1)), around, graph)
        yield from _tests(node.expr, scope.inside(_bound(node.p1)), around, graph)
    elif name == "Union":
        yield from _walk(node.p1, scope, beside, graph)
        yield from _walk(node.p2, scope, beside, graph)
    elif name == "Graph":
        yield from _walk(node.p, scope, beside, scope.term(node.term))
    elif name in _AROUND:
        yield from _walk(node.p, scope, beside, graph)
        around = beside + _certain(node.p, scope, graph)
        yield from _tests(node.expr, scope.inside(_bound(node.p)), around, graph)
    elif name == "Slice":
        yield from _walk(node.p, scope, beside, graph)
    elif name == "ToMultiSet" and isinstance(node.p, CompValue):
        yield from (Read(read.pattern) for read in _walk(node.p, scope.inside(frozenset()), ()))
    elif name not in {"ToMultiSet", "values"}:
        yield ANYTHING


def _tests(expression: Any, scope: _Scope, beside: tuple[Beside, ...], graph: Any) -> Iterator[Read]:
    """Yield the reads of every EXISTS in an expression."""
    if isinstance(expression, CompValue):
        if expression.name in _EXISTS:
            yield from _walk(expression.graph, scope, beside, graph)
            return
        for each in expression.values():
            yield from _tests(each, scope, beside, graph)
    elif isinstance(expression, (list, tuple)):
        for each in expression:
            yield from _tests(each, scope, beside, graph)


def _bgp(triples: Iterable[Any], scope: _Scope, beside: tuple[Beside, ...], graph: Any) -> Iterator[Read]:
    told = [tuple(map(scope.term, triple)) for triple in triples]
    for number, triple in enumerate(told):
        others = tuple(_piece(other, graph) for other in told[:number] + told[number + 1 :])
        for (subject, predicate, value), rest in _steps(triple, scope):
            near = tuple(_piece(each, graph) for each in rest)
            if subject is None:
                yield ANYTHING
            else:
                yield Read((subject, predicate, value, graph), beside + others + near)


def _steps(triple: tuple[Any, ...], scope: _Scope) -> Iterator[tuple[tuple[Any, ...], tuple[Any, ...]]]:
    """Yield every triple of a path with the other steps of its way; (None, …) for ways of any length."""
    subject, path, value = triple
    if isinstance(path, (URIRef, Variable)):
        yield triple, ()
    elif isinstance(path, InvPath):
        yield from _steps((value, path.arg, subject), scope)
    elif isinstance(path, AlternativePath):
        for each in path.args:
            yield from _steps((subject, each, value), scope)
    elif isinstance(path, SequencePath):
        stops = [subject, *(scope.fresh() for _ in path.args[1:]), value]
        parts = [(stops[n], each, stops[n + 1]) for n, each in enumerate(path.args)]
        for number, part in enumerate(parts):
            others = tuple(parts[:number] + parts[number + 1 :])
            for step, rest in _steps(part, scope):
                yield step, others + rest
    else:
        yield (None, None, None), ()


def _certain(node: Any, scope: _Scope, graph: Any = None) -> tuple[Beside, ...]:
    """Return what every solution of a part matches."""
    name = node.name
    if name == "BGP":
        return tuple(_piece(tuple(map(scope.term, triple)), graph) for triple in node.triples)
    if name == "Join":
        return _certain(node.p1, scope, graph) + _certain(node.p2, scope, graph)
    if name in _LEFT:
        return _certain(node.p1, scope, graph)
    if name == "Union":
        sides = [_certain(side, scope, graph) for side in (node.p1, node.p2)]
        if not all(sides):
            return ()
        texts = tuple(" ".join(each.text for each in side) for side in sides)
        text = " UNION ".join(f"{{ {each} }}" for each in texts)
        shared = [frozenset().union(*(each.variables for each in side)) for side in sides]
        return (Beside(text, shared[0] & shared[1], texts),)
    if name == "Graph":
        return _certain(node.p, scope, scope.term(node.term))
    if name == "Extend" and isinstance(node.expr, Variable):
        return _renamed(_certain(node.p, scope, graph), scope.term(node.expr), scope.term(node.var))
    return _certain(node.p, scope, graph) if name in {"Extend", "Filter"} else ()


def _renamed(pieces: tuple[Beside, ...], known: Variable, name: Variable) -> tuple[Beside, ...]:
    """Return what a BIND of one variable to another adds: nothing where the other is bound elsewhere."""
    names = frozenset[str]().union(*(each.variables for each in pieces))
    if str(known) not in names:
        return pieces
    # The other way round, because it is asked for from outside, where the new name is known.
    words = re.compile(rf'<[^>]*>|"(?:[^"\\]|\\.)*"|\?{re.escape(str(known))}\b')

    def renamed(text: str) -> str:
        return words.sub(lambda word: name.n3() if word[0] == known.n3() else word[0], text)

    text = " ".join([*(renamed(each.text) for each in pieces), f"BIND({name.n3()} AS {known.n3()})"])
    return (Beside(f"{{ {text} }}", names | {str(name)}),)


def _bound(node: Any) -> frozenset[str]:
    """Return the variables that every solution of a part binds, as the query calls them."""
    pieces = _certain(node, _Scope(""))
    return frozenset[str]().union(*(each.variables for each in pieces))


def _piece(triple: tuple[Any, ...], graph: Any) -> Beside:
    words = [term.n3() for term in triple]
    names = {str(term) for term in (*triple, graph) if isinstance(term, Variable)}
    text = f"{' '.join(words)} ."
    assert not isinstance(triple[0], Path)
    return Beside(f"GRAPH {graph.n3()} {{ {text} }}" if graph is not None else text, frozenset(names))
