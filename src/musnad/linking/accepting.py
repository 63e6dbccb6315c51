"""From decisions to the authority: accepted rows become identifiers, with who, when and why.

Each is appended to the file in which the entity stands, as a block of its own, and the authority is read
again before anything is kept. Chosen over (a) a file of links alone, since two places would then say what an
entity is, and (b) rewriting the file, which would lose what curators wrote between the lines.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Final
from urllib.parse import quote

import pyoxigraph as ox

from musnad.authority import Authority, read_authority
from musnad.errors import DataError, MusnadError
from musnad.iri import DEFAULT_BASE, Minter
from musnad.linking.review import ACCEPT, Row
from musnad.model import Entity
from musnad.vocabulary import PREFIXES, RDF_TYPE, SCHEMA

_HOME: Final = DEFAULT_BASE + "id/"  # of the files, whatever base is configured


def accept(folder: Path, minter: Minter, rows: Sequence[Row]) -> list[Row]:
    """Write the accepted rows that the authority does not have yet, and return them.

    Raises DataError where a row names no entity, or a close match no address; nothing is written then.
    """
    authority = read_authority(folder, minter)
    new = [row for row in rows if row.decision == ACCEPT and _is_new(authority, row)]
    homes = {slug: path for path in sorted(folder.glob("*.ttl")) for slug in _slugs(path)}
    added: dict[Path, str] = {}
    for row in sorted(new, key=lambda row: row.key):
        slug = authority.entities[row.entity].slug
        added[homes[slug]] = added.get(homes[slug], "") + "\n" + _block(slug, row)
    before = {path: path.read_text(encoding="utf-8") for path in added}
    try:
        for path, text in added.items():
            path.write_text(before[path].rstrip("\n") + "\n" + text, encoding="utf-8")
        read_authority(folder, minter)
    except (OSError, MusnadError) as error:
        for path, text in before.items():
            path.write_text(text, encoding="utf-8")
        raise DataError(folder, f"nothing was accepted: {error}") from None
    return new


def _is_new(authority: Authority, row: Row) -> bool:
    entity: Entity | None = authority.entities.get(row.entity)
    if entity is None:
        raise DataError(
            row.entity, f"is no entity of the authority, and {row.scheme} {row.id} was accepted for it"
        )
    try:
        ox.NamedNode(row.url or entity.iri)
    except ValueError as error:
        raise DataError(row.entity, f"{row.url!r} is no IRI: {error}") from None
    if not row.url and row.match != "exact":
        raise DataError(row.entity, f"{row.scheme} {row.id} is a {row.match} match without a url")
    return not any((link.scheme, link.value) == (row.scheme, row.id) for link in entity.identifiers)


def _slugs(path: Path) -> Iterable[str]:
    """Yield the slugs of the entities that a file describes."""
    for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
        iri = getattr(quad.subject, "value", "")
        if quad.predicate.value == RDF_TYPE and iri.startswith(_HOME) and "#" not in iri:
            yield iri.removeprefix(_HOME)


def _block(slug: str, row: Row) -> str:
    """Return the triples of one row, with whole IRIs: the file's own prefixes are not known here."""
    skos, me = PREFIXES["skos"], ox.NamedNode(_HOME + slug)
    node = ox.NamedNode(f"{_HOME}{slug}#{quote(f'{row.scheme}-1-{row.id}', safe='')}")
    source = f"{row.evidence} — reviewed by {row.who}, {row.when}: {row.why}"
    said: list[tuple[ox.NamedNode, str, ox.NamedNode | ox.Literal]] = [
        (me, SCHEMA + "identifier", node),
        (node, RDF_TYPE, ox.NamedNode(SCHEMA + "PropertyValue")),
        (node, SCHEMA + "propertyID", ox.Literal(row.scheme)),
        (node, SCHEMA + "value", ox.Literal(row.id)),
        (node, PREFIXES["dcterms"] + "source", ox.Literal(source)),
    ]
    if row.url:
        said.append((me, f"{skos}{row.match}Match", ox.NamedNode(row.url)))
        said.append((node, SCHEMA + "url", ox.NamedNode(row.url)))
    return "".join(f"{ox.Triple(subject, ox.NamedNode(verb), value)} .\n" for subject, verb, value in said)
