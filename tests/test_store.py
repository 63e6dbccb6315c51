"""The door to the triple store."""

from pathlib import Path

import pyoxigraph as px
import pytest

import musnad.store
from musnad.errors import DataError, MusnadError, QueryError
from musnad.store import Solutions, Store, Triples

BASE = "https://w3id.org/musnad/"
CLAIM = f"{BASE}claim/00"
TTL = f"""
@prefix msn: <{BASE}ontology#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
<{CLAIM}> a msn:Claim ; prov:qualifiedAttribution <{CLAIM}#hop-0> ; msn:speaker <{BASE}id/a> .
<{CLAIM}#hop-0> prov:agent <{BASE}id/a> ; msn:hop 0 .
<{BASE}claim/001> a msn:Claim .
<{BASE}capture/00#char=0,1> <http://www.w3.org/ns/oa#hasSource> <{BASE}capture/00> .
<{BASE}id/a> a <https://schema.org/Person> .
"""


def quads() -> list[px.Quad]:
    graph = px.NamedNode(f"{BASE}graph/00")
    return [
        px.Quad(q.subject, q.predicate, q.object, graph) for q in px.parse(TTL, format=px.RdfFormat.TURTLE)
    ]


@pytest.fixture
def store() -> Store:
    made = Store.open()
    made.extend(quads())
    return made


@pytest.fixture
def nquads(tmp_path: Path) -> Path:
    path = tmp_path / "data.nq"
    path.write_text("".join(f"{quad} .\n" for quad in quads()), encoding="utf-8")
    return path


def test_a_query_sees_the_union_of_the_named_graphs_and_knows_our_prefixes(store: Store) -> None:
    answer = store.query("SELECT ?c ?x WHERE { ?c a msn:Claim } ORDER BY ?c")
    assert isinstance(answer, Solutions)
    assert answer.variables == ("c", "x")
    assert [row["c"].value for row in answer] == [CLAIM, f"{BASE}claim/001"]  # type: ignore[union-attr]


def test_ask_gives_a_bool_and_construct_gives_triples(store: Store) -> None:
    assert store.query("ASK { ?c a msn:Claim }") is True
    assert store.query("ASK { ?c a schema:Place }") is False
    answer = store.query("CONSTRUCT WHERE { ?c msn:speaker ?s }")
    assert isinstance(answer, Triples)
    assert len(list(answer)) == 1


def test_a_malformed_query_is_refused(store: Store) -> None:
    with pytest.raises(QueryError, match="expected"):
        store.query("SELECT ?x WHERE { ?x ?y }")
    with pytest.raises(QueryError, match="not a SELECT"):
        store.select("ASK {}")


def test_a_description_holds_the_parts_of_a_resource_and_not_its_neighbours(store: Store) -> None:
    subjects = {quad.subject.value for quad in store.describe(CLAIM)}  # type: ignore[union-attr]
    assert subjects == {CLAIM, f"{CLAIM}#hop-0"}
    passages = {quad.subject.value for quad in store.describe(f"{BASE}capture/00")}  # type: ignore[union-attr]
    assert passages == {f"{BASE}capture/00#char=0,1"}


def test_graphs_and_quads_are_counted(store: Store) -> None:
    assert store.graphs() == [f"{BASE}graph/00"]
    assert store.count() == len(list(store.quads(f"{BASE}graph/00"))) == 8


def test_a_store_on_disk_is_built_replaced_and_opened_read_only(tmp_path: Path, nquads: Path) -> None:
    folder = tmp_path / "store"
    assert Store.build(nquads, folder) == Store.build(nquads, folder)
    opened = Store.open(folder, read_only=True)
    assert opened.count() == 8
    with pytest.raises(MusnadError, match="cannot be written"):
        opened.extend(quads())


def test_an_unfinished_store_is_not_opened(tmp_path: Path, nquads: Path) -> None:
    folder = tmp_path / "store"
    Store.build(nquads, folder)
    (folder / "COMPLETE").unlink()
    with pytest.raises(DataError, match="no finished store"):
        Store.open(folder, read_only=True)


def test_a_broken_file_leaves_the_old_store_in_place(tmp_path: Path, nquads: Path) -> None:
    folder = tmp_path / "store"
    Store.build(nquads, folder)
    broken = tmp_path / "broken.nq"
    broken.write_text("<a> <b> <c> .\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"broken\.nq:1: not N-Quads"):
        Store.build(broken, folder)
    assert Store.open(folder, read_only=True).count() == 8


def test_a_file_of_several_parts_is_loaded_whole_and_its_lines_are_counted(
    tmp_path: Path, nquads: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(musnad.store, "_LOADED", 3)
    Store.build(nquads, tmp_path / "store")
    assert Store.open(tmp_path / "store", read_only=True).count() == 8
    broken = tmp_path / "broken.nq"
    broken.write_bytes(nquads.read_bytes() + b"<a> <b> <c> .\n")
    with pytest.raises(DataError, match=r"broken\.nq:9: not N-Quads"):
        Store.build(broken, tmp_path / "other")


def test_a_store_goes_on_in_memory(tmp_path: Path, nquads: Path) -> None:
    Store.build(nquads, tmp_path / "store")
    store = Store.open(tmp_path / "store", read_only=True)
    query = "SELECT ?s ?p ?o ?g { GRAPH ?g { ?s ?p ?o } } ORDER BY ?s ?p ?o"
    before, half_read = store.select(query), store.quads()
    next(half_read)
    store.to_memory()
    assert store.select(query) == before
    assert store.graphs() == [f"{BASE}graph/00"]
    assert len(list(half_read)) == store.count() - 1
