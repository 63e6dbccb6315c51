"""The queue of what a person should look at, worst first, without what somebody decided already.

Claims that conflict, that the reading itself doubts, or that stand in a document whose numbers do not agree;
entities of one document that bear a name of the authority; proposed links that nobody decided. Chosen over
(a) a sample, which finds what is frequent and not what is wrong, and (b) all claims, which nobody finishes.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from musnad.curation import Decision
from musnad.folding import fold_name
from musnad.linking import Row as LinkRow
from musnad.linking import read_review
from musnad.model import Entity
from musnad.tables.columns import Row
from musnad.tables.files import read_json_lines

CLAIM, MERGE, MATCH = "claim", "merge", "match"
CONFLICT, DOUBTFUL, COUNTS, NAMESAKE, LINK = REASONS = ("conflict", "doubtful", "counts", "namesake", "link")
_PASSAGE: Final = "#char="


@dataclass(frozen=True, slots=True)
class Doubt:
    """One thing to be looked at: a claim, an entity that may be another one, or a proposed link."""

    kind: str
    reason: str
    target: str  # IRI
    label: str
    words: str = ""  # that the claim rests on
    source: str = ""  # title or file of the document
    note: str = ""
    into: str = ""  # IRI of the entity that it may be
    into_label: str = ""
    at: str = ""  # passage
    relation: str = ""
    ends: tuple[str, str] = ("", "")


def find_doubts(tables: Path, entities: Mapping[str, Entity], decided: tuple[Decision, ...]) -> list[Doubt]:
    """Return the doubts about a build, worst first; `entities` are those of the authority."""
    known = {each.target for each in decided}
    found = [*_claims(tables), *_namesakes(tables, entities)]
    order = {reason: rank for rank, reason in enumerate(REASONS)}
    waiting = [each for each in found if each.target not in known]
    return sorted(waiting, key=lambda each: (order[each.reason], each.source, each.target))


def _claims(tables: Path) -> Iterator[Doubt]:
    conflicts = {row["claim"]: row["other"] for row in read_json_lines(tables / "conflicts.jsonl")}
    documents = {row["document"]: row for row in read_json_lines(tables / "documents.jsonl")}
    for row in read_json_lines(tables / "claims.jsonl"):
        document = documents.get(row["document"], {})
        reason = _reason(row, document, conflicts)
        if reason and not row["decision"]:
            note = conflicts.get(row["claim"], "") if reason == CONFLICT else row["note"] or ""
            yield Doubt(
                CLAIM,
                reason,
                row["claim"],
                row["label_ar"],
                row["exact"] or "",
                document.get("title") or row["file"],
                note,
                at=row["passage"],
                relation=row["relation"],
                ends=(row["subject"] or row["subject_label"], row["object"] or row["object_label"] or ""),
            )


def _reason(row: Row, document: Row, conflicts: Mapping[str, str]) -> str:
    if row["claim"] in conflicts:
        return CONFLICT
    if row["certainty"] == "doubtful" or row["note"]:
        return DOUBTFUL
    told = document.get("notes") or ""
    return COUNTS if "count" in told else ""


def _namesakes(tables: Path, entities: Mapping[str, Entity]) -> Iterator[Doubt]:
    """Yield the entities of one document that bear the whole name of one of the authority."""
    names: dict[tuple[str, str], Entity] = {}
    for entity in entities.values():
        for name in (entity.label_ar, *(name for name, _ in entity.names)):
            names.setdefault((entity.type, fold_name(name)), entity)
    for row in read_json_lines(tables / "entities.jsonl"):
        same = names.get((row["kind"], fold_name(row["label_ar"] or "")))
        if same and "/id/x-" in row["entity"] and row["label_ar"]:
            yield Doubt(
                MERGE, NAMESAKE, row["entity"], row["label_ar"], into=same.iri, into_label=same.label_ar
            )


def find_matches(review: Path) -> list[Doubt]:
    """Return the proposed links of a review file that nobody decided."""
    return [_link(row) for row in read_review(review) if not row.decision]


def _link(row: LinkRow) -> Doubt:
    return Doubt(
        MATCH,
        LINK,
        row.entity,
        row.name,
        row.evidence,
        row.scheme,
        row.caution,
        into=row.id,
        into_label=row.label or row.url,
    )
