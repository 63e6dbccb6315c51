"""What an entity of ours may be in another dataset, with the reasons for and against, and no decision.

Every name of an entity is asked; what is found is told with what was asked and how the names compare, folded
as the engine folds them, and with what speaks for looking twice. Certainty of the other service is repeated
and counts for nothing. Chosen over (a) asking the preferred name only, which misses what is known abroad
under another one, and (b) our own score over theirs, which would hide both.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from musnad.linking.review import Row
from musnad.model import Entity
from musnad.search.spelling import name_key, words_of
from musnad.vocabulary import SCHEMA

_CAREFUL: Final = {"PERSON": "a person", "ORG": "a body"}
_LONGEST: Final = 400  # characters of evidence
_MOST: Final = 5  # candidates of one entity


@dataclass(frozen=True, slots=True)
class Question:
    """One name that is asked."""

    entity: str  # IRI
    name: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """One candidate, as the other dataset proposes it."""

    id: str
    label: str
    types: tuple[str, ...] = ()
    score: float = 0.0
    certain: bool = False  # in the eyes of the other service
    url: str = ""
    notes: tuple[str, ...] = ()


class Asked(Protocol):
    """Whoever can be asked: a service, or a table."""

    def ask(self, questions: Sequence[Question]) -> list[list[Proposal]]:
        """Return the proposals for each question, best first."""


def questions_of(entities: Iterable[Entity]) -> list[Question]:
    """Return the names to ask: the preferred ones and the full other ones, each spelling once."""
    found: dict[tuple[str, str], Question] = {}
    for entity in entities:
        names = [
            entity.label_ar,
            entity.label_en,
            *(name for name, tag in entity.names if tag in {"ar", "en"}),
        ]
        for name in names:
            key = name_key(words_of(name))
            if key and name not in entity.short_names:
                found.setdefault((entity.iri, key), Question(entity.iri, name))
    return list(found.values())


def propose(entities: Sequence[Entity], asked: Asked, scheme: str) -> list[Row]:
    """Return candidates for the entities that have no identifier of a scheme yet, as rows to be decided."""
    missing = {
        each.iri: each for each in entities if not any(link.scheme == scheme for link in each.identifiers)
    }
    questions = questions_of(missing.values())
    found: dict[str, dict[str, tuple[Proposal, list[str]]]] = {}
    for question, proposals in zip(questions, asked.ask(questions), strict=True):
        for proposal in proposals:
            mine = found.setdefault(question.entity, {})
            best, names = mine.get(proposal.id, (proposal, []))
            better = proposal if proposal.score > best.score else best
            mine[proposal.id] = (better, [*names, question.name])
    namesakes = Counter(key for each in entities for key in _keys(each))
    rows: list[Row] = []
    for iri in sorted(found):
        ranked = sorted(found[iri].values(), key=lambda pair: (-pair[0].score, pair[0].id))[:_MOST]
        cautions = _cautions(missing[iri], [proposal for proposal, _ in ranked], namesakes)
        rows += [_row(missing[iri], scheme, pair, cautions) for pair in ranked]
    return rows


def _row(entity: Entity, scheme: str, pair: tuple[Proposal, list[str]], cautions: Sequence[str]) -> Row:
    proposal, names = pair
    return Row(
        entity=entity.iri,
        name=entity.label_ar,
        kind=entity.class_iri.removeprefix(SCHEMA),
        scheme=scheme,
        id=proposal.id,
        url=proposal.url,
        label=proposal.label,
        type=" ".join(proposal.types),
        score=f"{proposal.score:.1f}",
        evidence="; ".join(_evidence(entity, proposal, names))[:_LONGEST],
        caution="; ".join(cautions),
    )


def _evidence(entity: Entity, proposal: Proposal, names: Sequence[str]) -> Iterator[str]:
    yield f"asked: {', '.join(f'«{name}»' for name in names)}"
    own = {entity.label_ar, entity.label_en, *(name for name, _ in entity.names)}
    key = name_key(words_of(proposal.label))
    if proposal.label in own:
        yield "their label is a name of ours"
    elif key in _keys(entity):
        yield "their label is a name of ours in another spelling"
    else:
        yield "their label is none of our names"
    if proposal.certain:
        yield "certain there"
    yield from filter(None, proposal.notes)


def _cautions(entity: Entity, proposals: Sequence[Proposal], namesakes: Mapping[str, int]) -> list[str]:
    found = []
    if entity.type in _CAREFUL:
        found.append(f"{_CAREFUL[entity.type]}: a name is not enough, compare another attribute")
    if any(namesakes[key] > 1 for key in _keys(entity)):
        found.append("another entity of ours bears one of its names")
    alike = [each for each in proposals if name_key(words_of(each.label)) in _keys(entity)]
    if len(alike) > 1:
        found.append(f"{len(alike)} candidates bear its name")
    return found


def _keys(entity: Entity) -> set[str]:
    names = [entity.label_ar, entity.label_en, *(name for name, _ in entity.names)]
    return {name_key(words_of(name)) for name in names} - {""}
