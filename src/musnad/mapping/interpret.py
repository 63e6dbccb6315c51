"""One row at a time, term by term: the meaning of a mapping, and the place of what is wrong with a row.

The generated code is fast and says little; when it stumbles over a row, this slow reading of the same
mapping says which column is to blame. The tests hold the two to the same quads.
"""

from __future__ import annotations

from collections.abc import Iterator

from musnad.errors import UnmappedRow
from musnad.mapping.terms import Parts, Reference, TermMap, TriplesMap
from musnad.mapping.values import Iris, Tags, lexical, natural, quoted, safe
from musnad.tables.columns import Row


def row_quads(each: TriplesMap, row: Row) -> Iterator[bytes]:
    """Yield the quads of one triples map for one row; a quad may come twice."""
    subject = term(each.subject, row)
    if subject is None:
        return
    everywhere = [_graph(graph, row) for graph in each.graphs]
    own = {id(pair): [_graph(graph, row) for graph in pair.graphs] for pair in each.pairs}
    for pair in each.pairs:
        if _is_absent(pair.predicate, row) or _is_absent(pair.object, row):
            continue
        predicate, thing = term(pair.predicate, row), term(pair.object, row)
        for graph in [*everywhere, *own[id(pair)]] or [b""]:
            yield b" ".join(filter(None, (subject, predicate, thing, graph))) + b" .\n"


def _graph(graph: TermMap, row: Row) -> bytes:
    written = term(graph, row)
    if written is None:
        raise UnmappedRow(f"column {graph.key.columns[0]}", "no graph", "every quad stands in a named graph")
    return written


def _is_absent(given: TermMap, row: Row) -> bool:
    return any(row.get(column) is None for column in given.key.columns)


def term(given: TermMap, row: Row) -> bytes | None:
    """Return the term of a row in N-Quads, None where a column that it needs is null."""
    if _is_absent(given, row):
        return None
    try:
        return _term(given, row)
    except UnmappedRow as error:
        where = ", ".join(f"column {column}" for column in given.key.columns)
        raise UnmappedRow(where or "constant", f"{error.where} is {error.problem}", error.remedy) from None


def _term(given: TermMap, row: Row) -> bytes:
    only = given.parts[0] if len(given.parts) == 1 else None
    value = row[only.column] if isinstance(only, Reference) else None
    if given.type == "iri":
        text = _joined(given.parts, row, escape=True) if value is None else value
        return Iris()[text]
    if value is None:
        text = quoted(_joined(given.parts, row, escape=False))
    elif not given.datatype and not given.language:
        return natural(value)
    else:
        text = quoted(value, given.datatype)
    if given.language:
        return text + Tags()[_joined(given.language, row, escape=False)]
    plain = given.datatype in {"", "http://www.w3.org/2001/XMLSchema#string"}
    return text if plain else text + b"^^" + Iris()[given.datatype]


def _joined(parts: Parts, row: Row, escape: bool) -> str:
    write = safe if escape else lexical
    return "".join(part if isinstance(part, str) else write(row[part.column]) for part in parts)
