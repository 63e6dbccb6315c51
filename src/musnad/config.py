"""Declarative files: read strictly, closed, every objection with its line.

The events of libyaml, through PyYAML, are made into nodes that know their lines; plain words are read by
the core schema of YAML 1.2, so that `no` is the word "no". Duplicate keys, unknown keys, tags, anchors and
aliases are refused. Chosen over ruamel.yaml, whose parser in Python took four fifths of a start, and over
TOML (poor with nested lists of Arabic words).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final

import yaml
from yaml.events import (
    AliasEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    SequenceStartEvent,
)

from musnad.errors import MappingError, ProjectError
from musnad.iri import DEFAULT_BASE, Minter

_LOADER: Final = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # where libyaml was not built in
_MAX_BYTES: Final = 2_000_000
_NODES: Final = (AliasEvent, MappingStartEvent, SequenceStartEvent, ScalarEvent)
_WORDS: Final[dict[str, bool | None]] = {
    **dict.fromkeys(("", "~", "null", "Null", "NULL")),
    **dict.fromkeys(("true", "True", "TRUE"), True),
    **dict.fromkeys(("false", "False", "FALSE"), False),
}
_INTEGER: Final = re.compile(r"[-+]?[0-9]+|0x[0-9a-fA-F]+")
_FLOAT: Final = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_POSITIVE: Final = ("query_", "fragment_", "connections")  # limits, which would let nothing through
_ALIAS: Final = re.compile(r"(?:^|[-:,\[{])[ ]+\*\w", re.MULTILINE)


class YamlMap(dict[str, Any]):
    """A mapping of a YAML file; `line` and the lines of its keys are counted from 1."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line
        self.lines: dict[str, int] = {}


class YamlList(list[Any]):
    """A list of a YAML file; `line` is counted from 1."""

    def __init__(self, line: int) -> None:
        super().__init__()
        self.line = line


def read_text(path: Path) -> str:
    """Return the text of a UTF-8 file of the project, or raise ProjectError."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise ProjectError(path, "the file is missing") from None
    except (OSError, UnicodeDecodeError) as error:
        raise ProjectError(path, f"cannot be read: {error}", "save it as UTF-8") from None


def read_yaml(path: Path) -> YamlMap:
    """Return the mapping that a YAML file holds; its nodes know their lines."""
    text = read_text(path)
    if len(text) > _MAX_BYTES:
        raise MappingError(path, f"the file has more than {_MAX_BYTES} characters")
    if _ALIAS.search(text):
        raise MappingError(path, "YAML aliases are not used here", "write the value out")
    try:
        data = _Nodes(path, yaml.parse(text, Loader=_LOADER)).document()
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        raise MappingError(
            f"{path}:{mark.line + 1 if mark else '?'}", str(error.problem or "not YAML")
        ) from None
    except yaml.YAMLError as error:
        raise MappingError(path, f"not YAML: {error}") from None
    if not isinstance(data, YamlMap):
        raise MappingError(path, "the file must hold keys and values at the top")
    return data


@dataclass(frozen=True, slots=True)
class _Nodes:
    """The events of a YAML file, made into nodes with their lines."""

    path: Path
    events: Iterator[Any]  # the events of PyYAML have no types

    def document(self) -> Any:
        """Return the one document of the file, None if it is empty."""
        found = [self._node(event) for event in self.events if isinstance(event, _NODES)]
        if len(found) > 1:
            raise MappingError(self.path, "the file must hold one YAML document")
        return found[0] if found else None

    def _node(self, event: Any) -> Any:
        mark = event.start_mark
        if isinstance(event, AliasEvent) or event.anchor or (event.tag and event.tag != "!"):
            raise MappingError(
                f"{self.path}:{mark.line + 1}",
                "YAML tags and anchors are not used here",
                "write a plain value",
            )
        if isinstance(event, MappingStartEvent):
            return self._mapping(mark)
        if isinstance(event, SequenceStartEvent):
            found = YamlList(mark.line + 1)
            while not isinstance(following := next(self.events), SequenceEndEvent):
                found.append(self._node(following))
            return found
        return _scalar(event.value) if event.implicit[0] else event.value

    def _mapping(self, mark: Any) -> YamlMap:
        """Return a mapping whose keys know their lines, or raise if a key is there twice."""
        found = YamlMap(mark.line + 1)
        while not isinstance(event := next(self.events), MappingEndEvent):
            if not isinstance(event, ScalarEvent):
                raise MappingError(f"{self.path}:{event.start_mark.line + 1}", "a key must be one word")
            key, mark = self._node(event), event.start_mark
            line = mark.line + 1 if mark else 0
            if key in found:
                raise MappingError(f"{self.path}:{line}", "a key is there twice")
            found.lines[key] = line
            found[key] = self._node(next(self.events))
        return found


def _scalar(text: str) -> str | int | float | bool | None:
    """Return a plain scalar by the core schema of YAML 1.2: https://yaml.org/spec/1.2.2/#103-core-schema."""
    if text in _WORDS:
        return _WORDS[text]
    if _INTEGER.fullmatch(text):
        return int(text, 0) if text.startswith("0x") else int(text)
    return float(text) if _FLOAT.fullmatch(text) else text


def line_of(node: Any, key: Any = None) -> int:
    """Return the line of a node, or of one of its keys, counted from 1; 0 where it is not known."""
    if not isinstance(node, YamlMap | YamlList):
        return 0
    return node.lines.get(key, node.line) if isinstance(node, YamlMap) else node.line


def is_day(text: str) -> bool:
    """Tell whether a value is a day of the calendar, as `2026-01-31`."""
    try:
        return len(text) == 10 and bool(date.fromisoformat(text))
    except ValueError:
        return False


def refuse_unknown(path: Path, given: Mapping[str, Any], known: Collection[str], where: str = "") -> None:
    """Raise if the mapping has a key that it may not have."""
    for key in given:
        if key not in known:
            close = get_close_matches(str(key), sorted(known), n=1)
            hint = f"did you mean {close[0]!r}?" if close else f"known: {', '.join(sorted(known))}"
            place = f"{path}:{line_of(given, key)}" if line_of(given, key) else str(path)
            raise MappingError(place, f"unknown key {str(key)!r}{' in ' + where if where else ''}", hint)


def require(path: Path, given: Mapping[str, Any], needed: Collection[str], where: str = "") -> None:
    """Raise if the mapping lacks a key that it must have."""
    for key in needed:
        if key not in given:
            place = f"{path}:{line_of(given)}" if line_of(given) else str(path)
            raise MappingError(place, f"missing key {key!r}{' in ' + where if where else ''}")


@dataclass(frozen=True, slots=True)
class Site:
    """What `publish/site.yaml` says."""

    base: str = DEFAULT_BASE
    title: Mapping[str, str] = field(default_factory=lambda: {"ar": "مُسند", "en": "Musnad"})
    description: Mapping[str, str] = field(default_factory=lambda: {"ar": "", "en": ""})
    publisher: Mapping[str, str] = field(default_factory=lambda: {"ar": "", "en": ""})
    licence: str = "https://creativecommons.org/publicdomain/zero/1.0/"
    contact: str = ""
    host: str = "127.0.0.1"
    port: int = 8000
    public_host: str = ""
    public_folder: str = "/srv/musnad/site"
    quote_characters: int = 300
    context_characters: int = 60
    pattern_floor: float = 0.0
    query_seconds: float = 10.0
    query_memory_mb: int = 1024
    query_rows: int = 10_000
    query_workers: int = 2
    release_formats: tuple[str, ...] = ("turtle", "gzip")
    release_places: tuple[str, ...] = ()
    query_quick_workers: int = 1
    query_quick_seconds: float = 0.25
    query_result_mb: int = 64
    query_queue: int = 20
    query_queue_seconds: float = 5.0
    query_client_running: int = 4
    query_client_seconds: float = 30.0
    query_services: tuple[str, ...] = ()
    query_log: str = ""
    query_log_text: bool = False
    fragment_triples: int = 100
    connections: int = 512
    proxy: str = ""
    metrics: str = "local"
    pages: Mapping[str, Any] = field(default_factory=dict)

    @property
    def minter(self) -> Minter:
        """Return the minter below the configured base."""
        return Minter(self.base)


def _typed(where: str, key: str, value: Any) -> Any:
    """Return the value of a key of `Site` as its type has it, or raise MappingError."""
    kind = str(Site.__dataclass_fields__[key].type)
    if kind == "tuple[str, ...]":
        if not isinstance(value, YamlList) or not all(isinstance(each, str) for each in value):
            raise MappingError(where, f"{key} must be a list of words, not {value!r}", f"{key}: [a, b]")
        return tuple(value)
    wanted = {"str": str, "int": int, "float": int | float, "bool": bool}.get(kind)
    if wanted and (not isinstance(value, wanted) or (isinstance(value, bool) and kind != "bool")):
        raise MappingError(where, f"{key} must be of type {kind}, not {value!r}")
    if key.startswith(_POSITIVE) and kind in {"int", "float"} and value <= 0:
        raise MappingError(where, f"{key} must be more than 0, not {value}")
    return value


def read_site(path: Path) -> Site:
    """Return the configuration of a project, or raise MappingError naming the key."""
    data = read_yaml(path)
    refuse_unknown(path, data, Site.__dataclass_fields__)
    values: dict[str, Any] = {}
    for key, value in data.items():
        values[key] = _typed(f"{path}:{line_of(data, key)}", key, value)
    site = Site(**values)
    Minter(site.base)
    return site
