"""Who speaks where no list knows the name, and what a statement is: said, planned, demanded, one or two."""

from __future__ import annotations

import pytest

from musnad.iri import Minter
from musnad.project import Project
from musnad.understanding.claims import find_claims
from musnad.understanding.examples import describe, read_example
from musnad.understanding.patterns import Patterns, read_patterns

MINTER = Minter()


@pytest.fixture(scope="module")
def patterns(project: Project) -> Patterns:
    return read_patterns(project.patterns)


def said(text: str, patterns: Patterns) -> list[tuple[str, str]]:
    document, found = read_example(text, MINTER)
    claims = find_claims(document, found, patterns, MINTER, {}).claims
    acts = {"stated", "demanded", "planned", "denied", "announced"}
    return [(claim.relation, describe(claim)) for claim in claims if claim.relation in acts]


def speakers(text: str, patterns: Patterns) -> list[str]:
    return [words.split(" | ")[0] for _, words in said(text, patterns)]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("وطالب الملتقى البلدية بفتح الطريق أمام الطلاب.", ["الملتقى"]),
        ("وذكرت اللجنة المنظمة أن المشاركين وصلوا إلى القاعة.", ["اللجنة المنظمة"]),
        ("وقال ناشط من القرية إن الماء عاد إلى البيوت.", ["ناشط"]),
        ("أعلن ما يسمى [ORG حزب القلم] أن السوق مغلق اليوم.", ["حزب القلم"]),
        ("وأكد معالي الوزير [PERSON سالم الراوي] أن الجسر آمن.", ["سالم الراوي"]),
        ("وقال [PERSON سالم الراوي] من جانبه إن الجسر آمن تماماً.", ["سالم الراوي"]),
        ("وقال مكتب [PERSON سالم الراوي] إن الجسر آمن تماماً.", ["مكتب سالم الراوي"]),
        ("وقال [PERSON سالم الراوي] نقلاً عن مصادر محلية إن الجسر آمن.", ["سالم الراوي"]),
        ("قال [PERSON سالم الراوي] إن الجسر آمن. ونقلت [OUTLET صحيفة المنارة] عنه قوله إن السوق بعيد.",
         ["سالم الراوي", "سالم الراوي"]),
        ("قال [PERSON سالم الراوي] إن الجسر آمن. واستقبل [PERSON نادر الشامخ] الضيوف. وأضاف أن السوق بعيد.",
         ["سالم الراوي", "سالم الراوي"]),
        ("وذكرت الأوراق أن الجسر آمن تماماً.", []),
        ("وأوضح [PERSON سالم الراوي] أمام الحضور لا نستطيع أن نفتح الجسر قبل الشتاء.", []),
        ("قال [PERSON سالم الراوي] إن الجسر آمن. وأضاف النقطة المهمة هي أن السوق بعيد.",
         ["سالم الراوي", "سالم الراوي"]),
        ("قالت صحيفة محلية إن حملة كبيرة تبين مدى صعوبة المهمة وأن السوق بعيد.", ["صحيفة محلية"]),
        ("قالت وزيرة الماء [PERSON هند الواسعة] إن الجسر آمن. وشددت الوزيرة على أن السوق بعيد.",
         ["هند الواسعة", "هند الواسعة"]),
        ("وقال وزير الماء المثالي لـ المنارة إن السوق بعيد.", ["وزير الماء المثالي"]),
        ("ويؤكد كثير من الخبراء أن السوق بعيد.", ["كثير من الخبراء"]),
        ("ونقلت [OUTLET صحيفة المنارة] عن مرجع محلي تأكيده أن السوق بعيد.", ["مرجع محلي"]),
        ("قال [PERSON سالم الراوي] إن الجسر آمن. وقال لقناة (المثال) الفضائية إن السوق بعيد.",
         ["سالم الراوي", "سالم الراوي"]),
        ("علق [PERSON سالم الراوي] على [WORK تقرير] من [PERSON نادر الشامخ] أمام الحضور، دعا فيه إلى البيع.",
         ["نادر الشامخ"]),
        ("أرسل [PERSON سالم الراوي] [WORK رسالة] إلى [PERSON نادر الشامخ] دعا فيها إلى البيع.",
         ["سالم الراوي"]),
        ("وحين سئل [PERSON سالم الراوي] عن موقف [PERSON نادر الشامخ] أجاب أن الجسر آمن.", ["سالم الراوي"]),
        ("ويرى الكثير من التجار أن الجسر القديم آمن تماماً.", ["الكثير من التجار"]),
        ("اهتمت الصحف بإعلان [ORG هيئة المثال] أمس أن الجسر القديم آمن.", ["هيئة المثال"]),
        ("وقال الشيخ رئيس [ORG مجلس البستان]، [PERSON نادر الشامخ]، إن الجسر آمن تماماً.", ["نادر الشامخ"]),
        ("ورد [PERSON سالم الراوي] بالقول إن الجسر آمن تماماً.", ["سالم الراوي"]),
        ("ووفقا للحكم، ثبت خلل في بناء الجسر.", ["الحكم"]),
        ("وجاء في نص الحكم أن الجسر بني بلا أساس.", ["الحكم"]),
        ("قال [PERSON سالم الراوي] في تقرير إن الجسر آمن. وأضاف [WORK التقرير] أن السوق بعيد عن القرية.",
         ["سالم الراوي", "سالم الراوي"]),
        ("وبحسب [SOURCE مصادر محلية]، أكدت أن الجسر القديم آمن تماماً للمارة.", ["مصادر محلية"]),
        ("علمت (المنارة) من [SOURCE مصادر محلية] أن الجسر مغلق منذ أسبوع.", ["مصادر محلية"]),
        ("عاد المهندس [PERSON سالم الراوي] إلى قريته. ويوضح سالم لـ«المنارة»: «الجسر آمن تماماً هذا العام».",
         ["سالم الراوي"]),
        ("يعزف [PERSON سالم الراوي] ([PERSON أبو نادر]) في السوق. وقال [PERSON أبو نادر] إن الجسر آمن تماماً.",
         ["سالم الراوي"]),
        ("بحسب الكاتب [PERSON سالم الراوي] الذي يعيش في القرية، هناك خلل في الجسر.", ["سالم الراوي"]),
    ],
)  # fmt: skip
def test_whoever_speaks_is_found(text: str, names: list[str], patterns: Patterns) -> None:
    assert speakers(text, patterns) == names


def test_the_office_alone_is_that_of_whoever_spoke_last(patterns: Patterns) -> None:
    text = (
        "قال وزير الزراعة [PERSON سالم الراوي] بعد لقاء وزير الزراعة الجبلي [PERSON نادر الشامخ] "
        "إن القمح كثير. "
        "ورأى وزير الزراعة أن الموسم أفضل من سابقه."
    )
    assert speakers(text, patterns) == ["سالم الراوي", "سالم الراوي"]


@pytest.mark.parametrize(
    ("text", "acts"),
    [
        ("قال [PERSON سالم الراوي] إنه من المقرر أن ينسق المؤتمر بين القرى.", ["planned"]),
        ("قال [PERSON سالم الراوي] إن [ORG هيئة المثال] ستعقد اجتماعها في الربيع.", ["planned"]),
        ("قال [PERSON سالم الراوي] إن [ORG هيئة المثال] ستكون أقوى بعد الربيع.", ["stated"]),
        ("قال [PERSON سالم الراوي] إن القرى تتفق على أن الطريق يجب أن يكون واسعاً.", ["stated"]),
        ("وأشار [PERSON سالم الراوي] إلى أهمية إصلاح الطريق القديم.", ["demanded"]),
        ("قال [PERSON سالم الراوي] إن السوق بعيد بعد اللقاء الذي خلص إلى ضرورة إصلاح الطريق.", ["stated"]),
        ("قال [PERSON سالم الراوي] إن القرى التي تبيع القمح عليها أن تصلح الطريق.", ["demanded"]),
        ("وأعلنت [ORG هيئة المثال] أمس الاثنين، انطلاق السباق الثاني.", ["announced"]),
        (
            "وأعلن [PERSON سالم الراوي] رئيس [ORG هيئة المثال] أن [ORG هيئة المثال] أغلقت السوق القديم.",
            ["announced"],
        ),
        ("وأعلن [PERSON سالم الراوي] أن [ORG حزب القلم] أغلق السوق القديم.", ["stated"]),
        ("وأعلن [PERSON سالم الراوي] أن القرى تفضل السوق القديم على غيره.", ["stated"]),
        ("قال [PERSON سالم الراوي] إن [ORG هيئة المثال] لن تترك السوق القديم لغيرها.", ["stated"]),
    ],
)
def test_an_act_is_told_from_a_statement(text: str, acts: list[str], patterns: Patterns) -> None:
    assert [relation for relation, _ in said(text, patterns)] == acts


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("قال [PERSON سالم الراوي] إن القمح كثير هذا العام ونأمل أن يكفي القرى.",
         ["القمح كثير هذا العام", "نأمل أن يكفي القرى"]),
        ("قال [PERSON سالم الراوي] إن القمح كثير هذا العام لافتاً إلى أن القرى بعيدة.",
         ["القمح كثير هذا العام", "القرى بعيدة"]),
        ("قال [PERSON سالم الراوي]: «إذا تأخر المطر هذا العام؛ فلن يكفي القمح أهل القرى».",
         ["إذا تأخر المطر هذا العام؛ فلن يكفي القمح أهل القرى"]),
        ("قال [PERSON سالم الراوي] إن القمح كثير هذا العام، وهو أمر يفرح أهل القرى.",
         ["القمح كثير هذا العام، وهو أمر يفرح أهل القرى"]),
        ("قال [PERSON سالم الراوي] إن القمح كثير هذا العام، وتطرق إلى السوق القديم.",
         ["القمح كثير هذا العام"]),
        ("قال [PERSON سالم الراوي] إن السوق مغلق، إلا أنه أضاف أن القرى لم تجد سوقاً آخر.",
         ["السوق مغلق", "القرى لم تجد سوقاً آخر"]),
    ],
)  # fmt: skip
def test_a_statement_is_one_thing_said(text: str, words: list[str], patterns: Patterns) -> None:
    assert [words.split(" | ")[1] for _, words in said(text, patterns)] == words


@pytest.mark.parametrize(
    ("text", "negative"),
    [
        ("قال [PERSON سالم الراوي] إنه لا يصل سوى جزء صغير من القمح.", False),
        ("قال [PERSON سالم الراوي] إن السوق يشغل أطفالاً دون سن العمل.", False),
        ("قال [PERSON سالم الراوي]: «نحن نرى أن السوق لن يفتح هذا العام».", True),
    ],
)
def test_a_negation_counts_where_it_negates(text: str, patterns: Patterns, *, negative: bool) -> None:
    assert [" | negative" in words for _, words in said(text, patterns)] == [negative]


def test_a_letter_printed_apart_from_the_name_is_written_on_it(patterns: Patterns) -> None:
    text = "وجاء في بيان ل «[ORG هيئة المثال]» أن المدارس تفتح أبوابها في الخريف."
    assert speakers(text, patterns) == ["هيئة المثال"]
