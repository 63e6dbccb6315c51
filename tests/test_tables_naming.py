"""The labels of a claim are the names that its document uses."""

from pathlib import Path

import orjson
import pytest

from musnad.build import Stages, name_files
from musnad.folding import fold_name
from musnad.project import Project

ROOT = Path(__file__).parents[1]


def labels(folder: Path, text: str) -> set[str]:
    page = folder / "page.txt"
    page.write_text(f"عنوان الصفحة\n\n{text}\n", encoding="utf-8")
    stages = Stages.of(Project.find(ROOT))
    stages.tables(name_files(page), folder / "tables")
    rows = [orjson.loads(line) for line in (folder / "tables" / "claims.jsonl").read_bytes().splitlines()]
    assert rows
    return {row["speaker_label"] for row in rows if row["relation"] == "stated"}


# The body that the authority calls «هيئة التفاوض السورية» (Syrian Negotiations Commission).
@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("أكدت الهيئة العليا للمفاوضات أن الطريق طويل.", "الهيئة العليا للمفاوضات"),
        ("أكدت هيئة التفاوض السورية أن الطريق طويل.", "هيئة التفاوض السورية"),
        (
            "أكدت الهيئة العليا للمفاوضات أن الطريق طويل. وهي اليوم هيئة التفاوض السورية.",
            "هيئة التفاوض السورية",
        ),
    ],
)
def test_a_body_is_named_as_its_document_names_it(tmp_path: Path, text: str, label: str) -> None:
    assert fold_name(label) in {fold_name(name) for name in labels(tmp_path, text)}
