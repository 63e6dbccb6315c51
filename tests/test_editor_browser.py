"""The editor of queries in a browser: its policy, its keys, its terms, and where a query is mistaken."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from accessibility import barriers, on_a_telephone
from musnad.build import Folder
from musnad.errors import ProjectError
from musnad.site.editor import install_editor
from serving import running
from test_pages_browser import browser, follow, page, pytestmark  # noqa: F401 the fixtures
from test_site_fonts import project_in

WATCH = """
window.refused = [];
document.addEventListener("securitypolicyviolation", (event) => refused.push(event.violatedDirective));
"""
MISTAKEN = "SELECT ?claim\nWHERE { ?claim a }"


@pytest.fixture(scope="module")
def address(built: Folder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Serve the bundled documents with the editor that npm brings; skip where it brings none."""
    project = project_in(tmp_path_factory.mktemp("editor") / "mine")
    try:
        install_editor(project)
    except ProjectError as error:
        pytest.skip(f"no editor: {error}")
    with running(built.store, root=str(project.root)) as (place, _):
        yield place


def opened(page: Any, address: str, language: str = "en") -> Any:  # noqa: F811
    """Return the editor of the page of queries."""
    page.add_init_script(WATCH)
    page.goto(f"{address}/query.{language}.html")
    content = page.locator(".cm-content")
    content.wait_for()
    return content


def write(page: Any, text: str) -> None:  # noqa: F811
    """Write a text in the place of what the editor holds; brackets are closed by themselves."""
    page.locator(".cm-content").focus()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(text)


def truth(page: Any) -> str:  # noqa: F811
    """Return what the form would send."""
    return str(page.locator("#query").evaluate("field => field.value"))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("language", ["ar", "en"])
def test_it_is_styled_under_the_policy_of_the_server_and_passes_axe(
    address: str,
    page: Any,  # noqa: F811
    language: str,
    scheme: str,
) -> None:
    objections = on_a_telephone(page, scheme)
    policy = page.request.get(f"{address}/query.{language}.html").headers["content-security-policy"]
    assert "unsafe" not in policy
    content = opened(page, address, language)
    assert page.locator(".cm-scroller").evaluate("node => getComputedStyle(node).display") == "flex"
    assert content.evaluate("node => getComputedStyle(node).direction") == "ltr"
    keywords = page.locator(".cm-line span").filter(has_text="SELECT").first
    assert keywords.evaluate("node => getComputedStyle(node).fontWeight") == "700"
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert barriers(page) == []
    write(page, "SELECT ?c { ?c ")
    page.keyboard.type("msn:sp")
    page.get_by_role("option").first.wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert barriers(page) == []
    assert page.evaluate("refused") == []
    assert objections == []


def test_the_text_area_stays_what_the_form_sends(address: str, page: Any) -> None:  # noqa: F811
    opened(page, address)
    assert not page.locator("#query").is_visible()
    write(page, "SELECT * { ?s ?p ?o } LIMIT 3")
    assert truth(page) == "SELECT * { ?s ?p ?o } LIMIT 3"
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/sparql?query=*")
    assert page.locator("main tbody tr").count() == 3
    assert truth(page) == "SELECT * { ?s ?p ?o } LIMIT 3"
    assert page.locator(".cm-content").inner_text() == "SELECT * { ?s ?p ?o } LIMIT 3"
    page.go_back()
    page.locator(".cm-content").wait_for()
    assert page.locator(".cm-content").inner_text() == truth(page)


@pytest.mark.parametrize(
    ("written", "term"),
    [
        ("msn:spea", "msn:speaker"),
        ("speak", "msn:speaker"),
        ("relation:held", "relation:heldOn"),
        ("القائ", "msn:speaker"),  # the beginning of its label
        ("?speak", None),
        ('"speak', None),
    ],
)
def test_our_terms_are_offered_and_taken_with_the_keys(
    address: str,
    page: Any,  # noqa: F811
    written: str,
    term: str | None,
) -> None:
    opened(page, address, "ar")
    write(page, "SELECT * { ?claim ")
    page.keyboard.type(written)
    page.wait_for_timeout(400)
    offered = page.locator(".cm-completionLabel").all_inner_texts()
    assert (term in offered) if term else offered == []
    if term:
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Enter")
        assert truth(page) == f"SELECT * {{ ?claim {offered[0]} "


def test_the_place_of_a_mistake_is_shown_until_it_is_mended(address: str, page: Any) -> None:  # noqa: F811
    content = opened(page, address, "ar")
    write(page, MISTAKEN)
    page.get_by_role("button", name="اسأل", exact=True).click()  # ask
    objection = page.get_by_role("alert").filter(has_text="line 2, column")
    objection.wait_for()
    assert page.url.endswith("/query.ar.html")
    assert page.locator(".cm-mistaken").inner_text() == MISTAKEN.splitlines()[1]
    assert page.locator(".cm-mistake").inner_text() == "}"
    assert content.get_attribute("aria-invalid") == "true"
    assert page.evaluate("document.activeElement.className") == "editor"
    assert barriers(page) == []
    page.keyboard.insert_text("msn:Claim ")
    assert page.locator(".cm-mistaken").count() == 0
    assert content.get_attribute("aria-invalid") is None
    assert not objection.is_visible()
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/sparql?query=*")
    assert page.locator("main tbody tr").count() > 3


def test_arabic_words_leave_the_order_of_a_line_as_it_is(address: str, page: Any) -> None:  # noqa: F811
    opened(page, address, "ar")
    write(page, 'SELECT * { ?c rdfs:label "قول"@ar ; ?p <https://example.org/قول> } # نص')  # saying, text
    places = [each.bounding_box() for each in page.locator(".cm-isolated").all()]
    assert len(places) == 3
    ordered = [(round(box["y"]), round(box["x"])) for box in places if box]
    assert ordered == sorted(ordered)
    page.keyboard.press("Home")
    page.keyboard.press("Control+End")
    page.keyboard.insert_text(" آخر")  # another
    assert truth(page).endswith("# نص آخر")  # text, another


def test_tab_leaves_it_in_both_directions_and_the_reader_is_told(address: str, page: Any) -> None:  # noqa: F811
    content = opened(page, address)
    assert page.get_by_text("Tab leaves the editor").is_visible()
    page.locator('label[for="query"]').click()
    assert page.evaluate("document.activeElement.className") == "editor"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.tagName") == "BUTTON"
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.className") == "editor"
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.className") != "editor"
    assert content.get_attribute("aria-label") == "Query"


def test_without_javascript_there_is_the_text_area(address: str, browser: Any) -> None:  # noqa: F811
    context = browser.new_context(java_script_enabled=False)
    plain = context.new_page()
    plain.goto(f"{address}/query.en.html")
    plain.locator("#query").fill("SELECT * { ?s ?p ?o } LIMIT 3")
    follow(plain.locator("form.query button"))
    assert plain.locator("main tbody tr").count() == 3
    context.close()


@pytest.mark.parametrize("failing", ["**/query-terms.json", "**/sparql?*default-graph-uri*"])
def test_what_cannot_be_had_costs_no_more_than_itself(address: str, page: Any, failing: str) -> None:  # noqa: F811
    page.route(failing, lambda route: route.abort())
    opened(page, address)
    write(page, "SELECT * { ?s ?p ?o } LIMIT 3")
    page.keyboard.type(" ")
    page.keyboard.press("Control+Enter")
    page.wait_for_url("**/sparql?query=*")
    assert page.locator("main tbody tr").count() == 3
