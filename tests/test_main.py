"""`python -m musnad` is the command."""

import subprocess
import sys

from musnad import __version__


def test_the_package_runs_as_the_command() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "musnad", "--version"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0
    assert __version__ in done.stdout


def test_a_wrong_command_ends_with_2() -> None:
    done = subprocess.run([sys.executable, "-m", "musnad", "nothing"], capture_output=True, check=False)
    assert done.returncode == 2
