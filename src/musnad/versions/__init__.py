"""Releases over time: kept, compared, cited.

`keeping` keeps what a build replaces, `history` knows since when a claim says what it says, `changes` tells
two releases apart and says why, `patch`, `feed` and `page` show that to machines and readers.
"""

from __future__ import annotations

from musnad.build.folder import Folder
from musnad.iri import Minter
from musnad.store import Store
from musnad.versions.history import Past, continued, history_quads, read_history, write_history
from musnad.versions.keeping import (
    Release,
    keep_releases,
    next_name,
    release_name,
    releases_of,
)

__all__ = ["Release", "next_name", "release_name", "releases_of", "remember"]


def remember(old: Folder, new: Folder, mint: Minter, name: str) -> None:
    """Keep the releases of the old build in the new one, and let its store know the history of claims."""
    keep_releases(old, new)
    pasts = continued(_past(old, mint), new.quads, mint.base, name)
    write_history(new.history, pasts)
    names = [each.name for each in releases_of(new, name)]
    Store.open(new.store, base=mint.base).extend(history_quads(pasts, names, mint))


def _past(old: Folder, mint: Minter) -> dict[str, Past]:
    """Return the history that a build tells; of one that tells none, what its release has."""
    if old.history.is_file() or not (old.release / "musnad.nq").is_file():
        return read_history(old.history)
    begun = continued({}, old.release / "musnad.nq", mint.base, release_name(old))
    return {each.claim: each for each in begun}
