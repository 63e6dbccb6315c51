"""Pictures: what is drawn is what the rows say, within the drawing, and the same in the table."""

import csv
import io
from datetime import date, timedelta
from xml.etree import ElementTree

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from musnad.site import Site
from musnad.site.csv_lines import csv_line
from musnad.site.pictures import NAMES, WIDTH, flows, network, timeline
from musnad.site.values import Iri, Row, Words
from test_site import site  # noqa: F401 the fixture

PATHS = ("timeline", "map", "quoting", "network/memberOf")


def dated(earliest: str, latest: str) -> Row:
    return Row({"thing": Iri("https://example.org/a"), "earliest": Words(earliest), "latest": Words(latest)})


def joined(source: str, target: str, claims: int = 1) -> Row:
    return Row({"source": Iri(source), "target": Iri(target), "claims": claims})


DAYS = st.dates(date(1900, 1, 1), date(2030, 12, 31))


@settings(deadline=None)
@given(st.lists(st.tuples(DAYS, st.integers(0, 4000)), min_size=1, max_size=20), st.booleans())
def test_every_bar_lies_inside_the_drawing(spans: list[tuple[date, int]], mirrored: bool) -> None:
    rows = [dated(start.isoformat(), (start + timedelta(more)).isoformat()) for start, more in spans]
    picture = timeline(rows, mirrored=mirrored)
    assert len(picture.bars) == len(rows)
    low, high = (0, WIDTH - NAMES) if mirrored else (NAMES, WIDTH)
    for bar in picture.bars:
        assert low - 1 <= bar.x <= bar.x + bar.width <= high + 1
        assert bar.y < picture.height
    assert 1 <= len(picture.ticks) <= 11


def test_what_is_later_stands_further_along_the_reading_direction() -> None:
    rows = [dated("2012-01-01", "2012-12-31"), dated("2016-03-07", "2016-03-07")]
    first, second = timeline(rows).bars
    assert first.x < second.x
    assert (first.exact, second.exact) == (False, True)
    first, second = timeline(rows, mirrored=True).bars
    assert first.x > second.x


def test_a_date_that_is_none_draws_nothing() -> None:
    assert timeline([dated("", ""), dated("2016-02-30", "2016-03-01"), dated("2016", "2015")]).bars == ()
    assert timeline([]).height > 0


def test_what_is_joined_stands_together() -> None:
    rows = [joined("a", "hub"), joined("b", "hub"), joined("c", "hub", 5), joined("y", "z")]
    picture = network(rows)
    lines = [node.iri for node in picture.nodes]
    assert sorted(lines) == ["a", "b", "c", "hub", "y", "z"]
    assert abs(lines.index("y") - lines.index("z")) == 1
    assert {node.iri: node.weight for node in picture.nodes}["hub"] == 7
    thick = {str(link.row.source): link.thickness for link in picture.links}
    assert thick["c"] > thick["a"] == thick["b"]
    assert network([joined("a", "a")]).nodes == ()


def test_two_columns_have_each_name_once() -> None:
    picture = flows([joined("paper", "agency", 3), joined("agency", "someone"), joined("paper", "someone")])
    assert [node.iri for node in picture.nodes] == ["paper", "agency"]
    assert {node.iri for node in picture.others} == {"agency", "someone"}
    assert {link.y for link in picture.links} <= {node.y for node in picture.nodes}


def test_a_cell_cannot_run_in_a_spreadsheet() -> None:
    line = csv_line("=HYPERLINK(1)", "a, b", 'say "x"', None, -3, Words("+1", "ar"))
    assert next(csv.reader(io.StringIO(line))) == ["'=HYPERLINK(1)", "a, b", 'say "x"', "", "-3", "'+1"]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("language", ["ar", "en"])
def test_a_picture_has_a_drawing_a_table_and_a_question(site: Site, path: str, language: str) -> None:  # noqa: F811
    page = site.render(path, language)
    assert page is not None
    drawing = site.render(path, language, 1, "svg")
    assert drawing is not None
    ElementTree.fromstring(drawing.text)
    assert "<style" not in drawing.text
    assert "style=" not in drawing.text
    table = site.render(path, "", 1, "csv")
    assert table is not None
    rows = list(csv.DictReader(io.StringIO(table.text)))
    assert len(rows) == page.text.count("<tr><td>") > 0
    assert f"sparql?lang={language}&amp;query=PREFIX%20" in page.text


def test_a_relation_without_claims_has_no_network(site: Site) -> None:  # noqa: F811
    assert site.render("network/nothing", "ar") is None
    names = {path for path, kind in site.pages() if kind.name == "network"}
    assert names
    assert all(site.render(path, "en") for path in names)
