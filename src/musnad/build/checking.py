"""Looking at a project without building it, and writing a new one."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

import musnad
from musnad.errors import ProjectError

if TYPE_CHECKING:
    from musnad.build.stages import Stages

# What a new project starts from: the parts of ours that no one source owns.
_STARTER: Final = (
    "ontology",
    "mappings/claims",
    "mappings/generic",
    "mappings/lexicon",
    "mappings/rdf",
    "rdf/authority",
    "rdf/views",
    "shapes",
    "publish",
)


def check(stages: Stages) -> Iterator[tuple[str, str]]:
    """Yield what was read and how much of it; raise at the first file that is wrong."""
    from musnad.authority import read_authority
    from musnad.mapping import compile_mapping, read_mappings
    from musnad.reading import read_sources
    from musnad.site import Site
    from musnad.store import Store
    from musnad.understanding import read_lexicon, read_patterns
    from musnad.validation import read_rules, read_shapes

    project, config = stages.project, stages.config
    yield "sources", f"{len(read_sources(project).names)}"
    yield "authority", f"{len(read_authority(project.authority, config.minter).entities)} entities"
    mapping = read_mappings(project.rdf_mappings)
    compile_mapping(mapping, config.base)
    yield "mappings", f"{len(mapping.maps)} triples maps"
    patterns = read_patterns(project.patterns)
    read_lexicon(project.lexicon)
    yield "patterns", f"{len(patterns.cards)}"
    yield "shapes", f"{len(read_shapes(project.shapes, config.base))}"
    yield "rules", f"{len(read_rules(project.shapes))}"
    site = Site(project, Store.open(base=config.base), config)
    yield "pages", f"{len(site.kinds)} kinds, {len(site.examples)} example queries"


def starter() -> Path:
    """Return the folder with the files that a new project starts from."""
    package = Path(musnad.__file__).parent
    inside = package / "starter"  # of a wheel; a checkout has them at its root
    return inside if inside.is_dir() else package.parents[1]


def initialise(folder: Path) -> None:
    """Write a new project, or raise ProjectError if the folder holds anything."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise ProjectError(folder, "is there already, and is not empty", "name a new folder")
    source = starter()
    for name in _STARTER:
        shutil.copytree(source / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in ("documents", "rdf/curation"):
        (folder / name).mkdir(parents=True, exist_ok=True)
