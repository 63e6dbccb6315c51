"""Slow, broken and too many clients, over real sockets."""

import contextlib
import http.client
import re
import resource
import socket
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from musnad.server import connections
from serving import build_store, running

MOST = 40
SMUGGLED = b"\r\n".join(
    [
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n",
        b"0\r\n\r\nGET /health HTTP/1.1\r\nHost: x\r\n\r\n",
    ]
)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with running(build_store(tmp_path_factory.mktemp("connections")), connections=MOST) as (address, _):
        assert page(address) == 200
        yield address


def page(server: str) -> int:
    with contextlib.closing(http.client.HTTPConnection(server.removeprefix("http://"), timeout=20)) as client:
        client.request("GET", "/id/ankara.html")
        answer = client.getresponse()
        answer.read()
        return answer.status


def connect(server: str) -> socket.socket:
    host, port = server.removeprefix("http://").split(":")
    return socket.create_connection((host, int(port)), timeout=20)


def exchange(server: str, sent: bytes) -> bytes:
    """Return everything that comes back until the server closes."""
    with connect(server) as client:
        with contextlib.suppress(ConnectionError):
            client.sendall(sent)
        received = b""
        with contextlib.suppress(ConnectionError, TimeoutError):
            while data := client.recv(1 << 16):
                received += data
        return received


def statuses(received: bytes) -> list[int]:
    return [int(found) for found in re.findall(rb"HTTP/1\.1 (\d{3}) ", received)]


def test_a_request_that_does_not_come_to_its_end_is_cut(server: str) -> None:
    whole = b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"
    post = b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
    slow = {
        b"": [],
        b"GET / HTTP/1.1\r\nHost: x\r\nX-A:": [408],
        whole + b"GET / HT": [200, 408],
        post + b"Content-Length: 9\r\n\r\nASK": [408],
        post + b"Transfer-Encoding: chunked\r\n\r\n3\r\nASK": [408],
    }
    began = time.monotonic()
    with contextlib.ExitStack() as stack:
        clients = {sent: stack.enter_context(connect(server)) for sent in slow}
        for sent, client in clients.items():
            client.sendall(sent)
        for sent, client in clients.items():
            received = b"".join(iter(lambda one=client: one.recv(1 << 16), b""))
            assert statuses(received) == slow[sent]
    assert time.monotonic() - began < 15


def test_one_byte_after_the_other_is_too_slow(server: str) -> None:
    began = time.monotonic()
    with connect(server) as client, contextlib.suppress(ConnectionError):
        while time.monotonic() - began < 20:
            client.sendall(b"G")
            time.sleep(0.3)
    assert time.monotonic() - began < 14


def test_who_reads_nothing_is_cut(tmp_path: Path) -> None:
    with running(build_store(tmp_path), query_rows=100_000) as (address, _):
        with connect(address) as client:
            client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            text = "SELECT%20*%7B?a%20?b%20?c.?d%20?e%20?f%7DLIMIT%2050000"
            client.sendall(f"GET /sparql?query={text} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
            time.sleep(connections.READ_SECONDS + 4)
            received = 0
            with contextlib.suppress(ConnectionError):
                while data := client.recv(1 << 20):
                    received += len(data)
        assert received < 1_000_000
        assert page(address) == 200


def test_many_slow_connections_keep_nobody_out(server: str) -> None:
    with contextlib.ExitStack() as stack:
        slow = [stack.enter_context(connect(server)) for _ in range(MOST * 5)]
        for client in slow:
            with contextlib.suppress(ConnectionError):
                client.sendall(b"GET / HTTP/1.1\r\n")
        for _ in range(5):
            began = time.monotonic()
            assert page(server) == 200
            assert time.monotonic() - began < 2


@pytest.mark.parametrize(
    ("sent", "expected"),
    [
        (b"GET /" + b"a" * 10_000_000 + b" HTTP/1.1\r\nHost: x\r\n\r\n", [414]),
        (b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 60_000 + b"\r\n\r\n", [431]),
        (b"GET / HTTP/1.1\r\nHost: x\r\n" + b"X: y\r\n" * 20_000 + b"\r\n", [431]),
        (b"nonsense\r\n\r\n", [400]),
        (b"GET / HTTP/1.1\r\nHost: x\r\n folded: y\r\n\r\nGET / HTTP/1.1\r\n\r\n", [400]),
        (b"GET / HTTP/1.1\r\nHost: x\x00\r\n\r\n", [400]),
        (b"GET / HTTP/1.1\r\nHost: x\r\nHost: y\r\n\r\n", [400]),
        (b"GET / HTTP/1.1\r\n\r\n", [400]),
        (b"GET /\r\n\r\n", [400]),
        (b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 5\r\n\r\nASK", [400]),
        (SMUGGLED, [400]),
        (b"GET / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip\r\n\r\n", [400]),
        (b"GET / HTTP/2.0\r\nHost: x\r\n\r\n", [400]),
        (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", [400]),
        (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", [400]),
    ],
)
def test_what_is_no_request_gets_one_answer(server: str, sent: bytes, expected: list[int]) -> None:
    received = exchange(server, sent)
    assert statuses(received) == expected
    assert b"nosniff" in received


def test_another_protocol_is_not_begun_and_nothing_after_it_is_read(server: str) -> None:
    head = b"GET /id/ankara.ttl HTTP/1.1\r\nHost: x\r\nConnection: upgrade\r\nUpgrade: h2c\r\n\r\n"
    received = exchange(server, head + b"GET /health HTTP/1.1\r\nHost: x\r\n\r\n")
    assert statuses(received) == [200]
    assert b"connection: close" in received.lower()


def test_a_broken_chunk_ends_the_connection(server: str) -> None:
    head = b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
    received = exchange(server, head + b"Transfer-Encoding: chunked\r\n\r\nzz\r\nASK\r\n0\r\n\r\n")
    assert statuses(received) in ([], [400])


def test_requests_that_come_together_are_answered_in_order(server: str) -> None:
    one = b"GET /id/ankara HTTP/1.1\r\nHost: x\r\nAccept: text/turtle\r\n\r\n"
    last = b"GET /id/nothing HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    assert statuses(exchange(server, one * 50 + last)) == [303] * 50 + [404]


@pytest.mark.parametrize("size", [5_000_000, 512_000_000])
def test_a_large_body_is_refused_early(server: str, size: int) -> None:
    fields = f"Content-Type: application/sparql-query\r\nContent-Length: {size}\r\nConnection: close"
    head = f"POST /sparql HTTP/1.1\r\nHost: x\r\n{fields}\r\n\r\n".encode()
    received = exchange(server, head + b"a" * 2_000_000)
    assert statuses(received)[:1] == [413]


@pytest.mark.parametrize(("method", "status"), [("TRACE", 405), ("CONNECT", 405), ("FOO", 501)])
def test_other_methods_echo_nothing(server: str, method: str, status: int) -> None:
    sent = f"{method} /x HTTP/1.1\r\nHost: x\r\nX-Secret: tell\r\nConnection: close\r\n\r\n".encode()
    received = exchange(server, sent)
    assert statuses(received) == [status]
    assert b"tell" not in received


def test_ten_thousand_connections_are_bounded(server: str) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    number = min(10_000, (hard if hard != resource.RLIM_INFINITY else 10_000) - 500)
    resource.setrlimit(resource.RLIMIT_NOFILE, (max(soft, number + 400), hard))
    slowest = 0.0
    with contextlib.ExitStack() as stack:
        for place in range(number):
            stack.enter_context(connect(server))
            if place % 1_000 == 999:
                began = time.monotonic()
                assert page(server) == 200
                slowest = max(slowest, time.monotonic() - began)
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))
    assert slowest < 2
