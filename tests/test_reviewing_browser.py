"""The queue of what people should look at, in a browser: axe, width, policy, keyboard, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import pytest

from accessibility import barriers, on_a_telephone
from musnad.reviewing.desk import open_desk
from musnad.reviewing.web import Desk
from serving import Client
from test_pages_browser import browser, follow, listening, page, pytestmark  # noqa: F401 the fixtures
from test_reviewing import DAY, TABLES, own


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return open_desk(own(tmp_path), TABLES, None, DAY)


@pytest.fixture
def address(desk: Desk) -> Iterator[str]:
    class Handler(BaseHTTPRequestHandler):
        def _answer(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
            given = {name.lower(): value for name, value in self.headers.items()}
            answer = Client(desk.app()).ask(self.command, self.path, given, body)
            self.send_response(answer.status_code)
            for name, value in answer.headers.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answer.content)

        do_GET = do_POST = _answer  # noqa: N815

        def log_message(self, *_: object) -> None:
            pass

    with listening(Handler) as place:
        yield place


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["ar", "en"])
def test_axe_objects_to_no_state_of_the_page(
    desk: Desk,
    address: str,
    page: Any,  # noqa: F811
    language: str,
    scheme: str,
) -> None:
    objections = on_a_telephone(page, scheme)
    found, kinds = {}, {each.kind: each for each in desk.doubts}
    for kind, doubt in kinds.items():
        desk.doubts[:] = [doubt]
        page.goto(f"{address}?lang={language}")
        assert page.evaluate("document.documentElement.scrollWidth") <= 390, kind
        found[kind] = barriers(page)
    follow(page.locator("button[value=accept], button[value=merge]").first)  # without a reason
    assert page.get_by_role("alert").is_visible()
    found["refused"] = barriers(page)
    refused = [each for each in objections if "422" not in each]
    desk.doubts.clear()
    page.goto(f"{address}?lang={language}")
    found["nothing left"] = barriers(page)
    assert {name: told for name, told in found.items() if told} == {}
    assert refused == []


def test_the_keyboard_alone_puts_a_doubt_off(desk: Desk, address: str, page: Any) -> None:  # noqa: F811
    first = desk.doubts[0]
    page.goto(f"{address}?lang=en")
    assert page.evaluate("document.activeElement.id") == "why"
    for _ in range(4):  # who, accept, reject, skip
        page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.value") == "skip"
    with page.expect_response("**/decide") as told:
        page.keyboard.press("Enter")
    assert told.value.status == 303
    assert desk.doubts[-1] == first
