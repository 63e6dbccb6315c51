"""Carry out what was decided about claims, before they become rows.

So the labels and the triples of a corrected claim are made as those of any other. A claim keeps the IRI under
which it was read; a corrected one gets a new one and says which it revises. Chosen over (a) decisions as
SPARQL updates of the dataset, which cannot be read a year later, and (b) changing rows, in which one word of
a claim stands in ten columns.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any, Final

from musnad.curation.decisions import ACCEPT, CORRECT, REJECT, WITHDRAW, Decision, Finding
from musnad.curation.outcome import Outcome
from musnad.errors import MappingError
from musnad.iri import Minter
from musnad.model import Claim, Reading, Thing
from musnad.tables.claims import claim_iri
from musnad.tables.lookup import Lookup

_SURE: Final = "sure"
_ON_CLAIMS: Final = frozenset({ACCEPT, REJECT, CORRECT, WITHDRAW})


@dataclass(slots=True)
class ClaimDecisions:
    """The decisions about claims and whole documents."""

    decisions: tuple[Decision, ...]
    lookup: Lookup
    outcome: Outcome
    _exact: dict[str, Decision] = field(init=False, default_factory=dict)  # of claims and documents, by IRI
    _finding: dict[str, list[Decision]] = field(init=False, default_factory=dict)  # by capture
    _mint: Minter = field(init=False)

    def __post_init__(self) -> None:
        self._mint = self.lookup.minter
        for each in self.decisions:
            if each.verb in _ON_CLAIMS:
                self._exact[each.target] = each
            if each.finding:
                self._finding.setdefault(each.finding.capture, []).append(each)

    def reading(self, reading: Reading) -> Reading | None:
        """Return a reading with what was decided about its claims; None where it was withdrawn whole."""
        document = self._mint.document(reading.document.key)
        if document in self._exact:
            self._withdraw(self._exact[document], reading, document)
            return None
        claims = [self._claim(claim, reading, document) for claim in reading.claims]
        return replace(reading, claims=tuple(claim for claim in claims if claim))

    def _withdraw(self, decision: Decision, reading: Reading, document: str) -> None:
        words = reading.document.text
        claims = (
            claim_iri(claim, document, self._mint, words[claim.start : claim.end]) for claim in reading.claims
        )
        capture, graph = self._mint.capture(words), self._mint.document_graph(document)
        self.outcome.gone.update({capture, graph, *claims})
        self.outcome.count(decision)

    def _claim(self, claim: Claim, reading: Reading, document: str) -> Claim | None:
        quotation = reading.document.text[claim.start : claim.end]
        iri = claim_iri(claim, document, self._mint, quotation)
        decision = self._about(iri, claim, self._mint.capture(reading.document.text))
        if decision is None:
            return claim
        self.outcome.count(decision)
        if iri != decision.target:
            self.outcome.counts["found again"] += 1
        if decision.verb in {REJECT, WITHDRAW}:
            self.outcome.gone.add(iri)
            return None
        decided = decision.iri(self._mint)
        if decision.verb == ACCEPT:
            return replace(claim, iri=iri, certainty="sure", decision=decided)
        new = self._corrected(claim, decision, reading)
        return replace(new, iri=decision.corrected(self._mint), decision=decided, revises=decision.target)

    def _about(self, iri: str, claim: Claim, capture: str) -> Decision | None:
        found = (each for each in self._finding.get(capture, ()) if _is_found(each.finding, claim))
        return self._exact.get(iri) or next(found, None)

    def _corrected(self, claim: Claim, decision: Decision, reading: Reading) -> Claim:
        given = dict(decision.changes)
        names = {each.iri: each.label_ar for each in reading.seen}
        names |= {each.entity: each.label for each in reading.mentions}

        def thing(value: str) -> Thing:
            if not value.startswith("id/"):
                return Thing(value)
            iri = self._mint.base + value
            known = self.lookup.entities.get(iri)
            if not known and iri not in names:
                raise MappingError(
                    decision.place, f"the document does not name {value}", "name one that it does"
                )
            return Thing(known.label_ar if known else names[iri], iri)

        ends = {key: thing(given.pop(key)) for key in ("subject", "object") if key in decision.changes}
        chain = claim.chain
        if "speaker" in given:
            agent = thing(given.pop("speaker"))
            last = replace(chain[-1].agent, entity=agent.entity, label=agent.label)
            chain = (*chain[:-1], replace(chain[-1], agent=last))
        changed: Any = {"certainty": _SURE, "chain": chain} | ends | given  # keys and values were checked
        return replace(claim, **changed)


def _is_found(finding: Finding | None, claim: Claim) -> bool:
    """Tell whether a claim stands where a decision says, and says the same of the same."""
    if finding is None or not (claim.start < finding.end and finding.start < claim.end):
        return False
    ends = tuple(thing.entity or thing.label for thing in (claim.subject, claim.object))
    return (finding.relation, finding.ends) == (claim.relation, ends)
