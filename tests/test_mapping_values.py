"""Values as terms: whatever a column holds comes back from a parser as it was."""

from __future__ import annotations

import json
import math
from decimal import Decimal
from pathlib import Path

import pyoxigraph
import pytest
from hypothesis import given
from hypothesis import strategies as st

from musnad.errors import UnmappedRow
from musnad.mapping.values import Iris, Tags, iri_is_legal, lexical, natural, quoted, safe

XSD = "http://www.w3.org/2001/XMLSchema#"
BLNS = Path(__file__).parents[1].parent / "shared" / "suites" / "blns" / "blns.json"
N_TRIPLES = pyoxigraph.RdfFormat.N_TRIPLES


def read_back(thing: bytes) -> pyoxigraph.Literal | pyoxigraph.NamedNode:
    (found,) = pyoxigraph.parse(b"<x:s> <x:p> " + thing + b" .\n", format=N_TRIPLES)
    return found.object


@given(st.text())
def test_any_text_comes_back(text: str) -> None:
    assert read_back(quoted(text)).value == text


@pytest.mark.skipif(not BLNS.is_file(), reason="shared/suites/blns is not here")
def test_naughty_strings_come_back() -> None:
    for text in json.loads(BLNS.read_text(encoding="utf-8")):
        assert read_back(natural(text)).value == text
        assert read_back(Iris()["http://example.org/" + safe(text)]).value.startswith("http://example.org/")


@given(st.text(min_size=1))
def test_any_text_may_stand_in_a_template(text: str) -> None:
    iri = "http://example.org/" + safe(text)
    assert read_back(Iris()[iri]).value == iri


@given(st.text(alphabet="ابتثجحخدذرزسشصضطظعغفقكلمنهويءآأإؤئىة٠١٢"))  # the Arabic letters
def test_arabic_letters_are_not_encoded(text: str) -> None:
    assert safe(text) == text


@given(st.text())
def test_only_what_a_parser_takes_is_an_iri(text: str) -> None:
    try:
        written = Iris()[text]
    except UnmappedRow:
        assert not iri_is_legal(text)
    else:
        assert read_back(written).value == text


ILLEGAL = ["", "x", "/a", "http://a b", "http://a/<", "x:\n", "x:%zz", *(f"x:{mark}" for mark in '"{}|^`\\')]


@pytest.mark.parametrize("text", ILLEGAL)
def test_an_illegal_iri_is_refused(text: str) -> None:
    with pytest.raises(UnmappedRow, match="not an absolute IRI"):
        Iris()[text]


@pytest.mark.parametrize("tag", ["", "a b", "ar_SY", "x" * 9, 7, None])
def test_an_illegal_language_is_refused(tag: object) -> None:
    with pytest.raises(UnmappedRow, match="not a language tag"):
        Tags()[tag]


@given(st.integers())
def test_an_integer_has_its_natural_form(number: int) -> None:
    assert read_back(natural(number)) == pyoxigraph.Literal(
        str(number), datatype=pyoxigraph.NamedNode(XSD + "integer")
    )


@given(st.floats(allow_nan=False, allow_infinity=False))
def test_a_number_keeps_its_value(number: float) -> None:
    assert float(lexical(number)) == number
    assert float(lexical(number, XSD + "decimal")) == number
    assert "E" not in lexical(number, XSD + "decimal").upper()


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0.91, "9.1E-1"),
        (30.0, "3.0E1"),
        (0.0, "0.0E0"),
        (-1.5e-7, "-1.5E-7"),
        (math.inf, "INF"),
        (math.nan, "NaN"),
    ],
)
def test_a_double_is_canonical(number: float, text: str) -> None:
    assert natural(number) == f'"{text}"^^<{XSD}double>'.encode()


def test_a_whole_number_of_a_data_frame_is_an_integer() -> None:
    assert lexical(3.0, XSD + "integer") == "3"
    assert Decimal(lexical(1e22, XSD + "integer")) == 10**22


def test_a_lone_surrogate_is_refused_everywhere() -> None:
    for write in (quoted, safe, natural, Iris().__getitem__):
        with pytest.raises(UnmappedRow, match=r"surrogate|IRI"):
            write("x:\ud800")


def test_memory_of_terms_is_bounded() -> None:
    iris = Iris()
    for number in range(40_000):
        iris[f"x:{number}"]
    assert len(iris) <= 16_384
