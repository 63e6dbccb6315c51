"""Parties, gatherings and times are taken whole, over lines whose words carry their classes."""

import re
from pathlib import Path

import pytest

from musnad.understanding.grammar import compile_form
from musnad.understanding.patterns import read_words
from musnad.understanding.phrases import gathering, parties, tagged, times
from musnad.understanding.sentences import Token
from musnad.understanding.tagging import readings, tag

ROOT = Path(__file__).parents[1]
LISTS = read_words(ROOT / "mappings" / "claims" / "words.yaml").lists


def line(text: str) -> str:
    """Return a folded line of words and mentions («<P3>») with the classes of its words."""
    return tag([Token(word, 0, 1) for word in text.split()], LISTS).line


def named(text: str, kind: str) -> list[int]:
    return [name for _, _, name in parties(line(text), kind)]


@pytest.mark.parametrize(
    ("text", "kind", "found"),
    [
        ("وزير الماء الرماني <P3>", "PARTY", [3]),
        ("رييس <O1> <P2> ووزير الماء <P5>", "PARTY", [2, 5]),
        ("وفد من <O2> برياسه <P4>", "PARTY", [2]),
        ("<P0> , رييس <O3> , و+ <P6>", "PARTY", [0, 6]),
        ("<L0> و+ <L2>", "SIDE", [0, 2]),
        ("<L0> و+ <L2>", "PARTY", []),
        ("<O0> و+ <P2>", "FIGURE", [2]),
    ],
)
def test_a_party_is_the_name_and_not_its_complements(text: str, kind: str, found: list[int]) -> None:
    assert named(text, kind) == found


def test_the_envoy_of_a_person_is_not_that_person() -> None:
    form = compile_form("يلتقي {object:FIGURE}", LISTS, "test")
    assert form.expression.match(line("يلتقي مبعوث <P2>")) is None
    assert form.expression.match(line("يلتقي الرييس <P2>"))


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("الاجتماع الموسع الثاني", True),
        ("ندوه حواريه", True),
        ("جوله جديده من <E3>", True),
        ("اجتماعات الجوله السابعه", True),
        ("الماء القليل", False),
    ],
)
def test_a_gathering_is_its_word_with_its_adjectives(text: str, whole: bool) -> None:
    assert bool(re.fullmatch(gathering(), line(text))) == whole


def test_times_hold_no_topic() -> None:
    assert re.fullmatch(times(), line(", امس الثلاثاء , في مقر <L6>"))
    assert re.fullmatch(times(3), line("اليوم باكرا جدا"))
    assert not re.fullmatch(times(3), line("حول الماء"))


def test_an_expression_over_plain_lines_reads_tagged_ones() -> None:
    assert re.match(tagged("في (?:[^ ]+ ){1,2}<L2> "), "في~x مقر~l <L2> ")


def test_a_word_has_several_readings() -> None:
    assert ("و", "ب", "ال", "وزير") in readings("وبالوزير")
    assert ("", "لل", "", "رييس") in readings("للرييس")
