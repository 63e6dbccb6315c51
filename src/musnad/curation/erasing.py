"""Take private persons out of finished quads, where only the dumps of an old release are left.

The file is read three times and never held: for who is private, for what falls with them and by which words
documents call them, then line by line. What falls: the person, their identifiers and mentions, the claims
that speak of them or come through them, and the plain triples that no other claim supports. Chosen over (a)
mapping old tables anew, with mappings that are younger than the release, and (b) dropping old releases, which
others cite.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, cast

import pyoxigraph as px

from musnad.curation.names import NamesByGraph
from musnad.curation.private import Private
from musnad.vocabulary import PREFIXES, RDF_TYPE, RDFS_LABEL, SCHEMA

_PERSON: Final = SCHEMA + "Person"
_NAMES: Final = frozenset({RDFS_LABEL, SCHEMA + "name", SCHEMA + "alternateName"})
_BODY, _TARGET, _EXACT = (PREFIXES["oa"] + name for name in ("hasBody", "hasTarget", "exact"))
_AGENT, _AUTHOR = PREFIXES["prov"] + "agent", SCHEMA + "author"
_TRIPLE: Final = tuple(PREFIXES["rdf"] + name for name in ("subject", "predicate", "object"))
_OF_CLAIM: Final = frozenset({_TRIPLE[0], _TRIPLE[2]})
_PASSAGE: Final = "#char="
_PARTS: Final = (_PASSAGE, "#selector=")
_SPEAKER: Final = "ontology#speaker"


@dataclass(slots=True)
class Erasure:
    """Who is erased from a dataset, and what falls with them."""

    private: Private
    base: str
    hidden: set[str] = field(default_factory=set)  # IRIs of persons
    fallen: set[str] = field(default_factory=set)  # IRIs of claims, mentions and posts
    _alone: set[str] = field(init=False, default_factory=set)  # passages, and their selectors
    _lost: set[tuple[str, ...]] = field(init=False, default_factory=set)  # triples without a claim
    _names: NamesByGraph = field(init=False)

    def __post_init__(self) -> None:
        self._names = NamesByGraph(self.private.names)

    def erase(self, old: Path, new: Path) -> None:
        """Write what stays of an N-Quads file to another one."""
        self._look_for_persons(old)
        self._look_for_what_falls(old)
        self._look_for_triples(old)
        with new.open("w", encoding="utf-8", newline="\n") as file:
            for quad in _read(old):
                if (kept := self._quad(quad)) is not None:
                    file.write(f"{kept} .\n")

    def _look_for_persons(self, path: Path) -> None:
        persons, named = set(), set()
        for quad in _read(path):
            subject = cast("px.NamedNode", quad.subject).value
            if subject.startswith(f"{self.base}id/") and self.private.is_listed(subject):
                self.hidden.add(subject)
            if quad.predicate.value == RDF_TYPE and cast("px.NamedNode", quad.object).value == _PERSON:
                persons.add(subject)
            elif quad.predicate.value in _NAMES and self._names.everywhere.stand_in(
                cast("px.Literal", quad.object).value
            ):
                named.add(subject)
        self.hidden |= persons & named

    def _look_for_what_falls(self, path: Path) -> None:
        passages: set[str] = set()
        taking = {*_OF_CLAIM, _AUTHOR, _BODY, f"{self.base}{_SPEAKER}"}
        for quad in _read(path):
            subject, verb = cast("px.NamedNode", quad.subject).value, quad.predicate.value
            if isinstance(quad.object, px.NamedNode) and quad.object.value in self.hidden:
                if verb in taking:
                    self.fallen.add(subject)
                elif verb == _AGENT:
                    self.fallen.add(subject.partition("#")[0])
        for quad in _read(path):
            subject = cast("px.NamedNode", quad.subject).value
            if quad.predicate.value == _TARGET and subject in self.fallen:
                passages.add(cast("px.NamedNode", quad.object).value)
        for quad in _read(path):
            if quad.predicate.value == _EXACT and cast("px.NamedNode", quad.subject).value in passages:
                graph = cast("px.NamedNode", quad.graph_name).value
                self._names.call(graph, cast("px.Literal", quad.object).value)

    def _look_for_triples(self, path: Path) -> None:
        """Note the triples that only fallen claims support, and the passages that nothing else cites."""
        claimed: dict[str, dict[str, str]] = {}
        cited: set[str] = set()
        for quad in _read(path):
            subject = cast("px.NamedNode", quad.subject).value
            if quad.predicate.value in _TRIPLE:
                claimed.setdefault(subject, {})[quad.predicate.value] = str(quad.object)
            thing = quad.object.value if isinstance(quad.object, px.NamedNode) else ""
            if _PASSAGE in thing:
                (self._alone if self._falls(subject) else cited).add(thing)
        self._alone = {each.replace(_PASSAGE, part) for each in self._alone - cited for part in _PARTS}
        held = {self._key(parts) for iri, parts in claimed.items() if iri not in self.fallen}
        self._lost = {self._key(parts) for iri, parts in claimed.items() if iri in self.fallen} - held

    @staticmethod
    def _key(parts: dict[str, str]) -> tuple[str, ...]:
        return tuple(parts.get(name, "") for name in _TRIPLE)

    def _falls(self, iri: str) -> bool:
        root = iri.partition("#")[0]
        return iri in self._alone or iri in self.fallen or root in self.fallen or root in self.hidden

    def _quad(self, quad: px.Quad) -> px.Quad | None:
        """Return what stays of a quad, None where nothing does."""
        graph = cast("px.NamedNode", quad.graph_name).value
        subject = cast("px.NamedNode", quad.subject)
        derived = graph == f"{self.base}graph/reported"
        triple = (str(subject), str(quad.predicate), str(quad.object))
        if self._falls(subject.value) or (derived and triple in self._lost):
            return None
        if isinstance(quad.object, px.NamedNode):
            iri = quad.object.value
            foreign = not iri.startswith(self.base) and self._names.within(graph).stand_in(iri)
            return None if foreign or self._falls(iri) else quad
        given = cast("px.Literal", quad.object)
        words = self._names.within(graph).redact(given.value)
        if words == given.value:
            return quad
        new = px.Literal(words, language=given.language) if given.language else px.Literal(words)
        return px.Quad(subject, quad.predicate, new, quad.graph_name)


def _read(path: Path) -> Iterator[px.Quad]:
    return px.parse(path=str(path), format=px.RdfFormat.N_QUADS)
