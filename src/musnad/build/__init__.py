"""The table of contents: from a folder of documents to everything that is published.

read → understand → tables → map → derive → validate → release → site, each stage a function between files
(`docs/decisions/0002-stages-through-files.md`). A build grows in a folder beside the last one and takes its
place by renaming when every stage passed; whatever fails leaves the last build as it was.
"""

from __future__ import annotations

import os
import shutil
import time
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import orjson

from musnad import __version__
from musnad.build.checking import check, initialise
from musnad.build.folder import Folder, replacing, tidy
from musnad.build.stages import Named, Stages
from musnad.errors import DataError, InvalidDataset, ProjectError

if TYPE_CHECKING:
    from musnad.reading import Refusal
    from musnad.validation import Report

__all__ = [
    "Folder",
    "Result",
    "Stages",
    "build",
    "check",
    "initialise",
    "name_files",
    "refused_by",
    "release_date",
]


@dataclass(frozen=True, slots=True)
class Result:
    """What a build made."""

    counts: dict[str, int]
    refused: list[Refusal]
    seconds: float
    unchanged: bool = False  # the last build was made from the same input; it stands as it is


def name_files(path: Path) -> list[Named]:
    """Return the documents of a file or a folder, each with the name to give it (its path inside)."""
    from musnad.reading import find_files

    root = path if path.is_dir() else path.parent
    return [(file, file.relative_to(root).as_posix()) for file in find_files(path)]


def build(stages: Stages, files: list[Named], out: Path, date: str = "", keep: bool = False) -> Result:
    """Run every stage into `out`; raise and leave the last build in place if one of them fails.

    With `keep` the release that was there stays beside the new one, which gets a name of its own, and the
    store learns the history of every claim.
    """
    if not files:
        raise DataError(
            out, "there is no document to build from", "give a folder with .txt, .html, .warc or .jsonl files"
        )
    started = time.monotonic()
    source = stages.fingerprint(files)
    if (last := _last(out, source, date)) is not None:
        tidy(out)
        return Result(last.counts, last.refused, time.monotonic() - started, unchanged=True)
    day = release_date(date)
    with replacing(out) as place, stages.remembering(out) as cached:
        folder = Folder(place)
        rows, refused = cached.tables(files, folder.tables)
        folder.refusals.write_bytes(
            b"".join(orjson.dumps(asdict(each), option=orjson.OPT_APPEND_NEWLINE) for each in refused)
        )
        quads = cached.map(folder.tables, folder.quads, folder.store)
        if not (report := cached.validate(folder, tell=True)).conforms:
            keep_report(folder, out)
            raise refused_by(report, report_folder(out))
        name, previous = day, ""
        if keep:
            from musnad.versions import next_name, remember
            from musnad.versions.page import write_changes

            name, previous = next_name(out, day)
            remember(Folder(out), folder, cached.config.minter, name)
        cached.release(folder, name, previous=previous)
        if keep:
            write_changes(cached.project, cached.config, folder, name, Folder(out).changes)
        pages = sum(cached.site(folder).values())
        counts = {name: rows[name] for name in ("documents", "zones", "mentions", "claims", "conflicts")}
        counts |= {"quads": quads, "files of the site": pages}
        about = {"engine": __version__, "date": day, "source": source, "counts": counts}
        about |= {"release": name} if name != day else {}
        _finish(folder, about)
    return Result(counts, refused, time.monotonic() - started)


def _finish(folder: Folder, about: dict[str, Any]) -> None:
    """Mark a build as finished, or raise DataError where the disk does not hold what was written."""
    from musnad.release import verify_release

    verify_release(folder.release)
    folder.mark.write_bytes(orjson.dumps(about, option=orjson.OPT_INDENT_2))


def _last(out: Path, source: str, date: str) -> Result | None:
    """Return what the last build made, if it is what this one would make; on any day where none is given."""
    folder = Folder(out)
    try:
        told = orjson.loads(folder.mark.read_bytes())
        refused = _refusals(folder.refusals.read_bytes().splitlines())
    except (OSError, ValueError, TypeError):
        return None
    fixed = date or os.environ.get("SOURCE_DATE_EPOCH")
    if told.get("source") != source or (fixed and told.get("date") != release_date(date)):
        return None
    return Result(told["counts"], refused, 0.0)


def _refusals(lines: list[bytes]) -> list[Refusal]:
    """Return what was refused; where that is nothing, the readers are not imported, which takes 0.3 s."""
    if not lines:
        return []
    from musnad.reading import Refusal

    return [Refusal(**orjson.loads(line)) for line in lines]


def refused_by(report: Report, folder: Path) -> InvalidDataset:
    """Return the error of a dataset that does not conform: document, row, shape and what is wrong."""
    first = report.violations[0]
    others = len(report.violations) - 1
    words = f"{first.message_en} [{first.shape}]" + (f", and {others} more" if others else "")
    return InvalidDataset(first.place or first.focus, words, f"the report is {folder / 'report.html'}")


def report_folder(out: Path) -> Path:
    """Return where the report of a refused build is kept, beside the last good build."""
    return out.with_name(f"{out.name}-report")


def keep_report(folder: Folder, out: Path) -> None:
    """Keep the report of a build that does not conform."""
    from musnad.release import replaced

    with replaced(report_folder(out)) as fresh:
        shutil.copytree(folder.report, fresh, dirs_exist_ok=True)


def release_date(given: str) -> str:
    """Return the day of a release: the one given, SOURCE_DATE_EPOCH's, or today's (UTC).

    https://reproducible-builds.org/specs/source-date-epoch/

    >>> release_date("2026-01-31")
    '2026-01-31'
    """
    try:
        if given:
            return date.fromisoformat(given).isoformat()
        if epoch := os.environ.get("SOURCE_DATE_EPOCH"):
            return datetime.fromtimestamp(int(epoch), UTC).date().isoformat()
    except ValueError:
        raise ProjectError("--date", f"{given!r} is not a day", "write it as 2026-01-31") from None
    return datetime.now(UTC).date().isoformat()
