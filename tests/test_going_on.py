"""Who goes on speaking: after a sentence that reports nothing, a question, a topic, a concession."""

from __future__ import annotations

import pytest

from musnad.iri import Minter
from musnad.project import Project
from musnad.understanding.claims import find_claims
from musnad.understanding.examples import read_example
from musnad.understanding.patterns import Patterns, read_patterns

MINTER = Minter()
SPEECH = {"stated", "demanded", "denied", "announced", "planned"}
FIRST = "قال [PERSON سالم الراوي] إن السوق مفتوح للجميع. "


@pytest.fixture(scope="module")
def patterns(project: Project) -> Patterns:
    return read_patterns(project.patterns)


def said(text: str, patterns: Patterns) -> list[tuple[str, str]]:
    document, found = read_example(text, MINTER)
    claims = find_claims(document, found, patterns, MINTER, {}).claims
    return [(claim.speaker.label, claim.object.label) for claim in claims if claim.relation in SPEECH]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("وتابع يقول: «نود لو وصلت القوافل قبل الشتاء».", ["نود لو وصلت القوافل قبل الشتاء"]),
        ("ومضى قائلاً: «القوافل تصل قبل الشتاء عادة».", ["القوافل تصل قبل الشتاء عادة"]),
        ("وقال للصحافيين إن الجسر آمن تماماً.", ["الجسر آمن تماماً"]),
        ("وقال أمام لجنة الري إنه باع بيته القديم.", ["باع بيته القديم"]),
        ("وجدد التأكيد على أن الجسر آمن تماماً. وأشار إلى أن القرى بعيدة.",
         ["الجسر آمن تماماً", "القرى بعيدة"]),
        ("ولفت الانتباه إلى أن الجسر آمن تماماً.", ["الجسر آمن تماماً"]),
        ("ولفت النظر إلى نقص الماء في القرى كلها.", ["نقص الماء في القرى كلها"]),
        ("ورغم أن [PERSON سالم الراوي] لم يذكر القرى، إلا أنه قال إن الجسر آمن تماماً.", ["الجسر آمن تماماً"]),
        ("وعن تعاون البلدية مع [PERSON نادر الشامخ]، قال إن الجسر آمن تماماً. وأضاف أن القرى بعيدة.",
         ["الجسر آمن تماماً", "القرى بعيدة"]),
        ("وفيما يتعلق بالري، وخطة [PERSON نادر الشامخ]، أكد أن الجسر آمن تماماً.", ["الجسر آمن تماماً"]),
        ("كما هاجم أصحاب المعامل الكبيرة، قائلاً إن الجسر آمن تماماً.", ["الجسر آمن تماماً"]),
        ("وسئل [PERSON سالم الراوي]: «هل تغلقون السوق قريباً؟»، فأجاب: «نعم يغلق السوق في الخريف».",
         ["نعم يغلق السوق في الخريف"]),
    ],
)  # fmt: skip
def test_whoever_spoke_goes_on(text: str, words: list[str], patterns: Patterns) -> None:
    assert said(FIRST + text, patterns)[1:] == [("سالم الراوي", each) for each in words]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("أكد [PERSON سالم الراوي] وزير الري في [PLACE رمانيا] التزام بلاده بالأمن. وأضاف أن السوق مفتوح.",
         ["سالم الراوي", "سالم الراوي"]),
        ("استعرض [PERSON سالم الراوي] أعمال الجسر في الصباح. وأشار إلى أن الطريق طويل.", ["سالم الراوي"]),
        ("وتحدث الوزير [PERSON سالم الراوي] عن مأساة القرى، وأعرب عن أمله في عودة الماء.",
         ["سالم الراوي", "سالم الراوي"]),
        ("علق سياسيون محليون على عودة [PERSON سالم الراوي] إلى القرية. وقالوا إن السوق مفتوح للجميع.",
         ["سياسيون محليون"]),
        ("الأمر الذي أشار إليه [PERSON سالم الراوي] بخطابه بالقول: إن السوق مفتوح للجميع.", ["سالم الراوي"]),
        ("كشف لـ[OUTLET صحيفة المنارة] مدير الري [PERSON سالم الراوي] عن إنجاز ثلاثة جسور كبيرة.",
         ["سالم الراوي"]),
        ("وأكد فريق الرصد والتوثيق في مجموعة العمل من أجل القرى البعيدة أنه وثق أسماء العمال.",
         ["فريق الرصد والتوثيق"]),
        ("ونقلت [OUTLET صحيفة المنارة] عن محامي الشركة قوله إن السوق مفتوح للجميع.", ["محامي الشركة"]),
        ("ونقل [ORG مرصد التلال] عن عدد من سكان القرية قولهم إن السوق مفتوح للجميع.",
         ["عدد من سكان القرية"]),
        ("ونسبت [OUTLET صحيفة المنارة] إلى محللين قولهم إن السوق مفتوح للجميع.", ["محللون"]),
        ("البعض يرى أن السوق أوسع من القديم بكثير.", ["البعض"]),
        ("من جهته بيّن المدير [PERSON سالم الراوي]، أن السوق مفتوح للجميع.", ["سالم الراوي"]),
        ("وأفاد [ORG مرصد التلال] عن وصول ثلاثة عمال إلى السوق.", ["مرصد التلال"]),
    ],
)  # fmt: skip
def test_whoever_speaks_is_who_is_named(text: str, expected: list[str], patterns: Patterns) -> None:
    assert [who for who, _ in said(text, patterns)] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("وكان مسؤولون محليون أكدوا أن القمح كثير هذا العام.", [("مسؤولون محليون", "القمح كثير هذا العام")]),
        ("قال [PERSON سالم الراوي]: «أقمنا حفلاً لثمانين عريساً؛ منهم سبعون في القرية، وعشرة في الجبل».",
         [("سالم الراوي", "أقمنا حفلاً لثمانين عريساً؛ منهم سبعون في القرية، وعشرة في الجبل")]),
        ("يتراوح القمح بين ألف وألفي طن، وفقاً لما صرح به، أمس، وزير الري [PERSON سالم الراوي].",
         [("سالم الراوي", "يتراوح القمح بين ألف وألفي طن")]),
        ("وصلت القافلة إلى الجسر ليلاً، كما أعلنت [OUTLET وكالة الشرفة].",
         [("وكالة الشرفة", "وصلت القافلة إلى الجسر ليلاً")]),
        ("وعدّ [PERSON سالم الراوي] برنامج الري الجديد من البرامج المهمة للقرى.",
         [("سالم الراوي", "برنامج الري الجديد من البرامج المهمة للقرى")]),
        ("من جانبه عبر وزير خارجية [PLACE رمانيا] عن حرص بلاده على تجارة القمح.",
         [("وزير خارجية رمانيا", "حرص بلاده على تجارة القمح")]),
        ("قال [ORG مرصد التلال] تحطمت العربة على الجسر القديم مشيراً إلى أن السائق مات.",
         [("مرصد التلال", "تحطمت العربة على الجسر القديم"), ("مرصد التلال", "السائق مات")]),
        ("وتوقع [PERSON سالم الراوي] تحرير القرى التي ما زالت تحت الماء قريباً.",
         [("سالم الراوي", "تحرير القرى التي ما زالت تحت الماء قريباً")]),
    ],
)  # fmt: skip
def test_what_is_said_is_cut_where_it_ends(
    text: str, expected: list[tuple[str, str]], patterns: Patterns
) -> None:
    assert said(text, patterns) == expected


def test_words_of_duty_demand(patterns: Patterns) -> None:
    document, found = read_example("قال [PERSON سالم الراوي]: «علينا أن نتعايش معاً في القرى».", MINTER)
    claims = find_claims(document, found, patterns, MINTER, {}).claims
    assert [(claim.relation, claim.modality) for claim in claims] == [("demanded", "demanded")]


@pytest.mark.parametrize(
    "text",
    [
        "ترى [PLACE رمانيا] في الاتفاق انتصاراً لها، إلا أن القمح الذي وصل أقل من القديم.",
        "ومما يؤكد هذا الخطر، أن [ORG حكومة رمانيا] سارعت إلى بيع القمح.",
        "وكتاب [PERSON سالم الراوي] يحمل عنوان السوق القديم في القرى البعيدة.",
        "قد يفسر موقفهم بأنه خوف قديم من النهر.",
        "وذكّر بـ«ما يحصل الآن في القرى البعيدة كلها».",
        "وروسيا تكرر أمامهم أنها لا تهتم بالسوق القديم.",
        "وتعرف القرى أنه من دون تأمين الماء للناس، فإن السوق يغلق.",
    ],
)
def test_what_is_no_speaker_does_not_speak(text: str, patterns: Patterns) -> None:
    assert said(text, patterns) == []
