"""Where one statement ends and the next begins, and what an interview says."""

from __future__ import annotations

import pytest

from musnad.understanding.examples import describe, read_example
from told import MINTER, read_claims


def statements(text: str) -> list[str]:
    claims = read_claims(*read_example(text, MINTER))
    acts = {"stated", "demanded", "planned", "denied", "announced"}
    return [describe(claim) for claim in claims if claim.relation in acts]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("قال [PERSON سالم الراوي]: «الجسر يربط القريتين، والعمال يبنون السوق».",
         ["الجسر يربط القريتين", "العمال يبنون السوق"]),
        ("قال [PERSON سالم الراوي]: «الجسر يربط القريتين، والطريق غير آمن في الليل».",
         ["الجسر يربط القريتين", "الطريق غير آمن في الليل"]),
        ("قال [PERSON سالم الراوي] إن الجسر يربط القريتين فالطريق القديم لم يعد آمنا.",
         ["الجسر يربط القريتين", "فالطريق القديم لم يعد آمنا"]),
        ("قال [PERSON سالم الراوي]: «الجسر يربط القريتين، ومن المتوقع أن يزيد عدد الزوار».",
         ["الجسر يربط القريتين", "من المتوقع أن يزيد عدد الزوار"]),
        ("قال [PERSON سالم الراوي]: «القافلة تنتظر قرب السوق وحاليا نوزع القمح على البيوت».",
         ["القافلة تنتظر قرب السوق", "حاليا نوزع القمح على البيوت"]),
        ("قال [PERSON سالم الراوي] إن الطريق لن يتأثر كثيرا بالمطر، باعتبار أن الجسر بني من الحجر.",
         ["الطريق لن يتأثر كثيرا بالمطر", "الجسر بني من الحجر"]),
        ("قال [PERSON سالم الراوي] إن القمح وصل إلى السوق، بينما ينتظر التجار قافلة أخرى.",
         ["القمح وصل إلى السوق", "بينما ينتظر التجار قافلة أخرى"]),
        ("قال [PERSON سالم الراوي] إن القمح وصل إلى السوق، بينما أكد [PERSON نادر الشامخ] أن القافلة بعيدة.",
         ["القمح وصل إلى السوق", "القافلة بعيدة"]),
        ("قال [PERSON سالم الراوي]: «البلدية أصلحت السوق القديم وتواصل فتح الطريق الآخر».",
         ["البلدية أصلحت السوق القديم", "تواصل فتح الطريق الآخر"]),
        ("قال [PERSON سالم الراوي]: «القافلة تأخرت عن موعد السوق وهذا غير مقبول أبدا».",
         ["القافلة تأخرت عن موعد السوق", "هذا غير مقبول أبدا"]),
        ("قال [PERSON سالم الراوي]: «يرفض التجار فتح السوق في الليل وهو أمر غريب جدا».",
         ["يرفض التجار فتح السوق في الليل", "هو أمر غريب جدا"]),
        # one subject, a list, a condition, an aim: one statement
        ("قال [PERSON سالم الراوي]: «القافلة تنتظر التجار لتعود إلى القرية وتحمل القمح إلى السوق».",
         ["القافلة تنتظر التجار لتعود إلى القرية وتحمل القمح إلى السوق"]),
        ("قال [PERSON سالم الراوي]: «القرية تنتظر القافلة التي تحمل القمح وتعود في كل شهر».",
         ["القرية تنتظر القافلة التي تحمل القمح وتعود في كل شهر"]),
        ("قال [PERSON سالم الراوي]: «الجسر يربط القريتين والسوق القديم».",
         ["الجسر يربط القريتين والسوق القديم"]),
        ("قال [PERSON سالم الراوي]: «إذا فاض النهر فالجسر القديم لن يصمد».",
         ["إذا فاض النهر فالجسر القديم لن يصمد"]),
        ("قال [PERSON سالم الراوي] إن الشبان والشابات يجتمعون في السوق.",
         ["الشبان والشابات يجتمعون في السوق"]),
    ],
)  # fmt: skip
def test_a_clause_with_a_subject_of_its_own_is_a_statement(text: str, said: list[str]) -> None:
    assert [words.split(" | ")[1].strip("و«».") for words in statements(text)] == said


ASKED = """حاورت الصحيفة المهندس [PERSON سالم الراوي] في مكتبه.
• متى يفتح الجسر؟
•• الجسر مفتوح منذ أسبوع كامل.
• يقول بعضهم إن الطريق خطر
•• نعم، الطريق بلا حراس في الليل.
• ومن يصلح السوق؟
•• البلدية تصلح السوق كل عام.
"""


def test_the_guest_of_an_interview_says_the_answers_and_not_the_questions() -> None:
    said = [words.split(" | ")[:2] for words in statements(ASKED)]
    assert said == [
        ["سالم الراوي", "الجسر مفتوح منذ أسبوع كامل"],
        ["سالم الراوي", "الطريق بلا حراس في الليل"],
        ["سالم الراوي", "البلدية تصلح السوق كل عام"],
    ]


def test_the_questions_of_a_column_are_no_interview() -> None:
    asked = "قال [PERSON سالم الراوي] إن الجسر مفتوح منذ أسبوع.\n"
    column = asked + "من بنى الجسر؟\nبناه أهل القرية قديما.\n" * 3
    assert len(statements(column)) == 1


@pytest.mark.parametrize(
    ("said", "put"),
    [
        ("إن القافلة تأخرت، وقد يكون الطريق مقطوعا.", [("positive", "asserted"), ("positive", "possible")]),
        ("إنه من غير الممكن إصلاح الجسر في الشتاء.", [("negative", "opinion")]),
        ("إنه إذا لم تصل القافلة فإن السوق مهدد.", [("positive", "conditional")]),
        ("إنه إذا وصلت القافلة فلن تجد السوق مفتوحا.", [("negative", "conditional")]),
        ("إن القافلة تحمل القمح وليس فقط الزيت.", [("positive", "asserted")]),
    ],
)
def test_what_is_negated_is_the_main_clause(said: str, put: list[tuple[str, str]]) -> None:
    claims = read_claims(*read_example(f"قال [PERSON سالم الراوي] {said}", MINTER))
    assert [(claim.polarity, claim.modality) for claim in claims] == put
