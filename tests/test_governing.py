"""What a verb governs is no deed of its subject: refused, condemned, tried, ought, may be done."""

from __future__ import annotations

import pytest

from musnad.understanding.examples import read_example
from told import MINTER, read_claims

DEEDS = {
    "قصف [PLACE رمانيا]": "attacked",
    "قتل المدنيين": "killed",
    "المشاركة في [EVENT مؤتمر البستان]": "participatedIn",
    "عقد مؤتمر كبير في [PLACE رمانيا]": "organised",
}


def told(text: str, relation: str) -> list[tuple[str, str]]:
    """Return polarity and modality of the claims of a relation that an example gives."""
    claims = read_claims(*read_example(text, MINTER))
    return [(c.polarity, c.modality) for c in claims if c.relation == relation]


@pytest.mark.parametrize(("deed", "relation"), DEEDS.items())
@pytest.mark.parametrize(
    "sentence",
    [
        "رفض {} أمس {}.",
        "{} رفض بشدة {}.",
        "وكان {} قد أدان {}.",
        "أدان {} {}.",
        "استنكرت {} {}.",
        "يبرر {} {}.",
        "فشل {} في {}.",
        "امتنع {} عن {}.",
        "أوقف {} {}.",
        "انتقدت {} {}.",
        "منع [PERSON سالم الراوي] {} من {}.",
        "أعلنت {} عدم {}.",
    ],
)
def test_what_is_refused_or_condemned_is_no_deed(sentence: str, deed: str, relation: str) -> None:
    assert told(sentence.format("[ORG حركة النهر]", deed), relation) == []


@pytest.mark.parametrize(("deed", "relation"), DEEDS.items())
@pytest.mark.parametrize(
    ("sentence", "modality"),
    [
        ("حاول {} {}.", "intended"),
        ("أرادت {} {}.", "intended"),
        ("استطاعت {} {}.", "possible"),
        ("أرجأت {} {}.", "planned"),
        ("على {} {}.", "demanded"),
        ("أرسلت {} خبراء بهدف {}.", "intended"),
    ],
)
def test_what_is_tried_or_owed_is_not_done(sentence: str, modality: str, deed: str, relation: str) -> None:
    found = told(sentence.format("[ORG حركة النهر]", deed), relation)
    assert all(each == ("positive", modality) for each in found)


@pytest.mark.parametrize(
    ("sentence", "modality"),
    [
        ("كشف [PERSON سالم الراوي] عن محاولة عقد مؤتمر في [PLACE رمانيا].", "intended"),
        ("شائعات عن عقد مؤتمر في [PLACE رمانيا].", "possible"),
        ("اتفق الطرفان على عقد مؤتمر في [PLACE رمانيا].", "planned"),
        ("تقرر عقد مؤتمر في [PLACE رمانيا].", "planned"),
        ("تأجل [EVENT مؤتمر البستان] في [PLACE رمانيا].", "planned"),
        ("تأخر انعقاد [EVENT مؤتمر البستان] في [PLACE رمانيا].", "planned"),
        ("عرض [PERSON سالم الراوي] عقد مؤتمر في [PLACE رمانيا].", "intended"),
        ("تستضيف [PLACE رمانيا] [EVENT مؤتمر البستان] الأسبوع القادم.", "planned"),
        ("عقد مؤتمر في [PLACE رمانيا].", "asserted"),
    ],
)
def test_an_event_of_which_they_only_speak_is_not_held(sentence: str, modality: str) -> None:
    assert told(sentence, "heldAt") == [("positive", modality)]


def test_what_came_to_nothing_was_not_held_and_who_joins_what_is_next_only_will() -> None:
    assert told("تعثر عقد مؤتمر في [PLACE رمانيا].", "heldAt") == []
    assert told("تعذر عقد [EVENT اجتماع في رمانيا] أمس.", "heldAt") == []
    joins = "يشارك [PERSON سالم الراوي] في [EVENT مؤتمر البستان المقبل]."
    assert told(joins, "participatedIn") == [("positive", "planned")]
    assert told(joins.replace("يشارك", "شارك"), "participatedIn") == [("positive", "asserted")]
    resigned = "استقال [PERSON سالم الراوي] من منصبه كما ذكرت [ORG صحيفة الشرق]."
    assert told(resigned, "resignedFrom") == []


def test_who_is_described_between_commas_meets_and_not_whom_the_words_name() -> None:
    text = "[PERSON سالم الراوي]، المرشح لرئاسة [ORG هيئة المثال]، التقى [PERSON نادر الشامخ]."
    met = [claim for claim in read_claims(*read_example(text, MINTER)) if claim.relation == "metWith"]
    assert [(claim.subject.label, claim.object.label) for claim in met] == [("سالم الراوي", "نادر الشامخ")]


@pytest.mark.parametrize(
    "sentence",
    [
        "قصفت [ORG حركة النهر] [PLACE رمانيا].",
        "[ORG حركة النهر] قصفت [PLACE رمانيا].",
        "[ORG مجلس البستان] قصف أمس [PLACE رمانيا].",
        "واصل [ORG مجلس البستان] قصف [PLACE رمانيا].",
        "بدأت [ORG حركة النهر] قصف [PLACE رمانيا].",
        "أدان [PERSON سالم الراوي] الحرب، و[ORG مجلس البستان] قصف [PLACE رمانيا].",
        "رفض [PERSON سالم الراوي] الهدنة بعد أن قصفت [ORG حركة النهر] [PLACE رمانيا].",
        "رفض [PERSON سالم الراوي] الهدنة بعدما قصفت [ORG حركة النهر] [PLACE رمانيا].",
        "رفض [PERSON سالم الراوي] الهدنة عندما قصفت [ORG حركة النهر] [PLACE رمانيا].",
    ],
)
def test_what_is_done_stays_a_deed(sentence: str) -> None:
    assert told(sentence, "attacked") == [("positive", "asserted")]


@pytest.mark.parametrize(
    "sentence",
    [
        "لم يقل [PERSON سالم الراوي] إن [ORG حركة النهر] قصفت [PLACE رمانيا].",
        "لا أحد يصدق أن [ORG حركة النهر] قصفت [PLACE رمانيا].",
        "لا صحة لما قيل عن أن [ORG حركة النهر] قصفت [PLACE رمانيا].",
        "الأنباء عن أن [ORG حركة النهر] قصفت [PLACE رمانيا] عارية عن الصحة.",
        "بدلاً من أن تقصف [ORG حركة النهر] [PLACE رمانيا] عادت إلى بيوتها.",
        "شكك [PERSON سالم الراوي] في أن تكون [ORG حركة النهر] قد قصفت [PLACE رمانيا].",
    ],
)
def test_what_nobody_says_is_not_told(sentence: str) -> None:
    assert told(sentence, "attacked") == []


@pytest.mark.parametrize(
    "sentence",
    [
        "يقال إن [ORG حركة النهر] قصفت [PLACE رمانيا].",
        "من غير المؤكد أن [ORG حركة النهر] قصفت [PLACE رمانيا].",
        "تحقق لجنة في قصف [ORG حركة النهر] لـ[PLACE رمانيا].",
    ],
)
def test_hearsay_may_be(sentence: str) -> None:
    assert told(sentence, "attacked") == [("positive", "possible")]


@pytest.mark.parametrize(
    "sentence",
    [
        "احترق السوق دون أنباء عن إصابات، كما قصفت [ORG حركة النهر] [PLACE رمانيا].",
        "وردت أنباء عن خسائر بينما قصفت [ORG حركة النهر] [PLACE رمانيا].",
    ],
)
def test_reports_of_one_thing_leave_the_next_clause_alone(sentence: str) -> None:
    assert told(sentence, "attacked") == [("positive", "asserted")]


def test_who_renews_an_attack_does_not_speak_of_it() -> None:
    claims = read_claims(*read_example("جددت [ORG حركة النهر] قصفها لمناطق في [PLACE رمانيا].", MINTER))
    attacks = [claim for claim in claims if claim.relation == "attacked"]
    assert [claim.speaker.label == claim.subject.label for claim in attacks] == [False]


@pytest.mark.parametrize(
    "sentence",
    [
        "قبل مهاجمة [ORG حركة النهر] غادر [PERSON سالم الراوي] المدينة.",
        "بعد قصف [ORG مجلس البستان] نزح أهالي [PLACE رمانيا].",
        "بعد استهداف [ORG مجلس البستان] دعت [PLACE رمانيا] إلى الهدوء.",
        "منذ احتلال [ORG مجلس البستان] يعيش سكان [PLACE رمانيا] في خوف.",
    ],
)
def test_whoever_does_something_else_is_not_attacked(sentence: str) -> None:
    assert told(sentence, "attacked") == []


@pytest.mark.parametrize(
    "sentence",
    [
        "قصفت [ORG حركة النهر] السوق من دون ورود معلومات عن سقوط ضحايا.",
        "قصفت [ORG حركة النهر] السوق، ولم ترد أنباء عن سقوط قتلى.",
        "قصفت [ORG حركة النهر] السوق دون تسجيل إصابة ثلاثة عمال.",
    ],
)
def test_deaths_of_which_nothing_is_known_are_not_told(sentence: str) -> None:
    assert told(sentence, "killed") == []


def test_an_attempt_to_assault_is_only_meant() -> None:
    sentence = "تصدى الناس لمحاولة [ORG حركة النهر] شن هجوم على [PLACE رمانيا]."
    assert told(sentence, "attacked") == [("positive", "intended")]


def test_who_is_invited_may_come() -> None:
    sentence = "دعي [PERSON سالم الراوي] إلى المشاركة في [EVENT مؤتمر البستان]."
    assert told(sentence, "participatedIn") == [("positive", "possible")]


def test_what_goes_without_saying_is_told() -> None:
    sentence = "لا شك أن [ORG حركة النهر] قصفت [PLACE رمانيا]."
    assert told(sentence, "attacked") == [("positive", "asserted")]


def test_a_doubted_consent_is_nobodys() -> None:
    sentence = "شكك [PERSON سالم الراوي] في أن تكون [ORG حركة النهر] قد وافقت على الهدنة."
    assert told(sentence, "supported") == []


@pytest.mark.parametrize(
    "sentence",
    [
        "يشتبه في أن [PERSON سالم الراوي] عضو في [ORG حركة النهر].",
        "هناك شائعات عن أن [PERSON سالم الراوي] عضو في [ORG حركة النهر].",
        "لا أحد يصدق أن [PERSON سالم الراوي] عضو في [ORG حركة النهر].",
    ],
)
def test_who_is_only_suspected_belongs_to_nothing(sentence: str) -> None:
    assert told(sentence, "holdsRole") == []


def test_whose_death_is_reported_in_many_ways_may_be_dead() -> None:
    sentence = "تضاربت الأنباء حول مقتل [PERSON سالم الراوي]."
    assert told(sentence, "killed") == [("positive", "possible")]


@pytest.mark.parametrize(
    "sentence",
    [
        "يخشى [PERSON سالم الراوي] أن تقصف [ORG حركة النهر] [PLACE رمانيا].",
        "يكفي أن تقصف [ORG حركة النهر] [PLACE رمانيا] حتى تنهار الهدنة.",
    ],
)
def test_what_is_feared_or_thought_of_may_be(sentence: str) -> None:
    assert told(sentence, "attacked") == [("positive", "possible")]


def test_what_almost_was_is_not_told() -> None:
    sentence = "كادت [ORG حركة النهر] أن تنجح في عقد مؤتمر في [PLACE رمانيا]."
    assert told(sentence, "heldAt") == []


def test_what_has_been_since_is_told() -> None:
    sentence = "نزح الآلاف منذ أن قصفت [ORG حركة النهر] [PLACE رمانيا]."
    assert told(sentence, "attacked") == [("positive", "asserted")]


def test_a_number_after_that_is_no_verb() -> None:
    found = told("قال [PERSON سالم الراوي] إن تسعة قتلى سقطوا في القرية.", "killed")
    assert [each[1] for each in found] == ["asserted"]
