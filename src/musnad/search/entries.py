"""What can be found: entities by their names, claims by their labels and words, documents by their titles.

An entry is numbered by its place: entities with many claims first, then the latest claims, then the latest
documents. The number breaks every tie, in whatever language the ranking is written. Quotations are those that
the store publishes, so no licence is stretched. Chosen over (a) entries from the tables of the build, which a
server of a release does not have, and (b) dates as part of the score, which would age.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Final

from musnad.store import Store
from musnad.store_texts import Texts

ENTITY, CLAIM, DOCUMENT = KINDS = ("entity", "claim", "document")
_THING: Final = "thing"  # what the rows of all but one query are about
NAME, TITLE, QUOTE = range(3)  # how much of a thing a text is: its name, what it is called, words about it
_NAMES: Final = """SELECT DISTINCT ?thing ?type ?name ?other WHERE {
  ?thing a ?type .
  { ?thing schema:name ?name BIND(0 AS ?other) } UNION { ?thing rdfs:label ?name BIND(1 AS ?other) }
  UNION { ?thing schema:creditText ?name BIND(2 AS ?other) }
  UNION { ?thing schema:alternateName ?name BIND(3 AS ?other) }
  FILTER(STRSTARTS(STR(?thing), "%(base)sid/") && !CONTAINS(STR(?thing), "#"))
}"""
_CLAIMS_OF: Final = """SELECT DISTINCT ?thing ?claim WHERE {
  ?claim a msn:Claim . { ?claim schema:about ?thing } UNION { ?claim msn:speaker ?thing }
}"""
_CLAIMS: Final = """SELECT DISTINCT ?thing ?label ?quote ?document ?start ?date ?relation WHERE {
  ?thing a msn:Claim ; schema:appearance ?document ; msn:evidence ?passage ; dcterms:type ?relation .
  OPTIONAL { ?passage oa:exact ?quote } OPTIONAL { ?passage oa:hasSelector/oa:start ?start }
  OPTIONAL { ?thing rdfs:label ?label } OPTIONAL { ?document msn:notAfter ?date }
}"""
_DOCUMENTS: Final = """SELECT DISTINCT ?thing ?type ?label ?publisher ?edtf ?date WHERE {
  ?thing schema:archivedAt ?capture ; a ?type .
  OPTIONAL { ?thing schema:headline ?label } OPTIONAL { ?thing schema:publisher ?publisher }
  OPTIONAL { ?thing msn:edtf ?edtf } OPTIONAL { ?thing msn:notAfter ?date }
}"""


@dataclass(slots=True)
class Entry:
    """One thing that can be found."""

    kind: str
    iri: str
    type: str  # the IRI of its class; of a claim, of its relation
    texts: dict[str, tuple[int, str]] = field(default_factory=dict)  # text → how much it is, language
    below: str = ""  # what stands under its name: the quotation, or the IRI of the publisher
    date: str = ""
    order: tuple[object, ...] = ()

    def label(self, language: str) -> tuple[str, str]:
        """Return its name in a language, else in the other, and the language that it is in."""
        named = [(text, tag) for text, (rank, tag) in self.texts.items() if rank == NAME]
        for wanted in (language, "", "ar", "en"):
            for text, tag in named:
                if tag == wanted:
                    return text, tag
        return named[0] if named else (next(iter(self.texts), ""), "")

    def others(self) -> list[str]:
        """Return the names that are not its preferred ones."""
        return [text for text, (rank, _) in self.texts.items() if rank == TITLE]


def read_entries(store: Store, base: str) -> list[Entry]:
    """Return everything that can be found, in the order that breaks ties."""
    found = [*_entities(store, base), *_claims(store), *_documents(store)]
    return sorted(found, key=lambda entry: (KINDS.index(entry.kind), *entry.order))


def _value(row: Texts, name: str) -> str:
    return row[name][0] if name in row else ""


def _entities(store: Store, base: str) -> Iterable[Entry]:
    claims = Counter(_value(row, "thing") for row in store.texts(_CLAIMS_OF, "claim"))
    found: dict[str, Entry] = {}
    rows = sorted(
        store.texts(_NAMES % {"base": base}, _THING),
        key=lambda row: (row["thing"], row["other"], row["name"]),
    )
    for row in rows:
        iri, (name, language) = _value(row, "thing"), row["name"][:2]
        entry = found.setdefault(iri, Entry(ENTITY, iri, _value(row, "type")))
        entry.type = min(entry.type, _value(row, "type"))
        entry.order = (-claims[iri], iri)
        if name.strip():
            entry.texts.setdefault(name, (TITLE if _value(row, "other") == "3" else NAME, language))
    return found.values()


def _claims(store: Store) -> Iterable[Entry]:
    found: dict[str, Entry] = {}
    rows = sorted(store.texts(_CLAIMS, _THING), key=lambda row: (row["thing"], sorted(row.items())))
    for row in rows:
        iri = _value(row, "thing")
        entry = found.setdefault(iri, Entry(CLAIM, iri, _value(row, "relation")))
        if "label" in row:
            entry.texts.setdefault(row["label"][0], (NAME, row["label"][1]))
        if "quote" in row and not entry.below:
            entry.below = _value(row, "quote")
            entry.texts.setdefault(entry.below, (QUOTE, row["quote"][1]))
        place = (_value(row, "document"), int(_value(row, "start") or 0), iri)
        entry.order = (_latest_first(_value(row, "date")), *place)
    return found.values()


def _documents(store: Store) -> Iterable[Entry]:
    found: dict[str, Entry] = {}
    rows = sorted(store.texts(_DOCUMENTS, _THING), key=lambda row: (row["thing"], sorted(row.items())))
    for row in rows:
        iri = _value(row, "thing")
        entry = found.setdefault(iri, Entry(DOCUMENT, iri, _value(row, "type")))
        entry.below, entry.date = _value(row, "publisher"), _value(row, "edtf")
        if "label" in row:
            entry.texts.setdefault(row["label"][0], (NAME, row["label"][1]))
        entry.order = (_latest_first(_value(row, "date")), iri)
    return found.values()


def _latest_first(date: str) -> tuple[int, ...]:
    """Return what sorts the latest day first; what has no day comes last."""
    return tuple(-int(part) for part in (date or "0").lstrip("-").split("-")[:3])
