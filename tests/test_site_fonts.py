"""A font comes as a package, and pages are whole without one."""

from __future__ import annotations

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from musnad.cli import main
from musnad.config import read_site
from musnad.errors import ProjectError
from musnad.project import Project
from musnad.site import Site
from musnad.site.fonts import install_fonts
from musnad.store import Store

ROOT = Path(__file__).parents[1]
npm = pytest.mark.skipif(shutil.which("npm") is None, reason="npm is not installed")


def face(subset: str, weight: int) -> str:
    name = f"plain-{subset}-{weight}-normal"
    source = f"url(./files/{name}.woff2) format('woff2'), url(./files/{name}.woff) format('woff')"
    return f"/* {name} */\n@font-face {{\n  font-family: 'Plain One';\n  src: {source};\n}}\n"


@pytest.fixture
def package(tmp_path: Path) -> Path:
    """A package in the layout of Fontsource, packed as npm packs it."""
    folder = tmp_path / "plain"
    (folder / "files").mkdir(parents=True)
    (folder / "package.json").write_text(json.dumps({"name": "plain", "version": "1.0.0"}))
    (folder / "LICENSE").write_text("open")
    for weight in (400, 700):
        subsets = ("arabic", "math", "latin")
        (folder / f"{weight}.css").write_text("".join(face(subset, weight) for subset in subsets))
        for subset in subsets:
            for suffix in ("woff2", "woff"):
                (folder / f"files/plain-{subset}-{weight}-normal.{suffix}").write_bytes(
                    b"font " + suffix.encode()
                )
    return folder


def project_in(folder: Path) -> Project:
    for name in ("publish", "ontology"):
        shutil.copytree(ROOT / name, folder / name)
    (folder / "musnad.yaml").touch()
    for name in ("fonts", "editor"):  # what a developer may have installed
        shutil.rmtree(folder / "publish/static" / name, ignore_errors=True)
    return Project(folder)


def page_of(project: Project, path: str) -> str:
    page = Site(project, Store.open(), read_site(project.site_file)).render(path, "ar")
    assert page is not None
    return page.text


@npm
def test_a_font_of_a_package_is_used_by_the_pages(tmp_path: Path, package: Path) -> None:
    project = project_in(tmp_path / "mine")
    assert "fonts.css" not in page_of(project, "index")
    files = install_fonts(str(package), project.fonts)
    wanted = [
        f"plain-{subset}-{weight}-normal.woff2" for weight in (400, 700) for subset in ("arabic", "latin")
    ]
    assert [path.name for path in files] == ["LICENSE", *wanted, "fonts.css"]
    sheet = files[-1].read_text()
    assert sheet.count("@font-face") == 4
    assert sheet.count("src: url(plain-") == 4
    assert ".woff)" not in sheet
    assert "--naskh: 'Plain One', " in sheet
    assert 'href="static/fonts/fonts.css"' in page_of(project, "index")


@npm
def test_a_package_that_is_no_font_leaves_what_was_there(tmp_path: Path, package: Path) -> None:
    folder = tmp_path / "fonts"
    install_fonts(str(package), folder)
    before = sorted(path.name for path in folder.iterdir())
    (package / "LICENSE").unlink()
    with pytest.raises(ProjectError, match="is no font with Arabic or Latin"):
        install_fonts(str(package), folder)
    with pytest.raises(ProjectError, match="npm cannot get it"):
        install_fonts(str(tmp_path / "nothing"), folder)
    assert sorted(path.name for path in folder.iterdir()) == before


@npm
def test_the_verb_names_the_sheet(tmp_path: Path, package: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = project_in(tmp_path / "mine")
    assert main(["fonts", str(package), "--project", str(project.root)]) == 0
    assert capsys.readouterr().out.strip() == str(project.fonts / "fonts.css")


def test_without_npm_the_remedy_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ProjectError, match=r"npm: is not installed \(install Node"):
        install_fonts("anything", tmp_path / "fonts")


@npm
def test_an_option_is_no_package(tmp_path: Path) -> None:
    with pytest.raises(ProjectError):
        install_fonts("--version", tmp_path / "fonts")
    assert subprocess.run(["ls", tmp_path], capture_output=True, text=True, check=True).stdout == ""
