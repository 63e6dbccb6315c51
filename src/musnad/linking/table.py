"""Candidates from a table on this machine: identifier, label, class, and an address if there is one.

Found by the same index as everything else, so that spellings are found as the search finds them. For
gazetteers and registers that come as files, and for work without a network. Chosen over (a) loading them into
the store, whose licence and size are another matter, and (b) equal strings, which Arabic names seldom are.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Final

from musnad.config import read_text
from musnad.errors import MappingError
from musnad.linking.proposing import Proposal, Question
from musnad.search import Entry, Index
from musnad.search.entries import ENTITY, NAME
from musnad.vocabulary import SCHEMA

_COLUMNS: Final = ("id", "label", "type")
_URL: Final = "url"
_FEW: Final = 5
_LEAST: Final = 60.0  # below it half of the words are others


@dataclass(frozen=True, slots=True)
class Table:
    """The things of a table, by their names."""

    index: Index
    urls: dict[str, str]
    type: str = ""  # the last part of a class of schema.org; "" for all
    limit: int = _FEW

    @classmethod
    def read(cls, path: Path, kind: str = "") -> Table:
        """Return the table of a file, or raise MappingError naming the line."""
        reader = csv.DictReader(
            StringIO(read_text(path), newline=""), delimiter="\t", quoting=csv.QUOTE_NONE, restkey="more"
        )
        columns = tuple(reader.fieldnames or ())
        if columns not in {_COLUMNS, (*_COLUMNS, _URL)}:
            raise MappingError(
                f"{path}:1", "the columns are others", f"write {', '.join(_COLUMNS)}, and {_URL}"
            )
        entries: dict[str, Entry] = {}
        urls: dict[str, str] = {}
        for row in reader:
            if "more" in row or None in row.values() or not row["id"].strip() or not row["label"].strip():
                raise MappingError(f"{path}:{reader.line_num}", "a cell is missing, or there is one more")
            entry = entries.setdefault(row["id"], Entry(ENTITY, row["id"], row["type"]))
            if entry.type != row["type"]:
                raise MappingError(f"{path}:{reader.line_num}", f"{row['id']} has two types")
            entry.texts.setdefault(row["label"], (NAME, ""))
            urls[row["id"]] = row.get(_URL) or urls.get(row["id"], "")
        return cls(Index([entries[key] for key in sorted(entries)]), urls, kind)

    def ask(self, questions: Sequence[Question]) -> list[list[Proposal]]:
        """Return the things of the table that each name finds, best first."""
        return [self._find(question.name) for question in questions]

    def _find(self, name: str) -> list[Proposal]:
        found: list[Proposal] = []
        for each in self.index.find(name, limit=20):
            if each.score < _LEAST:
                break
            if self.type and each.entry.type.removeprefix(SCHEMA) not in {self.type, ""}:
                continue
            notes = tuple(f"{key} {value}" for key, value in each.features.items())
            label = name if name in each.entry.texts else next(iter(each.entry.texts))
            types = (each.entry.type,) if each.entry.type else ()
            url = self.urls[each.entry.iri]
            found.append(Proposal(each.entry.iri, label, types, each.score, False, url, notes))
        return found[: self.limit]
