"""What a verb imports: a build that changed nothing and a server start without what they do not use."""

import json
import subprocess
import sys

from conftest import ROOT
from musnad.build import Folder

HEAVY = {"rdflib", "pyshacl", "trafilatura", "musnad.dates", "musnad.reading", "musnad.understanding"}


def imported(code: str) -> set[str]:
    """Return the modules that some lines import, in a process of their own."""
    told = f"import json, sys\n{code}\nprint('\\n' + json.dumps(list(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", told], capture_output=True, text=True, check=True, cwd=ROOT)
    return set(json.loads(done.stdout.splitlines()[-1]))


def test_what_an_unchanged_build_asks_imports_no_reader_and_no_template_engine() -> None:
    lines = """
from pathlib import Path
from musnad.cli import main
from musnad.build import Stages
from musnad.build.folder import tidy
from musnad.project import Project
stages = Stages.of(Project.find(Path()))
assert stages.fingerprint([(path, path.name) for path in stages.project.examples()])
tidy(Path("build/nothing-here"))
"""
    assert not imported(lines) & (HEAVY | {"jinja2", "uvicorn", "musnad.release"})


def test_a_server_imports_no_reader_and_no_validator(built: Folder) -> None:
    lines = f"""
from pathlib import Path
from musnad.build.serving import current_app
from musnad.build.stages import Stages
from musnad.project import Project
from musnad.server import listen
stages = Stages.of(Project.find(Path()))
current_app(stages.project, stages.config, Path({str(built.root)!r}))
"""
    assert not imported(lines) & (HEAVY | {"h11"})
