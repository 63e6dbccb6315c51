"""Reconciliation: too much, unknown classes, entities that are gone; and variants of names."""

from __future__ import annotations

import json
import sys
from urllib.parse import quote

import pytest
from starlette.applications import Starlette

from musnad.config import read_site
from musnad.curation import address_hash
from musnad.project import Project
from musnad.reconciliation import Cards, Query
from musnad.reconciliation.scoring import Judge
from musnad.search import Index
from musnad.server.app import make_app
from musnad.server.resources import Withdrawn
from reconciled import form, send, write_quads
from serving import BASE, ROOT, Client, build_store, dataset

sys.path.insert(0, str(ROOT / "bench"))
import reconciliation as bench

GONE, HASHED, MERGED = "example-gone", "example-hashed", "example-merged"
FORM = "application/x-www-form-urlencoded"
FLOOR = 0.97  # of the variants of bench/reconciliation.py, in the first place


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Starlette:
    folder = tmp_path_factory.mktemp("gone")
    withdrawn = Withdrawn(
        gone=frozenset({f"{BASE}id/{GONE}"}),
        moved={f"{BASE}id/{MERGED}": f"{BASE}id/ankara"},
        hashes=frozenset({address_hash(f"id/{HASHED}")}),
    )
    return make_app(dataset(build_store(folder, write_quads(folder)), withdrawn))


@pytest.fixture(scope="module")
def client(app: Starlette) -> Client:
    return Client(app)


def test_a_batch_of_ten_thousand_queries_is_refused_before_it_is_read(app: Starlette) -> None:
    batch = {f"q{n}": {"query": "أنقرة"} for n in range(10_000)}  # Ankara
    body = f"queries={quote(json.dumps(batch))}".encode("ascii")
    assert len(body) > 200_000
    answer = send(app, "/reconcile", body, FORM)
    assert answer.status_code == 413
    assert "send smaller batches" in answer.json()["message"]


def test_ten_thousand_short_queries_are_counted(app: Starlette) -> None:
    short = json.dumps({str(n): {"query": "x"} for n in range(4_000)}, separators=(",", ":"))
    answer = send(app, "/reconcile", f"queries={quote(short, safe=':,')}".encode("ascii"), FORM)
    assert answer.status_code == 413
    whole = json.dumps({"queries": [{"conditions": [{"matchType": "name", "propertyValue": "x"}]}] * 3_000})
    assert send(app, "/reconcile/match", whole.encode("ascii"), "application/json").status_code == 413


@pytest.mark.parametrize(
    "body",
    [
        b"", b"queries", b"queries=", b"queries=%7B", b"queries=null", b"queries=%22x%22", b"queries=1e400",
        b"queries=%7B%22q%22%3Anull%7D", b"queries=%7B%22q%22%3A%5B%5D%7D", b"queries=%FF%FE", b"\xff\xfe",
        b"queries=" + b"%5B" * 20_000, b"queries=" + b"%7B%22a%22%3A" * 9_000, b"&" * 1_000, b"queries=%00",
    ],
)  # fmt: skip
def test_a_malformed_batch_is_refused_with_its_place(app: Starlette, body: bytes) -> None:
    answer = send(app, "/reconcile", body, FORM)
    assert answer.status_code in {400, 413}
    told = answer.json()
    assert told["status"] == "error"
    assert told["where"]


@pytest.mark.parametrize(
    "kind", ["Nothing", "https://example.org/Nothing", "", "Place Person", "\u202e", "x" * 900]
)
@pytest.mark.parametrize("strict", ["any", "all"])
def test_a_class_that_nobody_knows_has_no_candidates(app: Starlette, kind: str, strict: str) -> None:
    query = {"query": "أنقرة", "type": kind, "type_strict": strict}  # Ankara
    answer = form(app, "/reconcile", queries={"q": query})
    assert answer.status_code == 200
    assert answer.json()["q"]["result"] == [] or not kind


def test_a_class_that_nobody_knows_only_lowers_where_it_should(app: Starlette) -> None:
    query = {"query": "أنقرة", "type": "Nothing", "type_strict": "should"}  # Ankara
    first = form(app, "/reconcile", queries={"q": query}).json()["q"]["result"][0]
    assert (first["id"], first["match"]) == ("ankara", True) or first["score"] < 100


def test_nothing_is_proposed_for_a_class_that_nobody_knows(client: Client) -> None:
    assert client.get("/reconcile/extend/propose?type=Nothing").status_code == 200


def test_a_merged_entity_is_the_one_that_is_left(client: Client, app: Starlette) -> None:
    kept = client.get("/reconcile/preview?id=ankara&lang=en").text
    for name in (MERGED, quote(f"{BASE}id/{MERGED}", safe="")):
        assert client.get(f"/reconcile/preview?id={name}&lang=en").text == kept
    answer = client.get(f"/resolve?uri={BASE}id/{MERGED}")
    assert (answer.status_code, answer.headers["location"]) == (303, "/id/ankara")
    asked = {"ids": [MERGED, "ankara"], "properties": [{"id": "name"}, {"id": "iri"}]}
    rows = form(app, "/reconcile", extend=asked).json()["rows"]
    assert rows[MERGED] == rows["ankara"]
    assert rows[MERGED]["name"]


@pytest.mark.parametrize("name", [GONE, HASHED])
def test_a_withdrawn_entity_is_gone(client: Client, app: Starlette, name: str) -> None:
    assert client.get(f"/reconcile/preview?id={name}").status_code == 410
    assert client.get(f"/resolve?uri={BASE}id/{name}").status_code == 410
    rows = form(app, "/reconcile", extend={"ids": [name], "properties": [{"id": "name"}]}).json()["rows"]
    assert not any(rows.get(name, {}).values())


def test_an_entity_that_never_was_is_not_there(client: Client) -> None:
    assert client.get("/reconcile/preview?id=example-never").status_code == 404
    assert client.get(f"/resolve?uri={BASE}id/example-never").status_code == 404


def test_variants_of_names_find_their_entity_first() -> None:
    project = Project(ROOT)
    base = read_site(project.site_file).base
    store = bench.authority_store(project, base)
    cards = Cards(Index.of(store, base), store, base)
    judge, asked = Judge(cards), bench.variants(cards)
    assert len(asked) == 200
    missed = []
    for each in asked:
        best = judge.judge(Query(each.text, limit=1), frozenset())
        if not best or best[0].card.id != each.id:
            missed.append(each)
    assert 1 - len(missed) / len(asked) >= FLOOR, missed
