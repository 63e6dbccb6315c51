"""Measure the store, the validation and the release on copies of the sample: `python bench/validation.py 20`.

Prints CPU seconds (of this process) and quads a CPU second. Each copy is a document of its own: the digits of
its document, capture, claims and own entities are replaced.
"""

from __future__ import annotations

import re
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from musnad.config import Site
from musnad.graph import in_graph, read_rdf, to_jsonld, to_turtle
from musnad.graph.jsonld import Context
from musnad.iri import Minter
from musnad.release import ReleaseInfo, derive, write_release
from musnad.store import Store
from musnad.validation import read_rules, read_shapes, validate
from musnad.vocabulary import prefixes

ROOT = Path(__file__).parents[1]


def copies(number: int) -> str:
    """Return the sample as N-Quads, `number` times, each time as other documents."""
    lines = (ROOT / "tests" / "data" / "sample.nq").read_text(encoding="utf-8")
    found = sorted(set(re.findall(r"/(?:doc|claim|graph|capture)/([0-9a-f]{12,16})\b", lines)))
    seen = sorted(set(re.findall(r"/id/x-([a-z2-7]{10})\b", lines)))
    parts = [lines]
    for copy in range(1, number):
        text = lines
        for name in found:
            text = text.replace(name, f"{copy:06x}{name[6:]}")
        for name in seen:
            text = text.replace(f"/id/x-{name}", f"/id/x-{copy:05d}{name[5:]}")
        parts.append(text)
    return "".join(parts)


def measured(name: str, work: Callable[[], object], quads: int) -> None:
    """Run a piece of work and print what it took."""
    start = time.process_time()
    work()
    took = time.process_time() - start
    print(f"{name:<36} {took:8.2f} s {quads / max(took, 1e-9):12,.0f} quads/s")


def main(number: int) -> None:
    """Measure everything on `number` copies of the sample (two documents each)."""
    base = Minter().base
    with tempfile.TemporaryDirectory() as folder:
        nquads = Path(folder) / "all.nq"
        nquads.write_text(copies(number), encoding="utf-8")
        store = Store.open()
        store.load(nquads)
        quads = store.count()
        print(f"{quads:,} quads in {len(store.graphs())} graphs")
        measured("load", lambda: Store.open().load(nquads), quads)
        measured("load disk", lambda: Store.build(nquads, Path(folder) / "store"), quads)
        store.extend(in_graph(read_rdf(ROOT / "ontology" / "musnad.ttl"), f"{base}graph/ontology"))
        shapes, rules = read_shapes(ROOT / "shapes"), read_rules(ROOT / "shapes")
        measured("shapes", lambda: validate(store, shapes, ()), quads)
        for rule in rules:
            measured(rule.path.stem, lambda rule=rule: list(rule.results(store)), quads)  # type: ignore[misc]
        measured("views", lambda: list(derive(store, ROOT / "rdf" / "views")), quads)
        measured("turtle", lambda: to_turtle(store.quads(), prefixes(base)), quads)
        context = Context.read(ROOT / "ontology" / "context.jsonld")
        measured("json-ld", lambda: to_jsonld(store.quads(), context), quads)
        info = ReleaseInfo("2026-01-01", Site(), "bench")
        measured("release", lambda: write_release(nquads, Path(folder) / "out", info), quads)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
