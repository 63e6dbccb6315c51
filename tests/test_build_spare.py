"""The names of pages that are kept for the next build: used where they are of the last, else removed."""

import os
from pathlib import Path

import pytest

from musnad.build.folder import Folder
from musnad.build.spare import begin_with, drop_other, keep_names, spare_of
from musnad.site.folder import MARK, SUMS

OLD = {"index.html": "a", "claim/one.html": "b", "gone/two.html": "c"}
NEW = {"index.html": "a", "claim/one.html": "other", "claim/three.html": "d"}


def put(folder: Folder, files: dict[str, str]) -> None:
    sums = "".join(f"{text:64}  {name}\n" for name, text in sorted(files.items()))
    for name, text in {**files, MARK: "{}", SUMS: sums}.items():
        (folder.site / name).parent.mkdir(parents=True, exist_ok=True)
        (folder.site / name).write_text(text, encoding="utf-8")


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """Return a build that has taken the place of another, whose names are kept."""
    put(Folder(tmp_path / "mine"), NEW)
    put(Folder(tmp_path / ".mine.new"), OLD)
    keep_names(Folder(tmp_path / ".mine.new"), tmp_path / "mine")
    return tmp_path / "mine"


def files_of(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*")}


def test_what_both_builds_have_is_kept_and_nothing_else(out: Path) -> None:
    assert files_of(spare_of(out)) == {"index.html", SUMS}


def test_a_site_begins_with_what_is_kept_and_has_no_sums_then(out: Path, tmp_path: Path) -> None:
    assert begin_with(Folder(out), tmp_path / "site")
    assert files_of(tmp_path / "site") == {"index.html"}
    assert not spare_of(out).exists()
    assert not begin_with(Folder(out), tmp_path / "other")


def test_what_is_kept_for_another_build_is_not_used_and_is_removed(out: Path, tmp_path: Path) -> None:
    drop_other(out)
    assert spare_of(out).exists()
    sums = Folder(out).site / SUMS
    (tmp_path / "copy").write_bytes(sums.read_bytes())
    os.replace(tmp_path / "copy", sums)
    assert not begin_with(Folder(out), tmp_path / "site")
    drop_other(out)
    assert not spare_of(out).exists()


def test_what_a_killed_run_left_of_them_is_removed(out: Path) -> None:
    (spare_of(out) / SUMS).unlink()
    drop_other(out)
    assert not spare_of(out).exists()


def test_a_build_without_pages_keeps_nothing(out: Path, tmp_path: Path) -> None:
    (tmp_path / "bare").mkdir()
    keep_names(Folder(tmp_path / "bare"), out)
    drop_other(out)
    assert not spare_of(out).exists()
