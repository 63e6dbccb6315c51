"""Who speaks on an occasion was there, and so was who held it with him."""

import pytest

from told import told as claims_told

KINDS = {"participatedIn", "heldAt"}


def told(text: str) -> set[tuple[str, str, str]]:
    return set(claims_told(text, KINDS))


def test_a_speech_is_named_by_its_speaker_and_has_its_place_and_nobody_joins_it() -> None:
    text = "قال [PERSON سالم الراوي] في خطاب ألقاه أمام الناس في [PLACE كروم] إن الماء قليل."
    assert told(text) == {("heldAt", "خطاب الراوي", "كروم")}


@pytest.mark.parametrize(
    ("words", "event"),
    [
        ("في كلمة خلال جلسة استماع أمام الناس", "جلسة استماع"),
        ("في ختام [EVENT مؤتمر السواقي]", "مؤتمر السواقي"),
        ("في كلمة أمام [EVENT مؤتمر السواقي]", "مؤتمر السواقي"),
    ],
)
def test_who_speaks_at_a_gathering_was_there(words: str, event: str) -> None:
    text = f"قال [PERSON سالم الراوي] {words} إن الماء قليل."
    assert ("participatedIn", "سالم الراوي", event) in told(text)


@pytest.mark.parametrize(
    "shared",
    [
        "عقده أمس مع وزير الماء الكرومي [PERSON نادر الشامخ]",
        "مشترك عقده ونظيره الكرومي [PERSON نادر الشامخ]",
    ],
)
def test_a_press_conference_is_of_both_who_hold_it(shared: str) -> None:
    text = f"أعلن [PERSON سالم الراوي] خلال [EVENT مؤتمر صحفي] {shared} أن الجسر مفتوح."
    assert told(text) == {
        ("participatedIn", "سالم الراوي", "مؤتمر صحفي"),
        ("participatedIn", "نادر الشامخ", "مؤتمر صحفي"),
    }


def test_what_somebody_speaks_of_is_no_occasion() -> None:
    text = "قال [PERSON سالم الراوي] إنه سمع ذلك في [EVENT مؤتمر صحفي]."
    assert told(text) == set()


def test_where_others_take_part_is_no_occasion_of_who_speaks() -> None:
    text = 'اعتبرت [ORG هيئة المثال] مشاركة [ORG حزب القلم] في [EVENT مؤتمر السواقي] "ضرورية".'
    assert ("participatedIn", "هيئة المثال", "مؤتمر السواقي") not in told(text)


@pytest.mark.parametrize("official", ["المسؤول الرماني", "المسؤولة الرمانية"])
def test_a_president_is_no_official_whose_visit_is_told(official: str) -> None:
    text = (
        f"قالت مستشارة الرئيس الرماني [PERSON سالم الراوي] للماء إن الجسر مفتوح. {official} زار [PLACE كروم]."
    )
    assert not [each for each in told(text) if each[1] == "زيارة الراوي"]
