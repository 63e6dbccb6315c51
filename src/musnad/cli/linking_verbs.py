"""The verbs for those who link datasets: candidates to be reviewed, and the kit for those who link back."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from musnad.cli.console import say
from musnad.cli.publishing_verbs import app
from musnad.cli.verbs import DEFAULT_BUILD, Built, Out, Where
from musnad.config import read_site
from musnad.errors import ProjectError
from musnad.project import Project

__all__ = ["app"]  # with these verbs


@app.command("link", epilog="Example: `musnad link names.tsv --scheme example -o review.tsv`")
def link_verb(
    source: Annotated[str, typer.Argument(help="A table (id, label, type, url), or a service.")],
    scheme: Annotated[str, typer.Option(help="The name of the other dataset's identifiers: wikidata, …")],
    out: Out = Path("review.tsv"),
    kind: Annotated[
        str,
        typer.Option("--class", help="Only ours of a class, as Place; Place=X: only theirs of X."),
    ] = "",
    project: Where = Path(),
) -> None:
    """Propose matches of the authority's entities for review; nothing is linked.

    Rows of the review file that somebody decided stay as they are.
    """
    from musnad.authority import read_authority
    from musnad.linking import Endpoint, Table, merge, propose, read_review, write_review
    from musnad.vocabulary import SCHEMA

    found = Project.find(project)
    ours, _, theirs = kind.partition("=")
    authority = read_authority(found.authority, read_site(found.site_file).minter).entities.values()
    entities = [each for each in authority if ours in {"", each.class_iri.removeprefix(SCHEMA)}]
    if not entities:
        raise ProjectError("--class", f"no entity of the authority is a {ours or 'thing'}")
    decided = read_review(out)
    asked = Endpoint(source, theirs) if "://" in source else Table.read(Path(source), theirs)
    rows = merge(decided, propose(entities, asked, scheme))
    write_review(out, rows)
    waiting = sum(not row.decision for row in rows)
    say(f"{len(entities)} entities asked; {waiting} candidates to be decided, {len(rows) - waiting} decided")
    sys.stdout.write(f"{out}\n")


@app.command("accept", epilog="Example: `musnad accept review.tsv`")
def accept_verb(
    review: Annotated[Path, typer.Argument(help="A review file on which people decided.")],
    project: Where = Path(),
) -> None:
    """Write the accepted matches of a review into the authority, with who, when and why."""
    from musnad.linking import accept, read_review

    if not review.is_file():
        raise ProjectError(review, "there is no such review", "write one with `musnad link`")
    found = Project.find(project)
    minter = read_site(found.site_file).minter
    for row in accept(found.authority, minter, read_review(review)):
        sys.stdout.write(f"{row.entity}\t{row.match}\t{row.scheme}\t{row.id}\n")


@app.command("kit", epilog="Example: `musnad kit build/mine -o kit`")
def kit_verb(
    built: Built = DEFAULT_BUILD,
    out: Out = Path("kit"),
    known: Annotated[
        str, typer.Option("--property", help="Wikidata's property for our identifiers, once there is one.")
    ] = "",
    table: Annotated[
        Path | None,
        typer.Option("--statements", help="Write statements too, by a table of properties."),
    ] = None,
    project: Where = Path(),
) -> None:
    """Write what others need to link here: for Wikidata, Mix'n'match, BEACON servers, linked data."""
    import orjson

    from musnad.build import Folder
    from musnad.linking import Kit, Properties, write_kit, write_statements
    from musnad.reconciliation import Cards
    from musnad.search import Index
    from musnad.store import Store

    site, folder = read_site(Project.find(project).site_file), Folder.at(built)
    store = Store.open(folder.store, read_only=True, base=site.base)
    cards = Cards(Index.of(store, site.base), store, site.base)
    kit = Kit.of(cards, site, orjson.loads(folder.mark.read_bytes())["date"], known)
    if table:
        properties, scheme = Properties.read(table), site.minter.concept("relation", "")
        kit = replace(kit, statements=tuple(write_statements(store, scheme, kit.numbers(), properties)))
    for path in write_kit(kit, out):
        sys.stdout.write(f"{path}\n")
