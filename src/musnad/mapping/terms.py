"""A mapping as values: which terms the rows of a table give, before any code is generated.

The form is that of RML-Core (https://kg-construct.github.io/rml-core/spec/docs/): triples maps of term maps,
each a constant, a reference or a template. Chosen over (a) generating code straight from YAML, where no
check could look at the whole, and (b) RML in RDF, which would cost a graph for what nine dataclasses hold.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

TermType = Literal["iri", "literal"]


@dataclass(frozen=True, slots=True)
class Reference:
    """A column whose value stands in the term."""

    column: str


Parts = tuple[str | Reference, ...]


def has_reference(parts: Parts) -> bool:
    """Tell whether a row has a say in the parts."""
    return any(isinstance(part, Reference) for part in parts)


def write_parts(parts: Parts) -> str:
    """Return the parts as a mapping writes them."""
    return "".join(part if isinstance(part, str) else f"$({part.column})" for part in parts)


@dataclass(frozen=True, slots=True)
class TermMap:
    """How a term is made of constants and references, alternately."""

    parts: Parts
    type: TermType
    line: int
    datatype: str = ""  # IRI, "" for the natural one
    language: Parts = ()

    @property
    def key(self) -> Key:
        """Return what makes the term the same as another."""
        return Key(self.parts, self.type, self.datatype, self.language)


@dataclass(frozen=True, slots=True)
class Key:
    """What makes two term maps the same, wherever they are written."""

    parts: Parts
    type: TermType
    datatype: str
    language: Parts

    @property
    def constant(self) -> bool:
        """Tell whether no row has a say in the term."""
        return not has_reference(self.parts) and not has_reference(self.language)

    @property
    def columns(self) -> tuple[str, ...]:
        """Return the columns that the term needs, each once, in order."""
        found = [part.column for part in self.parts + self.language if isinstance(part, Reference)]
        return tuple(dict.fromkeys(found))

    @property
    def label(self) -> str:
        """Return the term as a mapping writes it, IRIs in full.

        >>> Key((Reference("title"),), "literal", "", ("ar",)).label
        '$(title), ar~lang'
        """
        text = write_parts(self.parts) + ("~iri" if self.type == "iri" else "")
        if self.language:
            return f"{text}, {write_parts(self.language)}~lang"
        return f"{text}, {self.datatype}" if self.datatype else text


@dataclass(frozen=True, slots=True)
class PredicateObject:
    """One predicate with one object, and the graphs that they need beside those of the subject."""

    predicate: TermMap
    object: TermMap
    graphs: tuple[TermMap, ...] = ()


@dataclass(frozen=True, slots=True)
class TriplesMap:
    """The quads that each row of one table gives about one subject."""

    name: str
    path: Path
    line: int
    source: Source
    subject: TermMap
    graphs: tuple[TermMap, ...]
    pairs: tuple[PredicateObject, ...]

    @property
    def table(self) -> str:
        """Return the table whose rows are mapped."""
        return self.source.table

    def terms(self) -> Iterator[TermMap]:
        """Yield every term map, the subject first."""
        yield self.subject
        yield from self.graphs
        for pair in self.pairs:
            yield pair.predicate
            yield pair.object
            yield from pair.graphs

    def columns(self) -> dict[str, int]:
        """Return each column that is referred to, with the first line that does."""
        found: dict[str, int] = {}
        for term in self.terms():
            for column in term.key.columns:
                found.setdefault(column, term.line)
        return found


@dataclass(frozen=True, slots=True)
class Source:
    """Where rows come from: a file named after its table."""

    access: str
    formulation: Literal["jsonpath", "csv"]

    @property
    def table(self) -> str:
        """Return the name of the table: that of the file, without folder and ending.

        >>> Source("data/claims.json", "jsonpath").table
        'claims'
        """
        return Path(self.access).stem


@dataclass(frozen=True, slots=True)
class Ignored:
    """The columns that give no triple: table → column → reason."""

    path: Path
    columns: dict[str, dict[str, str]]


@dataclass(frozen=True, slots=True)
class Mapping:
    """All triples maps of a folder or a file; a project's folder also accounts for what gives no triple."""

    maps: tuple[TriplesMap, ...]
    ignored: Ignored | None = None

    @property
    def tables(self) -> tuple[str, ...]:
        """Return the tables that are mapped, each once, in the order of the files."""
        return tuple(dict.fromkeys(each.table for each in self.maps))
