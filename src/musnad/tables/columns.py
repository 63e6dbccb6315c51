"""The columns of every table, in the order in which they are written, with their meaning."""

from __future__ import annotations

from typing import Any, Final

Row = dict[str, Any]

_SPAN: Final = {"start": "first code point of the passage, from 0", "end": "end of the passage, exclusive"}
_KEYS: Final = {"document": "IRI of the document", "graph": "IRI of the named graph of the row"}
_DAYS: Final = {
    "not_before": "earliest day that the date allows",
    "not_after": "latest day that the date allows",
}

# Table → column → meaning. The order is the order in the files.
TABLES: Final[dict[str, dict[str, str]]] = {
    "documents": _KEYS
    | {
        "capture": "IRI of the stored copy",
        "file": "name of the file",
        "source": "source that read it",
        "type": "class of schema.org",
        "title": "title, empty where there is none",
        "title_ar": "title, where it is Arabic",
        "title_other": "title, where it is not Arabic",
        "publisher": "IRI of the publisher",
        "publisher_label": "name of the publisher",
        "url": "address",
        "published": "date of publication (EDTF)",
        "published_day": "date of publication, where it is a day",
        "published_month": "date of publication, where it is a month",
        "published_year": "date of publication, where it is a year",
        "published_certainty": "certainty of that date",
        "time": "time of publication as shown",
        "language": "language tag",
        "sha256": "hash of the stored text",
        "characters": "code points of the stored text",
        "captured": "when an archive captured the page (xsd:dateTime)",
        "target_uri": "the address that it captured",
        "payload_digest": "its digest of what it received (algorithm:value)",
        "views": "number of views shown",
        "views_node": "IRI of the counter of views",
        "comment_count": "number of reader comments shown",
        "sample_ar": "that the document is a sample, in Arabic",
        "sample_en": "that the document is a sample, and of what",
        "notes": "what the reader tells the editor",
    }
    | _DAYS,
    "credits": _KEYS
    | {
        "agent": "IRI of the credited outlet",
        "agent_label": "its name",
        "scope": "document or lead_item",
        "of": "what the outlet is credited with: the document, or its lead item",
        "lead_item": "IRI of the lead item, where the credit covers it alone",
        "passage": "IRI of the credit line",
    }
    | _SPAN,
    "zones": _KEYS
    | {
        "capture": "IRI of the stored copy",
        "zone": "kind of zone",
        "zone_concept": "concept of the kind",
        "label_ar": "heading of the section",
        "empty": "whether the page shows that the section is empty",
        "note": "the word empty for an empty section",
        "passage": "IRI of the passage",
    }
    | _SPAN,
    "posts": _KEYS
    | {
        "post": "IRI of the embedded post",
        "author": "IRI of the author, where known",
        "author_label": "name in the signature",
        "handle": "handle of the author",
        "published": "date (EDTF)",
        "published_day": "date, where it is a day",
        "url": "address that the post shows",
        "passage": "IRI of the passage",
    }
    | _SPAN,
    "comments": _KEYS
    | {
        "comment": "IRI of the comment",
        "position": "number on the page, from 1",
        "age": "age at the time of the capture (ISO 8601 duration)",
        "passage": "IRI of the passage",
    }
    | _SPAN,
    "links": _KEYS
    | {
        "link": "IRI of the linked headline",
        "kind": "ticker, read_also, related or lead",
        "kind_concept": "concept of the zone that shows such headlines",
        "headline": "headline as shown",
        "url": "address",
        "target": "IRI of the document that it leads to, where we hold it",
        "passage": "IRI of the passage",
    }
    | _SPAN,
    "facts": _KEYS
    | {
        "fact": "IRI of the entry of the infobox",
        "label": "label as shown",
        "value": "value as shown",
        "passage": "IRI of the passage",
    }
    | _SPAN,
    "passages": {
        "passage": "IRI of the passage",
        "graph": "IRI of the named graph of the row",
        "capture": "IRI of the stored copy",
        "selector": "IRI of the selector",
        "exact": "the quoted words, where the licence lets us show them",
        "prefix": "the words before them, of evidence",
        "suffix": "the words after them, of evidence",
        "language": "language tag of the document",
        "zone_concept": "concept of the smallest zone around it; null where it is itself a zone",
    }
    | _SPAN,
    "mentions": _KEYS
    | {
        "mention": "IRI of the mention",
        "capture": "IRI of the stored copy",
        "file": "name of the file",
        "surface": "the words as printed",
        "type": "PERSON, ORG, PLACE, EVENT or WORK",
        "entity": "IRI of the entity",
        "label_ar": "Arabic label of the entity",
        "how": "how it was found",
        "score": "certainty of the match, 0 to 1",
        "zone": "kind of the zone",
        "passage": "IRI of the passage",
    }
    | _SPAN,
    "entities": {
        "entity": "IRI of the entity",
        "graph": "IRI of the named graph of the row",
        "type": "class of the entity",
        "kind": "PERSON, ORG, PLACE, EVENT or WORK",
        "slug": "slug in the authority",
        "label_ar": "Arabic name",
        "label_en": "English name",
        "description_ar": "Arabic description",
        "description_en": "English description",
        "located_in": "IRI of the place that holds it",
        "latitude": "degrees north, of a place (WGS 84)",
        "longitude": "degrees east, of a place (WGS 84)",
        "point_source": "where the coordinates come from",
    },
    "names": {
        "entity": "IRI of the entity",
        "graph": "IRI of the named graph of the row",
        "name_ar": "another Arabic name",
        "name_en": "another English name",
    },
    "identifiers": {
        "entity": "IRI of the entity",
        "graph": "IRI of the named graph of the row",
        "identifier": "IRI of the identifier",
        "scheme": "who gives it",
        "value": "the identifier",
        "url": "IRI of the entity there",
        "evidence": "stored source that pairs name and identifier",
        "exact_match": "IRI there, where it is the same thing",
        "close_match": "IRI there, where it is nearly the same",
        "related_match": "IRI there, where it is related",
    },
    "patterns": {
        "pattern": "IRI of the pattern",
        "graph": "IRI of the named graph of the row",
        "name": "name of the pattern",
        "relation_concept": "concept of the relation that it reads",
        "description_ar": "what it reads, in Arabic",
        "description_en": "what it reads, in English",
        "precision": "share of its readings that were right when measured",
        "support": "number of readings measured",
        "version": "digest of its definition",
        "activity": "IRI of the reading by this version of the engine",
        "software": "name and version of the engine",
    },
    "claims": _KEYS
    | {
        "claim": "IRI of the claim",
        "capture": "IRI of the stored copy",
        "file": "name of the file",
        "relation": "name of the relation",
        "relation_concept": "concept of the relation",
        "subject": "IRI of the subject",
        "subject_label": "name of the subject",
        "object": "IRI of the object",
        "object_label": "name of the object, or its words",
        "speaker": "IRI of the innermost speaker",
        "speaker_label": "name of the speaker",
        "polarity": "positive or negative",
        "polarity_concept": "term for the polarity",
        "modality": "how the speaker puts it",
        "modality_concept": "concept of the modality",
        "rdf_subject": "subject of the claimed triple",
        "rdf_predicate": "property of the claimed triple",
        "rdf_object": "object of the claimed triple, an IRI",
        "rdf_object_ar": "object of the claimed triple, Arabic words",
        "object_day": "object of the claimed triple, a day",
        "object_month": "object of the claimed triple, a month",
        "object_year": "object of the claimed triple, a year",
        "object_edtf": "object of the claimed triple, any other EDTF date",
        "text": "what is claimed, in the words of the document",
        "role_name": "name of the office or role",
        "role_status": "former, current or future",
        "role_status_concept": "concept of that status",
        "condition": "the if-part of a conditional claim",
        "edtf": "date that the claim gives (EDTF)",
        "certainty": "certainty of the reading",
        "note": "why the reading is doubted, to the editor",
        "certainty_concept": "concept of the certainty",
        "zone": "kind of the zone",
        "zone_concept": "concept of the zone",
        "passage": "IRI of the evidence",
        "exact": "the quoted words, where the licence lets us show them",
        "pattern": "name of the pattern",
        "activity": "IRI of the reading",
        "decision": "IRI of the decision that accepted or corrected it",
        "revises": "IRI of the claim that it corrects",
        "label_ar": "Arabic label",
        "label_en": "English label",
    }
    | _SPAN
    | _DAYS,
    "abouts": {
        "claim": "IRI of the claim",
        "graph": "IRI of the named graph of the row",
        "about": "IRI of an entity that the claim speaks of",
    },
    "attributions": _KEYS
    | {
        "attribution": "IRI of the link of the chain",
        "claim": "IRI of the claim",
        "hop": "place in the chain, from 0",
        "agent": "IRI of the agent",
        "agent_label": "name of the agent",
        "verb": "reporting verb as printed",
    },
    "conflicts": {
        "claim": "IRI of the claim",
        "graph": "IRI of the named graph of the row",
        "other": "IRI of a claim that cannot hold together with it",
    },
    "decisions": {
        "decision": "IRI of a decision that somebody took on a claim",
        "graph": "IRI of the named graph of the row",
        "kind": "accept or correct",
        "curator": "IRI of who decided, within the decision",
        "who": "how they sign",
        "when": "the day of the decision",
        "why": "the reason that they gave",
    },
}

# The columns whose IRIs are entities: what they name is described, and nothing else of the authority is.
NAMING: Final[dict[str, tuple[str, ...]]] = {
    "documents": ("publisher",),
    "credits": ("agent",),
    "posts": ("author",),
    "mentions": ("entity",),
    "claims": ("subject", "object", "speaker"),
    "abouts": ("about",),
    "attributions": ("agent",),
}
