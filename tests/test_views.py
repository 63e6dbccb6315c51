"""What a page holds of things, whom it was told to, and who speaks where no name stands beside the verb."""

from __future__ import annotations

from pathlib import Path

import pytest

from musnad.model import Claim
from musnad.project import Project
from musnad.reading import read_document, read_sources
from musnad.understanding import Knowledge
from musnad.understanding.readers import Reader

SOURCES = read_sources(Project(Path(__file__).parents[1]))
HEAD = "القرى تتفق على طريق السوق\n\nقرية المثال: «المنارة»\n\n"  # a title, and the line of its paper


def claims_of(body: str, knowledge: Knowledge, head: str = HEAD) -> list[Claim]:
    document = read_document(head + body + "\n", "page.txt", SOURCES)
    return list(Reader().understand(document, knowledge).claims)


def said(body: str, knowledge: Knowledge, head: str = HEAD) -> list[tuple[str, str]]:
    stated = (claim for claim in claims_of(body, knowledge, head) if claim.relation == "stated")
    return [(claim.subject.label, claim.object.label) for claim in stated]


@pytest.mark.parametrize(
    ("body", "view"),
    [
        (
            "وتمثل السوق القديمة أهمية كبيرة لأهل القرى كلها.",  # the market is of great weight
            "وتمثل السوق القديمة أهمية كبيرة لأهل القرى كلها",
        ),
        (
            "لكن الطريق الجديد لا يزال بعيداً عن بيوت الناس.",  # but the road is still far
            "الطريق الجديد لا يزال بعيداً عن بيوت الناس",
        ),
        (
            "يعكس هذا القرار رغبة الأهالي في بناء جسر كبير، خصوصاً أن النهر واسع.",  # it reflects a wish
            "يعكس هذا القرار رغبة الأهالي في بناء جسر كبير",
        ),
    ],
)
def test_what_a_page_weighs_is_its_own_view(body: str, view: str, knowledge: Knowledge) -> None:
    assert ("المنارة", view) in said(body, knowledge)


@pytest.mark.parametrize(
    "body",
    [
        "وصلت القافلة إلى السوق بعد أن عبرت الجسر الكبير.",  # an event
        "وتشكل المجلس القديم في نيسان 2014 من ثلاث قرى كبيرة.",  # a dated event
        "هل يمثل الطريق الجديد حلاً لأهل القرى كلها؟",  # a question
        "الماء هناك قليل جداً منذ أول الصيف الحار.",  # «there», not «there is»
    ],
)
def test_what_is_told_or_asked_is_no_view(body: str, knowledge: Knowledge) -> None:
    assert said(body, knowledge) == []


def test_nobody_holds_a_view_on_a_page_of_nobody(knowledge: Knowledge) -> None:
    head = "القرى تتفق على طريق السوق\n\n"  # the title alone
    assert said("وتمثل السوق القديمة أهمية كبيرة لأهل القرى كلها.", knowledge, head) == []


@pytest.mark.parametrize(
    ("body", "outlets"),
    [
        (
            "وقال مصدر مطلع لـ«المنارة» إن الجسر مغلق منذ الصباح.",
            ["المنارة"],
        ),  # a paper without its kind
        ("وقال مصدر مطلع لصحيفة «المنارة» إن الجسر مغلق منذ الصباح.", []),  # told «the paper X»: another's
        ("وقال مصدر مطلع لـ«حركة النهر» إن الجسر مغلق منذ الصباح.", []),  # a body, no outlet
    ],
)
def test_a_paper_names_itself_without_its_kind(body: str, outlets: list[str], knowledge: Knowledge) -> None:
    claims = claims_of(body, knowledge, "القرى تتفق على طريق السوق\n\n")
    assert [claim.object.label for claim in claims if claim.relation == "publishedBy"] == outlets


@pytest.mark.parametrize(
    ("body", "speakers"),
    [
        (  # «the source» is one, the sources before it were several
            "قالت مصادر محلية إن السوق مغلق. لكن مصدرًا رسميًا نفى الخبر. وأضاف المصدر أن الباب مفتوح اليوم.",
            "مصدر رسمي",
        ),
        ("وهذا ما دفع نادر الشامخ إلى القول إن الطريق ما زال طويلاً جداً.", "نادر الشامخ"),  # brought to say
        ("ونُقل عن نادر الشامخ قوله إن الطريق ما زال طويلاً جداً.", "نادر الشامخ"),  # was quoted as saying
        (  # officials, as a subject is written, without the day
            "ونقلت قناة المثال عن مسؤولين محليين أمس أن الطريق ما زال طويلاً جداً.",
            "مسؤولون محليون",
        ),
    ],
)
def test_who_speaks_without_a_name_beside_the_verb(body: str, speakers: str, knowledge: Knowledge) -> None:
    assert speakers in [speaker for speaker, _ in said(body, knowledge)]


def test_these_begin_a_statement_of_their_own_in_a_quotation(knowledge: Knowledge) -> None:
    body = "وقال نادر الشامخ: «هناك تجار جاءوا من الساحل للربح، وهؤلاء لا يحتاجون إلى مال القرى»."
    assert [words for _, words in said(body, knowledge)] == [
        "هناك تجار جاءوا من الساحل للربح",
        "هؤلاء لا يحتاجون إلى مال القرى",
    ]
