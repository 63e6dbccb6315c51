"""The verb for those who keep the data in a server of their own."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from musnad.cli.console import bar, say
from musnad.cli.curation_verbs import app
from musnad.cli.verbs import DEFAULT_BUILD, Where
from musnad.config import read_site
from musnad.project import Project

__all__ = ["app"]  # with this verb


@app.command("load", epilog="Example: `musnad load build/mine --to http://127.0.0.1:7878`")
def load_verb(
    source: Annotated[Path, typer.Argument(help="A build, a release, or a file of N-Quads.")] = DEFAULT_BUILD,
    to: Annotated[str, typer.Option(help="Address of a SPARQL 1.1 server, or of a dataset in it.")] = "",
    graphs: Annotated[
        str, typer.Option("--graph-store", help="Where its graphs are, if that is not found by itself.")
    ] = "",
    seconds: Annotated[float, typer.Option(help="How long to wait for each answer.")] = 600.0,
    project: Where = Path(),
) -> None:
    """Make a SPARQL server hold what a build holds: only graphs that differ are sent, and checked there.

    Name and password are read from MUSNAD_ENDPOINT_USER and MUSNAD_ENDPOINT_PASSWORD.
    """
    from musnad.remote import Remote, load, open_quads

    site = read_site(Project.find(project).site_file)
    remote = Remote.find(to, graphs, seconds)
    store = open_quads(source, site.base)
    done = load(store, remote, site.minter.graph(""), lambda names: bar(names, "sending", len(names)))
    say(f"{len(done.sent)} graphs sent, {done.kept} there already, {len(done.removed)} removed")
    say(f"{remote.query}: {done.triples:,} triples, as they are here")
    sys.stdout.write(f"{done.digest}\n")
