"""Queries that are meant to harm: each is refused or ends within its limits, and pages go on."""

import contextlib
import hashlib
import http.client
import subprocess
import sys
import time
import urllib.parse
from collections.abc import Iterator
from pathlib import Path

import pytest

from musnad.server.guard import MAX_BYTES
from serving import build_store, running

CROSS = "?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l"
GROWTH = " ".join(f"BIND(REPLACE(?r{n}, 'a', 'aaaaaaaaaa') AS ?r{n + 1})" for n in range(12))
BOUNDED = {
    "ORDER BY of a cross product": f"SELECT ?a {{ {CROSS} }} ORDER BY ?l ?c LIMIT 1",
    "DISTINCT of a cross product": f"SELECT DISTINCT ?a ?d ?g ?j {{ {CROSS} }}",
    "GROUP BY of a cross product": f"SELECT ?a ?d ?g (COUNT(*) AS ?n) {{ {CROSS} }} GROUP BY ?a ?d ?g",
    "paths from everywhere": "SELECT (COUNT(*) AS ?n) { ?a (!<x:x>|^!<x:x>)* ?b . ?c (!<x:x>|^!<x:x>)* ?d }",
    "all words as one": f"SELECT (GROUP_CONCAT(STR(?c)) AS ?w) {{ {CROSS} }}",
    "growth by REPLACE": f"SELECT (STRLEN(?r12) AS ?n) {{ BIND('aaaaaaaaaa' AS ?r0) {GROWTH} }}",
    "an expression that goes back": f"SELECT * {{ BIND('{'a' * 40}!' AS ?x) FILTER(REGEX(?x, '(a+)+$')) }}",
    "nested counts": "ASK { BIND('aa' AS ?x) FILTER(REGEX(?x, '((((a{1,200}){1,200}){1,200}){1,200})')) }",
    "a long expression": f"SELECT * {{ ?s ?p ?o FILTER(REGEX(STR(?o), '{'(a|b)' * 4_000}')) }}",
    "a construct without end": f"CONSTRUCT {{ ?a ?e ?i . ?d ?h ?l }} WHERE {{ {CROSS} }}",
    "an error in every row": f"SELECT (COUNT(*) AS ?n) {{ {CROSS} FILTER(xsd:integer(?a) > 3) }}",
    "EXISTS in EXISTS": f"SELECT * {{ {CROSS} FILTER NOT EXISTS {{ {CROSS} FILTER EXISTS {{ {CROSS} }} }} }}",
}
Given = tuple[str, int, Path]


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Given]:
    store = build_store(tmp_path_factory.mktemp("hostile"))
    with running(store) as (address, process):
        yield address.removeprefix("http://"), process.pid, store


def send(host: str, method: str, path: str, body: object = None, **headers: str) -> int:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    with contextlib.closing(http.client.HTTPConnection(host, timeout=40)) as client:
        client.request(method, path, body, named, encode_chunked="transfer-encoding" in named)
        with client.getresponse() as answer, contextlib.suppress(http.client.IncompleteRead):
            answer.read()
        return answer.status


def query(host: str, text: str) -> int:
    return send(host, "GET", f"/sparql?query={urllib.parse.quote(text)}")


@pytest.mark.parametrize("text", BOUNDED.values(), ids=BOUNDED)
def test_a_hostile_query_is_bounded(given: Given, text: str) -> None:
    began = time.monotonic()
    status = query(given[0], text)
    assert status in {200, 400, 413, 504}
    assert time.monotonic() - began < 15
    assert query(given[0], "ASK {}") == 200
    assert send(given[0], "GET", "/id/ankara.html") == 200
    assert Path(f"/proc/{given[1]}").is_dir()


@pytest.mark.parametrize("method", ["PUT", "POST", "DELETE", "PATCH"])
def test_no_request_changes_the_store(given: Given, method: str) -> None:
    def digest() -> str:
        files = sorted(path for path in given[2].rglob("*") if path.is_file() and path.name != "LOCK")
        return hashlib.sha256(b"".join(path.read_bytes() for path in files)).hexdigest()

    before = digest()
    update = b"INSERT DATA { <a:a> <a:b> <a:c> }"
    for path in (
        "/sparql",
        "/sparql?graph=a:a",
        "/sparql?default",
        "/sparql?update=CLEAR+ALL",
        "/rdf-graphs/x",
    ):
        for kind in ("application/sparql-update", "text/turtle", "application/x-www-form-urlencoded"):
            assert 400 <= send(given[0], method, path, update, content_type=kind) < 500
    assert digest() == before


def test_a_body_in_pieces_is_refused_when_it_is_too_long(given: Given) -> None:
    def pieces() -> Iterator[bytes]:
        for _ in range(10 * MAX_BYTES // 1_000):
            yield b"a" * 1_000

    headers = {"content-type": "application/sparql-query", "transfer-encoding": "chunked"}
    with contextlib.suppress(ConnectionError):
        assert send(given[0], "POST", "/sparql", pieces(), **headers) == 413


@pytest.mark.parametrize("raw", ["%00", "%ED%A0%80", "%C0%80", "%EF%BF%BF", "%FF"])
def test_what_is_no_text_is_refused(given: Given, raw: str) -> None:
    assert send(given[0], "GET", f"/sparql?query=ASK%7B?s%20?p%20'{raw}'%7D") == 400


def test_a_worker_can_open_no_socket_and_start_no_program() -> None:
    """Even where every look at the text has failed."""
    told = """
import os, socket
from musnad.server.isolation import cut_network, write_no_files
assert cut_network() in {"seccomp", "namespace"}
write_no_files()
for forbidden in (
    lambda: socket.create_connection(("127.0.0.1", 9), 1),
    lambda: socket.socket(socket.AF_UNIX),
    lambda: os.execv("/bin/true", ["true"]),
):
    try:
        forbidden()
    except PermissionError:
        print("refused")
"""
    ran = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True)
    assert ran.stdout.split() == ["refused"] * 3
