"""What is attacked, who dies and of what, as expressions over a line of tokens."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from musnad.understanding.patterns import read_patterns
from musnad.understanding.strikes import HEADS, in_subject_case, strike

WORDS = read_patterns(Path(__file__).parents[1] / "mappings" / "claims").words


def taken(kind: str, line: str) -> str:
    """Return the words that a phrase takes from the start of a line."""
    found = re.match(strike(kind, WORDS.lists), line)
    return found.group().strip() if found else ""


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("مواقع ل+ <O4> في <L6> ", "مواقع ل+ <O4>"),
        ("قري مهجوره قرب النهر ", "قري مهجوره"),
        ("مقاتلين تابعين لل+ <O3> في ", "مقاتلين تابعين لل+ <O3>"),
        ("مواقع للمتمردين في ", "مواقع للمتمردين"),
        ("مناطق في <L2> ", ""),  # the place says which
        ("اماكن في <L2> ", ""),
        ("مناطق سيطره <O2> في ", "مناطق سيطره <O2>"),
        ("مناطق في محيط <L2> ", ""),
        ("مناطق بمحيط <L2> ", ""),
        ("مناطق في الاطراف الجنوبيه لل+ <L2> ", ""),
        ("مناطق في جرود التلال امس ", "مناطق في جرود التلال"),
        ("مناطق في المدينه ما ", "مناطق في المدينه"),
        ("بلده <L1> ", ""),
    ],
)
def test_a_target_is_a_noun_with_its_adjectives_or_whose_it_is(line: str, words: str) -> None:
    assert taken("TARGET", line) == words


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("سته عناصر من رجال الشرطه في ", "سته عناصر من رجال الشرطه"),
        ("3042 من <O4> و+ ", "3042 من <O4>"),
        ("عدد من المدنيين في ", "عدد من المدنيين"),
        ("مدنيين في ", "مدنيين"),
        ("12 في <L3> ", "12"),
    ],
)
def test_a_toll_is_a_number_and_whom_it_counts(line: str, words: str) -> None:
    assert taken("TOLL", line) == words


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("هجوم انتحاري اودي بحياه ", "هجوم انتحاري"),
        ("سقوط قذيفه علي ", "سقوط قذيفه"),
        ("<E2> في ", "<E2>"),
        ("هجوم نفذته <O2> ", "هجوم"),
    ],
)
def test_a_blow_is_a_deed_or_the_name_of_an_event(line: str, words: str) -> None:
    assert taken("BLOW", line) == words


def test_a_band_has_no_name_after_it() -> None:
    assert taken("BAND", "فصايل معارضه اخري في ") == "فصايل معارضه اخري"
    assert taken("BAND", "فصايل <O2> في ") == ""


def test_words_are_written_as_a_subject_would_be() -> None:
    heads = WORDS.any_of(HEADS)
    assert in_subject_case("بالمواقع", heads) == "المواقع"
    assert in_subject_case("هجوماً", heads) == "هجوم"
    assert in_subject_case("ستة عناصر", heads) == "ستة عناصر"
