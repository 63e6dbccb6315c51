"""What the README shows is executed."""

import re
import shlex
import subprocess
from pathlib import Path

import pytest

from musnad.build import Folder
from musnad.cli import main
from musnad.project import Project
from musnad.store import Store

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
COMMANDS = re.findall(r"^\$ musnad (.+)$", README, re.MULTILINE)
QUERIES = re.findall(r"```sparql\n(.+?)```", README, re.DOTALL)


def test_the_commands_run_in_their_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    assert len(COMMANDS) == 4
    for command in COMMANDS:
        arguments = [word.replace("build/mine", str(tmp_path / "mine")) for word in shlex.split(command)]
        assert main(arguments) == 0, command


@pytest.mark.parametrize("query", QUERIES)
def test_the_queries_find_something(built: Folder, project: Project, query: str) -> None:
    assert Store.open(built.store, read_only=True).select(query)


def test_there_are_queries() -> None:
    assert len(QUERIES) == 2


@pytest.mark.parametrize("target", re.findall(r"^make (\w+)", README, re.MULTILINE))
def test_make_knows_the_target(target: str) -> None:
    done = subprocess.run(["make", "-n", target], cwd=ROOT, capture_output=True, check=False)
    assert done.returncode == 0


@pytest.mark.parametrize("link", sorted(set(re.findall(r"\]\(([^)#:]+)\)", README))))
def test_a_link_leads_to_a_file(link: str) -> None:
    assert (ROOT / link).exists()
