"""Which things of a store have a page of their own.

Chosen over (a) a list written by the build, which a store alone does not have, and (b) every IRI of the
store, most of which are parts of others.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

import pyoxigraph as ox

from musnad.site.addresses import Addresses
from musnad.store import Store
from musnad.vocabulary import RDF_TYPE

_TYPE: Final = ox.NamedNode(RDF_TYPE)


def things(store: Store, addresses: Addresses) -> list[str]:
    """Return the paths of all things and graphs that have a page, sorted."""
    found = {
        answer["this"].value
        for answer in store.select("SELECT DISTINCT ?this WHERE { ?this a ?class }")
        if isinstance(answer["this"], ox.NamedNode)
    }
    return sorted({addresses.path(iri) for iri in found | set(store.graphs()) if _whole(iri, addresses)})


def things_among(store: Store, addresses: Addresses, quads: Iterable[ox.Quad]) -> dict[str, bool]:
    """Return the paths that may have begun or ceased to have a page by a change, and whether they have one.

    The change is all quads that went or came; whatever it says nothing of has a page as before.
    """
    found: dict[str, bool] = {}
    for quad in quads:
        nodes = [quad.graph_name] + ([quad.subject] if quad.predicate == _TYPE else [])
        for node in nodes:
            if isinstance(node, ox.NamedNode) and _whole(node.value, addresses):
                path = addresses.path(node.value)
                if path not in found:
                    found[path] = _is_there(store, node)
    return found


def _is_there(store: Store, node: ox.NamedNode) -> bool:
    """Tell whether a node is a named graph, or has a class."""
    native = store.native
    return native.contains_named_graph(node) or any(native.quads_for_pattern(node, _TYPE, None))


def _whole(iri: str, addresses: Addresses) -> bool:
    """Tell whether an IRI is a thing with a page of its own, and no fragment of one."""
    if not iri.startswith(addresses.base) or "#" in iri:
        return False
    kind = addresses.kind(addresses.path(iri))
    return kind is not None and not kind.fixed
