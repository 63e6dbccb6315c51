"""Whatever befalls a build, the last one stays whole, and the next one goes through."""

import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from musnad.build import Folder
from musnad.build.folder import locked
from musnad.errors import ProjectError
from musnad.release import verify_release

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "bench"))
import crashes  # noqa: E402  # the same corpus, the same checks

ONE = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
import crashes
from musnad.errors import MusnadError
if __name__ == "__main__":
    try:
        crashes.one(*map(Path, sys.argv[2:5]))
    except MusnadError as error:
        print(error)
        sys.exit(error.exit_code)
"""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with a project, the documents of the second state, and a build of the first."""
    found = tmp_path_factory.mktemp("crashes")
    crashes.small_project(found / "project")
    crashes.write_state(found / "documents", 0)
    crashes.one(found / "project", found / "documents", found / "first")
    crashes.write_state(found / "documents", 1)
    (found / "one.py").write_text(ONE, encoding="utf-8")
    return found


def run(place: Path, out: Path, before: Callable[[], None] | None = None) -> tuple[int, str]:
    """Build into a folder in a process of its own; return its exit code and what it said."""
    where = [str(ROOT / "bench"), str(place / "project"), str(place / "documents"), str(out)]
    command = [sys.executable, str(place / "one.py"), *where]
    done = subprocess.run(command, capture_output=True, text=True, check=False, preexec_fn=before)
    assert "Traceback" not in done.stderr, done.stderr
    return done.returncode, done.stdout


def stays(place: Path, out: Path) -> bool:
    """Tell whether the first build stands there, whole and alone."""
    verify_release(Folder.at(out).release)
    beside = {path.name for path in out.parent.iterdir() if path.name.startswith(f".{out.name}")}
    mine = {f".{out.name}.{end}" for end in ("lock", "cache", "cache-wal", "cache-shm")}
    return beside <= mine and crashes.bytes_of(out) == crashes.bytes_of(place / "first")


@pytest.fixture
def small_disk(place: Path, tmp_path: Path) -> Iterator[Path]:
    """Mount a disk with the first build on it and little room beside."""
    disk = tmp_path / "disk"
    disk.mkdir()
    size = sum(path.stat().st_blocks * 512 for path in (place / "first").rglob("*")) + 2_500_000
    mount = ["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(disk)]
    if os.geteuid() != 0 or subprocess.run(mount, check=False, capture_output=True).returncode:
        pytest.skip("only root can mount a small disk; the limit of file sizes is tested instead")
    try:
        shutil.copytree(place / "first", disk / "out")
        yield disk
    finally:
        subprocess.run(["umount", str(disk)], check=True)


def test_a_full_disk_leaves_the_last_build(place: Path, small_disk: Path) -> None:
    code, said = run(place, small_disk / "out")
    assert code in {1, 2}
    assert "o space left" in said or "disk is full" in said
    assert stays(place, small_disk / "out")
    subprocess.run(["mount", "-o", "remount,size=200m", str(small_disk)], check=True)
    assert run(place, small_disk / "out") == (0, "")
    assert not stays(place, small_disk / "out")


def test_a_disk_that_cannot_be_written_leaves_the_last_build(place: Path, small_disk: Path) -> None:
    subprocess.run(["mount", "-o", "remount,ro", str(small_disk)], check=True)
    code, said = run(place, small_disk / "out")
    assert (code, "ead-only file system" in said) == (2, True)
    assert stays(place, small_disk / "out")


@pytest.mark.parametrize("most", [2_000, 200_000])
def test_a_limit_of_file_sizes_leaves_the_last_build(place: Path, tmp_path: Path, most: int) -> None:
    out = tmp_path / "out"
    shutil.copytree(place / "first", out)
    code, said = run(place, out, lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (most, most)))
    assert code in {1, 2}
    assert said.count("\n") == 1
    assert stays(place, out)


def test_a_clock_that_was_set_back_builds_as_before(place: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    shutil.copytree(place / "first", out)
    for path in (out, *out.rglob("*")):
        os.utime(path, (4_000_000_000, 4_000_000_000))  # in 2096
    assert run(place, out) == (0, "")
    assert run(place, tmp_path / "fresh") == (0, "")
    assert crashes.bytes_of(out) == crashes.bytes_of(tmp_path / "fresh")


def test_a_lock_that_a_dead_process_left_holds_nobody_up(tmp_path: Path) -> None:
    lock = tmp_path / ".out.lock"
    lock.write_text("1")  # a process that runs, as after a reboot that gave the number to another
    with locked(tmp_path / "out"):
        assert lock.read_text() == str(os.getpid())
        who = rf"another build is writing here \(process {os.getpid()}\)"
        with pytest.raises(ProjectError, match=who), locked(tmp_path / "out"):
            raise AssertionError("two builds at once")
    with locked(tmp_path / "out"):
        pass


def test_what_a_killed_build_left_is_removed_where_nothing_changed(place: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    assert run(place, out) == (0, "")
    left = tmp_path / ".out.new" / "site"
    left.mkdir(parents=True)
    with locked(out):
        assert run(place, out) == (0, "")
    assert left.is_dir()  # it may be that of the build that is running
    assert run(place, out) == (0, "")
    assert not left.parent.exists()


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ProjectError, match="cannot be written beside"), locked(tmp_path / "file" / "out"):
        pass


def test_builds_that_are_killed_leave_one_of_two_states_and_the_next_is_right() -> None:
    command = [sys.executable, str(ROOT / "bench" / "crashes.py"), "--kills", "5"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "next builds right" in done.stdout
