"""The forms of JSON-LD that a client may name: `application/ld+json;profile="…#expanded"`.

JSON-LD 1.1, section 6 (IANA considerations) and RFC 6906: a profile says more about a document and changes
none of its meaning; what names no form of ours is ignored. What is published is compacted, and flattened as
well, since every node stands once at the top; the expanded form is made from it, with no context to load.
Chosen over (a) a file for each form, three times the files for the same triples, and (b) ignoring it,
which leaves every client to expand.
"""

from __future__ import annotations

import hashlib
from typing import Any, Final

import orjson
import pyoxigraph as ox

from musnad.server.media import JSON_LD, Range, ranges
from musnad.server.replies import Representation
from musnad.vocabulary import PREFIXES, RDF_TYPE

_SPACE: Final = "http://www.w3.org/ns/json-ld#"
_FORMS: Final = tuple(_SPACE + form for form in ("compacted", "flattened", "expanded"))
_EXPANDED: Final = _FORMS[2]
_STRING: Final = PREFIXES["xsd"] + "string"


def profile_of(accept: str | None) -> str:
    """Return the forms that a client prefers, as they stand in Content-Type; "" where it names none of ours.

    >>> profile_of('application/ld+json;profile="http://www.w3.org/ns/json-ld#expanded"')
    'http://www.w3.org/ns/json-ld#expanded'
    >>> profile_of('application/ld+json, application/ld+json;profile="http://www.w3.org/ns/json-ld#framed"')
    ''
    """
    best, chosen = 0.0, ""
    for each in ranges(accept or ""):
        forms = _forms(each) if (each.type, each.subtype) == ("application", "ld+json") else None
        if forms is not None and (each.weight > best or (each.weight == best and forms and not chosen)):
            best, chosen = each.weight, forms
    return chosen


def _forms(given: Range) -> str:
    """Return those forms of a range that we have; an expanded document is not compacted as well."""
    asked = given.parameters.get("profile", "").split()
    found = [form for form in _FORMS if form in asked]
    if _EXPANDED in found and _FORMS[0] in found:
        found.remove(_EXPANDED)
    return " ".join(found)


def formed(shown: Representation, profile: str) -> Representation:
    """Return a JSON-LD document in the forms of a profile, which its media type names."""
    kind = f'{JSON_LD.content_type}; profile="{profile}"'
    if _EXPANDED in profile.split():
        return Representation.of(expand(shown.body), kind)
    digest = hashlib.sha256(f"{shown.digest} {profile}".encode()).hexdigest()[:20]
    return Representation(shown.body, shown.packed, kind, shown.language, digest, shown.origin)


def expand(document: bytes) -> bytes:
    """Return the expanded form of a JSON-LD document: every IRI whole, every value an object in a list."""
    nodes: dict[str, dict[str, Any]] = {}
    for quad in ox.parse(document, format=ox.RdfFormat.JSON_LD):
        subject, predicate = _name(quad.subject), quad.predicate.value
        node = nodes.setdefault(subject, {"@id": subject})
        value = _value(quad.object)
        if predicate == RDF_TYPE and "@id" in value:
            node.setdefault("@type", []).append(value["@id"])
        else:
            node.setdefault(predicate, []).append(value)
    return orjson.dumps([*nodes.values()], option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _name(term: Any) -> str:  # a subject or an object of pyoxigraph
    return term.value if isinstance(term, ox.NamedNode) else str(term)


def _value(term: Any) -> dict[str, str]:  # an object of pyoxigraph
    if not isinstance(term, ox.Literal):
        return {"@id": _name(term)}
    if term.language:
        return {"@value": term.value, "@language": term.language}
    if term.datatype.value == _STRING:
        return {"@value": term.value}
    return {"@value": term.value, "@type": term.datatype.value}
