"""The queue in a terminal, key by key, and the address of the queue in a browser."""

from __future__ import annotations

from typing import Final

import typer

from musnad.cli.console import complain, say
from musnad.errors import MusnadError
from musnad.reviewing import MERGE, Doubt
from musnad.reviewing.web import Desk
from musnad.server.listen import serve

_HOST: Final = "127.0.0.1"
_PORT: Final = 8765


def review_here(desk: Desk) -> None:
    """Show one doubt after another and ask for a decision; end with the queue, or at q."""
    desk.who = desk.who or typer.prompt("who decides", err=True)
    for number, doubt in enumerate(desk.doubts, 1):
        verbs = {"m": "merge"} if doubt.kind == MERGE else {"a": "accept", "r": "reject"}
        _show(doubt, number, len(desk.doubts))
        keys = ", ".join(f"{key} {verb}" for key, verb in verbs.items())
        while (key := typer.prompt(f"{keys}, s later, q end", default="s", err=True)) not in {
            *verbs,
            "s",
            "q",
        }:
            complain(f"{key!r} is no key")
        if key == "q":
            return
        if key in verbs:
            try:
                desk.decide(doubt, verbs[key], desk.who, typer.prompt("why", err=True))
            except MusnadError as error:
                complain(str(error))


def _show(doubt: Doubt, number: int, total: int) -> None:
    say(f"\n[{number}/{total}] {doubt.reason}: {doubt.label}")
    for line in (doubt.words, doubt.source, doubt.note, doubt.into_label, doubt.target):
        if line:
            say(f"    {line}")


def review_in_browser(desk: Desk) -> None:
    """Serve the queue on this machine alone until it is stopped."""
    say(f"{len(desk.doubts)} to be looked at; decisions go to {desk.project.curation}")
    serve(desk.app(), _HOST, _PORT, lambda address: say(f"open {address}; Ctrl-C ends"))
