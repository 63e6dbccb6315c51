"""The server over another SPARQL server: the same pages and answers, and a plain word when it is away."""

from __future__ import annotations

import asyncio
import contextlib
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import quote
from urllib.request import Request, urlopen

import pytest

from musnad.errors import EndpointError
from musnad.remote import Remote, load
from musnad.server import presence as presence_module
from musnad.server.app import make_app
from musnad.server.presence import Presence
from musnad.store import Store
from serving import BASE, ROOT, SAMPLE, Client, build_store, dataset, free_port, running
from sparql_servers import answering, oxigraph, wait_for

HOME = f"{BASE}graph/"
PAGES = (
    "index.ar.html",
    "people.en.html",
    "map.ar.html",
    "statistics.csv",
    "query.en.html",
    "documents.en.html",
)
QUERY = "SELECT ?claim { ?claim a msn:Claim } ORDER BY ?claim LIMIT 3"


@pytest.fixture(scope="module")
def sample() -> Store:
    store = Store.open(base=BASE)
    store.load(SAMPLE)
    return store


@pytest.fixture(scope="module")
def away(tmp_path_factory: pytest.TempPathFactory, sample: Store) -> Iterator[str]:
    """Give the address of another server that holds the sample."""
    with oxigraph(tmp_path_factory.mktemp("away") / "server", "--union-default-graph") as address:
        load(sample, Remote.find(address), HOME)
        yield address


@pytest.fixture(scope="module")
def served(away: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Give the address of `musnad serve --endpoint`, without a build."""
    port, nothing = free_port(), tmp_path_factory.mktemp("nothing")
    command = [sys.executable, "-m", "musnad", "serve", str(nothing), "--port", str(port), "--endpoint", away]
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as process:
        try:
            wait_for(f"http://127.0.0.1:{port}/health", process)
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait(20)


def get(address: str, accept: str = "*/*") -> tuple[int, str]:
    try:
        with urlopen(Request(address, headers={"Accept": accept}), timeout=30) as answer:
            return answer.status, answer.read().decode("utf-8")
    except HTTPError as error:
        return error.code, error.read().decode("utf-8")


def test_pages_and_data_are_those_of_the_embedded_store(away: str, tmp_path: Path, sample: Store) -> None:
    here = Client(make_app(dataset(build_store(tmp_path))))
    there = Client(make_app(dataset(Remote.find(away).query)))
    claim = sample.select("SELECT ?c { ?c a msn:Claim } ORDER BY ?c LIMIT 1")[0]["c"].value.removeprefix(BASE)
    for path in (*PAGES, f"{claim}.ar.html", f"{claim}.ttl", f"{claim}.jsonld"):
        one, other = here.get(f"/{path}"), there.get(f"/{path}")
        assert one.status_code == other.status_code == 200, path
        assert one.text == other.text, path
    assert there.get("/id/nobody").status_code == 404
    assert there.get(f"/{claim}", "text/turtle").status_code == 303


@pytest.mark.parametrize(
    ("query", "accept", "words"),
    [
        (QUERY, "text/csv", "/claim/"),
        (QUERY, "application/sparql-results+xml", "<sparql"),
        ("ASK { ?c a msn:Claim }", "application/sparql-results+json", "true"),
        ("CONSTRUCT { ?c a msn:Claim } WHERE { ?c a msn:Claim }", "text/turtle", "a msn:Claim"),
        (QUERY, "text/html", "<table>"),
    ],
)
def test_queries_are_answered_in_every_format(served: str, query: str, accept: str, words: str) -> None:
    status, text = get(f"{served}/sparql?query={quote(query)}", accept)
    assert (status, words in text) == (200, True)


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ("SELECT ?s\nWHERE nonsense", 400),
        ("SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }", 403),
        ("INSERT DATA { <a:a> <a:a> <a:a> }", 400),
        ("SELECT * FROM <https://example.org/> { ?s ?p ?o }", 400),
        (f"SELECT * {{ {'?s ?p ?o . ' * 200} }}", 400),
    ],
)
def test_the_guard_stands_before_the_other_server_too(served: str, query: str, status: int) -> None:
    found, text = get(f"{served}/sparql?query={quote(query)}")
    assert found in {status, 400, 403, 413}, text
    assert found >= 400


def test_a_query_that_takes_too_long_is_given_up(tmp_path: Path, sample: Store) -> None:
    heavy = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
    with oxigraph(tmp_path / "server", "--union-default-graph") as address:
        load(sample, Remote.find(address), HOME)
        with running(Remote.find(address).query) as (place, _):
            status, text = get(f"{place}/sparql?query={quote(heavy)}")
    assert (status, "more than 3 seconds" in text) == (504, True)


def health(place: str, wanted: int) -> str:
    """Return what the health check says when it has a status: workers start, what was true is believed."""
    until = time.monotonic() + 60
    while (answer := get(f"{place}/health"))[0] != wanted and time.monotonic() < until:
        time.sleep(0.3)
    assert answer[0] == wanted, answer
    return str(json.loads(answer[1])["status"])


def test_the_health_check_tells_that_the_server_is_gone(tmp_path: Path, sample: Store) -> None:
    with contextlib.ExitStack() as after:
        with oxigraph(tmp_path / "server", "--union-default-graph") as address:
            load(sample, Remote.find(address), HOME)
            place, _ = after.enter_context(running(Remote.find(address).query))
            assert health(place, 200) == "ok"
        assert health(place, 503).startswith("the store behind this service does not answer")


def test_the_other_server_is_asked_once_in_a_while_and_what_it_says_is_kept_from_readers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    asked, answers = [], [(200, b"{}"), (503, b"secret words"), (200, b"{}")]

    def answer(*request: object) -> tuple[int, dict[str, str], bytes]:
        asked.append(request)
        status, body = answers[len(asked) - 1]
        return status, {"Retry-After": "30"}, body

    async def told(presence: Presence) -> list[str]:
        return await asyncio.gather(*(presence.problem() for _ in range(20)))

    with answering(answer) as address:
        presence = Presence(f"{address}/query")
        assert asyncio.run(told(presence)) == [""] * 20
        assert len(asked) == 1
        monkeypatch.setattr(presence_module, "_KNOWN_SECONDS", 0.0)
        presence = Presence(f"{address}/query")
        assert asyncio.run(presence.problem()) == "answers 503"
        assert asyncio.run(presence.problem()) == ""
        assert len(asked) == 3
    assert asyncio.run(presence.problem()).startswith("cannot be reached")


def test_a_server_that_is_away_at_the_start_is_told() -> None:
    with pytest.raises(EndpointError, match="cannot be reached"):
        make_app(dataset(f"http://127.0.0.1:{free_port()}/query"))


def test_a_server_that_goes_away_later_is_told(tmp_path: Path, sample: Store) -> None:
    with oxigraph(tmp_path / "server", "--union-default-graph") as address:
        load(sample, Remote.find(address), HOME)
        client = Client(make_app(dataset(Remote.find(address).query)))
        assert client.get("/people.en.html").status_code == 200
    claim = sample.select("SELECT ?c { ?c a msn:Claim } LIMIT 1")[0]["c"].value.removeprefix(BASE)
    answer = client.get(f"/{claim}.ttl")
    assert answer.status_code == 503
    assert answer.headers["retry-after"]
    assert "does not answer" in answer.text
