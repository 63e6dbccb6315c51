"""Long answers are sent while they grow; what is not whole never looks whole."""

import contextlib
import csv
import gzip
import http.client
import os
import socket
import time
import urllib.parse
from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest
import zstandard

from serving import build_store, running

CROSS = "SELECT * { ?a ?b ?c . ?d ?e ?f }"
LONG = f"{CROSS} LIMIT 40000"
LONG_GRAPH = "CONSTRUCT { ?a ?b ?f } WHERE { ?a ?b ?c . ?d ?e ?f }"
Given = tuple[str, int]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_store(tmp_path_factory.mktemp("streaming"))


@pytest.fixture(scope="module")
def given(store: Path) -> Iterator[Given]:
    limits = {"query_rows": 40_000, "query_result_mb": 25, "query_seconds": 60.0}
    with running(store, **limits) as (address, process):
        yield address.removeprefix("http://"), process.pid


@contextlib.contextmanager
def asked(host: str, text: str, method: str = "GET", **headers: str) -> Iterator[http.client.HTTPResponse]:
    """Give the answer to a query as soon as its head is there."""
    with contextlib.closing(http.client.HTTPConnection(host, timeout=30)) as connection:
        connection.request(method, f"/sparql?query={urllib.parse.quote(text)}", headers=headers)
        with connection.getresponse() as answer:
            yield answer


def whole(host: str, text: str, **headers: str) -> tuple[http.client.HTTPResponse, bytes]:
    with asked(host, text, **headers) as answer:
        return answer, answer.read()


def get(host: str, path: str) -> bytes:
    with contextlib.closing(http.client.HTTPConnection(host, timeout=30)) as connection:
        connection.request("GET", path)
        return connection.getresponse().read()


def megabytes(process: int) -> float:
    line = next(x for x in Path(f"/proc/{process}/status").read_text().splitlines() if x.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def unpacked(packed: bytes, coding: str) -> bytes:
    return gzip.decompress(packed) if coding == "gzip" else zstandard.decompress(packed, 1 << 28)


def test_the_first_bytes_come_before_the_last_are_found(given: Given) -> None:
    assert whole(given[0], "ASK {}")[0].status == 200  # the workers have started
    with asked(given[0], LONG, Accept="application/json") as answer:
        first = answer.read(1000)
        state = orjson.loads(get(given[0], "/health"))["queries"]
        body = first + answer.read()
    assert state["idle"] < state["workers"]
    assert (answer.status, answer.getheader("transfer-encoding")) == (200, "chunked")
    assert len(orjson.loads(body)["results"]["bindings"]) == 40_000


def test_a_long_answer_takes_no_memory(given: Given) -> None:
    before, size = megabytes(given[1]), 0
    with asked(given[0], LONG, Accept="application/json") as answer:
        while block := answer.read(1 << 16):
            size += len(block)
    assert size > 15_000_000
    assert megabytes(given[1]) - before < 30


@pytest.mark.parametrize("coding", ["gzip", "zstd"])
def test_a_long_answer_is_packed_on_its_way(given: Given, coding: str) -> None:
    headers = {"Accept": "text/csv", "Accept-Encoding": coding}
    answer, packed = whole(given[0], LONG, **headers)
    assert (answer.getheader("content-encoding"), answer.getheader("content-length")) == (coding, None)
    body = unpacked(packed, coding)
    assert len(list(csv.reader(body.decode("utf-8").splitlines(keepends=True)))) == 40_001
    assert len(packed) < len(body) / 5


@pytest.mark.parametrize("coding", ["gzip", "zstd"])
def test_a_short_answer_is_packed_too(given: Given, coding: str) -> None:
    plain, body = whole(given[0], f"{CROSS} LIMIT 100", Accept="text/csv")
    headers = {"Accept": "text/csv", "Accept-Encoding": coding}
    answer, packed = whole(given[0], f"{CROSS} LIMIT 100", **headers)
    assert answer.getheader("etag") != plain.getheader("etag")
    assert int(answer.getheader("content-length", "0")) == len(packed) < len(body)
    assert unpacked(packed, coding) == body


@pytest.mark.parametrize("text", [CROSS, LONG_GRAPH])
@pytest.mark.parametrize("coding", ["identity", "gzip"])
def test_a_limit_met_in_the_middle_breaks_the_answer_off(given: Given, text: str, coding: str) -> None:
    headers = {"Accept": "application/n-triples, */*;q=0.1", "Accept-Encoding": coding}
    with asked(given[0], text, **headers) as answer:
        assert answer.status == 200
        with pytest.raises(http.client.IncompleteRead):
            answer.read()


@pytest.mark.parametrize(("text", "status"), [(LONG, b"200"), (CROSS, b"413")])
def test_a_client_of_the_old_protocol_is_told_the_length(given: Given, text: str, status: bytes) -> None:
    host, port = given[0].split(":")
    with socket.create_connection((host, int(port)), timeout=30) as client:
        client.sendall(f"GET /sparql?query={urllib.parse.quote(text)} HTTP/1.0\r\n\r\n".encode())
        head, _, body = b"".join(iter(lambda: client.recv(1 << 16), b"")).partition(b"\r\n\r\n")
    assert head.split()[1] == status
    assert f"content-length: {len(body)}".encode() in head


def test_only_the_head_of_a_long_answer_is_sent_after_head(given: Given) -> None:
    with asked(given[0], LONG, "HEAD") as answer:
        assert (answer.status, answer.read()) == (200, b"")


def test_a_slow_reader_keeps_no_worker(given: Given) -> None:
    with contextlib.ExitStack() as stack:
        slow = [stack.enter_context(asked(given[0], f"{CROSS} LIMIT 20000")) for _ in range(6)]
        assert whole(given[0], "ASK {}")[1] == b'{"head":{},"boolean":true}'
        assert all(answer.read().endswith(b"]}}") for answer in slow)


def test_who_leaves_in_the_middle_stops_the_query(given: Given) -> None:
    for _ in range(3):
        with asked(given[0], CROSS) as answer:
            answer.read(1000)
    told = get(given[0], "/metrics")
    assert b'musnad_query_workers_ended_total{why="left"}' in told
    assert b'musnad_queries_total{status="broken"}' in told


def test_the_old_files_are_given_back(given: Given) -> None:
    def unnamed() -> list[str]:
        opened = [path for path in Path(f"/proc/{given[1]}/fd").iterdir() if int(path.name) > 2]
        return [str(path) for path in opened if path.is_symlink() and "deleted" in os.readlink(path)]

    until = time.monotonic() + 5
    while unnamed() and time.monotonic() < until:
        time.sleep(0.1)
    assert not unnamed()
