"""What the engine keeps for itself: read back, never from where others can write, and never needed."""

from __future__ import annotations

from pathlib import Path

import pytest

from musnad.depending.known import Known
from musnad.own_files import read_own, write_own


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "musnad"


def test_what_was_kept_is_read_back(kept: Path) -> None:
    assert read_own("a") is None
    assert write_own("a", b"words")
    assert read_own("a") == b"words"
    assert [path.name for path in kept.iterdir()] == ["a"]


def test_what_others_can_write_is_not_read(kept: Path) -> None:
    write_own("a", b"words")
    (kept / "a").chmod(0o666)
    assert read_own("a") is None


def test_where_nothing_can_be_written_nothing_is_kept(kept: Path) -> None:
    kept.parent.mkdir()
    kept.write_text("a file")
    assert not write_own("a", b"words")
    assert read_own("a") is None


def test_an_answer_is_found_once_and_again_where_its_finder_changed(kept: Path, tmp_path: Path) -> None:
    folder, asked = tmp_path / "code", list[str]()
    folder.mkdir()
    (folder / "finder.py").write_text("1")

    def answer(name: str) -> object:
        def find() -> list[str]:
            asked.append(name)
            return [name]

        known = Known(folder)
        found = known.answer((name,), find)
        known.keep()
        return found

    assert answer("a") == answer("a") == ["a"]
    assert asked == ["a"]
    (folder / "finder.py").write_text("2")
    assert answer("a") == ["a"]
    assert asked == ["a", "a"]
    for path in kept.iterdir():
        path.write_bytes(path.read_bytes()[:-1])
    assert answer("a") == ["a"]
    assert len(asked) == 3
