"""From triples maps to Python source: one function per table, which writes N-Quads.

Constants, predicates, datatypes and language tags are folded into bytes templates; a term that several quads
share is made once per row, across all triples maps of the table. Chosen over (a) interpreting the mapping for
each row, a fifth of the speed, and (b) a C extension, which would need a compiler where Musnad is installed.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations
from typing import Final

from musnad.mapping.terms import Key, Parts, Reference, TriplesMap, has_reference, write_parts
from musnad.mapping.values import quoted
from musnad.vocabulary import PREFIXES

_XSD: Final = PREFIXES["xsd"]
_NATURAL: Final = {"", *(_XSD + kind for kind in ("string", "integer", "double", "boolean"))}


@dataclass(frozen=True, slots=True)
class Generated:
    """The source of `write_rows(rows, write, counts)` for one table, and what each counter counts."""

    text: str
    labels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Quad:
    """Four terms; a quad of the default graph has no graph."""

    subject: Key
    predicate: Key
    object: Key
    graph: Key | None

    def terms(self) -> tuple[Key, ...]:
        three = (self.subject, self.predicate, self.object)
        return three if self.graph is None else (*three, self.graph)

    @property
    def fixed(self) -> bool:
        """Tell whether a row has a say in the subject and the graph only."""
        return self.predicate.constant and self.object.constant

    def needed_with(self, key: Key) -> frozenset[str]:
        """Return the columns beside its own without which one of the terms is not looked at."""
        if key == self.subject:
            return frozenset()
        others = (self.subject,) if key == self.graph else (self.subject, self.predicate, self.object)
        return frozenset(column for term in others for column in term.columns) - set(key.columns)


def generate(maps: Iterable[TriplesMap]) -> Generated:
    """Return the source that writes the quads of all triples maps of one table."""
    maps = list(maps)
    table = _Table(maps)
    return Generated("\n".join(table.lines()) + "\n", tuple(key.label for key in table.terms))


@dataclass(slots=True)
class _Table:
    """Generates the function of one table: c0, c1 … are columns, t0 … terms, n0 … their counters."""

    maps: list[TriplesMap]
    columns: dict[str, int] = field(default_factory=dict)
    terms: dict[Key, int] = field(default_factory=dict)
    # Terms made at the head of a row, with the columns that must be there too for any quad to need them.
    shared: dict[Key, set[frozenset[str]]] = field(default_factory=dict)
    alike: set[_Quad] = field(default_factory=set)  # those that may be equal for some row
    done: set[_Quad] = field(default_factory=set)

    def __post_init__(self) -> None:
        quads = list(dict.fromkeys(quad for each in self.maps for quad in _quads(each)))
        uses = Counter(key for quad in quads for key in quad.terms())
        heads = {key for quad in quads for key in (quad.subject, quad.graph)}
        for key, count in uses.items():
            if not key.constant:
                self.terms[key] = len(self.terms)
                if count > 1 or key in heads:
                    self.shared[key] = {quad.needed_with(key) for quad in quads if key in quad.terms()}
                for column in key.columns:
                    self.columns.setdefault(column, len(self.columns))
        self.alike = {quad for pair in combinations(quads, 2) if _may_be_equal(*pair) for quad in pair}

    def lines(self) -> Iterator[str]:
        """Yield the source, line by line."""
        counters = [f"n{number}" for number in self.terms.values()]
        yield "def write_rows(rows, write, counts):"
        if counters:
            yield f"    {' = '.join(counters)} = 0"
        yield "    for row in rows:"
        yield "        get = row.get"
        if self.alike:
            yield "        seen = set()"
        for column, number in self.columns.items():
            yield f"        c{number} = get({column!r})"
        for key in self.terms:
            if key in self.shared:
                yield from self._shared(key)
        for each in self.maps:
            yield from (f"        {line}" for line in self._map(each))
        for number, counter in enumerate(counters):
            yield f"    counts[{number}] += {counter}"

    def _shared(self, key: Key) -> Iterator[str]:
        number = self.terms[key]
        needed = [self._there(sorted(columns)) for columns in sorted(self.shared[key], key=sorted)]
        only = "" if "" in needed else f" and ({' or '.join(needed)})"
        yield f"        if {self._there(key.columns)}{only}:"
        yield f"            n{number} += 1"
        yield f"            t{number} = {self._expression(key)}"
        yield "        else:"
        yield f"            t{number} = None"

    def _map(self, each: TriplesMap) -> Iterator[str]:
        """Yield what writes the quads of one triples map for one row."""
        subject = each.subject.key
        indent = "" if subject.constant else "    "
        if indent:
            yield f"if {self._present(subject)}:"
        for graph in _graphs(each):
            if not graph.constant:
                yield f"{indent}if t{self.terms[graph]} is None:"
                yield f"{indent}    no_graph()"
        quads = [quad for quad in dict.fromkeys(_quads(each)) if quad not in self.done]
        self.done.update(quads)
        fixed = [quad for quad in quads if quad.fixed and quad not in self.alike]
        if fixed:
            yield indent + f"write({self._written(fixed)})"
        for quad in quads:
            if quad not in fixed:
                yield from (indent + line for line in self._quad(quad))

    def _quad(self, quad: _Quad) -> Iterator[str]:
        """Yield what writes one quad, if the columns that its predicate and object need are there."""
        keys = [key for key in dict.fromkeys((quad.predicate, quad.object)) if not key.constant]
        indent = "    " if keys else ""
        if keys:
            yield f"if {' and '.join(self._present(key) for key in keys)}:"
        for key in keys:
            if key not in self.shared:
                yield f"    n{self.terms[key]} += 1"
        if quad in self.alike:
            yield f"{indent}quad = {self._written([quad])}"
            yield f"{indent}if quad not in seen:"
            yield f"{indent}    seen.add(quad)"
            yield f"{indent}    write(quad)"
        else:
            yield f"{indent}write({self._written([quad])})"

    def _written(self, quads: list[_Quad]) -> str:
        """Return the expression of the lines of some quads: a template, filled in."""
        text, values = b"", list[str]()
        for quad in quads:
            for key in quad.terms():
                if key.constant:
                    text += constant(key).replace(b"%", b"%%") + b" "
                elif key in self.shared:
                    text += b"%b "
                    values.append(f"t{self.terms[key]}")
                else:
                    around, value = self._parts(key)
                    text += around + b" "
                    values.append(value)
            text += b".\n"
        return f"{text!r} % ({', '.join(values)},)" if values else repr(text % ())

    def _present(self, key: Key) -> str:
        if key in self.shared:
            return f"t{self.terms[key]} is not None"
        return self._there(key.columns)

    def _there(self, columns: Iterable[str]) -> str:
        return " and ".join(f"c{self.columns[column]} is not None" for column in columns)

    def _expression(self, key: Key) -> str:
        """Return the expression of a term whose columns are there."""
        around, value = self._parts(key)
        return value if around == b"%b" else f"{around!r} % ({value},)"

    def _parts(self, key: Key) -> tuple[bytes, str]:
        """Return the template that stands around a term, and the expression that fills it."""
        first = key.parts[0]
        only = (
            f"c{self.columns[first.column]}" if key.parts == (first,) and isinstance(first, Reference) else ""
        )
        if key.type == "iri":
            return b"%b", f"iris[{only or self._joined(key.parts, 'safe')}]"
        if not only:
            value = f"quoted({self._joined(key.parts, 'lexical')})"
        elif not key.datatype and not key.language:
            value = f"dumps({only}) if type({only}) is str else natural({only})"
        else:
            value = f"dumps({only}) if type({only}) is str else quoted({only}, {key.datatype!r})"
        if has_reference(key.language):
            return b"%b", f"({value}) + tags[{self._joined(key.language, 'lexical')}]"
        return b"%b" + _suffix(key.datatype, key.language).replace(b"%", b"%%"), value

    def _joined(self, parts: Parts, function: str) -> str:
        return " + ".join(
            repr(part) if isinstance(part, str) else f"{function}(c{self.columns[part.column]})"
            for part in parts
        )


def constant(term: Key) -> bytes:
    """Return a term without references, as N-Quads."""
    text = write_parts(term.parts)
    if term.type == "iri":
        return b"<%b>" % text.encode()
    return quoted(text) + _suffix(term.datatype, term.language)


def _suffix(datatype: str, language: Parts) -> bytes:
    if language:
        return b"@" + write_parts(language).encode()
    return b"" if datatype in {"", _XSD + "string"} else b"^^<%b>" % datatype.encode()


def _graphs(each: TriplesMap) -> tuple[Key, ...]:
    """Return every graph of a triples map, each once."""
    found = (*each.graphs, *(graph for pair in each.pairs for graph in pair.graphs))
    return tuple(dict.fromkeys(graph.key for graph in found))


def _quads(each: TriplesMap) -> Iterator[_Quad]:
    for pair in each.pairs:
        three = (each.subject.key, pair.predicate.key, pair.object.key)
        for graph in (*each.graphs, *pair.graphs) or (None,):
            yield _Quad(*three, graph.key if graph else None)


def _may_be_equal(one: _Quad, other: _Quad) -> bool:
    """Tell whether some row could give the same quad twice."""
    if (one.graph is None) != (other.graph is None):
        return False
    pairs = zip(one.terms(), other.terms(), strict=True)
    return all(_overlap(left, right) for left, right in pairs)


def _overlap(left: Key, right: Key) -> bool:
    if left.type != right.type or (left.constant and right.constant and left != right):
        return False
    if left.type == "iri":
        return True
    if bool(left.language) != bool(right.language):
        return False
    if left.language and not (has_reference(left.language) or has_reference(right.language)):
        return left.language == right.language
    natural = "" in {left.datatype, right.datatype}
    return left.datatype == right.datatype or (natural and {left.datatype, right.datatype} <= _NATURAL)
