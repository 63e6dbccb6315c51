"""Remember what a document has named so far, for the words that take it up again.

By head word, family of events, and words of a person's name. Chosen over (a) searching backwards at each
word, which is quadratic, and (b) the nearest mention of any kind, which is wrong as often as right.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from musnad.folding import fold_name
from musnad.model import Entity
from musnad.understanding.gazetteer import spelling
from musnad.understanding.references import head_of
from musnad.understanding.scan import Candidate, Scan

_Words = tuple[str, ...]


@dataclass(slots=True)
class Memory:
    """Remembers entities by head word, by name of person and by the place where a mention ends."""

    scan: Scan
    _last: dict[tuple[str, str], Entity] = field(default_factory=dict)
    _named_so: defaultdict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    _ends: dict[int, Entity] = field(default_factory=dict)
    _persons: dict[_Words, Entity] = field(default_factory=dict)

    def keep(self, candidate: Candidate, entity: Entity) -> None:
        """Note a mention, in order of the text."""
        self._ends[candidate.last] = entity
        if candidate.how in {"coreference", "handle"}:
            return
        if candidate.type == "PERSON":
            words = self._words(candidate)
            if len(words) > 1:
                self._persons.setdefault(words, entity)
            return
        for head in {head_of(self.scan, candidate), fold_name(entity.label_ar).split(" ", 1)[0]}:
            self._last[candidate.type, head] = entity
            self._named_so[candidate.type, head].add(entity.iri)
            if candidate.type == "EVENT":
                self._last["EVENT", self._family(head)] = entity

    def event(self, head: str) -> Entity | None:
        """Return the last event of the family of a head word."""
        return self._last.get(("EVENT", self._family(head)))

    def before(self, place: int) -> Entity | None:
        """Return what is mentioned right before a place."""
        return self._ends.get(place)

    def again(self, candidate: Candidate) -> Entity | None:
        """Return what a head word or a family name takes up, None where two would fit.

        A body means the last one named with the word; of two events or works none is chosen.
        """
        if candidate.type == "PERSON":
            words = self._words(candidate)
            known = {e.iri: e for name, e in self._persons.items() if name[-len(words) :] == words}
            return next(iter(known.values())) if len(known) == 1 else None
        head = head_of(self.scan, candidate)
        if candidate.type != "ORG" and len(self._named_so[candidate.type, head]) > 1:
            return None
        return self._last.get((candidate.type, head)) or (
            self.event(head) if candidate.type == "EVENT" else None
        )

    def person(self, candidate: Candidate) -> Entity | None:
        """Return the person named before in a longer form, whose words come in the same order."""
        words = self._words(candidate)
        for known, entity in self._persons.items():
            rest = iter(known)
            ordered = all(word in rest for word in words)
            if len(words) > 1 and ordered and (known[0] == words[0] or known[-len(words) :] == words):
                return entity
        return None

    def _family(self, head: str) -> str:
        return self.scan.lexicon.events.families.get(head, head)

    def _words(self, candidate: Candidate) -> _Words:
        return tuple(spelling(word) for word in self.scan.key(candidate).split())
