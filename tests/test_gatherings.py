"""A plain word for a gathering means the last one of its kind, or an event of its own."""

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


def events(text: str, patterns: Patterns) -> list[tuple[str, str, str]]:
    document, found = read_example(text, MINTER)
    claims = find_claims(document, found, patterns, MINTER, {}).claims
    kept = {"heldAt", "heldOn", "participatedIn", "metWith"}
    return [(c.relation, c.subject.label, c.object.label) for c in claims if c.relation in kept]


def test_the_meeting_is_the_last_of_its_kind(patterns: Patterns) -> None:
    text = "بدأت [EVENT أزمة الماء] ثم [EVENT لقاء القرى]. وعقد اللقاء في [PLACE كروم]."
    assert events(text, patterns) == [("heldAt", "لقاء القرى", "كروم")]


def test_a_meeting_without_a_name_is_an_event_of_its_own(patterns: Patterns) -> None:
    text = "عقدت ندوة حوارية في مدينة [PLACE كروم]."
    assert events(text, patterns) == [("heldAt", "ندوة حوارية", "كروم")]


def test_an_event_named_by_a_place_is_held_nowhere_else(patterns: Patterns) -> None:
    text = "وصل الناس إلى [PLACE رمانيا]. وعقدت [EVENT محادثات رمانيا] في [PLACE كروم]."
    assert events(text, patterns) == []


def test_an_interview_is_no_meeting(patterns: Patterns) -> None:
    text = "أجرى [PERSON سالم الراوي] حواراً مع [OUTLET صحيفة المنارة]."
    assert events(text, patterns) == []
