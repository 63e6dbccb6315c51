"""Reporters named on a line of their own under the title."""

from pathlib import Path

import orjson
import pytest

from musnad.build import Stages, name_files
from musnad.project import Project

ROOT = Path(__file__).parents[1]


def persons(folder: Path, text: str) -> list[str]:
    page = folder / "page.txt"
    page.write_text(text, encoding="utf-8")
    Stages.of(Project.find(ROOT)).tables(name_files(page), folder / "tables")
    lines = (folder / "tables" / "mentions.jsonl").read_bytes().splitlines()
    rows = [orjson.loads(line) for line in lines]
    return [row["surface"] for row in rows if row["type"] == "PERSON"]


@pytest.mark.parametrize("name", ["نجوان الفلاني", "شادن مثالي"])
def test_a_place_and_a_colon_tell_who_reports(tmp_path: Path, name: str) -> None:
    text = f"عودة القطار إلى المدينة\nبيروت: {name}\n\nعاد القطار إلى المدينة أمس بعد غياب طويل.\n"
    assert persons(tmp_path, text) == [name]


def test_a_headline_with_a_colon_names_nobody(tmp_path: Path) -> None:
    text = "عودة القطار\nبيروت: عاد القطار إلى المحطة أمس\n\nعاد القطار إلى المدينة أمس بعد غياب طويل.\n"
    assert persons(tmp_path, text) == []
