"""Cycles are searched for seldom while a build runs, and as before when it has ended."""

import gc
from pathlib import Path

import pytest

from musnad.build import Stages
from musnad.build.collecting import collecting_seldom
from musnad.project import Project


def test_cycles_are_searched_for_as_before_when_a_build_has_ended(project: Project, tmp_path: Path) -> None:
    before = gc.get_threshold()
    with Stages.of(project).remembering(tmp_path / "out"):
        assert gc.get_threshold() > before
    assert gc.get_threshold() == before


def test_also_where_a_build_fails() -> None:
    before = gc.get_threshold()
    with pytest.raises(KeyError), collecting_seldom():
        raise KeyError
    assert gc.get_threshold() == before
