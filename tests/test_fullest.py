"""Of several claims about one office, the fullest."""

from __future__ import annotations

from pathlib import Path

import pytest

from musnad.project import Project
from musnad.reading import read_document, read_sources
from musnad.understanding import Knowledge
from musnad.understanding.readers import Reader
from told import told

PROJECT = Project(Path(__file__).parents[1])
SOURCES = read_sources(PROJECT)
TITLE = "القرى تتفق على طريق السوق"  # the villages agree on the road to the market
FULL = "وقال وزير الخارجية التركي نادر الراوي إن الطريق جاهز منذ عام."  # the Turkish foreign minister X
BARE = "ورأى الوزير نادر الراوي أن الجسر جاهز أيضاً."  # the minister X
AGAIN = "والتقى التاجر نظيره التركي نادر الراوي في البلدة."  # his Turkish counterpart X


def roles(page: str, knowledge: Knowledge) -> list[str]:
    document = read_document(page, "page.txt", SOURCES)
    found = Reader().understand(document, knowledge).claims
    return [claim.role or claim.object.label for claim in found if claim.relation == "holdsRole"]


@pytest.mark.parametrize("page", [f"{FULL} {BARE}", f"{BARE} {FULL}", f"{FULL} {AGAIN}", f"{AGAIN} {FULL}"])
def test_an_office_is_told_once_in_its_fullest_words(page: str, knowledge: Knowledge) -> None:
    assert roles(f"{TITLE}\n\n{page}\n", knowledge) == ["وزير الخارجية التركي"]


def test_a_bare_office_is_told_where_the_page_says_no_more(knowledge: Knowledge) -> None:
    assert roles(f"{TITLE}\n\n{BARE}\n", knowledge) == ["وزير"]


def test_a_bare_title_is_not_told_beside_another_office(knowledge: Knowledge) -> None:
    page = "ورأى السفير نادر الراوي، الأمين العام المساعد للأمم المتحدة، أن الجسر جاهز أيضاً."
    found = roles(f"{TITLE}\n\n{page}\n", knowledge)
    assert found
    assert "سفير" not in found


def test_what_a_headline_tells_of_a_deed_is_told_below_it() -> None:
    body = "قصف [ORG جيش التلال] أمس جسر [PLACE كروم] القديم."
    assert told(f"# [ORG جيش التلال] يقصف [PLACE كروم]\n{body}", {"attacked"}) == [
        ("attacked", "جيش التلال", "كروم")
    ]
    assert len(told(f"# [ORG جيش التلال] يقصف [PLACE تلال]\n{body}", {"attacked"})) == 1


def test_a_headline_alone_tells_of_a_deed() -> None:
    body = "عاد الناس إلى [PLACE كروم] أمس."
    assert len(told(f"# [ORG جيش التلال] يقصف [PLACE كروم]\n{body}", {"attacked"})) == 1
