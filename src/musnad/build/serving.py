"""Serve what was built: a build, or a written site, and whatever takes its place while the server runs.

Chosen over (a) serving in `stages`, whose stages end, and (b) a server that knows where builds keep their
parts.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import orjson

from musnad.build.folder import Folder
from musnad.server.app import Dataset, make_app, make_written_app
from musnad.server.current import Current
from musnad.site.folder import MARK, read_mark

if TYPE_CHECKING:
    from pathlib import Path

    from starlette.applications import Starlette

    from musnad.config import Site
    from musnad.project import Project


def current_app(project: Project, config: Site, place: Path) -> Current:
    """Return the application of the build, or the written site, at a place; raise MusnadError at neither."""
    if read_mark(place):
        return Current(place / MARK, lambda: make_written_app(place, config))
    folder = Folder.at(place)

    def make() -> Starlette:
        day = orjson.loads(folder.mark.read_bytes())["date"]
        files = {f"release/{day}": folder.release, "report": folder.report}
        return make_app(Dataset(project, config, folder.store, files))

    return Current(folder.mark, make)
