"""The pages in a browser: direction, width, keyboard, policy, print. Chromium is the system's."""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from http.server import BaseHTTPRequestHandler, SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from musnad.site import Site, SiteFolder, write_site
from test_site import CONFIG, PROJECT, sample_store, things

api = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")

POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
KINDS = (
    "home", "claim", "entity", "document", "capture", "concept", "scheme", "ontology", "pattern", "people",
    "claims", "contested", "dataset", "query", "about", "patterns",
)  # fmt: skip


class Quiet(SimpleHTTPRequestHandler):
    """Serves a folder under the policy of the server, without a log."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture(scope="module")
def site() -> Site:
    return Site(PROJECT, sample_store(), CONFIG)


def follow(link: Any) -> None:
    """Click, and wait for the page that a link or a form leads to: a click alone does not."""
    with link.page.expect_navigation():
        link.click()


@contextlib.contextmanager
def listening(handler: Callable[..., BaseHTTPRequestHandler]) -> Iterator[str]:
    """Give the address of a server whose requests a handler answers."""
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def address(site: Site, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("pages")
    write_site(site, SiteFolder.open(folder))
    with listening(partial(Quiet, directory=str(folder))) as place:
        yield place


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    with api.sync_playwright() as play:
        started = play.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield started
        started.close()


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    opened = browser.new_page(viewport={"width": 1280, "height": 900})
    yield opened
    opened.close()


def longest_chain(site: Site) -> str:
    row = site.answers.store.select(
        "SELECT ?claim (MAX(?hop) AS ?most) { ?claim a msn:Claim ; prov:qualifiedAttribution/msn:hop ?hop }"
        " GROUP BY ?claim ORDER BY DESC(?most) ?claim LIMIT 1"
    )[0]
    return site.addresses.path(row["claim"].value)


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("width", [390, 1280])
def test_no_page_is_wider_than_the_window(
    site: Site, address: str, page: Any, width: int, language: str
) -> None:
    page.set_viewport_size({"width": width, "height": 900})
    objections: list[str] = []
    page.on("console", lambda message: objections.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: objections.append(str(error)))
    for kind in KINDS:
        page.goto(f"{address}{things(site, kind)[0]}.{language}.html")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, kind
        assert page.evaluate("getComputedStyle(document.body).direction") == (
            "rtl" if language == "ar" else "ltr"
        )
        assert page.locator("h1").count() == 1
    assert objections == []


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_chain_runs_in_reading_direction(site: Site, address: str, page: Any, language: str) -> None:
    page.goto(f"{address}{longest_chain(site)}.{language}.html")
    places = [box["x"] for link in page.locator(".chain li").all() if (box := link.bounding_box())]
    assert len(places) >= 3
    assert places == sorted(places, reverse=language == "ar")
    page.set_viewport_size({"width": 390, "height": 900})
    heights = [box["y"] for link in page.locator(".chain li").all() if (box := link.bounding_box())]
    assert heights == sorted(heights)


def test_one_click_leads_from_a_claim_to_its_words(site: Site, address: str, page: Any) -> None:
    page.goto(f"{address}{things(site, 'claim')[0]}.ar.html")
    words = page.locator(".words mark").inner_text()
    follow(page.locator(".words a.go"))
    target = page.locator(":target")
    assert target.is_visible()
    assert words.strip("«» \n") in target.inner_text()


def test_the_language_switch_keeps_the_place(site: Site, address: str, page: Any) -> None:
    path = things(site, "claim")[0]
    page.goto(f"{address}{path}.ar.html")
    follow(page.locator(".languages a"))
    assert page.url == f"{address}{path}.en.html"


def test_the_keyboard_reaches_the_content_first(address: str, page: Any) -> None:
    page.goto(f"{address}index.ar.html")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('href')") == "#main"
    box = page.locator(".skip").bounding_box()
    assert box
    assert box["y"] >= 0
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_copying_needs_javascript_and_nothing_else_does(site: Site, address: str, browser: Any) -> None:
    path = f"{address}{things(site, 'claim')[0]}.en.html"
    for script in (True, False):
        context = browser.new_context(java_script_enabled=script)
        opened = context.new_page()
        opened.goto(path)
        assert opened.locator("button[data-copy]").first.is_visible() is script
        assert opened.locator(".chain").is_visible()
        context.close()


def _luminance(colour: str) -> float:
    numbers = [int(part) / 255 for part in colour.partition("(")[2].rstrip(")").split(",")[:3]]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in numbers]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_stands_out_from_its_ground(site: Site, address: str, page: Any, scheme: str) -> None:
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{address}{things(site, 'claim')[0]}.ar.html")
    body, panel = (
        page.evaluate(f"getComputedStyle(document.querySelector('{name}')).backgroundColor")
        for name in ("body", ".statement")
    )
    assert (_luminance(body) < 0.1) == (scheme == "dark")
    for name in ("h1", ".kicker", "dt", ".chain-role", "main a", ".chain-name a"):
        colour = _luminance(page.evaluate(f"getComputedStyle(document.querySelector('{name}')).color"))
        for ground in (_luminance(body), _luminance(panel)):
            light, dark = max(colour, ground), min(colour, ground)
            assert (light + 0.05) / (dark + 0.05) >= 4.5, name


def test_print_leaves_the_navigation_out(address: str, page: Any) -> None:
    page.emulate_media(media="print")
    page.goto(f"{address}index.en.html")
    assert not page.locator("header nav").is_visible()
    assert page.locator("h1").is_visible()


@pytest.mark.skipif(os.environ.get("MUSNAD_SCREENSHOT") != "1", reason="MUSNAD_SCREENSHOT is not 1")
def test_take_the_picture_of_the_readme(site: Site, address: str, page: Any) -> None:
    page.set_viewport_size({"width": 1280, "height": 860})
    page.goto(f"{address}{longest_chain(site)}.ar.html")
    picture = Path(PROJECT.root) / "docs" / "screenshot.png"
    page.screenshot(path=picture)
    assert picture.stat().st_size > 10_000
