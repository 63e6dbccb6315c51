"""The script of the written site finds what Python finds: letters, entries, scores, order and marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from musnad.search import spans
from musnad.search.entries import KINDS
from musnad.search.spelling import forms, spell
from musnad.site import Site
from musnad.site.searching import Asked, Searching
from test_pages_browser import CHROMIUM, address, browser, follow, site

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")
__all__ = ["address", "browser", "site"]

QUESTIONS = (
    "هيئة المثال",  # the Example Body
    "هيئه",  # body
    "للهيئة",  # to the body
    "والهيئة وبالمثال",  # and the body and in the example
    "فلان",  # so-and-so
    "فلان الفلاني",  # the same, whole
    "الفلني",  # the same, a slip
    "أنقره",  # Ankara
    "انق",  # a beginning
    "حلب حلب",  # Aleppo, twice
    "لقاء في انقرة",  # a meeting in Ankara
    "مصدر في الهيئة",  # a source in the body
    "لُقَـاء",  # a meeting, with marks
    "ا",
    "ankara",
    "Example  BODY",
    "exampl agenc",
    "Exmaple",
    "fulan's",
    "٢٠١٧ 2017",
    "؟!«»",
    "",
    "🙂 المثال 𐎀",
    "\u202eالمثال\u200f",
    "ﻻ ﷲ ﺍﻟﻤﺜﺎﻝ",
    "ا" * 3_000,
    "من إلى على في عن مع هذا ذلك تلك",
)


@pytest.fixture(scope="module")
def page(browser: Any, address: str) -> Iterator[Any]:
    opened = browser.new_page()
    opened.goto(f"{address}search.ar.html")
    yield opened
    opened.close()


def test_every_letter_is_folded_alike(page: Any) -> None:
    codes = [code for code in range(0x10000) if not 0xD800 <= code <= 0xDFFF]
    script = """async (codes) => { const { spell } = await musnadSpelling();
                return codes.map((code) => spell(String.fromCharCode(code))); }"""
    theirs = page.evaluate(script, codes)
    different = [hex(code) for code, other in zip(codes, theirs, strict=True) if spell(chr(code)) != other]
    assert different == []


def test_words_and_their_forms_are_alike(page: Any, site: Site) -> None:
    texts = [text for entry in site.index.entries for text in entry.texts] + [
        "Ba'ath l’a ʿAmr's 'x'",
        *QUESTIONS,
    ]
    script = """async (texts) => { const { spans, forms } = await musnadSpelling();
      const told = (text) => ({word, start, end}) => [word, text.slice(start, end), [...forms(word)]];
      return texts.map((text) => spans(text).map(told(text))); }"""
    for text, theirs in zip(texts, page.evaluate(script, texts), strict=True):
        mine = [
            [word.text, text[word.start : word.end], [list(pair) for pair in forms(word.text).items()]]
            for word in spans(text)
        ]
        assert mine == theirs, text


@pytest.mark.parametrize("within", ["", "claim", "Person"])
def test_every_question_finds_the_same_in_the_same_order(page: Any, site: Site, within: str) -> None:
    searching = Searching(site, site.index)
    names = {name for entry in site.index.entries for name in entry.texts if len(name) < 60}
    for question in (*QUESTIONS, *sorted(names)):
        mine = [
            [kind, [list(pair) for pair in found]] for kind, found in searching.rank(Asked(question, within))
        ]
        assert page.evaluate("([q, within]) => musnadSearch(q, within)", [question, within]) == mine, question
    assert site.index.rank("المثال", KINDS)[0].ranked  # the example; the comparison is not empty


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("question", ["هيئة المثال", "ankara", "<b>&", "zzzz"])  # the Example Body
def test_the_page_shows_what_the_server_shows(
    browser: Any, address: str, site: Site, language: str, question: str
) -> None:
    opened = browser.new_page()
    opened.goto(f"{address}search.{language}.html?q={quote(question)}")
    opened.wait_for_selector("#found > *")
    shown = opened.evaluate("document.getElementById('found').innerHTML")
    marks = opened.locator("#found mark").all_inner_texts()
    links = [link.get_attribute("href") for link in opened.locator("#found li a").all()]
    assert opened.input_value("#seek") == question
    opened.close()
    theirs = Searching(site, site.index).page(Asked(question), language).text
    part = theirs.split('<div id="found">')[1].split("</main>")[0]
    assert re.findall(r"<mark>(.*?)</mark>", part) == marks
    assert re.findall(r'<li><a href="(.*?)"', part) == links
    assert text_of(part.partition('<nav class="kinds"')[0]) == text_of(shown)


def text_of(html: str) -> str:
    return re.sub(r"\s+", "", re.sub(r"<[^>]*>", "", html))


def test_a_question_on_any_page_leads_to_results_by_keyboard(browser: Any, address: str) -> None:
    opened = browser.new_page()
    opened.goto(f"{address}people.ar.html")
    opened.get_by_label("ابحث عن اسم أو كلمة").focus()  # search for a name or a word
    opened.keyboard.type("انقرة")  # Ankara
    opened.keyboard.press("Enter")
    opened.wait_for_selector("#found li")
    follow(opened.locator("#found li a").first)
    assert opened.url.endswith("id/ankara.ar.html")
    opened.close()


def test_without_javascript_the_page_leads_to_the_lists(browser: Any, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    opened = context.new_page()
    opened.goto(f"{address}search.en.html?q=ankara")
    assert opened.get_by_text("needs JavaScript").is_visible()
    assert opened.locator(".kinds a").count() >= 5
    context.close()


def test_a_written_copy_says_that_it_shows_one_facet_at_a_time(browser: Any, address: str) -> None:
    opened = browser.new_page()
    opened.goto(f"{address}claims.en.html")
    assert not opened.locator("#one-facet").is_visible()
    opened.goto(f"{address}claims.en.html?outlet=a&year=2017")
    assert opened.locator("#one-facet").is_visible()
    opened.close()


def test_an_index_that_is_not_there_is_told(browser: Any, address: str) -> None:
    opened = browser.new_page()
    opened.route("**/static/search/*", lambda route: route.abort())
    opened.goto(f"{address}search.en.html?q=ankara")
    opened.wait_for_selector("#found > *")
    assert "could not be loaded" in opened.inner_text("#found")
    opened.close()


def test_the_files_of_the_index_are_small(site: Site, tmp_path: Path) -> None:
    sizes: dict[str, int] = {}
    Searching(site, site.index).write(lambda name, body: sizes.update({name: len(body)}))
    assert len(sizes) >= 3
    assert max(sizes.values()) < 40_000
