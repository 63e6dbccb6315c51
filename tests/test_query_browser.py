"""Asking in a browser: the form, the completion of terms, every view of answers, in both languages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest

from accessibility import barriers, objections_of
from musnad.build import Folder
from musnad.project import Project
from musnad.site.examples import Example, read_examples
from serving import BASE, ROOT, running
from test_pages_browser import browser, follow, page, pytestmark  # noqa: F401 the fixtures
from test_site_fonts import project_in

EXAMPLES = {each.slug: each for each in read_examples(Project(ROOT).queries, BASE)}
SHOWN = {
    "table": "own-words",
    "chart": "by-relation",
    "map": "places-named",
    "timeline": "events-in-time",
    "network": "who-quotes-whom",
}


@pytest.fixture(scope="module")
def address(built: Folder, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    plain = project_in(tmp_path_factory.mktemp("plain"))  # without an editor, whatever this machine has
    with running(built.store, root=str(plain.root)) as (place, _):
        yield place


def answers(address: str, example: Example, view: str, language: str) -> str:
    asked = urlencode({"query": example.text, "view": view, "lang": language})
    return f"{address}/sparql?{asked}"


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("view", SHOWN)
def test_every_view_has_its_table_fits_a_telephone_and_passes_axe(
    address: str,
    page: Any,  # noqa: F811
    view: str,
    language: str,
) -> None:
    objections = objections_of(page)
    page.set_viewport_size({"width": 390, "height": 900})
    page.goto(answers(address, EXAMPLES[SHOWN[view]], view, language))
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.locator("svg.picture").count() == (view != "table")
    assert page.locator("main table").is_visible()
    for each in page.locator("details.code").all():
        each.evaluate("node => { node.open = true; }")
    assert barriers(page) == []
    assert objections == []


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_form_passes_axe_with_its_list_open(address: str, page: Any, language: str) -> None:  # noqa: F811
    page.goto(f"{address}/query.{language}.html")
    page.locator("#query").fill("SELECT ?c { ?c ")
    page.locator("#query").press_sequentially("msn:sp")
    page.locator(".terms li").first.wait_for()
    assert barriers(page) == []


def typed(page: Any, address: str, words: str) -> list[str]:  # noqa: F811
    """Return the terms that are offered after some words."""
    page.goto(f"{address}/query.ar.html")
    page.locator("#query").fill("SELECT * { ?claim ")
    page.locator("#query").press_sequentially(words)
    page.wait_for_timeout(300)
    return [each.get_attribute("data-term") for each in page.locator(".terms li").all()]


@pytest.mark.parametrize(
    ("words", "term"),
    [
        ("msn:spea", "msn:speaker"),
        ("speak", "msn:speaker"),
        ("relation:held", "relation:heldOn"),
        ("نُفي", None),  # denied, which no label begins with
    ],
)
def test_terms_are_offered_by_prefix_by_name_and_by_label(
    address: str,
    page: Any,  # noqa: F811
    words: str,
    term: str | None,
) -> None:
    offered = typed(page, address, words)
    assert (term in offered) if term else offered == []


@pytest.mark.parametrize("words", ["?speak", "<https://msn", '"speak', "x"])
def test_nothing_is_offered_inside_variables_iris_and_texts(address: str, page: Any, words: str) -> None:  # noqa: F811
    assert typed(page, address, words) == []


def test_the_keyboard_chooses_a_term_and_leaves_the_field(address: str, page: Any) -> None:  # noqa: F811
    assert typed(page, address, "msn:speak")[0] == "msn:speaker"
    field = page.locator("#query")
    field.press("ArrowDown")
    assert field.get_attribute("aria-activedescendant") == "query-terms-0"
    field.press("Enter")
    assert field.input_value() == "SELECT * { ?claim msn:speaker "
    assert page.locator(".terms li").count() == 0
    field.press_sequentially("msn:sp")
    page.locator(".terms li").first.wait_for()
    field.press("Escape")
    assert page.locator(".terms li").count() == 0
    field.press("Tab")
    assert page.evaluate("document.activeElement.tagName") == "BUTTON"


def test_a_click_chooses_a_term(address: str, page: Any) -> None:  # noqa: F811
    typed(page, address, "msn:speak")
    page.locator(".terms li").first.click()
    assert page.locator("#query").input_value() == "SELECT * { ?claim msn:speaker "


@pytest.mark.parametrize("script", [True, False])
def test_a_question_is_asked_with_and_without_javascript(address: str, browser: Any, script: bool) -> None:  # noqa: F811
    context = browser.new_context(java_script_enabled=script)
    opened = context.new_page()
    opened.goto(f"{address}/query.en.html")
    follow(opened.get_by_role("link", name=EXAMPLES["who-quotes-whom"].titles["en"], exact=True))
    follow(opened.locator("form.query button"))
    opened.locator("svg.picture").wait_for()
    assert opened.locator("main table tbody tr").count() > 3
    follow(opened.get_by_role("link", name="Table", exact=True))
    assert opened.locator("svg.picture").count() == 0
    follow(opened.locator(".languages a"))
    assert opened.locator("html").get_attribute("lang") == "ar"
    assert opened.locator("main table tbody tr").count() > 3
    assert opened.locator("button[data-copy]").first.is_visible() is script
    context.close()
