"""Run the examples that stand beside each pattern: they are its tests.

An example marks the names in its text: «[PERSON …]», «[ORG …]», «[PLACE …]», «[EVENT …]», «[WORK …]», an
outlet as «[OUTLET …]», a source without a name as «[SOURCE …]». A line that begins with «# » is the title,
one with «## » the heading of an explanatory section. What a pattern gives is written «subject | object», with
what is not plain after a second bar: «negative», «former», a modality, a date.
"""

from __future__ import annotations

import re
from typing import Final

from musnad.errors import MappingError
from musnad.folding import fold_name
from musnad.iri import Minter
from musnad.model import Claim, Document, Entity, Mention, Zone
from musnad.understanding.claims import find_claims
from musnad.understanding.mentions import Found
from musnad.understanding.patterns import Example, Pattern, Patterns
from musnad.understanding.setting import OUTLET
from musnad.vocabulary import CLASS_OF_TYPE

_NAME: Final = re.compile(r"\[(?P<kind>[A-Z]+) (?P<words>[^\]]+)\]")
_KINDS: Final = {"OUTLET": "ORG", "SOURCE": "PERSON"} | {kind: kind for kind in CLASS_OF_TYPE}
_PUBLISHED: Final = "2020-06-15"  # the day on which all examples are published


def read_example(text: str, minter: Minter) -> tuple[Document, Found]:
    """Return an example as a document with its mentions.

    Raise MappingError on an unknown kind of name.
    """
    plain, mentions, anonymous = "", list[Mention](), list[Mention]()
    seen: dict[str, Entity] = {}
    place = 0
    for name in _NAME.finditer(text):
        if name["kind"] not in _KINDS:
            raise MappingError(
                text, f"{name['kind']} is no kind of name", f"one of {', '.join(sorted(_KINDS))}"
            )
        plain += text[place : name.start()]
        kind, words = _KINDS[name["kind"]], name["words"]
        iri = minter.seen(kind, fold_name(words), "example")
        mention = Mention(len(plain), len(plain) + len(words), kind, iri, words, "example")
        (anonymous if name["kind"] == "SOURCE" else mentions).append(mention)
        class_iri = OUTLET if name["kind"] == "OUTLET" else CLASS_OF_TYPE[kind]
        seen[iri] = Entity(iri, kind, class_iri, words)
        plain += words
        place = name.end()
    plain += text[place:]
    document = Document("example", plain, "example", "", "", published=_PUBLISHED, zones=tuple(_zones(plain)))
    return document, Found(tuple(mentions), tuple(anonymous), tuple(seen.values()))


def _zones(text: str) -> list[Zone]:
    """Return the zones of an example: title, explanatory section, and the body before it."""
    zones: list[Zone] = []
    start = 0
    if text.startswith("# "):
        start = text.index("\n") + 1
        zones.append(Zone("title", 2, start - 1))
    section = text.find("## ", start)
    if section >= 0:
        zones.append(Zone("explainer", section + 3, len(text)))
    if start < (section if section >= 0 else len(text)):
        zones.append(Zone("body", start, section if section >= 0 else len(text)))
    return zones


def describe(claim: Claim) -> str:
    """Return a claim as examples write it."""
    tags = [tag for tag in (claim.polarity, claim.modality, claim.role_status, claim.edtf) if tag]
    tags = [tag for tag in tags if tag not in {"positive", "asserted", claim.object.label}]
    return " | ".join(part for part in (claim.subject.label, claim.object.label, " ".join(tags)) if part)


def given_by(pattern: Pattern, example: Example, patterns: Patterns, minter: Minter) -> list[str]:
    """Return what a pattern gives for an example, in the order of its words."""
    document, found = read_example(example.text, minter)
    claims = find_claims(document, found, patterns, minter, {}).claims
    return [describe(claim) for claim in claims if claim.pattern == pattern.name]


def objections(pattern: Pattern, patterns: Patterns, minter: Minter) -> list[str]:
    """Return where a pattern does not give what its examples say, one line for each."""
    found: list[str] = []
    for example in pattern.examples:
        given = given_by(pattern, example, patterns, minter)
        if sorted(given) != sorted(example.gives):
            found.append(f"{pattern.name}: {example.text!r} gives {given}, not {list(example.gives)}")
    return found
