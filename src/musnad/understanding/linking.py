"""Say which entity each mention means: one of the authority, one named before, or the document's own.

Chosen over (a) linking each mention by itself, which splits an event in two when it is told of again, and
(b) similarity over all names, which links the wrong party with confidence.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from musnad.authority import Authority
from musnad.folding import fold_name
from musnad.model import Entity, Mention
from musnad.understanding.cases import fighters_as_subject
from musnad.understanding.memory import Memory
from musnad.understanding.naming import Namer
from musnad.understanding.particles import IN_A_TEXT, THAT_CLAUSE
from musnad.understanding.references import head_of
from musnad.understanding.scan import Candidate

_RESOLUTION: Final = "قرار"  # resolution
_NUMBERED: Final = "القرار {}"  # resolution no.
_COUNCIL: Final = "قرار مجلس الأمن {}"  # resolution of the Security Council no.
_NEAR: Final = 16  # words between an event told of and its place
_TITLES: Final = frozenset({"title", "title_repeat"})  # zones that tell of an event before the text does
_ISSUER: Final = 5  # words between a statement and the body that issued it
_PRESENT: Final = ("ي", "ت")  # what verbs of the present begin with: he, she


@dataclass(slots=True)
class Linker:
    """Links the candidates of one document, in order."""

    authority: Authority
    namer: Namer
    memory: Memory
    _places: dict[int, Entity] = field(default_factory=dict)  # first token → known place
    _events: dict[str, Entity] = field(default_factory=dict)  # IRI → known event that is named
    _retold: dict[str, str] = field(default_factory=dict)  # IRI → label as the body first writes it

    def link(self, chosen: Sequence[Candidate]) -> list[Mention]:
        """Return the mentions of candidates that are in order of start; what means nothing is dropped."""
        found: list[Mention] = []
        known = [(candidate, candidate.entity) for candidate in chosen if candidate.entity]
        self._places = {place.first: entity for place, entity in known if place.type == "PLACE"}
        self._events = {entity.iri: entity for event, entity in known if event.type == "EVENT"}
        for candidate in chosen:  # a headline may give the family name before the text gives the whole
            if candidate.type == "PERSON" and candidate.how not in {"coreference", "handle"}:
                self.memory.keep(
                    candidate, candidate.entity or self.memory.person(candidate) or self._own(candidate)
                )
        for candidate in chosen:
            entity = self._entity(candidate, chosen)
            if entity is None:
                continue
            self.memory.keep(candidate, entity)
            if candidate.how == "handle":
                candidate = replace(candidate, type=entity.type)
            how = candidate.how if candidate.entity or not entity.slug else "authority"
            found.append(self.namer.mention(candidate, entity, "head-word" if how == "told" else how))
        for iri, label in self._retold.items():
            self.namer.relabel(iri, label)
        return [replace(one, label=self._retold.get(one.entity, one.label)) for one in found]

    def _entity(self, candidate: Candidate, chosen: Sequence[Candidate]) -> Entity | None:
        if candidate.entity:
            return candidate.entity
        if candidate.how == "handle":
            return self.memory.before(candidate.first - 1)
        if candidate.how == "coreference":
            return self.memory.again(candidate) or self._alone(candidate)
        if candidate.type == "WORK":
            return self._work(candidate, chosen)
        if candidate.type == "EVENT" and candidate.how == "told":
            return self._told(candidate)
        known = self.memory.person(candidate) if candidate.type == "PERSON" else None
        if candidate.type == "ORG":
            known = self._quoted(candidate)
        return known or self._own(candidate)

    def _alone(self, candidate: Candidate) -> Entity | None:
        """Return what «the conference», «the delegation» means where the document named none before."""
        lexicon, word = self.namer.scan.lexicon, self.namer.scan.key(candidate)
        alone = lexicon.organisations.self_standing | lexicon.works.self_standing
        alone |= lexicon.places.self_standing | lexicon.organisations.ministries
        alone |= lexicon.events.anaphoric
        doubtful = candidate.type != "PERSON" and self.memory.has_named(candidate)
        return self._own(candidate) if doubtful or word in alone else None

    def _own(self, candidate: Candidate) -> Entity:
        """Return the entity of the document that bears the words of a candidate.

        Fighters that are named by their kind are one group, in whatever case their words stand.
        """
        key, label = self.namer.scan.key(candidate), self.namer.surface(candidate)
        bodies = self.namer.scan.lexicon.organisations
        if candidate.type == "ORG" and key.partition(" ")[0] in bodies.fighters | bodies.forces:
            key, label = fighters_as_subject(key), fighters_as_subject(label)
        return self.namer.make(candidate.type, key, label)

    def _work(self, candidate: Candidate, chosen: Sequence[Candidate]) -> Entity | None:
        """Return a resolution by its number, or a statement together with the body that issued it."""
        words = self.namer.scan.key(candidate).split()
        if words[0] in {_RESOLUTION, "ال" + _RESOLUTION}:  # the
            if not words[-1].isdigit():
                named = candidate.how == "head-word" and len(words) > 1
                return self._only_resolution(chosen) or (self._own(candidate) if named else None)
            label = _COUNCIL.format(words[-1])
            known = self._named(_NUMBERED.format(words[-1])) or self._named(label)
            return known or self.namer.make("WORK", fold_name(label), label)
        issuer = self._issuer(candidate, chosen) if candidate.how == "told" else None
        if issuer:
            label = f"{self.namer.surface(candidate)} {self.namer.surface(issuer)}"
            return self.namer.make("WORK", fold_name(label), label)
        return self._own(candidate)

    def _issuer(self, candidate: Candidate, chosen: Sequence[Candidate]) -> Candidate | None:
        """Return who issued a statement: whoever speaks «in a statement», else the body named right after it.

        After «that», or a verb that tells what the statement does («a letter asks X to …»), another clause
        begins, whose subject issued nothing.
        """
        scan = self.namer.scan
        if scan.word(candidate.first - 1) in IN_A_TEXT:
            before = range(candidate.first - _ISSUER, candidate.first)
            speaking = [c for c in chosen if c.last in before and c.type in {"ORG", "PERSON"}]
            if speaking and all(scan.follows(at) for at in range(speaking[-1].last, candidate.first)):
                return speaking[-1]
        near = range(candidate.last, candidate.last + _ISSUER)
        issuer = next((c for c in chosen if c.first in near and c.type == "ORG"), None)
        between = range(candidate.last, issuer.first if issuer else candidate.last)
        after = scan.word(candidate.last)
        does = after.startswith(_PRESENT) and scan.is_verb(after) and after not in scan.lexicon.works.issued
        return None if does or any(scan.word(place) in THAT_CLAUSE for place in between) else issuer

    def _only_resolution(self, chosen: Sequence[Candidate]) -> Entity | None:
        """Return the resolution that the document speaks of, if it is only one."""
        works = [c.entity for c in chosen if c.type == "WORK" and c.entity and c.last - c.first > 1]
        numbered = {work.iri: work for work in works if work.label_ar.startswith(_RESOLUTION)}
        return next(iter(numbered.values())) if len(numbered) == 1 else None

    def _named(self, name: str) -> Entity | None:
        return self.authority.by_name.get(fold_name(name))

    def _told(self, candidate: Candidate) -> Entity | None:
        """Return the event that is told of: one of the authority at the same place, or the document's own.

        The authority's event must be named in the document too, by the same kind of word and by that place.
        """
        families = self.namer.scan.lexicon.events.families
        head = head_of(self.namer.scan, candidate)
        around = range(candidate.last, candidate.last + _NEAR)
        near = [self._places[at] for at in around if at in self._places]
        for event in self._events.values():
            first, *rest = fold_name(event.label_ar).split()
            for place in near:
                label = fold_name(place.label_ar).split()
                if families.get(first) == families.get(head, head) and rest and set(rest) <= set(label):
                    return event
        own = self.memory.event(head) or self.namer.make("EVENT", head, self.namer.surface(candidate))
        if own.iri in self.namer.seen and self.namer.zone(candidate) not in _TITLES:
            self._retold.setdefault(own.iri, self.namer.surface(candidate))
        return own

    def _quoted(self, candidate: Candidate) -> Entity | None:
        """Return the body whose whole name stands in quotation marks after a head word."""
        words = self.namer.scan.text[candidate.start : candidate.end]
        name = words.split('"')[1] if words.endswith('"') and words.count('"') == 2 else ""
        known = self._named(name) if name else None
        return known if known and known.type == "ORG" else None
