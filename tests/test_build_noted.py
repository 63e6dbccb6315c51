"""What the file system says of pages: who must be read again, and who need not."""

import os
from pathlib import Path

import pytest

from musnad.build.folder import Folder
from musnad.build.noted import note_files, suspects
from musnad.site.folder import SUMS, read_sums

NOW = 1_800_000_000_000_000_000  # ns
SECOND = 1_000_000_000
OLD = NOW - 60 * SECOND
NAMES = ("a.html", "b.html", "c.html")


def put(path: Path, text: str, time: int = OLD) -> None:
    path.write_text(text, encoding="utf-8")
    os.utime(path, ns=(time, time))


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """Return a build of three pages, all of them noted."""
    site = Folder(tmp_path / "build").site
    site.mkdir(parents=True)
    for name in NAMES:
        put(site / name, name)
    put(site / SUMS, "".join(f"{'0' * 64}  {name}\n" for name in NAMES), NOW)
    note_files(Folder(tmp_path / "build"), NAMES, NOW - SECOND)
    return Folder(tmp_path / "build")


def suspected(folder: Folder) -> set[str]:
    return set(suspects(folder, read_sums(folder.site)))


def test_a_file_that_nobody_wrote_to_need_not_be_read(folder: Folder) -> None:
    assert suspected(folder) == set()


def test_a_file_that_was_written_to_or_replaced_or_removed_is_read(folder: Folder) -> None:
    put(folder.site / "a.html", "A.html", OLD + 1)  # as many bytes, at another time
    put(folder.site / "beside", "b.html")
    (folder.site / "beside").rename(folder.site / "b.html")  # another file of the same bytes and time
    (folder.site / "c.html").unlink()
    assert suspected(folder) == set(NAMES)


def test_a_second_name_changes_nothing(folder: Folder) -> None:
    (folder.site / "second.html").hardlink_to(folder.site / "a.html")
    (folder.site / "a.html").unlink()
    (folder.site / "second.html").rename(folder.site / "a.html")
    assert suspected(folder) == set()


def test_a_file_as_young_as_the_notes_may_be_written_to_unseen_and_is_read(folder: Folder) -> None:
    put(folder.site / "a.html", "a.html", NOW - SECOND)
    note_files(folder, NAMES, NOW - SECOND)
    assert suspected(folder) == {"a.html"}


def test_a_file_of_the_last_build_that_was_written_to_while_this_one_ran_is_read(folder: Folder) -> None:
    (folder.site / "second.html").hardlink_to(folder.site / "a.html")
    put(folder.site / "a.html", "other", NOW - 30 * SECOND)
    put(folder.site / "b.html", "b.html", NOW - 30 * SECOND)  # written by the build itself
    note_files(folder, NAMES, NOW - 40 * SECOND)
    assert suspected(folder) == {"a.html"}


def test_damaged_notes_and_those_of_another_site_are_none(folder: Folder) -> None:
    whole = folder.noted.read_bytes()
    for spoilt in (b"", whole[:-1], whole[:-60] + bytes(60), whole[1:]):
        folder.noted.write_bytes(spoilt)
        assert suspected(folder) == set(NAMES)
    folder.noted.write_bytes(whole)
    put(folder.site / SUMS, f"{'1' * 64}  a.html\n", NOW)
    assert suspected(folder) == {"a.html"}
