"""In which forms a release is written, and from what of the project beside its quads."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from musnad.config import Site
from musnad.errors import ProjectError
from musnad.graph import Context
from musnad.project import Project
from musnad.release.formats import GRAPHS, MERGED
from musnad.release.packing import PACKERS
from musnad.release.tables import write_csv_tables, write_parquet_tables

N_TRIPLES: Final = "n-triples"
TABULAR: Final = {"csv": write_csv_tables, "parquet": write_parquet_tables}
FORMATS: Final = (*MERGED, N_TRIPLES, *GRAPHS, *TABULAR)
_ALL: Final = "all"


@dataclass(frozen=True, slots=True)
class Order:
    """What to write beside the N-Quads, which are the release itself, and its description."""

    formats: frozenset[str] = frozenset({"turtle"})
    packings: tuple[str, ...] = ("gzip",)
    project: Project | None = None  # whose context, mappings and shapes are told of
    tables: Path | None = None  # folder of the tables

    def read_context(self, base: str) -> Context:
        """Return the JSON-LD context of the project, or one without any name."""
        return Context.read(self.project.context, base) if self.project else Context({}, {}, {})

    @classmethod
    def of(cls, project: Project, site: Site, tables: Path | None = None, forms: str = "") -> Order:
        """Return what a list of forms orders, or what `publish/site.yaml` does; raise ProjectError."""
        given, where = (forms.split(","), "--formats") if forms else (site.release_formats, project.site_file)
        formats, packings = chosen(given, str(where))
        return cls(formats, packings, project, tables)


def chosen(forms: Iterable[str], where: str) -> tuple[frozenset[str], tuple[str, ...]]:
    """Return the formats and the compressions of a list, `all` being every one, or raise ProjectError."""
    known = (*FORMATS, *PACKERS)
    names = {name.strip() for name in forms if name.strip()}
    if unknown := sorted(names - {*known, _ALL}):
        problem = f"{unknown[0]!r} is no form of a release"
        raise ProjectError(where, problem, f"one of {', '.join(known)}, {_ALL}")
    if _ALL in names:
        names = set(known)
    return frozenset(names & set(FORMATS)), tuple(name for name in PACKERS if name in names)
