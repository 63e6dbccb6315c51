"""The line under a headline, and the outlets whose words a text passes on."""

from __future__ import annotations

from pathlib import Path

import pytest

from musnad.project import Project
from musnad.reading import read_document, read_sources
from musnad.understanding import Knowledge
from musnad.understanding.bylines import is_agency
from musnad.understanding.readers import Reader

PROJECT = Project(Path(__file__).parents[1])
SOURCES = read_sources(PROJECT)
TITLE = "القرى تتفق على طريق السوق"  # the villages agree on the road to the market
TEXT = (  # an invented body says that a meeting of villages will be held, and that a road will be mended
    "أعلنت هيئة المثال أن لقاء القرى سينعقد في القاعة الكبرى، وأن فلان الفلاني سيرأس الوفد.\n\n"
    "وأضافت الهيئة أن اللقاء سيبحث إصلاح الطريق الذي يصل البلدة بالسوق قبل نهاية الموسم الحالي."
)


def names(page: str, knowledge: Knowledge) -> dict[str, list[str]]:
    document = read_document(page, "page.txt", SOURCES)
    found: dict[str, list[str]] = {"publishedBy": [], "reportedBy": []}
    for claim in Reader().understand(document, knowledge).claims:
        if claim.relation in found:
            found[claim.relation].append(claim.object.label)
    return found


@pytest.mark.parametrize(
    ("line", "houses", "agencies"),
    [
        ("عمان: رويترز", [], ["وكالة رويترز"]),
        ("عواصم - وكالات", [], ["وكالات"]),
        ("الدوحة: واس", [], ["وكالة الأنباء السعودية"]),
        ("بيروت: «صحيفة الأمثال»", ["صحيفة الأمثال"], []),
        ("المثال - أ ف ب:", ["المثال"], ["وكالة فرانس برس"]),
        ("«المثال» من الرياض", ["المثال"], []),
        ("بيروت: فلان الفلاني", [], []),
        ("الرياض - فلان الفلاني", [], []),
        ("الدوحة: { المثال الجديد}", ["المثال الجديد"], []),
        ("أبها: الوطن", ["الوطن"], []),
        ("دبي - مكتب الرياض", ["الرياض"], []),
        ("فلان الفلاني- سبق- الرياض:", ["سبق"], []),
        ("الرياض 3 شوال 1436هـ الموافق 19 يوليو 2015م واس", ["وكالة الأنباء السعودية"], []),
    ],
)
def test_the_line_under_a_headline_is_cut_at_its_marks(
    line: str, houses: list[str], agencies: list[str], knowledge: Knowledge
) -> None:
    found = names(f"{TITLE}\n{line}\n\n{TEXT}\n", knowledge)
    assert [*map(plain, found["publishedBy"])] == houses
    assert found["reportedBy"] == agencies


def plain(label: str) -> str:
    return label.strip("«»")


@pytest.mark.parametrize(
    ("sentence", "outlets"),
    [
        ("وقال فلان الفلاني لوكالة المثال إن الطريق جاهز منذ عام.", ["وكالة المثال"]),
        ("ونقلت وكالة المثال عن مصدر في البلدية قوله إن الطريق جاهز.", ["وكالة المثال"]),
        ("والطريق جاهز منذ عام، بحسب ما ذكرت صحيفة الأمثال.", ["صحيفة الأمثال"]),
        ("وأكدت صحيفة الأمثال أن الطريق جاهز منذ عام.", ["صحيفة الأمثال"]),
        ("وقال في تصريحات نقلتها صحيفة الأمثال إن الطريق جاهز منذ عام.", ["صحيفة الأمثال"]),
        ("وأفاد مراسل صحيفة الأمثال بأن الطريق جاهز منذ عام.", ["صحيفة الأمثال"]),
        ("وكانت صحيفة الأمثال أول من كشف عن الطريق.", ["صحيفة الأمثال"]),
        ("وذكرت الصحف التركية أن الطريق جاهز منذ عام.", ["الصحف التركية"]),
        ("والطريق جاهز منذ عام، بحسب ما ذكر موقع قناة المثال.", ["قناة المثال"]),
        ("ونفت البلدية صحة ما أوردته صحيفة الأمثال عن الطريق.", []),
        ("وزار الوفد الصحف التركية في البلدة القديمة ظهر أمس.", []),
        ("وزار الوفد مقر صحيفة الأمثال في البلدة القديمة ظهر أمس.", []),
    ],
)
def test_an_outlet_whose_words_are_passed_on_is_credited(
    sentence: str, outlets: list[str], knowledge: Knowledge
) -> None:
    assert names(f"{TITLE}\n\n{TEXT}\n\n{sentence}\n", knowledge)["reportedBy"] == outlets


def test_the_own_outlet_of_a_page_is_not_quoted(knowledge: Knowledge) -> None:
    said = "وقال فلان الفلاني لموقع المثال إن الطريق جاهز."
    page = f"{TITLE}\n\n{TEXT} {said}\n\nجميع الحقوق محفوظة © موقع المثال 2020"
    assert names(page, knowledge) == {"publishedBy": ["موقع المثال"], "reportedBy": []}


@pytest.mark.parametrize(("words", "agency"), [("أ ف ب", True), ("الوكالات", True), ("رؤيا", False)])
def test_an_agency_is_what_everybody_prints(words: str, *, agency: bool) -> None:
    assert is_agency(words) is agency


def test_a_dateline_with_nothing_between_its_dashes_names_no_outlet(knowledge: Knowledge) -> None:
    page = f"{TITLE}\n\nعمان –\u00a0\u00a0– في 3 آذار 2016 {TEXT}"
    assert names(page, knowledge) == {"publishedBy": [], "reportedBy": []}
