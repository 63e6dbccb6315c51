"""What pages may take from npm, when somebody asks for it: run npm, and put what it brought into a folder.

Pages never need it, and neither a build nor a server runs it: what a project installed is files like its own.
Chosen over (a) the files in the repository, which are others' work and age there, and (b) links to a network
of copies, which would learn who reads.
"""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

from musnad.errors import ProjectError

# Of `npm install`: no script of a package is run, and nothing is noted of where it came from.
QUIETLY: Final = ("--ignore-scripts", "--no-audit", "--no-fund", "--no-package-lock")
_SECONDS: Final = 120


def run_npm(arguments: Sequence[str], within: Path, what: str, remedy: str) -> None:
    """Run npm in a folder, or raise ProjectError with the first line of what it objects to.

    `what` names what npm is to bring, and `remedy` what else to try where it does not.
    """
    npm = shutil.which("npm")
    if npm is None:
        raise ProjectError("npm", "is not installed", "install Node.js; pages are whole without it")
    try:
        ran = subprocess.run(
            [npm, "--silent", *arguments],
            cwd=within,
            env=os.environ | {"NO_COLOR": "1"},
            capture_output=True,
            text=True,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise ProjectError(what, f"npm did not answer in {_SECONDS} s", "try again later") from None
    if ran.returncode:
        lines = (line.strip() for line in (ran.stderr + ran.stdout).splitlines())
        told = next((line for line in lines if line and not line.startswith("npm warn")), "no reason given")
        raise ProjectError(what, f"npm cannot get it: {told}", remedy)


def replace_folder(folder: Path, files: Mapping[str, bytes]) -> list[Path]:
    """Make a folder hold these files and nothing else, in one step; return them in their order."""
    beside = folder.with_name(f".{folder.name}.new")
    shutil.rmtree(beside, ignore_errors=True)
    beside.mkdir(parents=True)
    for name, body in files.items():
        (beside / name).write_bytes(body)
    shutil.rmtree(folder, ignore_errors=True)
    beside.rename(folder)
    return [folder / name for name in files]
