"""Where a wrong node came from: the document's file, and the row of the table.

Nothing is indexed before something is wrong; then the tables are read once.
"""

from __future__ import annotations

from collections.abc import Set
from pathlib import Path
from typing import Final

from musnad.store import Store
from musnad.tables.files import read_json_lines

# Table → the columns whose IRIs are described by its rows. The first table that names a node is its place.
_KEYS: Final[dict[str, tuple[str, ...]]] = {
    "claims": ("claim",),
    "attributions": ("attribution",),
    "documents": ("document", "capture", "views_node"),
    "posts": ("post",),
    "comments": ("comment",),
    "links": ("link",),
    "facts": ("fact",),
    "mentions": ("mention",),
    "passages": ("passage", "selector"),
    "entities": ("entity",),
    "identifiers": ("identifier",),
    "patterns": ("pattern", "activity"),
    "credits": ("lead_item",),
}
_FILES: Final = (
    "SELECT ?graph ?file WHERE { GRAPH ?graph { ?capture a msn:Capture ; dcterms:identifier ?file } }"
)


def files_of_graphs(store: Store) -> dict[str, str]:
    """Return the name of the document's file for each named graph of a document."""
    return {
        str(row["graph"])[1:-1]: str(getattr(row["file"], "value", row["file"]))
        for row in store.select(_FILES)
    }


def rows_of(nodes: Set[str], tables: Path) -> dict[str, tuple[str, int]]:
    """Return (table, row from 1) of each node that a row of the tables describes."""
    places: dict[str, tuple[str, int]] = {}
    for table, columns in _KEYS.items():
        path = tables / f"{table}.jsonl"
        if not path.is_file():
            continue
        for number, row in enumerate(read_json_lines(path), 1):
            for column in columns:
                if row.get(column) in nodes:
                    places.setdefault(row[column], (table, number))
    return places
