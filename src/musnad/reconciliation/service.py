"""The answers of the service as JSON: manifest, candidates, suggestions.

https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/. Identifiers are the last
part of our IRIs, classes those of schema.org, so that a table of a client stays readable. The paths are those
of the 1.0 draft. Chosen over (a) whole IRIs as identifiers, which OpenRefine shows in every cell, and (b) the
manifest of both versions at once, which write templates of addresses differently.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any, Final

from musnad.reconciliation.cards import BROADER, Card, Cards, language_of
from musnad.reconciliation.extending import FEW_VALUES, Extender
from musnad.reconciliation.queries import MOST_QUERIES, Query
from musnad.reconciliation.scoring import Judge, Scored
from musnad.search import words_of
from musnad.vocabulary import SCHEMA

Told = dict[str, Any]  # JSON

VERSIONS: Final = ("0.2",)
SUGGESTED: Final = 10  # on a page
FEATURES: Final = {
    "exact": "one of its names, letter by letter",
    "folded": "one of its names, but for the spelling",
    "words": "percentage of the words that were found",
    "prefix": "words that begin one of its words",
    "edited": "words with a slip of the pen",
    "sounds": "has the consonants of one of its names",
    "namesakes": "other entities with this name",
    "curated": "known to a curator, not to one document only",
}
_SHORT: Final = 3  # letters; with fewer the index finds no beginnings
_WIDTH, _HEIGHT = 420, 260  # of a preview, in pixels
_TONGUES: Final = (("", "all"), ("ar", "Arabic"), ("en", "English"))
_SETTINGS: Final = (
    {"name": "limit", "label": "Most values", "type": "number", "default": FEW_VALUES,
     "help_text": "How many values a cell may get, from 1 to 100."},
    {"name": "language", "label": "Language", "type": "select", "default": "",
     "choices": [{"value": tag, "name": name} for tag, name in _TONGUES],
     "help_text": "The language of names and descriptions."},
)  # fmt: skip


class Service:
    """Puts what is known of the entities into the words of the specification."""

    def __init__(self, cards: Cards, extender: Extender, title: str) -> None:
        self.cards, self.extender, self.title = cards, extender, title
        self.judge = Judge(cards)

    def manifest(self, address: str) -> Told:
        """Return the manifest of the service whose endpoint is at an address, without a slash at the end."""
        path = {"service_url": address}
        return {
            "versions": list(VERSIONS),
            "name": self.title,
            "identifierSpace": self.cards.home,
            "schemaSpace": SCHEMA,
            "documentation": f"{self.cards.base}about",
            "batchSize": MOST_QUERIES,
            "defaultTypes": [self.type(iri) for iri in self.cards.types],
            "view": {"url": f"{self.cards.home}{{{{id}}}}"},
            "preview": {"url": f"{address}/preview?id={{{{id}}}}", "width": _WIDTH, "height": _HEIGHT},
            "suggest": {
                kind: path | {"service_path": f"/suggest/{kind}"} for kind in ("entity", "property", "type")
            },
            "extend": {
                "propose_properties": path | {"service_path": "/extend/propose"},
                "property_settings": list(_SETTINGS),
            },
        }

    def candidates(self, query: Query) -> list[Told]:
        """Return the candidates of a query, best first."""
        types = frozenset(self.type_iri(name) for name in query.types)
        language = language_of(query.text)
        return [self._candidate(each, language) for each in self.judge.judge(query, types)]

    def _candidate(self, scored: Scored, language: str) -> Told:
        features = [
            {"id": name, "name": FEATURES.get(name) or name.replace(":", ": "), "value": value}
            for name, value in scored.features
        ]
        told = self._entity(scored.card, language) | {"type": self._types(scored.card, language)}
        return told | {"score": scored.score, "match": scored.match, "features": features}

    def suggest_entities(self, prefix: str, cursor: int, kind: str = "") -> list[Told]:
        """Return the entities, of a class, of which a name begins with what was typed, from a place on."""
        language = language_of(prefix)
        wanted = self.type_iri(kind) if kind else ""
        cards = (card for card in self._beginning(prefix) if not wanted or wanted in card.types)
        found = islice(cards, cursor, cursor + SUGGESTED)
        return [self._entity(card, language) | {"notable": self._types(card, language)} for card in found]

    def _beginning(self, prefix: str) -> Iterable[Card]:
        words = words_of(prefix)
        if words and len("".join(words)) < _SHORT:
            cards = self.cards.by_iri.values()
            return (card for card in cards if any(key.startswith(words[0]) for key in card.keys))
        ranked = self.cards.index.rank(prefix, ("entity",))
        return (self.cards.by_number[number] for found in ranked for _, number in found.ranked)

    def suggest_types(self, prefix: str, cursor: int) -> list[Told]:
        """Return the classes of which a label has a word that begins with what was typed."""
        told = [
            (self.type(iri), [iri.removeprefix(SCHEMA), *labels.values()])
            for iri, labels in self.cards.types.items()
        ]
        return _starting(prefix, told, cursor)

    def suggest_properties(self, prefix: str, cursor: int) -> list[Told]:
        """Return the properties of which a label has a word that begins with what was typed."""
        told = [
            (self.extender.told(each), [each.id, each.name]) for each in self.extender.properties.values()
        ]
        return _starting(prefix, told, cursor)

    def propose(self, name: str, limit: int) -> Told:
        """Return the properties that are worth fetching for the entities of a class."""
        kind = self.type_iri(name)
        proposed = self.extender.propose(BROADER.get(kind, kind).removeprefix(SCHEMA), limit)
        return {"type": name, "limit": limit, "properties": proposed}

    def type(self, iri: str, language: str = "en") -> Told:
        """Return a class as clients are told of it, with the broader one."""
        local = iri.removeprefix(SCHEMA)
        told: Told = {"id": local, "name": self.label(iri, language)}
        if broader := BROADER.get(iri):
            told["broader"] = [{"id": broader.removeprefix(SCHEMA), "name": self.label(broader, language)}]
        return told

    def type_iri(self, name: str) -> str:
        """Return the IRI of a class that a client names by its IRI or the last part of it."""
        return name if "/" in name else SCHEMA + name

    def label(self, iri: str, language: str) -> str:
        """Return the label of a class in a language, else the last part of its IRI."""
        labels: Mapping[str, str] = self.cards.types.get(iri, {})
        return labels.get(language) or iri.replace("#", "/").rpartition("/")[2]

    def _types(self, card: Card, language: str) -> list[Told]:
        return [{"id": iri.removeprefix(SCHEMA), "name": self.label(iri, language)} for iri in card.types]

    def _entity(self, card: Card, language: str) -> Told:
        told = {"id": card.id, "name": card.name(language)}
        description = card.description(language)
        return told | ({"description": description} if description else {})


def _starting(prefix: str, told: Iterable[tuple[Told, list[str]]], cursor: int) -> list[Told]:
    """Return what has a word that begins with a prefix; everything for an empty one."""
    typed = "".join(words_of(prefix))

    def begins(text: str) -> bool:
        return any(word.startswith(typed) for word in words_of(text))

    return [each for each, texts in told if any(map(begins, texts))][cursor : cursor + SUGGESTED]
