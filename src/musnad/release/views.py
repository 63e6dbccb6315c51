"""Derived graphs: one CONSTRUCT query a file, whose triples go to the named graph of the file's name."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as px

from musnad.config import read_text
from musnad.errors import ProjectError, QueryError
from musnad.graph import rebase
from musnad.iri import Minter
from musnad.store import Store, Triples


def derive(store: Store, folder: Path, minter: Minter | None = None) -> Iterator[px.Quad]:
    """Yield the quads of every view: `reported.rq` fills `graph/reported`; nothing is added to the store."""
    mint = minter or Minter()
    for path in sorted(folder.glob("*.rq")):
        graph = px.NamedNode(mint.graph(path.stem))
        try:
            answer = store.query(rebase(read_text(path), mint.base))
        except QueryError as error:
            raise ProjectError(path, error.problem) from None
        if not isinstance(answer, Triples):
            raise ProjectError(path, "a view is a CONSTRUCT query")
        for triple in sorted(set(answer), key=str):
            yield px.Quad(triple.subject, triple.predicate, triple.object, graph)
