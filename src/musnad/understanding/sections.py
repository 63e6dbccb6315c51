"""The word lists that each file of `mappings/lexicon` holds, as closed classes: a field is a key of the file.

Chosen over (a) one dictionary of lists, where a misspelt key is an empty list, and (b) a class for each list,
which says nothing more than its name.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Words = frozenset[str]


@dataclass(frozen=True, slots=True)
class PersonWords:
    """Words about the names of persons; see `persons.yaml`."""

    ranks: Words
    offices: Words
    modifiers: Words
    particles: Words
    speech_verbs: Words
    given_names: Words
    doubtful_names: Words
    suffixes: Words
    nouns: Words
    surnames: Words
    initials: Words
    office_tails: Words
    person_nouns: Words
    holders: Words
    of_faith: Words
    honours: Words


@dataclass(frozen=True, slots=True)
class NameWords:
    """Names of persons that were chosen from data; see `names.yaml`."""

    given: Words
    doubtful: Words
    families: Words


@dataclass(frozen=True, slots=True)
class OrganisationWords:
    """Words about the names of bodies; see `organisations.yaml`."""

    heads: Words
    weak_heads: Words
    collective_heads: Words
    national_heads: Words
    anaphoric: Words
    descriptive: Words
    naming: Words
    delegations: Words
    joining_heads: Words
    qualifiers: Words
    firm_heads: Words
    owning_heads: Words
    outlet_heads: Words
    numbered: Words
    arms: Words
    ruling: Words
    outlet_tails: Words
    titled_heads: Words
    fixed: Words
    naming_cues: Words
    interviews: Words
    menu: Words
    days: Words
    duals: Words
    departments: Words
    departments_of: Words
    self_standing: Words
    adjectival: Words
    surnames: Words
    attributes: Words
    parties: Words
    credits: Words
    gathering_heads: Words
    gathered: Words
    armies: Words
    several: Words
    owned: Words
    offices: Words
    general: Words
    papers: Words
    rules: Words
    administrations: Words
    groups_of_states: Words
    numbers_of_states: Words
    unnested: Words
    forces: Words
    loyal: Words
    causes: Words
    fighters: Words
    nations: Words
    partisans: Words
    peoples: Words
    described_heads: Words
    names: Words
    charities: Words
    charitable: Words
    patrons: Words
    named_after: Words
    ministries: Words
    platforms: Words
    masculine: Words
    courts: Words
    bureaus: Words
    sites: Words
    media: Words
    official: Words
    indefinite: Words


@dataclass(frozen=True, slots=True)
class PlaceWords:
    """Words about the names of places; see `places.yaml`."""

    names: Words
    heads: Words
    naming_heads: Words
    plural_heads: Words
    two_word_heads: Words
    capital: Words
    sides: Words
    directions: Words
    ambiguous: Words
    wide_heads: Words
    no_names: Words
    ages: Words
    settlements: Words
    no_references: Words
    premises: Words
    plurals: Words
    papers: Words
    adjectival: Words
    cued: Words
    cues: Words
    owned_by_states: Words
    regions: Words
    self_standing: Words
    zones: Words
    kinds_of_zone: Words
    rare_heads: Words
    lands: Words
    continents: Words
    described: Words


@dataclass(frozen=True, slots=True)
class EventWords:
    """Words about the names of events; see `events.yaml`."""

    families: Mapping[str, str]
    always: Words
    bare: Words
    openers: Words
    anaphoric: Words
    undated: Words
    owned: Words
    personal: Words
    owned_numbered: Words
    holders: Words
    adjectives: Words
    complements: Words
    quoted: Words
    any: Words
    ordinals: Words
    tens: Words
    gatherings: Words
    dated: Words
    incidents: Words
    returning: Words
    crises: Words
    goals: Words
    struggles: Words
    kinds_of_struggle: Words
    kinds_of_incident: Words
    kinds_of_war: Words
    kinds_of_operation: Words
    menaces: Words
    votes: Words
    deeds: Words
    attendees: Words
    contests: Words
    elected: Words
    states: Words
    convened: Words
    occasions: Words
    festive: Words
    prayers: Words
    blasts: Words
    devices: Words
    of_devices: Words
    operations: Words
    several: Words
    campaigns: Words
    kinds_of_campaign: Words


@dataclass(frozen=True, slots=True)
class WorkWords:
    """Words about the names of works; see `works.yaml`."""

    resolution: Words
    resolution_words: Words
    heads: Words
    adjectives: Words
    issued: Words
    anaphoric: Words
    dated: Words
    year: Words
    placed: Words
    titled: Words
    bare: Words
    owned: Words
    chained: Words
    letters: Words
    senders: Words
    adjectival: Words
    self_standing: Words
    openers: Words
    acts: Words
    authored: Words
    texts: Words
    titles: Words
    numbered: Words
    number: Words
    outcomes: Words
    issues: Words
    loose: Words
    drafted: Words
    closing: Words


@dataclass(frozen=True, slots=True)
class ListWords:
    """Words about lists; see `lists.yaml`."""

    cues: Words
    after: Words
    kinds: Mapping[str, str]
    cutters: Words
    wing: Words
    leader: Words


@dataclass(frozen=True, slots=True)
class SourceWords:
    """Words about sources without a name; see `sources.yaml`."""

    heads: Words
    again: Words
    adjectives: Words
    informed: Words
    links: Words


@dataclass(frozen=True, slots=True)
class StopWords:
    """Words and phrases that are no names; see `stops.yaml`."""

    words: Words
    verbal: Words
    traps: Words


@dataclass(frozen=True, slots=True)
class VocabularyWords:
    """Words of the language, which name nobody by themselves; see `vocabulary.yaml`."""

    words: Words
