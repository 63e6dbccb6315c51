"""Nobody is given words that somebody else said, asked about, or accused them of."""

from __future__ import annotations

import pytest

from musnad.understanding import Patterns
from test_speakers import speakers

NAME = "[PERSON سالم الراوي]"


@pytest.mark.parametrize(
    "text",
    [
        f"قال رجل يعمل مع الوزير {NAME} إن السوق مغلق.",
        f"قالت امرأة التقت الوزير {NAME} إن السوق مغلق.",
        f"قال كاتب يعارض الرئيس {NAME} إن السوق مغلق.",
        f"قالت صحيفة يملكها {NAME} إن السوق مغلق.",
        f"دعت منظمة أسسها {NAME} إلى هدنة.",
        f"وكان وزير محلي أبلغ {NAME} أن السوق مغلق.",
        f"قال كاتب ينتقد الوزير {NAME} كثيرا إن السوق مغلق.",
        f"أخبر المبعوث الوزير {NAME} أن السوق مغلق.",
        f"أبلغ الوزير {NAME} بأن السوق مغلق.",
        f"رد الوزير {NAME} على من يقول إن السوق مغلق.",
        f"سخر {NAME} من الصحيفة التي قالت إن السوق مغلق.",
        f"وعاتب {NAME} كل من يقول إن السوق مغلق.",
        f"سأل الصحفي الوزير {NAME} إن كان السوق مغلقا.",
        f"تساءل الوزير {NAME} إن كانت السوق مغلقة.",
        f"اتهمت الصحيفة الوزير {NAME} بأنه قال إن السوق مغلق.",
    ],
)
def test_a_name_beside_the_verb_is_not_always_who_speaks(text: str, patterns: Patterns) -> None:
    assert "سالم الراوي" not in speakers(text, patterns)


@pytest.mark.parametrize(
    "text",
    [
        f"قال الوزير {NAME} إن السوق مغلق.",
        f"أبلغ الوزير {NAME} [ORG هيئة المثال] بأن السوق مغلق.",
        f"أخبر الوزير {NAME} الصحفيين أن السوق مغلق.",
        f"وصل شخص قال الوزير {NAME} إنه صاحب السوق.",
        f"وكان {NAME} أول من قال إن السوق مغلق.",
        f"قال أحد الباعة ويدعى {NAME} إن السوق مغلق.",
        f"قال {NAME} إن كان السوق مغلقا فسوف يعود غدا.",
        f"واتهمت الصحيفة {NAME}، وقال {NAME} إن السوق مغلق.",
    ],
)
def test_whoever_speaks_keeps_the_words(text: str, patterns: Patterns) -> None:
    assert "سالم الراوي" in speakers(text, patterns)
