"""What the other tests of the server do not try: many at once, many times, and names that look alike.

`docs/attacks.md` says which test shows what; the last test here holds it to its word.
"""

from __future__ import annotations

import concurrent.futures
import json
import os
import re
import signal
import socket
import time
import urllib.parse
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest
from starlette.applications import Starlette

from musnad.server import watching
from musnad.server.app import make_app
from musnad.server.watching import Query, Watch
from musnad.site.csv_lines import csv_line
from reconciled import form, send, write_quads
from serving import ROOT, build_store, dataset, running
from test_server_sparql import HEAVY, alive, all_rest, ask, health, query, workers
from test_site_values import CONFIG, ENTITY, HOSTILE, Tags, stored

MANY, OFTEN = 40, 50
ROWS = 40  # of the list of attacks
FORM = "application/x-www-form-urlencoded"
NAMED = re.compile(r"`(test_\w+)::(test_\w+)`")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, int]]:
    with running(build_store(tmp_path_factory.mktemp("attacks"))) as (address, process):
        yield address, process.pid


def open_files(process: int) -> int:
    return len(list(Path(f"/proc/{process}/fd").iterdir()))


def test_many_heavy_queries_at_once_are_refused_with_a_time_and_pages_go_on(server: tuple[str, int]) -> None:
    address, _ = server
    with concurrent.futures.ThreadPoolExecutor(MANY) as threads:
        heavy = [threads.submit(query, address, HEAVY) for _ in range(MANY)]
        time.sleep(0.3)
        pages = [ask(f"{address}/id/ankara.html?x={number}")[0] for number in range(5)]
        running_still = not all(future.done() for future in heavy)
        answers = [future.result() for future in heavy]
    assert (pages, running_still) == ([200] * 5, True)
    assert {status for status, _, _ in answers} <= {429, 503, 504}
    assert all(int(headers["retry-after"]) > 0 for _, headers, _ in answers)
    assert query(address, "ASK {}")[0] == 200


def test_clients_that_leave_again_and_again_leave_nothing_behind(server: tuple[str, int]) -> None:
    address, process = server
    host, port = address.removeprefix("http://").split(":")
    all_rest(address)
    before = open_files(process), len(workers(process))
    for number in range(OFTEN):
        text = urllib.parse.quote(f"{HEAVY} LIMIT {number + 1}")
        with socket.create_connection((host, int(port))) as client:
            client.sendall(f"GET /sparql?query={text} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            time.sleep(0.02)
    all_rest(address)
    assert query(address, "ASK {}")[0] == 200
    settled(process, before)


def test_workers_that_are_killed_again_and_again_are_replaced_and_nothing_grows(
    server: tuple[str, int],
) -> None:
    address, process = server
    all_rest(address)
    before = open_files(process), len(workers(process))
    for _ in range(20):
        os.kill(workers(process)[0], signal.SIGKILL)
        assert query(address, "ASK {}")[0] == 200
    all_rest(address)
    settled(process, before)
    assert all(alive(worker) for worker in workers(process))  # and so none is a zombie


def settled(process: int, before: tuple[int, int]) -> None:
    """Wait until a server has no more files and workers than before; connections end a little later."""
    until = time.monotonic() + 30
    while (open_files(process), len(workers(process))) > before and time.monotonic() < until:
        time.sleep(0.1)
    assert open_files(process) <= before[0] + 2
    assert len(workers(process)) <= before[1]


def test_the_log_is_begun_anew_and_old_ones_are_given_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watching, "_LOG_BYTES", 4_000)
    watch = Watch(tmp_path / "log.jsonl")
    for _ in range(1_000):
        watch.note(Query("ASK {}"))
    watch.close()
    files = sorted(tmp_path.iterdir())
    assert [path.name for path in files] == ["log.jsonl", *(f"log.jsonl.{number}" for number in range(1, 5))]
    assert all(path.stat().st_size <= 4_000 for path in files)
    assert all(json.loads(line) for path in files for line in path.read_text().splitlines())


def test_nonsense_without_end_silences_no_health_check(server: tuple[str, int]) -> None:
    address, _ = server
    assert {query(address, f"nonsense {number}")[0] for number in range(100)} == {
        400
    }  # this machine is exempt
    assert health(address)["status"] == "ok"


@pytest.mark.parametrize("first", "=+-@\t\r\uff1d\uff0b\uff0d\uff20")
def test_no_cell_is_a_formula_in_the_tables_of_pages(first: str) -> None:
    cell = csv_line(f"{first}1+1").strip('"')
    assert cell == "1+1" or cell.startswith("'")  # what is no letter at the start may be left out


def test_a_literal_of_markup_stays_text() -> None:
    site = stored({"hostile": {"rdfs:label": "plain"}})
    node, graph = ox.NamedNode(ENTITY), ox.NamedNode(CONFIG.minter.graph("authority"))
    markup = ox.Literal(HOSTILE, datatype=ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#HTML"))
    for name in ("https://schema.org/description", "http://www.w3.org/2000/01/rdf-schema#label"):
        site.answers.store.extend([ox.Quad(node, ox.NamedNode(name), markup, graph)])
    page = site.render(ENTITY, "en")
    assert page is not None
    assert not any(tag == "img" for tag, _ in Tags(page.text).found)
    assert "<script>alert" not in page.text


@pytest.mark.parametrize(
    "pair",
    [("a", "\u0430"), ("e\u0301", "\u00e9"), ("علي", "علی"), ("كلمة", "کلمة")],  # Ali, word: two letters each
)
def test_names_that_look_alike_are_two_things(pair: tuple[str, str]) -> None:
    one, other = pair
    site = stored({one: {"rdfs:label": "the first"}, other: {"rdfs:label": "the second"}})
    for slug, said in ((one, "the first"), (other, "the second")):
        page = site.render(f"{CONFIG.base}id/{slug}", "en")
        assert page is not None
        assert said in page.text


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> Starlette:
    folder = tmp_path_factory.mktemp("reconciled")
    return make_app(dataset(build_store(folder, write_quads(folder))))


@pytest.mark.parametrize("most", [10**9, 10**18])
def test_a_batch_asks_for_no_more_than_there_is(app: Starlette, most: int) -> None:
    answer = form(app, "/reconcile", queries={"q": {"query": "أنقرة", "limit": most}})  # Ankara
    assert answer.status_code == 200
    assert 0 < len(answer.json()["q"]["result"]) <= 100


@pytest.mark.parametrize(
    "told",
    [
        json.dumps({"q": {"query": "x" * 1_000_000}}),
        '{"q":' * 1_000 + "1" + "}" * 1_000,
        "[" * 1_000,
        '{"q": {"query": "x", "limit": 1' + "0" * 5_000 + "}}",
        '{"q": {"query": "x", "limit": 1e999}}',
        '{"q": {"query": "\\ud800"}}',
    ],
)
def test_a_batch_of_too_much_is_refused(app: Starlette, told: str) -> None:
    answer = send(app, "/reconcile", urllib.parse.urlencode({"queries": told}).encode(), FORM)
    assert answer.status_code in {400, 413}
    assert answer.json()["status"] == "error"


def test_no_answer_is_a_script(app: Starlette) -> None:
    answer = send(app, "/reconcile?callback=alert(1)//", b"queries=%7B%7D", FORM)
    assert answer.headers["content-type"] == "application/json"
    assert "alert" not in answer.text


def test_every_row_of_the_list_names_tests_that_are_there() -> None:
    text = (ROOT / "docs" / "attacks.md").read_text(encoding="utf-8")
    rows = {int(row[0]): row[1] for row in re.findall(r"^\| (\d+) \|(.+)$", text, re.MULTILINE)}
    assert sorted(rows) == list(range(1, ROWS + 1))
    assert all(NAMED.search(row) for row in rows.values())
    for module, name in set(NAMED.findall(text)):
        source = (ROOT / "tests" / f"{module}.py").read_text(encoding="utf-8")
        assert f"def {name}(" in source, (module, name)
