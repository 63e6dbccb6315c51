"""The media types that are served, and which of them a client gets (RFC 9110, section 12).

Each format is one entry of a table; an alias is taken only when a client names it. Equal weights go to the
range that names the type most exactly, then to the order of the table. Chosen over (a) the first acceptable
range, which ignores q, and (b) a negotiation library, none of which knows aliases or quoted parameters.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

_HEADER_LIMIT: Final = 4_096
_RANGES_LIMIT: Final = 100
# Nothing is tried twice, and a quotation that nobody ends goes on to the end: else a header takes the square.
_QUOTED: Final = r'"(?:\\.|[^"\\])*+(?:"|\\?\Z)'
_ELEMENT: Final = re.compile(rf'(?:[^,"]++|{_QUOTED})++')
_PARAMETER: Final = re.compile(rf'(?:[^;"]++|{_QUOTED})++')
_TOKEN: Final = r"[!#$%&'*+.^_`|~0-9A-Za-z-]+"
_RANGE: Final = re.compile(rf"({_TOKEN})/({_TOKEN})\Z")
_WEIGHT: Final = re.compile(r"(?:0?(?:\.\d{1,6})?|1(?:\.0{0,6})?)\Z")
# Parameters that do not change which of our formats is meant.
_INDIFFERENT: Final = frozenset({"charset", "profile"})


@dataclass(frozen=True, slots=True)
class Format:
    """One format: the suffix of its files, its media type, other names that clients use for it."""

    suffix: str
    media_type: str
    aliases: tuple[str, ...] = ()

    @property
    def content_type(self) -> str:
        """Return the value of Content-Type; only text types have a charset to state."""
        text = self.media_type.startswith("text/")
        return f"{self.media_type}; charset=utf-8" if text else self.media_type


HTML: Final = Format("html", "text/html")
TURTLE: Final = Format("ttl", "text/turtle", ("application/x-turtle",))
JSON_LD: Final = Format("jsonld", "application/ld+json", ("application/json",))
N_TRIPLES: Final = Format("nt", "application/n-triples")
RDF_XML: Final = Format("rdf", "application/rdf+xml", ("application/xml", "text/xml"))
JSON: Final = Format("json", "application/sparql-results+json", ("application/json",))
XML: Final = Format("xml", "application/sparql-results+xml", ("application/xml", "text/xml"))
CSV: Final = Format("csv", "text/csv")
TSV: Final = Format("tsv", "text/tab-separated-values")

# Pages that are not HTML: pictures, tables, lists for machines.
OTHER: Final = (
    Format("svg", "image/svg+xml"),
    CSV,
    Format("json", "application/json"),
    Format("xml", "application/xml", ("text/xml",)),
    Format("atom", "application/atom+xml"),
    Format("txt", "text/plain"),
)

# https://www.rfc-editor.org/rfc/rfc9264#section-4.2; never negotiated, it has one address.
LINK_SET: Final = Format("linkset.json", "application/linkset+json")

DATA: Final = (TURTLE, JSON_LD, N_TRIPLES, RDF_XML)
RESOURCE: Final = (HTML, *DATA)
TABLE: Final = (JSON, XML, CSV, TSV)
BY_SUFFIX: Final = {each.suffix: each for each in (*RESOURCE, *OTHER, TSV)}


@dataclass(frozen=True, slots=True)
class Range:
    """One media range: type, subtype, parameters and weight."""

    type: str
    subtype: str
    parameters: Mapping[str, str]
    weight: float

    @property
    def special(self) -> bool:
        """Tell whether the range asks for a parameter that we do not have."""
        return not self.parameters.keys() <= _INDIFFERENT

    def specificity(self, media_type: str) -> int:
        """Return 3 for the type itself, 2 for `type/*`, 1 for `*/*`, 0 where it does not match."""
        if self.special:
            return 0
        kind, _, subtype = media_type.partition("/")
        if (self.type, self.subtype) == (kind, subtype):
            return 3
        if self.subtype != "*":
            return 0
        return 2 if self.type == kind else 1 if self.type == "*" else 0


def negotiate(accept: str | None, formats: Sequence[Format]) -> Format | None:
    """Return the format that the client prefers, or None where it accepts none of them.

    No header, or one in which no range is legal, accepts everything.

    >>> negotiate("text/turtle;q=0.5, application/ld+json;q=0.9", RESOURCE).suffix
    'jsonld'
    >>> negotiate("text/html;q=0, */*;q=0.1", RESOURCE).suffix
    'ttl'
    >>> negotiate("image/png", RESOURCE)
    """
    accepted = tuple(ranges(accept or ""))
    if not accepted:
        return formats[0]
    best, chosen = (0.0, 0), None
    for each in formats:
        score = _score(each, accepted)
        if score[0] > 0 and score > best:
            best, chosen = score, each
    return chosen


def _score(offer: Format, accepted: Iterable[Range]) -> tuple[float, int]:
    """Return weight and specificity of the most specific range that matches."""
    specificity, weight = max((each.specificity(offer.media_type), each.weight) for each in accepted)
    if specificity < 3:
        named = [each.weight for each in accepted for alias in offer.aliases if each.specificity(alias) == 3]
        if named:
            return max(named), 3
    return (weight, specificity) if specificity else (0.0, 0)


def ranges(header: str) -> Iterator[Range]:
    """Yield the media ranges of an Accept header, but none that is malformed."""
    for weight, name, parameters in _elements(header):
        found = _RANGE.match("*/*" if name == "*" else name.lower())
        if found and (found[1] != "*" or found[2] == "*"):
            yield Range(found[1], found[2], parameters, weight)


def _elements(header: str) -> Iterator[tuple[float, str, dict[str, str]]]:
    """Yield weight, value and parameters of each element, but none of an illegal weight."""
    for element in _ELEMENT.findall(header[:_HEADER_LIMIT])[:_RANGES_LIMIT]:
        parts = [part.strip() for part in _PARAMETER.findall(element)]
        weight, parameters = 1.0, dict[str, str]()
        for part in parts[1:]:
            key, _, value = part.partition("=")
            if key.strip().lower() == "q":
                text = value.strip()
                weight = float(text) if text not in {"", "."} and _WEIGHT.match(text) else -1.0
                break  # what follows the weight are extensions of Accept, not parameters of the type
            parameters[key.strip().lower()] = value.strip().strip('"')
        if weight >= 0 and parts and parts[0]:
            yield weight, parts[0], parameters


def negotiate_language(header: str | None, languages: Sequence[str], other: str) -> str:
    """Return the language that the client prefers; `other` for a client who knows none of them.

    A range matches by its first subtag (RFC 4647, lookup); without a header the first language is served.

    >>> negotiate_language("fr, ar-SY;q=0.8, en;q=0.4", ("ar", "en"), "en")
    'ar'
    >>> negotiate_language("fr", ("ar", "en"), "en"), negotiate_language(None, ("ar", "en"), "en")
    ('en', 'ar')
    """
    weights: dict[str, float] = {}
    for weight, name, _ in _elements(header or ""):
        tag = name.lower().partition("-")[0]
        weights[tag] = max(weight, weights.get(tag, 0.0))
    if not weights:
        return languages[0]
    fallback = weights.get("*", 0.0)
    ranked = [(weights.get(each, fallback), -place, each) for place, each in enumerate(languages)]
    weight, _, best = max(ranked)
    return best if weight > 0 else other


def negotiate_coding(header: str | None, codings: Sequence[str]) -> str:
    """Return the content coding that the client prefers, "" for none (RFC 9110, section 12.5.3).

    Among equal weights the order of `codings` decides; what the client does not name, it does not take.

    >>> negotiate_coding("gzip, br", ("br", "gzip")), negotiate_coding("gzip;q=0, *", ("gzip",))
    ('br', '')
    >>> negotiate_coding("gzip, br;q=0.5", ("br", "gzip")), negotiate_coding("identity", ("br",))
    ('gzip', '')
    """
    weights = {name.lower(): weight for weight, name, _ in _elements(header or "")}
    ranked = [(weights.get(each, weights.get("*", 0.0)), -place, each) for place, each in enumerate(codings)]
    weight, _, best = max(ranked, default=(0.0, 0, ""))
    return best if weight > 0 and weight >= weights.get("identity", 0.0) else ""
