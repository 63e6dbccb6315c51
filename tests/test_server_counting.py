"""The rows of a table are counted wherever its bytes are cut."""

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from musnad.server.counting import Rows

FORMATS = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}
NASTY = st.text(st.sampled_from('"\\{}[],:\n\r\t<result>\u0642 '), max_size=12)


@given(st.lists(NASTY, max_size=6), st.lists(st.integers(1, 40), min_size=1, max_size=20))
@pytest.mark.parametrize("suffix", FORMATS)
def test_no_value_and_no_cut_changes_the_number(suffix: str, values: list[str], cuts: list[int]) -> None:
    rows = " ".join(
        f"({ox.Literal(value)} UNDEF <<( <a:a> <a:b> {ox.Literal(value)} )>>)" for value in values
    )
    found = ox.Store().query(f"SELECT * {{ VALUES (?a ?b ?c) {{ {rows} }} }}")
    data = found.serialize(format=FORMATS[suffix])
    counted, place = Rows(suffix), 0
    while place < len(data):
        size = cuts[place % len(cuts)]
        counted.take(data[place : place + size])
        place += size
    assert counted.number == len(values)


@pytest.mark.parametrize("suffix", FORMATS)
def test_a_row_without_a_value_is_a_row(suffix: str) -> None:
    found = ox.Store().query("SELECT ?x { VALUES ?y { 1 2 3 } }")
    assert Rows(suffix).take(found.serialize(format=FORMATS[suffix])) == 3
