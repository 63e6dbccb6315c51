"""How well an entity fits a query, in numbers that a client can read, and when it is certain.

A score starts from the ranking of the name (0 … 100) and moves with each property: towards 100 where the
entity has the value, down where it has another one, not at all where nothing is known. Certain means: nobody
needs to look. A name alone makes a place, an event or a work certain where no namesake is there; a person or
a body only where the name is theirs letter by letter, has two words or more and is nobody else's. Chosen over
(a) a trained model, which cannot say why, and (b) a threshold, which joins namesakes.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from heapq import nsmallest
from typing import Final

from musnad.reconciliation.cards import EXACT, Card, Cards, key_of
from musnad.reconciliation.queries import Query, Value, Wanted
from musnad.reconciliation.sound import skeleton
from musnad.search import spans
from musnad.search.entries import NAME
from musnad.search.index import explain
from musnad.vocabulary import SCHEMA

# Named beyond a name: who they are is never told by a name that is nearly theirs.
_CAREFUL: Final = frozenset({SCHEMA + "Person", SCHEMA + "Organization"})
_OF_CODE: Final = 90.0  # the score of an entity that an identifier alone finds
_OF_SOUND: Final = 65.0  # of one that sounds like the name
_WEAK: Final = 65.0  # below this the sound is asked too
_OTHER_TYPE: Final = 0.8
_FULL_WORDS: Final = 2
_NEAR_DEGREES, _FAR_DEGREES = 0.1, 1.0
# How much of what is missing to 100 an agreement gives, and what a contradiction leaves.
_AGREES: Final = {"containedInPlace": 0.3, "latitude": 0.3, "longitude": 0.3}
_DISAGREES: Final = {"containedInPlace": 0.7, "latitude": 0.7, "longitude": 0.7}
_NAMES: Final = frozenset({"name", "alternateName"})
_NAME_WEIGHTS: Final = (0.4, 0.9)
_CODE_WEIGHTS: Final = (0.9, 0.5)


@dataclass(frozen=True, slots=True)
class Scored:
    """One candidate: its score (0 … 100), whether it is certain, and what speaks for and against it."""

    card: Card
    score: float
    match: bool
    features: tuple[tuple[str, float | bool], ...]


class Judge:
    """Scores the entities for queries."""

    def __init__(self, cards: Cards) -> None:
        self.cards = cards
        self._sounds: dict[str, list[Card]] = {}
        for card in cards.by_iri.values():
            for sound in {skeleton(name) for name in card.entry.texts} - {""}:
                self._sounds.setdefault(sound, []).append(card)

    def judge(self, query: Query, types: frozenset[str]) -> list[Scored]:
        """Return the best candidates of a query, best first; `types` are classes, none of them is all."""
        found: list[tuple[float, Card, dict[str, bool]]] = []
        for score, card in self._found(query).values():
            fits = not types or not types.isdisjoint(card.types)
            if query.strict == "all" and types:
                fits = types <= frozenset(card.types)
            if not fits and query.strict != "should":
                continue
            score = score if fits else score * _OTHER_TYPE
            agreed = dict(self._agreements(card, query.properties))
            for name, agrees in agreed.items():
                plus, minus = _weights(name)
                score = score + (100 - score) * plus if agrees else score * minus
            found.append((score, card, agreed))
        best = nsmallest(query.limit, found, key=lambda each: (-each[0], not each[1].curated, each[1].number))
        return [self._scored(query, *each) for each in best]

    def _found(self, query: Query) -> dict[int, tuple[float, Card]]:
        """Return what the name, its sound and the identifiers find: number → score and entity."""
        found: dict[int, tuple[float, Card]] = {}
        for kind in self.cards.index.rank(query.text, ("entity",)):
            found = {n: (score / 10, self.cards.by_number[n]) for score, n in kind.ranked}
        best = max((score for score, _ in found.values()), default=0.0)
        if best < _WEAK:
            for card in self._sounds.get(skeleton(query.text), ()):
                found[card.number] = (max(_OF_SOUND, found.get(card.number, (0.0, card))[0]), card)
        for wanted in query.properties:
            for value in wanted.values:
                for card in self.cards.by_code.get((wanted.property, (value.id or value.text).lower()), ()):
                    alone = _OF_CODE if not query.text else 0.0
                    found.setdefault(card.number, (alone, card))
        return found

    def _agreements(self, card: Card, properties: Sequence[Wanted]) -> Iterator[tuple[str, bool]]:
        """Yield the properties of which something is known, and whether one of the values is the entity's."""
        for wanted in properties:
            known = [self._agrees(card, wanted.property, value) for value in wanted.values]
            told = [each for each in known if each is not None]
            if told:
                yield wanted.property, any(told)

    def _agrees(self, card: Card, name: str, value: Value) -> bool | None:
        """Tell whether an entity has a value; None where nothing is known, of the entity or of the value."""
        if name in _NAMES:
            return key_of(value.text) in card.keys if key_of(value.text) else None
        if name == "containedInPlace":
            return self._lies_in(card, value)
        if name in {"latitude", "longitude"}:
            return _near(card.point[name == "longitude"], value.text)
        codes = [code for code in card.codes if code.scheme == name and code.match == EXACT]
        given = (value.id or value.text).strip().lower()
        if not codes or not given:
            return None
        return any(given in {code.value.lower(), code.iri.lower()} for code in codes)

    def _lies_in(self, card: Card, value: Value) -> bool | None:
        place = self.cards.get(value.id) if value.id else None
        places = [place] if place else self.cards.by_key.get(key_of(value.text), ())
        meant = {each.entry.iri for each in places}
        if not meant or not card.places:
            return None
        return not meant.isdisjoint(card.places)

    def _scored(self, query: Query, score: float, card: Card, agreed: dict[str, bool]) -> Scored:
        told = explain(card.entry, query.text)
        features: list[tuple[str, float | bool]] = [
            ("exact", bool(told["exact"])),
            ("folded", bool(told["folded"])),
            ("words", round(100 * told["words"] / told["of"], 1) if told["of"] else 0.0),
            ("prefix", told["prefix"]),
            ("edited", told["edited"]),
            ("sounds", bool(skeleton(query.text)) and card in self._sounds.get(skeleton(query.text), ())),
            ("namesakes", len(self.namesakes(query.text, card))),
            ("curated", card.curated),
            *sorted((f"property:{name}", agrees) for name, agrees in agreed.items()),
        ]
        return Scored(card, round(score, 1), self._certain(query, card, agreed), tuple(features))

    def namesakes(self, text: str, card: Card) -> list[Card]:
        """Return the other entities that bear the whole name, however it is spelt."""
        return [other for other in self.cards.by_key.get(key_of(text), ()) if other is not card]

    def _certain(self, query: Query, card: Card, agreed: dict[str, bool]) -> bool:
        """Tell whether nobody needs to look at a candidate."""
        if not card.curated or not all(agreed.values()) or not card.keys:
            return False
        named = key_of(query.text) in card.keys
        coded = [name for name in agreed if name in self.cards.schemes]
        if coded and self._identified(query, coded):
            return named or not query.text
        if not named or self.namesakes(query.text, card):
            return False
        if _CAREFUL.isdisjoint(card.types):
            return card.entry.type.startswith(SCHEMA)
        own = {text.strip() for text, (rank, _) in card.entry.texts.items() if rank == NAME}
        return query.text.strip() in own and len(spans(query.text)) >= _FULL_WORDS

    def _identified(self, query: Query, coded: Sequence[str]) -> bool:
        """Tell whether the identifiers of a query that an entity has are those of no other one."""
        given = [
            self.cards.by_code.get((wanted.property, (value.id or value.text).lower()), ())
            for wanted in query.properties
            for value in wanted.values
            if wanted.property in coded
        ]
        return len({card.number for cards in given for card in cards}) == 1


def _weights(name: str) -> tuple[float, float]:
    if name in _NAMES:
        return _NAME_WEIGHTS
    return (_AGREES[name], _DISAGREES[name]) if name in _AGREES else _CODE_WEIGHTS


def _near(known: str, given: str) -> bool | None:
    """Tell whether two numbers of degrees are one place's; None where they neither are nor are not.

    >>> _near("36.20", "36.21"), _near("36.2", "39.9"), _near("36.2", "36.7"), _near("", "36.2")
    (True, False, None, None)
    """
    try:
        apart = abs(float(known) - float(given))
    except ValueError:
        return None
    return True if apart <= _NEAR_DEGREES else False if apart >= _FAR_DEGREES else None
