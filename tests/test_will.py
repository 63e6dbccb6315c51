"""Whose will a statement tells, and what it negates: duties, conditional plans, plans of titled persons."""

from __future__ import annotations

import pytest

from musnad.understanding.examples import read_example
from told import MINTER, read_claims


def told(text: str) -> list[tuple[str, str, str, str]]:
    """Return relation, subject, modality and polarity of the claims of an example that somebody says."""
    claims = read_claims(*read_example(text, MINTER))
    said = {"stated", "demanded", "planned"}
    return [(c.relation, c.subject.label, c.modality, c.polarity) for c in claims if c.relation in said]


@pytest.mark.parametrize(
    "duty",
    [
        "على [PLACE رمانيا] دراسة كل خياراتها لأن بناء الجسر سيكون مكلفا",
        "على المزارعين حماية حقولهم قبل أن تقع الكارثة التي قد تدمرها",
    ],
)
def test_a_duty_stays_one_whatever_its_reason_tells(duty: str) -> None:
    assert told(f"أكد [PERSON سالم الراوي] أن {duty}.")[0][0] == "demanded"


def test_what_we_will_do_on_a_condition_is_planned() -> None:
    text = "قال [PERSON سالم الراوي]: سنرد على أي هجوم إذا تكرر القصف."
    assert told(text) == [("planned", "سالم الراوي", "conditional", "positive")]


def test_a_person_named_after_an_office_plans() -> None:
    text = "قالت صحيفة النهر إن مستشارة الرئيس، [PERSON ليلى البستاني]، ستزور رمانيا قريبا لبحث الاقتراح."
    assert ("planned", "ليلى البستاني", "planned", "positive") in told(text)
    text = "قالت صحيفة النهر إن مستشارة الرئيس [PERSON ليلى البستاني] ستندم على هذا القرار."
    assert "planned" not in [relation for relation, *_ in told(text)]


@pytest.mark.parametrize(
    ("said", "polarity"),
    [
        ("المزارعين وغير المزارعين في القرية قلقون على المياه", "positive"),
        ("هذه السفينة كانت غير مسلحة", "positive"),
        ("هذا الأمر غير مقبول أبدا", "negative"),
        ("أهل القرية وحلفاءهم (وهم مئة عامل وتاجر) لم يدخلوا السوق بعد", "negative"),
    ],
)
def test_only_what_negates_the_clause_makes_it_negative(said: str, polarity: str) -> None:
    assert [found[3] for found in told(f"قال [PERSON سالم الراوي] إن {said}.")] == [polarity]


@pytest.mark.parametrize(
    "said",
    [
        "الوضع في القرية أصبح معقدا",
        "بيع الحقول هو محاولة لكسب الوقت",
        "هكذا ينظر أهل القرية إلى السوق",
        "حل الخلاف يتم عبر حوار بين أهل القرية",
    ],
)
def test_a_judgement_is_an_opinion(said: str) -> None:
    assert [found[2] for found in told(f"قال [PERSON سالم الراوي] إن {said}.")] == ["opinion"]


def test_an_office_is_no_judgement_and_a_hope_stays_one() -> None:
    assert told("قال [PERSON سالم الراوي] إن نادر أصبح رئيسا للمجلس.")[0][2] == "asserted"
    assert told("أعرب [PERSON سالم الراوي] عن أمله أن يشهد السوق تغيرا إيجابيا.")[0][2] == "wish"


def test_a_day_to_come_after_a_gathering_makes_it_planned() -> None:
    text = "قال [PERSON سالم الراوي] إن لقاء [ORG حركة النهر] مع [ORG حزب القلم] الأسبوع المقبل مهم."
    claims = read_claims(*read_example(text, MINTER))
    assert {c.modality for c in claims if c.relation == "metWith"} == {"planned"}


@pytest.mark.parametrize(
    ("said", "polarity"),
    [
        ("الحكومة وحلفاءها في الداخل والخارج لا يريدون الجسر", "negative"),
        ("الخطوة الجديدة تخدم التجار لا المزارعين في القرية", "positive"),
        ("المبعوث أكد تمسكه بهيئة جديدة لا يكون التجار فيها", "positive"),
        ("المدن الكبيرة لا سيما رمانيا تشرب من النهر", "positive"),
    ],
)
def test_a_negation_after_a_long_subject_counts(said: str, polarity: str) -> None:
    assert [found[3] for found in told(f"قال [PERSON سالم الراوي] إن {said}.")] == [polarity]


def test_what_is_inevitable_or_let_be_is_demanded() -> None:
    for said in ("لا مفر من فتح الجسر القديم", "فليفتح المجلس الجسر القديم"):
        assert told(f"قال [PERSON سالم الراوي]: {said}.")[0][::3] == ("demanded", "positive")


def test_what_somebody_almost_said_is_not_said() -> None:
    assert told("كاد [PERSON سالم الراوي] يقول إن الجسر القديم مغلق.") == []


def test_a_stance_that_is_withheld_leaves_the_statement() -> None:
    found = told("قال [PERSON سالم الراوي] إن [ORG حزب القلم] يعمل على فتح الجسر القديم.")
    assert [row[0] for row in found] in (["stated"], ["planned"])


def test_a_list_goes_on_as_its_introduction_does() -> None:
    must = told("قال [PERSON سالم الراوي] إنه يجب وقف البناء، أولا إغلاق الطريق، ثانيا فتح السوق كلها.")
    assert [row[0] for row in must] == ["demanded"] * 3
    may = told("قال [PERSON سالم الراوي] إن هناك اقتراحين للحل، أولا بيع السوق، ثانيا العودة إلى الحقول.")
    assert [row[2] for row in may] == ["possible"] * 3


def test_a_preposition_is_no_verb_before_a_negation() -> None:
    said = "مواقف المجلس تجاه الأزمة في القرية لم تتغير"
    assert [row[3] for row in told(f"قال [PERSON سالم الراوي] إن {said}.")] == ["negative"]
