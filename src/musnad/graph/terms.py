r"""How single terms are written and sorted in Turtle.

Only plain names are shortened: a local part of ASCII letters, digits, `_`, `-` and inner dots is legal in
every version of Turtle and in every parser. Chosen over (a) escaping (`\#`, `\,`), which few people read,
and (b) relative IRIs, which change their meaning when the file moves.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import lru_cache
from typing import Final

import pyoxigraph as px

from musnad.errors import DataError
from musnad.vocabulary import PREFIXES

Subject = px.NamedNode | px.BlankNode
Term = Subject | px.Literal
Statement = px.Triple | px.Quad

_XSD: Final = PREFIXES["xsd"]
_LOCAL: Final = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]*[A-Za-z0-9_-])?\Z")
_BARE: Final[dict[str, re.Pattern[str]]] = {
    _XSD + "integer": re.compile(r"(?:0|-?[1-9][0-9]*)\Z"),
    _XSD + "decimal": re.compile(r"(?:0|-?[1-9][0-9]*)\.[0-9]*[1-9]\Z|0\.0\Z"),
    _XSD + "boolean": re.compile(r"(?:true|false)\Z"),
}
# Controls, line separators, and the marks that would let a literal reorder the line it stands in.
_HIDDEN: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ufeff\ufffe\uffff]")
_MARKED: Final = re.compile(rf'{_HIDDEN.pattern[:-1]}\t\n"\\]')  # whatever is not written as it is
_NUMBERS: Final = re.compile(r"([0-9]{1,15})")
_MOST_KNOWN: Final = 1 << 14  # names remembered at once, 4 MB: a dataset has more IRIs than memory holds
_CLOSING: Final = re.compile(r'"{3,}|"+\Z')  # what would end a long literal too early
_LANGUAGES: Final[dict[str, int]] = {"ar": 0, "en": 1}


def natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """Return a key that sorts numbers within a text by their size.

    >>> sorted(["#hop-10", "#hop-2"], key=natural)
    ['#hop-2', '#hop-10']
    """
    parts = _NUMBERS.split(text)
    return tuple((1, int(part), part) if index % 2 else (0, 0, part) for index, part in enumerate(parts))


class Shortener:
    """Finds the prefix and the local part of an IRI, and remembers what it found."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self._spaces = sorted(
            ((iri, name) for name, iri in prefixes.items()), key=lambda p: (-len(p[0]), p[1])
        )
        self._known: dict[str, tuple[str, str]] = {}

    def find(self, iri: str) -> tuple[str, str]:
        """Return `prefix:local` and its prefix; "" twice where that is not legal."""
        found = self._known.get(iri)
        if found is None:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            found = self._known[iri] = self._find(iri)
        return found

    def _find(self, iri: str) -> tuple[str, str]:
        for space, name in self._spaces:
            if iri.startswith(space):
                local = iri[len(space) :]
                return (f"{name}:{local}", name) if _LOCAL.match(local) else ("", "")
        return "", ""


@lru_cache(maxsize=8)
def _shortener(prefixes: tuple[tuple[str, str], ...]) -> Shortener:
    """Return one shortener for all graphs with the same prefixes: they name the same properties."""
    return Shortener(dict(prefixes))


class Names:
    """Shortens IRIs by a set of prefixes, and remembers which prefixes it used."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self._find = _shortener(tuple(prefixes.items())).find
        self.used: set[str] = set()

    def curie(self, iri: str) -> str:
        """Return `prefix:local` where that is legal, else "" (nothing is counted as used)."""
        return self._find(iri)[0]

    def iri(self, iri: str) -> str:
        """Return an IRI as Turtle writes it."""
        short, prefix = self._find(iri)
        if not short:
            return f"<{iri}>"
        self.used.add(prefix)
        return short

    def term(self, term: Term) -> str:
        """Return a term as Turtle writes it."""
        if isinstance(term, px.NamedNode):
            return self.iri(term.value)
        if isinstance(term, px.BlankNode):
            return str(term)
        return self._literal(term)

    def _literal(self, literal: px.Literal) -> str:
        value = literal.value
        if literal.direction is not None:
            raise DataError(str(literal), "RDF 1.2 terms are not published", "use RDF 1.1")
        if literal.language:
            return f"{quote(value)}@{literal.language}"
        datatype = literal.datatype.value
        if datatype == _XSD + "string":
            return quote(value)
        if datatype in _BARE and _BARE[datatype].match(value):
            return value
        return f"{quote(value)}^^{self.iri(datatype)}"


def quote(value: str) -> str:
    r"""Return the characters of a literal between quotation marks, Arabic as it is.

    >>> print(quote('a "word"'))
    "a \"word\""
    """
    if not _MARKED.search(value):
        return f'"{value}"'
    text = value.replace("\\", "\\\\")
    if "\n" in text:
        text, mark = _CLOSING.sub(lambda run: '\\"' * len(run[0]), text), '"""'
    else:
        text, mark = text.replace('"', '\\"'), '"'
    return mark + _HIDDEN.sub(_escape, text.replace("\t", "\\t")) + mark


def _escape(match: re.Match[str]) -> str:
    return "\\r" if match[0] == "\r" else f"\\u{ord(match[0]):04X}"


def iri_key(iri: str) -> tuple[str, tuple[tuple[int, int, str], ...]]:
    """Return a key that sorts IRIs, and the parts of one resource (`…#hop-2`) by their numbers."""
    root, mark, part = iri.partition("#")
    return (root, natural(part) if mark else ())


def term_key(term: Term) -> tuple[int, int, str, tuple[tuple[int, int, str], ...], str]:
    """Return a key that sorts IRIs before words, Arabic before English before the rest."""
    if isinstance(term, px.Literal):
        tag = term.language or ""
        rank = _LANGUAGES.get(tag, 2 if tag else 3)
        return (1, rank, term.value, (), tag or term.datatype.value)
    return (0, 0, *iri_key(term.value), "")


def distinct_triples(statements: Iterable[Statement]) -> set[px.Triple]:
    """Return the triples of a graph, or of all graphs of a dataset merged."""
    return {s.triple if isinstance(s, px.Quad) else s for s in statements}


def by_subject(statements: Iterable[Statement]) -> dict[Subject, list[tuple[str, Term]]]:
    """Return the (predicate, object) pairs of each subject; RDF 1.2 triple terms are refused."""
    subjects: dict[Subject, dict[tuple[str, Term], None]] = {}
    for each in statements:
        subject, thing = each.subject, each.object
        if isinstance(subject, px.Triple) or isinstance(thing, px.Triple):
            raise DataError(str(each), "RDF 1.2 terms are not published", "use RDF 1.1")
        subjects.setdefault(subject, {})[each.predicate.value, thing] = None
    return {subject: list(pairs) for subject, pairs in subjects.items()}
