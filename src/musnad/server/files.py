"""Style sheet, scripts, pictures, dumps: files that are served as they are.

The names are listed once, when the server starts, and a request is looked up among them, so that no path of a
request ever reaches the file system. Chosen over (a) Starlette's StaticFiles, which resolves paths at every
request, and (b) leaving them to another web server, which one's own machine does not have.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import FileResponse, Response

from musnad.server.media import BY_SUFFIX
from musnad.server.replies import Origin, Representation, names_tag, note_of, respond

# What the standard table of the machine may not know, or call otherwise.
_TYPES: Final = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
    "png": "image/png",
    "webp": "image/webp",
    "ico": "image/vnd.microsoft.icon",
    "woff2": "font/woff2",
    "txt": "text/plain; charset=utf-8",
    "xml": "application/xml",
    "json": "application/json",
    "csv": "text/csv; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "cff": "application/yaml",
    "nq": "application/n-quads",
    "trig": "application/trig",
    "patch": "application/rdf-patch",
    "gz": "application/gzip",
    "zst": "application/zstd",
    "parquet": "application/vnd.apache.parquet",
}
_OTHER: Final = "application/octet-stream"
_CACHED: Final = "public, max-age=3600"  # their names say nothing of their bytes: never `immutable`
_SMALL: Final = 500_000  # bytes of a file that is kept in memory


@dataclass(frozen=True, slots=True)
class Files:
    """The files that may be asked for, by the path of the request."""

    known: Mapping[str, Path]

    @classmethod
    def of(cls, folders: Mapping[str, Path]) -> Files:
        """Return the files of some folders, each below the path that it is served under.

        A name that begins with a dot, and a link that leads out of its folder, are left out.
        """
        known: dict[str, Path] = {}
        for prefix, folder in folders.items():
            root = folder.resolve()
            for path in sorted(root.rglob("*")):
                inside = path.resolve().is_relative_to(root)
                name = path.relative_to(root)
                if inside and path.is_file() and not any(part.startswith(".") for part in name.parts):
                    known[f"{prefix}/{name.as_posix()}".lstrip("/")] = path
        return cls(known)

    def find(self, request: Request, path: str) -> Response | None:
        """Return the file at a path; None where there is none. Ranges are answered, 304 too."""
        file = self.known.get(path)
        if file is None:
            return None
        try:
            state = file.stat()
            small = state.st_size <= _SMALL and "range" not in request.headers
            return _small(request, file, state) if small else _large(request, file, state)
        except OSError:  # removed since the server started
            return None


def _small(request: Request, file: Path, state: os.stat_result) -> Response:
    """Return a file whole, packed, to be sent again from memory while it does not change."""
    shown = replace(Representation.of(file.read_bytes(), _type(file)), origin=Origin.of(state, str(file)))
    note_of(request).keep = True
    return respond(request, shown, {"cache-control": _CACHED})


def _large(request: Request, file: Path, state: os.stat_result) -> Response:
    """Return a file from the disk, or the part of it that is asked for."""
    given = FileResponse(file, headers={"cache-control": _CACHED}, media_type=_type(file), stat_result=state)
    if names_tag(request.headers.get("if-none-match"), given.headers["etag"]):
        kept = {name: given.headers[name] for name in ("etag", "cache-control")}
        return Response(status_code=304, headers=kept)
    return given


def _type(file: Path) -> str:
    suffix = file.suffix[1:]
    return _TYPES.get(suffix) or (BY_SUFFIX[suffix].content_type if suffix in BY_SUFFIX else _OTHER)
