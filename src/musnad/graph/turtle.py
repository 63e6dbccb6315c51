"""Turtle and TriG for readers: one block a resource, only the prefixes that are used.

Turtle: https://www.w3.org/TR/turtle/, TriG: https://www.w3.org/TR/trig/. The text is the same for the same
set of statements. It takes about 2 s of CPU for 100,000 triples (`bench/validation.py`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

import pyoxigraph as px

from musnad.graph.order import by_predicate, ranked_subjects
from musnad.graph.terms import Names, Statement, Term, by_subject
from musnad.vocabulary import PREFIXES, RDF_TYPE

_WIDTH: Final = 90
_REIFICATION: Final = tuple(PREFIXES["rdf"] + name for name in ("subject", "predicate", "object"))
_REIFIES: Final = PREFIXES["rdf"] + "reifies"


def to_turtle(statements: Iterable[Statement], prefixes: Mapping[str, str]) -> str:
    r"""Return a graph as Turtle; of quads, all graphs merged.

    >>> me = px.NamedNode("https://example.org/me")
    >>> name = px.NamedNode("https://schema.org/name")
    >>> print(to_turtle([px.Triple(me, name, px.Literal("فلان", language="ar"))], {"s": "https://schema.org/"}))
    @prefix s: <https://schema.org/> .
    <BLANKLINE>
    <https://example.org/me> s:name "فلان"@ar .
    <BLANKLINE>
    """
    names = Names(prefixes)
    blocks = list(turtle_blocks(statements, names))
    return turtle_head(names, prefixes) + "\n".join(blocks)


def to_trig(quads: Iterable[px.Quad], prefixes: Mapping[str, str]) -> str:
    """Return a dataset as TriG: the default graph first, then the named graphs by IRI."""
    names = Names(prefixes)
    graphs: dict[px.NamedNode | px.BlankNode | px.DefaultGraph, list[px.Quad]] = {}
    for quad in quads:
        graphs.setdefault(quad.graph_name, []).append(quad)
    parts = list(turtle_blocks(graphs.pop(px.DefaultGraph(), []), names))
    for graph in sorted(graphs, key=str):
        inner = "\n".join(turtle_blocks(graphs[graph], names, "    "))
        name = names.iri(graph.value) if isinstance(graph, px.NamedNode) else str(graph)
        parts.append(f"{name} {{\n{inner}}}\n")
    return turtle_head(names, prefixes) + "\n".join(parts)


def turtle_head(names: Names, prefixes: Mapping[str, str]) -> str:
    """Return the lines before the blocks: the prefixes that were used."""
    lines = [f"@prefix {name}: <{prefixes[name]}> ." for name in sorted(names.used)]
    return "\n".join(lines) + "\n\n" if lines else ""


def turtle_blocks(statements: Iterable[Statement], names: Names, indent: str = "") -> Iterator[str]:
    """Yield one block of text for each subject, in reading order; `names` learns the prefixes used."""
    for _, block in ranked_blocks(statements, names, indent):
        yield block


def ranked_blocks(
    statements: Iterable[Statement], names: Names, indent: str = "", *, reified: bool = False
) -> Iterator[tuple[int, str]]:
    """Yield the blocks of a graph in reading order, each with the rank of its resource.

    With `reified`, what has a subject, a predicate and an object in the vocabulary of reification stands as
    the reifier of a triple term (https://www.w3.org/TR/rdf12-turtle/#triple-terms): said of, not asserted.
    """
    subjects = by_subject(statements)
    for rank, subject in ranked_subjects(subjects, names):
        pairs = subjects[subject]
        first, rest = _reifying(pairs, names) if reified else ("", pairs)
        yield rank, _block(names.term(subject), first, rest, names, indent)


def _reifying(pairs: list[tuple[str, Term]], names: Names) -> tuple[str, list[tuple[str, Term]]]:
    """Return the line that reifies a triple term, and the pairs that it leaves; no line where none can."""
    given = {predicate: thing for predicate, thing in pairs if predicate in _REIFICATION}
    terms = [given.get(predicate) for predicate in _REIFICATION]
    named = all(isinstance(term, px.NamedNode) for term in terms[:2])
    if not named or terms[2] is None or sum(predicate in given for predicate, _ in pairs) > len(given):
        return "", pairs
    words = " ".join(names.term(term) for term in terms if term is not None)
    rest = [pair for pair in pairs if pair[0] not in given]
    return f"{names.iri(_REIFIES)} <<( {words} )>>", rest


def _block(subject: str, first: str, pairs: list[tuple[str, Term]], names: Names, indent: str) -> str:
    lines, far = [first] if first else [], f",\n{indent}        "
    for predicate, values in by_predicate(pairs, names):
        verb = "a" if predicate == RDF_TYPE else names.iri(predicate)
        things = [names.term(thing) for thing in values]
        short = sum(map(len, things)) <= _WIDTH
        lines.append(f"{verb} {(', ' if short else far).join(things)}")
    return f"{indent}{subject} " + f" ;\n{indent}    ".join(lines) + " .\n"
