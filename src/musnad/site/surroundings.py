"""What stands around a thing: the claims that name it, and the names of everything that is linked.

A description alone is a list of addresses; with the labels a reader needs no second request. Chosen over (a)
the whole claims, of which a known person has thousands, and (b) nothing, which hides what the dataset is
about.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import pyoxigraph as ox

from musnad.site.traces import linking
from musnad.store import Store
from musnad.vocabulary import RDFS_LABEL

MOST_CLAIMS: Final = 1_000
_LABEL: Final = ox.NamedNode(RDFS_LABEL)


def surroundings(store: Store, iri: str, described: Sequence[ox.Quad], claims: str) -> list[ox.Quad]:
    """Return the links of claims to a thing, at most 1,000 claims, and the labels of all that is linked.

    `claims` is what the IRIs of claims begin with; the first by IRI are taken, so that the same store gives
    the same links.
    """
    node = ox.NamedNode(iri)
    links = [
        quad
        for claim in linking(store, iri, claims, MOST_CLAIMS)
        for quad in store.native.quads_for_pattern(ox.NamedNode(claim), None, node)
    ]
    told = {quad.subject for quad in described}
    linked = ({quad.object for quad in described} | {quad.subject for quad in links}) - told
    labels = [
        quad
        for term in linked
        if isinstance(term, ox.NamedNode)
        for quad in store.native.quads_for_pattern(term, _LABEL, None)
    ]
    return links + labels
