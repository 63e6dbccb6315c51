"""Remember what a document has named so far, for the words that take it up again.

By head word, family of events, and words of a person's name. Chosen over (a) searching backwards at each
word, which is quadratic, and (b) the nearest mention of any kind, which is wrong as often as right.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache
from typing import Final

from musnad.folding import fold_name
from musnad.model import Entity
from musnad.understanding.gazetteer import spelling
from musnad.understanding.references import head_of
from musnad.understanding.scan import Candidate, Scan

_Words = tuple[str, ...]
_BORN: Final = "ولد"  # son of, in the west
_PAPERS: Final = frozenset({"صحيفه", "جريده"})  # two words for a newspaper


@dataclass(slots=True)
class Memory:
    """Remembers entities by head word, by name of person and by the place where a mention ends."""

    scan: Scan
    _last: dict[tuple[str, str], Entity] = field(default_factory=dict)
    _named_so: defaultdict[tuple[str, str], set[str]] = field(default_factory=lambda: defaultdict(set))
    _ends: dict[int, Entity] = field(default_factory=dict)
    _persons: dict[_Words, Entity] = field(default_factory=dict)
    _told: defaultdict[str, list[int]] = field(default_factory=lambda: defaultdict(list))  # where, by IRI

    def keep(self, candidate: Candidate, entity: Entity) -> None:
        """Note a mention, in order of the text."""
        self._ends[candidate.last] = entity
        if candidate.type == "PERSON":
            self._told[entity.iri].append(candidate.last)
        if candidate.how in {"coreference", "handle"}:
            return
        if candidate.type == "PERSON":
            self._persons.setdefault(self._words(candidate), entity)
            return
        heads = {head_of(self.scan, candidate), _first_word(entity.label_ar)}
        if candidate.type == "EVENT":
            heads |= set(map(_owner, heads))
        if candidate.type == "WORK":  # «a decision», accusative
            heads |= {head.removesuffix("ا") for head in heads}
        if heads & _PAPERS:
            heads |= _PAPERS
        for head in heads:
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

    def has_named(self, candidate: Candidate) -> bool:
        """Tell whether anything was named with the head word of a mention."""
        return bool(self._named_so[candidate.type, head_of(self.scan, candidate)])

    def again(self, candidate: Candidate) -> Entity | None:
        """Return what a head word or a family name takes up, None where two events or works would fit.

        A body means the last one named with the word, a person the last one told of with the name.
        """
        if candidate.type == "PERSON":
            words = self._words(candidate)
            known = {e.iri: e for name, e in self._persons.items() if _takes_up(words, name)}
            if not known and len(words) == 1:  # the first name
                known = {e.iri: e for name, e in self._persons.items() if name[:1] == words and name[1:]}
            return max(known.values(), key=lambda one: self._last_told(one, candidate.first), default=None)
        head = head_of(self.scan, candidate)
        if (candidate.type, head) not in self._last:
            head = _owner(head)
        if candidate.type != "ORG" and len(self._named_so[candidate.type, head]) > 1:
            return None
        return self._last.get((candidate.type, head)) or (
            self.event(head) if candidate.type == "EVENT" else None
        )

    def _last_told(self, person: Entity, place: int) -> int:
        """Return the last token before a place that names a person, -1 if none does."""
        return max((last for last in self._told[person.iri] if last <= place), default=-1)

    def person(self, candidate: Candidate) -> Entity | None:
        """Return the person named before in a longer form or a shorter one, words in the same order.

        A longer name is that of the shorter only if both begin and end alike and no other would fit; one word
        is the family name of whoever was told of last.
        """
        words = self._words(candidate)
        if len(words) == 1:
            return self.again(candidate)
        for known, entity in self._persons.items():
            alike = known[0] == words[0] or known[-len(words) :] == words
            if alike and _ordered(words, known):
                return entity
        shorter = {
            entity.iri: entity
            for known, entity in self._persons.items()
            if len(known) > 1 and (known[0], known[-1]) == (words[0], words[-1]) and _ordered(known, words)
        }
        return next(iter(shorter.values())) if len(shorter) == 1 else None

    def _family(self, head: str) -> str:
        return self.scan.lexicon.events.families.get(head, head)

    def _words(self, candidate: Candidate) -> _Words:
        return tuple(spelling(word) for word in self.scan.key(candidate).split())


def _takes_up(words: _Words, name: _Words) -> bool:
    """Tell whether words are the end of a name, the family with the article, or «son of …» inside it."""
    inside = words[0] == _BORN and any(name[at : at + len(words)] == words for at in range(1, len(name)))
    family = len(words) == 1 and len(name) > 1 and words[0] == f"ال{name[-1]}"
    return inside or family or name[-len(words) :] == words


@cache
def _first_word(label: str) -> str:
    return fold_name(label).split(" ", 1)[0]


def _owner(head: str) -> str:
    """Return a head word without the pronoun «his»: «نقابته» → «نقابه»."""
    return head[:-2] + "ه" if head.endswith("ته") else head.removesuffix("ه")


def _ordered(words: _Words, longer: _Words) -> bool:
    """Tell whether the words stand in the longer name in their order."""
    rest = iter(longer)
    return all(word in rest for word in words)
