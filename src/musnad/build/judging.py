"""The judgement of a build: its report as files, and as quads for the pages that tell of it.

What changed since the last build is judged, and what it concerns; the rest is known from then. Chosen over
(a) judging everything, whose cost grows with the dataset, and (b) rules over one document alone, which say
nothing of what two documents have in common.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from musnad.build.cached import KnownRules, cached_judge, graph_digests, ground_of_validation
from musnad.build.delta import compare
from musnad.build.folder import Folder
from musnad.depending import Changed
from musnad.graph import in_graph
from musnad.store import Store, loaded_from
from musnad.validation import (
    Known,
    checked,
    judge_graph,
    read_rules,
    read_shapes,
    results_after,
    validate_by,
    write_report,
)
from musnad.vocabulary import PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from musnad.build.stages import Stages
    from musnad.validation import Judge, Report, Rule, Shapes, ValidationResult


def judge(stages: Stages, folder: Folder, tell: bool) -> Report:
    """Write the report of a build and return it; raise nothing if a shape objects.

    With `tell` the store learns what was checked and what came of it, for the pages that say so.
    """
    project, config = stages.project, stages.config
    shapes, rules = read_shapes(project.shapes, config.base), read_rules(project.shapes, config.base)
    store = stages.open(folder)
    judge_one = _judge(stages, folder, store, shapes)
    report = validate_by(judge_one, _ruled(stages, folder, store, rules), store, folder.tables, config.base)
    write_report(report, folder.report)
    if tell and report.conforms:
        placed = PREFIXES["dcterms"] + "source"  # rows of tables follow the order of documents
        objections = (each for each in report.triples() if each.predicate.value != placed)
        told = [*checked(shapes, rules), *objections]
        del store, judge_one  # it was opened to be read only
        writable = Store.open(folder.store, base=config.base)
        writable.extend(in_graph(told, config.minter.graph("report")))
    return report


def _judge(stages: Stages, folder: Folder, store: Store, shapes: Shapes) -> Judge:
    """Return what judges one named graph of a store."""
    judge_one = partial(judge_graph, store, shapes)
    if stages.cache is None:
        return judge_one
    ground = ground_of_validation(stages.project, stages.config)
    return cached_judge(stages.cache, ground, graph_digests(folder.quads), judge_one)


def _ruled(stages: Stages, folder: Folder, store: Store, rules: Sequence[Rule]) -> Iterator[ValidationResult]:
    """Yield what the rules object to."""
    if stages.cache is None:
        yield from (result for rule in rules for result in rule.results(store))
        return
    kept = KnownRules(stages.cache, ground_of_validation(stages.project, stages.config))
    known = _known(stages, folder, store, kept)
    found = {rule.iri: tuple(results_after(rule, store, known)) for rule in rules}
    kept.put(loaded_from(folder.store), found)
    yield from (result for results in found.values() for result in results)


def _known(stages: Stages, folder: Folder, store: Store, kept: KnownRules) -> Known:
    """Return what the rules found in the last build, and what changed since."""
    last = Folder(stages.last) if stages.last else None
    results = kept.get(loaded_from(last.store)) if last else {}
    change = compare(last.quads, folder.quads) if last and results else None
    if last is None or change is None:
        return Known({}, ())
    before = stages.open(last)
    return Known(results, (Changed(before, change.removed), Changed(store, change.added)))
