"""Who goes on speaking fits the verb: «she said» is none of the man who spoke before."""

from __future__ import annotations

import pytest

from musnad.iri import Minter
from musnad.understanding.claims import find_claims
from musnad.understanding.examples import read_example
from musnad.understanding.patterns import Patterns

MINTER = Minter()
SPEECH = {"stated", "demanded", "denied", "announced", "planned"}


def claims(text: str, patterns: Patterns) -> list[tuple[str, str, str, str, str]]:
    document, found = read_example(text, MINTER)
    read = find_claims(document, found, patterns, MINTER, {}).claims
    said = (claim for claim in read if claim.relation in SPEECH)
    return [(c.relation, c.speaker.label, c.object.label, c.polarity, c.modality) for c in said]


def speakers(text: str, patterns: Patterns) -> list[str]:
    return [each[1] for each in claims(text, patterns)]


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("قال [PERSON سالم الراوي] إن السوق مفتوح للجميع. ولفت إلى أن الجسر آمن تماماً.", ["سالم الراوي"] * 2),
        ("قالت [PERSON ليلى العابد] إن السوق مفتوح للجميع. ولفتت إلى أن الجسر آمن تماماً.",
         ["ليلى العابد"] * 2),
        ("وقال ناشطون إن السوق مغلق. ورسمت [ORG وكالة الشرفة] صورة أخرى. وقالت إن الجسر آمن للقوافل.",
         ["ناشطون", "وكالة الشرفة"]),
        ("وفي القرى أيضا، وجهت [ORG هيئة المثال] نداء لحماية الماء. وأضافت أن الماء مقطوع.",
         ["هيئة المثال"]),
        ("وعلمت [OUTLET صحيفة المنارة] أن [PERSON سالم الراوي] افتتح السوق أمس، مشيراً إلى أن الجسر آمن.",
         ["صحيفة المنارة", "سالم الراوي"]),
        ("وقالت [PERSON ليلى العابد] إن السوق مفتوح للجميع، مشيراً إلى أن الجسر آمن تماماً.",
         ["ليلى العابد"] * 2),
        ("وذكر موقع [OUTLET صحيفة المنارة] أن السوق مفتوح للجميع. وأشارت إلى أن الجسر آمن تماماً.",
         ["صحيفة المنارة"] * 2),
        ("أعلنت [ORG هيئة المثال] أن السوق مفتوح. وأضاف البيان أن الجسر آمن. وأشار إلى أن الماء قليل.",
         ["هيئة المثال"] * 3),
    ],
)  # fmt: skip
def test_who_goes_on_fits_the_verb(text: str, who: list[str], patterns: Patterns) -> None:
    assert speakers(text, patterns) == who


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("قالت [PERSON ليلى العابد] إن السوق مفتوح للجميع. وقال في كلمته إن الجسر آمن تماماً.",
         ["ليلى العابد"]),
        ("ودمرت [ORG هيئة المثال] الجسر القديم. وقال إن السوق مفتوح للجميع.", []),
    ],
)  # fmt: skip
def test_nobody_goes_on_with_a_verb_of_another(text: str, who: list[str], patterns: Patterns) -> None:
    assert speakers(text, patterns) == who


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("ووصف الوزير [PERSON نادر الشامخ] بأنه «رجل القرى كلها».", "الوزير نادر الشامخ بأنه رجل القرى كلها"),
        ("واتهم [ORG هيئة المثال] بإغلاق الطريق القديم.", "هيئة المثال بإغلاق الطريق القديم"),
    ],
)
def test_the_only_name_beside_a_verdict_is_whom_it_tells_of(
    text: str, words: str, patterns: Patterns
) -> None:
    found = claims(f"قال [PERSON سالم الراوي] إن السوق قريب. {text}", patterns)
    assert ("stated", "سالم الراوي", words) in {each[:3] for each in found}
    assert {each[1] for each in found} == {"سالم الراوي"}


@pytest.mark.parametrize(
    ("words", "put"),
    [
        ("جمع هؤلاء التجار معا لا بد أن يؤدي إلى خلافات كثيرة", ("stated", "positive", "asserted")),
        ("لا بد أن يعود التجار إلى السوق قريبا", ("demanded", "positive", "demanded")),
        ("هناك نقاطا في البيان كان يجب إدخال تعديلات عليها", ("stated", "positive", "asserted")),
        ("الجسر آمن للقوافل كما يجب في الشتاء", ("stated", "positive", "asserted")),
        ("البيان الأخير يلمح إلى ضرورة إصلاح الجسر القديم", ("stated", "positive", "asserted")),
        ("القافلة كانت بدون شك داخل القرية مساء", ("stated", "positive", "asserted")),
        ("القافلة كانت بدون ماء داخل القرية مساء", ("stated", "negative", "asserted")),
        ("الخطة القديمة لا يمكن إلا أن تكون خطة التجار", ("stated", "positive", "possible")),
        ("الخطة القديمة لا يمكن أن تكون خطة التجار", ("stated", "negative", "possible")),
        ("التجار وغير التجار في القرية باعوا القمح كله", ("stated", "positive", "asserted")),
    ],
)  # fmt: skip
def test_how_words_are_put(words: str, put: tuple[str, str, str], patterns: Patterns) -> None:
    found = claims(f"قال [PERSON سالم الراوي] إن {words}.", patterns)
    assert [(each[0], *each[3:]) for each in found] == [put]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("وأنكر [PERSON سالم الراوي] الشريك في المعمل -في لقاء مع صحيفة- أن تكون الرسالة قديمة.",
         [("denied", "تكون الرسالة قديمة")]),
        ("وسيدين [ORG مجلس البستان] مجددا وبقوة استمرار أعمال الهدم في السوق.", []),
        ("وسقط صاروخ قرب [ORG هيئة المثال]، وانفجر صاروخ يعتقد بأنه من نوع قديم على القرية.", []),
        ("زارت [ORG هيئة المثال] القرى. ويرجح أن يدعو التجار إلى فتح السوق قريبا.", []),
        ("قال [PERSON سالم الراوي] إنه اتبع خطة قديمة وعبر عن اعتقاده بأن الطريق سيفتح.",
         [("stated", "اتبع خطة قديمة"), ("stated", "اعتقاده بأن الطريق سيفتح")]),
        ("قال [PERSON سالم الراوي] إن التجار باعوا السوق كله، ووصف الطريقة التي بيع بها بالغبية.",
         [("stated", "التجار باعوا السوق كله"), ("stated", "الطريقة التي بيع بها بالغبية")]),
        ("قال [PERSON سالم الراوي] إن «خطوات أخرى» قد تتخذ، في تهديد مبطن بإغلاق الطريق.",
         [("stated", "خطوات أخرى قد تتخذ")]),
        ("وفيما تتابع [ORG هيئة المثال] الضغط شمالا، قالت مصادر محلية إن الطريق مغلق منذ يومين.",
         [("stated", "الطريق مغلق منذ يومين")]),
        ("وزاد التوتر بين [PLACE رمانيا] و[PLACE سهلان] بشكل هدد بنشوب نزاع كبير بين الطرفين.", []),
        ("إقفال [ORG هيئة المثال] يفقد السوق أبرز أركانه : بيع الجسر كله للتجار.", []),
    ],
)  # fmt: skip
def test_words_that_no_verb_of_speech_opens(
    text: str, expected: list[tuple[str, str]], patterns: Patterns
) -> None:
    assert [(each[0], each[2]) for each in claims(text, patterns)] == expected
