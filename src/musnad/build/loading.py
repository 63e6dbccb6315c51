"""The store of a build: made from its quads, or from the store of the last build and what changed since.

Chosen over (a) loading every quad at every build and (b) a store that is changed where it stands, which no
crash would forgive.
"""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from musnad.build.delta import compare
from musnad.build.folder import Folder
from musnad.iri import BESIDE, Minter
from musnad.store import Store, file_digest, loaded_from
from musnad.store_folder import Difference, follow


def load(last: Path | None, quads: Path, store: Path, mint: Minter, derived: Collection[str] = ()) -> None:
    """Load a file of quads into a store, unless the store was loaded from it.

    `derived` are graphs that the last build has and the file has not yet.
    """
    if loaded_from(store) == file_digest(quads):
        return
    before = Folder(last) if last else None
    without = [mint.graph(name) for name in derived]
    change = compare(before.quads, quads, without) if before and loaded_from(before.store) else None
    if before is None or change is None:
        Store.build(quads, store)
        return
    apart = [*(mint.graph(name) for name in BESIDE), *without]
    follow(before.store, store, quads, Difference(change.removed, apart, change.added))
