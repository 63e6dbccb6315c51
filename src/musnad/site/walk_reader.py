"""Which queries are walks (`walks`), and what they ask: read once, when the query is.

What is understood: SELECT DISTINCT; patterns that have one end that is known where they stand; OPTIONAL and
EXISTS around such patterns; a FILTER of LANG in an OPTIONAL; one GRAPH around everything; ORDER BY what is
selected; LIMIT. Chosen over (a) the parser of rdflib, which takes 0.3 s and 11 MB at every start of a server,
and (b) a notation of our own, which could not be sent to an endpoint.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

import pyoxigraph as ox

from musnad.site.walks import THIS, End, Leg, Pattern, Walk
from musnad.vocabulary import RDF_TYPE, prefixes

_TOKEN: Final = re.compile(r'#[^\n]*|(<[^>\s]*>|"\w+"|[?$]\w+|[\w-]*:[\w-]+|\w+|\S)')


class _Other(Exception):
    """The query is not of the kind that is understood."""


def read_walk(text: str, base: str) -> Walk | None:
    """Return what a query asks, where it is of the kind that is understood.

    >>> read_walk("SELECT DISTINCT ?name WHERE { $this schema:name ?name }", "https://example.org/").variables
    ('name',)
    >>> read_walk("SELECT DISTINCT ?name WHERE { $this schema:name|rdfs:label ?name }", "https://example.org/")
    """
    try:
        return _Reader(text, prefixes(base)).walk()
    except _Other:
        return None


class _Reader:
    """Reads one query from its first word to its last."""

    def __init__(self, text: str, spaces: Mapping[str, str]) -> None:
        self._words: list[str] = [word for word in _TOKEN.findall(text) if word]
        if f"${THIS}" not in self._words:
            raise _Other
        self._words.reverse()  # the next one is the last
        self._spaces, self._known = spaces, {THIS}

    def walk(self) -> Walk:
        """Return the query."""
        self._take("SELECT", "DISTINCT")
        variables = tuple(self._variables())
        self._take("WHERE", "{")
        graph = None
        if self._comes("GRAPH"):
            graph = self._constant(self._next())
            self._take("{")
        legs = [*self._legs()]
        if graph is not None:
            self._take("}")
        order: tuple[tuple[str, bool], ...] = ()
        most = None
        if self._comes("ORDER"):
            self._take("BY")
            order = tuple(self._order())
        if self._comes("LIMIT"):
            most = int(self._next())
        if self._words or not {name for name, _ in order} <= set(variables) or THIS in variables:
            raise _Other
        legs.sort(key=lambda leg: leg.kind == "NOT")  # which is about whole rows, wherever it stands
        return Walk(variables, tuple(legs), graph, order, most)

    def _legs(self) -> Iterator[Leg]:
        """Yield what stands up to the brace that ends it."""
        while not self._comes("}"):
            self._comes(".")
            if self._comes("OPTIONAL"):
                yield self._braced("OPTIONAL")
            elif self._comes("BIND"):
                self._take("(", "EXISTS")
                found = self._braced("EXISTS")
                self._take("AS")
                yield Leg(found.kind, found.patterns, (), self._new())
                self._take(")")
            elif self._comes("FILTER"):
                self._take("NOT", "EXISTS")
                yield self._braced("NOT")
            else:
                for pattern in self._patterns(self._known):
                    yield Leg("REQUIRED", (pattern,))

    def _braced(self, kind: str) -> Leg:
        """Return patterns between braces; what they bind is not known outside."""
        self._take("{")
        known = set(self._known)
        patterns, languages = list[Pattern](), list[tuple[str, str]]()
        while not self._comes("}"):
            if kind == "OPTIONAL" and self._comes("FILTER"):
                self._take("(", "LANG")
                name = self._bracketed()
                if name not in known:
                    raise _Other
                self._take("=")
                languages.append((name, self._quoted()))
                self._take(")")
            else:
                patterns += self._patterns(known)
        return Leg(kind, tuple(patterns), tuple(languages))

    def _patterns(self, known: set[str]) -> Iterator[Pattern]:
        """Yield the patterns about one subject."""
        subject = self._end(self._next())
        while True:
            verb = self._next()
            predicate = self._constant(verb if verb != "a" else f"<{RDF_TYPE}>")
            value = self._end(self._next())
            ends = {end for end in (subject, value) if isinstance(end, str)}
            if not ends & known and isinstance(subject, str) and isinstance(value, str):
                raise _Other
            known |= ends
            yield Pattern(subject, predicate, value)
            if not self._comes(";"):
                break
        self._comes(".")

    def _end(self, word: str) -> End:
        return self._variable(word) if word[0] in "?$" else self._constant(word)

    def _variable(self, word: str) -> str:
        if word[0] not in "?$" or word == f"?{THIS}":  # which is another one than `$this`
            raise _Other
        return word[1:]

    def _constant(self, word: str) -> ox.NamedNode:
        prefix, _, local = word.partition(":")
        try:
            return ox.NamedNode(word[1:-1] if word[0] == "<" else self._spaces[prefix] + local)
        except (KeyError, ValueError):
            raise _Other from None

    def _variables(self) -> Iterator[str]:
        while self._words and self._words[-1][0] == "?":
            yield self._variable(self._next())

    def _order(self) -> Iterator[tuple[str, bool]]:
        """Yield the variables of an ORDER BY; LANG stands before the words that it is about."""
        while self._words and (self._words[-1][0] == "?" or self._words[-1] == "LANG"):
            language = self._comes("LANG")
            name = self._bracketed() if language else self._variable(self._next())
            if language and self._variable(self._next()) != name:
                raise _Other
            yield name, language

    def _bracketed(self) -> str:
        self._take("(")
        name = self._variable(self._next())
        self._take(")")
        return name

    def _quoted(self) -> str:
        word = self._next()
        if word[0] != '"' or len(word) < 3:
            raise _Other
        return word[1:-1]

    def _new(self) -> str:
        name = self._variable(self._next())
        self._known.add(name)
        return name

    def _next(self) -> str:
        if not self._words:
            raise _Other
        return self._words.pop()

    def _comes(self, word: str) -> bool:
        """Tell whether a word comes next, and go past it."""
        found = bool(self._words) and self._words[-1].upper() == word
        if found:
            self._words.pop()
        return found

    def _take(self, *words: str) -> None:
        """Go past words that must come next."""
        if not all(map(self._comes, words)):
            raise _Other
