"""SERVICE reaches the hosts that the configuration names, and nobody else."""

import http.server
import threading
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest

from musnad.config import Site
from musnad.errors import ServerError
from musnad.server.federation import Federation
from musnad.server.guard import check
from serving import BASE, build_store, free_port, running

Answer = tuple[int, bytes]
NASTY = 'q"} \\ {'
TABLE = {
    "head": {"vars": ["s", "x"]},
    "results": {
        "bindings": [
            {
                "s": {"type": "uri", "value": f"{BASE}id/ankara"},
                "x": {"type": "literal", "value": NASTY},
            },
            {"s": {"type": "uri", "value": f"{BASE}id/ankara"}},
        ]
    },
}


class Other(http.server.BaseHTTPRequestHandler):
    """Another service: answers by what the path says, and remembers what it was asked."""

    asked: list[str] = []  # noqa: RUF012  # one service for the whole module

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["content-length"])).decode("ascii")
        self.asked.append(urllib.parse.parse_qs(body)["query"][0])
        name = self.path.strip("/")
        status = {"moved": 302, "broken": 500}.get(name, 200)
        told = b"no table" if name == "nonsense" else orjson.dumps(self.table(name))
        self.send_response(status)
        self.send_header("Content-Type", "application/sparql-results+json")
        self.send_header("Content-Length", str(len(told)))
        if name == "moved":
            self.send_header("Location", self.path.replace("moved", "good"))
        self.end_headers()
        self.wfile.write(told)

    def table(self, name: str) -> dict:
        rows = TABLE["results"]["bindings"]
        if name == "long":
            rows = rows * 600
        if name == "nameless":
            rows = [{"s": {"type": "bnode", "value": "b"}}]
        return {"head": TABLE["head"], "results": {"bindings": rows}}

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def other() -> Iterator[str]:
    service = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Other)
    thread = threading.Thread(target=service.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{service.server_port}"
    service.shutdown()
    thread.join()
    service.server_close()


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory, other: str) -> Iterator[str]:
    dead = f"http://127.0.0.1:{free_port()}"
    store = build_store(tmp_path_factory.mktemp("federation"))
    with running(store, query_services=[other, dead, "query.example.org"], query_workers=1) as (address, _):
        yield address


def query(server: str, text: str) -> Answer:
    address = f"{server}/sparql?{urllib.parse.urlencode({'query': text})}"
    request = urllib.request.Request(address, headers={"Accept": "text/csv"})
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.status, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read()


def test_the_answer_of_the_other_service_is_joined(server: str, other: str) -> None:
    text = (
        f"SELECT ?s ?x ?class {{ SERVICE <{other}/good> {{ ?s ex:p ?x # }} \n }} ?s a ?class }} ORDER BY ?x"
    )
    status, body = query(server, f"PREFIX ex: <http://example.org/>\n{text}")
    assert status == 200
    rows = body.decode("utf-8").splitlines()
    assert len(rows) >= 3
    assert any('q""} \\ {' in row for row in rows)
    assert Other.asked[-1].startswith(f"BASE <{BASE}>\nPREFIX ex: <http://example.org/>\nSELECT * WHERE")
    assert "?s ex:p ?x" in Other.asked[-1]


def test_two_services_and_an_optional_one(server: str, other: str) -> None:
    good = f"SERVICE <{other}/good> {{ ?s ?p ?x }}"
    optional = f"OPTIONAL {{ SERVICE SILENT <{other}/broken> {{ ?s ?q ?y }} }}"
    status, body = query(server, f"SELECT ?s ?x {{ {good} . {optional} {good} }}")
    assert (status, len(body.splitlines())) == (200, 5)


def test_another_server_of_ours_may_be_asked(tmp_path: Path, server: str) -> None:
    with running(build_store(tmp_path), query_services=[server], query_workers=1) as (address, _):
        text = (
            f"SELECT (COUNT(*) AS ?n) {{ ?c a msn:Claim . SERVICE <{server}/sparql> {{ ?c a msn:Claim }} }}"
        )
        status, body = query(address, text)
        assert (status, int(body.split()[1]) > 0) == (200, True)


@pytest.mark.parametrize(
    ("clause", "status", "said"),
    [
        ("SERVICE <{0}/moved> {{ ?s ?p ?x }}", 502, b"answered 302"),
        ("SERVICE <{0}/broken> {{ ?s ?p ?x }}", 502, b"answered 500"),
        ("SERVICE <{0}/nonsense> {{ ?s ?p ?x }}", 502, b"something else"),
        ("SERVICE <{0}/nameless> {{ ?s ?p ?x }}", 502, b"without a name"),
        ("SERVICE <{0}/long> {{ ?s ?p ?x }}", 413, b"more than 1000 rows"),
        ("SERVICE <http://127.0.0.1:1/> {{ ?s ?p ?x }}", 403, b"may not be asked"),
        ("SERVICE <https://query.example.org:444/> {{ ?s ?p ?x }}", 403, b"may not be asked"),
        ("SERVICE <http://query.example.org/> {{ ?s ?p ?x }}", 403, b"may not be asked"),
        ("SERVICE <https://query.example.org@127.0.0.1/> {{ ?s ?p ?x }}", 403, b"may not be asked"),
        ("SERVICE <https://sub.query.example.org/> {{ ?s ?p ?x }}", 403, b"may not be asked"),
        ("SERVICE <file:///etc/passwd> {{ ?s ?p ?x }}", 403, b"may not be asked"),
        ("SERVICE ?s {{ ?s ?p ?x }}", 403, b"must name an address"),
        ("SERVICE <{0}/good> {{ SERVICE <{0}/good> {{ ?s ?p ?x }} }}", 400, b"cannot stand in SERVICE"),
        ("?s ?p ?o FILTER EXISTS {{ SERVICE <{0}/good> {{ ?s ?p ?x }} }}", 400, b"cannot stand in EXISTS"),
        ("SERVICE <{0}/good> ?x", 400, b"not followed by"),
        ("SERVICE <{0}/good> {{ ?s ?p ?x", 400, b"line 1"),
        ("?s ?p : SERVICE <{0}/good> {{ ?s ?p ?x }}", 403, b"not allowed here"),
        ("\\u0053ERVICE <{0}/good> {{ ?s ?p ?x }}", 403, b"not allowed here"),
        ("SERVICE <{0}/good> {{ ?s ?p ?x }} " * 5, 400, b"more than 4"),
    ],
)
def test_what_cannot_be_asked_is_refused(
    server: str, other: str, clause: str, status: int, said: bytes
) -> None:
    given = query(server, f"SELECT * {{ {clause.format(other)} }}")
    assert (given[0], said in given[1]) == (status, True), given[1]


def test_a_service_that_is_away_is_said_and_silent_is_silent(server: str) -> None:
    text = "SELECT * {{ SERVICE {0} <https://query.example.org/> {{ ?s ?p ?o }} }}"
    assert query(server, text.format(""))[0] == 502
    assert query(server, text.format("SILENT"))[0] == 200


def test_no_service_may_be_asked_unless_it_is_named(tmp_path: Path, other: str) -> None:
    before = len(Other.asked)
    with running(build_store(tmp_path), query_workers=1) as (address, _):
        status, body = query(address, f"SELECT * {{ SERVICE <{other}/good> {{ ?s ?p ?x }} }}")
    assert (status, len(Other.asked)) == (403, before)
    assert b"query the other endpoint yourself" in body


@pytest.mark.parametrize(
    "entry", ["", "https://", "ftp://a", "a/b", "http://a/b", "http://a:b", "x y:z", "https://u:p@a"]
)
def test_an_entry_that_is_no_host_is_refused_at_the_start(entry: str) -> None:
    with pytest.raises(ServerError, match="query_services"):
        Federation.of(Site(query_services=(entry,)))


def test_a_word_in_a_string_is_no_service() -> None:
    assert not [
        t for t in check('SELECT * { ?s ?p "SERVICE <x> {}" }', services=True) if t.upper == "SERVICE"
    ]
