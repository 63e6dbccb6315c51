"""From the tables of a build to its quads: what the rows give, our terms, and what the views derive.

Chosen over (a) one file for each, which every reader would have to join, and (b) views in the store alone,
which no dump would have.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import Quad

from musnad.errors import ProjectError
from musnad.graph import in_graph, read_rdf, to_nquads
from musnad.mapping import compile_mapping, map_rows, read_mappings
from musnad.release import derive
from musnad.store import Store
from musnad.tables.columns import TABLES
from musnad.tables.files import read_json_lines

if TYPE_CHECKING:
    from musnad.build.stages import Stages


def write_quads(stages: Stages, tables: Path, out: Path) -> int:
    """Write the quads of the tables, of the ontology and of the views; return their number."""
    if not (tables / "documents.jsonl").is_file():
        raise ProjectError(tables, "has no documents.jsonl", "run: musnad tables DOCUMENTS -o TABLES")
    project, base = stages.project, stages.config.base
    compiled = compile_mapping(read_mappings(project.rdf_mappings), base)
    rows = ((table, row) for table in TABLES for row in read_json_lines(tables / f"{table}.jsonl"))
    out.parent.mkdir(parents=True, exist_ok=True)
    with out.open("wb") as file:
        for chunk in map_rows(stages.progress(rows, "mapping"), compiled):
            file.write(chunk)
    _append(out, in_graph(read_rdf(project.ontology, base), stages.config.minter.graph("ontology")))
    store = Store.open(base=base)
    store.load(out)
    derived = list(derive(store, project.views, stages.config.minter))
    _append(out, derived)
    return store.count() + len(derived)


def _append(nquads: Path, quads: Iterable[Quad]) -> None:
    with nquads.open("ab") as file:
        file.write(to_nquads(quads).encode("utf-8"))
