"""Say which entity each mention means: one of the authority, one named before, or one that only this text has.

Chosen over (a) linking each mention by itself, which splits an event in two when it is told of again, and
(b) similarity over all names, which links the wrong party with confidence: one letter in one of three words
is the most that may differ.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
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
_LEAST_WORDS: Final = 3  # of a name that may be misspelt
_NEAR: Final = 16  # words between an event told of and its place
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
    _persons: dict[tuple[str, ...], Entity] = field(default_factory=dict)

    def link(self, chosen: Sequence[Candidate]) -> list[Mention]:
        """Return the mentions of candidates that are in order of start; the rest is dropped."""
        found: list[Mention] = []
        for candidate in chosen:
            entity = self._entity(candidate, chosen)
            if entity is None:
                continue
            self._remember(candidate, entity)
            how = candidate.how if candidate.entity or not entity.slug else "authority"
            found.append(self.mention(candidate, entity, "head-word" if how == "told" else how))
        return found

    def mention(self, candidate: Candidate, entity: Entity, how: str) -> Mention:
        """Return a candidate as a mention of an entity, in offsets of the stored text."""
        start, end = self.folded.original(candidate.start, candidate.end)
        return Mention(
            start, end, candidate.type, entity.iri, entity.label_ar, how, candidate.score, entity.slug
        )

    def _entity(self, candidate: Candidate, chosen: Sequence[Candidate]) -> Entity | None:
        if candidate.entity:
            return candidate.entity
        if candidate.how == "coreference":
            return self._again(candidate)
        if candidate.type == "WORK":
            return self._work(candidate, chosen)
        if candidate.type == "EVENT" and candidate.how == "told":
            return self._told(candidate, chosen)
        if candidate.type == "PERSON":
            words = tuple(spelling(word) for word in self.scan.key(candidate).split())
            for known, entity in self._persons.items():
                if len(words) > 1 and set(words) <= set(known):
                    return entity
        if candidate.type == "ORG":
            misspelt = self._misspelt(candidate)
            if misspelt:
                return misspelt
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
        if candidate.how == "coreference":
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
        found = {c.entity.iri: c.entity for c in chosen if c.type == "WORK" and c.entity and c.last - c.first > 1}
        numbered = {iri: entity for iri, entity in found.items() if entity.label_ar.startswith(_RESOLUTION)}
        return next(iter(numbered.values())) if len(numbered) == 1 else None

    def _named(self, name: str) -> Entity | None:
        folded = fold_name(name)
        return next((known.entity for known in self.authority.names if known.folded == folded), None)

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
        known = self._last.get(("EVENT", family))
        return known or self.make("EVENT", head, self._surface(candidate))

    def _misspelt(self, candidate: Candidate) -> Entity | None:
        """Return the one body of the authority whose name differs by one letter of one word."""
        words = self.scan.key(candidate).split()
        if len(words) < _LEAST_WORDS:
            return None
        found = {
            name.entity.iri: name.entity
            for name in self.authority.names
            if name.entity.type == "ORG" and not name.short and differs_by_one(words, name.folded.split())
        }
        return next(iter(found.values())) if len(found) == 1 else None


def differs_by_one(one: Sequence[str], other: Sequence[str]) -> bool:
    """Tell whether two names differ by one letter of one long word.

    >>> differs_by_one(["هييه", "المثال", "الوطنيه"], ["هييه", "المثال", "الوطنبه"])
    True
    """
    if len(one) != len(other):
        return False
    pairs = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
    return len(pairs) == 1 and min(map(len, pairs[0])) > _LEAST_WORDS and _one_edit(*pairs[0])


def _one_edit(one: str, other: str) -> bool:
    """Tell whether a letter was changed, added or left out."""
    short, long = sorted((one, other), key=len)
    if len(long) - len(short) > 1:
        return False
    same = next((at for at, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    skip = 1 if len(short) == len(long) else 0
    return short[same + skip :] == long[same + 1 :] or _swapped(short, long, same)


def _swapped(one: str, other: str, at: int) -> bool:
    return (
        len(one) == len(other)
        and one[at : at + 2] == other[at : at + 2][::-1]
        and one[at + 2 :] == other[at + 2 :]
    )
