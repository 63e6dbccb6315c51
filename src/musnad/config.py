"""Declarative files: read strictly, closed, every objection with its line.

YAML 1.2 through ruamel.yaml, which keeps line numbers and reads `no` as the word "no"; duplicate keys,
unknown keys and aliases that expand without end are refused. Chosen over PyYAML (YAML 1.1 guesses) and over
TOML (poor with nested lists of Arabic words).
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Final

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap
from ruamel.yaml.constructor import DuplicateKeyError
from ruamel.yaml.error import MarkedYAMLError, YAMLError

from musnad.errors import MappingError, ProjectError
from musnad.iri import DEFAULT_BASE, Minter

_MAX_BYTES: Final = 2_000_000
_ALIAS: Final = re.compile(r"(?:^|[-:,\[{])[ ]+\*\w", re.MULTILINE)


def read_text(path: Path) -> str:
    """Return the text of a UTF-8 file of the project, or raise ProjectError."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise ProjectError(path, "the file is missing") from None
    except (OSError, UnicodeDecodeError) as error:
        raise ProjectError(path, f"cannot be read: {error}", "save it as UTF-8") from None


def read_yaml(path: Path) -> CommentedMap:
    """Return the mapping that a YAML file holds; `.lc` of each node has its line, counted from 0."""
    text = read_text(path)
    if len(text) > _MAX_BYTES:
        raise MappingError(path, f"the file has more than {_MAX_BYTES} characters")
    reader = YAML(typ="rt", pure=True)
    reader.allow_duplicate_keys = False
    if _ALIAS.search(text):
        raise MappingError(path, "YAML aliases are not used here", "write the value out")
    try:
        data = reader.load(text)
    except DuplicateKeyError as error:
        mark = error.problem_mark
        raise MappingError(f"{path}:{mark.line + 1 if mark else '?'}", "a key is there twice") from None
    except MarkedYAMLError as error:
        mark = error.problem_mark
        raise MappingError(
            f"{path}:{mark.line + 1 if mark else '?'}", str(error.problem or "not YAML")
        ) from None
    except YAMLError as error:
        raise MappingError(path, f"not YAML: {error}") from None
    if not isinstance(data, CommentedMap):
        raise MappingError(path, "the file must hold keys and values at the top")
    return data


def line_of(node: Any, key: Any = None) -> int:
    """Return the line of a node, or of one of its keys, counted from 1; 0 where it is not known."""
    place = getattr(node, "lc", None)  # ruamel's nodes carry their place, plain values do not
    if place is None:
        return 0
    if key is not None and place.data and key in place.data:
        return int(place.data[key][0]) + 1
    return int(place.line) + 1


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
    quote_characters: int = 300
    pattern_floor: float = 0.0
    query_seconds: float = 10.0
    query_memory_mb: int = 1024
    query_rows: int = 10_000
    query_workers: int = 2
    pages: Mapping[str, Any] = field(default_factory=dict)

    @property
    def minter(self) -> Minter:
        """Return the minter below the configured base."""
        return Minter(self.base)


def read_site(path: Path) -> Site:
    """Return the configuration of a project, or raise MappingError naming the key."""
    data = read_yaml(path)
    refuse_unknown(path, data, Site.__dataclass_fields__)
    values: dict[str, Any] = {}
    for key, value in data.items():
        default = Site.__dataclass_fields__[key]
        kind = default.type
        if (kind == "str" and not isinstance(value, str)) or (
            kind in {"int", "float"} and (isinstance(value, bool) or not isinstance(value, int | float))
        ):
            raise MappingError(f"{path}:{line_of(data, key)}", f"{key} must be of type {kind}, not {value!r}")
        values[key] = value
    site = Site(**values)
    Minter(site.base)
    return site
