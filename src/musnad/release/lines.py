"""The quads of a release as canonical lines, and the parts of such a line.

A line is the canonical form of a quad (https://www.w3.org/TR/rdf-canon/#canonical-quads). What we publish has
no blank nodes, and RDFC-1.0 renames nothing else: the sorted lines are the canonical form of the dataset, and
their SHA-256 is its canonical hash. So anybody can check the identity of a release with `sha256sum`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pyoxigraph as px

from musnad.errors import DataError


class Parts(NamedTuple):
    """A canonical line cut: IRI of the subject's resource (before `#`), triple, IRI of the graph or b""."""

    root: bytes
    triple: bytes  # as a line of N-Triples, without its end
    graph: bytes


def canonical_lines(nquads: Path, without: str) -> Iterator[bytes]:
    """Yield the quads of a file as canonical lines, in the order of the file, but for those of one graph.

    Raises DataError where the file is not N-Quads, has a blank node or a triple term.
    """
    left_out = px.NamedNode(without)
    plain = (px.NamedNode, px.Literal)
    try:
        for quad in px.parse(path=str(nquads), format=px.RdfFormat.N_QUADS):
            if quad.graph_name == left_out:
                continue
            named = isinstance(quad.subject, px.NamedNode) and isinstance(quad.object, plain)
            if not named or isinstance(quad.graph_name, px.BlankNode):
                raise DataError(nquads, f"a blank node or a triple term: {quad}", "give it an IRI")
            yield f"{quad} .\n".encode()
    except SyntaxError as error:
        raise DataError(f"{nquads}:{error.lineno or '?'}", f"not N-Quads: {error.msg}") from None
    except OSError as error:
        raise DataError(nquads, f"cannot be read: {error}") from None


def cut(line: bytes) -> Parts:
    r"""Return the parts of a canonical line.

    >>> cut(b'<http://e/a#b> <http://e/p> "x y"@ar <http://e/g> .\n')
    Parts(root=b'http://e/a', triple=b'<http://e/a#b> <http://e/p> "x y"@ar', graph=b'http://e/g')
    """
    space = line.index(b" ")
    root = line[1 : space - 1].partition(b"#")[0]
    value = line.index(b" ", space + 1) + 1
    end = line.index(
        b" ", line.rindex(b'"') if line[value] == 0x22 else value
    )  # no IRI holds a quotation mark
    return Parts(root, line[:end], line[end + 2 : -4])


def keyed(line: bytes, *keys: bytes) -> bytes:
    """Return a line that sorts by some keys first; no canonical line holds U+0000."""
    return b"\0".join((*keys, line))
