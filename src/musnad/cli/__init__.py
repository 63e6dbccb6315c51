"""The command line: data to standard output, words to standard error.

Exit codes: 0 done; 1 the data are refused (a document, a violation, a query); 2 the project, the command or
the machine is wrong. Typer, for its help and its shell completion, chosen over (a) argparse, which completes
nothing, and (b) cyclopts, which is as good and less known to contributors.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

import typer

from musnad.cli.console import complain
from musnad.cli.remote_verbs import app
from musnad.errors import MusnadError

__all__ = ["main", "run"]


def main(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code; every MusnadError ends here, in one line."""
    try:
        typer.main.get_command(app)(args=list(arguments), prog_name="musnad")
    except MusnadError as error:
        complain(str(error))
        return error.exit_code
    except SystemExit as ended:  # how Typer ends every command, a successful one too
        return ended.code if isinstance(ended.code, int) else 0
    return 0


def run() -> None:
    """Run the command of this process and end it."""
    sys.exit(main(sys.argv[1:]))
