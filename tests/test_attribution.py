"""Whose words they are, and through whom they come."""

import pytest

from musnad.iri import Minter
from musnad.model import Claim
from musnad.project import Project
from musnad.understanding.claims import find_claims
from musnad.understanding.examples import read_example
from musnad.understanding.patterns import read_patterns

MINTER = Minter()
PAGE = "ناشر الصفحة (غير مذكور)"  # publisher of the page (not named)


@pytest.fixture(scope="module")
def patterns(project: Project):
    return read_patterns(project.patterns)


def said(text: str, patterns) -> list[Claim]:
    document, found = read_example(text, MINTER)
    claims = find_claims(document, found, patterns, MINTER, {}).claims
    return [claim for claim in claims if claim.relation in {"stated", "demanded", "planned", "denied"}]


def chains(text: str, patterns) -> list[list[str]]:
    return [[link.agent.label for link in claim.chain][1:] for claim in said(text, patterns)]


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        (
            (
                "أعرب [ORG حزب القلم] عن دعمه لـ[ORG حكومة التلال] برئاسة [PERSON نادر الشامخ]،"
                " مبيناً أن الخطة جاهزة."
            ),
            [["حزب القلم"]],
        ),
        (
            "أعرب [ORG حزب القلم] عن أمله. وأكد [ORG حزب القلم] أن الخطة جاهزة الآن. وأضاف أن الوقت مناسب.",
            [["حزب القلم"], ["حزب القلم"]],
        ),
        (
            (
                "سألت [OUTLET صحيفة المنارة] [SOURCE مصدر مسؤول] داخل [ORG هيئة المثال] عن الخطة؟\n"
                "وقال إن الخطة جاهزة الآن."
            ),
            [["مصدر مسؤول"]],
        ),
        (
            'أكد "[PERSON سالم الراوي]" عضو [ORG حركة النهر] أن الخطة جاهزة الآن.',
            [["سالم الراوي"]],
        ),
        (
            "نقلت [OUTLET وكالة الشرفة] عن [SOURCE مصدر مطلع] قوله إن الجسر مغلق، موضحاً أن العمل بدأ أمس.",
            [["وكالة الشرفة", "مصدر مطلع"], ["وكالة الشرفة", "مصدر مطلع"]],
        ),
        (
            "قال [SOURCE مصدر مطلع] لـ[OUTLET صحيفة المنارة] إن الجسر مغلق منذ أيام.",
            [["صحيفة المنارة", "مصدر مطلع"]],
        ),
        (
            "وأشار بيان صادر عن [ORG هيئة المثال] إلى أن المدارس مفتوحة للجميع.",
            [["بيان هيئة المثال", "هيئة المثال"]],
        ),
        (
            "أجاب الصحفي [PERSON سالم الراوي] عن السؤال. وأكد الصحفي أن الخريطة تغيرت تماماً.",
            [["سالم الراوي"]],
        ),
        (
            "قال العضو البارز في [ORG حركة النهر] [PERSON نادر الشامخ] إن الطريق طويل جداً.",
            [["نادر الشامخ"]],
        ),
        (
            (
                "قالت [PERSON ليلى العابد] إن الماء وصل إلى القرى. "
                "ثم برر [PERSON سالم الراوي] غيابه. وأضاف أن السفر متعب جداً."
            ),
            [["ليلى العابد"]],
        ),
        (
            (
                "قالت [PERSON ليلى العابد] إن الماء وصل إلى القرى. "
                "وقال التاجر الكبير إن السوق فارغ. وأضاف أن السفر متعب."
            ),
            [["ليلى العابد"]],
        ),
        ("يذكر أن الجسر القديم بني من حجر أسود.", [[]]),
    ],
    ids=range(12),
)
def test_the_words_go_to_whoever_says_them(text: str, speakers: list[list[str]], patterns) -> None:
    assert chains(text, patterns) == speakers


def test_the_verb_of_the_report_is_kept(patterns) -> None:
    claim = said("وأكّدت [ORG هيئة المثال] أن الباب مفتوح الآن.", patterns)[0]
    assert claim.chain[-1].verb == "وأكّدت"
    assert claim.speaker.label == "هيئة المثال"


def test_a_chain_begins_with_the_page(patterns) -> None:
    claim = said("قال [PERSON سالم الراوي] إن الباب مفتوح الآن.", patterns)[0]
    assert [link.hop for link in claim.chain] == [0, 1]
    assert claim.chain[0].agent.label == PAGE


def test_people_that_are_only_described_are_anonymous(patterns) -> None:
    claim = said("وأكد الحاضرون أن الباب مفتوح منذ أمس.", patterns)[0]
    assert claim.speaker.label == "الحاضرون"
    assert claim.speaker.anonymous


def test_a_plan_is_of_the_body_of_the_speaker(patterns) -> None:
    text = (
        "قال رئيس [ORG هيئة المثال]، [PERSON سالم الراوي]، إن [ORG هيئة المثال] "
        "ستعود إلى القرية وستبني مدرسة هناك."
    )
    found = [(claim.relation, claim.subject.label, claim.modality) for claim in said(text, patterns)]
    assert found == [("planned", "هيئة المثال", "planned")] * 2


def test_what_must_be_is_demanded_of_each_part(patterns) -> None:
    text = "وأكد [PERSON سالم الراوي] أن الإدارة يجب أن تكون عادلة ولا تقصي أحداً من الناس."
    found = [(claim.relation, claim.polarity) for claim in said(text, patterns)]
    assert found == [("demanded", "positive"), ("demanded", "negative")]


def test_a_condition_is_kept(patterns) -> None:
    claim = said('قال [PERSON سالم الراوي]: "في حال عودة الماء يجب فتح السوق للناس".', patterns)[0]
    assert (claim.relation, claim.modality, claim.condition) == ("demanded", "conditional", "عودة الماء")
