"""Who stands after a preposition is not who acts, and not everyone after «with» is met."""

from __future__ import annotations

import pytest

from musnad.understanding.examples import read_example
from musnad.understanding.sentences import Token
from musnad.understanding.stance_nouns import bracketed
from told import MINTER, read_claims


def told(text: str, relation: str) -> list[str]:
    """Return subject and object of the claims of a relation that an example gives."""
    claims = read_claims(*read_example(text, MINTER))
    return [f"{c.subject.label} | {c.object.label}" for c in claims if c.relation == relation]


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        (
            "يلتقي الوفد بالمدير [PERSON سالم الراوي] وكبار المعلمين، ثم يسافر للقاء [PERSON نادر الشامخ].",
            "metWith",
        ),
        ("تبحث [ORG هيئة المثال] فتح طريق جديد على الحدود مع [PLACE رمانيا].", "metWith"),
        ("دعا إلى تحالف لمحاربة [ORG كتائب التلال]، يضم [PLACE رمانيا] و[PLACE بستانيا].", "memberOf"),
        ("حرص الكاتب على ألا ينتقد [PLACE رمانيا] بيع الغابة.", "rejected"),
        ("روى تجار لـ[ORG دار القلم] رافضين بيع الغابة ما جرى.", "rejected"),
    ],
)
def test_who_is_tied_to_something_else_acts_not(text: str, relation: str) -> None:
    assert told(text, relation) == []


def test_who_is_described_may_stand_anywhere() -> None:
    text = "عاد الوفد من [PLACE رمانيا] التي تدعم [ORG حزب القلم] بالمال."
    assert told(text, "supported") == ["رمانيا | حزب القلم"]


def test_who_owes_something_condemns_nobody() -> None:
    text = "عاد [PERSON سالم الراوي] الذي تدين له بالولاء كتائب كثيرة في الشمال."
    assert told(text, "rejected") == []


def test_a_stance_is_told_without_the_day_that_stands_beside_it() -> None:
    tokens = [Token(word, 0, 0) for word in ["(", "الاربعاء", ")", "خطه"]]
    assert bracketed(tokens, 0) == 3
    assert bracketed(tokens, 1) == 0
    text = "وافق [ORG مجلس البستان] على فتح السوق الجديد في منتصف شهر مايو 2012."
    assert told(text, "supported") == ["مجلس البستان | فتح السوق الجديد"]
