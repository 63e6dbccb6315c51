"""Which field of a source's records means what: the key `records` of a `source.yaml`.

Every field of a record is mapped or ignored by name; a further one refuses the record, so that a source that
changes makes us work and never makes us wrong. Chosen over (a) guessing fields by their usual names, and
(b) expressions over records, which could not be checked.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from musnad.config import line_of, refuse_unknown, require
from musnad.errors import MappingError

FORMATS: Final = ("json-lines",)
_FIELDS: Final = ("id", "title", "text", "url", "published", "publisher")
RECORDS: Final = ("format", *_FIELDS, "ignore")


@dataclass(frozen=True, slots=True)
class RecordFields:
    """The names that the fields have in the records of a source; "" where the records lack one."""

    text: str
    id: str = ""
    title: str = ""
    url: str = ""
    published: str = ""
    publisher: str = ""
    ignore: frozenset[str] = frozenset()

    @property
    def mapped(self) -> frozenset[str]:
        """Return the names of the fields that are read."""
        given = (self.id, self.title, self.text, self.url, self.published, self.publisher)
        return frozenset(name for name in given if name)

    def unknown(self, given: Collection[str]) -> list[str]:
        """Return the fields of a record that the source does not speak of, sorted."""
        return sorted(set(given) - self.mapped - self.ignore)


def read_record_fields(path: Path, node: Any) -> RecordFields:
    """Return what the key `records` says, or raise MappingError naming the line."""
    if not isinstance(node, dict):
        raise MappingError(path, "records must hold keys and values")
    refuse_unknown(path, node, RECORDS, "records")
    require(path, node, ("format", "text"), "records")
    if node["format"] not in FORMATS:
        place = f"{path}:{line_of(node, 'format')}"
        raise MappingError(place, f"format cannot be {node['format']!r}", f"one of {', '.join(FORMATS)}")
    ignore = node.get("ignore", [])
    names = [
        *(node[key] for key in _FIELDS if key in node),
        *(ignore if isinstance(ignore, list) else [None]),
    ]
    for name in names:
        if not isinstance(name, str) or not name:
            raise MappingError(f"{path}:{line_of(node)}", f"{name!r} is not the name of a field of a record")
    if twice := sorted({name for name in names if names.count(name) > 1}):
        problem = f"the field {', '.join(twice)} is there twice"
        raise MappingError(f"{path}:{line_of(node)}", problem, "map it once, or ignore it")
    fields = {key: str(node[key]) for key in _FIELDS if key in node}
    return RecordFields(**fields, ignore=frozenset(map(str, ignore)))
