"""Data extension: the values of properties of entities that a client has reconciled.

A property is an entry of a table: its label, of which classes it is offered, and a function. Roles are
claims, so each comes with its speaker and the IRI of the claim, denied ones with that word: a table that
leaves this service must not turn what somebody said into what is. Chosen over (a) any property of the data,
which would hand out claims without their speakers, and (b) SPARQL for clients, which `/sparql` is.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pyoxigraph as ox

from musnad.reconciliation.cards import CLOSE, EXACT, Card, Cards
from musnad.reconciliation.queries import Refused, read_json
from musnad.search.entries import NAME, TITLE
from musnad.vocabulary import SCHEMA

MOST_IDS: Final = 50
_MOST_PROPERTIES: Final = 20
MOST_VALUES: Final = 100
FEW_VALUES: Final = 10
_LANGUAGES: Final = ("", "ar", "en")
_CLAIMS: Final = """SELECT (COUNT(DISTINCT ?claim) AS ?many) WHERE {
  { ?claim schema:about %(thing)s } UNION { ?claim msn:speaker %(thing)s } ?claim a msn:Claim }"""
_ROLES: Final = """SELECT DISTINCT ?claim ?role ?status ?polarity ?modality ?speaker WHERE {
  ?claim rdf:subject %(thing)s ; schema:roleName ?role .
  OPTIONAL { ?claim msn:speaker ?speaker } OPTIONAL { ?claim msn:roleStatus ?status }
  OPTIONAL { ?claim msn:polarity ?polarity } OPTIONAL { ?claim msn:modality ?modality }
} ORDER BY ?claim ?role LIMIT %(most)d"""
_SAID: Final = frozenset({"", "Affirmed", "asserted", "current"})  # what goes without saying

Told = dict[str, Any]  # JSON


@dataclass(frozen=True, slots=True)
class Settings:
    """How a client wants the values of one property."""

    most: int = FEW_VALUES
    language: str = ""  # "" for all


Values = Callable[["Extender", Card, Settings], Iterable[Told]]


@dataclass(frozen=True, slots=True)
class Property:
    """One property that is offered: its identifier, its label, and the values of an entity."""

    id: str
    name: str
    values: Values
    of: str = ""  # the class whose entities have it, "" for all
    type: str = ""  # of its values, where they are entities


def _names(rank: int) -> Values:
    def values(_: Extender, card: Card, settings: Settings) -> Iterable[Told]:
        for text, (kind, tag) in card.entry.texts.items():
            if kind == rank and settings.language in {"", tag}:
                yield {"str": text}

    return values


def _descriptions(_: Extender, card: Card, settings: Settings) -> Iterable[Told]:
    return ({"str": text} for tag, text in card.descriptions.items() if settings.language in {"", tag})


def _places(extender: Extender, card: Card, settings: Settings) -> Iterable[Told]:
    for iri in card.places[:1]:
        if place := extender.cards.get(iri):
            yield {"id": place.id, "name": place.name(settings.language or "en")}


def _degrees(place: int) -> Values:
    def values(_: Extender, card: Card, __: Settings) -> Iterable[Told]:
        return [{"float": float(card.point[place])}] if card.point[place] else []

    return values


def _matches(kind: str) -> Values:
    def values(_: Extender, card: Card, __: Settings) -> Iterable[Told]:
        return ({"str": code.iri} for code in card.codes if code.match == kind and code.iri)

    return values


def _codes(scheme: str) -> Values:
    def values(_: Extender, card: Card, __: Settings) -> Iterable[Told]:
        return ({"str": code.value} for code in card.codes if code.scheme == scheme and code.match == EXACT)

    return values


def _types(extender: Extender, card: Card, settings: Settings) -> Iterable[Told]:
    labels = extender.cards.types[card.entry.type]
    yield {"str": labels.get(settings.language or "en") or card.entry.type.removeprefix(SCHEMA)}


def _addresses(_: Extender, card: Card, __: Settings) -> Iterable[Told]:
    return [{"str": card.entry.iri}]


def _claims(extender: Extender, card: Card, _: Settings) -> Iterable[Told]:
    rows = extender.cards.store.select(_CLAIMS % {"thing": ox.NamedNode(card.entry.iri)})
    return [{"int": int(_text(row["many"]))} for row in rows]


def _roles(extender: Extender, card: Card, settings: Settings) -> Iterable[Told]:
    """Yield each role as it is claimed: the words, what is unusual about the claim, who says it, its IRI."""
    language = settings.language or "en"
    rows = extender.cards.store.select(
        _ROLES % {"thing": ox.NamedNode(card.entry.iri), "most": settings.most}
    )
    for row in rows:
        speaker = extender.cards.get(_text(row.get("speaker")))
        marks = [_text(row.get(name)).replace("#", "/").rpartition("/")[2] for name in _MARKS]
        unusual = ", ".join(mark for mark in marks if mark not in _SAID)
        told = f"{_text(row['role'])}{f' [{unusual}]' if unusual else ''}"
        by = speaker.name(language) if speaker else "?"
        yield {"str": f"{told} — {by}: {_text(row['claim'])}"}


_MARKS: Final = ("status", "polarity", "modality")
_TABLE: Final = (
    Property("name", "name", _names(NAME)),
    Property("alternateName", "other names", _names(TITLE)),
    Property("description", "description", _descriptions),
    Property("type", "class", _types),
    Property("iri", "IRI", _addresses),
    Property("containedInPlace", "lies in", _places, type="Place"),
    Property("latitude", "latitude (WGS 84)", _degrees(0), "Place"),
    Property("longitude", "longitude (WGS 84)", _degrees(1), "Place"),
    Property("claims", "number of claims about it or by it", _claims),
    Property("role", "roles that are claimed, each with its speaker", _roles, "Person"),
    Property("exactMatch", "the same thing in other datasets", _matches(EXACT)),
    Property("closeMatch", "nearly the same in other datasets", _matches(CLOSE)),
)


def _text(term: object) -> str:
    return str(getattr(term, "value", "")) if term is not None else ""


class Extender:
    """Answers queries of data extension (0.2, section 7)."""

    def __init__(self, cards: Cards) -> None:
        self.cards = cards
        schemes = [Property(name, f"identifier: {name}", _codes(name)) for name in cards.schemes]
        self.properties: Mapping[str, Property] = {each.id: each for each in (*_TABLE, *schemes)}

    def extend(self, text: str | bytes) -> Told:
        """Return rows of values for a query in JSON, or raise Refused; unknown entities have empty rows."""
        given = read_json(text, "extend")
        if not isinstance(given, dict):
            raise Refused("extend", "not an object")
        ids = _entries(given, "ids", MOST_IDS)
        if not all(isinstance(each, str) for each in ids):
            raise Refused("extend.ids", "an identifier is not a text")
        asked = [self._asked(each) for each in _entries(given, "properties", _MOST_PROPERTIES)]
        return {
            "meta": [self.told(known, wanted_type=True) for known, _ in asked],
            "rows": {each: self._row(each, asked) for each in ids},
        }

    def propose(self, kind: str, limit: int) -> list[Told]:
        """Return the properties that entities of a class have."""
        found = [each for each in self.properties.values() if each.of in {"", kind}]
        return [self.told(each) for each in found[:limit]]

    def told(self, known: Property, wanted_type: bool = False) -> Told:
        """Return a property as clients are told of it."""
        told: Told = {"id": known.id, "name": known.name}
        if wanted_type and known.type:
            told["type"] = {"id": known.type, "name": known.type}
        return told

    def _row(self, name: str, asked: Sequence[tuple[Property, Settings]]) -> Told:
        card = self.cards.get(name)
        return {
            known.id: list(known.values(self, card, settings))[: settings.most] if card else []
            for known, settings in asked
        }

    def _asked(self, given: Any) -> tuple[Property, Settings]:  # JSON
        name = given.get("id") if isinstance(given, dict) else None
        if not isinstance(name, str) or name not in self.properties:
            raise Refused(
                "extend.properties", f"{name!r} is no property", f"one of {', '.join(self.properties)}"
            )
        settings = given.get("settings") or {}
        if not isinstance(settings, dict):
            raise Refused(f"extend.{name}", "settings are not an object")
        most, language = settings.get("limit", FEW_VALUES), settings.get("language", "")
        if isinstance(most, str) and most.isdecimal() and len(most) < 10:
            most = int(most)  # OpenRefine sends what its field holds
        if isinstance(most, bool) or not isinstance(most, int | float) or not 1 <= most <= MOST_VALUES:
            raise Refused(f"extend.{name}", f"limit {most!r} is not from 1 to {MOST_VALUES}")
        if language not in _LANGUAGES:
            raise Refused(f"extend.{name}", f"language {language!r} is neither ar nor en")
        return self.properties[name], Settings(int(most), language)


def _entries(given: Mapping[str, Any], key: str, most: int) -> list[Any]:
    found = given.get(key)
    if not isinstance(found, list):
        raise Refused(f"extend.{key}", "not a list")
    if len(found) > most:
        raise Refused(f"extend.{key}", f"more than {most}", "send them in smaller parts", 413)
    return found
