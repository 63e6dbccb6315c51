"""An editor of queries from packages: bundled through npm on request, and put beside the style sheet.

What it is made from stands in `publish/assets`: `package.json` names each package with its version, and
`editor.js` puts them together. Without it the page of queries has its text area. Chosen over (a) a bundle in
the repository, which is others' work and ages there, and (b) a bundle at every build, which would need Node
and a network to make a page.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path
from typing import Final

import orjson

from musnad.errors import ProjectError
from musnad.project import Project
from musnad.site.npm import QUIETLY, replace_folder, run_npm

SCRIPT: Final = "editor.js"
_PACKAGES: Final = "package.json"
_LICENCE: Final = "LICENSE"
_MODULES: Final = "node_modules"
_REMEDY: Final = "the registry of npm must be in reach; without an editor queries have a text area"


def install_editor(project: Project) -> list[Path]:
    """Bundle the editor of queries into the static files; return its licences and its script.

    What the folder held is replaced. Raises ProjectError where npm is missing or fails.
    """
    for path in (project.assets / _PACKAGES, project.assets / SCRIPT):
        if not path.is_file():
            raise ProjectError(path, "there is no such file", "copy the one of `musnad init`")
    with tempfile.TemporaryDirectory() as scratch:
        work, beside = (Path(scratch) / folder.name for folder in (project.assets, project.static))
        shutil.copytree(project.assets, work, ignore=shutil.ignore_patterns(_MODULES))
        beside.mkdir()
        for script in project.static.glob("*.js"):  # what its script imports
            shutil.copy(script, beside)
        run_npm(["install", *QUIETLY], work, _PACKAGES, _REMEDY)
        run_npm(["run", "bundle"], work, SCRIPT, _REMEDY)
        made = work / "made"
        try:
            used = orjson.loads((made / "inputs.json").read_bytes())["inputs"]
            files = {_LICENCE: _licences(work, used), SCRIPT: (made / SCRIPT).read_bytes()}
        except (OSError, orjson.JSONDecodeError, KeyError):
            problem = "its script 'bundle' must write made/editor.js and made/inputs.json"
            raise ProjectError(project.assets / _PACKAGES, problem) from None
    return replace_folder(project.editor, files)


def _licences(work: Path, used: Iterable[str]) -> bytes:
    """Return the licences of the packages of which some file is in the bundle, as their terms ask."""
    texts = {}
    for name in sorted({_package(path) for path in used if path.startswith(f"{_MODULES}/")}):
        licence = next(iter(sorted((work / _MODULES / name).glob("LICEN[CS]E*"))), None)
        if licence is None:
            raise ProjectError(name, "this package has no licence", "take it out of package.json")
        texts[name] = licence.read_text(encoding="utf-8").strip()
    return "\n\n".join(f"{name}\n\n{text}" for name, text in texts.items()).encode("utf-8") + b"\n"


def _package(path: str) -> str:
    """Return the name of the package that a file belongs to.

    >>> _package("node_modules/@codemirror/view/dist/index.js"), _package("node_modules/crelt/index.js")
    ('@codemirror/view', 'crelt')
    """
    parts = path.split("/")[1:]
    return "/".join(parts[: 2 if parts[0].startswith("@") else 1])
