"""Five things that a stranger wants, each by clicking from the first page, in a real Chromium.

The pages are made as they are asked for: those of the bundled release, in both languages, and those of the
sample for what is contested.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from threading import Lock
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

from musnad.graph import in_graph, read_rdf
from musnad.site import Site
from musnad.store import Store
from test_pages_browser import POLICY, browser, follow, listening  # noqa: F401 the fixture
from test_site import CONFIG, PROJECT, sample_store

api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
pytestmark = [
    pytest.mark.skipif(
        not (shutil.which("chromium") or shutil.which("chromium-browser")), reason="chromium is not installed"
    ),
    pytest.mark.parametrize("language", ["ar", "en"]),
]
TOOK_PART = re.compile("شارك في|took part in")  # took part in
TYPES = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}


def released() -> Store:
    """Return the release of the bundled samples, in memory."""
    store = Store.open()
    store.extend(in_graph(read_rdf(PROJECT.release / "musnad.ttl"), CONFIG.minter.graph("release")))
    return store


def answer(site: Site, path: str) -> tuple[bytes, str] | None:
    """Return body and type of what stands at a path: a static file, data, or a page."""
    name, _, suffix = path.rpartition(".")
    if path.startswith("static/"):
        file = PROJECT.static.parent / path
        return (file.read_bytes(), TYPES[suffix]) if file.is_file() else None
    if suffix != "html":
        data = site.data.write(CONFIG.base + name, suffix)
        return (data.encode(), "text/plain") if data else None
    name, _, language = name.rpartition(".")
    name, _, part = name.partition(".p")
    page = site.render(name, language, int(part or 1))
    return (page.text.encode(), "text/html; charset=utf-8") if page else None


def serving(site: Site) -> Iterator[str]:
    lock = Lock()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            with lock:
                found = answer(site, unquote(urlsplit(self.path).path).lstrip("/"))
            self.send_response(200 if found else 404)
            self.send_header("Content-Security-Policy", POLICY)
            self.send_header("Content-Type", found[1] if found else "text/plain")
            self.end_headers()
            self.wfile.write(found[0] if found else b"")

        def log_message(self, *_: Any) -> None:
            pass

    with listening(Handler) as place:
        yield place


@pytest.fixture(scope="module")
def bundled() -> Iterator[str]:
    yield from serving(Site(PROJECT, released(), CONFIG))


@pytest.fixture(scope="module")
def sample() -> Iterator[str]:
    yield from serving(Site(PROJECT, sample_store(), CONFIG))


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:  # noqa: F811
    context = browser.new_context(
        viewport={"width": 390, "height": 844}, permissions=["clipboard-read", "clipboard-write"]
    )
    yield context.new_page()
    context.close()


def open_meeting(page: Any, address: str, language: str) -> None:
    """Go from the first page to the meeting that a document about Hmeimim speaks of."""
    page.goto(f"{address}index.{language}.html")
    follow(page.locator(f"header nav a[href$='documents.{language}.html']"))
    follow(page.locator(".documents a", has_text="اجتماع حميميم").first)  # the meeting of Hmeimim
    follow(page.locator(".passages a", has_text=TOOK_PART).first)
    follow(page.locator(".triple a").first)


def test_who_attended_the_meeting(page: Any, bundled: str, language: str) -> None:
    open_meeting(page, bundled, language)
    assert page.locator("#about + .group, #about ~ .group").count() > 0
    claims = page.locator(".claim-what").all_inner_texts()
    assert sum(bool(TOOK_PART.search(each)) for each in claims) >= 10


def test_who_says_so(page: Any, bundled: str, language: str) -> None:
    open_meeting(page, bundled, language)
    follow(page.locator(".claim-what a", has_text=TOOK_PART).first)
    assert page.locator(".chain-speaker .chain-name").inner_text().strip()
    assert page.locator(".words blockquote").inner_text().strip("«» \n")
    follow(page.locator(".words a.go"))
    page.locator(":target").wait_for()


def test_the_data_are_two_clicks_away(page: Any, bundled: str, language: str) -> None:
    page.goto(f"{bundled}index.{language}.html")
    follow(page.locator(f"header nav a[href$='people.{language}.html']"))
    follow(page.locator(".letter a").first)
    with page.expect_response(lambda response: response.url.endswith(".ttl")) as loaded:
        page.locator(".downloads a", has_text="Turtle").click()
    assert loaded.value.ok
    assert "schema:name" in loaded.value.text()


def test_the_iri_of_a_person_can_be_copied(page: Any, bundled: str, language: str) -> None:
    page.goto(f"{bundled}index.{language}.html")
    follow(page.locator(f"header nav a[href$='people.{language}.html']"))
    follow(page.locator(".letter a").first)
    page.locator(".identity button[data-copy]").click()
    shown = page.locator(".identity .iri code").inner_text()
    assert page.evaluate("navigator.clipboard.readText()") == shown
    assert shown.startswith(CONFIG.base + "id/")


def test_what_is_contested(page: Any, sample: str, language: str) -> None:
    page.goto(f"{sample}index.{language}.html")
    follow(page.locator(f".figures a[href$='contested.{language}.html']"))
    pair = page.locator(".pair").first.locator("article")
    assert pair.count() == 2
    assert len({each.locator(".claim-what").inner_text() for each in pair.all()}) == 2


def test_digits_follow_the_reader_and_words_do_not(page: Any, sample: str, language: str) -> None:
    page.goto(f"{sample}statistics.{language}.html")
    button = page.locator("button[data-digits]")
    if language == "en":
        assert button.count() == 0
        return
    number = page.locator(".figures b").first
    western = number.inner_text()
    assert western.isascii()
    button.click()
    assert not number.inner_text().isascii()
    page.reload()
    assert not number.inner_text().isascii()
    follow(page.locator(".bars-name a[href*='claims/year']").first)
    page.locator("button[data-digits]").click()
    page.goto(f"{sample}statistics.ar.html")
    assert page.locator(".figures b").first.inner_text() == western
