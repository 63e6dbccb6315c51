"""Whose plan a reported statement is, and what weighs rather than tells."""

from __future__ import annotations

import pytest

from musnad.understanding.examples import read_example
from told import MINTER, read_claims

SPEECH = {"stated", "demanded", "denied", "announced", "planned"}


def told(text: str) -> list[tuple[str, str, str, str]]:
    """Return relation, modality, subject and words of what an example reports."""
    claims = read_claims(*read_example(text, MINTER))
    return [(c.relation, c.modality, c.subject.label, c.object.label) for c in claims if c.relation in SPEECH]


@pytest.mark.parametrize(
    ("words", "subject"),
    [
        ("المزارعين يريدون أن يفتحوا السوق قبل الشتاء", "المزارعين"),
        ("الوفد سيؤكد للتجار أن البيع لا يجب أن يكون في الشتاء", "الوفد"),
        ("المسؤولة المحلية ستزور القرى لبحث بيع القمح", "المسؤولة المحلية"),
        ("المزارعين يستعدون لإغلاق الطريق خلال أسابيع قليلة", "المزارعين"),
        ("المزارعين مستعدون لبيع القمح في السوق الكبير", "المزارعين"),
    ],
)
def test_who_will_or_wants_to_act_plans(words: str, subject: str) -> None:
    found = told(f"قال [PERSON سالم الراوي] إن {words}.")
    assert [(row[0], row[2], row[3]) for row in found] == [("planned", subject, words)]


def test_an_oath_is_a_plan() -> None:
    found = told("وقال [PERSON سالم الراوي]: «أقسم بالله العظيم أن أحافظ مخلصا على أرض القرية».")
    assert [row[:3] for row in found] == [("planned", "intended", "سالم الراوي")]


@pytest.mark.parametrize(
    ("text", "relation"),
    [
        ("قال [PERSON سالم الراوي] إنه سيغادر [PLACE رمانيا] بعد العيد مباشرة.", "planned"),
        ("قال [PERSON سالم الراوي] إنه لا يعتقد أن الوفد سيقدم على هذه الخطوة.", "stated"),
        ("قال [PERSON سالم الراوي] إنه لن يكون في الوفد من يسكن القرية.", "stated"),
        ("قال [PERSON سالم الراوي] إنه سيحتاج إلى شهر حتى يعرف القرية.", "stated"),
    ],
)
def test_what_only_comes_to_pass_is_nobodys_plan(text: str, relation: str) -> None:
    assert [(row[0], row[2]) for row in told(text)] == [(relation, "سالم الراوي")]


@pytest.mark.parametrize(
    "words",
    [
        "القمح هو مفتاح البيت الكبير في القرية",
        "هذا برهان جديد على بعد الطريق",
        "القرى باتت أكثر هدوءا في الليل",
        "المجلس حريص على نظافة السوق",
    ],
)
def test_a_judgement_is_an_opinion(words: str) -> None:
    found = told(f"قال [PERSON سالم الراوي] إن {words}.")
    assert [(row[0], row[1]) for row in found] == [("stated", "opinion")]


@pytest.mark.parametrize(
    "words", ["المزارعين عادوا إلى القرية مساء", "هذا السوق فتح أبوابه مساء", "القافلة تضم أكثر من مئة جمل"]
)
def test_what_only_tells_is_asserted(words: str) -> None:
    found = told(f"قال [PERSON سالم الراوي] إن {words}.")
    assert [(row[0], row[1]) for row in found] == [("stated", "asserted")]


def test_we_back_and_we_refuse_are_the_speakers_own() -> None:
    text = "وقال [PERSON سالم الراوي]: «نعلن تأييدنا لـ[ORG حزب القلم] ونجدد رفضنا لبيع الغابة»."
    claims = read_claims(*read_example(text, MINTER))
    stances = [(c.relation, c.subject.label) for c in claims if c.relation in {"supported", "rejected"}]
    assert stances[:1] == [("supported", "سالم الراوي")]


@pytest.mark.parametrize(
    ("words", "row"),
    [
        ("وزير التجارة [PERSON نادر الشامخ] سيزور القرى منتصف الأسبوع المقبل", ("planned", "نادر الشامخ")),
        ("مستشارة الوزير [PERSON نادر الشامخ] للري، [PERSON ليلى العابد]، ستزور السوق قريبا",
         ("planned", "ليلى العابد")),
        ("من المتوقع أن يزور وفد من [ORG هيئة المثال] القرى كلها", ("planned", "هيئة المثال")),
        ("من المتوقع أن يهبط سعر القمح في القرى كلها", ("stated", "سالم الراوي")),
        ("وزير التجارة [PERSON نادر الشامخ] لن يزور السوق في الشتاء", ("stated", "سالم الراوي")),
        ("وزير التجارة [PERSON نادر الشامخ] سيخسر منصبه في الشتاء", ("stated", "سالم الراوي")),
        ("وزير التجارة الذي زار [PERSON نادر الشامخ] سيفتح السوق في الشتاء", ("stated", "سالم الراوي")),
    ],
)  # fmt: skip
def test_whose_plan_it_is_behind_an_office(words: str, row: tuple[str, str]) -> None:
    found = told(f"قال [PERSON سالم الراوي] إن {words}.")
    assert [(each[0], each[2]) for each in found] == [row]
