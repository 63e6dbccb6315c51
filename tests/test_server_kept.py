"""Answers that are sent again: the same as the first, for as long as what they came from is."""

import os
from pathlib import Path

import pytest
from starlette.types import Message, Receive, Scope, Send

from musnad.server.kept import Front
from musnad.server.replies import NOTE, Origin
from serving import Client


class Counting:
    """Answers with the number of the request; `keep`, `tags` and `origin` are noted."""

    def __init__(self, size: int = 10, status: int = 200, origin: Path | None = None) -> None:
        self.asked, self.size, self.status, self.origin = 0, size, status, origin

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        self.asked += 1
        note = scope[NOTE]
        note.keep, note.tags = True, ('"a"', '"a-gz"')
        if self.origin:
            note.origin = Origin.of(os.stat(self.origin), str(self.origin))
        headers = [(b"content-type", b"text/plain"), (b"etag", b'"a"'), (b"content-length", b"10")]
        start: Message = {"type": "http.response.start", "status": self.status, "headers": headers}
        await send(start)
        await send({"type": "http.response.body", "body": b"x" * self.size})


def client_of(app: Counting, most_bytes: int = 100_000) -> Client:
    return Client(Front(app, most_bytes))


def test_the_second_answer_is_the_first() -> None:
    app = Counting()
    client = client_of(app)
    first, second = client.get("/a"), client.get("/a")
    assert app.asked == 1
    assert (first.status_code, first.content, first.headers) == (200, second.content, second.headers)
    assert second.headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("name", ["accept", "accept-language", "accept-encoding"])
def test_what_decides_an_answer_keeps_answers_apart(name: str) -> None:
    app = Counting()
    client = client_of(app)
    for value in ("x", "y", "x"):
        client.ask("GET", "/a", {name: value})
    client.get("/a?lang=ar")
    client.get("/A")
    assert app.asked == 4


@pytest.mark.parametrize(
    ("method", "path", "headers"),
    [("POST", "/a", {}), ("OPTIONS", "/a", {}), ("GET", "/a?x=1", {}), ("GET", "/a", {"range": "bytes=0-1"})],
)
def test_other_requests_are_passed_on(method: str, path: str, headers: dict[str, str]) -> None:
    app = Counting()
    client = client_of(app)
    for _ in range(2):
        client.ask(method, path, headers)
    assert app.asked == 2


@pytest.mark.parametrize("known", ['"a"', 'W/"a"', '"b", "a-gz"', "*"])
def test_who_has_it_is_told_so_at_once(known: str) -> None:
    app = Counting()
    client = client_of(app)
    for _ in range(2):
        answer = client.get("/a", if_none_match=known)
        assert (answer.status_code, answer.content) == (304, b"")
        assert answer.headers["etag"] == '"a"'
        assert "content-length" not in answer.headers
    assert client.get("/a").content == b"x" * 10
    assert app.asked == 1


def test_a_refusal_is_never_not_modified() -> None:
    assert client_of(Counting(status=404)).get("/a", if_none_match="*").status_code == 404


def test_the_head_of_what_is_kept_has_no_body() -> None:
    app = Counting()
    client = client_of(app)
    head, whole = client.ask("HEAD", "/a"), client.get("/a")
    assert (head.content, dict(head.headers)) == (b"", dict(whole.headers))
    assert len(whole.content) == 10
    assert app.asked == 1


def test_a_file_that_changed_is_read_again(tmp_path: Path) -> None:
    file = tmp_path / "page"
    file.write_text("one")
    app = Counting(origin=file)
    client = client_of(app)
    for number in (1, 1):
        client.get("/a")
        assert app.asked == number
    file.write_text("three")
    client.get("/a")
    file.unlink()
    with pytest.raises(FileNotFoundError):
        client.get("/a")
    assert app.asked == 3


def test_what_is_kept_has_its_bounds() -> None:
    app = Counting(size=10_000)
    client = client_of(app, most_bytes=30_000)
    for name in "abcda":
        client.get(f"/{name}")
    assert app.asked == 5  # two have room
    client.get("/a")
    assert app.asked == 5
    large = Counting(size=2_000_000)
    for _ in range(2):
        client_of(large, most_bytes=10_000_000).get("/a")
    assert large.asked == 2


def test_ambiguous_requests_are_refused() -> None:
    app = Counting()
    client = client_of(app)
    answer = client.get("/a", content_length="1", transfer_encoding="chunked")
    assert answer.status_code == 400
    assert app.asked == 0


def test_an_answer_in_pieces_is_passed_on_as_it_comes() -> None:
    async def pieces(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"a", "more_body": True})
        await send({"type": "http.response.body", "body": b"b"})

    assert Client(Front(pieces)).get("/a").content == b"ab"
