"""Quick queries do not wait for dear ones, and no client has the service for itself."""

import asyncio
import concurrent.futures
import contextlib
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from email.message import Message
from pathlib import Path

import orjson
import pytest
from starlette.requests import Request

from musnad.config import Site
from musnad.errors import ServerError
from musnad.server.clients import NOT_COUNTED, Clients, TooMany
from musnad.server.fingerprint import Form, form_of
from musnad.server.guard import check
from musnad.server.lanes import Busy, Lanes, Places
from musnad.server.pool import Run
from musnad.server.watching import Query, Watch
from serving import build_store, running

QUICK = "SELECT ?p ?o { <id/ankara> ?p ?o }"
Answered = tuple[int, Message, bytes]


def dear(number: int) -> str:
    """Return a query that does not end; each number gives another form."""
    nothing = " ".join(["OPTIONAL {}"] * number)
    return f"SELECT (COUNT(*) AS ?n) {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l {nothing} }}"


def query(server: str, text: str, **headers: str) -> Answered:
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    address = f"{server}/sparql?{urllib.parse.urlencode({'query': text})}"
    return get(address, given)


def get(address: str, headers: dict[str, str]) -> Answered:
    try:
        with urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=60) as answer:
            return answer.status, answer.headers, answer.read()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers, error.read()


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_store(tmp_path_factory.mktemp("lanes"))


@pytest.fixture(scope="module")
def log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("log") / "deep" / "queries.jsonl"


@pytest.fixture(scope="module")
def server(store: Path, log: Path) -> Iterator[str]:
    settings = {"proxy": "127.0.0.1", "query_log": str(log), "query_client_running": 2}
    with running(store, **settings) as (address, _):
        yield address


# ---- lanes


def test_quick_queries_go_on_while_dear_ones_fill_the_service(server: str) -> None:
    assert query(server, QUICK)[0] == 200
    with concurrent.futures.ThreadPoolExecutor(16) as threads:
        hostile = [threads.submit(query, server, dear(number)) for number in range(16)]
        time.sleep(0.2)
        assert [query(server, QUICK)[0] for _ in range(30)] == [200] * 30
        assert not all(future.done() for future in hostile)  # none waited for the last of them
        assert {future.result()[0] for future in hostile} == {503, 504}


def test_a_form_that_was_dear_waits_and_the_others_go_first() -> None:
    async def order() -> list[str]:
        lanes = Lanes(Places(1), Places(1), 0.1, 9, 5)
        lanes.learn("quick", False)
        began: list[str] = []

        async def run(form: str) -> None:
            async with lanes.turn(form, lanes.is_dear(form)):
                began.append(form)
                await asyncio.sleep(0.01)

        await asyncio.gather(*map(run, ["first", "unknown", "quick"]))
        return began

    assert asyncio.run(order()) == ["first", "quick", "unknown"]


def test_a_query_over_its_slice_goes_on_only_where_a_dear_place_is_free() -> None:
    async def places() -> tuple[bool, bool, int]:
        lanes = Lanes(Places(1), Places(3), 0.1, 9, 5)
        async with lanes.turn("a", False) as first, lanes.turn("b", False) as second:
            return first.go_on(), second.go_on(), lanes.dear.free

    assert asyncio.run(places()) == (True, False, 0)


def test_a_place_is_never_lost() -> None:
    async def free() -> tuple[int, int]:
        lanes = Lanes(Places(1), Places(2), 0.1, 2, 0.02)

        async def run(dear: bool) -> None:
            async with lanes.turn("", dear):
                await asyncio.sleep(0.05)

        tasks = [asyncio.create_task(run(number % 2 == 0)) for number in range(8)]
        await asyncio.sleep(0.01)
        tasks[0].cancel()
        given = await asyncio.gather(*tasks, return_exceptions=True)
        assert any(isinstance(each, Busy) for each in given)
        return lanes.dear.free, lanes.all.free

    assert asyncio.run(free()) == (1, 2)


# ---- clients


def request_of(peer: str, **headers: str) -> Request:
    given = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    return Request({"type": "http", "client": (peer, 1), "headers": given})


@pytest.mark.parametrize(
    ("proxy", "peer", "forwarded", "name"),
    [
        ("", "192.0.2.7", "198.51.100.1", "192.0.2.7/32"),
        ("", "127.0.0.1", "198.51.100.1", NOT_COUNTED),
        ("127.0.0.1", "127.0.0.1", "203.0.113.9, 198.51.100.1", "198.51.100.1/32"),
        ("127.0.0.1", "127.0.0.1", "", NOT_COUNTED),
        ("127.0.0.1", "127.0.0.1", "nonsense", NOT_COUNTED),
        ("10.0.0.1", "192.0.2.7", "198.51.100.1", "192.0.2.7/32"),
        ("", "2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::/64"),
        ("", "fe80::1%eth0", "", "fe80::/64"),
        ("", "::ffff:192.0.2.7", "", "192.0.2.7/32"),
        ("", "::1", "", NOT_COUNTED),
    ],
)
def test_a_client_is_an_address_and_only_the_proxy_is_believed(
    proxy: str, peer: str, forwarded: str, name: str
) -> None:
    assert Clients(Site(proxy=proxy)).name(request_of(peer, x_forwarded_for=forwarded)) == name


def test_a_client_who_has_used_its_seconds_waits_for_more() -> None:
    now = [0.0]
    clients = Clients(Site(query_client_seconds=30.0), lambda: now[0])
    for seconds in (50.0, 12.0):
        with clients.admit("a") as charge:
            charge(seconds, False)
    with pytest.raises(TooMany) as refused, clients.admit("a"):
        pass
    assert (refused.value.status, refused.value.seconds) == (429, 6)
    with clients.admit("b"):
        pass
    now[0] = float(refused.value.seconds)
    with clients.admit("a"):
        pass


def test_nonsense_costs_a_second_each() -> None:
    clients = Clients(Site(query_client_seconds=5.0), lambda: 0.0)
    for _ in range(10):
        with clients.admit("a") as charge:
            charge(0.0, True)
    with pytest.raises(TooMany), clients.admit("a"):
        pass


def test_addresses_without_end_take_no_memory() -> None:
    clients = Clients(Site())
    with clients.admit("first"):
        for number in range(12_000):
            with clients.admit(str(number)):
                pass
        assert len(clients._accounts) == 10_000
        assert "first" in clients._accounts


def test_one_client_has_so_many_queries_at_once(server: str) -> None:
    with concurrent.futures.ThreadPoolExecutor(4) as threads:
        asked = [threads.submit(query, server, dear(30 + n), x_forwarded_for="192.0.2.1") for n in range(4)]
        time.sleep(0.5)
        assert query(server, QUICK, x_forwarded_for="192.0.2.2")[0] == 200
        answers = [future.result() for future in asked]
    refused = [headers for status, headers, _ in answers if status == 429]
    assert len(refused) == 2
    assert all(int(headers["retry-after"]) >= 1 for headers in refused)
    assert b"you have 2 queries running" in next(body for status, _, body in answers if status == 429)


# ---- what is told


def test_the_log_has_no_address_and_no_word_of_a_query(server: str, log: Path) -> None:
    before = len(log.read_bytes().splitlines())
    secret = "SELECT ?who { ?who rdfs:label '\u0633\u0631' ; <http://example.org/private> <id/ankara> }"
    assert query(server, secret, x_forwarded_for="192.0.2.77")[0] == 200
    assert query(server, "SELECT nonsense-of-somebody", x_forwarded_for="192.0.2.77")[0] == 400
    time.sleep(0.2)
    text = log.read_text(encoding="utf-8")
    lines = [orjson.loads(line) for line in text.splitlines()[before:]]
    assert [line["status"] for line in lines] == [200, 400]
    assert lines[0]["query"] == 'SELECT ?1 { ?1 <> "" ; <> <> }'
    assert not [word for word in ("\u0633\u0631", "private", "ankara", "192.0", "somebody") if word in text]


def test_queries_that_differ_in_constants_have_one_form() -> None:
    one = form_of(check("PREFIX x: <x:> SELECT ?a { ?a x:p 'one'@en . ?a x:q _:b } LIMIT 5"))
    two = form_of(check('SELECT ?z { ?z <a:p> """two""" . ?z <a:q> [] } LIMIT 7'.replace("[]", "_:c")))
    assert one == two != form_of(check("SELECT ?a { ?a ?b ?c }"))


def test_a_log_line_is_one_line_whatever_is_in_it(tmp_path: Path) -> None:
    path = tmp_path / "log.jsonl"
    watch = Watch(path, with_text=True)
    watch.note(Query("ASK {}\n\x1b[31m\u202e{}\r\n" + "x" * 5_000, Form("ASK", "0"), Run(), problem="a\nb"))
    watch.close()
    (line,) = path.read_text(encoding="utf-8").splitlines()
    assert not {"\x1b", "\u202e"} & set(line)
    assert orjson.loads(line)["problem"] == "a b"
    assert len(line) < 2_500


def test_a_full_disk_stops_no_query(tmp_path: Path) -> None:
    path = tmp_path / "log"
    path.symlink_to("/dev/full")
    watch = Watch(path)
    for _ in range(3):
        watch.note(Query())
    assert 'musnad_queries_total{status="200"} 3' in list(watch.numbers())
    with contextlib.suppress(OSError):
        watch.close()


def test_a_log_that_cannot_be_written_is_said_at_the_start(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ServerError, match="query_log"):
        Watch(tmp_path / "file" / "log")


def test_the_numbers_are_for_this_machine(store: Path) -> None:
    with running(store) as (address, _):
        query(address, QUICK)
        status, headers, body = get(f"{address}/metrics", {})
        assert (status, headers["content-type"]) == (200, "text/plain; version=0.0.4; charset=utf-8")
        lines = body.decode("utf-8").splitlines()
        assert 'musnad_queries_total{status="200"} 1' in lines
        assert 'musnad_query_seconds_bucket{le="+Inf"} 1' in lines
        names = {line.split()[2] for line in lines if line.startswith("# TYPE")}
        assert len(names) == sum(line.startswith("# TYPE") for line in lines)
        assert get(f"{address}/metrics", {"X-Forwarded-For": "192.0.2.1"})[0] == 403
    with running(store, metrics="everyone") as (address, _):
        assert get(f"{address}/metrics", {"X-Forwarded-For": "192.0.2.1"})[0] == 200


def test_a_worker_starts_with_what_it_needs_alone() -> None:
    """It takes the place of one that was killed, so that somebody waits for its start."""
    told = "import sys, musnad.server.worker; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True).stdout
    assert not {"starlette", "asyncio", "yaml", "jinja2", "rdflib", "musnad.site"} & set(loaded.split())
