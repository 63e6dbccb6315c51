"""A written site is served as the store is: the same addresses, the same answers."""

import gzip
import hashlib
from pathlib import Path

import brotli
import pytest
import zstandard
from starlette.requests import Request

from musnad.server.app import make_written_app
from musnad.server.replies import Representation, respond
from musnad.server.written import _Packed
from musnad.site import Site, SiteFolder, write_site
from musnad.site.codings import codings
from musnad.site.folder import read_sums
from musnad.store import Store
from serving import Client, build_store, dataset, make_client

HEADERS = (
    "location",
    "content-type",
    "content-language",
    "content-location",
    "vary",
    "link",
    "etag",
    "allow",
)
ACCEPTS = (
    "",
    "text/html",
    "text/turtle",
    "application/rdf+xml;q=0.4, application/ld+json;q=0.9",
    "image/png",
)


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build_store(tmp_path_factory.mktemp("store"))


@pytest.fixture(scope="module")
def folder(store: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    given = dataset(store)
    pages = Site(given.project, Store.open(store, read_only=True, base=given.config.base), given.config)
    place = tmp_path_factory.mktemp("site")
    written = SiteFolder.open(place, codings())
    write_site(pages, written)
    written.finish("test")
    return place


@pytest.fixture(scope="module")
def clients(store: Path, folder: Path) -> tuple[Client, Client]:
    return make_client(store), Client(make_written_app(folder, dataset(store).config))


def same(clients: tuple[Client, Client], path: str, accept: str, language: str = "") -> None:
    headers = {"accept_language": language} if language else {}
    one, other = (client.get(path, accept, **headers) for client in clients)
    assert one.status_code == other.status_code, path
    for name in HEADERS:
        assert one.headers.get(name) == other.headers.get(name), (path, accept, name)
    assert one.content == other.content, (path, accept)


def test_every_written_file_is_the_answer_of_the_store(clients: tuple[Client, Client], folder: Path) -> None:
    names = sorted(read_sums(folder))
    assert len(names) > 200
    for name in names:
        if not name.startswith(("static/", "404", "406", "410")):
            same(clients, f"/{name}", "")


@pytest.mark.parametrize("accept", ACCEPTS)
@pytest.mark.parametrize(
    "path", ["/", "/people", "/id/ankara", "/dataset", "/id/nobody", "/id/ankara/", "/404"]
)
def test_things_and_lists_are_negotiated_alike(
    clients: tuple[Client, Client], path: str, accept: str
) -> None:
    for language in ("", "en", "fr"):
        same(clients, path, accept, language)


def test_a_page_comes_in_the_coding_that_was_packed(clients: tuple[Client, Client], folder: Path) -> None:
    plain = (folder / "people.en.html").read_bytes()
    unpack = {
        "br": brotli.decompress,
        "zstd": zstandard.ZstdDecompressor().decompress,
        "gzip": gzip.decompress,
    }
    for coding, read in unpack.items():
        answer = clients[1].get("/people.en.html", accept_encoding=coding)
        assert answer.headers["content-encoding"] == coding
        assert read(answer.content) == plain
    both = clients[1].get("/people.en.html", accept_encoding="gzip, deflate, br, zstd")
    assert both.headers["content-encoding"] == "br"
    again = clients[1].get("/people.en.html", if_none_match=both.headers["etag"])
    assert again.status_code == 304


def test_the_sums_are_those_of_the_files(folder: Path) -> None:
    for name, digest in read_sums(folder).items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == digest


def test_the_style_sheet_is_there_and_the_endpoint_is_not(clients: tuple[Client, Client]) -> None:
    assert clients[1].get("/static/style.css").status_code == 200
    assert clients[1].get("/sparql?query=ASK%7B%7D").status_code == 404
    assert clients[1].get("/health").status_code == 200


@pytest.mark.parametrize(
    "path", ["/site.json/../x", "/%2e%2e/etc/passwd", "/static/../site.json", "/.id.new"]
)
def test_nothing_else_of_the_folder_is_served(clients: tuple[Client, Client], path: str) -> None:
    assert clients[1].get(path).status_code == 404


def test_a_packed_file_that_goes_while_it_is_asked_for_is_no_error(folder: Path) -> None:
    path = next(path for path in folder.rglob("*.html") if path.with_name(f"{path.name}.gz").is_file())
    copy = folder.parent / "copy.html"
    for name in (copy, copy.with_name("copy.html.gz")):
        name.write_bytes(path.read_bytes())
    packed = _Packed.of(str(copy))
    copy.with_name("copy.html.gz").unlink()
    shown = Representation(b"words", packed, "text/plain", "", "0" * 20)
    asked = [(b"accept-encoding", b"gzip")]
    reply = respond(Request({"type": "http", "method": "GET", "headers": asked}), shown, {})
    assert (list(packed), reply.body) == (["gzip"], b"words")
    assert "content-encoding" not in reply.headers
