"""The authority: what its files may say, and what comes back."""

from __future__ import annotations

from pathlib import Path

import pytest

from musnad.authority import HANDLE, TYPE_OF_CLASS, Authority, read_authority
from musnad.errors import ProjectError
from musnad.folding import fold_name
from musnad.iri import Minter

ROOT = Path(__file__).parents[1]
HEAD = """@prefix id: <https://w3id.org/musnad/id/> .
@prefix schema: <https://schema.org/> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@base <https://w3id.org/musnad/id/> .

"""
BODY = """id:example-body a schema:Organization ;
    schema:name "هيئة المثال"@ar, "Example Body"@en ;
    schema:alternateName "هيئة المثال الوطنية"@ar, "@example" ;
    skos:hiddenLabel "الهيئة"@ar ;
    schema:description "A body of examples"@en ;
    schema:containedInPlace id:example-town ;
    skos:closeMatch <https://example.org/Q1> ;
    schema:identifier <example-body#wikidata-1-Q1> .
<example-body#wikidata-1-Q1> a schema:PropertyValue ; schema:propertyID "wikidata" ; schema:value "Q1" ;
    schema:url <https://example.org/Q1> ; dcterms:source "example/repo@0:file.csv line 3" .
"""
POINT = ' ; schema:latitude 36.5 ; schema:longitude 37.25 ; dcterms:source "example 1" .\n'
TOWN = 'id:example-town a schema:Place ; schema:name "بلدة المثال"@ar .\n'


def read(tmp_path: Path, *texts: str, minter: Minter | None = None) -> Authority:
    for number, text in enumerate(texts):
        (tmp_path / f"{number}.ttl").write_text(HEAD + text, encoding="utf-8")
    return read_authority(tmp_path, minter or Minter())


@pytest.fixture(scope="module")
def authority() -> Authority:
    return read_authority(ROOT / "rdf" / "authority", Minter())


def test_an_entity_comes_back_with_all_that_is_said_of_it(tmp_path: Path) -> None:
    body = read(tmp_path, BODY, TOWN).by_slug["example-body"]
    assert (body.type, body.label_ar, body.label_en) == ("ORG", "هيئة المثال", "Example Body")
    assert set(body.names) == {("هيئة المثال الوطنية", "ar"), ("@example", HANDLE)}
    assert body.short_names == ("الهيئة",)
    assert body.located_in == Minter().entity("example-town")
    (identifier,) = body.identifiers
    assert (identifier.scheme, identifier.value, identifier.match) == ("wikidata", "Q1", "close")
    assert identifier.evidence == "example/repo@0:file.csv line 3"


def test_a_place_has_its_coordinates_as_they_are_written(tmp_path: Path) -> None:
    town = read(tmp_path, TOWN.replace(" .\n", POINT)).by_slug["example-town"]
    assert (town.latitude, town.longitude, town.point_source) == ("36.5", "37.25", "example 1")


def test_the_configured_base_replaces_the_default(tmp_path: Path) -> None:
    minter = Minter("https://data.example.org/set/")
    found = read(tmp_path, BODY, TOWN, minter=minter)
    assert sorted(found.entities) == [minter.entity("example-body"), minter.entity("example-town")]


def test_a_short_name_is_no_name_of_its_own(tmp_path: Path) -> None:
    found = read(tmp_path, BODY, TOWN)
    short = {name.folded: name.short for name in found.names}
    assert short[fold_name("الهيئة")]
    assert not short[fold_name("هيئة المثال")]
    assert fold_name("الهيئة") not in found.by_name


def test_an_empty_folder_is_an_empty_authority(tmp_path: Path) -> None:
    assert read(tmp_path).entities == {}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (TOWN.replace(" .\n", "\n"), r"0\.ttl:\d+: not Turtle"),
        (TOWN.replace('"بلدة المثال"@ar', '"Example"@en'), r"0\.ttl:7: example-town: no Arabic name"),
        (TOWN.replace("schema:Place", "schema:Planet"), r"Planet> is not a class of entities \(one of"),
        (TOWN.replace("schema:name", 'schema:mane "x" ; schema:name'), r"unknown property .*mane"),
        (TOWN.replace("id:example-town", "<https://example.org/x>"), "the IRI is not an entity's"),
        (TOWN.replace("id:example-town", "id:Example_Town"), "is not a slug"),
        (TOWN.replace("id:example-town a", "[] a"), "blank nodes are not used"),
        (TOWN.replace(" .\n", ', "بلدة أخرى"@ar .\n'), "name is there twice"),
        (TOWN.replace(" .\n", POINT.replace(' ; dcterms:source "example 1"', "")), "stand together"),
        (TOWN.replace(" .\n", POINT.replace("36.5", "136.5")), "136.5 is not a decimal from -90 to 90"),
        (TOWN.replace(" .\n", POINT.replace("37.25", '"east"')), "east is not a decimal from -180 to 180"),
        (BODY, "lies in .*example-town, which no file describes"),
        (
            TOWN + TOWN.replace("id:", "<https://w3id.org/musnad/id/").replace("-town ", "-town> "),
            "is there twice",
        ),
        (
            TOWN.replace(" .\n", " ; skos:exactMatch <https://example.org/Q2> .\n"),
            "matched without an identifier that cites its source",
        ),
        (
            BODY.replace(' ; dcterms:source "example/repo@0:file.csv line 3"', "") + TOWN,
            "lacks its scheme, its value or its source",
        ),
        (BODY.replace("    skos:closeMatch <https://example.org/Q1> ;\n", "") + TOWN, "has no skos match"),
    ],
)
def test_a_malformed_file_is_refused_with_its_place(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ProjectError, match=message):
        read(tmp_path, text)


def test_an_entity_in_two_files_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="the entity is there twice"):
        read(tmp_path, TOWN, TOWN)


def test_the_bundled_authority_is_large_and_typed(authority: Authority) -> None:
    assert len(authority.entities) >= 1100
    kinds = {entity.type for entity in authority.entities.values()}
    assert kinds == {"PERSON", "ORG", "PLACE", "EVENT", "WORK"}
    assert all(entity.class_iri in TYPE_OF_CLASS for entity in authority.entities.values())


def test_no_two_bundled_entities_bear_the_same_full_name(authority: Authority) -> None:
    owners: dict[str, set[str]] = {}
    for entity in authority.entities.values():
        short = {fold_name(name) for name in entity.short_names}
        for name in (entity.label_ar, *(n for n, tag in entity.names if tag == "ar")):
            if fold_name(name) not in short:
                owners.setdefault(fold_name(name), set()).add(entity.slug)
    assert {name: slugs for name, slugs in owners.items() if len(slugs) > 1} == {}


def test_many_bundled_places_have_coordinates(authority: Authority) -> None:
    located = [entity for entity in authority.entities.values() if entity.latitude]
    assert len(located) >= 450
    for entity in located:
        matches = {one.match for one in entity.identifiers if one.scheme == "geonames"}
        assert "exact" in matches, entity.slug
        assert "GeoNames" in entity.point_source


def test_every_bundled_identifier_cites_its_source(authority: Authority) -> None:
    identifiers = [one for entity in authority.entities.values() for one in entity.identifiers]
    assert len(identifiers) > 500
    assert all(one.evidence for one in identifiers)
    assert all(one.url for one in identifiers if one.match != "exact")
    assert not any(one.scheme == "geonames" and one.evidence == "" for one in identifiers)


def test_a_short_name_may_belong_to_two(tmp_path: Path) -> None:
    other = TOWN.replace("-town", "-village").replace("بلدة", "قرية")
    short = ' ; skos:hiddenLabel "المثال"@ar .\n'
    found = read(tmp_path, TOWN.replace(" .\n", short) + other.replace(" .\n", short))
    owners = {name.entity.slug for name in found.names if name.folded == fold_name("المثال")}
    assert owners == {"example-town", "example-village"}
