"""The validation itself: pySHACL for every named graph, then the rules over the whole store.

Measured (`bench/validation.py`): the shapes take 50 ms of CPU for a small document, 0.1 s for one of 600
triples, 20 ms of it the fixed cost of a call, 6,000 quads a second in all; the 21 rules together take 1.2 s
for 500,000 quads. The entities of the authority are judged in their own
graph, once, and not with every document that names them: no shape looks beyond its graph.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any, Final, cast

import pyshacl
import rdflib
from pyshacl.errors import ReportableRuntimeError, ShapeLoadError
from rdflib import SH
from rdflib.term import Literal, Node

from musnad.errors import ShapeError
from musnad.iri import DEFAULT_BASE, Minter
from musnad.store import Store
from musnad.validation.bridge import graph_of
from musnad.validation.places import files_of_graphs, rows_of
from musnad.validation.report import Report, Severity, ValidationResult
from musnad.validation.rules import Rule
from musnad.validation.shapes import Shapes

# Derived triples; the description, which is judged apart; what the last validation said.
_NOT_JUDGED: Final = frozenset({"reported", "dataset", "report"})
Judge = Callable[[str], Iterable[ValidationResult]]


def validate(
    store: Store,
    shapes: Shapes,
    rules: Sequence[Rule],
    tables: Path | None = None,
    base: str = DEFAULT_BASE,
) -> Report:
    """Return what the shapes and rules object to.

    Every result tells the named graph and the document's file; with `tables`, the folder of the JSON Lines
    files that the quads were made from, also the table and its row.
    """
    ruled = (result for rule in rules for result in rule.results(store))
    return validate_by(partial(judge_graph, store, shapes), ruled, store, tables, base)


def validate_by(
    judge_one: Judge,
    ruled: Iterable[ValidationResult],
    store: Store,
    tables: Path | None = None,
    base: str = DEFAULT_BASE,
) -> Report:
    """Return what `validate` does, where something else judges each named graph, and `ruled` the whole."""
    skipped = {Minter(base).graph(name) for name in _NOT_JUDGED}
    graphs = [graph for graph in store.graphs() if graph not in skipped]
    found = [result for graph in graphs for result in judge_one(graph)]
    found += ruled
    return Report.of(_placed(found, store, tables), len(graphs), base)


def judge_graph(store: Store, shapes: Shapes, graph: str) -> Iterator[ValidationResult]:
    """Yield what the shapes object to in one named graph."""
    yield from judge(graph_of(store.quads(graph)), shapes, graph)


def judge(data: rdflib.Graph, shapes: Shapes, graph: str = "") -> Iterator[ValidationResult]:
    """Yield what the shapes object to in an rdflib graph, or raise ShapeError."""
    try:
        # pySHACL types its answer as a union that depends on options which we never pass
        answer: Any = pyshacl.validate(data, shacl_graph=shapes.graph, inplace=True)
    except (ReportableRuntimeError, ShapeLoadError) as error:
        raise ShapeError(shapes.folder, str(error)) from None
    _, report, text = answer
    if not isinstance(report, rdflib.Graph):
        raise ShapeError(shapes.folder, f"pySHACL gave up: {text}")
    for node in report.objects(None, SH.result):
        yield _result(report, node, graph)


def _result(report: rdflib.Graph, node: Node, graph: str) -> ValidationResult:
    def one(name: str) -> Node | None:
        return report.value(node, SH[name])

    messages = {m.language: str(m) for m in report.objects(node, SH.resultMessage) if isinstance(m, Literal)}
    severity = str(one("resultSeverity")).rpartition("#")[2]
    path, value = one("resultPath"), one("value")
    return ValidationResult(
        cast("Severity", severity),
        str(one("focusNode")),
        messages.get("en", ""),
        messages.get("ar", ""),
        str(one("sourceShape")),
        str(path) if path is not None else "",
        value.n3() if value is not None else "",
        graph,
    )


def _placed(
    found: Iterable[ValidationResult], store: Store, tables: Path | None
) -> Iterator[ValidationResult]:
    results = list(found)
    if not results:
        return
    files = files_of_graphs(store)
    rows = rows_of({result.focus for result in results}, tables) if tables else {}
    for result in results:
        table, row = rows.get(result.focus, ("", 0))
        yield replace(result, file=files.get(result.graph, ""), table=table, row=row)
