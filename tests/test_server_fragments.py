"""Triple Pattern Fragments: the specification, and a client that joins over them."""

import json
import os
import subprocess
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from email.message import Message
from pathlib import Path

import pyoxigraph as ox
import pytest

from musnad.server.fragments.terms import Pattern
from musnad.server.guard import QueryRefused
from npm_packages import modules_of
from serving import BASE, SAMPLE, build_store, running

HYDRA, VOID = "http://www.w3.org/ns/hydra/core#", "http://rdfs.org/ns/void#"
RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"
FORMATS = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/trig": ox.RdfFormat.TRIG,
    "application/ld+json": ox.RdfFormat.JSON_LD,
    "application/n-quads": ox.RdfFormat.N_QUADS,
}
COMUNICA = "@comunica/query-sparql@^4.3"
PATTERNS = f"""?claim a <{BASE}ontology#Claim> . ?claim <{LABEL}> ?label .
  ?claim <{BASE}ontology#speaker> ?who . ?who a ?class"""
JOIN = f"""
const {{ QueryEngine }} = require("@comunica/query-sparql");
async function main(value) {{
  const query = `SELECT DISTINCT ?claim ?label WHERE {{ {PATTERNS} }}`;
  const found = await new QueryEngine().queryBindings(query, {{ sources: [{{ type: "qpf", value }}] }});
  const rows = await found.toArray();
  console.log(JSON.stringify(rows.map((row) => [row.get("claim").value, row.get("label").value])));
}}
main(process.argv[2]);
"""


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_store(tmp_path_factory.mktemp("fragments"))


@pytest.fixture(scope="module")
def server(store: Path) -> Iterator[str]:
    with running(store, fragment_triples=50) as (address, _):
        yield address


def get(server: str, accept: str = "application/n-quads", **fields: str) -> tuple[int, Message, bytes]:
    address = f"{server}/fragments?{urllib.parse.urlencode(fields)}".rstrip("?")
    return fetch(address, accept)


def fetch(address: str, accept: str = "application/n-quads") -> tuple[int, Message, bytes]:
    try:
        request = urllib.request.Request(address, headers={"Accept": accept})
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers, error.read()


def read(body: bytes) -> tuple[set[ox.Triple], ox.Store]:
    """Return the data of a page, and its controls."""
    data, told = set(), ox.Store()
    for quad in ox.parse(body, format=ox.RdfFormat.N_QUADS):
        if quad.graph_name == ox.DefaultGraph():
            data.add(quad.triple)
        else:
            told.add(ox.Quad(quad.subject, quad.predicate, quad.object))
    return data, told


def value(told: ox.Store, subject: str, predicate: str) -> str:
    found = next(told.quads_for_pattern(ox.NamedNode(subject), ox.NamedNode(predicate), None), None)
    return found.object.value if found else ""


def everything() -> set[ox.Triple]:
    return {quad.triple for quad in ox.parse(path=str(SAMPLE), format=ox.RdfFormat.N_QUADS)}


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"predicate": RDF_TYPE},
        {"subject": f"{BASE}id/ankara"},
        {"subject": f"<{BASE}id/ankara>", "predicate": "?p", "object": "?o"},
        {"object": f"{BASE}ontology#Claim"},
        {"object": '"true"^^http://www.w3.org/2001/XMLSchema#boolean'},
        {"predicate": LABEL, "object": '"Ankara"@en'},
        {"subject": "http://example.org/nothing"},
        {"subject": '"a literal"'},
        {"subject": "?x", "object": "?x"},
    ],
)
def test_the_pages_of_a_fragment_are_all_that_matches(server: str, fields: dict[str, str]) -> None:
    pattern = Pattern.of(fields)
    wanted = set()
    if pattern.is_possible:
        memory = ox.Store()
        memory.extend(ox.Quad(each.subject, each.predicate, each.object) for each in everything())
        wanted = set(memory.query(f"CONSTRUCT WHERE {{ {pattern.text} }}"))
    address: str = f"{server}/fragments?{urllib.parse.urlencode(fields)}".rstrip("?")
    found, totals, pages = set(), set(), 0
    while address:
        status, _, body = fetch(address)
        data, told = read(body)
        assert (status, len(data) <= 50) == (200, True)
        found |= data
        totals.add(int(value(told, address, VOID + "triples")))
        address, pages = value(told, address, HYDRA + "next"), pages + 1
    assert found == wanted
    assert len(totals) == 1
    assert totals.pop() in ({len(wanted)} if fields else range(len(wanted), 2 * len(wanted)))
    assert pages == max(1, -(-len(wanted) // 50)) or not fields


@pytest.mark.parametrize("accept", FORMATS)
def test_every_format_has_the_data_and_the_controls(server: str, accept: str) -> None:
    status, headers, body = get(server, accept, predicate=RDF_TYPE)
    assert (status, headers["content-type"].partition(";")[0]) == (200, accept)
    assert headers["vary"].startswith("Accept")
    quads = list(ox.parse(body, format=FORMATS[accept], base_iri=server))
    predicates = {quad.predicate.value for quad in quads}
    assert {RDF_TYPE, HYDRA + "search", HYDRA + "totalItems", VOID + "triples"} <= predicates
    apart = {quad.graph_name for quad in quads if quad.predicate.value.startswith(HYDRA)}
    assert (apart == {ox.DefaultGraph()}) == (accept == "text/turtle")


def test_the_controls_say_how_to_ask_for_others(server: str) -> None:
    _, told = read(get(server)[2])
    service = f"{server}/fragments"
    assert value(told, f"{service}#search", HYDRA + "template") == f"{service}{{?subject,predicate,object}}"
    mapped = {
        value(told, f"{service}#{place}", HYDRA + "variable"): value(
            told, f"{service}#{place}", HYDRA + "property"
        )
        for place in ("subject", "predicate", "object")
    }
    assert set(mapped) == {"subject", "predicate", "object"}
    assert mapped["object"].endswith("rdf-syntax-ns#object")
    assert value(told, f"{service}#dataset", HYDRA + "search") == f"{service}#search"


def test_a_page_knows_its_address_as_it_was_written(server: str) -> None:
    asked = f"{server}/fragments?object=&predicate={urllib.parse.quote(RDF_TYPE)}&x=%7b%7C"
    told = read(fetch(f"{asked}|}}")[2])[1]
    assert value(told, f"{asked}%7C%7D", HYDRA + "totalItems")


@pytest.mark.parametrize(
    ("fields", "status"),
    [
        ({"subject": "not an iri"}, 400),
        ({"subject": "_:b"}, 400),
        ({"object": '"a"@'}, 400),
        ({"object": '"a"^^nothing here'}, 400),
        ({"object": "?a b"}, 400),
        ({"predicate": "> } SERVICE <http://127.0.0.1:9/> {"}, 400),
        ({"subject": "http://x/" + "a" * 5_000}, 413),
        ({"page": "0"}, 400),
        ({"page": "-1"}, 400),
        ({"page": "\u0661"}, 400),
        ({"page": "99999999"}, 400),
        ({"page": "9999"}, 404),
    ],
)
def test_what_is_no_pattern_is_refused(server: str, fields: dict[str, str], status: int) -> None:
    given, headers, _ = get(server, **fields)
    assert (given, headers["content-type"]) == (status, "text/plain; charset=utf-8")


def test_a_literal_is_never_a_query(server: str) -> None:
    text = '"} SERVICE <http://127.0.0.1:9/> { \\" ?x ?y"@en'
    assert get(server, object=text)[0] == 200
    assert Pattern.of({"object": '"a\\"'}).terms[2] == '"a\\\\"'
    with pytest.raises(QueryRefused):
        Pattern.of({"subject": "http://x/> ?p ?o } #"})


@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_reader_gets_a_page(server: str, language: str) -> None:
    status, headers, body = get(server, "text/html", predicate=RDF_TYPE, lang=language)
    assert (status, headers["content-language"]) == (200, language)
    assert f'<html lang="{language}"'.encode() in body
    assert b"page=2" in body
    text = "<script>alert(1)</script>{{7*7}}"
    assert b"<script>alert" not in get(server, "text/html", object=f'"{text}"')[2]


def test_no_header_changes_the_addresses(server: str) -> None:
    request = urllib.request.Request(
        f"{server}/fragments", headers={"Host": "evil.example", "Accept": "text/turtle"}
    )
    with urllib.request.urlopen(request, timeout=30) as answer:
        assert b"evil.example" not in answer.read()


def test_comunica_answers_a_join(server: str, tmp_path: Path) -> None:
    modules = modules_of(COMUNICA)
    script = tmp_path / "join.cjs"
    script.write_text(JOIN, encoding="utf-8")
    command = ["node", str(script), f"{server}/fragments"]
    environment = os.environ | {"NODE_PATH": str(modules)}
    given = subprocess.run(command, env=environment, capture_output=True, timeout=120, check=False)
    assert given.returncode == 0, given.stderr.decode()
    memory = ox.Store()
    memory.bulk_load(path=str(SAMPLE), format=ox.RdfFormat.N_QUADS)
    asked = f"SELECT DISTINCT ?claim ?label {{ {PATTERNS} }}"
    wanted = memory.query(asked, use_default_graph_as_union=True)
    found = {tuple(row) for row in json.loads(given.stdout)}
    assert found == {(row["claim"].value, row["label"].value) for row in wanted} != set()
