"""Who publishes a page without a profile: rights, issue, banner, dateline; whom it takes its text from."""

from __future__ import annotations

from pathlib import Path

import pytest

from musnad.model import Claim
from musnad.project import Project
from musnad.reading import read_document, read_sources
from musnad.understanding import Knowledge
from musnad.understanding.lengths import LONGEST, bounded
from musnad.understanding.readers import Reader
from musnad.understanding.sentences import Token

PROJECT = Project(Path(__file__).parents[1])
SOURCES = read_sources(PROJECT)
TITLE = "القرى تتفق على طريق السوق"  # the villages agree on the road to the market
TEXT = (  # an invented body says that a meeting of villages will be held, and that a road will be mended
    "أعلنت هيئة المثال أن لقاء القرى سينعقد في القاعة الكبرى، وأن فلان الفلاني سيرأس الوفد.\n\n"
    "وأضافت الهيئة أن اللقاء سيبحث إصلاح الطريق الذي يصل البلدة بالسوق قبل نهاية الموسم الحالي."
)


def claims_of(page: str, knowledge: Knowledge, relation: str) -> list[Claim]:
    document = read_document(page, "page.txt", SOURCES)
    return [claim for claim in Reader().understand(document, knowledge).claims if claim.relation == relation]


def names(page: str, knowledge: Knowledge, relation: str = "publishedBy") -> list[str]:
    return [claim.object.label for claim in claims_of(page, knowledge, relation)]


@pytest.mark.parametrize(
    ("head", "foot", "outlet"),
    [
        ("", "جميع الحقوق محفوظة © موقع المثال 2020", "موقع المثال"),
        ("", "حقوق النشر محفوظة لموقع المثال 2020", "موقع المثال"),
        ("صحيفة المثال - العدد: 311 - 9/6/2011", "", "صحيفة المثال"),
        ("شبكة أخبار المثال", "", "شبكة أخبار المثال"),
        ("دمشق – المثال نيوز:", "", "المثال نيوز"),
        ("خاص – المثال برس", "", "المثال برس"),
    ],
)
def test_the_lines_of_a_page_name_its_publisher(
    head: str, foot: str, outlet: str, knowledge: Knowledge
) -> None:
    below = head if "–" in head else ""
    above = "" if below else head
    page = f"{above}\n\n{TITLE}\n\n{below}\n{TEXT}\n\n{foot}\n"
    assert names(page, knowledge) == [outlet]


@pytest.mark.parametrize(
    "line",
    ["جميع الحقوق محفوظة", "دمشق – فلان الفلاني:", "دمشق – وكالات:", "بيروت (رويترز) -", "محافظات – أ ف ب:"],
)
def test_a_line_that_names_no_outlet_of_its_own_gives_no_publisher(line: str, knowledge: Knowledge) -> None:
    assert names(f"{TITLE}\n\n{line}\n{TEXT}\n", knowledge) == []


def test_the_agency_that_everybody_prints_is_whom_the_text_is_taken_from(knowledge: Knowledge) -> None:
    assert names(f"{TITLE}\n\nدمشق: أ ف ب\n{TEXT}\n", knowledge, "reportedBy") == ["وكالة فرانس برس"]  # AFP


def test_an_outlet_quoted_in_a_sentence_of_its_own_is_the_source(knowledge: Knowledge) -> None:
    page = f"{TITLE}\n\n{TEXT} نقلا عن وكالة الأناضول.\n"  # quoting the agency Anadolu
    assert names(page, knowledge, "reportedBy") == ["وكالة الأناضول"]


def test_the_date_is_cited_where_the_page_shows_it(knowledge: Knowledge) -> None:
    page = f"{TITLE}\nJuly 12, 2017\n\n{TEXT}\n"
    (claim,) = claims_of(page, knowledge, "publishedOn")
    assert (claim.object.label, page[claim.start : claim.end]) == ("2017-07-12", "July 12, 2017")


def test_a_sentence_that_no_mark_ends_is_cut_at_its_marks() -> None:
    tokens = [Token("," if place % 50 == 49 else "كلمة", place, place + 1) for place in range(1000)]  # word
    parts = [*bounded([tokens])]
    assert [token for part in parts for token in part] == tokens
    assert all(len(part) <= LONGEST for part in parts)
    assert all(part[-1].text == "," for part in parts)


def test_an_outlet_that_a_late_sentence_quotes_did_not_give_the_text(knowledge: Knowledge) -> None:
    told = " ".join(["وأضافت الهيئة أن الطريق سيصل البلدة بالسوق قبل نهاية الموسم."] * 9)
    late = f"{TITLE}\n\n{told} ونقلت صحيفة الحياة عن فلان الفلاني أن الطريق طويل."
    early = f"{TITLE}\n\nنقلت صحيفة الحياة عن فلان الفلاني أن الطريق طويل. {told}"
    assert not names(late, knowledge, "reportedBy")
    assert names(early, knowledge, "reportedBy")


@pytest.mark.parametrize(
    "told",
    [
        "وعلمت «عكاظ» من تجار السوق أن الطريق طويل.",  # «Okaz» has learnt
        "وقال فلان الفلاني في اتصال هاتفي أجرته معه «عكاظ» إن الطريق طويل.",  # a call of «Okaz» with him
        "وقال فلان الفلاني لـ«عكاظ» إن الطريق طويل.",
    ],
)
def test_a_paper_that_asked_or_learnt_published_the_text(told: str, knowledge: Knowledge) -> None:
    assert names(f"{TITLE}\n\n{TEXT}\n\n{told}", knowledge) == ["صحيفة عكاظ"]


def test_a_television_that_somebody_spoke_to_did_not_publish_the_text(knowledge: Knowledge) -> None:
    told = "وقال فلان الفلاني في تصريحات لتلفزيون العربية إن الطريق طويل."  # to the television
    assert names(f"{TITLE}\n\n{TEXT}\n\n{told}", knowledge) == []
