"""The curated entities that mentions refer to, read from Turtle.

One block for each entity: names, short names (`skos:hiddenLabel`, valid only after a longer name in the same
document), identifiers with the stored source that pairs them with the name. Turtle, because curators and
other tools read it; chosen over (a) a spreadsheet, which cannot cite, and (b) querying a remote knowledge
base, which changes under a release. The files stand under the default base; the configured one replaces it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final, Literal, cast

import pyoxigraph as ox

from musnad.errors import ProjectError
from musnad.folding import fold_name
from musnad.iri import DEFAULT_BASE, Minter
from musnad.model import Entity, Identifier
from musnad.vocabulary import PREFIXES, RDF_TYPE, SCHEMA

# The classes that an entity of the authority may have, and the type of the mentions that mean it.
TYPE_OF_CLASS: Final[dict[str, str]] = {
    SCHEMA + name: kind
    for kind, names in {
        "PERSON": ("Person",),
        "ORG": ("Organization", "PoliticalParty", "NewsMediaOrganization"),
        "PLACE": ("Place",),
        "EVENT": ("Event",),
        "WORK": ("CreativeWork", "Legislation"),
    }.items()
    for name in names
}
HANDLE: Final = "handle"  # language of a name that is a handle of a social network
_HOME: Final = DEFAULT_BASE + "id/"
_SKOS: Final = PREFIXES["skos"]
_SOURCE: Final = PREFIXES["dcterms"] + "source"
_MATCHES: Final[dict[str, Literal["exact", "close", "related"]]] = {
    _SKOS + "exactMatch": "exact",
    _SKOS + "closeMatch": "close",
    _SKOS + "relatedMatch": "related",
}
_OF_ENTITY: Final = {
    RDF_TYPE,
    SCHEMA + "name",
    SCHEMA + "alternateName",
    SCHEMA + "description",
    SCHEMA + "containedInPlace",
    SCHEMA + "latitude",
    SCHEMA + "longitude",
    _SOURCE,
    SCHEMA + "identifier",
    _SKOS + "hiddenLabel",
    PREFIXES["dcterms"] + "isReferencedBy",  # where the names were seen; for people, not for the program
    *_MATCHES,
}
_OF_IDENTIFIER: Final = {RDF_TYPE, SCHEMA + "propertyID", SCHEMA + "value", SCHEMA + "url", _SOURCE}
_DECIMAL: Final = re.compile(r"-?[0-9]{1,3}\.[0-9]+\Z")
_Node = dict[str, list[tuple[str, str]]]  # predicate → (value, language tag)


@dataclass(frozen=True, slots=True)
class Name:
    """One folded name of an entity; a short one counts only after a longer one in the same document."""

    folded: str
    entity: Entity
    short: bool


@dataclass(frozen=True)
class Authority:
    """The curated entities, by IRI."""

    entities: Mapping[str, Entity]

    @cached_property
    def by_slug(self) -> Mapping[str, Entity]:
        """Return the entities by slug."""
        return {entity.slug: entity for entity in self.entities.values()}

    def having(self, iris: Iterable[str]) -> list[Entity]:
        """Return the entities with these IRIs and the places that hold them, sorted by IRI."""
        found: dict[str, Entity] = {}
        waiting = [iri for iri in iris if iri in self.entities]
        while waiting:
            entity = self.entities[waiting.pop()]
            found[entity.iri] = entity
            if entity.located_in in self.entities and entity.located_in not in found:
                waiting.append(entity.located_in)
        return [found[iri] for iri in sorted(found)]

    @cached_property
    def by_name(self) -> Mapping[str, Entity]:
        """Return the entities by folded name, short names left out."""
        return {name.folded: name.entity for name in self.names if not name.short}

    @cached_property
    def names(self) -> tuple[Name, ...]:
        """Return the folded names by which mentions are found: Arabic ones, handles and Latin ones.

        A full name that two entities bear is kept for the first in the order of slugs; a short one is kept
        for each, since the document tells whose it is.
        """
        found: dict[tuple[str, str], Name] = {}
        for slug in sorted(self.by_slug):
            entity = self.by_slug[slug]
            short = {fold_name(name) for name in entity.short_names}
            written = [entity.label_ar, entity.label_en, *(name for name, _ in entity.names)]
            for folded in dict.fromkeys(map(fold_name, [*written, *entity.short_names])):
                if folded:
                    owner = slug if folded in short else ""
                    found.setdefault((folded, owner), Name(folded, entity, folded in short))
        return tuple(found.values())


def read_authority(folder: Path, minter: Minter) -> Authority:
    """Return the entities of all `*.ttl` files of a folder; ProjectError names the file and the line.

    A folder without files is an empty authority: a dataset may start without one.
    """
    entities: dict[str, Entity] = {}
    for path in sorted(folder.glob("*.ttl")):
        nodes = _nodes(path)
        for iri, node in nodes.items():
            if SCHEMA + "PropertyValue" in _values(node, RDF_TYPE):
                _check_keys(path, iri, node, _OF_IDENTIFIER)
                continue
            entity = _entity(path, iri, nodes, minter)
            if entity.iri in entities:
                raise _error(path, iri, "the entity is there twice")
            entities[entity.iri] = entity
    for entity in entities.values():
        if entity.located_in and entity.located_in not in entities:
            raise ProjectError(folder, f"{entity.slug} lies in {entity.located_in}, which no file describes")
    return Authority(dict(sorted(entities.items())))


def _nodes(path: Path) -> dict[str, _Node]:
    """Return what a file says of each subject."""
    nodes: dict[str, _Node] = {}
    try:
        for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
            if not isinstance(quad.subject, ox.NamedNode) or isinstance(quad.object, ox.BlankNode):
                raise ProjectError(path, "blank nodes are not used here", "give the node an IRI")
            thing = cast("ox.NamedNode | ox.Literal", quad.object)
            tag = (thing.language or "") if isinstance(thing, ox.Literal) else ""
            node = nodes.setdefault(quad.subject.value, {})
            node.setdefault(quad.predicate.value, []).append((thing.value, tag))
    except SyntaxError as error:
        raise ProjectError(f"{path}:{error.lineno or '?'}", f"not Turtle: {error.msg}") from None
    except OSError as error:
        raise ProjectError(path, f"cannot be read: {error}") from None
    return nodes


def _error(path: Path, iri: str, problem: str, remedy: str = "") -> ProjectError:
    """Return an error that names the line on which the subject first stands."""
    local = iri.removeprefix(_HOME)
    lines = path.read_text(encoding="utf-8").splitlines()
    starts = (f"id:{local} ", f"<{local}>", f"<{iri}>")
    line = next((n for n, words in enumerate(lines, 1) if words.lstrip().startswith(starts)), 0)
    return ProjectError(f"{path}:{line}" if line else path, f"{local}: {problem}", remedy)


def _check_keys(path: Path, iri: str, node: _Node, known: set[str]) -> None:
    for predicate in sorted(node.keys() - known):
        raise _error(path, iri, f"unknown property <{predicate}>", "see docs/model.md")


def _values(node: _Node, predicate: str, tag: str | None = None) -> list[str]:
    """Return the values of a property, those of one language if `tag` is given, in the order of the file."""
    return [value for value, language in node.get(predicate, []) if tag is None or language == tag]


def _one(path: Path, iri: str, node: _Node, predicate: str, tag: str | None = None) -> str:
    found = _values(node, predicate, tag)
    if len(found) > 1:
        raise _error(path, iri, f"{predicate.rsplit('/', 1)[1]} is there twice")
    return found[0] if found else ""


def _slug(path: Path, iri: str, minter: Minter) -> str:
    for home in (_HOME, minter.base + "id/"):
        if iri.startswith(home):
            return iri.removeprefix(home)
    raise _error(path, iri, "the IRI is not an entity's", f"write it below {_HOME}")


def _entity(path: Path, iri: str, nodes: Mapping[str, _Node], minter: Minter) -> Entity:
    """Return one entity of a file."""
    node = nodes[iri]
    _check_keys(path, iri, node, _OF_ENTITY)
    slug = _slug(path, iri, minter)
    class_iri = _one(path, iri, node, RDF_TYPE)
    if class_iri not in TYPE_OF_CLASS:
        known = ", ".join(sorted(name.removeprefix(SCHEMA) for name in TYPE_OF_CLASS))
        raise _error(path, iri, f"<{class_iri}> is not a class of entities", f"one of {known}")
    label = _one(path, iri, node, SCHEMA + "name", "ar")
    if not label:
        raise _error(path, iri, "no Arabic name", 'add schema:name "…"@ar')
    place = _one(path, iri, node, SCHEMA + "containedInPlace")
    latitude, longitude, source = _point(path, iri, node)
    return Entity(
        iri=minter.entity(slug),
        type=TYPE_OF_CLASS[class_iri],
        class_iri=class_iri,
        label_ar=label,
        label_en=_one(path, iri, node, SCHEMA + "name", "en"),
        slug=slug,
        names=tuple(
            (name, tag or HANDLE) for name, tag in node.get(SCHEMA + "alternateName", []) if name != label
        ),
        short_names=tuple(_values(node, _SKOS + "hiddenLabel")),
        description_ar=_one(path, iri, node, SCHEMA + "description", "ar"),
        description_en=_one(path, iri, node, SCHEMA + "description", "en"),
        identifiers=tuple(sorted(_identifiers(path, iri, nodes), key=lambda i: (i.scheme, i.value))),
        located_in=minter.entity(_slug(path, place, minter)) if place else "",
        latitude=latitude,
        longitude=longitude,
        point_source=source,
    )


def _point(path: Path, iri: str, node: _Node) -> tuple[str, str, str]:
    """Return latitude, longitude and their source as they are written; "" three times where none is given."""
    latitude, longitude = (_one(path, iri, node, SCHEMA + name) for name in ("latitude", "longitude"))
    source = _one(path, iri, node, _SOURCE)
    if not (latitude or longitude or source):
        return "", "", ""
    if not (latitude and longitude and source):
        raise _error(
            path, iri, "latitude, longitude and dcterms:source stand together", "add what is missing"
        )
    for degrees, most in ((latitude, 90), (longitude, 180)):
        if not _DECIMAL.match(degrees) or abs(float(degrees)) > most:
            raise _error(path, iri, f"{degrees} is not a decimal from -{most} to {most}")
    return latitude, longitude, source


def _identifiers(path: Path, iri: str, nodes: Mapping[str, _Node]) -> Iterator[Identifier]:
    """Yield the identifiers of an entity; a match without an identifier that cites its source is refused."""
    node = nodes[iri]
    matches = {url: kind for predicate, kind in _MATCHES.items() for url in _values(node, predicate)}
    for place in _values(node, SCHEMA + "identifier"):
        given = nodes.get(place, {})
        scheme, value, source, url = (
            _one(path, place, given, predicate)
            for predicate in (SCHEMA + "propertyID", SCHEMA + "value", _SOURCE, SCHEMA + "url")
        )
        if not (scheme and value and source):
            raise _error(path, iri, f"identifier <{place}> lacks its scheme, its value or its source")
        if url and url not in matches:
            raise _error(
                path, iri, f"identifier <{place}> has no skos match", "add skos:exactMatch or closeMatch"
            )
        yield Identifier(scheme, value, matches.pop(url, "exact"), source, url)
    for url in sorted(matches):
        raise _error(path, iri, f"<{url}> is matched without an identifier that cites its source")
