"""Read the relations that claims may have, and refuse files whose entries have another shape.

Chosen over (a) an enumeration in code, which a project could not translate or extend, and (b) reading them
from the ontology, which says nothing of who speaks.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any, Final

from musnad.config import line_of, read_yaml, refuse_unknown, require
from musnad.errors import MappingError
from musnad.model import Relation
from musnad.vocabulary import PREFIXES

_SHAPE_NAMES: Final = {"dict": "keys and values", "list": "a list", "str": "a text"}


def read_relations(path: Path) -> dict[str, Relation]:
    """Return the relations by name, in the order of the file, or raise MappingError."""
    data = read_yaml(path)
    found: dict[str, Relation] = {}
    for name, given in data.items():
        expect(path, given, dict, f"relation {name}")
        known = {"label", "definition", "predicate", "inverse", "speech", "symmetric"}
        refuse_unknown(path, given, known, str(name))
        require(path, given, ("label", "definition"), str(name))
        expect(path, given["label"], dict, f"label of {name}")
        require(path, given["label"], ("ar", "en"), f"label of {name}")
        prefix, _, local = str(given.get("predicate", "")).partition(":")
        if prefix and prefix not in PREFIXES:
            raise MappingError(f"{path}:{line_of(given, 'predicate')}", f"unknown prefix {prefix!r}")
        found[str(name)] = Relation(
            name=str(name),
            label_ar=given["label"]["ar"],
            label_en=given["label"]["en"],
            definition_en=given["definition"],
            predicate=PREFIXES[prefix] + local if prefix else "",
            inverse=bool(given.get("inverse", False)),
            speech=bool(given.get("speech", False)),
            symmetric=bool(given.get("symmetric", False)),
        )
    return found


def expect(path: Path, node: Any, kind: type, where: str, owner: Any = None) -> None:
    """Raise if a node is not a mapping, a list or a text."""
    if not isinstance(node, kind):
        line = line_of(node) or line_of(owner)
        name = _SHAPE_NAMES[kind.__name__]
        raise MappingError(f"{path}:{line}" if line else path, f"{where} must be {name}, not {node!r}")
