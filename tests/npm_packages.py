"""Packages of npm that a test needs: installed once into the user's cache, or the test is skipped."""

import contextlib
import hashlib
import os
import tempfile
from pathlib import Path

import pytest

from musnad.errors import ProjectError
from musnad.site.npm import QUIETLY, run_npm

CACHE = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "musnad-tests"


def modules_of(*packages: str) -> Path:
    """Return the `node_modules` that hold some packages, each a name with its range of versions."""
    name = hashlib.sha256(" ".join(packages).encode()).hexdigest()[:16]
    folder = CACHE / name
    if not folder.is_dir():
        try:
            CACHE.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryDirectory(dir=CACHE) as scratch:
                within = Path(scratch) / name
                within.mkdir()
                (within / "package.json").write_text('{"private": true}', encoding="utf-8")
                run_npm(["install", *QUIETLY, *packages], within, packages[0], "skipped")
                with contextlib.suppress(OSError):  # another run was faster
                    within.rename(folder)
        except (ProjectError, OSError) as error:
            pytest.skip(f"{packages[0]} cannot be installed: {error}")
    return folder / "node_modules"
