"""The judgement of a build: its report as files, and as quads for the pages that tell of it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from musnad.build.cached import cached_judge, ground_of_validation
from musnad.graph import in_graph
from musnad.store import Store
from musnad.validation import checked, judge_graph, read_rules, read_shapes, validate_by, write_report
from musnad.vocabulary import PREFIXES

if TYPE_CHECKING:
    from musnad.build.folder import Folder
    from musnad.build.stages import Stages
    from musnad.validation import Judge, Report, Shapes


def judge(stages: Stages, folder: Folder, tell: bool) -> Report:
    """Write the report of a build and return it; raise nothing if a shape objects.

    With `tell` the store learns what was checked and what came of it, for the pages that say so.
    """
    project, config = stages.project, stages.config
    shapes, rules = read_shapes(project.shapes, config.base), read_rules(project.shapes, config.base)
    store = stages.open(folder)
    report = validate_by(_judge(stages, store, shapes), store, rules, folder.tables, config.base)
    write_report(report, folder.report)
    if tell and report.conforms:
        placed = PREFIXES["dcterms"] + "source"  # rows of tables follow the order of documents
        objections = (each for each in report.triples() if each.predicate.value != placed)
        told = [*checked(shapes, rules), *objections]
        del store  # it was opened to be read only
        writable = Store.open(folder.store, base=config.base)
        writable.extend(in_graph(told, config.minter.graph("report")))
    return report


def _judge(stages: Stages, store: Store, shapes: Shapes) -> Judge:
    """Return what judges one named graph of a store."""
    if stages.cache is None:
        return partial(judge_graph, store, shapes)
    return cached_judge(stages.cache, ground_of_validation(stages.project, stages.config), store, shapes)
