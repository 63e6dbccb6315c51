"""A form is tried only where a sentence has its words and names, and compiled only then."""

import pytest

from musnad.understanding.forms import Gate, Ingredients, first_words
from musnad.understanding.grammar import compile_form
from musnad.understanding.sentences import Token

LISTS = {"joins": ("شارك", "شارك أمس")}


def sentence(line: str) -> Ingredients:
    return Ingredients.of(Token(text, 0, 1) for text in line.split())


@pytest.mark.parametrize(
    ("form", "line"),
    [
        ("@joins في {object:EVENT}", "وشارك <P1> في <E3>"),
        ("[قد] @joins {subject:PERSON*}", "شارك <P1>"),
        ("@joins [في] {subject:FIGURE}", "شارك <P1>"),
        ("{subject:PARTY} =@joins", "<O0> شارك"),
    ],
)
def test_a_sentence_that_may_match_is_let_in(form: str, line: str) -> None:
    assert compile_form(form, LISTS, "test").gate.lets(sentence(line))


@pytest.mark.parametrize("line", ["حضر <P1> في <E3>", "شارك <P1> في <O3>", "شارك <P1> <E3>"])
def test_a_sentence_that_lacks_a_word_or_a_name_is_not_let_in(line: str) -> None:
    assert not compile_form("@joins في {object:EVENT}", LISTS, "test").gate.lets(sentence(line))


def test_what_any_number_may_stand_for_is_not_asked_for() -> None:
    assert first_words(("#", "عشرة")) == frozenset()


def test_what_must_not_stand_before_is_not_asked_for() -> None:
    assert compile_form("..!@joins {object:EVENT}", LISTS, "test").gate == Gate(letters=(frozenset("E"),))


def test_a_form_is_compiled_once() -> None:
    form = compile_form("@joins {object:EVENT}", LISTS, "test")
    assert form.expression is form.expression
