"""What the tests share: the project, and one build of the bundled documents."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

import told
from musnad.build import Folder, Stages, build
from musnad.config import read_site
from musnad.project import Project
from musnad.understanding.knowledge import Knowledge, read_knowledge
from musnad.understanding.patterns import Patterns

ROOT = Path(__file__).parents[1]
DAY = "2026-01-31"


@pytest.fixture(scope="session")
def project() -> Project:
    return Project(ROOT)


@pytest.fixture(scope="session")
def patterns() -> Patterns:
    """Return the patterns of the project, read once."""
    return told.patterns()


@pytest.fixture(scope="session")
def knowledge(project: Project) -> Knowledge:
    """Return what the readers know; every pattern gives claims, however often it was measured to be right."""
    return read_knowledge(project, replace(read_site(project.site_file), pattern_floor=0.0))


@pytest.fixture(scope="session")
def built(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """Return the build of the bundled documents; tests read it and never write."""
    out = tmp_path_factory.mktemp("build") / "demo"
    stages = Stages.of(project)
    files = [(path, path.name) for path in project.examples()]
    result = build(stages, files, out, DAY)
    assert result.refused == []
    return Folder.at(out)


@pytest.fixture
def own_project(tmp_path: Path) -> Project:
    """Return a copy of the project's declarative files, to be spoilt."""
    for name in ("ontology", "mappings", "rdf", "shapes", "publish"):
        shutil.copytree(ROOT / name, tmp_path / "own" / name)
    return Project(tmp_path / "own")
