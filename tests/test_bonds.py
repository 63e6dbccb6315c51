"""What groups for, against or from somebody do is not done by that somebody, nor to them."""

from __future__ import annotations

import pytest

from musnad.understanding.examples import read_example
from told import MINTER, read_claims, told

DEEDS = {"participatedIn", "metWith", "attacked", "killed", "agreedOn", "rejected"}
BONDS = (  # opposed to, hostile to, backed by, split from, held by, counted as of, resigned from …
    "معارضون ل",
    "معادون ل",
    "مدعومون من ",
    "منشقون عن ",
    "معتقلون لدى ",
    "محسوبون على ",
    "مستقيلون من ",
    "يقاتلون إلى جانب ",
    "كانوا تابعين ل",
)


def agents(text: str) -> set[str]:
    """Return who does or suffers what the claims of an example tell."""
    claims = read_claims(*read_example(text, MINTER))
    return {end.label for claim in claims if claim.relation in DEEDS for end in (claim.subject, claim.object)}


@pytest.mark.parametrize("bond", BONDS)
@pytest.mark.parametrize(
    "sentence",
    [
        "حضر [EVENT مؤتمر البستان] صيادون {}[ORG حزب القلم].",
        "التقى [PERSON سالم الراوي] صيادين {}[ORG حزب القلم] في [PLACE كروم].",
        "هاجم صيادون {}[ORG حزب القلم] بلدة [PLACE كروم].",
        "قتل صيادون {}[ORG حزب القلم] خمسة مدنيين.",
        "رفض صيادون {}[ORG حزب القلم] مقترح الهدنة.",
        "وقع صيادون {}[ORG حزب القلم] اتفاقاً مع [ORG هيئة المثال].",
    ],
)
def test_what_a_group_does_is_not_done_by_whom_it_is_bound_to(sentence: str, bond: str) -> None:
    assert "حزب القلم" not in agents(sentence.format(bond))


def test_who_is_of_a_body_acts_for_it() -> None:
    text = "هاجمت قوات [ORG حزب القلم] بلدة [PLACE كروم]."
    assert told(text, {"attacked"}) == [("attacked", "حزب القلم", "كروم")]


def test_strikes_against_somebody_are_no_bond() -> None:
    text = "شن [ORG جيش التلال] غارات ضد [ORG حزب القلم]."
    assert told(text, {"attacked"}) == [("attacked", "جيش التلال", "حزب القلم")]


def test_a_bond_belongs_to_whom_rejects() -> None:
    text = "رفض صيادون منشقون عن [ORG حزب القلم] مقترح الهدنة."
    assert told(text, {"rejected"}) == [("rejected", "صيادون منشقون عن حزب القلم", "مقترح الهدنة")]


def test_the_bond_itself_is_told() -> None:
    text = "هاجم [ORG لواء النهر] الموالي ل[ORG حزب القلم] بلدة [PLACE كروم]."
    assert told(text, {"attacked", "allyOf"}) == [
        ("attacked", "لواء النهر", "كروم"),
        ("allyOf", "لواء النهر", "حزب القلم"),
    ]


@pytest.mark.parametrize(
    ("text", "nobody"),
    [
        ("هاجم صيادون معارضون ل[PLACE رمانيا] و[ORG حزب القلم] بلدة [PLACE كروم].", "حزب القلم"),
        ("هاجمت قوات دربتها [PLACE رمانيا] بلدة [PLACE كروم].", "رمانيا"),
        ("هاجمت قوات يقودها ضباط من [PLACE رمانيا] بلدة [PLACE كروم].", "رمانيا"),
        ("هاجم أنصار [ORG حزب القلم] بلدة [PLACE كروم].", "حزب القلم"),
        ("وقع أعضاء سابقون في [ORG حزب القلم] وثيقة مع [PLACE رمانيا].", "حزب القلم"),
        ("استقبل [PERSON سالم الراوي] وفداً من منتقدي [PLACE رمانيا].", "رمانيا"),
    ],
)
def test_a_bond_may_be_joined_led_or_former(text: str, nobody: str) -> None:
    assert nobody not in agents(text)


def test_a_body_that_slew_a_deserter_came_out_of_nothing() -> None:
    text = "قتل [ORG جيش التلال] ضابطاً انشق عن [ORG حزب القلم]."
    assert told(text, {"successorOf"}) == []
