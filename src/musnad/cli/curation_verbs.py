"""The verbs for those who answer for the data: they take persons down, and list who is never published."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from musnad.build import Folder, Stages, release_date
from musnad.cli.console import bar, print_rows, say
from musnad.cli.linking_verbs import app
from musnad.cli.verbs import DEFAULT_BUILD, Built, Where
from musnad.errors import DataError, ProjectError
from musnad.project import Project

__all__ = ["app"]  # with these verbs

Why = Annotated[str, typer.Option(help="The reason, in words that do not name the person.")]
Who = Annotated[str, typer.Option(help="Who decided, as they sign.")]


@app.command(
    "takedown", epilog="Example: `musnad takedown id/x-… build/mine --why 'asked for it' --who editor`"
)
def takedown_verb(
    person: Annotated[str, typer.Argument(help="A full name, or an IRI such as id/x-….")],
    built: Built = DEFAULT_BUILD,
    why: Why = "",
    who: Who = "",
    project: Where = Path(),
) -> None:
    """Remove a person from a build, from all of its releases and pages, and from every build to come.

    Nothing that is written names the person: the project keeps hashes alone.
    """
    from musnad.build.taking_down import find_person, list_person, take_down, traces

    stages = Stages.of(Project.find(project), bar)
    folder = Folder.at(built)
    said = _said(who, why)
    found = find_person(stages, person, [folder])
    private = list_person(stages, found, said)
    fallen = take_down(stages, built, private)
    say(f"{fallen:,} rows fell; the private list is {stages.project.curation / 'private.yaml'}")
    left = traces([built], found.names)
    for path in left:
        sys.stdout.write(f"{path}\n")
    if left:
        raise DataError(built, f"a name still stands in {len(left)} file(s)", "edit what the project says")
    say("no name is left in any byte; copies elsewhere must be written again (musnad site, musnad kit)")


@app.command("private", epilog="Example: `musnad private 'full name' --why witness --who editor`")
def private_verb(
    names: Annotated[list[str], typer.Argument(help="The names of one person: full, or a handle with @.")],
    why: Why = "",
    who: Who = "",
    project: Where = Path(),
) -> None:
    """List a person who is never to be published, such as a witness; nothing that is written names them."""
    from musnad.build.taking_down import Person, list_person

    stages = Stages.of(Project.find(project), bar)
    private = list_person(stages, Person(tuple(names), ()), _said(who, why))
    say(f"{len(private.entries)} persons are listed; the next build leaves them out")


@app.command("diff", epilog="Example: `musnad diff 2026-01-31 2026-02-28 build/mine --format patch`")
def diff_verb(
    old: Annotated[str, typer.Argument(help="The name of a release that the build keeps.")],
    new: Annotated[str, typer.Argument(help="The name of a later one.")],
    built: Built = DEFAULT_BUILD,
    form: Annotated[str, typer.Option("--format", "-f", help="table, json; or patch: RDF Patch.")] = "table",
    project: Where = Path(),
) -> None:
    """Tell what one release adds, removes and changes, claim by claim, and why."""
    from musnad.config import read_site
    from musnad.versions.changes import compare, find_release
    from musnad.versions.writing import to_json, to_patch

    if form not in {"table", "json", "patch"}:
        raise ProjectError("--format", f"{form!r} is not a format", "one of table, json, patch")
    mint = read_site(Project.find(project).site_file).minter
    folder = Folder.at(built)
    changes = compare(find_release(folder, old), find_release(folder, new), mint.base)
    if form == "patch":
        sys.stdout.writelines(to_patch(changes, mint))
    elif form == "json":
        sys.stdout.buffer.write(to_json(changes))
        sys.stdout.flush()
    else:
        rows = [(c.kind, c.reason, c.label_ar, c.claim.removeprefix(mint.base)) for c in changes.claims]
        print_rows(("change", "why", "claim", "address"), rows)
        say(", ".join(f"{kind} {number}" for kind, number in changes.counts.items()))


@app.command("review", epilog="Example: `musnad review build/mine --who editor --web`")
def review_verb(
    built: Built = DEFAULT_BUILD,
    who: Who = "",
    matches: Annotated[Path | None, typer.Option(help="A review file of `musnad link`, too.")] = None,
    web: Annotated[bool, typer.Option("--web", help="Show the queue in a browser of this machine.")] = False,
    project: Where = Path(),
) -> None:
    """Go through doubtful claims, likely merges and proposed links; decisions go to rdf/curation/."""
    from musnad.cli.reviewing import review_here, review_in_browser
    from musnad.reviewing.desk import open_desk

    found = Project.find(project)
    desk = open_desk(found, Folder.at(built).tables, matches, release_date(""))
    desk.who = who
    if web:
        review_in_browser(desk)
    else:
        review_here(desk)


def _said(who: str, why: str) -> tuple[str, str, str]:
    if not who.strip() or not why.strip():
        raise DataError("--who, --why", "a decision says who took it, and why", "give both")
    return who, release_date(""), why
