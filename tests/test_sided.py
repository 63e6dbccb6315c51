"""A side before a place, after a preposition, goes with the name of the place."""

import pytest

from musnad.iri import Minter
from musnad.understanding.claims import find_claims
from musnad.understanding.examples import read_example
from musnad.understanding.patterns import Patterns
from musnad.understanding.sentences import Token
from musnad.understanding.sided import with_sides

MINTER = Minter()


def line(words: str) -> list[Token]:
    tokens, at = [], 0
    for word in words.split():
        tokens.append(Token(word, at, at + len(word)))
        at += len(word) + 1
    return tokens


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("في شمال <L>", "في <L>"),
        ("من جنوب شرقي <L>", "من <L>"),
        ("بلده بشمال <L>", "بلده ب+ <L>"),
        ("علي شمال <L>", "علي شمال <L>"),
        ("شمال <L>", "شمال <L>"),
        ("في شمال <O>", "في شمال <O>"),
    ],
)
def test_a_side_is_joined_after_a_preposition_only(words: str, expected: str) -> None:
    assert " ".join(token.text for token in with_sides(line(words))) == expected


def test_the_place_begins_at_its_side() -> None:
    before, place = with_sides(line("بشمال <L>"))
    assert (before.start, before.end, place.start) == (0, 1, 1)


def test_who_speaks_is_not_the_place_whose_side_it_is(patterns: Patterns) -> None:
    text = "وكان مصدر بارز في [ORG حزب القلم] في شمال [PLACE رمانيا]، أكد أن الجسر فتح أمس."
    document, found = read_example(text, MINTER)
    claims = find_claims(document, found, patterns, MINTER, {}).claims
    assert "رمانيا" not in {claim.speaker.label for claim in claims if claim.relation == "stated"}
