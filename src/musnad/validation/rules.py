"""Rules across nodes: one SELECT query a file, whose answers are objections.

A file starts with `# id:`, `# severity:`, `# message-en:` and `# message-ar:`; the query gives `?focus` and
may give `?path`, `?value` and `?graph`. The files are closed: an unknown key or variable is an error.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Final

from musnad.config import read_text
from musnad.depending import Changed, reads_of, things_concerned, with_things
from musnad.errors import QueryError, ShapeError
from musnad.graph import rebase
from musnad.iri import DEFAULT_BASE
from musnad.store import Solutions, Store
from musnad.store_texts import Term
from musnad.validation.report import SEVERITIES, Severity, ValidationResult

_HEAD: Final = re.compile(r"#\s*([a-z-]+):\s*(.*\S)\s*\Z")
_KEYS: Final = frozenset({"id", "severity", "message-en", "message-ar"})
_VARIABLES: Final = frozenset({"focus", "path", "value", "graph"})
_FOCUS: Final = "focus"
_PLACE: Final = re.compile(r"error at (\d+):(\d+)")


@dataclass(frozen=True, slots=True)
class Rule:
    """A query that finds what is wrong, and what to say of it."""

    path: Path
    iri: str
    severity: Severity
    message_en: str
    message_ar: str
    query: str

    def results(self, store: Store) -> Iterator[ValidationResult]:
        """Yield one result for each answer of the query."""
        try:
            rows = store.select(self.query)
        except QueryError as error:
            raise ShapeError(_place(self.path, error.problem), error.problem) from None
        for row in rows:
            yield ValidationResult(
                self.severity,
                _text(row.get("focus")),
                self.message_en,
                self.message_ar,
                self.iri,
                _text(row.get("path")),
                str(row["value"]) if "value" in row else "",
                _text(row.get("graph")),
            )


def _text(term: Term | None) -> str:
    return str(term).removeprefix("<").removesuffix(">") if term is not None else ""


def read_rules(folder: Path, base: str = DEFAULT_BASE) -> tuple[Rule, ...]:
    """Return the rules in a folder, with our terms below `base`, or raise ShapeError naming file and line."""
    empty = Store.open(base=base)
    return tuple(_read(path, base, empty) for path in sorted(folder.glob("*.rq")))


def _read(path: Path, base: str, empty: Store) -> Rule:
    text = rebase(read_text(path), base)
    head: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.startswith("#"):
            break
        found = _HEAD.match(line)
        if not found or found[1] not in _KEYS or found[1] in head:
            raise ShapeError(f"{path}:{number}", f"not a line of the head: {line}", f"keys: {sorted(_KEYS)}")
        head[found[1]] = found[2]
    if missing := sorted(_KEYS - head.keys()):
        raise ShapeError(path, f"the head lacks {missing[0]!r}")
    if head["id"] != path.stem:
        raise ShapeError(path, f"the id is {head['id']!r}", "name the file after the rule")
    if head["severity"] not in SEVERITIES:
        raise ShapeError(path, f"{head['severity']!r} is not a severity", f"one of {', '.join(SEVERITIES)}")
    _check_query(path, text, empty)
    severity: Severity = head["severity"]
    iri = f"{base}shapes/{path.stem}"
    return Rule(path, iri, severity, head["message-en"], head["message-ar"], text)


def _check_query(path: Path, text: str, empty: Store) -> None:
    try:
        answer = empty.query(text)
    except QueryError as error:
        raise ShapeError(_place(path, error.problem), error.problem) from None
    if not isinstance(answer, Solutions) or "focus" not in answer.variables:
        raise ShapeError(path, "the query does not select ?focus")
    if unknown := sorted(set(answer.variables) - _VARIABLES):
        raise ShapeError(path, f"the query selects ?{unknown[0]}", f"known: {sorted(_VARIABLES)}")


def _place(path: Path, problem: str) -> str:
    found = _PLACE.search(problem)
    return f"{path}:{found[1]}" if found else str(path)


@dataclass(frozen=True, slots=True)
class Known:
    """What the rules found before a change, rule by rule, and the two sides of the change."""

    results: Mapping[str, Sequence[ValidationResult]]
    sides: Sequence[Changed]


def results_after(rule: Rule, store: Store, known: Known) -> Sequence[ValidationResult]:
    """Return the results of a rule after a change, asking only for the nodes that the change concerns."""
    before = known.results.get(rule.iri)
    reads = reads_of(rule.query, store.base, _FOCUS, constant=False)
    things = things_concerned(known.sides, reads, _FOCUS) if before is not None else None
    if before is None or things is None:
        return tuple(rule.results(store))
    if not things:
        return before
    query = with_things(rule.query, store.base, _FOCUS, sorted(things)) if all(map(_is_iri, things)) else None
    if query is None:
        return tuple(rule.results(store))
    others = [result for result in before if result.focus not in things]
    return (*others, *replace(rule, query=query).results(store))


def _is_iri(text: str) -> bool:
    return re.fullmatch(r"https?://[^\x00-\x20<>\"{}|^`\\]+", text) is not None
