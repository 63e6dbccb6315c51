"""Where and when things happened that nobody convened is read from what follows their noun."""

import pytest

from told import told as claims_told

KINDS = {"heldAt", "heldOn"}


def told(text: str) -> set[tuple[str, str, str]]:
    return set(claims_told(text, KINDS))


@pytest.mark.parametrize(
    "text",
    [
        "تحدث الناس عن هجوم على مواقع [ORG لواء الرماد] في [PLACE كروم].",
        "قتل اثنان في الهجوم الذي استهدف السوق في [PLACE كروم].",
    ],
)
def test_an_attack_is_named_by_its_place_whatever_it_was_aimed_at(text: str) -> None:
    assert told(text) == {("heldAt", "هجوم كروم", "كروم")}


def test_an_attack_is_named_by_its_kind_too() -> None:
    text = "وقع هجوم دام أمس في مدينة [PLACE كروم]."
    assert told(text) == {("heldAt", "هجوم دام في كروم", "كروم")}


@pytest.mark.parametrize("words", ["[EVENT التفجير الإرهابي] الانتحاري", "تفجيراً إرهابياً انتحارياً"])
def test_the_kind_of_an_attack_is_told_without_article_and_case(words: str) -> None:
    text = f"قالت القرى إن {words} استهدف السوق في [PLACE كروم]."
    assert told(text) == {("heldAt", "تفجير إرهابي انتحاري في كروم", "كروم")}


def test_elections_without_a_place_are_named_by_their_day() -> None:
    text = "عاد الناس بعد انتخابات 7 حزيران 2015 إلى بيوتهم."
    assert told(text) == {("heldOn", "انتخابات 7 حزيران 2015", "2015-06-07")}


@pytest.mark.parametrize(
    "text",
    [
        "دعا [PERSON سالم الراوي] إلى وقف الهجوم في [PLACE كروم].",
        "يسعى [ORG لواء الرماد] لإحداث تغيير كبير في مدينة [PLACE كروم].",
        "بدأت عملية الشراء في [PLACE كروم].",
        "قال [PERSON سالم الراوي] بعد الهجوم إن الماء قليل في [PLACE كروم].",
    ],
)
def test_what_does_not_happen_there_has_no_place(text: str) -> None:
    assert told(text) == set()


def test_the_place_in_a_name_is_given_once_and_only_where_nothing_else_tells_it() -> None:
    text = "بدأت [EVENT مفاوضات كروم]. وانتهى [EVENT اجتماع كروم] قرب [PLACE كروم]."
    assert told(text) == {("heldAt", "مفاوضات كروم", "كروم")}
