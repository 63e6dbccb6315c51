"""Who speaks where a pronoun of honour, a second speaker, brackets or an interview stand in the way."""

import pytest

from musnad.iri import Minter
from musnad.model import Claim
from musnad.understanding.claims import find_claims
from musnad.understanding.examples import read_example
from musnad.understanding.patterns import Patterns
from told import read_claims

MINTER = Minter()


def said(text: str, patterns: Patterns) -> list[Claim]:
    document, found = read_example(text, MINTER)
    return [*find_claims(document, found, patterns, MINTER, {}).claims]


def speakers(text: str, patterns: Patterns) -> list[str]:
    return [claim.speaker.label for claim in said(text, patterns) if claim.relation == "stated"]


def words(text: str, patterns: Patterns) -> list[str]:
    return [claim.object.label for claim in said(text, patterns) if claim.relation == "stated"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (  # an honour means who spoke last with a rank
            "قال معالي الوزير [PERSON سالم الراوي] إن الجسر فتح أمس. وأكد معاليه أن الطريق آمن للجميع.",
            ["سالم الراوي", "سالم الراوي"],
        ),
        (  # the office right after a name, without a comma
            (
                "أكد [PERSON سالم الراوي] وزير الري أن الجسر فتح أمس. التقى [PERSON نادر الشامخ] التجار."
                " ورأى وزير الري أن الماء قليل هذا العام."
            ),
            ["سالم الراوي", "سالم الراوي"],
        ),
        (  # two who speak with one verb
            "وقال [PERSON سالم الراوي] و[PERSON ليلى العابد] إنهما ناقشا أجور العمال في السوق.",
            ["سالم الراوي", "ليلى العابد"],
        ),
        (  # sources without a name speak as one
            "ذكرت وسائل إعلام محلية و[SOURCE مصدر مسؤول] أن القافلة بلغت الجسر ليلاً.",
            ["وسائل إعلام محلية ومصدر مسؤول"],
        ),
        (  # whose people speak is not who speaks
            "وقال مسؤول كبير في إدارة الرئيس [PERSON سالم الراوي] إن القافلة بلغت الجسر.",
            ["مسؤول كبير في إدارة الرئيس سالم الراوي"],
        ),
        (  # what X expressed is told by the source
            (
                "أوضحت [SOURCE مصادر مطلعة] أن [ORG حزب القلم] أعرب عن استعداده لفتح السوق،"
                " لافتة إلى أن الأسعار ثابتة منذ عام."
            ),
            ["مصادر مطلعة"],
        ),
        ("وقال مسؤولون محليون أمس إن القافلة بلغت الجسر ليلاً.", ["مسؤولون محليون"]),
        ("كان لك أن تقول له وداعا إذا علمت أن القافلة بلغت الجسر.", []),
        ("أوضح [PERSON سالم الراوي] أن الأبواب أيضاً مهددة بالكسر منذ عام.", ["سالم الراوي"]),
        (
            "عقب [EVENT لقاء التجار] وصل الوفد وقال [PERSON نادر الشامخ] إن السوق مزدحم جداً.",
            ["نادر الشامخ"],
        ),
    ],
)
def test_words_go_to_whoever_is_meant(text: str, expected: list[str], patterns: Patterns) -> None:
    assert speakers(text, patterns) == expected


def test_a_headline_may_say_how_it_is_said(patterns: Patterns) -> None:
    text = "رئيس النادي معترفا: السوق لا يكفي أهل القرى\n\nقال [PERSON سالم الراوي]، رئيس النادي، كلمة."
    assert speakers(text, patterns) == ["سالم الراوي"]


def test_an_event_says_nothing(patterns: Patterns) -> None:
    assert speakers("بعد [EVENT اللقاء]، أكد أن الطريق آمن للجميع.", patterns) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (  # brackets round what someone says
            "وقال [PERSON سالم الراوي] إن (الطريق إلى البحر مغلق منذ أعوام طويلة)، ثم غادر.",
            ["الطريق إلى البحر مغلق منذ أعوام طويلة"],
        ),
        (  # letters in brackets do not end a sentence
            'وقال [PERSON سالم الراوي] لقناة (ايه.تي.في) "بلغت القافلة الجسر مساء ذلك اليوم".',
            ["بلغت القافلة الجسر مساء ذلك اليوم"],
        ),
        (  # a contrast goes on a statement
            "قال [PERSON سالم الراوي] إن الجسر جزء من المشكلة وليس جزءا من حلها.",
            ["الجسر جزء من المشكلة وليس جزءا من حلها"],
        ),
        (  # what follows «where» only comments
            "قال [PERSON سالم الراوي] إن القافلة بلغت الجسر، حيث لم تجد ماء ولا طعاما.",
            ["القافلة بلغت الجسر"],
        ),
        (
            "نقلت [OUTLET وكالة الشرفة] عن [PERSON سالم الراوي] قوله، إن القافلة بلغت الجسر ليلا.",
            ["القافلة بلغت الجسر ليلا"],
        ),
    ],
)
def test_words_are_neither_cut_nor_run_on(text: str, expected: list[str], patterns: Patterns) -> None:
    assert words(text, patterns) == expected


@pytest.mark.parametrize(
    ("text", "relation", "polarity"),
    [
        ("قال [PERSON سالم الراوي] إن موقف القرية من السوق الجديد لم يتغير.", "stated", "negative"),
        ("قال [PERSON سالم الراوي] إن أي اتفاق يخرج عن العهد لن يكون نافعاً.", "stated", "negative"),
        ("قال [PERSON سالم الراوي] إن الاتفاق جزء من العهد وليس خروجاً عنه.", "stated", "positive"),
        ("قال [PERSON سالم الراوي] إن الأخبار عن إغلاق السوق غير صحيحة.", "denied", "negative"),
    ],
)
def test_a_negated_verb_counts_after_a_long_subject(
    text: str, relation: str, polarity: str, patterns: Patterns
) -> None:
    assert [(claim.relation, claim.polarity) for claim in said(text, patterns)] == [(relation, polarity)]


INTERVIEW = """السوق والجسر

قال [PERSON سالم الراوي] في حوار إن السوق مزدحم هذا العام. وهنا نص الحوار:
• ما أخبار الجسر؟
•• الجسر بحاجة إلى ترميم كبير. وأؤكد أن الطريق إليه آمن للجميع.
• وماذا عن السوق؟
•• السوق واسع ويكفي أهل القرى.
"""


def test_an_answer_is_said_by_the_guest_and_a_question_by_nobody(patterns: Patterns) -> None:
    assert speakers(INTERVIEW, patterns) == ["سالم الراوي"] * 4
    assert "الطريق إليه آمن للجميع" in words(INTERVIEW, patterns)


def test_one_question_makes_no_interview(patterns: Patterns) -> None:
    text = "قال [PERSON سالم الراوي] إن السوق مزدحم.\n• ما أخبار الجسر؟\nالجسر بحاجة إلى ترميم كبير.\n"
    assert words(text, patterns) == ["السوق مزدحم"]


def test_two_plan_together(patterns: Patterns) -> None:
    text = "[ORG هيئة المثال] و[ORG حزب القلم] تسعيان لإقامة سوق جديد."
    plans = [claim for claim in said(text, patterns) if claim.relation == "planned"]
    assert sorted(plan.subject.label for plan in plans) == ["حزب القلم", "هيئة المثال"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (  # when what stands before began is nothing of its own
            "قال [PERSON سالم الراوي] إن القافلة سلكت الطريق القديم كله، وبدأ في مايو 2015.",
            ["القافلة سلكت الطريق القديم كله"],
        ),
        (  # what the page remarks on the words is not part of them
            "قال [PERSON سالم الراوي] إن الجسر القديم مغلق منذ عام، وقد تزامن هذا الكلام مع فيضان النهر.",
            ["الجسر القديم مغلق منذ عام"],
        ),
    ],
)
def test_the_words_end_where_the_page_goes_on(text: str, expected: list[str], patterns: Patterns) -> None:
    assert words(text, patterns) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("قال [PERSON سالم الراوي] إن [ORG جيش السهل] قصف [PLACE بلدة النخلة].", ["attacked"]),
        (
            "قال [PERSON سالم الراوي] إن [ORG جيش السهل] قصف [PLACE بلدة النخلة] وإن الطريق إليها مقطوع.",
            ["attacked", "stated"],
        ),
    ],
)
def test_an_act_that_somebody_reports_is_said_once(
    text: str, expected: list[str], patterns: Patterns
) -> None:
    found = said(text, patterns)
    assert sorted(claim.relation for claim in found) == expected
    assert {claim.speaker.label for claim in found} == {"سالم الراوي"}


def test_as_for_another_ends_what_somebody_said() -> None:
    text = "قال [PERSON سالم الراوي] إن القضية قديمة، أما [PERSON ليلى العابد] فأكدت أن الجسر مغلق."
    claims = read_claims(*read_example(text, MINTER))
    said = [(claim.speaker.label, claim.object.label) for claim in claims if claim.relation == "stated"]
    assert said == [("سالم الراوي", "القضية قديمة"), ("ليلى العابد", "الجسر مغلق")]


def test_what_is_spoken_about_does_not_speak() -> None:
    text = "قال [PERSON سالم الراوي] إن القضية قديمة، أما بخصوص [PLACE رمانيا] فأعلن أن الجسر مغلق."
    claims = read_claims(*read_example(text, MINTER))
    assert "رمانيا" not in {claim.speaker.label for claim in claims}


def test_what_must_not_be_is_cut_at_each_nor() -> None:
    text = "أكد [PERSON سالم الراوي] أن اللجنة يجب أن تكون قوية ولا تهمل أي قرية، ولا تغلق الجسر."
    claims = read_claims(*read_example(text, MINTER))
    demanded = [claim.object.label for claim in claims if claim.relation == "demanded"]
    assert demanded == ["اللجنة يجب أن تكون قوية", "لا تهمل أي قرية", "لا تغلق الجسر"]
