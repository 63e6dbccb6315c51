"""The queries of pages, and their answers.

A query is a file of `publish/queries/`; `$this` stands for the thing that the page is about, and the prefixes
of `vocabulary` are known. The IRI is put into the text as a whole term, checked. Chosen over (a) pyoxigraph's
substitutions, which are joined late and do not reach BIND, OPTIONAL and subqueries, and (b) queries in
Python, which nobody but a programmer can change.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from musnad.config import read_text
from musnad.errors import DataError, QueryError, TemplateError
from musnad.site.traces import asked, listed
from musnad.site.values import Row, to_value
from musnad.site.walk_reader import read_walk
from musnad.site.walks import Walk
from musnad.store import Solutions, Store
from musnad.store_texts import Term
from musnad.vocabulary import prefixes

THESE: Final = "$these"
_MOST_TOLD: Final = 4_000  # rows of one further query, 5 MB
_THIS: Final = re.compile(r"\$this\b")
_IRI: Final = re.compile(r"https?://[^\x00-\x20<>\"{}|^`\\]+\Z")
_PREFIX: Final = re.compile(r"(?<![\w?$:-])([A-Za-z][\w-]*):(?=\w)")


@dataclass(frozen=True, slots=True)
class Query:
    """A SELECT query and the names that it gives to a template."""

    name: str
    text: str
    variables: tuple[str, ...]
    walk: Walk | None = None  # where the query is answered without SPARQL

    @property
    def variable(self) -> str:
        """Return the name under which a template finds the rows."""
        return self.name.rpartition("/")[2].replace("-", "_")

    @property
    def about(self) -> bool:
        """Tell whether the answers depend on the thing that the page is about."""
        return len(_parts(self.text)) > 1


def read_query(path: Path, name: str, base: str) -> Query:
    """Return a query that parses, or raise TemplateError naming the file."""
    text = read_text(path)
    try:
        answer = Store.open(base=base).query(text.replace(THESE, ""))
    except QueryError as error:
        raise TemplateError(path, f"not a SPARQL query: {error.problem}") from None
    if not isinstance(answer, Solutions):
        raise TemplateError(path, "the query of a page must be a SELECT")
    return Query(name, text, answer.variables, read_walk(text, base))


def is_iri(text: str) -> bool:
    """Tell whether text is an http IRI that SPARQL can hold as it stands."""
    return bool(_IRI.match(text))


def bind(text: str, this: str) -> str:
    """Return a query with the IRI in the place of `$this`.

    >>> bind("SELECT ?o { $this ?p ?o }", "https://example.org/a")
    'SELECT ?o { <https://example.org/a> ?p ?o }'
    """
    if not this:
        return text
    if not is_iri(this):
        raise DataError(this, "not an IRI")
    return f"<{this}>".join(_parts(text))


@lru_cache(maxsize=1_024)
def _parts(text: str) -> tuple[str, ...]:
    """Return what stands around each `$this` of a query; every page asks the same queries."""
    return tuple(_THIS.split(text))


def with_prefixes(text: str, base: str) -> str:
    """Return a query with the PREFIX lines that it needs, so that it can be sent as it stands.

    >>> print(with_prefixes("SELECT ?c { ?c a msn:Claim }", "https://example.org/"))
    PREFIX msn: <https://example.org/ontology#>
    SELECT ?c { ?c a msn:Claim }
    """
    bare = re.sub(r"#[^\n]*|<[^>\s]*>|\"[^\"\n]*\"|'[^'\n]*'", " ", text)
    used = set(_PREFIX.findall(bare))
    lines = [f"PREFIX {name}: <{iri}>" for name, iri in prefixes(base).items() if name in used]
    return "\n".join([*lines, text])


@dataclass(frozen=True, slots=True)
class Answers:
    """Puts the queries of pages to a store."""

    store: Store
    told: dict[str, dict[str, Row]] = field(default_factory=dict)  # by a further query, and by what it is of

    def rows(self, query: Query, this: str = "", *, wide: bool = False) -> list[Row]:
        """Return the answers in the order of the query.

        What is about no thing, or `wide` for another reason, has rows of claims all over the data.
        """
        self.store.note(query.name, this)
        walked = self._walked(query.walk, this) if query.walk and this else None
        if walked is None:
            text = bind(query.text, this)
            told = listed(self.store, text) if wide or not query.about else asked(self.store, text)
            return [Row({name: row.get(name) for name in query.variables}) for row in told]
        return [
            Row({name: to_value(term) for name, term in zip(query.variables, row, strict=True)})
            for row in walked
        ]

    def _walked(self, walk: Walk, this: str) -> list[tuple[Term | None, ...]] | None:
        """Return what a walk finds in a store that is here; None where it has to be asked in SPARQL."""
        store = self.store.native
        if not isinstance(store, ox.Store):
            return None
        try:
            return walk.rows(store, ox.NamedNode(this))
        except ValueError:  # no IRI
            return None

    def more(self, query: Query, lists: Sequence[Sequence[Row]]) -> list[list[Row]]:
        """Return what a query tells of the first values of the rows of some lists, in their order."""
        these = [[str(next(iter(row))) for row in rows] for rows in lists]
        every = dict.fromkeys(iri for some in these for iri in some)
        for iri in every:
            self.store.note(query.name, iri)
        known = self.told.setdefault(query.name, {})
        told = {iri: known[iri] for iri in every if iri in known}
        terms = " ".join(f"<{iri}>" for iri in every if iri not in told and is_iri(iri))
        for row in self._rows(query, query.text.replace(THESE, terms)) if terms else ():
            told.setdefault(str(next(iter(row))), row)
        if len(known) + len(told) > _MOST_TOLD:
            known.clear()
        known.update(told)
        return [[told[iri] for iri in some if iri in told] for some in these]

    def _rows(self, query: Query, text: str) -> list[Row]:
        return [
            Row({name: to_value(answer.get(name)) for name in query.variables})
            for answer in self.store.select(text)
        ]
