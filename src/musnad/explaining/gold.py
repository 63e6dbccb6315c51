"""Read gold files: what one careful reader marked in a document, as JSON.

A gold file names its document and lists the mentions and claims that stand in it; offsets are 0-based code
points of the stored text, end exclusive. Keys that only annotators need (zone, qualifiers, fine relation) may
stand there and are not read. Chosen over (a) the inline marks of the examples of patterns, which cannot show
claims that overlap, and (b) brat's standoff files, whose offsets no one can check without its server.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import orjson

from musnad.config import read_text
from musnad.errors import DataError
from musnad.model import MENTION_TYPES, Document, check_span

_REMEDY: Final = "the keys of a gold file are in docs/explain.md"


@dataclass(frozen=True, slots=True)
class GoldMention:
    """A span that a reader marked as a name."""

    start: int
    end: int
    type: str


@dataclass(frozen=True, slots=True)
class GoldClaim:
    """A claim that a reader found, its ends by name."""

    relation: str
    start: int
    end: int
    subject: str = ""
    object: str = ""
    speaker: str = ""
    polarity: str = "positive"
    modality: str = "asserted"

    @property
    def plain(self) -> bool:
        """Tell whether the claim is put as what is or was the case."""
        return self.polarity == "positive" and self.modality == "asserted"


@dataclass(frozen=True, slots=True)
class Gold:
    """All that a reader marked in one document."""

    file: str  # name of the document
    mentions: tuple[GoldMention, ...]
    claims: tuple[GoldClaim, ...]
    title: str = ""
    published: str = ""
    sha256: str = ""  # of the text that was read; "" where the file does not say


def find_gold(path: Path) -> list[Path]:
    """Return a gold file, or the JSON files of a folder that hold mentions, sorted; raise DataError."""
    if path.is_file():
        return [path]
    if not path.is_dir():
        raise DataError(path, "there is no such file or folder", "give the folder of the gold files")
    found = [file for file in sorted(path.glob("*.json")) if "mentions" in _load(file)]
    if not found:
        raise DataError(path, "no JSON file here has mentions", _REMEDY)
    return found


def read_gold(path: Path) -> Gold:
    """Return what a gold file holds, or raise DataError naming the entry that is wrong."""
    data = _load(path)
    for key, kind in (("file", str), ("mentions", list), ("claims", list)):
        if not isinstance(data.get(key), kind):
            raise DataError(path, f"{key!r} is missing, or of another kind than it should be", _REMEDY)
    about = data.get("metadata") or {}
    if not isinstance(about, Mapping):
        raise DataError(path, "'metadata' is not an object", _REMEDY)
    return Gold(
        file=data["file"],
        mentions=tuple(_mention(each, f"{path}: mention {n}") for n, each in enumerate(data["mentions"], 1)),
        claims=tuple(_claim(each, f"{path}: claim {n}") for n, each in enumerate(data["claims"], 1)),
        title=str(about.get("title") or ""),
        published=str(about.get("published") or ""),
        sha256=str(data.get("sha256") or ""),
    )


def check_text(gold: Gold, document: Document) -> None:
    """Raise DataError if a document is not the one that the gold file was made from."""
    if gold.sha256 and gold.sha256 != document.sha256:
        made, given = gold.sha256[:12], document.sha256[:12]
        problem = f"the gold file was made from the text with sha256 {made}…, not {given}…"
        raise DataError(document.file, problem, "give the folder with the documents that were annotated")
    ends = [*(mention.end for mention in gold.mentions), *(claim.end for claim in gold.claims)]
    last = max(ends, default=0)
    if last > len(document.text):
        raise DataError(document.file, f"the gold file marks character {last}, past the end of the text")


def _load(path: Path) -> Mapping[str, Any]:  # JSON may hold anything; the callers check what they take
    try:
        data = orjson.loads(read_text(path))
    except orjson.JSONDecodeError as error:
        raise DataError(path, f"is not JSON: {error}", "save it as UTF-8 JSON") from None
    return data if isinstance(data, dict) else {}


def _span(entry: Any, where: str) -> tuple[int, int]:
    if not isinstance(entry, Mapping):
        raise DataError(where, "is not an object", _REMEDY)
    start, end = entry.get("start"), entry.get("end")
    if not (isinstance(start, int) and isinstance(end, int)):
        raise DataError(where, "has no whole numbers 'start' and 'end'", _REMEDY)
    check_span(start, end, what=where)
    return start, end


def _mention(entry: Any, where: str) -> GoldMention:
    start, end = _span(entry, where)
    if entry.get("type") not in MENTION_TYPES:
        remedy = f"one of {', '.join(sorted(MENTION_TYPES))}"
        raise DataError(where, f"{entry.get('type')!r} is not a type of mention", remedy)
    return GoldMention(start, end, entry["type"])


def _claim(entry: Any, where: str) -> GoldClaim:
    start, end = _span(entry, where)
    if not isinstance(entry.get("relation"), str):
        raise DataError(where, "has no relation", _REMEDY)
    given = {key: str(entry[key]) for key in ("subject", "object", "speaker") if entry.get(key)}
    put = {key: str(entry[key]) for key in ("polarity", "modality") if entry.get(key)}
    return GoldClaim(entry["relation"], start, end, **given, **put)
