"""Where a statement ends and the next begins: fragments, purposes and lists make none of their own."""

from __future__ import annotations

import pytest

from musnad.iri import Minter
from musnad.understanding.claims import find_claims
from musnad.understanding.examples import describe, read_example
from musnad.understanding.patterns import Patterns
from told import told

MINTER = Minter()


def said(text: str, patterns: Patterns) -> list[str]:
    document, found = read_example(text, MINTER)
    claims = find_claims(document, found, patterns, MINTER, {}).claims
    acts = {"stated", "demanded", "planned", "denied", "announced"}
    return [f"{claim.relation}: {describe(claim)}" for claim in claims if claim.relation in acts]


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        (
            "قال [PERSON سالم الراوي] إن العمال أصلحوا الطريق القديم لكن القافلة توقفت عند الجسر.",
            [
                "stated: سالم الراوي | العمال أصلحوا الطريق القديم",
                "stated: سالم الراوي | لكن القافلة توقفت عند الجسر",
            ],
        ),
        (
            "وقال [PERSON سالم الراوي]: «لا يمكننا البقاء في الوادي البعيد لأن الماء سيصل إلى البيوت».",
            [
                "stated: سالم الراوي | لا يمكننا البقاء في الوادي البعيد | negative",
                "stated: سالم الراوي | الماء سيصل إلى البيوت | predicted",
            ],
        ),
        (
            "وقال [PERSON سالم الراوي]: «التجار يقفون معنا في هذه الأيام، الناس كلهم يعرفون ذلك جيدا».",
            [
                "stated: سالم الراوي | التجار يقفون معنا في هذه الأيام",
                "stated: سالم الراوي | الناس كلهم يعرفون ذلك جيدا",
            ],
        ),
        (  # a list
            "وقال [PERSON سالم الراوي]: «القوافل تصل إلى الميناء، السوق الكبير، القلعة القديمة».",
            ["stated: سالم الراوي | القوافل تصل إلى الميناء، السوق الكبير، القلعة القديمة"],
        ),
        (
            "قال [PERSON سالم الراوي] إن البئر جف في الصيف لذلك فإن القرى تشتري الماء.",
            [
                "stated: سالم الراوي | البئر جف في الصيف",
                "stated: سالم الراوي | القرى تشتري الماء",
            ],
        ),
        (
            "أعلن [PERSON سالم الراوي] أن على التجار أن يعودوا إلى السوق، داعيا إلى فتح الطريق.",
            [
                "demanded: سالم الراوي | على التجار أن يعودوا إلى السوق | demanded",
                "demanded: سالم الراوي | فتح الطريق | demanded",
            ],
        ),
        (
            "وأوضحت [PERSON ليلى العابد] أن ذلك يخدم أهل القرى، مشيرة إلى أن السوق مفتوح.",
            [
                "stated: ليلى العابد | ذلك يخدم أهل القرى",
                "stated: ليلى العابد | السوق مفتوح",
            ],
        ),
        (
            "قال [PERSON سالم الراوي] إن القرى التي تزرع القمح لم تتمكن من بيعه.",
            ["stated: سالم الراوي | القرى التي تزرع القمح لم تتمكن من بيعه | negative"],
        ),
        (
            "قال [PERSON سالم الراوي] إن القرية التي تزرع القمح بنت جسرا لا يصل إلى السوق.",
            ["stated: سالم الراوي | القرية التي تزرع القمح بنت جسرا لا يصل إلى السوق"],
        ),
        (
            "قال [PERSON سالم الراوي] إن القرية تزرع القمح الذي لم يتمكن التجار من بيعه.",
            ["stated: سالم الراوي | القرية تزرع القمح الذي لم يتمكن التجار من بيعه"],
        ),
        (
            "وقال [PERSON سالم الراوي]: «لن نترك القرى بلا ماء في الصيف.. نحن نعرف ما نريد هذا العام».",
            [
                "planned: سالم الراوي | لن نترك القرى بلا ماء في الصيف | negative planned",
                "stated: سالم الراوي | نحن نعرف ما نريد هذا العام",
            ],
        ),
        (
            "قال [PERSON سالم الراوي] إن تمسك [ORG حزب القلم] بهذه الخطة هو هروب من الحل.",
            ["stated: سالم الراوي | تمسك حزب القلم بهذه الخطة هو هروب من الحل | opinion"],
        ),
        (
            "قال [PERSON سالم الراوي] إن السوق يغلق أبوابه مساء وعلى هذا الأساس سيفتح التجار بيوتهم.",
            [
                "stated: سالم الراوي | السوق يغلق أبوابه مساء",
                "stated: سالم الراوي | على هذا الأساس سيفتح التجار بيوتهم | predicted",
            ],
        ),
        (
            "أوضح [PERSON سالم الراوي] أن مجلس القرية يستنكر ويشجب ما فعله التجار في السوق.",
            ["stated: سالم الراوي | مجلس القرية يستنكر ويشجب ما فعله التجار في السوق"],
        ),
        (
            "نقل عن [PERSON سالم الراوي] قوله لتجار القرية إن السوق بعيد عن الجسر.",
            ["stated: سالم الراوي | السوق بعيد عن الجسر"],
        ),
        (
            "قال [PERSON سالم الراوي] إن القرية تشتري القمح من السهل، كما تفعل في العادة.",
            ["stated: سالم الراوي | القرية تشتري القمح من السهل"],
        ),
        (  # «a means» is no «and will …»
            "وقال [PERSON سالم الراوي]: «نحن نبحث عن وسيلة للتقدم في بناء الجسر الكبير».",
            ["stated: سالم الراوي | نحن نبحث عن وسيلة للتقدم في بناء الجسر الكبير"],
        ),
        (
            "وأكد [PERSON سالم الراوي] أن الرحلات إلى الوادي توقفت بشكل مؤقت، بسبب هدم الجسر وغلاء القمح.",
            ["stated: سالم الراوي | الرحلات إلى الوادي توقفت بشكل مؤقت"],
        ),
        (
            "وأكد [PERSON سالم الراوي] أن الرحلات إلى الوادي ستعود، بعد عام، إذا توفر المال.",
            ["stated: سالم الراوي | الرحلات إلى الوادي ستعود، بعد عام، إذا توفر المال | conditional"],
        ),
        (
            "كما شدد [PERSON سالم الراوي] على أهمية تطبيق القرار بسرعة ودون شروط.",
            ["demanded: سالم الراوي | أهمية تطبيق القرار بسرعة ودون شروط | demanded"],
        ),
        (
            "وقال [PERSON سالم الراوي]: «لا يوجد أي خلاف بيني وبين التجار في السوق».",
            ["denied: سالم الراوي | لا يوجد أي خلاف بيني وبين التجار في السوق | negative"],
        ),
        (
            "وأشار [PERSON سالم الراوي] إلى أنه خلال يومين ستبدأ [ORG شركة القوافل] رحلاتها.",
            ["planned: شركة القوافل | خلال يومين ستبدأ شركة القوافل رحلاتها | planned"],
        ),
        (
            "ظنت [PLACE رمانيا] أنه لا يمكن بيع القمح إلا في الشتاء.",
            [],
        ),
        (
            "قال [PERSON سالم الراوي] إن السوق بعيد. ويفترض أن يكون الجسر جاهزا في الخريف المقبل.",
            ["stated: سالم الراوي | السوق بعيد"],
        ),
        (
            "وقال مسؤول كبير في إدارة الميناء وطلب عدم نشر اسمه «الهدف هو بناء جسر كبير في القرية».",
            ["stated: مسؤول كبير في إدارة الميناء | الهدف هو بناء جسر كبير في القرية | intended"],
        ),
        (
            "وأفادت [OUTLET قناة الشرفة] نقلا عن مسؤولين محليين أمس، بأن الجسر القديم سقط في النهر.",
            ["stated: مسؤولون محليون | الجسر القديم سقط في النهر"],
        ),
        (
            (
                "قال [PERSON سالم الراوي] إن على [PLACE رمانيا] أيضاً سحب كافة العمال من القرية "
                "ومحاسبة من هدم الجسر القديم."
            ),
            [
                "demanded: سالم الراوي | على رمانيا أيضاً سحب كافة العمال من القرية | demanded",
                "demanded: سالم الراوي | محاسبة من هدم الجسر القديم | demanded",
            ],
        ),
        (
            "وأكدت الهيئة أن القوافل نفذت 5.964 رحلة، 2.657 في الجبل، و2.289 في السهل.",
            ["stated: الهيئة | القوافل نفذت 5.964 رحلة، 2.657 في الجبل، و2.289 في السهل"],
        ),
        (
            (
                "وأكد [PERSON سالم الراوي] أن السوق واسع، منوها بدور التجار في القرية، داعيا الله أن يحفظ "
                "أهلها من كل شر، وأن يجعل أيامهم سعيدة."
            ),
            ["stated: سالم الراوي | السوق واسع"],
        ),
        (
            (
                "وقال [PERSON سالم الراوي]: «يتحدث الناس كل يوم عن الجسر الذي بناه التجار في الوادي "
                "قبل عشر سنوات، ويبحثون عن المال في القرى البعيدة، وما تقدمه الهيئة من القمح والماء»."
            ),
            [
                "stated: سالم الراوي | يتحدث الناس كل يوم عن الجسر الذي بناه التجار في الوادي قبل عشر سنوات",
                "stated: سالم الراوي | يبحثون عن المال في القرى البعيدة، وما تقدمه الهيئة من القمح والماء",
            ],
        ),
        (
            "وقال الصحفي والناشط في محافظة [PLACE كروم] [PERSON أيمن الراوي]: «هناك بيوت كثيرة قديمة».",
            ["stated: أيمن الراوي | هناك بيوت كثيرة قديمة"],
        ),
    ],
)
def test_what_is_said_is_cut_where_a_clause_begins(text: str, claims: list[str], patterns: Patterns) -> None:
    assert said(text, patterns) == claims


def test_who_thanks_in_a_statement_takes_the_stance(patterns: Patterns) -> None:
    text = "وأضاف بيان [ORG هيئة المثال]: «يثمّن [ORG مجلس البستان] جهود المتطوعين في القرية كلها»."
    document, found = read_example(text, MINTER)
    claims = find_claims(document, found, patterns, MINTER, {}).claims
    assert [(c.relation, c.subject.label) for c in claims] == [
        ("issuedBy", "بيان هيئة المثال"),
        ("supported", "مجلس البستان"),
    ]


def test_an_agreement_with_one_party_is_nobodys(patterns: Patterns) -> None:
    document, found = read_example("ناقش الناس الهدنة مع [PLACE رمانيا] في السوق القديم.", MINTER)
    claims = find_claims(document, found, patterns, MINTER, {}).claims
    assert [claim for claim in claims if claim.relation == "agreedOn"] == []


@pytest.mark.parametrize(
    ("text", "stances"),
    [
        (
            "ندد [PERSON سالم الراوي] أمس في صفحته على موقع تويتر بقيام بعض التجار بهدم الجسر.",
            [("سالم الراوي", "قيام بعض التجار بهدم الجسر")],
        ),
        (
            "وانتقد [PERSON سالم الراوي] في حديث للصحيفة سياسة البلدية في القرى.",
            [("سالم الراوي", "سياسة البلدية في القرى")],
        ),
        (
            "أعلنت [ORG حركة النهر]، و[ORG حزب القلم]، و[ORG هيئة المثال]، عن بدء أعمال الجسر.",
            [
                ("حركة النهر", "بدء أعمال الجسر"),
                ("حزب القلم", "بدء أعمال الجسر"),
                ("هيئة المثال", "بدء أعمال الجسر"),
            ],
        ),
    ],
)
def test_a_stance_is_read_past_where_it_was_told(
    text: str, stances: list[tuple[str, str]], patterns: Patterns
) -> None:
    document, found = read_example(text, MINTER)
    claims = find_claims(document, found, patterns, MINTER, {}).claims
    assert [(claim.subject.label, claim.object.label) for claim in claims] == stances


def test_each_measure_agreed_on_is_one() -> None:
    text = (
        "اتفق [PERSON سالم الراوي] و[PERSON ليلى العابد] على السعي إلى الصلح والتحضير للموسم، وإصلاح الجسر."
    )
    agreed = {(who, what) for _, who, what in told(text, {"agreedOn"})}
    measures = {"السعي إلى الصلح", "التحضير للموسم"}
    assert agreed == {(who, what) for who in ("سالم الراوي", "ليلى العابد") for what in measures}
    plain = "اتفقت [PLACE رمانيا] و[PLACE بستانيا] على تدريب وتسليح الحراس."
    assert {what for _, _, what in told(plain, {"agreedOn"})} == {"تدريب وتسليح الحراس"}
