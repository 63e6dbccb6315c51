"""What others need to link to this dataset: files for Wikidata, Mix'n'match, BEACON and linked data.

Made from the curated entities of a build and their reviewed matches, sorted, so that two kits of one build
are the same bytes. Of claims nothing leaves this way unless an editor asks for it (`statements`): a statement
in Wikidata loses its speaker. No number of Wikidata's stands in this code: those in the files come from the
data, and the property from whoever knows it. Chosen over (a) writing to Wikidata, which people should do, and
(b) pages of the site, which are for readers.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

import orjson
import pyoxigraph as ox

from musnad.config import Site
from musnad.errors import DataError, ProjectError
from musnad.linking.proposal import write_proposal
from musnad.reconciliation import Card, Cards
from musnad.reconciliation.cards import EXACT, MATCHES, Code
from musnad.vocabulary import PREFIXES, RDF_TYPE

IDENTIFIER: Final = "(?!x-)[a-z0-9]+(?:-[a-z0-9]+)*"  # of curated entities; `x-` begins those of one document
WIKIDATA: Final = "wikidata"
_PROPERTY: Final = re.compile(r"P[1-9][0-9]*\Z")
_THING: Final = re.compile(r"Q[1-9][0-9]*\Z")
_VOID: Final = PREFIXES["void"]
_CONTROL: Final = re.compile(r"[\s\x00-\x1f\x7f-\x9f|]+")


@dataclass(frozen=True, slots=True)
class Kit:
    """The curated entities of a build, and what the kit says of the dataset."""

    cards: tuple[Card, ...]
    site: Site
    date: str  # of the build, YYYY-MM-DD
    property: str = ""  # of Wikidata, for our identifiers; "" where there is none yet
    statements: tuple[str, ...] = ()  # that an editor asked for

    def __post_init__(self) -> None:
        if self.property and not _PROPERTY.match(self.property):
            raise ProjectError(
                "--property", f"{self.property!r} is no property of Wikidata", "write P and digits"
            )

    @classmethod
    def of(cls, cards: Cards, site: Site, date: str, known: str = "") -> Kit:
        """Return the kit of a store; raises DataError where an identifier is not one."""
        curated = sorted((card for card in cards.by_iri.values() if card.curated), key=lambda card: card.id)
        for card in curated:
            if not re.fullmatch(IDENTIFIER, card.id):
                raise DataError(
                    card.entry.iri, "the last part is no identifier", "use a-z, 0-9, single hyphens"
                )
        return cls(tuple(curated), site, date, known)

    def numbers(self) -> dict[str, str]:
        """Return the number at Wikidata of each entity that is one to one with a thing there."""
        pairs = self.matched(WIKIDATA)
        return {card.entry.iri: code.value for code, card in pairs if _THING.match(code.value)}

    def matched(self, scheme: str) -> list[tuple[Code, Card]]:
        """Return the exact matches of a scheme that are one to one: of one entity, and its only one."""
        pairs = [
            (code, card)
            for card in self.cards
            for code in card.codes
            if code.scheme == scheme and code.match == EXACT
        ]
        theirs, ours = Counter(code.value for code, _ in pairs), Counter(card.id for _, card in pairs)
        return [(code, card) for code, card in pairs if theirs[code.value] == ours[card.id] == 1]


def write_kit(kit: Kit, folder: Path) -> list[Path]:
    """Write the files of a kit and return them; raises DataError where they cannot be written."""
    written = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, write in FILES.items():
            if text := write(kit):
                (folder / name).write_text(text, encoding="utf-8", newline="\n")
                written.append(folder / name)
    except OSError as error:
        raise DataError(folder, f"cannot be written: {error.strerror}") from None
    return written


def _identifier(kit: Kit) -> str:
    told = {
        "regex": IDENTIFIER,
        "formatter_url": f"{kit.site.minter.base}id/$1",
        "number_of_ids": len(kit.cards),
        "examples": [card.id for _, card in kit.matched(WIKIDATA)][:3] or [card.id for card in kit.cards][:3],
    }
    return orjson.dumps(told, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE).decode("utf-8")


def _proposal(kit: Kit) -> str:
    pairs = [(code.value, card.id) for code, card in kit.matched(WIKIDATA)]
    kinds = Counter(card.entry.type.replace("#", "/").rpartition("/")[2] for card in kit.cards)
    return write_proposal(kit.site, IDENTIFIER, pairs, kinds)


def _mixnmatch(kit: Kit) -> str:
    """Return the table that https://meta.wikimedia.org/wiki/Mix%27n%27match/Import describes."""
    text = StringIO(newline="")
    writer = csv.writer(text, delimiter="\t", lineterminator="\n", quoting=csv.QUOTE_NONE, quotechar=None)
    writer.writerow(("id", "name", "desc", "url"))
    for card in kit.cards:
        kind = card.entry.type.replace("#", "/").rpartition("/")[2]
        english, arabic = card.name("en"), card.name("ar")
        parts = [kind, card.description("en"), arabic if arabic != english else ""]
        cells = (card.id, english, "; ".join(filter(None, parts)), card.entry.iri)
        writer.writerow([_CONTROL.sub(" ", cell).strip() for cell in cells])
    return text.getvalue()


def _beacon(kit: Kit) -> str:
    """Return the exact matches with Wikidata in the BEACON format, draft-voss-beacon-003."""
    pairs = [(code, card) for code, card in kit.matched(WIKIDATA) if code.iri.endswith(code.value)]
    spaces = {code.iri.removesuffix(code.value) for code, _ in pairs}
    if not pairs:
        return ""
    prefix = spaces.pop() if len(spaces) == 1 else ""
    meta = {
        "FORMAT": "BEACON",
        "PREFIX": prefix,
        "TARGET": f"{kit.site.minter.base}id/{{ID}}",
        "RELATION": MATCHES[EXACT],
        "NAME": kit.site.title.get("en", ""),
        "DESCRIPTION": kit.site.description.get("en", ""),
        "CREATOR": kit.site.publisher.get("en", ""),
        "CONTACT": kit.site.contact,
        "TIMESTAMP": kit.date,
    }
    lines = [f"#{key}: {_CONTROL.sub(' ', value).strip()}" for key, value in meta.items() if value]
    links = sorted(f"{code.value if prefix else code.iri}||{card.id}" for code, card in pairs)
    return "\n".join([*lines, "", *links, ""])


def _quickstatements(kit: Kit) -> str:
    """Return commands that give the matched things our identifier, and nothing else (QuickStatements, V1)."""
    pairs = [(code.value, card.id) for code, card in kit.matched(WIKIDATA) if _THING.match(code.value)]
    return (
        "".join(f'{thing}\t{kit.property}\t"{ours}"\n' for thing, ours in sorted(pairs))
        if kit.property
        else ""
    )


def _links(kit: Kit) -> str:
    return _lines(
        (card.entry.iri, MATCHES[code.match], ox.NamedNode(code.iri))
        for card in kit.cards
        for code in card.codes
        if code.iri and code.match
    )


def _linksets(kit: Kit) -> str:
    """Return the description of the links, by kind and host (https://www.w3.org/TR/void/#describing-linksets)."""
    me = kit.site.minter.dataset()
    counts = Counter(
        (urlsplit(code.iri).netloc, code.match)
        for card in kit.cards
        for code in card.codes
        if code.iri and code.match
    )
    said: list[tuple[str, str, ox.NamedNode | ox.Literal]] = [(me, RDF_TYPE, ox.NamedNode(f"{_VOID}Dataset"))]
    for (host, kind), number in sorted(counts.items()):
        slug = host.replace(".", "-").replace(":", "-")
        node, target = f"{me}#links-{slug}-{kind}Match", f"{me}#target-{slug}"
        said += [
            (me, f"{_VOID}subset", ox.NamedNode(node)),
            (node, RDF_TYPE, ox.NamedNode(f"{_VOID}Linkset")),
            (node, f"{_VOID}subjectsTarget", ox.NamedNode(me)),
            (node, f"{_VOID}objectsTarget", ox.NamedNode(target)),
            (node, f"{_VOID}linkPredicate", ox.NamedNode(MATCHES[kind])),
            (node, f"{_VOID}triples", ox.Literal(number)),
            (target, RDF_TYPE, ox.NamedNode(f"{_VOID}Dataset")),
            (target, f"{PREFIXES['dcterms']}title", ox.Literal(host)),
        ]
    return _lines(said)


def _lines(triples: Iterable[tuple[str, str, ox.NamedNode | ox.Literal]]) -> str:
    return "".join(sorted({f"{ox.Triple(ox.NamedNode(s), ox.NamedNode(p), o)} .\n" for s, p, o in triples}))


FILES: Final[Mapping[str, Callable[[Kit], str]]] = {
    "identifier.json": _identifier,
    "property-proposal.md": _proposal,
    "mixnmatch.tsv": _mixnmatch,
    "beacon.txt": _beacon,
    "quickstatements.tsv": _quickstatements,
    "statements.tsv": lambda kit: "".join(f"{line}\n" for line in kit.statements),
    "links.nt": _links,
    "linksets.nt": _linksets,
}
