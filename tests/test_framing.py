"""What is supposed, feared, rumoured, to come or left undone is not published as done."""

from __future__ import annotations

import pytest

from musnad.understanding.examples import read_example
from told import MINTER, read_claims

DEEDS = {
    "قصف [ORG جيش التلال] [PLACE رمانيا]": "attacked",
    "مشاركة [ORG حركة النهر] في [EVENT مؤتمر البستان]": "participatedIn",
    "استقالة الوزير [PERSON سالم الراوي] من منصبه": "resignedFrom",
}


def told(text: str, relation: str) -> list[str]:
    """Return the modality of the claims of a relation that an example gives."""
    claims = read_claims(*read_example(text, MINTER))
    return [c.modality for c in claims if c.relation == relation and c.polarity == "positive"]


@pytest.mark.parametrize(("deed", "relation"), DEEDS.items())
@pytest.mark.parametrize(
    "sentence",
    [
        "أعرب المزارعون عن خوفهم من {}.",
        "حذر المزارعون من {}.",
        "تحدثت صفحات مجهولة عما يسمى {}.",
        "من شأن {} أن يغلق السوق.",
        "بدل {} عقدت اللجنة جلسة.",
        "في غياب {} أغلقت السوق.",
        "عشية {} أغلقت السوق.",
        "تهدف الفكرة إلى {}.",
        "انتشرت إشاعات عن {}.",
        "لنفترض أن {} وقع أمس.",
        "ينتظر الجميع {}.",
        "أغلقت السوق بانتظار {}.",
    ],
)
def test_what_leads_to_a_deed_may_take_it_back(sentence: str, deed: str, relation: str) -> None:
    assert "asserted" not in told(sentence.format(deed), relation)


@pytest.mark.parametrize("relation", ["rejected", "supported"])
@pytest.mark.parametrize(
    "sentence",
    [
        "ستطول الأزمة إذا ما {} [ORG حركة النهر] الاتفاق الجديد.",
        "ربما {} [ORG حركة النهر] الاتفاق الجديد.",
        "قيل إن [ORG حركة النهر] {} الاتفاق الجديد.",
        "سأل عما إذا كانت [ORG حركة النهر] قد {} الاتفاق الجديد.",
        "لم يثبت أن [ORG حركة النهر] {} الاتفاق الجديد.",
        "ليت [ORG حركة النهر] {} الاتفاق الجديد.",
        "هل {} [ORG حركة النهر] الاتفاق الجديد؟",
        "{} [ORG حركة النهر] الاتفاق الجديد؟",
        "لنفترض أن [ORG حركة النهر] {} الاتفاق الجديد.",
    ],
)
def test_a_stance_that_is_only_supposed_is_not_taken(sentence: str, relation: str) -> None:
    verb = {"rejected": "رفضت", "supported": "أيدت"}[relation]
    assert "asserted" not in told(sentence.format(verb), relation)
    assert told(f"{verb} [ORG حركة النهر] الاتفاق الجديد.", relation) == ["asserted"]


@pytest.mark.parametrize(
    "sentence",
    [
        "حاولت [ORG حركة النهر] رفض الاتفاق الجديد.",
        "تستطيع [ORG حركة النهر] رفض الاتفاق الجديد.",
        "بحث المجلس إمكانية رفض [ORG حركة النهر] الاتفاق الجديد.",
        "من حق [ORG حركة النهر] رفض الاتفاق الجديد.",
        "ينتظر المجلس حتى ترفض [ORG حركة النهر] الاتفاق الجديد.",
    ],
)
def test_a_refusal_that_is_only_tried_or_possible_is_none(sentence: str) -> None:
    assert told(sentence, "rejected") == []


def test_what_is_alleged_or_to_come_is_not_done() -> None:
    assert told("قصف [ORG جيش التلال] [PLACE رمانيا] المزعوم أثار الجدل.", "attacked") == ["possible"]
    assert told("يقصف [ORG جيش التلال] [PLACE رمانيا] الأسبوع المقبل.", "attacked") == ["planned"]


def test_what_was_refused_before_is_told_as_ever() -> None:
    sentence = "وكانت [ORG حركة النهر] قد رفضت الاتفاق الجديد بعد فشل المحادثات."
    assert told(sentence, "rejected") == ["asserted"]
    assert told("بعد فشل المحادثات رفضت [ORG حركة النهر] الاتفاق الجديد.", "rejected") == ["asserted"]
    assert told("لماذا رفضت [ORG حركة النهر] الاتفاق الجديد؟", "rejected") == ["asserted"]


BONDS = {
    "[ORG جيش التلال] المدعوم من [PLACE رمانيا]": "allyOf",
    "[ORG جيش التلال] الذي يقاتل [ORG كتائب التلال]": "opponentOf",
}


@pytest.mark.parametrize(("bond", "relation"), BONDS.items())
@pytest.mark.parametrize(
    "sentence",
    [
        "ستفتح اللجنة السوق إذا وافق {} على الخطة.",
        "دعا المزارعون إلى فتح طريق أمام {} في الشتاء.",
        "من المقرر أن يبحث المجتمعون أجور العمال، ومطالب {} كذلك.",
    ],
)
def test_a_lasting_bond_is_none_of_what_the_sentence_plans(sentence: str, bond: str, relation: str) -> None:
    assert told(sentence.format(bond), relation) == ["opinion"]


def test_what_is_yet_to_be_brought_about_fights_nobody() -> None:
    text = "دعا [PERSON سالم الراوي] إلى تشكيل [ORG تحالف القرى] لمحاربة [ORG كتائب التلال]."
    assert told(text, "opponentOf") == ["demanded"]
    assert "opinion" not in told("قد يقاتل [ORG جيش التلال] [ORG كتائب التلال].", "opponentOf")


def test_a_backing_that_is_only_named_is_none_of_what_the_sentence_plans() -> None:
    text = "قال التجار إن الاتفاق لن يؤثر على {}دعم [PLACE رمانيا] لـ[ORG حزب القلم]."
    assert told(text.format(""), "supported") == ["asserted"]
    assert told(text.format("وقف "), "supported") == []


def test_what_has_been_agreed_on_is_not_what_will_be_discussed() -> None:
    text = "سيبحث التجار غداً الاتفاق الذي توصلت إليه [PLACE رمانيا] مع [PLACE بستانيا] في الشتاء."
    assert set(told(text, "agreedOn")) == {"asserted"}
