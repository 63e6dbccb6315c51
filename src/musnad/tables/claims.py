"""The rows of one claim: itself, what it speaks of, the chain that brought it, and what it conflicts with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import permutations, product
from typing import Final

from musnad.folding import fold_words
from musnad.iri import Minter
from musnad.model import Claim, Reading, Relation, Thing
from musnad.tables.columns import Row
from musnad.tables.lookup import Lookup, date_bounds, day_parts

_SEEN: Final = "/id/x-"  # in the IRI of what one document alone names
# Relations of what happens once: two dates of it exclude each other.
_DATED: Final = frozenset({"heldOn", "foundedOn", "issuedOn", "resignedFrom", "appointed"})


def claim_iri(claim: Claim, document: str, mint: Minter, quotation: str) -> str:
    """Return the IRI of a claim of a document; `quotation` is its evidence."""
    if claim.iri:
        return claim.iri
    subject, thing = (t.entity or t.label for t in (claim.subject, claim.object))
    words = fold_words(quotation)
    return mint.claim(document, claim.relation, subject, thing, claim.speaker.entity, claim.polarity, words)


def claim_rows(claim: Claim, reading: Reading, keys: Row, lookup: Lookup) -> Iterator[tuple[str, Row]]:
    """Yield (table, row) for one claim; `keys` has the keys of its document and its passage."""
    mint, document = lookup.minter, reading.document
    iri = claim_iri(claim, keys["document"], mint, document.text[claim.start : claim.end])
    named = {"claim": iri, "capture": mint.capture(document.text), "file": document.file}
    yield "claims", keys | named | _content(claim, reading, lookup) | _manner(claim, reading, lookup)
    agents = {claim.subject.entity, claim.object.entity} | set(claim.about)
    for about in sorted(agents - {""}):
        yield "abouts", {"claim": iri, "graph": keys["graph"], "about": about}
    for link in claim.chain:
        row = {
            "document": keys["document"],
            "graph": keys["graph"],
            "attribution": mint.attribution(iri, link.hop),
            "claim": iri,
            "hop": link.hop,
            "agent": link.agent.entity,
            "agent_label": link.agent.label,
            "verb": link.verb or None,
        }
        yield "attributions", row


def _content(claim: Claim, reading: Reading, lookup: Lookup) -> Row:
    """Return the columns that say what is claimed, in which words."""
    document, relation = reading.document, lookup.relations[claim.relation]
    words = document.quoted(claim.start, claim.end, lookup.quote_characters) if document.quote else None
    return {
        "relation": claim.relation,
        "relation_concept": lookup.minter.concept("relation", claim.relation),
        "subject": claim.subject.entity or None,
        "subject_label": claim.subject.label,
        "object": claim.object.entity or None,
        "object_label": claim.object.label,
        **_triple(claim, relation),
        "text": words if relation.speech or not _is_structured(claim, relation) else None,
        "exact": words,
        **_labels(claim, relation, lookup),
    }


def _manner(claim: Claim, reading: Reading, lookup: Lookup) -> Row:
    """Return the columns that say who claims it, how, when, and how it was read."""
    mint, status = lookup.minter, claim.role_status
    place = reading.document.zone_at(claim.start, claim.end)
    zone = place.kind if place else "body"
    return {
        "speaker": claim.speaker.entity,
        "speaker_label": claim.speaker.label,
        "polarity": claim.polarity,
        "polarity_concept": mint.term("Affirmed" if claim.polarity == "positive" else "Negated"),
        "modality": claim.modality,
        "modality_concept": mint.concept("modality", claim.modality),
        "role_name": claim.role or None,
        "role_status": status or None,
        "role_status_concept": mint.concept("status", status) if status else None,
        "condition": claim.condition or None,
        "edtf": claim.edtf or None,
        **date_bounds(claim.edtf),
        "certainty": claim.certainty,
        "note": claim.note or None,
        "certainty_concept": mint.concept("certainty", claim.certainty),
        "zone": zone,
        "zone_concept": mint.concept("zone", zone),
        "pattern": claim.pattern,
        "activity": mint.activity(claim.pattern, lookup.patterns[claim.pattern].version),
        "decision": claim.decision or None,
        "revises": claim.revises or None,
    }


def _is_structured(claim: Claim, relation: Relation) -> bool:
    """Tell whether the claim gives a whole triple of reused terms."""
    ends = (claim.object, claim.subject) if relation.inverse else (claim.subject, claim.object)
    return bool(relation.predicate and ends[0].entity and (ends[1].entity or ends[1].label))


def _triple(claim: Claim, relation: Relation) -> Row:
    """Return the columns of the claimed triple; a claim without a reused property names only its ends."""
    ends = (claim.object, claim.subject) if relation.inverse else (claim.subject, claim.object)
    whole = _is_structured(claim, relation)
    thing: Thing = ends[1]
    date = thing.label if thing.datatype == "edtf" and whole else ""
    parts = day_parts(date, "object")
    words = whole and not thing.entity and not date
    return {
        "rdf_subject": ends[0].entity or None,
        "rdf_predicate": relation.predicate if whole else None,
        "rdf_object": thing.entity or None,
        "rdf_object_ar": thing.label if words else None,
        **parts,
        "object_edtf": date if date and not any(parts.values()) else None,
    }


def _labels(claim: Claim, relation: Relation, lookup: Lookup) -> Row:
    def english(thing: Thing) -> str:
        if thing.datatype == "edtf":
            return thing.label
        known = lookup.entities.get(thing.entity)
        return known.label_en if known else ""

    def cut(words: str) -> str:
        return words if len(words) <= 90 else words[:89].rpartition(" ")[0].rstrip(" ،,") + "…"

    # Reported speech whose own words deny something is not denied speech.
    no = claim.polarity == "negative" and not relation.speech
    mark = " (منفي)" if no else ""  # negated
    arabic = f"{cut(claim.subject.label)} — {relation.label_ar}{mark} — {cut(claim.object.label)}"
    ends = (english(claim.subject), english(claim.object))
    middle = f"{relation.label_en}{' (negated)' if no else ''}"
    return {"label_ar": arabic, "label_en": " — ".join((ends[0], middle, ends[1])) if all(ends) else None}


def disputed(claims: Iterable[Row]) -> frozenset[int]:
    """Return the hashes of what two sides are taken on: only such claims can be in conflict.

    The rows of a document stand together. What a document alone names is forgotten with the document, so
    that memory grows with the authority and not with the claims.
    """
    shared: dict[int, int] = {}
    own: dict[int, int] = {}
    found: set[int] = set()
    graph = ""
    for row in claims:
        if row["graph"] != graph:
            graph, own = row["graph"], {}
        if row["modality"] == "asserted" and row["subject"]:
            seen = own if _SEEN in row["subject"] or _SEEN in (row["object"] or "") else shared
            for key, side in _sides(row):
                if seen.setdefault(hash(key), hash(side)) != hash(side):
                    found.add(hash(key))
    return frozenset(found)


def conflicting(claims: Iterable[Row], keys: frozenset[int]) -> Iterator[Row]:
    """Yield the claims that speak of what two sides are taken on."""
    for row in claims:
        asserted = row["modality"] == "asserted" and row["subject"]
        if asserted and any(hash(key) in keys for key, _ in _sides(row)):
            yield row


def conflict_rows(claims: Iterable[Row]) -> Iterator[tuple[str, Row]]:
    """Yield (table, row) for each pair of claims that cannot both hold, both ways round.

    Two claims conflict when they name the same relation, subject and object and differ in polarity, or date
    the same thing so that no day satisfies both. Only asserted claims are compared, and each group only
    across its sides, so that a thousand claims that agree cost nothing.
    """
    groups: dict[tuple[str, ...], dict[tuple[str, ...], list[tuple[str, str]]]] = {}
    for row in claims:
        if row["modality"] == "asserted" and row["subject"]:
            for key, side in _sides(row):
                groups.setdefault(key, {}).setdefault(side, []).append((row["claim"], row["graph"]))
    pairs: dict[tuple[str, str], str] = {}
    for _, sides in sorted(groups.items()):
        for one, other in permutations(sorted(sides), 2):
            if len(one) == 1 or one[1] < other[0] or other[1] < one[0]:
                for (claim, graph), (other_claim, _) in product(sides[one], sides[other]):
                    pairs[claim, other_claim] = graph
    for (claim, other_claim), graph in sorted(pairs.items()):
        if claim != other_claim:
            yield "conflicts", {"claim": claim, "graph": graph, "other": other_claim}


def _sides(row: Row) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Yield what a claim may be in conflict about, and the side that it takes: a polarity, or an interval."""
    key = (row["relation"], row["subject"], row["object"] or "")
    if row["object"]:
        yield ("polarity", *key), (row["polarity"],)
    dated = row["polarity"] == "positive" and row["not_before"] and row["not_after"]
    if dated and row["relation"] in _DATED:
        yield ("date", *key), (row["not_before"], row["not_after"])
