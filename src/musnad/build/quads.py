"""From the tables of a build to its quads: what the rows give, our terms, and what the views derive.

The file is sorted, each line once, so that two builds can be compared as they are read. Chosen over (a) one
file for each of the three, which every reader would have to join, and (b) views in the store alone, which no
dump would have.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import Quad

from musnad.build.following import follow_quads, note_mapped
from musnad.build.loading import load
from musnad.errors import ProjectError
from musnad.graph import in_graph, read_rdf, to_nquads
from musnad.mapping import compile_mapping, map_rows, read_mappings
from musnad.release import Sorter, derive
from musnad.store import Store, file_digest, mark_loaded
from musnad.tables.columns import TABLES
from musnad.tables.files import read_json_lines

if TYPE_CHECKING:
    from musnad.build.stages import Stages


def write_quads(stages: Stages, tables: Path, out: Path, store: Path | None = None) -> int:
    """Write the quads of the tables, of the ontology and of the views, sorted; return their number.

    The views are asked of a store on the disk, since memory would not hold every dataset; where a folder is
    given for it, it is left there, with all quads of the file.
    """
    if not (tables / "documents.jsonl").is_file():
        raise ProjectError(tables, "has no documents.jsonl", "run: musnad tables DOCUMENTS -o TABLES")
    project, base = stages.project, stages.config.base
    compiled = compile_mapping(read_mappings(project.rdf_mappings), base)
    out.parent.mkdir(parents=True, exist_ok=True)
    number = follow_quads(stages, compiled, tables, out, store) if store else None
    if number is not None:
        return number
    rows = ((table, row) for table in TABLES for row in read_json_lines(tables / f"{table}.jsonl"))
    with _sorting(out) as sorter:
        for chunk in map_rows(stages.progress(rows, "mapping"), compiled):
            sorter.extend(_lines(chunk))
        terms = in_graph(read_rdf(project.ontology, base), stages.config.minter.graph("ontology"))
        sorter.extend(_lines_of(terms))
        _write(sorter, out)
        with _kept(out, store) as place:
            number = _derive(stages, sorter, out, place)
            note_mapped(stages, place)
            return number


def _derive(stages: Stages, sorter: Sorter, out: Path, place: Path) -> int:
    """Write what the views derive from a file into it too, and all of it into a store; return the number."""
    project, config = stages.project, stages.config
    load(stages.last, out, place, config.minter, [path.stem for path in project.views.glob("*.rq")])
    store = Store.open(place, base=config.base)
    number = store.count()
    derived = list(derive(store, project.views, config.minter))
    sorter.extend(_lines_of(derived))
    _write(sorter, out)
    store.extend(derived)
    del store
    mark_loaded(place, file_digest(out))
    return number + len(derived)


@contextmanager
def _kept(out: Path, store: Path | None) -> Iterator[Path]:
    """Give a folder for a store: the one that is asked for, or one beside a file that is gone at the end."""
    place = store or out.with_name(f".{out.name}.store")
    try:
        yield place
    finally:
        if store is None:
            shutil.rmtree(place, ignore_errors=True)


@contextmanager
def _sorting(out: Path) -> Iterator[Sorter]:
    """Give a sorter that works beside a file, and leaves nothing there."""
    work = out.with_name(f".{out.name}.sorting")
    work.mkdir(exist_ok=True)
    try:
        yield Sorter(work, "quads")
    finally:
        shutil.rmtree(work)


def _write(sorter: Sorter, out: Path) -> None:
    with out.open("wb") as file:
        file.writelines(sorter)


def _lines_of(quads: Iterable[Quad]) -> list[bytes]:
    return _lines(to_nquads(quads).encode("utf-8"))


def _lines(chunk: bytes) -> list[bytes]:
    """Return the lines of a chunk, each with its end; a line feed within a literal is written out."""
    return [line + b"\n" for line in chunk.split(b"\n") if line]
