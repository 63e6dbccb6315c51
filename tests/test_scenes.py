"""Where and when things happened that nobody convened is read from what follows their noun."""

from pathlib import Path

import pytest

from musnad.iri import Minter
from musnad.understanding.claims import find_claims
from musnad.understanding.examples import read_example
from musnad.understanding.patterns import Patterns, read_patterns

FOLDER = Path(__file__).parents[1] / "mappings" / "claims"
MINTER = Minter()


@pytest.fixture(scope="module")
def patterns() -> Patterns:
    return read_patterns(FOLDER)


def told(text: str, patterns: Patterns) -> set[tuple[str, str, str]]:
    document, found = read_example(text, MINTER)
    claims = find_claims(document, found, patterns, MINTER, {}).claims
    return {
        (c.relation, c.subject.label, c.object.label) for c in claims if c.relation in {"heldAt", "heldOn"}
    }


@pytest.mark.parametrize(
    "text",
    [
        "وقع هجوم دام أمس في مدينة [PLACE كروم].",
        "تحدث الناس عن هجوم على مواقع [ORG لواء الرماد] في [PLACE كروم].",
        "قتل اثنان في الهجوم الذي استهدف السوق في [PLACE كروم].",
    ],
)
def test_an_attack_is_named_by_its_place_whatever_it_was_aimed_at(text: str, patterns: Patterns) -> None:
    assert told(text, patterns) == {("heldAt", "هجوم كروم", "كروم")}


def test_elections_without_a_place_are_named_by_their_day(patterns: Patterns) -> None:
    text = "عاد الناس بعد انتخابات 7 حزيران 2015 إلى بيوتهم."
    assert told(text, patterns) == {("heldOn", "انتخابات 7 حزيران 2015", "2015-06-07")}


@pytest.mark.parametrize(
    "text",
    [
        "دعا [PERSON سالم الراوي] إلى وقف الهجوم في [PLACE كروم].",
        "يسعى [ORG لواء الرماد] لإحداث تغيير كبير في مدينة [PLACE كروم].",
        "بدأت عملية الشراء في [PLACE كروم].",
        "قال [PERSON سالم الراوي] بعد الهجوم إن الماء قليل في [PLACE كروم].",
    ],
)
def test_what_does_not_happen_there_has_no_place(text: str, patterns: Patterns) -> None:
    assert told(text, patterns) == set()


def test_the_place_in_a_name_is_given_once_and_only_where_nothing_else_tells_it(patterns: Patterns) -> None:
    text = "بدأت [EVENT مفاوضات كروم]. وانتهى [EVENT اجتماع كروم] قرب [PLACE كروم]."
    assert told(text, patterns) == {("heldAt", "مفاوضات كروم", "كروم")}
