"""Where the files of a dataset project are; no other module writes the name of a folder.

The engine runs on a *project*: a folder with `publish/site.yaml`, found by walking up from the working
directory. Chosen over (a) package data, which nobody can edit, and (b) paths in a configuration file,
which every tool would have to read first.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from musnad.errors import ProjectError

_MARK: Final = Path("publish") / "site.yaml"


@dataclass(frozen=True, slots=True)
class Project:
    """A folder that the engine publishes from."""

    root: Path

    @classmethod
    def find(cls, start: Path) -> Project:
        """Return the project that holds `start`, or raise ProjectError."""
        place = start.resolve()
        for folder in (place, *place.parents):
            if (folder / _MARK).is_file():
                return cls(folder)
        raise ProjectError(start, f"no {_MARK} here or above", "run `musnad init FOLDER`, or give --project")

    @property
    def site_file(self) -> Path:
        """Return the configuration of the project."""
        return self.root / _MARK

    @property
    def ontology(self) -> Path:
        """Return the file of our terms."""
        return self.root / "ontology" / "musnad.ttl"

    @property
    def context(self) -> Path:
        """Return the JSON-LD context."""
        return self.root / "ontology" / "context.jsonld"

    @property
    def sources(self) -> Path:
        """Return the folder that holds one folder for each source."""
        return self.root / "mappings"

    def source_files(self) -> Iterator[Path]:
        """Yield each `source.yaml`, sorted by the name of its folder."""
        yield from sorted(self.sources.glob("*/source.yaml"))

    def examples(self) -> Iterator[Path]:
        """Yield the bundled sample documents, sorted."""
        found = self.sources.glob("*/examples/*")
        yield from sorted(path for path in found if path.suffix in {".txt", ".html"})

    @property
    def patterns(self) -> Path:
        """Return the folder of the claim patterns."""
        return self.root / "mappings" / "claims"

    @property
    def lexicon(self) -> Path:
        """Return the folder of the word lists."""
        return self.root / "mappings" / "lexicon"

    @property
    def rdf_mappings(self) -> Path:
        """Return the folder of the YARRRML files."""
        return self.root / "mappings" / "rdf"

    @property
    def authority(self) -> Path:
        """Return the folder of the curated entities."""
        return self.root / "rdf" / "authority"

    @property
    def curation(self) -> Path:
        """Return the folder of the decisions and of the private list."""
        return self.root / "rdf" / "curation"

    @property
    def views(self) -> Path:
        """Return the folder of the derived graphs' queries."""
        return self.root / "rdf" / "views"

    @property
    def release(self) -> Path:
        """Return the folder of the last release of the bundled documents."""
        return self.root / "rdf" / "release"

    def parts(self) -> list[Path]:
        """Return the folders that a build is made from, beside the documents."""
        given = (self.site_file.parent, self.ontology.parent, self.sources, self.authority, self.views)
        return [path for path in (*given, self.curation, self.shapes) if path.exists()]

    @property
    def shapes(self) -> Path:
        """Return the folder of the shapes and the rules."""
        return self.root / "shapes"

    @property
    def queries(self) -> Path:
        """Return the folder of the queries of pages and examples."""
        return self.root / "publish" / "queries"

    @property
    def templates(self) -> Path:
        """Return the folder of the page templates."""
        return self.root / "publish" / "templates"

    @property
    def static(self) -> Path:
        """Return the folder of the style sheet, scripts and pictures."""
        return self.root / "publish" / "static"

    @property
    def fonts(self) -> Path:
        """Return the folder of the font that the project installed; it may be missing."""
        return self.static / "fonts"

    @property
    def editor(self) -> Path:
        """Return the folder of the editor of queries that the project installed; it may be missing."""
        return self.static / "editor"

    @property
    def assets(self) -> Path:
        """Return the folder of what the editor of queries is bundled from."""
        return self.root / "publish" / "assets"

    @property
    def deployment(self) -> Path:
        """Return the folder of the templates for other web servers."""
        return self.root / "publish" / "deploy"

    @property
    def texts(self) -> Path:
        """Return the words of the interface, in both languages."""
        return self.root / "publish" / "texts.yaml"
