"""The same documents give the same bytes: on another day, in another order, locale, time zone, place."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
# Reads two example documents and writes a release in all its forms, as `musnad build` would.
CODE = """
import os, sys, time
from pathlib import Path
from musnad.build import Folder, Stages
from musnad.project import Project
from musnad.release import Order

out, order, clock = Path(sys.argv[1]), sys.argv[2], float(sys.argv[3])
if clock:
    time.time = lambda: clock
    time.localtime = lambda *_: time.gmtime(clock)
project = Project(Path(sys.argv[4]))
stages, folder = Stages.of(project), Folder(out)
files = [(path, path.name) for path in list(project.examples())[:3]]
stages.tables(files[::-1] if order == "reversed" else files, folder.tables)
stages.map(folder.tables, folder.quads)
chosen = Order.of(project, stages.config, folder.tables, "all")
stages.release(folder, "2026-01-31", out / "out", order=chosen)
"""
BASE = {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C.UTF-8", "COLUMNS": "80"}
OTHERS = {
    "another order, locale, time zone and hash seed": (
        "reversed",
        0.0,
        {"PYTHONHASHSEED": "4242", "TZ": "Pacific/Apia", "LC_ALL": "C", "LANG": "ar_SY.UTF-8"},
    ),
    "another day, machine, user and place for what is temporary": (
        "given",
        4102444800.0,
        {"HOSTNAME": "elsewhere", "USER": "fulan", "HOME": "/", "SOURCE_DATE_EPOCH": "7"},
    ),
}


def made(place: Path, order: str = "given", clock: float = 0.0, env: dict[str, str] | None = None) -> Path:
    """Return the release that another process writes in other circumstances."""
    place.mkdir()
    given = os.environ | BASE | (env or {}) | {"TMPDIR": str(place)}
    arguments = [str(place / "build"), order, str(clock), str(ROOT)]
    subprocess.run([sys.executable, "-c", CODE, *arguments], cwd=place, env=given, check=True)
    return place / "build" / "out"


def sums(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    place = tmp_path_factory.mktemp("same") / "first"
    found = sums(made(place))
    shutil.rmtree(place)
    return found


@pytest.mark.parametrize("name", OTHERS)
def test_circumstances_do_not_reach_the_files(first: dict[str, bytes], name: str, tmp_path: Path) -> None:
    again = sums(made(tmp_path / "again", *OTHERS[name]))
    assert again.keys() == first.keys()
    assert [path for path in sorted(first) if first[path] != again[path]] == []
    assert len(first) > 100
