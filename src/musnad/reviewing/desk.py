"""The desk of a project: its queue, and where its decisions are written."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from musnad.authority import read_authority
from musnad.config import read_site
from musnad.curation import read_decisions
from musnad.errors import DataError
from musnad.project import Project
from musnad.reviewing.queue import MATCH, Doubt, find_doubts, find_matches
from musnad.reviewing.web import Desk
from musnad.reviewing.writing import decide, decide_match


def open_desk(project: Project, tables: Path, matches: Path | None, day: str) -> Desk:
    """Return the queue of a build, with the links of a review file, to be decided on a day."""
    site = read_site(project.site_file)
    decided = read_decisions(project.curation, site.base)
    entities = read_authority(project.authority, site.minter).entities
    doubts = find_doubts(tables, entities, decided)
    if matches is not None:
        doubts += find_matches(matches)
    return Desk(project, doubts, partial(_write, (project.curation, matches, site.base), day))


def _write(where: tuple[Path, Path | None, str], day: str, doubt: Doubt, verb: str, *signed: str) -> None:
    """Write one decision to where decisions of its kind stand; `signed` is who and why."""
    folder, matches, base = where
    who, why = signed
    if doubt.kind != MATCH:
        decide(folder, doubt, verb, (who, day, why), base)
    elif matches is not None:
        decide_match(matches, doubt, verb, (who, day, why))
    else:
        raise DataError(doubt.target, "there is no review file to write into", "give --matches")
