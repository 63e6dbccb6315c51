"""What claims speak of, the relations that they state, and the patterns that read them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Identifier:
    """An identifier that another dataset gives to an entity, with the source that pairs it with the name."""

    scheme: str
    value: str
    match: Literal["exact", "close", "related"]
    evidence: str  # the stored source that pairs name and identifier
    url: str = ""  # the IRI of the entity there, "" where the scheme has none


@dataclass(frozen=True, slots=True)
class Entity:
    """A person, organisation, place, event or work that claims speak of."""

    iri: str
    type: str  # PERSON, ORG, PLACE, EVENT or WORK: the type of the mentions that mean it
    class_iri: str  # of schema.org, or AnonymousSource of our ontology
    label_ar: str
    label_en: str = ""
    slug: str = ""  # of the authority, "" for an entity that one document names
    names: tuple[tuple[str, str], ...] = ()  # (other name, language), "ar" or "en"
    short_names: tuple[str, ...] = ()  # valid only after a longer name in the same document
    description_ar: str = ""
    description_en: str = ""
    identifiers: tuple[Identifier, ...] = ()
    located_in: str = ""  # IRI of the place that holds it
    latitude: str = ""  # of a place: degrees north (WGS 84), a decimal as it is written
    longitude: str = ""  # degrees east
    point_source: str = ""  # where the two come from


@dataclass(frozen=True, slots=True)
class Relation:
    """One relation that a claim may state; its name is a concept of our scheme."""

    name: str
    label_ar: str
    label_en: str
    definition_en: str
    predicate: str = ""  # IRI of a property of schema.org or PROV; "" where none fits
    inverse: bool = False  # whether the triple's subject is the claim's object
    speech: bool = False  # whether the passage itself is what is claimed
    symmetric: bool = False


@dataclass(frozen=True, slots=True)
class PatternCard:
    """What is published about a pattern: what it reads, and how often it was right when that was measured."""

    name: str
    relation: str
    description_ar: str
    description_en: str
    version: str  # digest of its definition
    precision: float | None = None
    support: int = 0  # on how many readings the precision was measured
