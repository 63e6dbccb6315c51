"""What comes from outside is shown, and does nothing."""

from __future__ import annotations

import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from musnad.config import read_site
from musnad.project import Project
from musnad.site import Site
from musnad.site.values import Iri, Row, Words, anchor, clean, direction, external, to_value
from musnad.store import Store
from musnad.vocabulary import PREFIXES, RDF_TYPE

PROJECT = Project(Path(__file__).parents[1])
CONFIG = read_site(PROJECT.site_file)
HOSTILE = "</script></title><script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{7*7}}"
TURNED = "ab\u202ecd\u2066ef\u200fgh"
ENTITY = CONFIG.base + "id/hostile"


class Tags(HTMLParser):
    """Collects the elements of a page and their attributes."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def hostile_store() -> Store:
    store = Store.open()
    graph, node = ox.NamedNode(CONFIG.minter.graph("authority")), ox.NamedNode(ENTITY)

    def say(name: str, value: ox.NamedNode | ox.Literal, subject: ox.NamedNode = node) -> ox.Quad:
        prefix, local = name.split(":")
        return ox.Quad(subject, ox.NamedNode(PREFIXES[prefix] + local), value, graph)

    identifier = ox.NamedNode(ENTITY + "#x-1-1")
    link = ox.NamedNode("javascript:alert(1)")
    store.extend(
        [
            say("rdf:type", ox.NamedNode(PREFIXES["schema"] + "Person")),
            say("rdfs:label", ox.Literal(HOSTILE + TURNED, language="en")),
            say("schema:name", ox.Literal(HOSTILE, language="en")),
            say("schema:description", ox.Literal("<b>" + TURNED, language="ar")),
            say("schema:identifier", identifier),
            say("skos:exactMatch", link),
            say("schema:propertyID", ox.Literal(HOSTILE), identifier),
            say("schema:value", ox.Literal("1"), identifier),
            say("schema:url", link, identifier),
        ]
    )
    return store


@pytest.fixture(scope="module")
def hostile() -> str:
    page = Site(PROJECT, hostile_store(), CONFIG).render(ENTITY, "en")
    assert page is not None
    return page.text


def test_markup_in_a_label_stays_text(hostile: str) -> None:
    tags = Tags(hostile).found
    assert not any(tag == "img" for tag, _ in tags)
    assert not any(name.startswith("on") for _, found in tags for name in found)
    assert [given.get("src") for tag, given in tags if tag == "script" and "src" in given] == [
        "../static/copy.js"
    ]
    assert "{{7*7}}" in hostile
    assert "49" not in re.findall(r"<h1>(.*?)</h1>", hostile, re.DOTALL)[0]


def test_the_embedded_data_cannot_close_their_element(hostile: str) -> None:
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', hostile, re.DOTALL)
    assert found
    assert HOSTILE in json.dumps(json.loads(found[1]), ensure_ascii=False).replace('\\"', '"')


def test_only_http_addresses_become_links(hostile: str) -> None:
    for _, found in Tags(hostile).found:
        for name in ("href", "src", "action"):
            assert not (found.get(name) or "").startswith("javascript")
    assert "javascript:alert(1)" in hostile


def test_no_label_turns_the_direction_of_a_page(hostile: str) -> None:
    shown = re.sub(r'<script type="application/ld\+json">.*?</script>', "", hostile, flags=re.DOTALL)
    assert not re.search("[\u202a-\u202e\u2066-\u2069\u200e\u200f\u061c]", shown)


@pytest.mark.parametrize(
    "iri", ["data:text/html,x", "javascript:x", "file:///etc", "blob:x", "https://a b", "http://a\u202eb"]
)
def test_a_dangerous_iri_is_no_link(iri: str) -> None:
    assert not external(iri)


def stored(told: dict[str, dict[str, str]]) -> Site:
    """Return the site of people, by slug, and what is said of each."""
    store, graph = Store.open(), ox.NamedNode(CONFIG.minter.graph("authority"))
    for slug, said in told.items():
        node = ox.NamedNode(f"{CONFIG.base}id/{slug}")
        store.extend(
            [ox.Quad(node, ox.NamedNode(RDF_TYPE), ox.NamedNode(PREFIXES["schema"] + "Person"), graph)]
        )
        for name, value in said.items():
            prefix, local = name.split(":")
            literal = ox.Literal(value, language="en")
            store.extend([ox.Quad(node, ox.NamedNode(PREFIXES[prefix] + local), literal, graph)])
    return Site(PROJECT, store, CONFIG)


def test_a_literal_of_megabytes_makes_no_large_page() -> None:
    huge = "word " * 1_000_000
    site = stored({"huge": {"rdfs:label": huge, "schema:name": huge, "schema:description": huge}})
    for path in ("id/huge", "people"):
        page = site.render(path, "en")
        assert page is not None
        assert "word word" in page.text
        assert len(page.text.encode()) < 60_000


def test_a_thing_without_a_label_is_shown_by_its_iri() -> None:
    page = stored({"nameless": {}}).render("id/nameless", "en")
    assert page is not None
    assert re.search(r"<h1[^>]*>.*id:nameless.*</h1>", page.text, re.DOTALL)


def test_slugs_that_differ_in_case_are_two_pages() -> None:
    site = stored({"ankara": {"rdfs:label": "the lower"}, "Ankara": {"rdfs:label": "the upper"}})
    lower, upper = site.render("id/ankara", "en"), site.render("id/Ankara", "en")
    assert lower is not None
    assert upper is not None
    assert "the lower" in lower.text
    assert "the upper" not in lower.text
    assert "the upper" in upper.text


@pytest.mark.parametrize("slug", ["con", "a" * 300, "%2E%2E", "النيل", "a%20b", "nul.html"])  # the Nile
def test_a_strange_name_has_a_page_that_links_to_itself(slug: str) -> None:
    page = stored({slug: {"rdfs:label": "something"}}).render(f"{CONFIG.base}id/{slug}", "en")
    assert page is not None
    assert "something" in page.text


@given(st.text())
def test_words_never_leave_their_element(text: str) -> None:
    html = Words(text, "ar").__html__()
    inside = html.removeprefix('<bdi lang="ar" dir="rtl">').removesuffix("</bdi>")
    assert "<" not in re.sub(r'<bdi dir="ltr">[\d/-]+</bdi>', "", inside)
    assert clean(text)[:999].startswith(clean(text)[:10])


@given(st.text())
def test_an_attribute_cannot_be_left(text: str) -> None:
    assert Tags(str(anchor("x", Words(text)))).found[0] == ("a", {"href": "x"})
    assert len(Tags(f'<a title="{escape(Words(text).shown)}">').found) == 1


def test_hidden_characters_of_an_iri_are_written_out() -> None:
    assert Iri("https://example.org/\u202e").shown == "https://example.org/%E2%80%AE"


def test_long_words_are_cut_at_a_word() -> None:
    assert Words("one two three").cut(9) == Words("one two…")
    assert len(Words("x" * 5_000).shown) == 1_000


def test_a_row_knows_its_variables_and_nothing_else() -> None:
    row = Row({"claim": 1})
    assert row.claim == 1
    with pytest.raises(AttributeError, match="speaker"):
        _ = row.speaker


def test_terms_become_values() -> None:
    xsd = PREFIXES["xsd"]
    assert to_value(ox.Literal("7", datatype=ox.NamedNode(xsd + "integer"))) == 7
    assert to_value(ox.Literal("0.5", datatype=ox.NamedNode(xsd + "decimal"))) == 0.5
    assert to_value(ox.Literal("true", datatype=ox.NamedNode(xsd + "boolean"))) is True
    assert to_value(ox.Literal("9" * 5_000, datatype=ox.NamedNode(xsd + "integer"))) == Words(
        "9" * 5_000, "", xsd + "integer"
    )
    assert to_value(ox.NamedNode("https://a.example/")) == "https://a.example/"
    assert to_value(None) is None


def test_a_date_between_arabic_letters_keeps_its_order() -> None:
    assert '<bdi dir="ltr">2017-03-12</bdi>' in Words("عقد في 2017-03-12", "ar").inside  # held on
    assert "bdi" not in Words("held on 2017-03-12", "en").inside


def test_directions() -> None:
    assert [direction(tag) for tag in ("ar-SY", "en", "", "fa")] == ["rtl", "ltr", "auto", "rtl"]
