"""What the command line says about decisions: how many were carried out, and which wait."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from musnad.build import Folder
from musnad.cli.console import say

_MOST: Final = 10


def tell_decisions(out: Path) -> None:
    """Say what became of the decisions of a project in a build; nothing where none was taken."""
    from musnad.curation import read_outcome

    done, waiting = read_outcome(Folder(out).tables)
    if done:
        say("decisions: " + ", ".join(f"{verb} {number}" for verb, number in done.items()))
    for place, verb in waiting[:_MOST]:
        say(f"{place}: {verb}: nothing in these documents; the decision is kept for later")
    if len(waiting) > _MOST:
        say(f"and {len(waiting) - _MOST} more decisions wait")
