"""What stands around a thing: the claims that name it, and the names of everything that is linked.

A description alone is a list of addresses; with the labels a reader needs no second request. Chosen over (a)
the whole claims, of which a known person has thousands, and (b) nothing, which hides what the dataset is
about.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pyoxigraph as ox

from musnad.site.traces import linking, unnoted
from musnad.store import Store
from musnad.vocabulary import RDFS_LABEL

MOST_CLAIMS: Final = 1_000
FEW_CLAIMS: Final = 100  # of what a share of all claims has: a list of some of them tells a reader nothing
_LABEL: Final = ox.NamedNode(RDFS_LABEL)
_MOST_KNOWN: Final = 10_000  # 10 MB


class Labels:
    """What nodes are called: the same claims stand around many things."""

    def __init__(self, store: Store) -> None:
        self._store, self._known = store, dict[ox.NamedNode, list[ox.Quad]]()

    def of(self, node: ox.NamedNode) -> list[ox.Quad]:
        """Return the quads that say what a node is called."""
        self._store.note(node=node.value)
        known = self._known.get(node)
        if known is None:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            known = self._known[node] = list(
                unnoted(self._store).native.quads_for_pattern(node, _LABEL, None)
            )
        return known


def surroundings(
    store: Store, described: Sequence[ox.Quad], linked_by: tuple[str, str, int], labels: Labels
) -> list[ox.Quad]:
    """Return the links of claims to a thing, and the labels of all that is linked.

    `linked_by` holds the thing, what the IRIs of claims begin with, and how many claims there may be; the
    first by IRI are taken, so that the same store gives the same links.
    """
    node, near = ox.NamedNode(linked_by[0]), linking(store, *linked_by)
    links = [ox.Quad(ox.NamedNode(name), link, node) for name in near for link in near[name]]
    told = {quad.subject for quad in described}
    linked = ({quad.object for quad in described} | {quad.subject for quad in links}) - told
    called = [quad for term in linked if isinstance(term, ox.NamedNode) for quad in labels.of(term)]
    return links + called
