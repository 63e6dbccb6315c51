"""Where a wrong node came from: the document's file, and the row of the table.

Nothing is indexed before something is wrong; then the tables are read once.
"""

from __future__ import annotations

import re
from collections.abc import Set
from pathlib import Path
from typing import Final

from musnad.store import Store

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
_BLOCK: Final = 1 << 17  # bytes
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
    """Return (table, row from 1) of each node that a row of the tables describes.

    Rows are not read: no quotation mark stands alone within a text of JSON, so columns are found as bytes.
    """
    places: dict[str, tuple[str, int]] = {}
    left = {node.encode("utf-8"): node for node in nodes}
    for table, columns in _KEYS.items():
        path, number = tables / f"{table}.jsonl", 1
        if not left or not path.is_file():
            continue
        named = re.compile(rb'"(?:%b)":"([^"\\]*)"' % "|".join(columns).encode())
        with path.open("rb") as file:
            while lines := file.readlines(_BLOCK):
                block = b"".join(lines)
                for found in named.finditer(block):
                    if found[1] in left:
                        row = number + block.count(b"\n", 0, found.start())
                        places[left.pop(found[1])] = (table, row)
                number += len(lines)
    return places
