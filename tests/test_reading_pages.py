"""Pages without a profile: title, date of publication and zones, on small pages of many shapes."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from musnad.config import read_yaml
from musnad.model import Document
from musnad.project import Project
from musnad.reading import read_document, read_sources, split_lines, uncovered

ROOT = Path(__file__).parents[1]
SOURCES = read_sources(Project(ROOT))
CASES = read_yaml(ROOT / "tests" / "data" / "reading" / "pages.yaml")
PAGES: list[Any] = CASES["pages"]
TITLES, DATES = 0.9, 0.85  # floors of the shares that are right


def read_page(case: Any) -> Document:
    return read_document(case["page"].format(**CASES["paragraphs"]), "page.txt", SOURCES)


def words_in(document: Document, kind: str) -> str:
    """Return the words whose smallest zone is of a kind."""
    lines = split_lines(document.text)
    inner = {(zone.start, zone.end) for zone in document.zones if zone.kind != kind}
    found = []
    for line in lines:
        zone = document.zone_at(line.start, line.end)
        if zone and zone.kind == kind:
            words = list(line.text)
            for start, end in inner:
                if line.start <= start and end <= line.end:
                    words[start - line.start : end - line.start] = " " * (end - start)
            found.append("".join(words))
    return "\n".join(found)


def test_no_page_was_lost() -> None:
    assert len(PAGES) == 43


@pytest.mark.parametrize("case", PAGES, ids=lambda case: case["name"])
def test_a_page_is_read_as_its_case_says(case: Any) -> None:
    document = read_page(case)
    body = words_in(document, "body")
    assert (document.title, document.published) == (case["title"], case["published"])
    assert uncovered(split_lines(document.text), [(zone.start, zone.end) for zone in document.zones]) == []
    assert set(case.get("zones", [])) <= {zone.kind for zone in document.zones}
    assert [words for words in case.get("body", []) if words not in body] == []
    assert [words for words in case.get("aside", []) if words in body] == []


def test_titles_and_dates_reach_their_floors() -> None:
    read = [(read_page(case), case) for case in PAGES]
    assert sum(page.title == case["title"] for page, case in read) >= TITLES * len(read)
    assert sum(page.published == case["published"] for page, case in read) >= DATES * len(read)
