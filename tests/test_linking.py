"""Links are proposed with their reasons and decided by people; the kit says what was decided, and no more."""

import csv
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import ClassVar

import pyoxigraph as ox
import pytest

from musnad.authority import read_authority
from musnad.cli import main
from musnad.config import read_site
from musnad.errors import DataError, MappingError, ProjectError
from musnad.iri import Minter
from musnad.linking import (
    Endpoint,
    Kit,
    Row,
    Table,
    accept,
    merge,
    propose,
    read_review,
    write_kit,
    write_review,
)
from musnad.linking.review import COLUMNS
from musnad.project import Project
from musnad.reconciliation import Cards
from musnad.search import Index
from musnad.store import Store
from reconciled import write_quads
from sample_entities import ALEPPO, ANKARA, BODY
from serving import BASE, ROOT, SHARED, build_store, running

LINKS = SHARED / "domain" / "links.json"
A_ROW = Row(f"{BASE}id/example-body", "هيئة المثال", "Organization", "example", "E1", score="100.0")
DECIDED = {"who": "فلان", "when": "2026-01-31", "why": "تطابق العنوان وسنة التأسيس"}
BARE_ANKARA, BARE_ALEPPO = (replace(each, identifiers=()) for each in (ANKARA, ALEPPO))


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("linking")
    return build_store(folder, write_quads(folder))


@pytest.fixture(scope="module")
def service(store: Path) -> Iterator[str]:
    with running(store) as (address, _):
        yield f"{address}/reconcile"


@pytest.fixture(scope="module")
def kit(store: Path) -> Kit:
    opened = Store.open(store, read_only=True, base=BASE)
    site = read_site(ROOT / "publish" / "site.yaml")
    return Kit.of(Cards(Index.of(opened, BASE), opened, BASE), site, "2026-01-31", "P99999999")


def table(folder: Path, *rows: tuple[str, str, str]) -> Table:
    path = folder / "names.tsv"
    path.write_text("id\tlabel\ttype\n" + "".join("\t".join(row) + "\n" for row in rows), encoding="utf-8")
    return Table.read(path)


# ---- proposing


def test_a_running_service_is_asked_for_every_name(service: str) -> None:
    rows = propose([BARE_ANKARA, BODY], Endpoint(service), "example")
    assert [(row.entity, row.id) for row in rows if row.score == "100.0"] == [
        (ANKARA.iri, "ankara"),
        (BODY.iri, "example-body"),
    ]
    (first,) = (row for row in rows if row.id == "ankara")
    assert "«أنقرة», «Ankara»" in first.evidence
    assert "their label is a name of ours" in first.evidence
    assert first.url == f"{BASE}id/ankara"


def test_nothing_is_decided_whatever_the_service_thinks(service: str) -> None:
    rows = propose([BARE_ANKARA, BARE_ALEPPO, BODY], Endpoint(service), "example")
    assert any("certain there" in row.evidence for row in rows)
    assert {row.decision for row in rows} == {""}


def test_more_names_than_a_batch_are_asked(service: str) -> None:
    many = [replace(BARE_ANKARA, iri=f"{BASE}id/place-{n:02}") for n in range(12)]
    assert len({row.entity for row in propose(many, Endpoint(service), "example")}) == 12


def test_a_type_is_passed_on(service: str) -> None:
    rows = propose([BODY], Endpoint(service, "Place"), "example")
    assert {row.type for row in rows} <= {"Place"}


def test_who_has_an_identifier_is_not_asked(tmp_path: Path) -> None:
    names = table(tmp_path, ("E1", "أنقرة", ""))
    assert propose([ANKARA], names, "wikidata") == []
    assert [row.id for row in propose([ANKARA], names, "example")] == ["E1"]


def test_a_table_is_searched_in_all_spellings(tmp_path: Path) -> None:
    names = table(tmp_path, ("E1", "انقره", "City"), ("E1", "Angora", "City"), ("E2", "حلب", "City"))
    (row,) = propose([BARE_ANKARA], names, "example")
    assert (row.id, row.type, row.caution) == ("E1", "City", "")
    assert "another spelling" in row.evidence


def test_people_and_bodies_and_namesakes_come_with_a_caution(tmp_path: Path) -> None:
    names = table(tmp_path, ("E1", "هيئة المثال", ""), ("E2", "هيئة المثال", ""))
    rows = propose([BODY, replace(BODY, iri=f"{BASE}id/other-body")], names, "example")
    assert len(rows) == 4
    for row in rows:
        assert "a body" in row.caution
        assert "another entity of ours" in row.caution
        assert "2 candidates bear its name" in row.caution


def test_a_malformed_table_is_refused_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(MappingError, match=r"names\.tsv:3: a cell is missing"):
        table(tmp_path, ("E1", "أنقرة", ""), ("E2", "", ""))
    with pytest.raises(MappingError, match="two types"):
        table(tmp_path, ("E1", "أنقرة", "City"), ("E1", "Ankara", "Town"))
    (tmp_path / "other.tsv").write_text("id\tname\n", encoding="utf-8")
    with pytest.raises(MappingError, match="columns"):
        Table.read(tmp_path / "other.tsv")


# ---- services that are not what they seem


class Strange(BaseHTTPRequestHandler):
    answers: ClassVar[dict[str, tuple[int, str]]] = {
        "/nothing": (200, "{}"),
        "/words": (200, "not JSON"),
        "/broken": (500, "{}"),
        "/results": (200, '{"name": "x"}'),
    }
    busy: ClassVar[list[int]] = []

    def do_GET(self) -> None:
        status, body = self.answers.get(self.path, (200, '{"name": "x", "batchSize": 2}'))
        if self.path == "/busy" and not self.busy:
            self.busy.append(1)
            status = 429
        self.send_response(status)
        self.send_header("Retry-After", "0")
        self.end_headers()
        self.wfile.write(body.encode())

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["content-length"]))
        self.send_response(200)
        self.end_headers()
        told = {"q0": {"result": [{"id": "=E1", "name": "\t=run()\n", "score": 7}]}, "q1": {"result": []}}
        self.wfile.write(b"[]" if self.path == "/results" else json.dumps(told).encode())

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def strange() -> Iterator[str]:
    with HTTPServer(("127.0.0.1", 0), Strange) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.mark.parametrize(("path", "problem"), [
    ("/nothing", "no name"),
    ("/words", "not JSON"),
    ("/broken", "answers 500"),
    ("/results", "not a reconciliation result"),
])  # fmt: skip
def test_what_is_no_service_is_said_to_be_none(strange: str, path: str, problem: str) -> None:
    with pytest.raises(DataError, match=problem):
        propose([BARE_ANKARA], Endpoint(strange + path), "example")


def test_a_service_that_is_busy_is_asked_again(strange: str) -> None:
    assert Endpoint(f"{strange}/busy").manifest()["name"] == "x"


def test_where_nobody_answers_it_is_said() -> None:
    with pytest.raises(DataError, match="cannot be asked"):
        Endpoint("http://127.0.0.1:9/reconcile").manifest()


@pytest.mark.parametrize("address", ["file:///etc/passwd", "ftp://example.org/", "reconcile"])
def test_only_the_web_is_asked(address: str) -> None:
    with pytest.raises(ProjectError, match="no address"):
        Endpoint(address)


def test_what_a_service_writes_is_no_formula_and_no_second_row(strange: str, tmp_path: Path) -> None:
    rows = propose([BARE_ANKARA], Endpoint(f"{strange}/evil"), "example")
    write_review(tmp_path / "review.tsv", rows)
    text = (tmp_path / "review.tsv").read_text(encoding="utf-8")
    assert len(text.splitlines()) == 2
    assert not re.search(r"(?:^|\t)[=+@-]", text, re.MULTILINE)
    assert read_review(tmp_path / "review.tsv")[0].id == "=E1"


# ---- reviewing


def test_a_review_is_read_as_it_was_written(tmp_path: Path) -> None:
    rows = [
        A_ROW,
        replace(A_ROW, id="E2", decision="reject", **DECIDED),
        replace(A_ROW, id="-3", label='"x" @y'),
    ]
    write_review(tmp_path / "review.tsv", rows)
    assert sorted(read_review(tmp_path / "review.tsv"), key=lambda row: row.id) == sorted(
        rows, key=lambda row: row.id
    )
    write_review(tmp_path / "again.tsv", reversed(rows))
    assert (tmp_path / "again.tsv").read_bytes() == (tmp_path / "review.tsv").read_bytes()


def test_no_review_is_an_empty_one(tmp_path: Path) -> None:
    assert read_review(tmp_path / "none.tsv") == []


@pytest.mark.parametrize("change", [
    {"decision": "yes"},
    {"decision": "accept", "match": "exact"},
    {"decision": "accept", "match": "same", **DECIDED},
    {"decision": "accept", "match": "exact", **DECIDED, "when": "yesterday"},
    {"decision": "accept", "match": "exact", **DECIDED, "why": " "},
    {"decision": "reject", **DECIDED, "who": ""},
])  # fmt: skip
def test_a_decision_says_who_when_and_why(tmp_path: Path, change: dict[str, str]) -> None:
    write_review(tmp_path / "review.tsv", [replace(A_ROW, **change)])
    with pytest.raises(MappingError, match=r"review\.tsv:2"):
        read_review(tmp_path / "review.tsv")


def test_an_entity_is_exactly_one_thing(tmp_path: Path) -> None:
    accepted = replace(A_ROW, decision="accept", match="exact", **DECIDED)
    write_review(tmp_path / "review.tsv", [accepted, replace(accepted, id="E2")])
    with pytest.raises(MappingError, match="two exact matches"):
        read_review(tmp_path / "review.tsv")
    write_review(tmp_path / "review.tsv", [accepted, replace(accepted, id="E2", match="close")])
    assert len(read_review(tmp_path / "review.tsv")) == 2


def test_what_was_decided_stays_and_what_was_rejected_does_not_come_again() -> None:
    rejected = replace(A_ROW, decision="reject", **DECIDED)
    assert merge([rejected], [A_ROW, replace(A_ROW, id="E2")]) == [rejected, replace(A_ROW, id="E2")]
    accepted = replace(A_ROW, decision="accept", match="exact", **DECIDED)
    assert merge([accepted], [A_ROW, replace(A_ROW, id="E2")]) == [accepted]
    assert merge([A_ROW], []) == []  # nobody decided, and nobody proposes it any more


# ---- the traps of the domain: same name, other thing

TRAPS = json.loads(LINKS.read_text(encoding="utf-8"))["do_not_link"] if LINKS.exists() else []
NEEDED = pytest.mark.skipif(not TRAPS, reason="the list of traps is not here")


def trap_rows() -> list[tuple[str, str, str]]:
    """Return identifiers that are not to be linked, with the name that they share with ours."""
    found = []
    for trap in TRAPS:
        words = json.dumps(trap, ensure_ascii=False)
        names = [name.strip() for name in re.findall(r"[\u0621-\u064a][\u0621-\u064a ]{3,}", words)]
        for scheme, value in re.findall(r"(wikidata|partyfacts|geonames):(\w+)", trap["do_not_link"] or ""):
            found += [(f"{scheme}:{value}", name, "") for name in dict.fromkeys(names)]
    return found


@NEEDED
def test_no_trap_is_linked_by_the_authority() -> None:
    entities = read_authority(ROOT / "rdf" / "authority", Minter()).by_slug
    forbidden = {
        trap["entity"].partition(":")[2].removesuffix("-000"): trap["do_not_link"] or "" for trap in TRAPS
    }
    linked = [
        (slug, f"{link.scheme}:{link.value}")
        for slug, given in forbidden.items()
        if slug in entities
        for link in entities[slug].identifiers
        if link.match == "exact" and f"{link.scheme}:{link.value}" in given
    ]
    assert linked == []


@NEEDED
def test_a_trap_is_proposed_with_a_caution_and_never_decided(tmp_path: Path) -> None:
    authority = read_authority(ROOT / "rdf" / "authority", Minter())
    bare = [replace(each, identifiers=()) for each in authority.entities.values()]
    rows = propose(bare, table(tmp_path, *trap_rows()), "trap")
    assert rows
    assert {row.decision for row in rows} == {""}
    careful = {"Person", "Organization", "PoliticalParty", "NewsMediaOrganization"}
    assert all(row.caution for row in rows if row.kind in careful)
    rejected = [replace(row, decision="reject", **DECIDED) for row in rows]
    assert merge(rejected, rows) == rejected


# ---- the verbs


def test_the_verb_writes_a_review_and_keeps_its_decisions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(ROOT)
    table(tmp_path, ("E1", "حلب", ""))
    names, out = str(tmp_path / "names.tsv"), str(tmp_path / "review.tsv")
    assert main(["link", names, "--scheme", "example", "--class", "Place", "-o", out]) == 0
    assert capsys.readouterr().out.strip() == out
    rows = read_review(Path(out))
    assert [row.id for row in rows if row.entity == f"{BASE}id/aleppo"] == ["E1"]
    write_review(Path(out), [replace(row, decision="reject", **DECIDED) for row in rows])
    before = Path(out).read_bytes()
    assert main(["link", names, "--scheme", "example", "--class", "Place", "-o", out]) == 0
    assert Path(out).read_bytes() == before
    assert main(["link", names, "--scheme", "example", "--class", "Dragon", "-o", out]) == 2


# ---- accepting


def test_what_is_accepted_stands_beside_its_entity(own_project: Project) -> None:
    minter, folder = Minter(), own_project.authority
    entity = read_authority(folder, minter).by_slug["ankara"]
    row = Row(
        entity.iri, entity.label_ar, "Place", "example", "E 1", "https://example.org/E1", evidence='a "list"'
    )
    accepted = replace(row, decision="accept", match="close", **DECIDED)
    waiting, rejected = replace(row, id="E2"), replace(row, id="E3", decision="reject", **DECIDED)
    assert accept(folder, minter, [accepted, waiting, rejected]) == [accepted]
    again = read_authority(folder, minter).by_slug["ankara"]
    (new,) = set(again.identifiers) - set(entity.identifiers)
    assert (new.scheme, new.value, new.match, new.url) == (
        "example",
        "E 1",
        "close",
        "https://example.org/E1",
    )
    assert all(word in new.evidence for word in ('"list"', *DECIDED.values()))
    assert accept(folder, minter, [accepted]) == []
    assert len(again.identifiers) == len(entity.identifiers) + 1


@pytest.mark.parametrize("change", [
    {"entity": f"{BASE}id/nobody"},
    {"url": "", "match": "close"},
    {"url": "no iri > at all"},
    {"url": "http://www.wikidata.org/entity/Q3640"},  # matched already, under another identifier
])  # fmt: skip
def test_what_the_authority_cannot_say_is_not_accepted(own_project: Project, change: dict[str, str]) -> None:
    folder = own_project.authority
    before = {path: path.read_bytes() for path in folder.glob("*.ttl")}
    good = replace(A_ROW, entity=f"{BASE}id/aleppo", decision="accept", match="exact", **DECIDED)
    bad = replace(good, **{"entity": ANKARA.iri, "id": "E9"} | change)
    with pytest.raises(DataError):
        accept(folder, Minter(), [good, bad])
    assert {path: path.read_bytes() for path in folder.glob("*.ttl")} == before


def test_the_verb_accepts(own_project: Project, capsys: pytest.CaptureFixture[str]) -> None:
    review, project = str(own_project.root / "review.tsv"), str(own_project.root)
    assert main(["accept", review, "--project", project]) == 2
    row = replace(A_ROW, entity=f"{BASE}id/aleppo", decision="accept", match="exact", **DECIDED)
    write_review(Path(review), [row])
    assert main(["accept", review, "--project", project]) == 0
    assert capsys.readouterr().out == f"{BASE}id/aleppo\texact\texample\tE1\n"


# ---- the kit


@pytest.fixture(scope="module")
def files(kit: Kit, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    written = write_kit(kit, tmp_path_factory.mktemp("kit"))
    return {path.name: path.read_text(encoding="utf-8") for path in written}


def test_every_identifier_fits_the_expression_and_no_other(kit: Kit, files: dict[str, str]) -> None:
    told = json.loads(files["identifier.json"])
    assert told["formatter_url"].replace("$1", "ankara") == f"{BASE}id/ankara"
    assert told["number_of_ids"] == len(kit.cards)
    assert all(re.fullmatch(told["regex"], card.id) for card in kit.cards)
    for wrong in ("x-abcdefghij", "Ankara", "a--b", "-a", "a-", "أنقرة", "a b", "", "ankara\n"):
        assert not re.fullmatch(told["regex"], wrong)


def test_the_curated_entities_of_the_project_fit_it_too() -> None:
    slugs = read_authority(ROOT / "rdf" / "authority", Minter()).by_slug
    assert not [slug for slug in slugs if not re.fullmatch("(?!x-)[a-z0-9]+(?:-[a-z0-9]+)*", slug)]


def test_the_table_for_mixnmatch_has_the_columns_that_it_takes(kit: Kit, files: dict[str, str]) -> None:
    rows = list(csv.reader(files["mixnmatch.tsv"].splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE))
    assert rows[0] == ["id", "name", "desc", "url"]
    assert [row[0] for row in rows[1:]] == [card.id for card in kit.cards]
    assert all(len(row) == 4 and all(row) for row in rows)
    assert ["ankara", "Ankara", "Place; أنقرة", f"{BASE}id/ankara"] in rows


def test_the_beacon_gives_links_between_whole_iris(files: dict[str, str]) -> None:
    head, _, body = files["beacon.txt"].partition("\n\n")
    meta = dict(line.removeprefix("#").split(": ", 1) for line in head.splitlines())
    assert meta["FORMAT"] == "BEACON"
    assert re.fullmatch(r"\d{4}-\d\d-\d\d", meta["TIMESTAMP"])
    pairs = [line.split("|") for line in body.splitlines()]
    assert all(len(pair) == 3 for pair in pairs)
    links = {(meta["PREFIX"] + source, meta["TARGET"].replace("{ID}", ours)) for source, _, ours in pairs}
    assert links == {
        ("http://www.wikidata.org/entity/Q3640", f"{BASE}id/ankara"),
        ("http://www.wikidata.org/entity/Q41183", f"{BASE}id/aleppo"),
    }


def test_statements_are_our_identifier_and_nothing_else(files: dict[str, str]) -> None:
    lines = files["quickstatements.tsv"].splitlines()
    assert lines == ['Q3640\tP99999999\t"ankara"', 'Q41183\tP99999999\t"aleppo"']


def test_without_a_property_there_are_no_statements(kit: Kit, tmp_path: Path) -> None:
    written = write_kit(replace(kit, property=""), tmp_path)
    assert "quickstatements.tsv" not in {path.name for path in written}
    with pytest.raises(ProjectError, match="no property"):
        replace(kit, property="Q1")


def test_a_match_that_is_not_one_to_one_is_left_out(kit: Kit) -> None:
    ankara = next(card for card in kit.cards if card.id == "ankara")
    twin = replace(ankara, id="ankara-two")
    assert [card.id for _, card in replace(kit, cards=(*kit.cards, twin)).matched("wikidata")] == ["aleppo"]


def test_the_links_are_triples_and_the_description_counts_them(files: dict[str, str]) -> None:
    links = list(ox.parse(files["links.nt"], format=ox.RdfFormat.N_TRIPLES))
    said = list(ox.parse(files["linksets.nt"], format=ox.RdfFormat.N_TRIPLES))
    assert files["links.nt"] == "".join(sorted(files["links.nt"].splitlines(keepends=True)))
    assert not any(isinstance(quad.subject, ox.BlankNode) for quad in said)
    void = "http://rdfs.org/ns/void#"
    sets = {quad.subject for quad in said if getattr(quad.object, "value", "") == f"{void}Linkset"}
    for name in ("subjectsTarget", "objectsTarget", "linkPredicate", "triples"):
        assert {quad.subject for quad in said if quad.predicate.value == void + name} == sets
    total = sum(int(quad.object.value) for quad in said if quad.predicate.value == f"{void}triples")  # type: ignore[union-attr]
    assert total == len(links) == 2


def test_the_draft_of_the_proposal_is_open_about_what_is_missing(files: dict[str, str]) -> None:
    text = files["property-proposal.md"]
    assert "{{Property proposal" in text
    assert "{{Q|Q41183}}" in text
    assert "the data have 2 exact match(es)" in text
    assert f"{BASE}id/$1" in text
    assert "claim/" not in "".join(files.values())


def test_a_kit_is_the_same_bytes_again(kit: Kit, files: dict[str, str], tmp_path: Path) -> None:
    again = {path.name: path.read_text(encoding="utf-8") for path in write_kit(kit, tmp_path)}
    assert again == files


def test_the_columns_are_those_of_the_documentation() -> None:
    text = (ROOT / "docs" / "reconciliation.md").read_text(encoding="utf-8")
    for column in COLUMNS:
        assert f"`{column}`" in text
    for name in ("identifier.json", "property-proposal.md", "mixnmatch.tsv", "beacon.txt", "links.nt"):
        assert f"`{name}`" in text
