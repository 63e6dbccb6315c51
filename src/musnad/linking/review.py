"""The review file: candidates in a table, one row each, on which people decide.

Tab-separated, since curators open it in a spreadsheet and compare versions of it line by line. Closed:
columns, decisions and kinds of match are listed, and what is accepted says who, when and why. A cell that a
spreadsheet would run begins with an apostrophe, which is taken off again. Chosen over (a) YAML, in which five
hundred candidates are unreadable, and (b) a column of booleans, which cannot say that nobody has looked.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass, fields
from io import StringIO
from pathlib import Path
from typing import Final

from musnad.config import is_day, read_text
from musnad.errors import DataError, MappingError

ACCEPT, REJECT = "accept", "reject"
KINDS: Final = ("exact", "close", "related")
_CONTROL: Final = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+")
_RUN: Final = ("=", "+", "-", "@")  # at the start of a cell a spreadsheet runs it
_MOST_ROWS: Final = 200_000


@dataclass(frozen=True, slots=True)
class Row:
    """One candidate for one entity, and what was decided."""

    entity: str  # IRI
    name: str
    kind: str  # class of the entity
    scheme: str
    id: str  # of the candidate there
    url: str = ""
    label: str = ""
    type: str = ""
    score: str = ""
    evidence: str = ""
    caution: str = ""
    decision: str = ""  # "" until somebody decides
    match: str = ""
    who: str = ""
    when: str = ""
    why: str = ""

    @property
    def key(self) -> tuple[str, str, str]:
        """Return what makes the row the same row in another run."""
        return self.entity, self.scheme, self.id

    def problem(self) -> str:
        """Return what is wrong with its decision; "" where nothing is."""
        if self.decision not in {"", ACCEPT, REJECT}:
            return f"decision {self.decision!r} is neither {ACCEPT} nor {REJECT}"
        if self.decision == ACCEPT and self.match not in KINDS:
            return f"accepted, and match {self.match!r} is none of {', '.join(KINDS)}"
        if self.decision and not (self.who.strip() and self.why.strip() and is_day(self.when)):
            return "decided, and who, when (2026-01-31) or why is missing"
        return ""


COLUMNS: Final = tuple("class" if each.name == "kind" else each.name for each in fields(Row))


def read_review(path: Path) -> list[Row]:
    """Return the rows of a review file, or raise MappingError naming the line; [] where there is none."""
    if not path.exists():
        return []
    reader = csv.reader(StringIO(read_text(path), newline=""), delimiter="\t", strict=True)
    rows: list[Row] = []
    try:
        for number, cells in enumerate(reader, 1):
            if number == 1:
                if tuple(cells) != COLUMNS:
                    raise MappingError(f"{path}:1", "the columns are others", f"write {', '.join(COLUMNS)}")
                continue
            if len(cells) != len(COLUMNS) or number > _MOST_ROWS:
                raise MappingError(
                    f"{path}:{number}", f"{len(cells)} cells, and there are {len(COLUMNS)} columns"
                )
            row = Row(*map(_bare, cells))
            if problem := row.problem():
                raise MappingError(f"{path}:{number}", problem)
            rows.append(row)
    except csv.Error as error:
        raise MappingError(f"{path}:{reader.line_num}", f"not a table: {error}") from None
    _refuse_contradictions(path, rows)
    return rows


def write_review(path: Path, rows: Iterable[Row]) -> None:
    """Write rows, entity by entity, the best candidate first; raises DataError where it cannot."""
    ordered = sorted(rows, key=lambda row: (row.entity, row.scheme, -_number(row.score), row.id))
    text = StringIO(newline="")
    writer = csv.writer(text, delimiter="\t", lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows([_safe(str(cell)) for cell in astuple(row)] for row in ordered)
    try:
        path.write_text(text.getvalue(), encoding="utf-8")
    except OSError as error:
        raise DataError(path, f"cannot be written: {error.strerror}") from None


def merge(decided: Sequence[Row], proposed: Sequence[Row]) -> list[Row]:
    """Return what was decided as it is, and what is proposed anew.

    What was rejected is not proposed again, nor anything for an entity whose exact match was accepted.
    """
    kept = {row.key: row for row in decided if row.decision}
    settled = {
        (row.entity, row.scheme) for row in kept.values() if row.match == KINDS[0] and row.decision == ACCEPT
    }
    for row in proposed:
        if (row.entity, row.scheme) not in settled:
            kept.setdefault(row.key, row)
    return list(kept.values())


def _refuse_contradictions(path: Path, rows: Sequence[Row]) -> None:
    """Raise where a row is there twice, or an entity is exactly two things of one dataset."""
    keys: set[tuple[str, ...]] = set()
    for row in rows:
        exact = row.decision == ACCEPT and row.match == KINDS[0]
        for key in [row.key, *([(row.entity, row.scheme)] if exact else [])]:
            if key in keys:
                what = "the row is there twice" if len(key) > 2 else "two exact matches are accepted"
                raise MappingError(path, f"{row.entity} and {row.scheme} {row.id}: {what}")
            keys.add(key)


def _safe(cell: str) -> str:
    r"""Return a cell on one line that no spreadsheet runs.

    >>> _safe("=1+1"), _safe("two\tcells"), _bare(_safe("=1+1"))
    ("'=1+1", 'two cells', '=1+1')
    """
    plain = " ".join(_CONTROL.sub(" ", cell).split())
    return f"'{plain}" if plain.startswith(_RUN) else plain


def _bare(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_RUN) else cell


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return 0.0
