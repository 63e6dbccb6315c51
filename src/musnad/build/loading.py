"""The store of a build: made from its quads, or from the store of the last build and what changed since.

Chosen over (a) loading every quad at every build and (b) a store that is changed where it stands, which no
crash would forgive.
"""

from __future__ import annotations

from pathlib import Path

from musnad.build.delta import APART, compare
from musnad.build.folder import Folder
from musnad.iri import Minter
from musnad.store import Store, loaded_from
from musnad.store_folder import Difference, follow


def load(last: Path | None, folder: Folder, mint: Minter) -> None:
    """Load the quads of a build into its store."""
    before = Folder(last) if last else None
    change = compare(before.quads, folder.quads) if before and loaded_from(before.store) else None
    if before is None or change is None:
        Store.build(folder.quads, folder.store)
        return
    apart = [mint.graph(name) for name in APART]
    follow(before.store, folder.store, folder.quads, Difference(change.removed, apart, change.added))
