"""What of the project made a release: the hash of every declarative file, in the form of `sha256sum`.

`sha256sum -c inputs.sha256`, run in a project, tells whether it is still the one that made the release.
Decisions about people are told of as a whole, never file by file: the name of a file may be that of somebody.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from musnad.project import Project
from musnad.store import file_digest


@dataclass(frozen=True, slots=True)
class Inputs:
    """The files of a project that shape its data."""

    listing: str  # of the files, but for those about people
    folders: dict[str, str]  # `mappings/rdf` → hash of the lines of its files


def read_inputs(project: Project) -> Inputs:
    """Return the hashes of the mappings, shapes, terms, views, authority and decisions of a project."""
    lines: dict[str, list[str]] = {}
    listing = []
    for path in _files(project):
        name = path.relative_to(project.root).as_posix()
        line = f"{file_digest(path)}  {name}\n"
        lines.setdefault(_folder(name), []).append(line)
        if project.curation not in path.parents:
            listing.append(line)
    folders = {name: hashlib.sha256("".join(found).encode()).hexdigest() for name, found in lines.items()}
    return Inputs("".join(listing), dict(sorted(folders.items())))


def _files(project: Project) -> Iterator[Path]:
    """Yield the files by name; the example documents of a source are no part of it."""
    folders = (project.ontology.parent, project.sources, project.authority, project.curation, project.views)
    found = [path for folder in (*folders, project.shapes) for path in folder.rglob("*") if path.is_file()]
    kept = [path for path in found if "examples" not in path.relative_to(project.root).parts]
    yield from sorted({*kept, project.site_file}, key=lambda path: path.relative_to(project.root).as_posix())


def _folder(name: str) -> str:
    """Return the folder that a file is told of with: two levels below `mappings` and `rdf`, else one.

    >>> _folder("mappings/rdf/claims.yarrrml.yaml"), _folder("shapes/claim.ttl")
    ('mappings/rdf', 'shapes')
    """
    first, *rest = name.split("/")
    return f"{first}/{rest[0]}" if first in {"mappings", "rdf"} and len(rest) > 1 else first
