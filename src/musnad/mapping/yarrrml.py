"""YARRRML, read strictly: unknown keys, unknown prefixes and what we do not support are errors with a line.

The syntax is that of https://rml.io/yarrrml/spec/ with prefixes, sources, subjects, predicate-objects and
graphs. Joins, conditions and functions are refused: a mapping holds no expression, a table has the column.
Chosen over (a) yatter and npm yarrrml-parser, which lose language tags or prefixes in silence, and (b) RML
in Turtle, which nobody likes to write by hand.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from musnad.config import YamlList, YamlMap, line_of, read_yaml, refuse_unknown, require
from musnad.errors import MappingError
from musnad.mapping.scalars import Prefixes, split_kind, split_parts
from musnad.mapping.terms import PredicateObject, Source, TermMap, TermType, TriplesMap, has_reference
from musnad.vocabulary import RDF_TYPE

_SUBJECT: Final = ("s", "subject", "subjects")
_SOURCES: Final = ("sources", "source")
_GRAPHS: Final = ("graphs", "graph")
_PAIRS: Final = ("po", "predicateobjects")
_PREDICATE: Final = ("p", "predicate", "predicates")
_THING: Final = ("o", "object", "objects")
_TOP: Final = {"prefixes", "sources", "mappings", "authors"}
_OBJECT: Final = {"value", "type", "datatype", "language"}
_SOURCE: Final = {"access", "referenceFormulation", "iterator"}
_TERM_TYPES: Final[dict[str, TermType]] = {"iri": "iri", "literal": "literal"}
# What YARRRML has and we do not: key → what to do instead.
_ELSEWHERE: Final = {
    "mapping": "give the key of the other table as a column, and use $(column)~iri",
    "condition": "give a column that is null where the condition fails",
    "conditions": "give a column that is null where the condition fails",
    "function": "give the computed value as a column",
    "functions": "give the computed value as a column",
    "targets": "choose the output on the command line",
    "target": "choose the output on the command line",
    "external": "write the value out",
    "base": "write IRIs in full, or with a prefix",
    "inversepredicates": "write a second mapping with the other subject",
}


def read_file(path: Path) -> Iterator[TriplesMap]:
    """Yield the triples maps of one YARRRML file, or raise MappingError with the line."""
    data = read_yaml(path)
    _refuse(path, data, _TOP, "the file")
    require(path, data, ("mappings",))
    prefixes = Prefixes.read(path, _names(path, data, "prefixes"))
    reader = _Reader(path, prefixes, _sources(path, _names(path, data, "sources")))
    mappings = _names(path, data, "mappings")
    for name, body in mappings.items():
        if not isinstance(body, YamlMap):
            raise MappingError(
                f"{path}:{line_of(mappings, name)}", f"mapping {name!r} must hold keys and values"
            )
        yield from reader.triples_maps(str(name), body, line_of(mappings, name))


@dataclass(frozen=True, slots=True)
class _Reader:
    """Reads the mappings of one file; it knows the prefixes and the sources."""

    path: Path
    prefixes: Prefixes
    sources: dict[str, Source]

    def triples_maps(self, name: str, body: YamlMap, line: int) -> Iterator[TriplesMap]:
        """Yield one triples map for each source and subject of a mapping."""
        _refuse(self.path, body, {*_SOURCES, *_SUBJECT, *_PAIRS, *_GRAPHS}, f"mapping {name!r}")
        given, source_line = self._one(body, _SOURCES, line)
        subjects, subject_line = self._one(body, _SUBJECT, line)
        graphs = self._graphs(body)
        pairs = tuple(self._pairs(*self._one(body, _PAIRS, line)))
        for source in self._sources_of(given, source_line):
            for subject in _listed(subjects):
                term = self._term(subject, "iri", subject_line)
                yield TriplesMap(name, self.path, line, source, term, graphs, pairs)

    def _sources_of(self, given: Any, line: int) -> Iterator[Source]:
        """Yield the sources of a mapping: names, or `[access~formulation, iterator]` written in place."""
        for each in _listed(given):
            if isinstance(each, list):
                yield _source(f"{self.path}:{line}", each)
            elif each in self.sources:
                yield self.sources[each]
            else:
                known = ", ".join(self.sources) or "none"
                raise self._error(line, f"unknown source {each!r}", f"known: {known}")

    def _pairs(self, entries: Any, line: int) -> Iterator[PredicateObject]:
        if not isinstance(entries, YamlList) or not entries:
            raise self._error(line, "po must be a list of [predicate, object]")
        for entry in entries:
            place = line_of(entry) or line
            graphs: tuple[TermMap, ...] = ()
            if isinstance(entry, YamlMap):
                _refuse(self.path, entry, {*_PREDICATE, *_THING, *_GRAPHS}, "a predicate-object")
                predicates, _ = self._one(entry, _PREDICATE, place)
                objects, _ = self._one(entry, _THING, place)
                graphs = self._graphs(entry)
            elif isinstance(entry, YamlList) and len(entry) in {2, 3}:
                predicates, objects = entry[0], entry[1]
                if len(entry) == 3:
                    objects = [[each, entry[2]] for each in _listed(objects)]
            else:
                raise self._error(place, f"not a predicate-object: {entry!r}", "[predicate, object]")
            for predicate in _listed(predicates):
                verb = self._term(RDF_TYPE if predicate == "a" else predicate, "iri", place)
                default: TermType = "iri" if verb.parts == (RDF_TYPE,) else "literal"
                for thing in _listed(objects):
                    yield PredicateObject(verb, self._object(thing, default, place), graphs)

    def _object(self, thing: Any, default: TermType, line: int) -> TermMap:
        if isinstance(thing, YamlMap):
            line = line_of(thing)
            _refuse(self.path, thing, _OBJECT, "an object")
            require(self.path, thing, ("value",), "an object")
            kind = str(thing.get("type", default))
            if kind not in _TERM_TYPES:
                raise self._error(line, f"not supported: type {kind!r}", "iri or literal")
            term = self._term(thing["value"], _TERM_TYPES[kind], line)
            language = split_kind(str(thing.get("language", "")))[0]
            return self._literal(term, str(thing.get("datatype", "")), language)
        if not isinstance(thing, list):
            return self._term(thing, default, line)
        if len(thing) != 2 or not all(isinstance(part, str) for part in thing):
            raise self._error(line, f"not an object: {thing!r}", "[value, datatype] or [value, ar~lang]")
        text, kind = split_kind(thing[1])
        term = self._term(thing[0], default, line)
        return self._literal(term, "", text) if kind == "lang" else self._literal(term, thing[1], "")

    def _literal(self, term: TermMap, datatype: str, language: str) -> TermMap:
        """Return the term with its datatype or its language, either "" where there is none."""
        if not (datatype or language):
            return term
        if term.type == "iri" or (datatype and language):
            raise self._error(term.line, "only a literal has a datatype or a language, and never both")
        where = f"{self.path}:{term.line}"
        iri = split_parts(where, self.prefixes.expand(where, datatype)) if datatype else ("",)
        if has_reference(iri):
            raise self._error(term.line, "not supported: a datatype from a column", "name one datatype")
        parts = split_parts(where, language) if language else ()
        return TermMap(term.parts, "literal", term.line, str(iri[0]), parts)

    def _term(self, value: Any, default: TermType, line: int) -> TermMap:
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            raise self._error(
                line, f"not a term: {value!r}", "a reference $(column), a template or a constant"
            )
        text, kind = split_kind(str(value))
        if kind not in {"", *_TERM_TYPES}:
            raise self._error(line, f"not supported: ~{kind} here", "~iri, ~literal, or ~lang as third entry")
        where = f"{self.path}:{line}"
        type_ = _TERM_TYPES.get(kind, default)
        return TermMap(
            split_parts(where, self.prefixes.expand(where, text) if type_ == "iri" else text), type_, line
        )

    def _graphs(self, body: YamlMap) -> tuple[TermMap, ...]:
        found = [(body[key], line_of(body, key)) for key in _GRAPHS if key in body]
        return tuple(self._term(each, "iri", line) for value, line in found for each in _listed(value))

    def _one(self, body: YamlMap, keys: tuple[str, ...], line: int) -> tuple[Any, int]:
        """Return the value and the line of whichever of the synonymous keys is there."""
        found = [key for key in keys if key in body]
        if len(found) != 1:
            problem = f"{' and '.join(found)} mean the same" if found else f"missing key {keys[-1]!r}"
            place = line_of(body, found[-1]) if found else line
            raise self._error(place, problem, f"give one of {', '.join(keys)}")
        return body[found[0]], line_of(body, found[0])

    def _error(self, line: int, problem: str, remedy: str = "") -> MappingError:
        return MappingError(f"{self.path}:{line}", problem, remedy)


def _listed(value: Any) -> list[Any]:
    return list(value) if isinstance(value, list) else [value]


def _refuse(path: Path, node: YamlMap, known: set[str], where: str) -> None:
    """Raise for a key that we do not know, or know and do not support."""
    for key in node:
        if key in _ELSEWHERE:
            place = f"{path}:{line_of(node, key)}"
            raise MappingError(place, f"not supported: {key} in {where}", _ELSEWHERE[key])
    refuse_unknown(path, node, known, where)


def _names(path: Path, data: YamlMap, key: str) -> YamlMap:
    value = data.get(key, YamlMap(0))
    if not isinstance(value, YamlMap):
        raise MappingError(f"{path}:{line_of(data, key)}", f"{key} must hold names and values")
    return value


def _sources(path: Path, given: YamlMap) -> dict[str, Source]:
    """Return the named sources of a file, written as a map, a list, or a list with one list."""
    found: dict[str, Source] = {}
    for name, body in given.items():
        where = f"{path}:{line_of(given, name)}"
        if isinstance(body, list) and body and isinstance(body[0], list):
            if len(body) != 1:
                raise MappingError(where, "not supported: several files in one source", "name each of them")
            body = body[0]
        if isinstance(body, YamlMap):
            refuse_unknown(path, body, _SOURCE, f"source {name!r}")
            require(path, body, ("access", "referenceFormulation"), f"source {name!r}")
            body = [f"{body['access']}~{body['referenceFormulation']}", *_listed(body.get("iterator", []))]
        found[str(name)] = _source(where, body)
    return found


def _source(where: str, given: Any) -> Source:
    if not isinstance(given, list) or not given or not all(isinstance(each, str) for each in given):
        raise MappingError(where, f"not a source: {given!r}", "[table.json~jsonpath, '$[*]']")
    found = re.fullmatch(r"(?P<access>[^~]+)~(?P<formulation>[a-z]+)", given[0])
    formulation = found["formulation"] if found else ""
    if found and formulation == "jsonpath" and given[1:] in (["$[*]"], ["$.[*]"]):
        return Source(found["access"], "jsonpath")
    if found and formulation == "csv" and not given[1:]:
        return Source(found["access"], "csv")
    raise MappingError(
        where, f"not supported: source {list(given)!r}", "a flat table: jsonpath with $[*], or csv"
    )
