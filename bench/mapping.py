"""Measure the compiled mapping beside two emitters that build objects: `python bench/mapping.py`.

Prints thousand quads per CPU second and the peak memory of the process, medians of interleaved runs. Every
engine gets the same claims, one document a claim, and writes N-Quads to nowhere; making the rows is not
counted. The rivals read the same plan from the mapping, so that the work is the same.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, BinaryIO, Final

import pyoxigraph
import rdflib

from musnad.iri import Minter
from musnad.mapping import compile_mapping, map_rows, read_mappings
from musnad.mapping.terms import Key, Reference
from musnad.tables.columns import TABLES, Row

_MAPPINGS: Final = Path(__file__).parents[1] / "mappings" / "rdf"
_BATCH: Final = 500
_MINT: Final = Minter()
_WORDS: Final = ("قال", "فلان", "إن", "هيئة", "المثال", "ستعقد", "لقاء", "في", "أنقرة")  # said, so-and-so …

Rows = list[tuple[str, Row]]
Engine = Callable[[Iterator[Rows], BinaryIO], float]


def _claim(number: int) -> Rows:
    """Return the rows of one document that states one claim through two agents."""
    document = _MINT.document(f"https://news.example/{number}")
    capture = _MINT.capture(str(number))
    words = " ".join(_WORDS[(number + n) % len(_WORDS)] for n in range(24))
    keys = {"document": document, "graph": _MINT.document_graph(document)}
    passage = _MINT.passage(capture, 10, 10 + len(words))
    claim = _MINT.claim(document, words)
    event, speaker = _MINT.seen("EVENT", "لقاء", document), _MINT.entity("example-body")  # a meeting
    concept = _MINT.concept
    row = dict.fromkeys(TABLES["claims"]) | keys | {
        "claim": claim,
        "relation_concept": concept("relation", "heldAt"),
        "speaker": speaker,
        "polarity_concept": _MINT.term("Affirmed"),
        "modality_concept": concept("modality", "asserted"),
        "rdf_subject": event,
        "rdf_predicate": "https://schema.org/location",
        "rdf_object": _MINT.entity("ankara"),
        "edtf": "2017-03-09",
        "not_before": "2017-03-09",
        "not_after": "2017-03-09",
        "text": words,
        "certainty_concept": concept("certainty", "probable"),
        "zone_concept": concept("zone", "body"),
        "passage": passage,
        "activity": _MINT.activity("held-at", "1"),
        "label_ar": words[:60],
        "label_en": f"meeting {number} — held at — Ankara",
    }  # fmt: skip
    about = keys | {"claim": claim}
    hop = about | {"agent_label": "", "verb": "قال"}  # said
    place: Row = {"passage": passage, "graph": keys["graph"], "capture": capture, "exact": words}
    place |= {"selector": _MINT.selector(capture, 10, 10 + len(words)), "language": "ar"}
    place |= {"zone_concept": concept("zone", "body"), "start": 10, "end": 10 + len(words)}
    agents = [speaker, _MINT.entity("example-agency")]
    return [
        ("claims", row),
        *(("abouts", about | {"about": each}) for each in (event, _MINT.entity("ankara"))),
        *(
            ("attributions", hop | {"attribution": _MINT.attribution(claim, n), "hop": n, "agent": agent})
            for n, agent in enumerate(agents)
        ),
        ("passages", place),
    ]


def _batches(documents: int) -> Iterator[Rows]:
    for first in range(0, documents, _BATCH):
        yield [row for n in range(first, min(first + _BATCH, documents)) for row in _claim(n)]


def _compiled(batches: Iterator[Rows], out: BinaryIO) -> float:
    compiled = compile_mapping(read_mappings(_MAPPINGS))
    spent = 0.0
    for batch in batches:
        start = time.process_time()
        for chunk in map_rows(batch, compiled):
            out.write(chunk)
        spent += time.process_time() - start
    return spent


def _plan(node: Callable[[str], Any]) -> dict[str, list[tuple[str, str, list[tuple[Any, Any, Key]]]]]:
    """Return, for each table, (subject column, graph column, [(predicate, object, key)])."""
    plan: dict[str, list[Any]] = {}
    for each in read_mappings(_MAPPINGS).maps:
        pairs = []
        for pair in each.pairs:
            first = pair.object.parts[0]
            thing = first.column if isinstance(first, Reference) else node(first)
            pairs.append((node(str(pair.predicate.parts[0])), thing, pair.object.key))
        columns = [each.subject.key.columns[0], each.graphs[0].key.columns[0]]
        plan.setdefault(each.table, []).append((*columns, pairs))
    return plan


def _terms(key: Key, row: Row) -> tuple[str, str]:
    """Return the datatype and the language of a literal."""
    language = key.language[0] if key.language else ""
    return key.datatype, row[language.column] if isinstance(language, Reference) else language


def _rdflib(batches: Iterator[Rows], out: BinaryIO) -> float:
    plan = _plan(rdflib.URIRef)
    data = rdflib.Dataset()
    spent = 0.0
    for batch in batches:
        start = time.process_time()
        for table, row in batch:
            for subject, graph, pairs in plan[table]:
                node, context = rdflib.URIRef(row[subject]), data.graph(rdflib.URIRef(row[graph]))
                for predicate, thing, key in pairs:
                    value: Any = row[thing] if type(thing) is str else thing
                    if value is None:
                        continue
                    if key.type == "iri":
                        value = rdflib.URIRef(value)
                    else:
                        datatype, language = _terms(key, row)
                        value = rdflib.Literal(
                            str(value),
                            datatype=rdflib.URIRef(datatype) if datatype else None,
                            lang=language or None,
                        )
                    context.add((node, predicate, value))
        spent += time.process_time() - start
    start = time.process_time()
    data.serialize(out, format="nquads")
    return spent + time.process_time() - start


def _oxigraph(batches: Iterator[Rows], out: BinaryIO) -> float:
    plan = _plan(pyoxigraph.NamedNode)

    def quads(batch: Rows) -> Iterator[pyoxigraph.Quad]:
        for table, row in batch:
            for subject, graph, pairs in plan[table]:
                node, context = pyoxigraph.NamedNode(row[subject]), pyoxigraph.NamedNode(row[graph])
                for predicate, thing, key in pairs:
                    value: Any = row[thing] if type(thing) is str else thing
                    if value is None:
                        continue
                    if key.type == "iri":
                        value = pyoxigraph.NamedNode(value) if type(value) is str else value
                    else:
                        datatype, language = _terms(key, row)
                        typed = {"datatype": pyoxigraph.NamedNode(datatype)} if datatype else {}
                        value = pyoxigraph.Literal(
                            str(value), **({"language": language} if language else typed)
                        )
                    yield pyoxigraph.Quad(node, predicate, value, context)

    spent = 0.0
    for batch in batches:
        start = time.process_time()
        pyoxigraph.serialize(quads(batch), out, format=pyoxigraph.RdfFormat.N_QUADS)
        spent += time.process_time() - start
    return spent


ENGINES: Final[dict[str, Engine]] = {
    "compiled mapping": _compiled,
    "pyoxigraph Quad objects": _oxigraph,
    "rdflib Dataset": _rdflib,
}


class _Counter:
    """Counts the lines that are written, and forgets them."""

    def __init__(self) -> None:
        self.lines = 0
        self.nowhere = open(os.devnull, "wb")  # noqa: SIM115  closed with the process

    def write(self, chunk: bytes) -> int:
        self.lines += chunk.count(b" .\n")
        return self.nowhere.write(chunk)

    def flush(self) -> None:
        """Do nothing."""


def run(engine: str, documents: int) -> dict[str, float]:
    """Return CPU seconds, quads and peak MiB of one run in this process."""
    out: Any = _Counter()
    spent = ENGINES[engine](_batches(documents), out)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"seconds": spent, "quads": out.lines, "peak": peak}


def main() -> None:
    """Run the engines in turn, each in its own process, and print the medians."""
    reader = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    reader.add_argument("--rows", type=int, default=20_000, help="number of documents, one claim each")
    reader.add_argument("--runs", type=int, default=3)
    reader.add_argument("--engine", choices=sorted(ENGINES), help="run one engine once and print JSON")
    given = reader.parse_args()
    if given.engine:
        print(json.dumps(run(given.engine, given.rows)))
        return
    found: dict[str, list[dict[str, float]]] = {name: [] for name in ENGINES}
    for _ in range(given.runs):
        for name in ENGINES:
            command = [sys.executable, __file__, "--engine", name, "--rows", str(given.rows)]
            found[name].append(json.loads(subprocess.run(command, check=True, capture_output=True).stdout))
    print(f"{'engine':26}{'quads':>10}{'thousand quads per CPU s':>28}{'peak MiB':>10}")
    for name, runs in found.items():
        speed = statistics.median(each["quads"] / each["seconds"] / 1000 for each in runs)
        peak = statistics.median(each["peak"] for each in runs)
        print(f"{name:26}{runs[0]['quads']:>10.0f}{speed:>28.0f}{peak:>10.0f}")


if __name__ == "__main__":
    main()
