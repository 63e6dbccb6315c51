"""What is known of each entity, as far as candidates, previews and suggestions need it.

Read once from the store, beside the index of `search`, whose entries hold the names. Chosen over (a) a query
for each candidate, which would put a stranger's batch before the triple store, and (b) the authority's files,
which know neither what documents name nor what a release holds.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

import pyoxigraph as ox

from musnad.search import Entry, Index, words_of
from musnad.search.entries import ENTITY, QUOTE
from musnad.search.spelling import name_key
from musnad.store import Store
from musnad.vocabulary import PREFIXES, RDFS_LABEL, SCHEMA

EXACT, CLOSE, RELATED = "exact", "close", "related"
MATCHES: Final = {kind: f"{PREFIXES['skos']}{kind}Match" for kind in (EXACT, CLOSE, RELATED)}
# A class that is below another one of those that entities have.
BROADER: Final = {
    SCHEMA + "PoliticalParty": SCHEMA + "Organization",
    SCHEMA + "NewsMediaOrganization": SCHEMA + "Organization",
    SCHEMA + "Legislation": SCHEMA + "CreativeWork",
}
SEEN: Final = "x-"  # begins the slug of what one document names and no curator knows
_KEPT: Final = 4_096  # names whose folded form is remembered
_MOST_PLACES: Final = 8  # of which one lies in the next
_LANGUAGES: Final = ("ar", "en")

Labels = Mapping[str, Mapping[str, str]]  # of classes, by IRI and language


@dataclass(frozen=True, slots=True)
class Code:
    """An identifier that another dataset gives to an entity."""

    scheme: str
    value: str
    iri: str  # "" where the scheme has none
    match: str  # exact, close, related; "" where the dataset does not say


@dataclass(frozen=True, slots=True, eq=False)
class Card:
    """One entity: its entry in the index, and what tells it from its namesakes."""

    number: int  # of the entry; breaks ties
    id: str
    entry: Entry
    types: tuple[str, ...]  # its class and the broader one
    keys: frozenset[str]  # its names as whole names are compared
    descriptions: Mapping[str, str]  # by language
    places: tuple[str, ...]  # IRIs of those that hold it, the nearest first
    codes: tuple[Code, ...]
    point: tuple[str, str]  # latitude and longitude in degrees, as they are written; "" where unknown

    @property
    def curated(self) -> bool:
        """Tell whether a curator knows it; else one document names it."""
        return not self.id.startswith(SEEN)

    def name(self, language: str) -> str:
        """Return its name in a language, else in another one."""
        return self.entry.label(language)[0]

    def description(self, language: str) -> str:
        """Return what is said of it, in a language or in another one; "" where nothing is."""
        for tag in (language, *_LANGUAGES):
            if self.descriptions.get(tag):
                return self.descriptions[tag]
        return ""


class Cards:
    """The entities of a store, by IRI."""

    def __init__(
        self,
        index: Index,
        store: Store,
        base: str,
        labels: Labels | None = None,
        moved: Mapping[str, str] | None = None,  # IRIs of merged entities, and of those that are left
    ) -> None:
        self.index, self.store, self.base = index, store, base
        self._moved = moved or {}
        self._given: Labels = labels or {}
        self.home = f"{base}id/"
        self._said = {name: self._read(iri) for name, iri in _PREDICATES.items()}
        self._codes = self._read_codes()
        entities = [(n, entry) for n, entry in enumerate(index.entries) if entry.kind == ENTITY]
        self.by_iri: dict[str, Card] = {entry.iri: self._card(n, entry) for n, entry in entities}
        self.by_number: dict[int, Card] = {card.number: card for card in self.by_iri.values()}

    def get(self, name: str) -> Card | None:
        """Return the entity with an identifier of ours, a slug or a whole IRI; None where there is none.

        Of an entity that was merged it is the one that is left.
        """
        iri = name if name.startswith(self.home) else self.home + name
        return self.by_iri.get(self._moved.get(iri, iri))

    @cached_property
    def by_key(self) -> Mapping[str, tuple[Card, ...]]:
        """Return the entities that bear a whole name, folded."""
        found: dict[str, list[Card]] = {}
        for card in self.by_iri.values():
            for key in card.keys:
                found.setdefault(key, []).append(card)
        return {key: tuple(cards) for key, cards in found.items()}

    @cached_property
    def by_code(self) -> Mapping[tuple[str, str], tuple[Card, ...]]:
        """Return the entities with an identifier, by scheme and value; related ones are left out."""
        found: dict[tuple[str, str], list[Card]] = {}
        for card in self.by_iri.values():
            for code in card.codes:
                if code.match != RELATED:
                    for value in {code.value.lower(), code.iri.lower()} - {""}:
                        found.setdefault((code.scheme, value), []).append(card)
        return {key: tuple(dict.fromkeys(cards)) for key, cards in found.items()}

    @cached_property
    def schemes(self) -> tuple[str, ...]:
        """Return the schemes of identifiers that the dataset has, sorted."""
        return tuple(sorted({code.scheme for card in self.by_iri.values() for code in card.codes}))

    @cached_property
    def types(self) -> Labels:
        """Return the classes of the entities, each with its labels by language."""
        found = sorted({kind for card in self.by_iri.values() for kind in card.types})
        return {iri: self._given.get(iri) or self._labels(iri) for iri in found}

    def _labels(self, iri: str) -> Mapping[str, str]:
        quads = self.store.native.quads_for_pattern(ox.NamedNode(iri), ox.NamedNode(RDFS_LABEL), None)
        said = [quad.object for quad in quads if isinstance(quad.object, ox.Literal)]
        return {word.language or "": word.value for word in sorted(said, key=str)}

    def _card(self, number: int, entry: Entry) -> Card:
        iri, said = entry.iri, self._said
        names = [text for text, (rank, _) in entry.texts.items() if rank != QUOTE]
        latitude, longitude = (next(iter(said[name].get(iri, ())), ("", ""))[0] for name in _POINT)
        return Card(
            number=number,
            id=iri.removeprefix(self.home),
            entry=entry,
            types=(entry.type, *filter(None, [BROADER.get(entry.type)])),
            keys=frozenset(key_of(name) for name in names) - {""},
            descriptions={tag: text for text, tag in sorted(said["description"].get(iri, ()))},
            places=tuple(self._places(iri)),
            codes=tuple(sorted(self._codes.get(iri, ()), key=lambda code: (code.scheme, code.value))),
            point=(latitude, longitude),
        )

    def _places(self, iri: str) -> Iterator[str]:
        seen = {iri}
        for _ in range(_MOST_PLACES):
            iri = min(self._said["containedInPlace"].get(iri, ()), default=("", ""))[0]
            if not iri or iri in seen:
                return
            seen.add(iri)
            yield iri

    def _read(self, predicate: str) -> dict[str, list[tuple[str, str]]]:
        """Return what a property says of our entities: IRI → values and their languages."""
        found: dict[str, list[tuple[str, str]]] = {}
        for quad in self.store.native.quads_for_pattern(None, ox.NamedNode(predicate), None):
            subject, value = getattr(quad.subject, "value", ""), getattr(quad.object, "value", "")
            if subject.startswith(self.home) and value:
                tag = (quad.object.language or "") if isinstance(quad.object, ox.Literal) else ""
                found.setdefault(subject, []).append((value, tag))
        return {subject: sorted(set(values)) for subject, values in found.items()}

    def _read_codes(self) -> dict[str, list[Code]]:
        """Return the identifiers of each entity, and which kind of match each is."""
        said = self._said
        found: dict[str, list[Code]] = {}
        for iri, nodes in said["identifier"].items():
            kinds = {value: kind for kind in MATCHES for value, _ in said[kind].get(iri, ())}
            for node, _ in nodes:
                scheme, value, url = (
                    next(iter(said[name].get(node, ())), ("", ""))[0]
                    for name in ("propertyID", "value", "url")
                )
                if scheme and value:
                    found.setdefault(iri, []).append(Code(scheme, value, url, kinds.get(url, "")))
        return found


_POINT: Final = ("latitude", "longitude")
_PREDICATES: Final = MATCHES | {
    name: SCHEMA + name
    for name in ("description", "containedInPlace", *_POINT, "identifier", "propertyID", "value", "url")
}


@lru_cache(maxsize=_KEPT)
def key_of(name: str) -> str:
    """Return a whole name as it is compared: folded, without articles; "" where it has no word.

    >>> key_of("الهيئة المثاليّة") == key_of("هيئه مثالية")
    True
    """
    return name_key(words_of(name))


def language_of(text: str) -> str:
    """Return "ar" for a text in Arabic letters, else "en".

    >>> language_of("حلب"), language_of("Aleppo")
    ('ar', 'en')
    """
    return "ar" if any("\u0600" <= letter <= "\u06ff" for letter in text) else "en"
