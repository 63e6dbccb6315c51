"""HTML: blocks, hints of the markup, metadata against the text, pages made to break parsers."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

from effort import HANGS
from musnad.errors import DataError
from musnad.model import Document
from musnad.project import Project
from musnad.reading import read_capture, read_files, read_sources, split_lines, uncovered
from musnad.reading.files import html_capture
from musnad.reading.html import read_html
from musnad.reading.markup import MAX_DEPTH, MAX_TAGS

ROOT = Path(__file__).parents[1]
ARTICLE = ROOT / "tests" / "data" / "reading" / "article.html"
SOURCES = read_sources(Project(ROOT))
TITLE = "القرى تتفق على طريق السوق"  # the villages agree
TEXT = "أعلنت هيئة المثال أن لقاء القرى سينعقد في القاعة الكبرى، وأن فلان الفلاني سيحضره."  # invented


def page_of(body: str, head: str = "") -> Document:
    markup = f"<html><head>{head}</head><body>{body}<p>{TEXT}</p><p>{TEXT} {TEXT}</p></body></html>"
    return read_capture(html_capture(markup.encode(), "a.html"), SOURCES)


def words_in(document: Document, kind: str) -> list[str]:
    return [document.text[zone.start : zone.end] for zone in document.zones if zone.kind == kind]


@pytest.mark.parametrize("installed", [True, False])
def test_a_page_is_cut_by_what_its_markup_says(installed: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    if not installed:
        monkeypatch.setitem(sys.modules, "trafilatura", None)
    (document,) = read_files([(ARTICLE, ARTICLE.name)], SOURCES)
    assert isinstance(document, Document)
    assert (document.title, document.published, document.time) == (TITLE, "2019-05-02", "09:30")
    assert document.url == "https://news.example/a/17"
    assert [zone.kind for zone in document.zones] == [
        *("ticker", "interface", "title", "metadata", "interface", "body", "inline_link", "interface"),
        *("comments", "related_links", "interface"),
    ]
    assert [link.kind for link in document.links] == ["ticker", "read_also", "related", "related"]
    assert (document.comment_count, [comment.age for comment in document.comments]) == (1, ["P2D"])
    assert "كلام البرنامج" not in document.text  # words of the script
    assert uncovered(split_lines(document.text), [(zone.start, zone.end) for zone in document.zones]) == []


def test_the_text_is_the_same_with_and_without_trafilatura(monkeypatch: pytest.MonkeyPatch) -> None:
    markup = ARTICLE.read_text("utf-8")
    alone = read_html(markup).text
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    assert read_html(markup).text == alone


def test_a_title_that_the_metadata_do_not_know_is_noted() -> None:
    document = page_of(
        f"<h1>{TITLE}</h1>", '<meta property="og:title" content="أحوال الطقس في الجبال">'
    )  # weather
    assert document.title == TITLE
    assert any("another title" in note for note in document.notes)


def test_a_title_may_stand_in_the_metadata_alone() -> None:
    document = page_of("", f'<meta property="og:title" content="{TITLE}">')
    assert document.title == TITLE
    assert "the title stands in the metadata alone" in document.notes


def linked(words: str) -> str:
    return f'<script type="application/ld+json">{{{words}}}</script>'


@pytest.mark.parametrize(
    ("head", "published"),
    [
        ('<meta name="date" content="2018-03-04">', "2018-03-04"),
        ('<meta property="article:published_time" content="1970-01-01T00:00:00Z">', ""),
        ('<meta property="article:modified_time" content="2024-01-01">', ""),
        ('<meta name="crawl-date" content="2024-01-01">', ""),
        (
            linked('"@type":["NewsArticle"],"datePublished":"2018-03-04"'),
            "2018-03-04",
        ),
        (
            linked('"@type":"NewsArticle","dateModified":"2018-03-04"'),
            "",
        ),
        (linked('"@type":"NewsArticle", broken'), ""),
        (
            linked('"@type":"VideoObject","datePublished":"2018-03-04"'),
            "",
        ),
    ],
)
def test_only_a_plausible_date_of_publication_is_taken(head: str, published: str) -> None:
    assert page_of(f"<h1>{TITLE}</h1>", head).published == published


@pytest.mark.parametrize(
    ("body", "published"),
    [
        (
            '<span property="dc:date dc:created" content="2018-03-04T00:00:00+01:00">4 آذار</span>',
            "2018-03-04",
        ),
        ('<meta itemprop="datePublished" content="2018-03-04">', "2018-03-04"),
        ('<time pubdate datetime="2018-03-04T10:00">أمس</time>', "2018-03-04"),  # yesterday
        (
            '<i property="dc:date" content="2018-03-04"></i><i property="dc:date" content="2018-03-05"></i>',
            "",
        ),
        ('<footer class="submitted">الأحد 4 آذار 2018</footer>', "2018-03-04"),  # Sunday 4 March
        ('<i property="schema:dateModified" content="2018-03-04">أ</i>', ""),
    ],
)
def test_a_page_may_mark_its_day_in_its_body(body: str, published: str) -> None:
    assert page_of(f"<h1>{TITLE}</h1>{body}").published == published


def test_dates_that_differ_are_noted() -> None:
    document = page_of(
        f"<h1>{TITLE}</h1><time>5 آذار 2018</time>", '<meta name="date" content="2018-03-04">'
    )  # 5 March
    assert document.published == "2018-03-04"
    assert any("the page 2018-03-05" in note for note in document.notes)


def test_a_publisher_is_known_by_the_name_of_its_source() -> None:
    head = '<meta property="og:site_name" content="أنا برس">'  # Ana Press
    assert page_of(f"<h1>{TITLE}</h1>", head).publisher == "ana-press"
    author = linked('"@type":"NewsArticle","author":{"@type":"Person","name":"فلان"}')  # so-and-so
    assert not any("publisher" in note for note in page_of("", author).notes)


def test_scripts_menus_and_styles_are_no_words() -> None:
    markup = (
        "<style>p{}</style><p>أ<script>var x = '<p>ب</p>'</script> ج</p><br/>د&amp;ه<svg><text>و</text></svg>"
        "<nav>ز</nav><button>ح</button><!-- <p>ط</p> -->"
    )
    page = read_html(markup)
    assert page.text.split() == ["أ", "ج", "د&ه"]
    assert page.notes == ("the text was taken from HTML",)


def test_blocks_are_lines() -> None:
    assert (
        read_html("<title>x</title><h1>عنوان</h1><p>نص <b>غامق</b>.<br>سطر</p>").text
        == "عنوان\n\nنص غامق.\nسطر\n"
    )


def test_what_html_loses_is_said() -> None:
    page = read_html("<p>أ</p><iframe><p>ب</p>")
    assert page.text == "أ\n"
    assert page.notes[1] == "the text after an unclosed <iframe> is lost"


def test_a_page_that_shows_many_is_refused() -> None:
    items = f"<h2><a href=#>خبر عن أحوال الطقس في الجبال</a></h2><p>{TEXT}</p>" * 5  # news of the weather
    with pytest.raises(DataError, match="list of headlines"):
        read_capture(html_capture(f"<h1>أخبار</h1>{items}".encode(), "a.html"), SOURCES)  # news


def test_a_short_article_above_many_headlines_is_read() -> None:
    says = '<meta property="og:type" content="article">'
    dated = '<meta property="article:published_time" content="2020-06-15T08:00:00+03:00">'
    links = "<h3><a href=#>خبر عن أحوال الطقس في الجبال</a></h3>" * 12  # news of the weather
    body = f"<h1>{TITLE}</h1><p>أغلق السوق مساء أمس</p>{links}"  # the market closed last night
    document = read_capture(html_capture(f"<head>{says}{dated}</head>{body}".encode(), "a.html"), SOURCES)
    assert (document.title, document.published) == (TITLE, "2020-06-15")
    for head in (says, dated, ""):
        with pytest.raises(DataError, match="list of headlines"):
            read_capture(html_capture(f"<head>{head}</head>{body}".encode(), "a.html"), SOURCES)


COSTLY = {
    "depth": ("<div>" * 100_000, f"deeper than {MAX_DEPTH}"),
    "attributes": ("<p " + " ".join(f"a{n}=1" for n in range(500_000)) + ">", "attributes"),
    "options": ("<select>" + "<option>ب" * 50_000 + "</select>", ""),
    "angles": ("<" * 2_000_000, ""),
    "paragraphs": ("<p>ب" * (MAX_TAGS + 9), f"cut after {MAX_TAGS:,} tags"),
    "comments": ("<!--" * 500_000, "unclosed comment"),
    "scripts": ("<script>" * 100_000, "unclosed <script>"),
}


@pytest.mark.parametrize("name", COSTLY)
def test_a_costly_page_is_read_in_time_and_flagged(name: str) -> None:
    markup, note = COSTLY[name]
    start = time.process_time()
    page = read_html(f"<h1>{TITLE}</h1><p>{TEXT}</p>{markup}<p>{TEXT}</p>")
    assert time.process_time() - start < HANGS * 9  # a million tags take two seconds
    assert page.text.startswith(f"{TITLE}\n\n{TEXT}\n")
    assert note in " ".join(page.notes)
