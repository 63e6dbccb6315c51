"""Whose words they are, and through whom they come."""

import pytest

from musnad.iri import Minter
from musnad.model import Claim
from musnad.understanding.claims import find_claims
from musnad.understanding.examples import read_example
from musnad.understanding.patterns import Patterns

MINTER = Minter()
PAGE = "ناشر الصفحة (غير مذكور)"  # publisher of the page (not named)


def said(text: str, patterns: Patterns) -> list[Claim]:
    document, found = read_example(text, MINTER)
    claims = find_claims(document, found, patterns, MINTER, {}).claims
    return [claim for claim in claims if claim.relation in {"stated", "demanded", "planned", "denied"}]


def chains(text: str, patterns: Patterns) -> list[list[str]]:
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
            [["ليلى العابد"], ["التاجر الكبير"], ["التاجر الكبير"]],
        ),
        (
            (
                "قال وزير الخارجية في [PLACE رمانيا] [PERSON نادر الشامخ] إن الطريق طويل."
                " وأكد الوزير أن الجسر جديد تماماً."
            ),
            [["نادر الشامخ"], ["نادر الشامخ"]],
        ),
        (
            (
                "قال [PERSON نادر الشامخ]، المتحدث باسم [ORG حزب القلم]، إن الطريق طويل."
                " وقال مبعوث [ORG هيئة المثال] الخاص إلى [PLACE رمانيا] إن الجسر جديد."
            ),
            [["نادر الشامخ"], ["مبعوث هيئة المثال الخاص إلى رمانيا"]],
        ),
        (
            "أفادت [OUTLET وكالة الشرفة] بأن [PERSON سالم الراوي] قال إن الجسر مغلق تماماً.",
            [["وكالة الشرفة", "سالم الراوي"]],
        ),
        (
            "قالت [PERSON ليلى العابد] إن الماء وصل إلى القرى.\n«والكهرباء عادت إلى البيوت كلها أيضاً».",
            [["ليلى العابد"], ["ليلى العابد"]],
        ),
        (
            "وقال [PERSON سالم الراوي]، وهو الذي يعتبر [ORG حزب القلم] بيته، إن الطريق مغلق.",
            [["سالم الراوي"]],
        ),
        ("يذكر أن الجسر القديم بني من حجر أسود.", [[]]),
        (
            (
                "قالت [PERSON ليلى العابد] إن الماء وصل إلى القرى. "
                "وعقد رئيس [ORG هيئة المثال] [PERSON سالم الراوي] لقاء، وقال فيه إن السوق يفتح غداً."
            ),
            [["ليلى العابد"], ["سالم الراوي"]],
        ),
        (
            "ووصف الممثلون [PLACE رمانيا] بأنها طرف بعيد، وقالوا إنها تعمل وحدها منذ عام.",
            [["الممثلون"], ["الممثلون"]],
        ),
        (
            "قال [ORG حزب القلم] في بيان إن الجسر مغلق. واتهم البيان [PLACE رمانيا] بأنها أغلقته.",
            [["بيان حزب القلم", "حزب القلم"], ["بيان حزب القلم", "حزب القلم"]],
        ),
        (
            "وطالبت منظمة بلا حدود [PLACE رمانيا] بفتح الجسر للناس جميعاً.",
            [],
        ),
        (
            "وحين سئلت عن رحلتها إلى السوق بـ[PLACE رمانيا] قالت إن الطريق طويل جداً.",
            [],
        ),
        (
            "قالت [PERSON ليلى العابد] إن السوق مغلق، داعية [ORG حزب القلم] إلى فتح أبوابه للناس.",
            [["ليلى العابد"], ["ليلى العابد"]],
        ),
    ],
    ids=range(23),
)
def test_the_words_go_to_whoever_says_them(text: str, speakers: list[list[str]], patterns: Patterns) -> None:
    assert chains(text, patterns) == speakers


def test_what_a_text_describes_is_said_by_the_text(patterns: Patterns) -> None:
    text = (
        "وجاء في بيان لـ[ORG هيئة المثال]: بعد أعوام من العمل، تسعى [PLACE رمانيا] لعقد مؤتمر للقرى،"
        " مدعية أنه للسلام بينما هدفه البيع، في وقت يجب أن تدفع فيه ديونها."
    )
    found = [(c.relation, c.subject.label, c.object.label, c.speaker.label) for c in said(text, patterns)]
    assert found == [("planned", "رمانيا", "عقد مؤتمر للقرى", "هيئة المثال")]
    alone = said("تسعى [PLACE رمانيا] إلى شراء القمح من القرى.", patterns)[0]
    assert (alone.subject.label, alone.speaker.label) == ("رمانيا", PAGE)


def test_an_official_speaks_to_the_paper_in_a_title(patterns: Patterns) -> None:
    text = "# مسؤول في [ORG حزب القلم] لـ[OUTLET صحيفة المنارة]: السوق مغلق منذ عام كامل\nنص قصير."
    assert chains(text, patterns) == [["صحيفة المنارة", "مسؤول في حزب القلم"]]


def test_the_verb_of_the_report_is_kept(patterns: Patterns) -> None:
    claim = said("وأكّدت [ORG هيئة المثال] أن الباب مفتوح الآن.", patterns)[0]
    assert claim.chain[-1].verb == "وأكّدت"
    assert claim.speaker.label == "هيئة المثال"


def test_a_chain_begins_with_the_page(patterns: Patterns) -> None:
    claim = said("قال [PERSON سالم الراوي] إن الباب مفتوح الآن.", patterns)[0]
    assert [link.hop for link in claim.chain] == [0, 1]
    assert claim.chain[0].agent.label == PAGE


def test_people_that_are_only_described_are_anonymous(patterns: Patterns) -> None:
    claim = said("وأكد الحاضرون أن الباب مفتوح منذ أمس.", patterns)[0]
    assert claim.speaker.label == "الحاضرون"
    assert claim.speaker.anonymous


def test_a_plan_is_of_the_body_of_the_speaker(patterns: Patterns) -> None:
    text = (
        "قال رئيس [ORG هيئة المثال]، [PERSON سالم الراوي]، إن [ORG هيئة المثال] "
        "ستعود إلى القرية وستبني مدرسة هناك."
    )
    found = [(claim.relation, claim.subject.label, claim.modality) for claim in said(text, patterns)]
    assert found == [("planned", "هيئة المثال", "planned")] * 2


def test_what_must_be_is_demanded_of_each_part(patterns: Patterns) -> None:
    text = "وأكد [PERSON سالم الراوي] أن الإدارة يجب أن تكون عادلة ولا تقصي أحداً من الناس."
    found = [(claim.relation, claim.polarity) for claim in said(text, patterns)]
    assert found == [("demanded", "positive"), ("demanded", "negative")]


def test_a_condition_is_kept(patterns: Patterns) -> None:
    claim = said('قال [PERSON سالم الراوي]: "في حال عودة الماء يجب فتح السوق للناس".', patterns)[0]
    assert (claim.relation, claim.modality, claim.condition) == ("demanded", "conditional", "عودة الماء")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('قال [PERSON سالم الراوي]: "الباب مفتوح منذ أمس. السوق مغلق الآن تماماً".', 2),
        ("قال [PERSON سالم الراوي] إن الباب لا يفتح في الليل ولا يغلق في النهار.", 1),
        ("قال [PERSON سالم الراوي] إن الباب مفتوح منذ أمس، حسب تعبيره.", 1),
        ("وقال [PERSON سالم الراوي] ليس هناك باب مفتوح.", 1),
    ],
)
def test_each_sentence_of_a_quotation_is_a_statement(text: str, words: int, patterns: Patterns) -> None:
    found = said(text, patterns)
    assert len(found) == words
    assert not any("تعبيره" in claim.object.label for claim in found)  # in his words


@pytest.mark.parametrize(
    ("text", "modality"),
    [
        ("اعتبر [PERSON سالم الراوي] أن الباب جميل جداً.", "opinion"),
        ("قال [PERSON سالم الراوي] إن الباب هو الحل الوحيد.", "opinion"),
        ("أكد [PERSON سالم الراوي] أن سوق البلدة وساحتها كل لا يتجزأ.", "opinion"),  # one whole
        ("أوضح [PERSON سالم الراوي] أن للجسر أهمية كبيرة عند أهل الضفتين.", "opinion"),  # of great weight
        ("قال [PERSON سالم الراوي] إن المجلس لم يعد له دور على المدى البعيد.", "opinion"),  # in the long run
        ("قال [PERSON سالم الراوي] إن السوق أغلق أبوابه مساء أمس.", "asserted"),
    ],
)
def test_an_opinion_is_no_assertion(text: str, modality: str, patterns: Patterns) -> None:
    assert said(text, patterns)[0].modality == modality


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        (  # «but X, stressed»
            "وصل [PERSON سالم الراوي]، لكن رئيسة [ORG هيئة المثال] [PERSON ليلى العابد]، أكدت أن الجسر مغلق.",
            ["ليلى العابد"],
        ),
        (  # «the coordinator, the lawyer X»
            "وقال المنسق العام لـ[ORG هيئة المثال]، المحامي [PERSON نادر الشامخ]، إن الجسر مغلق منذ أيام.",
            ["نادر الشامخ"],
        ),
        (  # «and X showed the state of things, pointing to …»
            "وبحث الجانبان آخر الأخبار وعرض [PERSON نادر الشامخ] حال الجسر مشيراً إلى ازدحام السوق في الصباح.",
            ["نادر الشامخ"],
        ),
        (  # «seven bodies»
            "وقالت سبعة أحزاب سياسية إن الجسر مغلق منذ أيام.",
            ["سبعة أحزاب سياسية"],
        ),
    ],
)
def test_a_speaker_is_found_where_titles_and_clauses_stand_between(
    text: str, speakers: list[str], patterns: Patterns
) -> None:
    assert [claim.speaker.label for claim in said(text, patterns)] == speakers


def test_each_duty_is_a_demand(patterns: Patterns) -> None:
    text = (
        "قال [PERSON سالم الراوي] إن على [ORG هيئة المثال] أن تفتح الجسر القديم"
        " وتعيد العمال كلهم وأن تكف عن البيع."
    )
    assert [claim.relation for claim in said(text, patterns)] == ["demanded"] * 3


def test_a_clause_that_leads_to_the_main_one_ends_at_its_comma(patterns: Patterns) -> None:
    text = "بعدما أكد [PERSON سالم الراوي] أن الجسر مغلق منذ أيام، ذهب الأهالي كلهم إلى السوق القديم."
    assert [claim.object.label for claim in said(text, patterns)] == ["الجسر مغلق منذ أيام"]


def test_the_plan_of_an_event_is_not_that_of_the_sentence(patterns: Patterns) -> None:
    text = "أكد [PERSON سالم الراوي] أن الطريق مفتوح أمام وفود [EVENT مؤتمر البستان] المزمع عقده في القرية."
    assert [(claim.relation, claim.modality) for claim in said(text, patterns)] == [("stated", "asserted")]


def test_what_is_left_open_is_not_denied(patterns: Patterns) -> None:
    text = "قال [PERSON سالم الراوي] رئيس [ORG هيئة المثال] إن [ORG هيئة المثال] لم تقرر بعد بيع الجسر."
    assert [(claim.relation, claim.polarity) for claim in said(text, patterns)] == [("stated", "negative")]
