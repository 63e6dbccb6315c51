"""The verbs for those who publish: rules for web servers, a font, an editor of queries, a signature."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from musnad.cli.console import say
from musnad.cli.training_verbs import app
from musnad.cli.verbs import DEFAULT_BUILD, Built, Out, Where
from musnad.config import read_site
from musnad.project import Project

__all__ = ["app"]  # with these verbs


@app.command("deploy", epilog="Example: `musnad deploy build/mine -o deploy --host-name data.example.org`")
def deploy_verb(
    built: Built = DEFAULT_BUILD,
    out: Out = Path("deploy"),
    host_name: Annotated[str, typer.Option(help="Public name; `public_host` of `publish/site.yaml`.")] = "",
    folder: Annotated[str, typer.Option(help="The written site on that host; `public_folder`.")] = "",
    project: Where = Path(),
) -> None:
    """Write the rules with which nginx, Caddy, Apache and w3id.org answer for a written site.

    Of a build they pass queries on to `musnad serve`; of a written site there are none.
    """
    from musnad.build.deploying import Deployment, has_queries, withdrawn_from, write_deployment

    found = Project.find(project)
    config = read_site(found.site_file)
    host, place = host_name or config.public_host, folder or config.public_folder
    deployment = Deployment(host, place, config.port, has_queries(built), withdrawn_from(built))
    for path in write_deployment(found, config, deployment, out):
        sys.stdout.write(f"{path}\n")


@app.command("fonts", epilog="Example: `musnad fonts @fontsource/amiri@^5`")
def fonts_verb(
    package: Annotated[str, typer.Argument(help="A package of Fontsource, with its version.")] = "",
    project: Where = Path(),
) -> None:
    """Install an open font for the pages, through npm; without one they use the reader's own."""
    from musnad.site.fonts import DEFAULT, install_fonts

    files = install_fonts(package or DEFAULT, Project.find(project).fonts)
    say(f"{len(files)} files; pages made from now on use them")
    sys.stdout.write(f"{files[-1]}\n")


@app.command("editor", epilog="Example: `musnad editor`")
def editor_verb(project: Where = Path()) -> None:
    """Bundle an editor of queries for the pages, through npm; without one they have a text area."""
    from musnad.site.editor import install_editor

    files = install_editor(Project.find(project))
    say("pages made from now on use it")
    sys.stdout.write(f"{files[-1]}\n")


@app.command("sign", epilog="Example: `musnad sign build/mine/release --key ~/.ssh/id_ed25519`")
def sign_verb(
    release: Annotated[
        Path, typer.Argument(help="A folder that `musnad release` wrote.", show_default=False)
    ],
    key: Annotated[Path, typer.Option(help="Secret key of ssh-keygen or minisign.")],
) -> None:
    """Sign the checksums of a release, after checking that its files are those listed."""
    from musnad.release import sign_release, verify_release

    verify_release(release)
    sys.stdout.write(f"{sign_release(release, key)}\n")
