"""Which things of a store have a page of their own.

Chosen over (a) a list written by the build, which a store alone does not have, and (b) every IRI of the
store, most of which are parts of others.
"""

from __future__ import annotations

import pyoxigraph as ox

from musnad.site.addresses import Addresses
from musnad.store import Store


def things(store: Store, addresses: Addresses) -> list[str]:
    """Return the paths of all things and graphs that have a page, sorted."""
    found = {
        answer["this"].value
        for answer in store.select("SELECT DISTINCT ?this WHERE { ?this a ?class }")
        if isinstance(answer["this"], ox.NamedNode)
    }
    return sorted({addresses.path(iri) for iri in found | set(store.graphs()) if _whole(iri, addresses)})


def _whole(iri: str, addresses: Addresses) -> bool:
    """Tell whether an IRI is a thing with a page of its own, and no fragment of one."""
    if not iri.startswith(addresses.base) or "#" in iri:
        return False
    kind = addresses.kind(addresses.path(iri))
    return kind is not None and not kind.fixed
