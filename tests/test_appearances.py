"""Who speaks on an occasion was there, and so was who held it with him."""

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
    kinds = {"participatedIn", "heldAt"}
    return {(c.relation, c.subject.label, c.object.label) for c in claims if c.relation in kinds}


def test_a_speech_is_named_by_its_speaker_and_has_its_place(patterns: Patterns) -> None:
    text = "قال [PERSON سالم الراوي] في خطاب ألقاه أمام الناس في [PLACE كروم] إن الماء قليل."
    assert told(text, patterns) == {
        ("participatedIn", "سالم الراوي", "خطاب الراوي"),
        ("heldAt", "خطاب الراوي", "كروم"),
    }


@pytest.mark.parametrize(
    "shared",
    [
        "عقده أمس مع وزير الماء الكرومي [PERSON نادر الشامخ]",
        "مشترك عقده ونظيره الكرومي [PERSON نادر الشامخ]",
    ],
)
def test_a_press_conference_is_of_both_who_hold_it(shared: str, patterns: Patterns) -> None:
    text = f"أعلن [PERSON سالم الراوي] خلال [EVENT مؤتمر صحفي] {shared} أن الجسر مفتوح."
    assert told(text, patterns) == {
        ("participatedIn", "سالم الراوي", "مؤتمر صحفي"),
        ("participatedIn", "نادر الشامخ", "مؤتمر صحفي"),
    }


def test_what_somebody_speaks_of_is_no_occasion(patterns: Patterns) -> None:
    text = "قال [PERSON سالم الراوي] إنه سمع ذلك في [EVENT مؤتمر صحفي]."
    assert told(text, patterns) == set()
