"""Of several claims about one office, the fullest."""

from __future__ import annotations

from pathlib import Path

import pytest

from musnad.project import Project
from musnad.reading import read_document, read_sources
from musnad.understanding import Knowledge
from musnad.understanding.readers import Reader

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
