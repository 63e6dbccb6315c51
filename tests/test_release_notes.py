"""What tells of a release: DCAT, PROV, RO-Crate, CITATION.cff, the codebook, the inputs."""

import hashlib
import re
from dataclasses import replace
from pathlib import Path

import orjson
import pytest
import rdflib
import yaml

from musnad.config import Site
from musnad.project import Project
from musnad.release import Order, ReleaseInfo, chosen, write_release
from musnad.release.inputs import read_inputs
from musnad.store import file_digest
from musnad.tables.columns import TABLES
from musnad.tables.kinds import published

ROOT = Path(__file__).parents[1]
PROJECT = Project(ROOT)
SAMPLE = ROOT / "tests" / "data" / "sample.nq"
SITE = Site(
    description={"ar": "بيانات المثال", "en": 'data of the "example"'},  # data of the example
    publisher={"ar": "هيئة المثال", "en": "Example body"},  # body of the example
    release_places=("syria",),
)
INFO = ReleaseInfo("2026-02-28", SITE, "0.1.0", previous="2026-01-31")
DCAT = rdflib.Namespace("http://www.w3.org/ns/dcat#")
PROV = rdflib.Namespace("http://www.w3.org/ns/prov#")
SPDX = rdflib.Namespace("http://spdx.org/rdf/terms#")
TERMS = rdflib.Namespace("http://purl.org/dc/terms/")
VOID = rdflib.Namespace("http://rdfs.org/ns/void#")
DATASET = rdflib.URIRef(f"{SITE.base}dataset")
RELEASE = rdflib.URIRef(f"{SITE.base}release/2026-02-28")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("notes") / "release"
    order = Order(*chosen(["turtle", "classes", "documents", "gzip", "zstd"], "test"), PROJECT)
    return write_release(SAMPLE, place, INFO, order).folder


@pytest.fixture(scope="module")
def graph(made: Path) -> rdflib.Graph:
    return rdflib.Graph().parse(made / "void.ttl")


def digest_of(graph: rdflib.Graph, node: rdflib.term.Node) -> str:
    checksum = graph.value(node, SPDX.checksum)
    return str(graph.value(checksum, SPDX.checksumValue))


def test_a_release_is_a_version_of_the_dataset_and_knows_the_one_before(graph: rdflib.Graph) -> None:
    assert (DATASET, DCAT.hasCurrentVersion, RELEASE) in graph
    assert (RELEASE, DCAT.isVersionOf, DATASET) in graph
    assert (RELEASE, DCAT.previousVersion, rdflib.URIRef(f"{SITE.base}release/2026-01-31")) in graph
    assert str(graph.value(RELEASE, DCAT.version)) == "2026-02-28"


def test_a_release_has_the_canonical_hash_of_its_content(graph: rdflib.Graph, made: Path) -> None:
    assert digest_of(graph, RELEASE) == file_digest(made / "musnad.nq")
    authority = rdflib.URIRef(f"{SITE.base}graph/authority")
    assert re.fullmatch("[0-9a-f]{64}", digest_of(graph, authority))


def test_the_description_says_who_may_read_what_of_which_time_and_place(graph: rdflib.Graph) -> None:
    rights = graph.value(DATASET, TERMS.accessRights)
    assert {label.language for label in graph.objects(rights, rdflib.RDFS.label)} == {"ar", "en"}  # type: ignore[union-attr]
    assert graph.value(DATASET, TERMS.license) == rdflib.URIRef(SITE.licence)
    time = graph.value(DATASET, TERMS.temporal)
    assert str(graph.value(time, DCAT.startDate)) <= str(graph.value(time, DCAT.endDate))
    assert graph.value(DATASET, TERMS.spatial) == rdflib.URIRef(f"{SITE.base}id/syria")


def test_the_run_names_its_software_and_the_hashes_of_mappings_and_shapes(graph: rdflib.Graph) -> None:
    run = graph.value(RELEASE, PROV.wasGeneratedBy)
    engine = graph.value(run, PROV.wasAssociatedWith)
    assert str(graph.value(engine, rdflib.URIRef("https://schema.org/softwareVersion"))) == "0.1.0"
    used = {
        str(graph.value(node, rdflib.RDFS.label)): digest_of(graph, node)
        for node in graph.objects(run, PROV.used)
    }
    assert used == read_inputs(PROJECT).folders
    assert {"mappings/rdf", "mappings/claims", "shapes", "ontology"} <= used.keys()


def test_every_file_says_how_it_is_compressed_and_under_which_licence(graph: rdflib.Graph) -> None:
    files = {
        str(graph.value(node, TERMS.title)): node
        for node in graph.subjects(rdflib.RDF.type, DCAT.Distribution)
    }
    formats = {name: str(graph.value(node, DCAT.compressFormat) or "")[-4:] for name, node in files.items()}
    assert (formats["musnad.nq"], formats["musnad.nq.gz"], formats["musnad.nq.zst"]) == ("", "gzip", "zstd")
    assert {graph.value(node, TERMS.license) for node in files.values()} == {rdflib.URIRef(SITE.licence)}
    assert not [name for name in files if name.startswith("graphs/")]


def test_the_partition_of_a_class_leads_to_its_file(graph: rdflib.Graph) -> None:
    claim = rdflib.URIRef(f"{SITE.base}ontology#Claim")
    partition = graph.value(predicate=VOID["class"], object=claim)
    assert str(graph.value(partition, VOID.dataDump)).endswith("/classes/msn-Claim.ttl")


def test_the_inputs_are_a_list_that_anybody_can_check(made: Path) -> None:
    lines = (made / "inputs.sha256").read_text(encoding="utf-8").splitlines()
    told = {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
    assert {"publish/site.yaml", "shapes/claim.ttl", "ontology/musnad.ttl"} <= told.keys()
    assert all(file_digest(ROOT / name) == digest for name, digest in told.items())
    assert not [name for name in told if "/examples/" in name]


def test_decisions_are_told_of_as_a_whole_and_no_file_of_theirs_is_named(tmp_path: Path) -> None:
    for name in ("rdf/curation/fulan.yaml", "shapes/a.ttl", "publish/site.yaml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    found = read_inputs(Project(tmp_path))
    assert "fulan" not in found.listing
    line = f"{hashlib.sha256(b'x').hexdigest()}  rdf/curation/fulan.yaml\n"
    assert found.folders["rdf/curation"] == hashlib.sha256(line.encode()).hexdigest()
    assert list(found.folders) == ["publish", "rdf/curation", "shapes"]


def test_the_crate_describes_itself_and_every_file(made: Path) -> None:
    crate = orjson.loads((made / "ro-crate-metadata.json").read_bytes())
    assert crate["@context"] == "https://w3id.org/ro/crate/1.2/context"
    nodes = {node["@id"]: node for node in crate["@graph"]}
    assert len(nodes) == len(crate["@graph"])
    assert nodes["ro-crate-metadata.json"]["about"] == {"@id": "./"}
    assert nodes["ro-crate-metadata.json"]["conformsTo"] == {"@id": "https://w3id.org/ro/crate/1.2"}
    root = nodes["./"]
    assert {"name", "description", "datePublished", "license"} <= root.keys()
    there = {path.relative_to(made).as_posix() for path in made.rglob("*") if path.is_file()}
    named = {part["@id"] for part in root["hasPart"]}
    assert named <= nodes.keys()
    apart = {"SHA256SUMS", "ro-crate-metadata.json"}
    assert {name for name in there if not name.startswith("graphs/")} - apart == {
        name for name in named if not name.endswith("/")
    }
    for name in named & there:
        assert nodes[name]["sha256"] == file_digest(made / name)
        assert nodes[name]["contentSize"] == str((made / name).stat().st_size)


def test_the_citation_has_what_the_format_asks_for(made: Path) -> None:
    told = yaml.safe_load((made / "CITATION.cff").read_text(encoding="utf-8"))
    assert {"cff-version", "message", "title", "authors"} <= told.keys()
    assert (told["cff-version"], told["type"], told["version"]) == ("1.2.0", "dataset", "2026-02-28")
    assert told["authors"] == [{"name": "Example body"}]
    assert told["identifiers"][1]["value"] == f"sha256:{file_digest(made / 'musnad.nq')}"


def test_a_site_that_says_nothing_of_itself_is_cited_all_the_same(tmp_path: Path) -> None:
    bare = replace(INFO, site=Site(title={"ar": "", "en": ""}))
    folder = write_release(SAMPLE, tmp_path / "out", bare).folder
    told = yaml.safe_load((folder / "CITATION.cff").read_text(encoding="utf-8"))
    assert told["title"] == f"{SITE.base}dataset"
    assert told["authors"] == [{"name": "unnamed"}]


def test_the_codebook_tells_every_column_term_and_pattern_in_both_languages(made: Path) -> None:
    book = orjson.loads((made / "codebook.json").read_bytes())
    assert {table["name"]: [column["name"] for column in table["columns"]] for table in book["tables"]} == {
        table: published(table, columns) for table, columns in TABLES.items()
    }
    for table in book["tables"]:
        for words in (table["row"], *(column["meaning"] for column in table["columns"])):
            assert words.keys() == {"ar", "en"}
            assert all(words.values())
    assert [pattern for pattern in book["patterns"] if not pattern["meaning"].keys() >= {"ar", "en"}] == []
    assert book["patterns"]
    text = (made / "codebook.md").read_text(encoding="utf-8")
    for pattern in book["patterns"]:
        assert f"`{pattern['name']}`" in text


def test_the_codebook_tells_our_terms(tmp_path: Path) -> None:
    from musnad.graph import in_graph, read_rdf, to_nquads

    quads = in_graph(read_rdf(PROJECT.ontology), f"{SITE.base}graph/ontology")
    (tmp_path / "quads.nq").write_text(to_nquads(quads), encoding="utf-8")
    folder = write_release(tmp_path / "quads.nq", tmp_path / "out", INFO).folder
    terms = {t["iri"]: t for t in orjson.loads((folder / "codebook.json").read_bytes())["terms"]}
    claim = terms[f"{SITE.base}ontology#Claim"]
    assert claim["label"].keys() == claim["meaning"].keys() == {"ar", "en"}
    own = {str(quad.subject)[1:-1] for quad in quads if "#" in str(quad.subject)}
    assert own <= terms.keys()
    assert [iri for iri in own if not terms[iri]["meaning"].keys() >= {"ar", "en"}] == []
