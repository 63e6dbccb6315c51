"""What we know of each source: how its pages are recognised and laid out, read from `mappings/<source>`.

A source is one file and its examples; no code knows its name, `generic` excepted, which reads what nobody
else recognises. The keys are described in `docs/sources.md`. Chosen over (a) a parser for each site, which
makes every source a programming task, and (b) selectors into HTML, which plain text captures do not have.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from musnad.config import line_of, read_yaml, refuse_unknown, require
from musnad.errors import MappingError, ProjectError
from musnad.folding import fold
from musnad.model import ZONES
from musnad.project import Project
from musnad.reading.layout import Rule
from musnad.reading.lines import Line
from musnad.reading.record_fields import RecordFields, read_record_fields
from musnad.reading.shapes import SHAPES
from musnad.reading.values import FIELDS

GENERIC: Final = "generic"
_SOURCE: Final = ("label", "publisher", "kind", "language", "quote", "recognise", "layout", "records")
_PATTERNS: Final = ("starts", "signature", "inline")
_RULE: Final = (
    *("zone", "shape", "repeats", "lines", "anywhere", "after", "inside", "fields", "links", "credit"),
    *("last", "pairs", "comments", "sections", *_PATTERNS),
)
_REACHES: Final = ("many", "rest", "paragraph", "alike", "headlines", "topic")
_WORDS: Final[dict[str, tuple[str, ...]]] = {
    "shape": tuple(SHAPES),
    "links": ("ticker", "read_also", "related", "lead"),
    "credit": ("document", "lead_item"),
    "repeats": ("title",),
    "after": ("paragraph",),
}
_GROUPS: Final[dict[str, tuple[str, ...]]] = {
    "signature": ("author", "handle", "published"),
    "inline": ("headline",),
}
_ENDLESS: Final = re.compile(r"\((?:[^()\\]|\\.)*(?<!\\)[+*](?:[^()\\]|\\.)*\)(?:[+*]|\{\d+,\})")


@dataclass(frozen=True, slots=True)
class Source:
    """A publisher's feed of documents: how its pages are recognised, and how they are laid out."""

    name: str  # of the folder in mappings/
    label_ar: str
    label_en: str
    layout: tuple[Rule, ...]  # () for records that have none
    publisher: str = ""  # slug of the authority, "" where the pages do not tell
    kind: str = "NewsArticle"
    language: str = "ar"
    quote: bool = True
    cues: tuple[re.Pattern[str], ...] = ()
    need: int = 0
    records: RecordFields | None = None  # what the fields of its records mean

    def cues_met(self, lines: Sequence[Line]) -> int:
        """Return how many of the cues the lines show, 0 where they are fewer than needed."""
        met = sum(any(cue.search(line.folded.text) for line in lines) for cue in self.cues)
        return met if met >= self.need else 0


@dataclass(frozen=True, slots=True)
class Sources:
    """All sources of a project."""

    known: tuple[Source, ...]
    generic: Source
    names: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "names", tuple(source.name for source in (*self.known, self.generic)))

    def recognise(self, lines: Sequence[Line]) -> Source:
        """Return the source that meets the most of its cues; the generic one where none meets enough.

        Among equals the first by name is taken, so that the same page always has the same source.
        """
        best, most = self.generic, 0
        for source in self.known:
            if (met := source.cues_met(lines)) > most:
                best, most = source, met
        return best


def read_sources(project: Project) -> Sources:
    """Return the sources of a project, or raise MappingError where a description is malformed."""
    found = {path.parent.name: read_source(path) for path in project.source_files()}
    if GENERIC not in found:
        raise ProjectError(
            project.sources, f"no {GENERIC}/source.yaml", "it reads the pages that no other source recognises"
        )
    generic = found.pop(GENERIC)
    return Sources(tuple(found.values()), generic)


def read_source(path: Path) -> Source:
    """Return the source that a `source.yaml` describes; its name is that of its folder."""
    data, name = read_yaml(path), path.parent.name
    refuse_unknown(path, data, _SOURCE)
    needed = ("label", "layout") if name == GENERIC else ("label", "recognise", "layout")
    require(path, data, ("label",) if "records" in data else needed)
    label = _mapping(path, data, "label")
    refuse_unknown(path, label, ("ar", "en"), "label")
    require(path, label, ("ar", "en"), "label")
    cues, need = _cues(path, data)
    given: dict[str, Any] = {
        key: _typed(path, data, key, bool if key == "quote" else str)
        for key in ("publisher", "kind", "language", "quote")
        if key in data
    }
    return Source(
        name=name,
        label_ar=_typed(path, label, "ar", str),
        label_en=_typed(path, label, "en", str),
        layout=_rules(path, data, "layout") if "layout" in data else (),
        cues=cues,
        need=need,
        records=read_record_fields(path, data["records"]) if "records" in data else None,
        **given,
    )


def _cues(path: Path, data: Any) -> tuple[tuple[re.Pattern[str], ...], int]:
    if "recognise" not in data:
        return (), 0
    given = _mapping(path, data, "recognise")
    refuse_unknown(path, given, ("need", "cues"), "recognise")
    require(path, given, ("need", "cues"), "recognise")
    need, cues = _typed(path, given, "need", int), _typed(path, given, "cues", list)
    if not 1 <= need <= len(cues):
        raise _objection(path, given, "need", f"{need} of {len(cues)} cues cannot be met")
    return tuple(_pattern(path, cues, number) for number in range(len(cues))), need


def _rules(path: Path, data: Any, key: str) -> tuple[Rule, ...]:
    given = _typed(path, data, key, list)
    if not given:
        raise _objection(path, data, key, f"{key} has no rule")
    return tuple(_rule(path, given, number) for number in range(len(given)))


def _rule(path: Path, rules: Any, number: int) -> Rule:
    """Return one rule of a layout."""
    node = _mapping(path, rules, number)
    refuse_unknown(path, node, _RULE, "a rule of the layout")
    require(path, node, ("zone",), "a rule of the layout")
    if node["zone"] not in ZONES:
        raise _objection(path, node, "zone", f"{node['zone']!r} is not a kind of zone")
    for key, words in _WORDS.items():
        if key in node and node[key] not in words:
            raise _objection(path, node, key, f"{key} cannot be {node[key]!r}", f"one of {', '.join(words)}")
    values: dict[str, Any] = {
        key: node[key] for key in ("zone", "shape", "links", "credit", "after") if key in node
    }
    values |= {key: _typed(path, node, key, bool) for key in ("anywhere", "last", "pairs") if key in node}
    values |= {key: _pattern(path, node, key) for key in _PATTERNS if key in node}
    values |= {"repeats": "repeats" in node, "lines": _lines(path, node)}
    if "inside" in node:
        values["inside"] = _rules(path, node, "inside")
    rule = Rule(**values, fields=_fields(path, node), **_parts(path, node))
    for key, groups in _GROUPS.items():
        _require_groups(path, node, key, groups)
    if rule.credit and not rule.inline:
        _require_groups(path, node, "starts", ("name",))
    if rule.anywhere and not rule.anchored:
        raise _objection(path, node, "anywhere", "a rule that may come anywhere needs an anchor")
    return rule


def _lines(path: Path, node: Any) -> int | str:
    value = node.get("lines", 1)
    if value in _REACHES or (isinstance(value, int) and not isinstance(value, bool) and value > 0):
        return value if isinstance(value, int) else str(value)
    raise _objection(path, node, "lines", f"lines cannot be {value!r}", f"a number, or {', '.join(_REACHES)}")


def _fields(path: Path, node: Any) -> dict[str, re.Pattern[str]]:
    if "fields" not in node:
        return {}
    given = _mapping(path, node, "fields")
    refuse_unknown(path, given, FIELDS, "fields")
    found = {str(key): _pattern(path, given, key) for key in given}
    for key, pattern in found.items():
        if pattern.groups != 1:
            raise _objection(path, given, key, f"the pattern of {key} needs one group")
    return found


def _parts(path: Path, node: Any) -> dict[str, Any]:
    """Return what a rule says of comments and of sections."""
    values: dict[str, Any] = {}
    if "comments" in node:
        given = _mapping(path, node, "comments")
        refuse_unknown(path, given, ("age", "above"), "comments")
        require(path, given, ("age",), "comments")
        values["age"] = _pattern(path, given, "age")
        values["above"] = _typed(path, given, "above", int) if "above" in given else 0
    if "sections" in node:
        given = _mapping(path, node, "sections")
        refuse_unknown(path, given, ("heading", "nothing"), "sections")
        require(path, given, ("heading", "nothing"), "sections")
        values |= {key: _pattern(path, given, key) for key in ("heading", "nothing")}
    return values


def _require_groups(path: Path, node: Any, key: str, groups: Sequence[str]) -> None:
    missing = [name for name in groups if key in node and f"(?P<{name}>" not in node[key]]
    if missing or (key == "starts" and key not in node):
        raise _objection(path, node, key, f"{key} needs the groups {', '.join(groups)}", "write (?P<name>…)")


def _pattern(path: Path, node: Any, key: str | int) -> re.Pattern[str]:
    """Return a regular expression, folded as the lines are that it meets."""
    words = _typed(path, node, key, str)
    if _ENDLESS.search(words):
        raise _objection(path, node, key, f"{words!r} repeats a repetition", "it could run for ever")
    try:
        return re.compile(fold(words).text, re.IGNORECASE)
    except re.error as error:
        raise _objection(path, node, key, f"{words!r} is not a regular expression: {error}") from None


def _mapping(path: Path, node: Any, key: str | int) -> Any:
    value = node[key]
    if not isinstance(value, dict):
        raise _objection(path, node, key, f"{key} must hold keys and values")
    return value


def _typed(path: Path, node: Any, key: str | int, kind: type) -> Any:
    value = node[key]
    if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
        raise _objection(path, node, key, f"{key} must be of type {kind.__name__}, not {value!r}")
    return value


def _objection(path: Path, node: Any, key: Any, problem: str, remedy: str = "") -> MappingError:
    line = line_of(node, key)
    return MappingError(f"{path}:{line}" if line else path, problem, remedy)
