"""The endpoint, asked over a real connection by real clients."""

import concurrent.futures
import http.client
import os
import signal
import socket
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from email.message import Message
from pathlib import Path

import orjson
import pyoxigraph as ox
import pytest
from rdflib import Graph
from SPARQLWrapper import CSV, JSON, POST, POSTDIRECTLY, TSV, TURTLE, XML, SPARQLWrapper

from musnad.errors import ServerError
from musnad.server.listen import bind
from musnad.server.pool import Limits
from serving import BASE, SECONDS, build_store, free_port, running

SELECT = "SELECT ?claim ?label { ?claim a msn:Claim ; rdfs:label ?label } ORDER BY ?claim LIMIT 3"
HEAVY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
DOUBLINGS = " ".join(f"BIND(CONCAT(?a{n}, ?a{n}) AS ?a{n + 1})" for n in range(30))
GROWING = f"SELECT (STRLEN(?a30) AS ?n) {{ BIND('aaaaaaaaaaaaaaaa' AS ?a0) {DOUBLINGS} }}"
DESCRIBED = f"<{BASE}id/ankara>"
WORKERS = Limits().at_once + Limits().spares
Given = tuple[int, Message, bytes]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_store(tmp_path_factory.mktemp("sparql"))


@pytest.fixture(scope="module")
def server(store: Path) -> Iterator[str]:
    with running(store) as (address, _):
        yield address


def ask(address: str, data: bytes | None = None, **headers: str) -> Given:
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    request = urllib.request.Request(address, data, given)
    try:
        with urllib.request.urlopen(request, timeout=60) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers, error.read()


def query(server: str, text: str, accept: str = "*/*", **fields: str) -> Given:
    return ask(f"{server}/sparql?{urllib.parse.urlencode({'query': text, **fields})}", accept=accept)


def health(server: str) -> dict:
    return orjson.loads(ask(f"{server}/health")[2])


def all_rest(server: str) -> float:
    """Return how many seconds it took until every worker was idle."""
    started = time.monotonic()
    while health(server)["queries"]["idle"] < WORKERS:
        assert time.monotonic() - started < 30
        time.sleep(0.05)
    return time.monotonic() - started


def alive(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def workers(server_process_id: int) -> list[int]:
    children = Path(f"/proc/{server_process_id}/task/{server_process_id}/children").read_text()
    return [int(number) for number in children.split()]


# ---- formats


@pytest.mark.parametrize("method", [None, POST])
@pytest.mark.parametrize("form", [JSON, XML, CSV, TSV])
def test_a_client_reads_a_table_in_each_format(server: str, form: str, method: str | None) -> None:
    client = SPARQLWrapper(f"{server}/sparql")
    client.setQuery(SELECT)
    client.setReturnFormat(form)
    if method:
        client.setMethod(method)
        client.setRequestMethod(POSTDIRECTLY)
    found = client.query().convert()
    if form == JSON:
        assert len(found["results"]["bindings"]) == 3
        assert found["results"]["bindings"][0]["label"]["xml:lang"] == "ar"
    elif form == XML:
        assert len(found.getElementsByTagName("result")) == 3
    else:
        assert len(found.decode("utf-8").strip().splitlines()) == 4


def test_a_client_reads_a_graph(server: str) -> None:
    client = SPARQLWrapper(f"{server}/sparql")
    client.setQuery(f"CONSTRUCT WHERE {{ {DESCRIBED} ?p ?o }}")
    client.setReturnFormat(TURTLE)
    turtle = Graph().parse(data=client.query().convert())
    client.setReturnFormat(XML)
    assert set(client.query().convert()) == set(turtle) != set()


def test_a_client_reads_a_truth_value(server: str) -> None:
    client = SPARQLWrapper(f"{server}/sparql")
    client.setQuery("ASK { ?claim a msn:Claim }")
    client.setReturnFormat(JSON)
    assert client.query().convert()["boolean"] is True


@pytest.mark.parametrize(
    ("accept", "kind"),
    [
        ("*/*", "application/sparql-results+json"),
        ("application/json", "application/sparql-results+json"),
        (
            "application/sparql-results+xml;q=0.3, application/sparql-results+json",
            "application/sparql-results+json",
        ),
        ("text/csv", "text/csv; charset=utf-8"),
        ("text/tab-separated-values", "text/tab-separated-values; charset=utf-8"),
        ("text/html,application/xhtml+xml,*/*;q=0.8", "text/html; charset=utf-8"),
    ],
)
def test_a_table_comes_in_the_negotiated_format(server: str, accept: str, kind: str) -> None:
    status, headers, _ = query(server, SELECT, accept)
    assert (status, headers["content-type"]) == (200, kind)
    assert "Accept" in headers["vary"]


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("text/turtle", ox.RdfFormat.TURTLE),
        ("application/n-triples", ox.RdfFormat.N_TRIPLES),
        ("application/ld+json", ox.RdfFormat.JSON_LD),
        ("application/rdf+xml", ox.RdfFormat.RDF_XML),
    ],
)
def test_a_graph_comes_in_the_negotiated_format(server: str, accept: str, form: ox.RdfFormat) -> None:
    status, headers, body = query(server, f"DESCRIBE {DESCRIBED}", accept)
    assert (status, headers["content-type"].partition(";")[0]) == (200, accept)
    assert list(ox.parse(body, format=form))


def test_the_format_of_a_form_wins_over_accept(server: str) -> None:
    status, headers, _ = query(server, SELECT, "text/html", format="csv")
    assert (status, headers["content-disposition"]) == (200, 'attachment; filename="results.csv"')
    assert query(server, SELECT, format="<script>")[1]["content-type"] == "application/sparql-results+json"
    assert query(server, f"DESCRIBE {DESCRIBED}", "text/turtle", format="csv")[0] == 200


@pytest.mark.parametrize("text", [SELECT, "ASK {}", f"DESCRIBE {DESCRIBED}"])
def test_a_reader_gets_a_page(server: str, text: str) -> None:
    status, headers, body = query(server, text, "text/html", lang="en")
    assert (status, headers["content-language"]) == (200, "en")
    assert b'<html lang="en"' in body


def test_nothing_from_a_query_becomes_markup(server: str) -> None:
    _, _, body = query(server, "SELECT ('<script>alert(1)</script>{{7*7}}' AS ?x) {}", "text/html")
    assert b"<script>alert" not in body
    assert b"{{7*7}}" in body
    status, headers, body = query(server, "<script>alert(1)</script>", "text/html")
    assert (status, headers["content-type"]) == (400, "text/plain; charset=utf-8")


def test_what_is_not_acceptable_is_said(server: str) -> None:
    status, _, body = query(server, SELECT, "image/png")
    assert (status, b"application/sparql-results+json" in body) == (406, True)


def test_without_a_query_the_service_describes_itself(server: str) -> None:
    _, headers, body = ask(f"{server}/sparql", accept="text/turtle")
    assert headers["content-type"] == "text/turtle; charset=utf-8"
    graph = Graph().parse(data=body)
    assert len(
        graph.query(
            "PREFIX sd: <http://www.w3.org/ns/sparql-service-description#> SELECT * {?s a sd:Service}"
        )
    )
    status, headers, body = ask(f"{server}/sparql", accept="text/html")
    assert (status, b"<textarea" in body) == (200, True)


# ---- the protocol


def test_the_prefixes_of_the_dataset_are_known(server: str) -> None:
    assert query(server, "ASK { ?claim a msn:Claim }")[2] == b'{"head":{},"boolean":true}'


def test_an_iri_may_be_written_below_the_base(server: str) -> None:
    assert (
        query(server, "ASK FROM <graph/authority> { <id/ankara> a ?class }")[2]
        == b'{"head":{},"boolean":true}'
    )


def test_the_default_graph_is_the_union(server: str) -> None:
    count = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
    everything = query(server, count, "text/csv")[2]
    one = query(server, count.replace("{ ?s", "FROM graph:authority { ?s"), "text/csv")[2]
    same = query(server, count, "text/csv", **{"default-graph-uri": f"{BASE}graph/authority"})[2]
    assert one == same != everything


def test_a_graph_that_is_not_there(server: str) -> None:
    status, _, body = query(server, "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }")
    assert (status, b"no graph is named" in body) == (400, True)
    found = query(
        server, "SELECT * { ?s ?p ?o }", "text/csv", **{"default-graph-uri": "http://127.0.0.1:9/x"}
    )
    assert found[2] == b"o,p,s\r\n"


@pytest.mark.parametrize(
    ("data", "kind", "status"),
    [
        (b"query=ASK%20%7B%7D", "application/x-www-form-urlencoded", 200),
        (b"ASK {}", "application/sparql-query", 200),
        (b"ASK {}", "application/sparql-query; charset=UTF-8", 200),
        (b"ASK {}", "text/plain", 415),
        (b"ASK {}", "application/sparql-query; charset=utf-16", 415),
        (b"\xff\xfeASK {}", "application/sparql-query", 400),
        (b"query=%FF", "application/x-www-form-urlencoded", 400),
        (b"query=ASK%7B%7D&query=ASK%7B%7D", "application/x-www-form-urlencoded", 400),
        (b"x=1", "application/x-www-form-urlencoded", 400),
        (b"", "application/sparql-query", 400),
        (b"INSERT DATA { <a:a> <a:b> <a:c> }", "application/sparql-update", 403),
        (b"INSERT DATA { <a:a> <a:b> <a:c> }", "application/sparql-query", 400),
        (b"update=CLEAR+ALL", "application/x-www-form-urlencoded", 403),
        (b"query=ASK%7B%7D&using-graph-uri=a:a", "application/x-www-form-urlencoded", 403),
        (b"a=1&" * 400, "application/x-www-form-urlencoded", 400),
        (b"query=" + b"a" * 200_000, "application/x-www-form-urlencoded", 413),
        (b"a" * 40_000, "application/sparql-query", 413),
    ],
)
def test_the_body_of_a_post_is_read_strictly(server: str, data: bytes, kind: str, status: int) -> None:
    assert ask(f"{server}/sparql", data, content_type=kind)[0] == status


def test_a_packed_body_is_refused(server: str) -> None:
    given = ask(f"{server}/sparql", b"x", content_type="application/sparql-query", content_encoding="gzip")
    assert given[0] == 415


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE"])
def test_only_queries_are_taken(server: str, method: str) -> None:
    connection = http.client.HTTPConnection(server.removeprefix("http://"), timeout=10)
    connection.request(method, "/sparql?graph=x")
    answer = connection.getresponse()
    assert (answer.status, answer.getheader("allow")) == (405, "GET, HEAD, OPTIONS, POST")
    connection.close()


def test_a_syntax_error_names_its_place(server: str) -> None:
    status, headers, body = query(server, "SELECT * {\n ?s ?p }")
    assert (status, headers["content-type"]) == (400, "text/plain; charset=utf-8")
    assert b"line 2, column 9" in body


def test_nothing_reaches_the_network(server: str) -> None:
    asked = []
    with socket.create_server(("127.0.0.1", 0)) as canary:
        canary.settimeout(0.5)
        address = f"http://127.0.0.1:{canary.getsockname()[1]}/"
        for text in (
            f"SELECT * {{ SERVICE <{address}> {{ ?s ?p ?o }} }}",
            f"SELECT * {{ \\u0053ERVICE <{address}> {{ ?s ?p ?o }} }}",
            f"SELECT * FROM <{address}> {{ ?s ?p ?o }}",
            f"SELECT * FROM NAMED <{address}> {{ GRAPH ?g {{ ?s ?p ?o }} }}",
        ):
            asked.append(query(server, text)[0])
        query(server, "ASK {}", **{"default-graph-uri": address, "named-graph-uri": address})
        with pytest.raises(TimeoutError):
            canary.accept()
    assert asked == [403, 403, 400, 400]


# ---- limits


def test_a_slow_query_is_stopped_while_pages_go_on(server: str) -> None:
    with concurrent.futures.ThreadPoolExecutor(12) as threads:
        started = time.monotonic()
        slow = [threads.submit(query, server, HEAVY) for _ in range(10)]
        time.sleep(0.3)
        gaps = []
        for _ in range(5):
            before = time.monotonic()
            assert ask(f"{server}/id/ankara.html?x={before}")[0] == 200
            gaps.append(time.monotonic() - before)
        statuses = sorted(future.result()[0] for future in slow)
    assert max(gaps) < 2
    assert set(statuses) == {503, 504}
    assert time.monotonic() - started < Limits().queue_seconds + 2 * SECONDS + 8
    assert query(server, "ASK {}")[0] == 200


def test_a_refusal_for_time_says_when_to_come_back(server: str) -> None:
    status, headers, body = query(server, HEAVY)
    assert (status, headers["retry-after"]) == (504, "60")
    assert b"more than 3 seconds" in body


def test_a_query_that_grows_without_end_is_stopped(store: Path) -> None:
    with running(store, query_seconds=20.0) as (address, _):
        status, _, body = query(address, GROWING)
        assert (status, b"MB of memory" in body) == (413, True)
        assert query(address, "ASK {}")[0] == 200


def test_a_result_over_a_limit_is_refused_and_never_cut(server: str) -> None:
    for text in ("SELECT * { ?a ?b ?c . ?d ?e ?f }", "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 10001"):
        for accept in ("application/json", "text/csv", "text/tab-separated-values", "application/xml"):
            assert query(server, text, accept)[0] == 413
    assert query(server, "SELECT ?a { ?a ?b ?c . ?d ?e ?f } LIMIT 10000")[0] == 200
    assert query(server, "SELECT ?a { ?a ?b ?c . ?d ?e ?f } LIMIT 1001", "text/html")[0] == 413


def test_a_client_that_leaves_takes_its_query_along(server: str) -> None:
    host, port = server.removeprefix("http://").split(":")
    text = urllib.parse.quote(HEAVY)
    for _ in range(4):
        with socket.create_connection((host, int(port))) as client:
            client.sendall(f"GET /sparql?query={text} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            time.sleep(0.1)
    assert query(server, "ASK {}")[0] == 200
    assert all_rest(server) < SECONDS


# ---- processes


def test_a_worker_killed_by_hand_costs_no_query(store: Path) -> None:
    with running(store) as (address, process):
        for _ in range(5):
            assert query(address, "ASK {}")[0] == 200
            for worker in workers(process.pid):
                os.kill(worker, signal.SIGKILL)
            assert query(address, "ASK {}")[0] == 200
        all_rest(address)
        assert all(alive(worker) for worker in workers(process.pid))


def test_the_server_stops_cleanly(store: Path) -> None:
    with running(store) as (address, process):
        query(address, "ASK {}")
        running_workers = workers(process.pid)
        slow = threading.Thread(target=lambda: query(address, HEAVY))
        slow.start()
        time.sleep(0.3)
        process.send_signal(signal.SIGTERM)
        assert process.wait(15) == 0
        slow.join()
        assert process.stdout is not None
        assert process.stdout.read() == "stopped\n"
        assert not [worker for worker in running_workers if alive(worker)]


def test_the_workers_of_a_killed_server_end_with_it(store: Path) -> None:
    with running(store) as (address, process):
        query(address, "ASK {}")
        running_workers = workers(process.pid)
        process.kill()
        process.wait()
        until = time.monotonic() + 10
        while any(map(alive, running_workers)) and time.monotonic() < until:
            time.sleep(0.1)
        assert not [worker for worker in running_workers if alive(worker)]


def test_a_worker_has_no_network(server: str) -> None:
    assert health(server)["queries"]["network"] in (["seccomp"], ["namespace"])


def test_a_port_in_use_is_one_clear_line() -> None:
    port = free_port()
    with bind("127.0.0.1", port) as first:
        first.listen()
        with pytest.raises(ServerError, match=rf"127.0.0.1:{port}: the port is in use .*--port"):
            bind("127.0.0.1", port)


@pytest.mark.parametrize(("host", "port"), [("no.such.host.invalid", 80), ("127.0.0.1", 99_999)])
def test_an_address_that_is_none_is_refused(host: str, port: int) -> None:
    with pytest.raises(ServerError, match="is no "):
        bind(host, port)
