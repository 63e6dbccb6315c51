"""Carry out decisions on one document after another, and tell what came of them.

What is decided about claims changes the reading (`claims`), what is decided about entities changes the rows
(`entities`); both know nothing of files. Chosen over (a) one pass over the finished dataset, which would need
all of it at once, and (b) decisions inside the readers, which would make two readings of a text differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final, get_args

from musnad.curation.claims import ClaimDecisions
from musnad.curation.decisions import ACCEPT, CORRECT, WITHDRAW, Decision
from musnad.curation.entities import EntityDecisions
from musnad.curation.outcome import Outcome
from musnad.curation.private import Private
from musnad.errors import MappingError
from musnad.iri import Minter
from musnad.model import MODALITIES, Certainty, Polarity, Reading
from musnad.tables.columns import Row
from musnad.tables.documents import reading_rows
from musnad.tables.lookup import Lookup

_CLOSED: Final = {
    "modality": MODALITIES,
    "polarity": frozenset(get_args(Polarity)),
    "certainty": frozenset(get_args(Certainty)),
    "role_status": frozenset({"former", "current", "future"}),
}
_ENDS: Final = frozenset({"subject", "object", "speaker"})


@dataclass(slots=True)
class Curation:
    """Decisions and the private list, ready for one document after another."""

    decisions: tuple[Decision, ...]
    private: Private
    lookup: Lookup
    outcome: Outcome = field(default_factory=Outcome)
    _claims: ClaimDecisions = field(init=False)
    _entities: EntityDecisions = field(init=False)

    def __post_init__(self) -> None:
        for each in self.decisions:
            self._check(each)
        self._claims = ClaimDecisions(self.decisions, self.lookup, self.outcome)
        self._entities = EntityDecisions(self.decisions, self.private, self.lookup, self.outcome)

    def __bool__(self) -> bool:
        """Tell whether there is anything to carry out."""
        return bool(self.decisions or self.private)

    @property
    def mint(self) -> Minter:
        """Return the minter of the project."""
        return self.lookup.minter

    def _check(self, decision: Decision) -> None:
        """Raise MappingError where a decision names what there is not."""
        entities, into = self.lookup.entities, decision.into
        if into and into not in entities:
            raise MappingError(decision.place, f"{into} is no entity of the authority", "add it there first")
        for key, value in decision.changes.items():
            if key in _CLOSED and value not in _CLOSED[key]:
                known = ", ".join(sorted(_CLOSED[key]))
                raise MappingError(decision.place, f"{value!r} is no {key}", f"one of {known}")
            own = value.startswith("id/") and not value.startswith("id/x-")
            if key in _ENDS and own and self.mint.base + value not in entities:
                raise MappingError(decision.place, f"{value} is no entity of the authority")
            if key == "relation" and value not in self.lookup.relations:
                raise MappingError(decision.place, f"{value!r} is no relation", "see relations.yaml")

    def redact(self, text: str) -> str:
        """Return a text, such as the name of a file, without names of private persons."""
        return self.private.names.redact(text) if self.private else text

    def document(self, reading: Reading) -> Iterator[tuple[str, Row]]:
        """Yield the rows of one document after every decision; none where it was withdrawn."""
        if not self:
            yield from reading_rows(reading, self.lookup)
        elif decided := self._claims.reading(reading):
            document = self.mint.document(reading.document.key)
            yield from self._entities.rows(reading_rows(decided, self.lookup), document)

    def rest(self, rows: Iterable[tuple[str, Row]]) -> Iterator[tuple[str, Row]]:
        """Yield the rows that belong to no document, then those of the decisions themselves."""
        removal = self._entities.removal()
        removal.away |= self.outcome.hidden
        removal.hidden |= self.outcome.hidden
        for table, row in rows:
            removal.look_for_persons([(table, row)])
            kept = removal.row(table, row)
            if kept is not None:
                yield table, kept
        self._entities.note(removal)
        yield from self._decision_rows()

    def _decision_rows(self) -> Iterator[tuple[str, Row]]:
        """Yield the rows of the decisions that gave claims of the dataset."""
        graph = self.mint.graph("curation")
        told = [each for each in self.outcome.done if each.verb in {ACCEPT, CORRECT}]
        for each in sorted(told, key=lambda each: each.iri(self.mint)):
            iri = each.iri(self.mint)
            yield (
                "decisions",
                {
                    "decision": iri,
                    "graph": graph,
                    "kind": each.verb,
                    "curator": f"{iri}#curator",
                    "who": each.who,
                    "when": each.when,
                    "why": each.why,
                },
            )

    def pending(self) -> list[Decision]:
        """Return the decisions that found nothing to be carried out on; they are kept for later."""
        return [each for each in self.decisions if each not in self.outcome.done and each.verb != WITHDRAW]
