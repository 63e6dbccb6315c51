"""From an IRI of another dataset to ours: what `schema:sameAs` and the matches of SKOS say, read backwards.

One thing has several addresses there: with http or https, with `www.`, Wikidata's `/wiki/` and `/entity/`,
GeoNames' `sws.`. They are compared by one key. Related matches lead nowhere: they are about another thing.
Chosen over (a) owl:sameAs reasoning, which would make close matches equal, and (b) asking the other dataset,
since nothing is fetched here.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from musnad.reconciliation.cards import CLOSE, EXACT, MATCHES
from musnad.store import Store
from musnad.vocabulary import SCHEMA

# Read in this order: the first that speaks of a pair says what kind of match it is.
_LINKS: Final = (MATCHES[EXACT], MATCHES[CLOSE], SCHEMA + "sameAs")
_SCHEME: Final = re.compile(r"https?://(?:www\.|m\.)?", re.IGNORECASE)
_WIKIDATA: Final = re.compile(
    r"wikidata\.org/(?:wiki|entity)/(?:Special:EntityData/)?([QP][0-9]+)(?:\.\w+)?$", re.I
)
_GEONAMES: Final = re.compile(r"(?:sws\.)?geonames\.org/([0-9]+)(?:/.*)?$", re.IGNORECASE)
LONGEST: Final = 2_000


@dataclass(frozen=True, slots=True)
class Foreign:
    """An IRI of another dataset: the thing of ours that it is matched with, and by which property."""

    iri: str
    ours: str
    relation: str

    @property
    def exact(self) -> bool:
        """Tell whether both name the same thing."""
        return self.relation != MATCHES[CLOSE]


class Known:
    """The IRIs of other datasets that ours names."""

    def __init__(self, store: Store, base: str) -> None:
        self._home = f"{base}id/"
        found: dict[str, dict[str, Foreign]] = {}
        for relation in _LINKS:
            for quad in store.native.quads_for_pattern(None, ox.NamedNode(relation), None):
                ours, iri = getattr(quad.subject, "value", ""), getattr(quad.object, "value", "")
                if ours.startswith(self._home) and isinstance(quad.object, ox.NamedNode):
                    found.setdefault(key_of_iri(iri), {}).setdefault(ours, Foreign(iri, ours, relation))
        self._found: Mapping[str, tuple[Foreign, ...]] = {
            key: tuple(sorted(pairs.values(), key=lambda each: (not each.exact, each.ours)))
            for key, pairs in found.items()
        }

    def find(self, iri: str) -> tuple[Foreign, ...]:
        """Return what an IRI is matched with, exact matches first; nothing where nobody matched it."""
        return self._found.get(key_of_iri(iri), ()) if len(iri) <= LONGEST else ()

    def __len__(self) -> int:
        return len(self._found)


def key_of_iri(iri: str) -> str:
    """Return what the addresses of one thing have in common.

    >>> key_of_iri("https://www.wikidata.org/wiki/Q3640") == key_of_iri("http://www.wikidata.org/entity/Q3640")
    True
    >>> key_of_iri("https://sws.geonames.org/1/"), key_of_iri("https://www.geonames.org/1/somewhere.html")
    ('geonames.org/1', 'geonames.org/1')
    """
    plain = _SCHEME.sub("", iri.strip(), count=1)
    if found := _WIKIDATA.match(plain):
        return f"wikidata.org/{found[1].upper()}"
    if found := _GEONAMES.match(plain):
        return f"geonames.org/{found[1]}"
    host, slash, rest = plain.partition("/")
    return f"{host.lower()}{slash}{rest}".rstrip("/")
