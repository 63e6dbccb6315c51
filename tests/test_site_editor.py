"""The editor of queries is bundled from packages on request, and pages are whole without it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from musnad.cli import main
from musnad.errors import ProjectError
from musnad.project import Project
from musnad.site.editor import install_editor
from test_site_fonts import npm, page_of, project_in

ROOT = Path(__file__).parents[1]
SCRIPTED = "node -e \"require('fs').mkdirSync('made'); "
INPUTS = "require('fs').writeFileSync('made/inputs.json', JSON.stringify({inputs: {'editor.js': {}}})); "
SCRIPT = "require('fs').writeFileSync('made/editor.js', 'made of nothing')\""


def bundled_by(project: Project, command: str, **more: Mapping[str, str]) -> None:
    """Have a command of ours bundle the editor: it needs no package, and so no network."""
    told = {"private": True, "scripts": {"bundle": command}, **more}
    (project.assets / "package.json").write_text(json.dumps(told), encoding="utf-8")


@npm
def test_what_is_bundled_is_used_by_the_pages(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    project = project_in(tmp_path / "mine")
    plain = page_of(project, "query")
    assert ("static/query.js" in plain, "editor.js" in plain) == (True, False)
    bundled_by(project, SCRIPTED + INPUTS + SCRIPT)
    assert main(["editor", "--project", str(project.root)]) == 0
    script = project.editor / "editor.js"
    assert capsys.readouterr().out.strip() == str(script)
    assert script.read_text() == "made of nothing"
    page = page_of(project, "query")
    assert ("static/query.js" in page, 'src="static/editor/editor.js"' in page) == (False, True)
    assert sorted(path.name for path in project.assets.iterdir()) == ["editor.js", "package.json"]


@npm
@pytest.mark.parametrize(
    ("command", "objection"),
    [
        ("node -e \"console.error('no such letter'); process.exit(1)\"", "npm cannot get it: no such letter"),
        ("node -e 1", "must write made/editor.js and made/inputs.json"),
        (SCRIPTED + SCRIPT, "must write made/editor.js and made/inputs.json"),
        (SCRIPTED + INPUTS.replace("editor.js", "node_modules/bare/x.js") + SCRIPT, "bare: .* no licence"),
    ],
)
def test_what_cannot_be_bundled_leaves_what_was_there(tmp_path: Path, command: str, objection: str) -> None:
    project = project_in(tmp_path / "mine")
    project.editor.mkdir()
    (project.editor / "editor.js").write_text("of last year")
    bundled_by(project, command)
    with pytest.raises(ProjectError, match=objection):
        install_editor(project)
    assert (project.editor / "editor.js").read_text() == "of last year"


def test_without_npm_or_without_what_it_is_made_from_the_remedy_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    project = project_in(tmp_path / "mine")
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(ProjectError, match=r"npm: is not installed \(install Node"):
        install_editor(project)
    (project.assets / "editor.js").unlink()
    with pytest.raises(ProjectError, match=r"editor\.js: there is no such file"):
        install_editor(project)


def test_every_package_is_named_with_one_version_and_nothing_of_them_is_kept_here() -> None:
    told = json.loads((Project(ROOT).assets / "package.json").read_text(encoding="utf-8"))
    versions = {**told["dependencies"], **told["devDependencies"]}.values()
    assert all(version.replace(".", "").isdigit() for version in versions)
    ignored = (ROOT / ".gitignore").read_text(encoding="utf-8").splitlines()
    assert "/publish/static/editor/" in ignored
    assert shutil.which("npm") is None or not (Project(ROOT).assets / "node_modules").exists()
