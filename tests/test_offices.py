"""What an office is of, and what is doubted of a list that counts otherwise."""

from pathlib import Path

import pytest

from musnad.iri import Minter
from musnad.model import Claim
from musnad.understanding import read_patterns
from musnad.understanding.claims import find_claims
from musnad.understanding.examples import read_example
from told import told

PATTERNS = read_patterns(Path(__file__).parents[1] / "mappings" / "claims")
MINTER = Minter("https://example.org/")


def claims_of(text: str, relation: str) -> list[Claim]:
    document, found = read_example(text, MINTER)
    return [c for c in find_claims(document, found, PATTERNS, MINTER, {}).claims if c.relation == relation]


@pytest.mark.parametrize(
    ("text", "role", "of", "status"),
    [
        ("وصل نائب مدير الأسواق [PERSON سالم الراوي].", "نائب مدير الأسواق", "نائب مدير الأسواق", ""),
        ("وصل سفير [PLACE رمانيا] السابق [PERSON سالم الراوي].", "سفير رمانيا السابق", "رمانيا", "former"),
        ("قال [PERSON سالم الراوي]، الناطق باسم [ORG دار القلم].", "الناطق باسم دار القلم", "دار القلم", ""),
        ("وصل مدير مكتب [ORG هيئة المثال] في [PLACE كروم] [PERSON سالم الراوي].",
         "مدير مكتب هيئة المثال في كروم", "هيئة المثال", ""),
    ],
)  # fmt: skip
def test_an_office_is_read_whole(text: str, role: str, of: str, status: str) -> None:
    (claim,) = claims_of(text, "holdsRole")
    assert (claim.role, claim.object.label, claim.role_status) == (role, of, status)


@pytest.mark.parametrize(
    "text",
    [
        "وصلت زوجة رئيس [ORG هيئة المثال] [PERSON هند الواسعة].",
        "التقى [PERSON سالم الراوي] رئيس [ORG هيئة المثال].",
        "قال رئيس [ORG هيئة المثال] إن [PERSON سالم الراوي] غائب.",
    ],
)
def test_an_office_of_another_is_not_given_to_the_name(text: str) -> None:
    assert claims_of(text, "holdsRole") == []


def test_whom_an_envoy_is_sent_by_is_the_president_and_no_envoy() -> None:
    (claim,) = claims_of("وصل المبعوث الخاص للرئيس [PERSON سالم الراوي].", "holdsRole")
    assert claim.object.label == "رئيس"


@pytest.mark.parametrize(
    ("text", "of"),
    [
        ("وصل [PERSON سالم الراوي] وزير الداخلية إلى [PLACE كروم] أمس.", "وزير الداخلية"),
        ("تحدث [PERSON سالم الراوي] وزير الماء عن [ORG هيئة المثال].", "وزير الماء"),
        ("قالت المستشارة الرمانية [PERSON ليلى العابد] في [PLACE رمانيا] ذلك.", "رمانيا"),
        ("التقى الوزير بنظيره الرماني [PERSON سالم الراوي] في [PLACE رمانيا].", "رمانيا"),
        ("التقت الوزيرة بنظيرها الرماني [PERSON سالم الراوي] في [PLACE رمانيا].", "رمانيا"),
        ("أوضح [ORG حزب القلم] أن اللجنة تضم الأمين العام [PERSON سالم الراوي].", "حزب القلم"),
    ],
)  # fmt: skip
def test_an_office_ends_where_an_errand_begins(text: str, of: str) -> None:
    (claim,) = claims_of(text, "holdsRole")
    assert claim.object.label == of


def test_a_minister_sent_to_somebody_is_another() -> None:
    assert claims_of("نقل تحيات وزير الداخلية إلى أخيهما الشاعر [PERSON سالم الراوي].", "holdsRole") == []


NAMES = "، ".join(f"[PERSON {name}]" for name in ("سالم الراوي", "ليلى العابد", "هند الواسعة"))


@pytest.mark.parametrize(
    ("count", "note"),
    [
        ("3 أعضاء", ""),
        ("4 أعضاء", "its words count 4, its list 3"),
        ("ثلاثة أعضاء", ""),
        ("أربعة عشر عضواً", "its words count 14, its list 3"),
        ("خمسة وعشرين عضواً", "its words count 25, its list 3"),
    ],
)
def test_a_list_that_counts_otherwise_is_doubtful_and_says_why(count: str, note: str) -> None:
    claims = claims_of(f"ضم [ORG وفد المثال] {count} هم: {NAMES}.", "memberOf")
    certainty = "doubtful" if note else "sure"
    assert [(claim.certainty, claim.note) for claim in claims] == [(certainty, note)] * 3


def test_a_list_of_some_members_is_not_counted() -> None:
    claims = claims_of(f"ضم [ORG وفد المثال] عشرين عضواً من بينهم: {NAMES}.", "memberOf")
    assert {claim.note for claim in claims} == {""}


def test_bodies_that_send_members_are_members_themselves() -> None:
    text = "تتكون [ORG هيئة المثال] من 7 أعضاء، هم أربعة من [ORG حزب القلم]، وثلاثة من [ORG حركة النهر]."
    assert [claim.subject.label for claim in claims_of(text, "memberOf")] == ["حزب القلم", "حركة النهر"]


def test_whoever_is_elected_holds_the_office_and_whoever_went_before_held_it() -> None:
    text = (
        "انتخب [ORG حزب القلم] [PERSON سالم الراوي] رئيساً له، خلفاً لـ[PERSON نادر الشامخ]، "
        "و[PERSON ليلى العابد] أمينة عامة."
    )
    appointed = [claim.subject.label for claim in claims_of(text, "appointed")]
    held = {(claim.subject.label, claim.role_status) for claim in claims_of(text, "holdsRole")}
    assert appointed == ["سالم الراوي", "ليلى العابد"]
    assert held == {("سالم الراوي", ""), ("ليلى العابد", ""), ("نادر الشامخ", "former")}
    assert claims_of(text, "successorOf") == []


def test_an_office_that_is_only_planned_is_not_held() -> None:
    text = "من المقرر انتخاب [PERSON سالم الراوي] رئيساً لـ[ORG حزب القلم]."
    assert claims_of(text, "holdsRole") == []


def test_names_on_lines_of_their_own_are_a_list() -> None:
    text = "أعضاء [ORG وفد المثال]:\n[PERSON سالم الراوي]\nالدكتورة [PERSON ليلى العابد]\nوصل القطار."
    assert len(claims_of(text, "memberOf")) == 2


def test_the_delegation_is_none_where_two_were_named() -> None:
    text = "التقى [ORG وفد المثال] [ORG وفد القرى]. وقال رئيس الوفد [PERSON سالم الراوي] ذلك."
    assert claims_of(text, "headOfDelegation") == []


def test_an_adjective_of_an_office_is_no_profession() -> None:
    text = "قالت مستشارة [PERSON سالم الراوي] السياسية [PERSON هند الواسعة] ذلك."
    held = [(claim.subject.label, claim.object.label) for claim in claims_of(text, "holdsRole")]
    assert held == [("هند الواسعة", "مستشارة سالم الراوي السياسية")]


def test_who_appoints_is_not_what_the_office_is_of() -> None:
    text = "غابت [ORG دار الورد]. رحبت الصحف بتعيين [ORG هيئة المثال] [PERSON سالم الراوي] مبعوثاً جديداً."
    assert told(text, {"holdsRole"}) == [("holdsRole", "سالم الراوي", "مبعوثاً جديداً")]
