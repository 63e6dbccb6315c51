"""Carry out what was decided about entities, on the rows of a document.

Every claim has its IRI by then, so that a merge or a split moves none. Chosen over (a) merging in the
authority, which would move the IRIs of claims and lose the decisions about them, and (b) `owl:sameAs` in the
data, which every reader would have to follow.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from musnad.curation.decisions import MERGE, WITHDRAW, Decision
from musnad.curation.outcome import Outcome
from musnad.curation.private import Private
from musnad.curation.removing import Removal, without_uncited
from musnad.folding import fold_name
from musnad.iri import Minter
from musnad.model import Entity
from musnad.tables.columns import NAMING, Row
from musnad.tables.entities import entity_rows
from musnad.tables.lookup import Lookup

_RENAMED: Final = {
    **NAMING,
    "claims": (*NAMING["claims"], "rdf_subject", "rdf_object"),
}
_DESCRIBING: Final = frozenset({"entities", "names", "identifiers"})


@dataclass(slots=True)
class EntityDecisions:
    """The decisions about entities, and the persons who are never published."""

    decisions: tuple[Decision, ...]
    private: Private
    lookup: Lookup
    outcome: Outcome
    _merges: dict[str, Decision] = field(init=False, default_factory=dict)  # by IRI of the merged entity
    _splits: dict[str, list[Decision]] = field(init=False, default_factory=dict)  # by document
    _mint: Minter = field(init=False)

    def __post_init__(self) -> None:
        self._mint = self.lookup.minter
        for each in self.decisions:
            if each.verb == MERGE:
                self._merges[each.target] = each
            for document in each.documents:
                self._splits.setdefault(document, []).append(each)

    def rows(self, rows: Iterable[tuple[str, Row]], document: str) -> list[tuple[str, Row]]:
        """Return the rows of one document with what was decided about its entities; private names go."""
        kept = list(rows)
        names = self._renamed(kept, document)
        if names:
            kept = [(table, row) for table, row in kept if _stays(table, row, names)]
            kept = [(table, self._rename(table, row, names)) for table, row in kept]
            kept += self._split_off(kept, names, document)
        removal = self.removal()
        removal.look_for_persons(kept)
        removal.look_for_claims(kept)
        kept = list(removal.rows(kept))
        self.note(removal)
        return without_uncited(kept)

    def removal(self) -> Removal:
        """Return what takes out withdrawn entities and private names."""
        away = {each.target for each in self.decisions if each.verb == WITHDRAW}
        return Removal(self.private, self._mint.base, away)

    def note(self, removal: Removal) -> None:
        """Keep what a removal took out, for the list of what is gone."""
        self.outcome.gone.update(removal.away)
        self.outcome.hidden.update(removal.hidden)

    def _renamed(self, rows: list[tuple[str, Row]], document: str) -> dict[str, str]:
        """Return what entities of a document are to be called: after its splits, then after all merges."""
        named = {row[c] for table, row in rows for c in _RENAMED.get(table, ()) if row[c]}
        merges = self._merges
        found: dict[str, str] = {}
        for each in self._splits.get(document, ()):
            if each.target in named:
                self.outcome.count(each)
                found[each.target] = each.into or self._own(each.target, document)
        for iri in sorted(named):
            last = found.get(iri, iri)
            while last in merges:
                self.outcome.count(merges[last])
                last = merges[last].into
            if last != iri:
                found[iri] = last
        return found

    def _own(self, iri: str, document: str) -> str:
        """Return the IRI of an entity that a document names and the authority does not know."""
        known = self.lookup.entities[iri]
        return self._mint.seen(known.type, fold_name(known.label_ar), document)

    def _rename(self, table: str, row: Row, names: dict[str, str]) -> Row:
        columns = [column for column in _RENAMED.get(table, ()) if row[column] in names]
        if not columns:
            return row
        new = row | {column: names[row[column]] for column in columns}
        if table == "mentions" and new["entity"] in self.lookup.entities:
            new["label_ar"] = self.lookup.entities[new["entity"]].label_ar
        return new

    def _split_off(
        self, rows: list[tuple[str, Row]], names: dict[str, str], document: str
    ) -> Iterator[tuple[str, Row]]:
        """Yield the rows of the entities that a split makes this document's own."""
        for old, new in sorted(names.items()):
            if old in self.lookup.entities and new == self._own(old, document):
                known = self.lookup.entities[old]
                surfaces = [row["surface"] for t, row in rows if t == "mentions" and row["entity"] == new]
                label = max(surfaces, key=lambda name: (len(name), name), default=known.label_ar)
                entity = Entity(new, known.type, known.class_iri, " ".join(label.split()))
                yield from entity_rows(entity, self._mint.document_graph(document), self._mint)


def _stays(table: str, row: Row, names: dict[str, str]) -> bool:
    """Tell whether a row is not the description of an entity that is another one now."""
    return table not in _DESCRIBING or row["entity"] not in names
