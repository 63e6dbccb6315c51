"""What people decided about single readings, read from the YAML files of `rdf/curation/`.

One entry a decision: what it does and to what, who decided, when and why. A decision names a claim by its
IRI, which no better pattern moves; `at`, `relation` and `ends` find the claim again where a reading gave it
another one. YAML, because archivists edit it and git compares it line by line. Chosen over (a) Turtle, in
which a decision is six lines of syntax, and (b) edits of the output, which the next run would lose.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from musnad.config import YamlList, YamlMap, is_day, line_of, read_yaml, refuse_unknown
from musnad.errors import MappingError
from musnad.iri import DEFAULT_BASE, Minter, hexdigest

ACCEPT, REJECT, CORRECT, MERGE, SPLIT, WITHDRAW = VERBS = (
    "accept",
    "reject",
    "correct",
    "merge",
    "split",
    "withdraw",
)
PRIVATE: Final = "private.yaml"  # the list of private persons; no file of decisions
_COMMON: Final = ("who", "when", "why")
_ON_CLAIMS: Final = frozenset({ACCEPT, REJECT, CORRECT})
_FINDING: Final = ("at", "relation", "ends")
_KEYS: Final = {
    ACCEPT: _FINDING,
    REJECT: _FINDING,
    CORRECT: ("set", *_FINDING),
    MERGE: ("into",),
    SPLIT: ("in", "into"),
    WITHDRAW: _FINDING,
}
_NEEDED: Final = {CORRECT: ("set",), MERGE: ("into",), SPLIT: ("in",)}
_TARGETS: Final = {
    **dict.fromkeys(_ON_CLAIMS, r"claim/[0-9a-f]{16}"),
    **dict.fromkeys((MERGE, SPLIT), r"id/[a-z0-9-]+"),
    WITHDRAW: r"claim/[0-9a-f]{16}|doc/[0-9a-f]{12}|id/[a-z0-9-]+",
}
CHANGES: Final = [
    "relation",
    "subject",
    "object",
    "speaker",
    "polarity",
    "modality",
    "certainty",
    "role",
    "role_status",
    "edtf",
    "condition",
]
_PASSAGE: Final = re.compile(r"capture/[0-9a-f]{16}#char=(\d+),(\d+)\Z")


@dataclass(frozen=True, slots=True)
class Finding:
    """Where a claim stands and what it says, by which it is found again under another IRI."""

    capture: str = ""  # IRI
    start: int = 0
    end: int = 0
    relation: str = ""
    ends: tuple[str, ...] = ()  # IRIs or words of subject and object


@dataclass(frozen=True, slots=True)
class Decision:
    """One decision; `place` is its file and line."""

    verb: str
    target: str  # IRI
    who: str
    when: str
    why: str
    place: str
    into: str = ""  # IRI of the entity that is kept, or that a split gives
    documents: tuple[str, ...] = ()  # of a split
    changes: Mapping[str, str] = field(default_factory=dict, hash=False)  # of a correction
    finding: Finding | None = None

    def iri(self, mint: Minter) -> str:
        """Return the IRI of the activity that the decision was."""
        told = (f"{name}={value}" for name, value in sorted(self.changes.items()))
        return mint.activity(hexdigest(12, self.verb, self.target, *told), f"{self.who} {self.when}")

    def corrected(self, mint: Minter) -> str:
        """Return the IRI of the claim that a correction gives; never that of the old one."""
        told = (f"{name}={value}" for name, value in sorted(self.changes.items()))
        return mint.claim("corrected", self.target, *told)


def read_decisions(folder: Path, base: str = DEFAULT_BASE) -> tuple[Decision, ...]:
    """Return the decisions of a folder in the order of files and lines; MappingError names the line.

    No folder is no decision. Two decisions that cannot both be carried out are refused, both named.
    """
    found: list[Decision] = []
    for path in sorted(folder.glob("*.yaml")):
        if path.name != PRIVATE:
            found += _read_file(path, base)
    _refuse_contradictions(found)
    return tuple(found)


def _read_file(path: Path, base: str) -> Iterator[Decision]:
    data = read_yaml(path)
    refuse_unknown(path, data, ("decisions",))
    entries = data.get("decisions")
    if not isinstance(entries, YamlList):
        raise MappingError(path, "the file holds no list of decisions", "begin with `decisions:`")
    for entry in entries:
        if not isinstance(entry, YamlMap):
            raise MappingError(f"{path}:{entries.line}", "a decision holds keys and values", "see docs")
        yield _decision(path, entry, base)


def _decision(path: Path, entry: YamlMap, base: str) -> Decision:
    place = f"{path}:{entry.line}"
    verbs = [verb for verb in VERBS if verb in entry]
    if len(verbs) != 1:
        raise MappingError(place, "a decision has exactly one verb", f"one of {', '.join(VERBS)}")
    verb = verbs[0]
    refuse_unknown(path, entry, (verb, *_COMMON, *_KEYS[verb]), f"a decision to {verb}")
    for key in (*_COMMON, *_NEEDED.get(verb, ())):
        if not entry.get(key):
            raise MappingError(place, f"{verb}: {key!r} is missing", "say who, when and why")
    who, when, why = (_words(path, entry, key) for key in _COMMON)
    if not is_day(when):
        raise MappingError(f"{path}:{line_of(entry, 'when')}", f"{when!r} is not a day", "write 2026-01-31")
    into = entry.get("into", "")
    return Decision(
        verb=verb,
        target=_iri(path, entry, verb, (_TARGETS[verb], base)),
        who=who,
        when=when,
        why=why,
        place=place,
        into=_iri(path, entry, "into", (r"id/[a-z0-9-]+", base)) if into else "",
        documents=_documents(path, entry, base) if verb == SPLIT else (),
        changes=_changes(path, entry) if verb == CORRECT else {},
        finding=_finding(path, entry, base),
    )


def _words(path: Path, entry: YamlMap, key: str) -> str:
    value = entry[key]
    if not isinstance(value, str) or not value.strip():
        raise MappingError(f"{path}:{line_of(entry, key)}", f"{key} must be words, not {value!r}")
    return " ".join(value.split())


def _iri(path: Path, entry: YamlMap, key: str, allowed: tuple[str, str]) -> str:
    """Return an IRI below the base; it may be written whole, or as a path below it."""
    pattern, base = allowed
    return _below(f"{path}:{line_of(entry, key)}", entry[key], pattern, base)


def _below(where: str, value: Any, pattern: str, base: str) -> str:
    local = str(value).removeprefix(base).removeprefix(DEFAULT_BASE)
    if not re.fullmatch(pattern, local):
        raise MappingError(
            where, f"{value!r} is no address of the right kind", "as in claim/0123456789abcdef"
        )
    return base + local


def _documents(path: Path, entry: YamlMap, base: str) -> tuple[str, ...]:
    where, given = f"{path}:{line_of(entry, 'in')}", entry["in"]
    if not isinstance(given, YamlList):
        raise MappingError(where, "`in` is a list of documents", "as in [doc/0123456789ab]")
    return tuple(_below(where, each, r"doc/[0-9a-f]{12}", base) for each in given)


def _changes(path: Path, entry: YamlMap) -> dict[str, str]:
    given = entry["set"]
    where = f"{path}:{line_of(entry, 'set')}"
    if not isinstance(given, YamlMap) or not given:
        raise MappingError(where, "`set` holds what is to be changed", f"some of {', '.join(CHANGES)}")
    refuse_unknown(path, given, CHANGES, "set")
    for key, value in given.items():
        if not isinstance(value, str | int):
            raise MappingError(f"{path}:{line_of(given, key)}", f"{key} must be words, not {value!r}")
    return {key: str(value) for key, value in given.items()}


def _finding(path: Path, entry: YamlMap, base: str) -> Finding | None:
    given = [key for key in _FINDING if key in entry]
    if not given:
        return None
    where = f"{path}:{entry.line}"
    if len(given) != len(_FINDING):
        raise MappingError(
            where, "at, relation and ends stand together", "add what is missing, or leave them"
        )
    local = str(entry["at"]).removeprefix(base).removeprefix(DEFAULT_BASE)
    passage, ends = _PASSAGE.match(local), entry["ends"]
    if not passage or not isinstance(ends, YamlList) or len(ends) != 2:
        raise MappingError(where, "at is a passage, ends are two", "as in capture/00ff…#char=3,9")
    capture = base + local.partition("#")[0]
    named = tuple(base + str(each) if str(each).startswith("id/") else str(each or "") for each in ends)
    return Finding(capture, int(passage[1]), int(passage[2]), str(entry["relation"]), named)


def _refuse_contradictions(decisions: list[Decision]) -> None:
    """Raise where two decisions are about the same thing; only splits may stand beside one other."""
    taken: dict[tuple[str, str], Decision] = {}
    for each in decisions:
        for part in each.documents or ("",):
            other = taken.setdefault((each.target, part), each)
            if other is not each:
                raise MappingError(
                    each.place,
                    f"{each.verb} contradicts {other.verb} of the same thing at {other.place}",
                    "keep one of the two",
                )
    merges = {each.target: each for each in decisions if each.verb == MERGE}
    gone = {each.target: each for each in decisions if each.verb == WITHDRAW}
    for each in decisions:
        if each.into in gone:
            other = gone[each.into]
            raise MappingError(
                each.place, f"{each.verb} leads to what is withdrawn at {other.place}", "keep one of the two"
            )
        seen, step = [each], each
        while each.verb == MERGE and step.into in merges:
            step = merges[step.into]
            if step in seen:
                way = ", ".join(other.place for other in seen[1:]) or each.place
                raise MappingError(
                    each.place, f"the merges go round in a circle, by way of {way}", "take one out"
                )
            seen.append(step)
