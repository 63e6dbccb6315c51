"""The judgement of a build: its report as files, and as quads for the pages that tell of it.

What changed since the last build is judged, and what it concerns; the rest is known from then. Chosen over
(a) judging everything, whose cost grows with the dataset, and (b) rules over one document alone, which say
nothing of what two documents have in common.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import orjson

from musnad.build.cache import Cache, key_of
from musnad.build.cached import KnownRules, ground_of_validation
from musnad.build.delta import Compared, Delta
from musnad.build.folder import Folder
from musnad.build.following import Followed, ends_of
from musnad.build.judged import Before, KnownGraphs, graph_digests
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
    store, change = stages.open(folder), _change(stages, folder)
    judge_one = _judge(stages, folder, store, shapes, change)
    ruled = _ruled(stages, folder, store, rules, change)
    report = validate_by(judge_one, ruled, store, folder.tables, config.base)
    write_report(report, folder.report)
    if tell and report.conforms:
        placed = PREFIXES["dcterms"] + "source"  # rows of tables follow the order of documents
        objections = (each for each in report.triples() if each.predicate.value != placed)
        told = [*checked(shapes, rules), *objections]
        del store, judge_one, ruled  # it was opened to be read only
        writable = Store.open(folder.store, base=config.base)
        writable.extend(in_graph(told, config.minter.graph("report")))
    return report


def _change(stages: Stages, folder: Folder) -> Delta | None:
    """Return what parts the quads of a build from those of the last; None where that is not known."""
    last = Folder(stages.last) if stages.cache and stages.last else None
    if last is None or not loaded_from(last.store):
        return None
    return (stages.compared or Compared()).between(last, folder)


def _judge(stages: Stages, folder: Folder, store: Store, shapes: Shapes, change: Delta | None) -> Judge:
    """Return what judges one named graph of a store."""
    judge_one = partial(judge_graph, store, shapes)
    if stages.cache is None:
        return judge_one
    ground = ground_of_validation(stages.project, stages.config)
    before = _before(stages.cache, stages.last, change)
    known = KnownGraphs(stages.cache, ground, _digests(stages.cache, folder, before), before)
    return lambda graph: known.judge(store, shapes, graph, judge_one)


def _before(cache: Cache, last: Path | None, change: Delta | None) -> Before | None:
    """Return what is known of the graphs of the last build."""
    known = cache.get(key_of("graphs", loaded_from(Folder(last).store))) if last and change else None
    if known is None or change is None:
        return None
    return Before({graph: bytes.fromhex(digest) for graph, digest in orjson.loads(known).items()}, change)


def _digests(cache: Cache, folder: Folder, before: Before | None) -> dict[str, bytes]:
    """Return a hash of the quads of every named graph: those that did not change are known."""
    if before is None:
        with folder.quads.open("rb") as lines:
            told = graph_digests(lines)
    else:
        quads = (*before.change.removed, *before.change.added)
        changed = {str(quad.graph_name)[1:-1] for quad in quads}
        told = {graph: digest for graph, digest in before.digests.items() if graph not in changed}
        told |= graph_digests(Followed(folder.quads, ends_of(changed), ()).gone())
    kept = orjson.dumps({graph: digest.hex() for graph, digest in told.items()})
    cache.put(key_of("graphs", loaded_from(folder.store)), kept)
    return told


def _ruled(
    stages: Stages, folder: Folder, store: Store, rules: Sequence[Rule], change: Delta | None
) -> Iterator[ValidationResult]:
    """Yield what the rules object to."""
    if stages.cache is None:
        yield from (result for rule in rules for result in rule.results(store))
        return
    kept = KnownRules(stages.cache, ground_of_validation(stages.project, stages.config))
    last = Folder(stages.last) if stages.last and change else None
    known = Known({}, ())
    if last and change and (results := kept.get(loaded_from(last.store))):
        before = stages.open(last)
        known = Known(results, (Changed(before, change.removed), Changed(store, change.added)))
    found = {rule.iri: tuple(results_after(rule, store, known)) for rule in rules}
    kept.put(loaded_from(folder.store), found)
    yield from (result for results in found.values() for result in results)
