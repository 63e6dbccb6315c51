"""Compact JSON-LD 1.1 with the context of the project, which travels in the document.

https://www.w3.org/TR/json-ld11-api/. Nothing is fetched: the context is written into the result, cut down to
the names that the result uses. Chosen over (a) a link to the context, which a reader would have to load, and
(b) a general compaction library, which knows framing and lists that we do not publish.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import orjson
import pyoxigraph as px

from musnad.config import read_text
from musnad.errors import DataError, ProjectError
from musnad.graph.files import rebase
from musnad.graph.order import by_predicate, sorted_subjects
from musnad.graph.terms import Names, Statement, Subject, Term, by_subject
from musnad.iri import DEFAULT_BASE
from musnad.vocabulary import PREFIXES, RDF_TYPE

_INTEGER: Final = PREFIXES["xsd"] + "integer"
_STRING: Final = PREFIXES["xsd"] + "string"
_SAFE_DIGITS: Final = 15  # whole numbers up to 15 digits survive every JSON reader
_TERM_KEYS: Final = frozenset({"@id", "@type", "@container"})


@dataclass(frozen=True, slots=True)
class Context:
    """The names of a JSON-LD context: prefixes, and terms with the values that they may have."""

    prefixes: Mapping[str, str]
    terms: Mapping[tuple[str, str], str]  # (property IRI, kind of value) → name
    definitions: Mapping[str, Any]  # name → definition with whole IRIs

    @classmethod
    def read(cls, path: Path, base: str = DEFAULT_BASE) -> Context:
        """Return the context of a file below `base`, or raise ProjectError."""

        def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
            if twice := sorted({key for key, _ in pairs if [k for k, _ in pairs].count(key) > 1}):
                raise ProjectError(path, f"the name {twice[0]!r} is there twice")
            return dict(pairs)

        try:
            data = json.loads(rebase(read_text(path), base), object_pairs_hook=once)
        except json.JSONDecodeError as error:
            raise ProjectError(f"{path}:{error.lineno}", f"not JSON: {error.msg}") from None
        entries = data.get("@context") if isinstance(data, dict) else None
        if not isinstance(entries, dict):
            raise ProjectError(path, 'no object under "@context"')
        return cls.of(entries, path)

    @classmethod
    def of(cls, entries: Mapping[str, Any], where: Path | str = "context") -> Context:
        """Return the context of a parsed `@context`; only prefixes and simple terms are understood."""
        prefixes = {n: v for n, v in entries.items() if isinstance(v, str) and not n.startswith("@")}
        terms: dict[tuple[str, str], str] = {}
        definitions: dict[str, Any] = {}
        for name, value in entries.items():
            if not isinstance(value, dict):
                continue
            if unknown := sorted(value.keys() - _TERM_KEYS):
                raise ProjectError(where, f"term {name!r} has {unknown[0]!r}", f"use {sorted(_TERM_KEYS)}")
            whole = {key: _expand(text, prefixes) for key, text in value.items()}
            kind = whole.get("@type") or whole.get("@container") or _STRING
            if "@id" not in whole or (whole["@id"], kind) in terms:
                raise ProjectError(where, f"term {name!r} has no @id, or another term has the same values")
            terms[whole["@id"], kind] = name
            definitions[name] = whole
        return cls(prefixes, terms, definitions)

    def entries(self) -> dict[str, Any]:
        """Return the whole context as the value of `@context`."""
        prefixes: dict[str, Any] = {name: self.prefixes[name] for name in sorted(self.prefixes)}
        return prefixes | {name: self.definitions[name] for name in sorted(self.definitions)}

    def without(self, names: set[str]) -> Context:
        """Return the context without some names."""
        if names.isdisjoint(self.prefixes) and names.isdisjoint(self.definitions):
            return self
        return Context(
            {name: iri for name, iri in self.prefixes.items() if name not in names},
            {key: name for key, name in self.terms.items() if name not in names},
            {name: value for name, value in self.definitions.items() if name not in names},
        )


def _expand(text: str, prefixes: Mapping[str, str]) -> str:
    prefix, colon, local = text.partition(":")
    return prefixes[prefix] + local if colon and prefix in prefixes else text


def to_jsonld(statements: Iterable[Statement], context: Context) -> str:
    """Return a graph as compact JSON-LD, one node a resource; of quads, all graphs merged."""
    data = to_document(statements, context)
    return orjson.dumps(data, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE).decode("utf-8")


def to_document(statements: Iterable[Statement], context: Context) -> dict[str, Any]:
    """Return the same as the object that JSON writes."""
    subjects = by_subject(statements)
    # An IRI such as <id:x> must not be taken for a prefixed name.
    writer = NodeWriter(context.without({iri.partition(":")[0] for iri in _iris(subjects)}))
    nodes = [writer.node(s, subjects[s]) for s in sorted_subjects(subjects, writer.names)]
    return {"@context": writer.used_context(), "@graph": nodes}


def _iris(subjects: Mapping[Subject, Iterable[tuple[str, Term]]]) -> set[str]:
    """Return every IRI of a graph."""
    found = {subject.value for subject in subjects if isinstance(subject, px.NamedNode)}
    for pairs in subjects.values():
        for predicate, thing in pairs:
            found.add(predicate)
            if isinstance(thing, px.NamedNode):
                found.add(thing.value)
            elif isinstance(thing, px.Literal) and not thing.language:
                found.add(thing.datatype.value)
    return found


class NodeWriter:
    """Writes nodes, and remembers which names they used."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self.names = Names(context.prefixes)
        self._terms: set[str] = set()

    def used_context(self) -> dict[str, Any]:
        """Return the context that the nodes so far need."""
        prefixes: dict[str, Any] = {name: self._context.prefixes[name] for name in sorted(self.names.used)}
        return prefixes | {name: self._context.definitions[name] for name in sorted(self._terms)}

    def node(self, subject: Subject, pairs: list[tuple[str, Term]]) -> dict[str, Any]:
        """Return one resource as an object of JSON-LD."""
        node: dict[str, Any] = {"@id": self._reference(subject)}
        for predicate, things in by_predicate(pairs, self.names):
            for thing in things:
                self._add(node, predicate, thing)
        return node

    def _add(self, node: dict[str, Any], predicate: str, term: Term) -> None:
        if isinstance(term, px.Literal):
            self._add_literal(node, predicate, term)
        elif predicate == RDF_TYPE:
            _append(node, "@type", self._reference(term))
        elif name := self._context.terms.get((predicate, "@id")):
            self._terms.add(name)
            _append(node, name, self._reference(term))
        else:
            _append(node, self._short(predicate), {"@id": self._reference(term)})

    def _add_literal(self, node: dict[str, Any], predicate: str, term: px.Literal) -> None:
        if term.direction is not None:
            raise DataError(str(term), "RDF 1.2 terms are not published", "use RDF 1.1")
        language = term.language
        kind = "" if language else term.datatype.value
        name = self._context.terms.get((predicate, kind or "@language"))
        if name:
            self._terms.add(name)
            if language:
                _append(node.setdefault(name, {}), language, term.value)
            else:
                _append(node, name, _number(term) if kind == _INTEGER else term.value)
            return
        whole = {"@value": term.value}
        if language:
            whole["@language"] = language
        elif kind != _STRING:
            whole["@type"] = self._short(kind)
        _append(node, self._short(predicate), whole)

    def _reference(self, term: px.NamedNode | px.BlankNode) -> str:
        return str(term) if isinstance(term, px.BlankNode) else self._short(term.value)

    def _short(self, iri: str) -> str:
        return self.names.iri(iri).strip("<>")


def _number(literal: px.Literal) -> int | str:
    value = literal.value
    plain = value.removeprefix("-").isascii() and value.removeprefix("-").isdigit()
    small = plain and len(value) <= _SAFE_DIGITS and str(int(value)) == value
    return int(value) if small else value


def _append(node: dict[str, Any], key: str, value: Any) -> None:
    """Put a value under a key; a second value makes a list of them."""
    if key not in node:
        node[key] = value
    elif isinstance(node[key], list):
        node[key].append(value)
    else:
        node[key] = [node[key], value]
