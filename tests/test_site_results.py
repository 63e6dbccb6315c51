"""The page of results: which pictures the columns allow, what they draw, what can be taken along."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musnad.site import Site
from musnad.site.pictures import FIGURES, NAMES, WIDTH, chart
from musnad.site.results import CHART, MAP, MOST_DRAWN, NETWORK, TABLE, TIMELINE, VIEWS, Results
from musnad.site.values import Iri, Row, Value, Words
from musnad.vocabulary import PREFIXES
from test_site import CONFIG, PROJECT, sample_store

DATE = PREFIXES["xsd"] + "date"
ONE, OTHER = Iri("https://example.org/one"), Iri("https://example.org/other")


@pytest.fixture(scope="module")
def site() -> Site:
    return Site(PROJECT, sample_store(), CONFIG)


def results(columns: str, *rows: tuple[Value, ...], view: str = TABLE, kind: str = TABLE) -> Results:
    return Results(
        "SELECT * { ?s ?p ?o }", tuple(columns.split()), rows, kind, view, "http://127.0.0.1:1/sparql"
    )


def day(text: str) -> Words:
    return Words(text, "", DATE)


def test_words_alone_are_a_table() -> None:
    assert results("name", (Words("a"),)).views == (TABLE,)


def test_no_rows_are_a_table() -> None:
    assert results("thing claims").views == (TABLE,)


def test_a_number_makes_a_chart() -> None:
    found = results("thing claims", (ONE, 3), (OTHER, 1), view=CHART)
    assert found.shown == CHART
    assert [(row.thing, row.amount) for row in found.drawn(CHART)] == [(ONE, 3), (OTHER, 1)]


def test_words_may_name_a_bar() -> None:
    row = results("verb claims", (Words("قال", "ar"), 3)).drawn(CHART)[0]  # said
    assert (row.thing, row.name) == (None, Words("قال", "ar"))


@pytest.mark.parametrize("amount", [-1, math.nan, math.inf, True])
def test_what_no_bar_can_be_long_makes_no_chart(amount: Value) -> None:
    assert CHART not in results("thing claims", (ONE, amount)).views


def test_coordinates_make_a_map_and_a_place_stands_on_it_once() -> None:
    found = results("place latitude longitude event", (ONE, 36.2, 37.1, OTHER), (ONE, 36.2, 37.1, ONE))
    assert [(row.place, row.claims) for row in found.drawn(MAP)] == [(ONE, 2)]
    assert CHART not in found.views


def test_days_make_a_timeline_in_the_order_of_time() -> None:
    found = results("event earliest latest", (ONE, day("2016-03-07"), day("2016-03-09")), (OTHER, None, None))
    row = found.drawn(TIMELINE)[0]
    assert (row.thing, str(row.edtf), row.claim) == (ONE, "2016-03-07/2016-03-09", ONE)
    assert len(found.drawn(TIMELINE)) == 1


def test_one_day_is_enough_for_a_timeline() -> None:
    row = results("event day", (ONE, day("2016-03-07"))).drawn(TIMELINE)[0]
    assert row.earliest == row.latest


def test_two_columns_of_things_make_a_network_and_pairs_are_counted() -> None:
    found = results("from to", (ONE, OTHER), (ONE, OTHER), (ONE, ONE), (ONE, None))
    assert [(row.source, row.target, row.claims) for row in found.drawn(NETWORK)] == [(ONE, OTHER, 2)]


def test_a_view_that_the_columns_do_not_allow_is_the_table() -> None:
    assert results("name", (Words("a"),), view=MAP).shown == TABLE
    assert results("name", (Words("a"),), view="hologram").shown == TABLE


def test_a_picture_has_a_last_line() -> None:
    rows = [(Iri(f"https://example.org/{number}"), number) for number in range(500)]
    assert len(results("thing claims", *rows).drawn(CHART)) == MOST_DRAWN


CELLS = st.one_of(
    st.none(),
    st.integers(),
    st.floats(),
    st.booleans(),
    st.sampled_from([ONE, OTHER]),
    st.text(max_size=8).map(Words),
    st.sampled_from(["2016-03-07", "2016-02-30", "x", ""]).map(day),
)


@given(st.lists(st.tuples(CELLS, CELLS, CELLS, CELLS), max_size=6))
def test_whatever_the_cells_hold_there_is_a_table(rows: list[tuple[Value, ...]]) -> None:
    for columns in ("a b c d", "thing latitude longitude claims", "thing earliest latest claim"):
        found = results(columns, *rows)
        assert found.views[0] == TABLE
        assert set(found.views) <= set(VIEWS)


@pytest.mark.parametrize("mirrored", [False, True])
def test_the_bars_of_a_chart_stay_beside_the_names(mirrored: bool) -> None:
    rows = [Row({"thing": ONE, "name": Words(""), "amount": amount}) for amount in (0, 1, 2.5, 10)]
    for bar in chart(rows, mirrored=mirrored).bars:
        assert bar.width <= WIDTH - NAMES - FIGURES
        edge = bar.x + bar.width if mirrored else bar.x
        assert edge == (WIDTH - NAMES if mirrored else NAMES)


ALL = (
    results("thing claims", (ONE, 3), (Words("<b>"), 2), view=CHART),
    results("thing claims", (ONE, 3), (OTHER, 2), view=CHART),
    results("place latitude longitude", (ONE, 36.2, 37.1), (OTHER, 33.5, 36.3), view=MAP),
    results("event earliest latest", (ONE, day("2016-03-07"), day("2016-03-09")), view=TIMELINE),
    results("from to", (ONE, OTHER), view=NETWORK),
)


@pytest.mark.parametrize("language", ["ar", "en"])
@pytest.mark.parametrize("found", ALL, ids=lambda found: found.view)
def test_every_picture_is_drawn_above_its_table(site: Site, found: Results, language: str) -> None:
    text = site.render_results(found, language).text
    assert ("<svg" in text) == (found.shown != TABLE)
    assert text.index("<svg") < text.index("<table>")
    assert "<b>" not in text


def test_answers_are_taken_in_the_formats_of_a_table(site: Site) -> None:
    text = site.render_results(ALL[1], "en").text
    for suffix in ("csv", "tsv", "json", "xml"):
        assert f"&amp;format={suffix}" in text
    assert "format=ttl" not in text


def test_answers_are_taken_in_the_formats_of_a_graph(site: Site) -> None:
    graph = results("subject predicate object", (ONE, ONE, OTHER), kind="graph")
    text = site.render_results(graph, "en").text
    for suffix in ("ttl", "jsonld", "nt", "rdf"):
        assert f"&amp;format={suffix}" in text
    assert "format=csv" not in text


def test_the_other_language_shows_the_same_answers(site: Site) -> None:
    text = site.render_results(ALL[1], "en").text
    assert 'href="sparql?query=SELECT+%2A+%7B+%3Fs+%3Fp+%3Fo+%7D&amp;view=chart&amp;lang=ar"' in text


def test_the_page_of_queries_names_every_example_and_each_has_a_page(site: Site) -> None:
    for language in ("ar", "en"):
        page = site.render("query", language)
        assert page is not None
        for slug, example in site.examples.items():
            assert f'href="query/{slug}.{language}.html"' in page.text
            own = site.render(f"query/{slug}", language)
            assert own is not None
            assert own.title.startswith(example.titles[language])
    assert site.render("query/none", "en") is None


def test_the_terms_for_completion_have_labels_in_both_languages(site: Site) -> None:
    page = site.render("query-terms", "", 1, "json")
    assert page is not None
    assert '["msn:Claim", "' in page.text
    assert '["relation:heldOn", "' in page.text
