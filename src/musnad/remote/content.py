"""What a graph holds, in three numbers that any SPARQL 1.1 server can count: triples, and two sums of hashes.

Each triple is hashed; the first digits of all hashes are added up, so that neither order nor engine matters.
Both sums together are 56 bits: a graph that differs in anything has others, but for one in 10^16. Some
servers hash letters beyond Latin in a way of their own; what seems to differ is therefore read back. Chosen
over (a) counts alone, which a changed date passes, (b) GROUP_CONCAT of the hashes, whose order no server
promises, and (c) fetching the graphs back, which moves every byte twice.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

import pyoxigraph as px

from musnad.remote.client import Remote

_DIGITS: Final = "0123456789abcdef"
_WIDTH: Final = 7  # digits of one sum: 28 bits, so that billions of them fit into 64
_SUMS: Final = 2
_BATCH: Final = 50  # graphs asked of at once


@dataclass(frozen=True, slots=True)
class Content:
    """The number of triples of a graph, and the sums of their hashes."""

    triples: int
    sums: tuple[int, ...]

    @classmethod
    def of_all(cls, contents: Collection[Content]) -> Content:
        """Return what several graphs come to together."""
        sums = [sum(each.sums[place] for each in contents) for place in range(_SUMS)]
        return cls(sum(each.triples for each in contents), tuple(sums))

    @property
    def digest(self) -> str:
        """Return the numbers as one word."""
        return hashlib.sha256(repr((self.triples, *self.sums)).encode("ascii")).hexdigest()[:16]


def content_of(quads: Iterable[px.Quad]) -> Content:
    """Return what the triples of one graph come to; each triple is given once.

    >>> node = px.NamedNode("http://example.org/")
    >>> content_of([px.Quad(node, node, px.Literal("o", language="en"))]).triples
    1
    """
    triples, sums = 0, [0] * _SUMS
    for quad in quads:
        digits = hashlib.md5(_words(quad).encode("utf-8"), usedforsecurity=False).hexdigest()
        triples += 1
        for place in range(_SUMS):
            sums[place] += int(digits[place * _WIDTH : (place + 1) * _WIDTH], 16)
    return Content(triples, tuple(sums))


def contents_at(remote: Remote, graphs: Sequence[str]) -> Iterator[tuple[str, Content]]:
    """Yield what some graphs of a server hold; a graph that it has not is left out."""
    for start in range(0, len(graphs), _BATCH):
        values = " ".join(f"<{graph}>" for graph in graphs[start : start + _BATCH])
        for row in remote.select(_QUERY.replace("$graphs", values)):
            yield (
                row["graph"].value,
                Content(
                    int(row["triples"].value), tuple(int(Decimal(row[f"sum{n}"].value)) for n in range(_SUMS))
                ),
            )


def sizes_at(remote: Remote) -> dict[str, int]:
    """Return how many triples each graph of a server has."""
    query = "SELECT ?graph (COUNT(*) AS ?triples) { GRAPH ?graph { ?s ?p ?o } } GROUP BY ?graph"
    return {row["graph"].value: int(row["triples"].value) for row in remote.select(query)}


def _words(quad: px.Quad) -> str:
    """Return a triple as the query writes it."""
    term = quad.object
    subject = quad.subject.value if isinstance(quad.subject, px.NamedNode) else str(quad.subject)
    if not isinstance(term, px.Literal):
        kind, value = "<", term.value if isinstance(term, px.NamedNode) else str(term)
    else:
        kind = f"@{term.language.lower()}" if term.language else f"^{term.datatype.value}"
        value = term.value
    return f"{subject} {quad.predicate.value} {kind} {value}"


def _number(place: int) -> str:
    """Return the expression of the number that some digits of `?hash` write."""
    digits = range(place * _WIDTH, (place + 1) * _WIDTH)
    return " + ".join(
        f'{16 ** (digits[-1] - digit)} * STRLEN(STRBEFORE("{_DIGITS}", SUBSTR(?hash, {digit + 1}, 1)))'
        for digit in digits
    )


_QUERY: Final = (
    "SELECT ?graph (COUNT(*) AS ?triples) "
    + " ".join(f"(SUM({_number(n)}) AS ?sum{n})" for n in range(_SUMS))
    + """ WHERE {
  VALUES ?graph { $graphs }
  GRAPH ?graph { ?s ?p ?o }
  BIND(IF(isIRI(?o), "", LANG(?o)) AS ?tag)
  BIND(IF(isIRI(?o), "<", IF(?tag = "", CONCAT("^", STR(DATATYPE(?o))), CONCAT("@", LCASE(?tag)))) AS ?kind)
  BIND(MD5(CONCAT(STR(?s), " ", STR(?p), " ", ?kind, " ", STR(?o))) AS ?hash)
} GROUP BY ?graph"""
)
