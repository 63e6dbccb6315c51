"""Folding: what is compared, and the way back to the stored text."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from musnad.folding import fold, fold_name

ARABIC = st.text(
    alphabet=st.one_of(
        st.characters(min_codepoint=0x600, max_codepoint=0x6FF),
        st.characters(min_codepoint=0xFB50, max_codepoint=0xFEFF),
        st.sampled_from(list("«»“”‘’\"' \n\t\u00a0\u200f\u202b\u2067\ufeffabZ09")),
    ),
    max_size=60,
)


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("أإآٱ", "اااا"),
        ("مبنى", "مبني"),
        ("مدرسة", "مدرسه"),
        ("رؤية", "رويه"),
        ("هيئة", "هييه"),
        ("قـــال", "قال"),
        ("كُتُبٌ", "كتب"),
        ("\u0627\u0654مر", "امر"),
        ("بين\u00a0بين", "بين بين"),
        ("\u202bنص\u202c\u200f", "نص"),
        ("٢٠١٨ و۲۰۱۹", "2018 و2019"),
        ("أول٬ ثان، ثالث", "اول, ثان, ثالث"),
        ("“أ” «ب» ‘ج’", '"ا" "ب" "ج"'),
        ("\ufefb \ufdf2", "لا الله"),
        ("كلمة  كلمتان\nسطر", "كلمه  كلمتان\nسطر"),
        ("ایران", "ايران"),
    ],
)
def test_spellings_fold_to_one_form(text: str, folded: str) -> None:
    assert fold(text).text == folded


@given(ARABIC)
def test_folding_twice_changes_nothing(text: str) -> None:
    once = fold(text).text
    assert fold(once).text == once


@given(ARABIC, st.integers(0, 60), st.integers(0, 60))
def test_a_folded_span_stands_for_the_words_that_fold_to_it(text: str, one: int, other: int) -> None:
    folded = fold(text)
    start, end = sorted((min(one, len(folded.text)), min(other, len(folded.text))))
    first, last = folded.original(start, end)
    assert 0 <= first <= last <= len(text)
    assert folded.text[start:end] in fold(text[first:last]).text


@given(ARABIC)
def test_each_character_maps_to_its_own_place(text: str) -> None:
    folded = fold(text)
    spans = [folded.original(place, place + 1) for place in range(len(folded.text))]
    assert spans == sorted(spans)
    assert all(one == other or one[1] <= other[0] for one, other in itertools.pairwise(spans))
    assert "".join(fold(text[start:end]).text for start, end in dict.fromkeys(spans)) == folded.text


@given(ARABIC)
def test_an_offset_finds_its_folded_character(text: str) -> None:
    folded = fold(text)
    for place in range(len(folded.text)):
        start, _ = folded.original(place, place + 1)
        assert folded.original(folded.at(start), folded.at(start) + 1)[0] == start


def test_marks_belong_to_the_letter_before_them() -> None:
    text = "أنَّ المثال"
    assert text[slice(*fold(text).original(0, 2))] == "أنَّ"


def test_a_control_belongs_to_nothing() -> None:
    assert fold("مثال\u200f ").original(0, 4) == (0, 4)


def test_an_empty_span_stays_empty() -> None:
    assert fold("").original(0, 0) == (0, 0)
    assert fold("أب").original(2, 2) == (2, 2)


def test_a_name_is_compared_without_quotation_marks_and_double_spaces() -> None:
    assert fold_name("«هيئة  المثال»") == fold_name("هيئه المثال")
