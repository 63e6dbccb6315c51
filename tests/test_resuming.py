"""Who goes on speaking fits the verb: «she said» is none of the man who spoke before."""

from __future__ import annotations

import pytest

from musnad.iri import Minter
from musnad.understanding.claims import find_claims
from musnad.understanding.examples import read_example
from musnad.understanding.patterns import Patterns

MINTER = Minter()
SPEECH = {"stated", "demanded", "denied", "announced", "planned"}


def speakers(text: str, patterns: Patterns) -> list[str]:
    document, found = read_example(text, MINTER)
    claims = find_claims(document, found, patterns, MINTER, {}).claims
    return [claim.speaker.label for claim in claims if claim.relation in SPEECH]


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
        ("أعلنت [ORG هيئة المثال] أن السوق مفتوح للجميع. وأضاف البيان أن الجسر آمن. وأشار إلى أن القرى بعيدة.",
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
