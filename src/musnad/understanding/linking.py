"""Say which entity each mention means: one of the authority, one named before, or the document's own.

Chosen over (a) linking each mention by itself, which splits an event in two when it is told of again, and
(b) similarity over all names, which links the wrong party with confidence.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from musnad.authority import Authority
from musnad.folding import Folded, fold_name
from musnad.iri import Minter
from musnad.model import Document, Entity, Mention
from musnad.understanding.gazetteer import spelling
from musnad.understanding.references import head_of
from musnad.understanding.scan import Candidate, Scan, unfused
from musnad.vocabulary import CLASS_OF_TYPE

_RESOLUTION: Final = "قرار"  # resolution
_NUMBERED: Final = "القرار {}"  # resolution no.
_COUNCIL: Final = "قرار مجلس الأمن {}"  # resolution of the Security Council no.
_NEAR: Final = 16  # words between an event told of and its place
_TITLES: Final = frozenset({"title", "title_repeat"})  # zones that tell of an event before the text does
_ISSUER: Final = 5  # words between a statement and the body that issued it


@dataclass(slots=True)
class Linker:
    """Links the candidates of one document, in order; it remembers what was named."""

    scan: Scan
    authority: Authority
    minter: Minter
    document: Document
    folded: Folded
    seen: dict[str, Entity] = field(default_factory=dict)
    _last: dict[tuple[str, str], Entity] = field(default_factory=dict)
    _named_so: defaultdict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    _ends: dict[int, Entity] = field(default_factory=dict)
    _retold: dict[str, str] = field(default_factory=dict)  # IRI → label as the body first writes it
    _persons: dict[tuple[str, ...], Entity] = field(default_factory=dict)

    def link(self, chosen: Sequence[Candidate]) -> list[Mention]:
        """Return the mentions of candidates that are in order of start; the rest is dropped."""
        found: list[Mention] = []
        for candidate in chosen:
            entity = self._entity(candidate, chosen)
            if entity is None:
                continue
            self._remember(candidate, entity)
            self._ends[candidate.last] = entity
            if candidate.how == "handle":
                candidate = replace(candidate, type=entity.type)
            how = candidate.how if candidate.entity or not entity.slug else "authority"
            found.append(self.mention(candidate, entity, "head-word" if how == "told" else how))
        for iri, label in self._retold.items():
            self.seen[iri] = replace(self.seen[iri], label_ar=label)
        return [replace(one, label=self._retold.get(one.entity, one.label)) for one in found]

    def mention(self, candidate: Candidate, entity: Entity, how: str) -> Mention:
        """Return a candidate as a mention of an entity, in offsets of the stored text."""
        start, end = self.folded.original(candidate.start, candidate.end)
        return Mention(
            start, end, candidate.type, entity.iri, entity.label_ar, how, candidate.score, entity.slug
        )

    def sources(self, sources: Sequence[Candidate], chosen: Sequence[Candidate]) -> list[Mention]:
        """Return unnamed sources as mentions; those of one body, and one told of again, are one source.

        The source is labelled with its fullest description, the first of equals.
        """
        keys: list[str] = []
        for source in sources:
            keys.append(keys[-1] if source.how == "again" else self._source_key(source, chosen))
        labels: dict[str, str] = {}
        for source, key in zip(sources, keys, strict=True):
            described = self._surface(source)
            if self._adjectives(described) > self._adjectives(labels.get(key, "")) or key not in labels:
                labels[key] = described
        class_iri = self.minter.term("AnonymousSource")
        return [
            self.mention(source, self.make("PERSON", key, labels[key], class_iri), "anonymous")
            for source, key in zip(sources, keys, strict=True)
        ]

    def _adjectives(self, words: str) -> int:
        return sum(word in self.scan.lexicon.sources.adjectives for word in fold_name(words).split())

    def _source_key(self, source: Candidate, chosen: Sequence[Candidate]) -> str:
        """Return what tells a source from the others: the body it belongs to, or its words."""
        inside = next((c for c in chosen if c.last == source.last and c.first > source.first), None)
        body = (inside.entity.iri if inside.entity else self.scan.key(inside)) if inside else ""
        return f"anonymous {body or self.scan.key(source)}"

    def _entity(self, candidate: Candidate, chosen: Sequence[Candidate]) -> Entity | None:
        if candidate.entity:
            return candidate.entity
        if candidate.how == "handle":
            return self._ends.get(candidate.first - 1)
        if candidate.how == "coreference":
            return self._again(candidate)
        if candidate.type == "WORK":
            return self._work(candidate, chosen)
        if candidate.type == "EVENT" and candidate.how == "told":
            return self._told(candidate, chosen)
        known = self._person(candidate) if candidate.type == "PERSON" else None
        known = self._quoted(candidate) if candidate.type == "ORG" else known
        if known:
            return known
        return self.make(candidate.type, self.scan.key(candidate), self._surface(candidate))

    def make(self, kind: str, key: str, label: str, class_iri: str = "") -> Entity:
        """Return the entity that only this document names; the same key gives the same one."""
        iri = self.minter.seen(kind, key, self.minter.document(self.document.key))
        return self.seen.setdefault(iri, Entity(iri, kind, class_iri or CLASS_OF_TYPE[kind], label))

    def _surface(self, candidate: Candidate) -> str:
        start, end = self.folded.original(candidate.start, candidate.end)
        words = " ".join(self.document.text[start:end].replace("_", " ").split())
        balanced = words.strip("\"“”«»'") if words[:1] in "\"“«'" or words[-1:] in "\"”»'" else words
        opened = self.scan.text[candidate.start : candidate.end].count('"') > 1
        return unfused(words if opened and words[:1] not in "\"“«'" else balanced)

    def _remember(self, candidate: Candidate, entity: Entity) -> None:
        """Note what later words may take up."""
        if candidate.how in {"coreference", "handle"}:
            return
        if candidate.type == "PERSON":
            words = tuple(spelling(word) for word in self.scan.key(candidate).split())
            if len(words) > 1:
                self._persons.setdefault(words, entity)
            return
        for head in {head_of(self.scan, candidate), fold_name(entity.label_ar).split(" ", 1)[0]}:
            self._last[candidate.type, head] = entity
            self._named_so[candidate.type, head].add(entity.iri)
            if candidate.type == "EVENT":
                self._last["EVENT", self.scan.lexicon.events.families.get(head, head)] = entity

    def _again(self, candidate: Candidate) -> Entity | None:
        """Return what a head word or a family name takes up."""
        if candidate.type == "PERSON":
            words = tuple(spelling(word) for word in self.scan.key(candidate).split())
            found = {
                entity.iri: entity for known, entity in self._persons.items() if known[-len(words) :] == words
            }
            return next(iter(found.values())) if len(found) == 1 else None
        head = head_of(self.scan, candidate)
        family = self.scan.lexicon.events.families.get(head, head)
        if candidate.type != "ORG" and len(self._named_so[candidate.type, head]) > 1:
            return None
        return self._last.get((candidate.type, head)) or self._last.get((candidate.type, family))

    def _work(self, candidate: Candidate, chosen: Sequence[Candidate]) -> Entity | None:
        """Return a resolution by its number, or a statement together with the body that issued it."""
        words = self.scan.key(candidate).split()
        if words[0] in {_RESOLUTION, "ال" + _RESOLUTION}:
            if not words[-1].isdigit():
                return self._only_resolution(chosen)
            known = self._named(_NUMBERED.format(words[-1])) or self._named(_COUNCIL.format(words[-1]))
            label = _COUNCIL.format(words[-1])
            return known or self.make("WORK", fold_name(label), label)
        if candidate.how == "told":
            near = range(candidate.last, candidate.last + _ISSUER)
            issuer = next((c for c in chosen if c.first in near and c.type == "ORG"), None)
            if issuer:
                name = issuer.entity.label_ar if issuer.entity else self._surface(issuer)
                label = f"{self._surface(candidate)} {name}"
                return self.make("WORK", fold_name(label), label)
        return self.make("WORK", self.scan.key(candidate), self._surface(candidate))

    def _only_resolution(self, chosen: Sequence[Candidate]) -> Entity | None:
        """Return the resolution that the document speaks of, if it is only one."""
        works = [c.entity for c in chosen if c.type == "WORK" and c.entity and c.last - c.first > 1]
        numbered = {work.iri: work for work in works if work.label_ar.startswith(_RESOLUTION)}
        return next(iter(numbered.values())) if len(numbered) == 1 else None

    def _named(self, name: str) -> Entity | None:
        return self.authority.by_name.get(fold_name(name))

    def _told(self, candidate: Candidate, chosen: Sequence[Candidate]) -> Entity | None:
        """Return the event that is told of: one of the authority at the same place, or the document's own.

        The authority's event must be named in the document too, by the same kind of word and by that place.
        """
        families = self.scan.lexicon.events.families
        head = head_of(self.scan, candidate)
        family = families.get(head, head)
        near = [
            c for c in chosen if c.type == "PLACE" and 0 <= c.first - candidate.last <= _NEAR and c.entity
        ]
        named = {c.entity.iri: c.entity for c in chosen if c.type == "EVENT" and c.entity}
        for event in named.values():
            first, *rest = fold_name(event.label_ar).split()
            for place in near:
                label = fold_name(place.entity.label_ar).split() if place.entity else []
                if families.get(first) == family and rest and set(rest) <= set(label):
                    return event
        event = self._last.get(("EVENT", family)) or self.make("EVENT", head, self._surface(candidate))
        zone = self.document.zone_at(*self.folded.original(candidate.start, candidate.end))
        if event.iri in self.seen and zone and zone.kind not in _TITLES:
            self._retold.setdefault(event.iri, self._surface(candidate))
        return event

    def _person(self, candidate: Candidate) -> Entity | None:
        """Return the person named before in a longer form."""
        words = set(map(spelling, self.scan.key(candidate).split()))
        same = (entity for known, entity in self._persons.items() if words <= set(known))
        return next(same, None) if len(words) > 1 else None

    def _quoted(self, candidate: Candidate) -> Entity | None:
        """Return the body whose whole name stands in quotation marks after a head word."""
        words = self.scan.text[candidate.start : candidate.end]
        name = words.split('"')[1] if words.endswith('"') and words.count('"') == 2 else ""
        known = self._named(name) if name else None
        return known if known and known.type == "ORG" else None
