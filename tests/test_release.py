"""A release: the same bytes from the same quads, whole or not at all, and checkable by anybody."""

import gzip
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pyoxigraph as px
import pytest
import rdflib

from musnad.config import Site
from musnad.errors import DataError, MusnadError, ProjectError
from musnad.graph import in_graph, read_rdf
from musnad.iri import Minter
from musnad.release import (
    ReleaseInfo,
    ReleaseResult,
    derive,
    difference,
    folders,
    verify_release,
    write_release,
)
from musnad.store import Store
from musnad.validation import read_shapes
from musnad.validation.bridge import graph_of
from musnad.validation.check import judge

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "tests" / "data" / "sample.nq"
BASE = "https://w3id.org/musnad/"
SITE = Site(
    description={"ar": "بيانات المثال", "en": "data of the example"},
    publisher={"ar": "هيئة المثال", "en": "Example"},
)
INFO = ReleaseInfo("2026-01-31", SITE, "0.1.0", endpoint=f"{BASE}sparql")
TERMS = in_graph(read_rdf(ROOT / "ontology" / "musnad.ttl"), f"{BASE}graph/ontology")
FILES = [
    "CITATION.cff", "codebook.json", "codebook.md", "graphs.csv", "musnad.nq", "musnad.nq.gz", "musnad.ttl",
    "musnad.ttl.gz", "ontology.ttl", "ontology.ttl.gz", "reported.ttl", "reported.ttl.gz",
    "ro-crate-metadata.json", "void.ttl",
]  # fmt: skip
NOTES = {"CITATION.cff", "codebook.json", "codebook.md", "ro-crate-metadata.json", "void.ttl"}
CLAIM = f"""
@prefix msn: <{BASE}ontology#> .
@prefix rdf: <http://www.w3.org/1999/02/22-rdf-syntax-ns#> .
<{BASE}claim/1> a msn:Claim ; <http://purl.org/dc/terms/type> <{BASE}scheme/relation/memberOf> ;
    rdf:subject <{BASE}id/someone> ; rdf:predicate <https://schema.org/memberOf> ;
    rdf:object <{BASE}id/body> ; msn:polarity msn:Affirmed ; msn:speaker <{BASE}id/speaker> ;
    msn:modality <{BASE}scheme/modality/asserted> ; msn:certainty <{BASE}scheme/certainty/sure> ;
    <http://www.w3.org/ns/prov#qualifiedAttribution> <{BASE}claim/1#hop-0> .
<{BASE}claim/1#hop-0> <http://www.w3.org/ns/prov#agent> <{BASE}id/speaker> .
"""


def release(folder: Path, nquads: Path = SAMPLE, info: ReleaseInfo = INFO) -> ReleaseResult:
    return write_release(nquads, folder, info)


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> ReleaseResult:
    """Return a release of the sample with its derived triples."""
    place = tmp_path_factory.mktemp("release")
    store = Store.open()
    store.load(SAMPLE)
    store.extend(TERMS)
    store.extend(derive(store, ROOT / "rdf" / "views"))
    nquads = place / "all.nq"
    nquads.write_text("".join(f"{quad} .\n" for quad in store.quads()), encoding="utf-8")
    return release(place / "out", nquads)


def test_a_release_has_its_files_and_passes_its_check(made: ReleaseResult) -> None:
    assert verify_release(made.folder) == tuple(FILES)
    assert [file.name for file in made.files] == FILES


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="sha256sum is not installed")
def test_sha256sum_accepts_the_sums(made: ReleaseResult) -> None:
    done = subprocess.run(["sha256sum", "--strict", "-c", "SHA256SUMS"], cwd=made.folder, check=False)
    assert done.returncode == 0


def test_the_turtle_dump_is_the_same_for_rdflib_and_pyoxigraph(made: ReleaseResult) -> None:
    path = made.folder / "musnad.ttl"
    ours = set(graph_of(px.parse(path=str(path))))
    assert set(rdflib.Graph().parse(path)) == ours
    assert len(ours) > 700


def test_the_dumps_hold_what_came_in_and_the_derived_triples_stand_apart(made: ReleaseResult) -> None:
    quads = set(px.parse(path=str(made.folder / "musnad.nq")))
    reported = {q.triple for q in quads if q.graph_name == px.NamedNode(f"{BASE}graph/reported")}
    came = set(px.parse(path=str(SAMPLE))) | set(TERMS)
    assert {q for q in quads if q.triple not in reported} == came
    assert {q.triple for q in px.parse(path=str(made.folder / "reported.ttl"))} == reported
    assert {q.triple for q in px.parse(path=str(made.folder / "musnad.ttl"))} == {q.triple for q in came}
    assert {q.triple for q in px.parse(path=str(made.folder / "ontology.ttl"))} == {q.triple for q in TERMS}
    for name in ("musnad.nq", "musnad.ttl"):
        assert gzip.decompress((made.folder / f"{name}.gz").read_bytes()) == (made.folder / name).read_bytes()


def test_the_same_quads_give_the_same_bytes_whatever_their_order(tmp_path: Path) -> None:
    lines = SAMPLE.read_text(encoding="utf-8").splitlines(keepends=True)
    random.Random(7).shuffle(lines)
    shuffled = tmp_path / "shuffled.nq"
    shuffled.write_text("".join(lines + lines[:5]), encoding="utf-8")
    release(tmp_path / "one")
    code = (
        "import sys; sys.path.insert(0, 'tests'); import test_release as t; from pathlib import Path;"
        f"t.release(Path({str(tmp_path / 'two')!r}), Path({str(shuffled)!r}))"
    )
    other = os.environ | {"PYTHONHASHSEED": "3", "TZ": "Pacific/Apia", "LC_ALL": "C"}
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=other, check=True)
    assert contents(tmp_path / "one") == contents(tmp_path / "two")


def test_the_description_tells_size_checksum_and_media_type_of_every_file(made: ReleaseResult) -> None:
    graph = rdflib.Graph().parse(made.folder / "void.ttl")
    rows = graph.query(
        """PREFIX spdx: <http://spdx.org/rdf/terms#>
        SELECT ?name ?size ?sum ?media WHERE { ?d dcterms:title ?name ; dcat:byteSize ?size ;
        spdx:checksum/spdx:checksumValue ?sum ; dcat:mediaType ?media }"""
    )
    told = {str(name): (int(size), str(digest).lower()) for name, size, digest, _ in rows}  # type: ignore[misc]
    assert told == {f.name: (f.size, f.sha256) for f in made.files if f.name not in NOTES}


def test_the_description_satisfies_its_shapes_and_stands_in_a_graph_of_its_own(made: ReleaseResult) -> None:
    shapes = read_shapes(ROOT / "shapes")
    assert list(judge(graph_of(made.description), shapes)) == []
    assert {str(quad.graph_name) for quad in made.description} == {f"<{BASE}graph/dataset>"}
    assert {q.triple for q in px.parse(path=str(made.folder / "void.ttl"))} == {
        q.triple for q in made.description
    }


def test_the_description_counts_what_is_in_the_dump(made: ReleaseResult) -> None:
    graph = rdflib.Graph().parse(made.folder / "void.ttl")
    void = rdflib.Namespace("http://rdfs.org/ns/void#")
    dump = rdflib.Graph().parse(made.folder / "musnad.ttl")
    assert graph.value(rdflib.URIRef(f"{BASE}dataset"), void.triples) == rdflib.Literal(len(dump))
    claims = [
        graph.value(node, void.entities)
        for node in graph.subjects(void["class"], rdflib.URIRef(f"{BASE}ontology#Claim"))
    ]
    assert claims == [rdflib.Literal(9)]


def test_a_second_release_replaces_the_first_and_leaves_nothing_beside_it(tmp_path: Path) -> None:
    release(tmp_path / "out")
    release(tmp_path / "out", info=replace(INFO, date="2026-02-28", number=2))
    assert "2026-02-28.2" in (tmp_path / "out" / "void.ttl").read_text(encoding="utf-8")
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


def test_without_an_exchanging_rename_the_folder_is_replaced_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folders.ctypes, "CDLL", lambda *_, **__: object())
    release(tmp_path / "out")
    release(tmp_path / "out", info=replace(INFO, date="2026-02-28"))
    assert [path.name for path in tmp_path.iterdir()] == ["out"]
    assert verify_release(tmp_path / "out")


@pytest.mark.parametrize("without", [lambda *_: 1, None])  # a write failed; an older Linux, or another system
def test_where_the_system_does_not_flush_at_once_every_file_is_flushed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, without: Callable[[int], int] | None
) -> None:
    flushed: list[str] = []
    monkeypatch.setattr(folders.ctypes, "CDLL", lambda *_, **__: SimpleNamespace(syncfs=without))
    monkeypatch.setattr(folders, "_flush_one", lambda path: flushed.append(path.name))
    with folders.replaced(tmp_path / "out") as fresh:
        (fresh / "below").mkdir()
        (fresh / "below" / "file").touch()
    assert flushed == ["file", "below", ".out.new", tmp_path.name]


def test_nothing_behind_a_link_is_removed(tmp_path: Path) -> None:
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept" / "file").touch()
    (tmp_path / "gone").mkdir()
    (tmp_path / "gone" / "link").symlink_to(tmp_path / "kept")
    (tmp_path / "link").symlink_to(tmp_path / "kept")
    for name in ("gone", "link", "nothing"):
        folders.remove(tmp_path / name)
    assert [path.name for path in tmp_path.iterdir() if path.name != "link"] == ["kept"]
    assert (tmp_path / "kept" / "file").is_file()


def test_a_release_that_was_moved_aside_by_a_run_that_died_comes_back(tmp_path: Path) -> None:
    release(tmp_path / "out")
    (tmp_path / "out").rename(tmp_path / ".out.old")
    with pytest.raises(DataError):
        release(tmp_path / "out", tmp_path / "missing.nq")
    with pytest.raises(RuntimeError, match="died"), folders.replaced(tmp_path / "out"):
        raise RuntimeError("died")
    assert verify_release(tmp_path / "out")


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("<a> <b> <c> .\n", r"bad\.nq:1: not N-Quads"),
        ("", "nothing to release"),
        (f"_:b <{BASE}a> <{BASE}b> <{BASE}graph/1> .\n", "a blank node"),
    ],
)
def test_quads_that_are_refused_leave_the_old_release(tmp_path: Path, text: str, problem: str) -> None:
    release(tmp_path / "out")
    before = contents(tmp_path / "out")
    bad = tmp_path / "bad.nq"
    bad.write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=problem):
        release(tmp_path / "out", bad)
    assert contents(tmp_path / "out") == before


def test_a_full_disk_leaves_the_old_release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    release(tmp_path / "out")
    before = contents(tmp_path / "out")

    def full(descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(folders.os, "fsync", full)
    with pytest.raises(MusnadError, match="No space left on device"):
        release(tmp_path / "out")
    assert contents(tmp_path / "out") == before
    assert [path.name for path in tmp_path.iterdir()] == ["out"]


@pytest.mark.parametrize("day", ["2026-02-30", "2026-2-3", "today", ""])
def test_a_release_has_a_day(day: str) -> None:
    with pytest.raises(DataError, match="not a day"):
        replace(INFO, date=day)


def test_a_changed_a_missing_and_an_unlisted_file_are_named(tmp_path: Path) -> None:
    release(tmp_path / "out")
    (tmp_path / "out" / "musnad.nq").write_text("", encoding="utf-8")
    (tmp_path / "out" / "void.ttl").unlink()
    (tmp_path / "out" / "more.txt").write_text("", encoding="utf-8")
    with pytest.raises(DataError, match=r"musnad\.nq: changed; void\.ttl: missing; more\.txt: not listed"):
        verify_release(tmp_path / "out")


def test_a_folder_without_sums_is_no_release(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="SHA256SUMS is missing"):
        verify_release(tmp_path)


def test_the_difference_of_two_releases_is_what_one_has_and_the_other_has_not(tmp_path: Path) -> None:
    old, new = tmp_path / "old.nq", tmp_path / "new.nq"
    old.write_text("a\nb\nd\n", encoding="utf-8")
    new.write_text("b\nc\nd\ne\n", encoding="utf-8")
    found = difference(old, new)
    assert (found.added, found.removed) == (("c", "e"), ("a",))
    old.write_text("b\na\n", encoding="utf-8")
    with pytest.raises(DataError, match="not sorted"):
        difference(old, new)


def derived(turtle: str) -> set[px.Triple]:
    store = Store.open()
    parsed = px.parse(turtle, format=px.RdfFormat.TURTLE)
    store.extend(in_graph((quad.triple for quad in parsed), f"{BASE}graph/1"))
    return {quad.triple for quad in derive(store, ROOT / "rdf" / "views")}


def test_an_affirmed_and_asserted_claim_is_reported() -> None:
    assert [str(triple) for triple in derived(CLAIM)] == [
        f"<{BASE}id/someone> <https://schema.org/memberOf> <{BASE}id/body>"
    ]


NOT_REPORTED = {
    "negated": CLAIM.replace("msn:Affirmed", "msn:Negated"),
    "planned": CLAIM.replace("modality/asserted", "modality/planned"),
    "doubtful": CLAIM.replace("certainty/sure", "certainty/doubtful"),
    "former": CLAIM + f"<{BASE}claim/1> msn:roleStatus <{BASE}scheme/status/former> .",
    "to come": CLAIM + f"<{BASE}claim/1> msn:roleStatus <{BASE}scheme/status/future> .",
    "contradicted": CLAIM + f"<{BASE}claim/1> msn:conflictsWith <{BASE}claim/2> .",
    "contradicted from the other side": CLAIM + f"<{BASE}claim/2> msn:conflictsWith <{BASE}claim/1> .",
    "conditional": CLAIM + f'<{BASE}claim/1> msn:condition "إن حضر"@ar .',
    "by an anonymous source": CLAIM + f"<{BASE}id/speaker> a msn:AnonymousSource .",
    "an exclusion": CLAIM.replace("relation/memberOf", "relation/excludedFrom"),
    "a resignation": CLAIM.replace("relation/memberOf", "relation/resignedFrom"),
    "of words that name nothing": CLAIM.replace(f"rdf:object <{BASE}id/body>", 'rdf:object "كاتب"@ar'),
    "called former elsewhere": CLAIM
    + CLAIM.replace("claim/1", "claim/2")
    + f"<{BASE}claim/2> msn:roleStatus <{BASE}scheme/status/former> .",
}


@pytest.mark.parametrize("name", NOT_REPORTED)
def test_what_is_not_plainly_said_is_not_reported(name: str) -> None:
    assert derived(NOT_REPORTED[name]) == set()


def test_a_view_that_is_no_construct_query_is_refused(tmp_path: Path) -> None:
    (tmp_path / "view.rq").write_text("SELECT ?s WHERE { ?s ?p ?o }", encoding="utf-8")
    with pytest.raises(ProjectError, match=r"view\.rq: a view is a CONSTRUCT query"):
        list(derive(Store.open(), tmp_path))


def test_a_view_moves_below_the_base_of_the_site() -> None:
    base = "https://data.example.org/m/"
    store = Store.open(base=base)
    parsed = px.parse(CLAIM.replace(BASE, base), format=px.RdfFormat.TURTLE)
    store.extend(in_graph((quad.triple for quad in parsed), f"{base}graph/1"))
    assert [str(q.graph_name) for q in derive(store, ROOT / "rdf" / "views", Minter(base))] == [
        f"<{base}graph/reported>"
    ]
