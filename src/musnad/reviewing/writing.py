"""Write what a person decided: one more entry at the end of a file of `rdf/curation/`.

The whole folder is read again afterwards; what contradicts an earlier decision is taken back and refused. The
entry says where the claim stands and what it says, so that a later reading finds it again. Chosen over (a) a
database, which git cannot compare, and (b) writing the file anew, which would lose what people wrote in it.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Final

import orjson

from musnad.curation import ACCEPT, MERGE, REJECT, read_decisions
from musnad.errors import DataError, MusnadError
from musnad.linking import read_review, write_review
from musnad.reviewing.queue import CLAIM, Doubt

FILE: Final = "review.yaml"
Said = tuple[str, str, str]  # who, when, why


def decide(folder: Path, doubt: Doubt, verb: str, said: Said, base: str) -> None:
    """Append a decision about a claim or a merge; raise DataError, and write nothing, where it cannot be."""
    verbs = (ACCEPT, REJECT) if doubt.kind == CLAIM else (MERGE,)
    if verb not in verbs or not all(word.strip() for word in said):
        raise DataError(doubt.target, f"{verb} needs who, when and why", f"one of {', '.join(verbs)}")
    path = folder / FILE
    before = path.read_text(encoding="utf-8") if path.is_file() else ""
    folder.mkdir(parents=True, exist_ok=True)
    try:
        path.write_text((before or "decisions:\n") + _entry(doubt, verb, said, base), encoding="utf-8")
        read_decisions(folder, base)
    except (OSError, MusnadError) as error:
        if before:
            path.write_text(before, encoding="utf-8")
        else:
            path.unlink(missing_ok=True)
        raise DataError(doubt.target, f"nothing was decided: {error}") from None


def _entry(doubt: Doubt, verb: str, said: Said, base: str) -> str:
    """Return the lines of one decision; words stand in quotation marks, as JSON writes them."""
    lines = [f"  - {verb}: {doubt.target.removeprefix(base)}"]
    if verb == MERGE:
        lines.append(f"    into: {doubt.into.removeprefix(base)}")
    lines += [f"    {key}: {_quoted(value)}" for key, value in zip(("who", "when", "why"), said, strict=True)]
    if doubt.kind == CLAIM and doubt.at:
        ends = ", ".join(_quoted(end.removeprefix(base)) for end in doubt.ends)
        at = doubt.at.removeprefix(base)
        lines += [f'    at: "{at}"', f"    relation: {doubt.relation}", f"    ends: [{ends}]"]
    return "\n".join(lines) + "\n"


def _quoted(text: str) -> str:
    return orjson.dumps(" ".join(text.split())).decode("utf-8")


def decide_match(review: Path, doubt: Doubt, decision: str, said: Said) -> None:
    """Write a decision about a proposed link into its review file; an accepted one is an exact match."""
    if decision not in {ACCEPT, REJECT} or not all(word.strip() for word in said):
        raise DataError(doubt.target, f"{decision} needs who, when and why", "accept or reject")
    who, when, why = said
    rows = []
    for row in read_review(review):
        if (row.entity, row.id, row.scheme) == (doubt.target, doubt.into, doubt.source):
            match = "exact" if decision == ACCEPT else ""
            row = replace(row, decision=decision, match=match, who=who, when=when, why=why)
        rows.append(row)
    write_review(review, rows)
