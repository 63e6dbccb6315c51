"""What a validation says: results, each with its place in the data and in the tables.

The graph uses the vocabulary of SHACL (https://www.w3.org/TR/shacl/#validation-report), with IRIs instead of
blank nodes, so that a result can be linked to.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

import pyoxigraph as px

from musnad.graph import to_turtle
from musnad.iri import DEFAULT_BASE, Minter
from musnad.vocabulary import PREFIXES, RDF_TYPE, prefixes

Severity = Literal["Violation", "Warning", "Info"]
SEVERITIES: Final[tuple[Severity, ...]] = ("Violation", "Warning", "Info")
_SH: Final = PREFIXES["sh"]


@dataclass(frozen=True, slots=True)
class ValidationResult:
    """One objection of a shape or a rule."""

    severity: Severity
    focus: str  # IRI of the node that is wrong
    message_en: str
    message_ar: str
    shape: str  # IRI of the shape or rule
    path: str = ""  # IRI of the property, or a SHACL path as text
    value: str = ""  # the wrong value as N-Triples writes it
    graph: str = ""  # IRI of the named graph
    file: str = ""  # name of the document's file
    table: str = ""  # table that gave the focus node
    row: int = 0  # row of that table, from 1; 0 where it is not known

    @property
    def key(self) -> tuple[int, str, str, str, str, str]:
        """Return what sorts the results: the gravest first, then by place."""
        rank = SEVERITIES.index(self.severity)
        return (rank, self.graph, self.focus, self.shape, self.path, self.value)

    def message(self, language: str) -> str:
        """Return what is wrong, in `ar` or in `en`."""
        return self.message_ar if language == "ar" else self.message_en

    @property
    def where(self) -> str:
        """Return the place, and the node."""
        return " ".join(part for part in (self.place, self.focus) if part)

    @property
    def place(self) -> str:
        """Return file, table and row, as far as they are known."""
        row = f"{self.table}:{self.row}" if self.row else ""
        return " ".join(part for part in (self.file, row) if part)


@dataclass(frozen=True, slots=True)
class Report:
    """All results of one validation, sorted, each once."""

    results: tuple[ValidationResult, ...] = ()
    graphs: int = 0  # how many named graphs were judged
    base: str = DEFAULT_BASE

    @classmethod
    def of(cls, results: Iterable[ValidationResult], graphs: int, base: str = DEFAULT_BASE) -> Report:
        """Return a report whose content does not depend on the order of the results."""
        return cls(tuple(sorted(set(results), key=lambda r: r.key)), graphs, base)

    @property
    def violations(self) -> tuple[ValidationResult, ...]:
        """Return the results for which the data are refused."""
        return tuple(result for result in self.results if result.severity == "Violation")

    @property
    def conforms(self) -> bool:
        """Tell whether the data may be published: no result is a violation."""
        return not self.violations

    def counts(self) -> dict[Severity, int]:
        """Return the number of results of each severity."""
        found = Counter(result.severity for result in self.results)
        return {severity: found[severity] for severity in SEVERITIES}

    def triples(self) -> Iterator[px.Triple]:
        """Yield the report as a SHACL report graph; `sh:conforms` means no result of any severity."""
        mint = Minter(self.base)
        names = [mint.report(*map(str, result.key)) for result in self.results]
        report = px.NamedNode(mint.report("report", *names))
        yield _triple(report, RDF_TYPE, px.NamedNode(_SH + "ValidationReport"))
        conforms = px.Literal(
            "false" if self.results else "true", datatype=px.NamedNode(PREFIXES["xsd"] + "boolean")
        )
        yield _triple(report, _SH + "conforms", conforms)
        for name, result in zip(names, self.results, strict=True):
            yield _triple(report, _SH + "result", px.NamedNode(name))
            yield from _result_triples(px.NamedNode(name), result)

    def to_turtle(self) -> str:
        """Return the report graph as Turtle."""
        return to_turtle(self.triples(), prefixes(self.base))


def _triple(subject: px.NamedNode, predicate: str, value: px.NamedNode | px.Literal) -> px.Triple:
    return px.Triple(subject, px.NamedNode(predicate), value)


def _result_triples(node: px.NamedNode, result: ValidationResult) -> Iterator[px.Triple]:
    yield _triple(node, RDF_TYPE, px.NamedNode(_SH + "ValidationResult"))
    yield _triple(node, _SH + "resultSeverity", px.NamedNode(_SH + result.severity))
    yield _triple(node, _SH + "sourceShape", px.NamedNode(result.shape))
    yield _triple(node, _SH + "focusNode", term_of(result.focus))
    yield _triple(node, _SH + "resultMessage", px.Literal(result.message_en, language="en"))
    yield _triple(node, _SH + "resultMessage", px.Literal(result.message_ar, language="ar"))
    if result.path:
        yield _triple(node, _SH + "resultPath", term_of(result.path))
    if result.value:
        yield _triple(node, _SH + "value", px.Literal(result.value))
    if result.graph:
        yield _triple(node, PREFIXES["prov"] + "wasDerivedFrom", px.NamedNode(result.graph))
    if result.place:
        yield _triple(node, PREFIXES["dcterms"] + "source", px.Literal(result.place))


def term_of(text: str) -> px.NamedNode | px.Literal:
    """Return an IRI where the text is one, else the text as a literal (a blank node, a path)."""
    try:
        return px.NamedNode(text)
    except ValueError:
        return px.Literal(text)
