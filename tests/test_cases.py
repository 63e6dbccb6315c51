"""Words as a subject would be written: numbers, pairs, groups and their adjectives in the nominative."""

from __future__ import annotations

from pathlib import Path

import pytest

from musnad.understanding.cases import as_subject, fighters_as_subject
from musnad.understanding.patterns import read_patterns

WORDS = read_patterns(Path(__file__).parents[1] / "mappings" / "claims").words


@pytest.mark.parametrize(
    ("printed", "label"),
    [
        ("شخصين", "شخصان"),
        ("جنديين تركيين", "جنديان تركيان"),
        ("ضابطي شرطة", "ضابطا شرطة"),
        ("عسكريين تركيين اثنين", "عسكريان تركيان اثنان"),
        ("مسلحَين ملثمين", "مسلحان ملثمان"),  # its mark tells that they are two
        ("اثنين من حراسه", "اثنان من حراسه"),
        ("اثنين آخرين", "اثنان آخران"),
        ("ثمانية آخرين", "ثمانية آخرون"),
        ("12 آخرين", "12 آخرون"),
        ("خمسة وعشرين عاملاً", "خمسة وعشرون عاملاً"),
        ("مئتي عامل", "مئتا عامل"),
        ("المدنيين", "المدنيون"),
        ("المقاتلين الأكراد", "المقاتلون الأكراد"),
        ("المسلحين الموالين لها", "المسلحون الموالون لها"),
        ("مقاتلين أكراد", "مقاتلون أكراد"),
        ("مقاتلي المعارضة", "مقاتلو المعارضة"),
        ("حارساً", "حارس"),
        ("عاملا تركياً", "عامل تركي"),
        ("جسرين قديمين", "جسران قديمان"),
        ("سيارتي دفع رباعي", "سيارتا دفع رباعي"),
        ("مقرين عامين ونقطة تموين", "مقران عامان ونقطة تموين"),
        ("جندي وشرطيين", "جندي وشرطيان"),
    ],
)
def test_words_that_are_surely_oblique_become_nominative(printed: str, label: str) -> None:
    assert as_subject(printed, WORDS) == label


@pytest.mark.parametrize(
    "printed",
    [
        "مسلحين",  # two, or several
        "ثلاثة جنود",
        "ثلاثة مقاتلين أتراك",  # whom a number counts
        "عشرات المدنيين",
        "20 شخصاً",
        "240 ألفاً",
        "عناصرها",
        "فلسطين",
        "ياسين الراوي",
        "مركزي",
        "قرى مهجورة",
        "المدنيون",
        "",
    ],
)
def test_other_words_stay_as_they_are_printed(printed: str) -> None:
    assert as_subject(printed, WORDS) == printed


@pytest.mark.parametrize(
    ("printed", "label"),
    [
        ("المقاتلين الأكراد", "المقاتلون الأكراد"),
        ("المسلحين الموالين للقرى", "المسلحون الموالون للقرى"),
        ("المقاتلين الذين عادوا", "المقاتلون الذين عادوا"),
        ("الثوار", "الثوار"),
        ("القوات الموالية للاجئين", "القوات الموالية للاجئين"),
    ],
)
def test_fighters_that_are_named_by_their_kind_are_cited_in_the_nominative(printed: str, label: str) -> None:
    assert fighters_as_subject(printed) == label
