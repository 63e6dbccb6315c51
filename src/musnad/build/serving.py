"""Serve what was built: a build, or a written site, and whatever takes its place while the server runs.

Chosen over (a) serving in `stages`, whose stages end, and (b) a server that knows where builds keep their
parts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from musnad.build.folder import Folder
from musnad.build.holding import held_store, until_ended
from musnad.curation import read_addresses
from musnad.errors import MusnadError
from musnad.remote import Remote
from musnad.server.app import Dataset, make_app, make_written_app
from musnad.server.current import Current
from musnad.server.resources import Withdrawn
from musnad.site.folder import MARK, read_mark
from musnad.versions import releases_of

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.applications import Starlette

    from musnad.config import Site
    from musnad.project import Project


def current_app(project: Project, config: Site, place: Path, endpoint: str = "") -> Current | Starlette:
    """Return the application of the build, or the written site, at a place; raise MusnadError at neither.

    With the address of a SPARQL server the data come from there, and a build, where there is one, gives its
    dumps and the addresses that moved.
    """
    address = Remote.find(endpoint).query if endpoint else ""
    if address and not Folder(place).mark.is_file():
        return make_app(Dataset(project, config, address))
    if read_mark(place):
        return Current(place / MARK, lambda: make_written_app(place, config))
    folder = Folder.at(place)

    def make() -> Starlette:
        files = {f"release/{each.name}": each.folder.release for each in releases_of(folder)}
        files |= {"report": folder.report, "changes": folder.changes}
        withdrawn = Withdrawn.of(read_addresses(folder.tables), config.base)
        stores = {each.name: each.folder.store for each in releases_of(folder)}
        if address:
            return make_app(Dataset(project, config, address, files, withdrawn, stores))
        store, let_go = held_store(folder)
        stores |= {name: store for name, path in stores.items() if path == folder.store}
        try:
            app = make_app(Dataset(project, config, store, files, withdrawn, stores))
        except MusnadError:
            let_go()
            raise
        return until_ended(app, let_go)

    return Current(folder.mark, make)
