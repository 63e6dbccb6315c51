"""What the guard, the brother or an opponent of somebody says and does is not said and done by them."""

from __future__ import annotations

import pytest

from musnad.understanding.entourage import told_of
from musnad.understanding.examples import read_example
from told import MINTER, patterns, read_claims

WHOSE = (
    "حارس",
    "طبيب",
    "خصم",
    "صهر",
    "ابن عم",
    "سكرتير",
)  # guard, doctor, opponent, in-law, cousin, secretary


def ends(text: str) -> set[str]:
    """Return who is subject, object or speaker of the claims of an example."""
    claims = read_claims(*read_example(text, MINTER))
    return {end.label for claim in claims for end in (claim.subject, claim.object, claim.speaker)}


@pytest.mark.parametrize("whose", WHOSE)
@pytest.mark.parametrize(
    "sentence",
    [
        "قال {} الرئيس الكرومي [PERSON سالم الراوي] إن الجسر مغلق.",
        "قال {} [PERSON سالم الراوي] إن الجسر مغلق.",
        "اغتال مسلحون {} الوزير [PERSON سالم الراوي].",
        "رفض {} الرئيس [PERSON سالم الراوي] خطة الجسر.",
        "شارك {} الرئيس الكرومي [PERSON سالم الراوي] في [EVENT مؤتمر البستان].",
    ],
)
def test_what_others_do_is_not_done_by_whose_they_are(sentence: str, whose: str) -> None:
    assert "سالم الراوي" not in ends(sentence.format(whose))


@pytest.mark.parametrize(
    "whose", ["أحد مساعدي", "ممثل", "الناطق باسم"]
)  # an aide of, the delegate, spokesman of
def test_an_envoy_of_a_name_without_a_title_is_not_that_person(whose: str) -> None:
    assert "سالم الراوي" not in ends(f"قال {whose} [PERSON سالم الراوي] إن الجسر مغلق.")
    assert "سالم الراوي" not in ends(f"التقى [PERSON نادر الشامخ] {whose} [PERSON سالم الراوي].")


def test_who_slew_somebodys_brother_was_not_slain() -> None:
    text = "قتل مسلحون مجهولون شقيق القيادي [PERSON سالم الراوي]."
    assert read_claims(*read_example(text, MINTER)) == ()
    both = read_claims(*read_example("قتل الوزير [PERSON سالم الراوي] وصهر المدير أمس.", MINTER))
    assert [claim.subject.label for claim in both] == ["سالم الراوي"]


def test_a_title_alone_leaves_the_name() -> None:
    assert "سالم الراوي" in ends("قال الرئيس الكرومي [PERSON سالم الراوي] إن الجسر مغلق.")
    assert "سالم الراوي" in ends("قال مستشار الرئيس الكرومي [PERSON سالم الراوي] إن الجسر مغلق.")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("مبعوث الرئيس الروسي [PERSON فلاديمير بوتين]", []),
        ("المبعوث الخاص للرئيس الروسي [PERSON فلاديمير بوتين]", []),
        ("المتحدث باسم الرئيس [PERSON بوتين]", []),
        ("الرئيس الروسي [PERSON فلاديمير بوتين]", ["فلاديمير بوتين"]),
        ("مبعوث الرئيس الروسي [PERSON سالم الراوي]", ["سالم الراوي"]),
        (
            "مبعوث الرئيس الروسي [PERSON فلاديمير بوتين]، [PERSON سالم الراوي]",
            ["فلاديمير بوتين", "سالم الراوي"],
        ),
    ],
)
def test_the_envoy_of_a_head_of_state_is_somebody_else(text: str, names: list[str]) -> None:
    document, found = read_example(text, MINTER)
    left = told_of(found.mentions, document.text, patterns().words)
    assert [mention.label for mention in left if mention.type == "PERSON"] == names


@pytest.mark.parametrize("whose", ["أنصار", "مؤيدو", "خصوم"])  # supporters, backers, foes
@pytest.mark.parametrize(
    "sentence",
    [
        "وقال {} الرئيس الكرومي [PERSON سالم الراوي] إن الجسر مغلق منذ يومين.",
        "{} الرئيس الكرومي [PERSON سالم الراوي] قالوا إن الجسر مغلق منذ يومين.",
    ],
)
def test_partisans_speak_together(sentence: str, whose: str) -> None:
    claims = read_claims(*read_example(sentence.format(whose), MINTER))
    said = [claim.speaker.label for claim in claims if claim.relation == "stated"]
    assert said == [f"{whose} الرئيس الكرومي سالم الراوي"]
