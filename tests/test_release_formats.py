"""Every form of a release holds the same, and is written without holding the dataset."""

import csv
import gzip
import hashlib
import io
from pathlib import Path

import orjson
import pyoxigraph as px
import pytest
import rdflib
import zstandard
from hypothesis import given
from hypothesis import strategies as st

from make_sample import sample_rows
from musnad.config import Site
from musnad.errors import DataError, ProjectError
from musnad.graph import Context, in_graph, read_rdf, to_trig, to_turtle
from musnad.project import Project
from musnad.release import FORMATS, Order, ReleaseInfo, chosen, derive, verify_release, write_release
from musnad.release.lines import canonical_lines, cut
from musnad.release.sorting import Sorter
from musnad.store import Store
from musnad.tables.columns import TABLES
from musnad.tables.files import write_json_lines
from musnad.vocabulary import prefixes

ROOT = Path(__file__).parents[1]
PROJECT = Project(ROOT)
SAMPLE = ROOT / "tests" / "data" / "sample.nq"
SITE = Site(description={"ar": "بيانات المثال", "en": "data of the example"})
BASE = SITE.base
INFO = ReleaseInfo("2026-01-31", SITE, "0.1.0")
REIFIES = px.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies")
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"


@pytest.fixture(scope="module")
def quads(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the quads of the sample, of our terms and of the views, in one file."""
    store = Store.open()
    store.load(SAMPLE)
    store.extend(in_graph(read_rdf(PROJECT.ontology), f"{BASE}graph/ontology"))
    store.extend(derive(store, PROJECT.views))
    path = tmp_path_factory.mktemp("quads") / "all.nq"
    path.write_text("".join(f"{quad} .\n" for quad in store.quads()), encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def made(quads: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a release in all its forms."""
    place = tmp_path_factory.mktemp("release")
    write_json_lines(iter(sample_rows()), place / "tables")
    order = Order(*chosen(["all"], "test"), PROJECT, place / "tables")
    return write_release(quads, place / "out", INFO, order).folder


def dataset(path: Path) -> set[px.Quad]:
    return set(px.parse(path=str(path)))


def graph(path: Path) -> set[px.Triple]:
    return {quad.triple for quad in px.parse(path=str(path))}


def asserted(path: Path) -> list[px.Quad]:
    return [quad for quad in dataset(path) if str(quad.graph_name) != f"<{BASE}graph/reported>"]


def test_every_form_is_listed_and_passes_the_check(made: Path) -> None:
    names = verify_release(made)
    assert {path.relative_to(made).as_posix() for path in made.rglob("*") if path.is_file()} == {
        *names,
        "SHA256SUMS",
    }
    assert not (made / ".work").exists()


@pytest.mark.parametrize("name", ["musnad.nt", "musnad.jsonld", "musnad.rdf"])
def test_every_format_of_merged_graphs_holds_what_the_turtle_holds(made: Path, name: str) -> None:
    assert graph(made / name) == graph(made / "musnad.ttl")


def test_another_library_reads_the_same_from_json_ld_and_rdf_xml(made: Path) -> None:
    turtle = set(rdflib.Graph().parse(made / "musnad.ttl"))
    assert set(rdflib.Graph().parse(made / "musnad.rdf")) == turtle
    assert set(rdflib.Graph().parse(data=(made / "musnad.jsonld").read_text(), format="json-ld")) == turtle


def test_the_json_ld_has_the_whole_context_of_the_project(made: Path) -> None:
    told = orjson.loads((made / "musnad.jsonld").read_bytes())["@context"]
    assert told == Context.read(PROJECT.context).entries()


def test_trig_and_the_files_of_graphs_keep_the_graphs_apart(made: Path) -> None:
    quads = dataset(made / "musnad.nq")
    assert dataset(made / "musnad.trig") == quads
    told = {
        px.Quad(t.subject, t.predicate, t.object, px.NamedNode(f"{BASE}graph/{path.stem}"))
        for path in (made / "graphs").glob("*.ttl")
        for t in graph(path)
    }
    assert told == quads


def test_the_files_of_classes_hold_each_resource_with_its_parts(made: Path) -> None:
    claims = graph(made / "classes" / "msn-Claim.ttl")
    everything = graph(made / "musnad.ttl")
    assert {t for t in everything if str(t.subject).startswith(f"<{BASE}claim/")} == claims
    assert set().union(*(graph(path) for path in (made / "classes").glob("*.ttl"))) == everything


def test_files_written_resource_by_resource_are_those_written_at_once(made: Path) -> None:
    names = prefixes(BASE)
    turtle = (made / "musnad.ttl").read_text(encoding="utf-8").split("\n", 2)[2]
    assert turtle == to_turtle(asserted(made / "musnad.nq"), names)
    trig = (made / "musnad.trig").read_text(encoding="utf-8").split("\n", 2)[2]
    assert trig == to_trig(dataset(made / "musnad.nq"), names)


def test_in_rdf_1_2_a_claim_reifies_what_it_claims_and_asserts_nothing(made: Path) -> None:
    text = (made / "musnad.rdf12.ttl").read_text(encoding="utf-8")
    assert text.splitlines()[2] == 'VERSION "1.2"'
    new, old = graph(made / "musnad.rdf12.ttl"), graph(made / "musnad.ttl")
    reified = {t.subject: t.object for t in new if t.predicate == REIFIES}
    parts = {
        subject: tuple(
            next((t.object for t in old if t.subject == subject and t.predicate.value == RDF + name), None)
            for name in ("subject", "predicate", "object")
        )
        for subject in {t.subject for t in old if t.predicate.value == RDF + "predicate"}
    }
    assert {subject: tuple(thing) for subject, thing in reified.items()} == parts  # type: ignore[arg-type]
    assert len(reified) > 3
    assert not set(reified.values()) & new
    names = {RDF + name for name in ("subject", "predicate", "object")}
    kept = {t for t in old if not (t.subject in reified and t.predicate.value in names)}
    assert {t for t in new if t.predicate != REIFIES} == kept


def test_a_compressed_file_holds_its_file(made: Path) -> None:
    for path in made.rglob("*.gz"):
        assert gzip.decompress(path.read_bytes()) == path.with_suffix("").read_bytes()
    for path in made.rglob("*.zst"):
        unpacked = zstandard.ZstdDecompressor().decompressobj().decompress(path.read_bytes())
        assert unpacked == path.with_suffix("").read_bytes()
    assert (made / "tables" / "claims.csv.zst").is_file()
    assert (made / "classes" / "msn-Claim.ttl.gz").is_file()


def test_the_tables_hold_the_rows_in_an_order_of_their_own(made: Path) -> None:
    lines = list(csv.DictReader(io.StringIO((made / "tables" / "claims.csv").read_text(), newline="")))
    rows = [row for table, row in sample_rows() if table == "claims"]
    assert {line["claim"] for line in lines} == {row["claim"] for row in rows}
    one = next(line for line in lines if line["claim"] == rows[0]["claim"])
    assert {k: v for k, v in one.items() if v} == {
        k: str(rows[0][k]) for k in one if rows[0][k] not in {None, ""}
    }
    parquet = pytest.importorskip("pyarrow.parquet")
    table = parquet.read_table(made / "tables" / "claims.parquet")
    assert table.column_names == list(lines[0])
    assert table.column("claim").to_pylist() == [line["claim"] for line in lines]


def test_words_to_the_editor_are_not_released(made: Path) -> None:
    header = (made / "tables" / "documents.csv").read_text().splitlines()[0].split(",")
    assert "notes" not in header
    assert "surface" not in (made / "tables" / "mentions.csv").read_text().splitlines()[0].split(",")


def test_csv_on_the_web_names_the_columns_of_every_file(made: Path) -> None:
    told = orjson.loads((made / "tables" / "csv-metadata.json").read_bytes())
    assert [table["url"] for table in told["tables"]] == [f"{name}.csv" for name in TABLES]
    for table in told["tables"]:
        header = (made / "tables" / table["url"]).read_text(encoding="utf-8").splitlines()[0]
        columns = table["tableSchema"]["columns"]
        assert [column["name"] for column in columns] == header.split(",")
        for column in columns:
            assert {words["@language"] for words in column["dc:description"]} == {"ar", "en"}


def test_the_canonical_hash_is_that_of_another_implementation(made: Path) -> None:
    told = {
        row["graph"]: row
        for row in csv.DictReader(io.StringIO((made / "graphs.csv").read_text(), newline=""))
    }
    quads = px.Dataset(dataset(made / "musnad.nq"))
    algorithm = getattr(px.CanonicalizationAlgorithm, "RDFC_1_0", None)
    if algorithm is None:
        pytest.skip("this pyoxigraph has no RDFC-1.0")
    quads.canonicalize(algorithm)
    text = "".join(sorted(f"{quad} .\n" for quad in quads))
    assert text.encode() == (made / "musnad.nq").read_bytes()
    for name in {str(quad.graph_name)[1:-1] for quad in quads}:
        alone = px.Dataset(px.Quad(*quad.triple) for quad in quads if str(quad.graph_name) == f"<{name}>")
        alone.canonicalize(algorithm)
        lines = sorted(f"{quad} .\n" for quad in alone)
        assert told[name]["triples"] == str(len(lines))
        assert told[name]["rdfc10_sha256"] == hashlib.sha256("".join(lines).encode()).hexdigest()


@given(st.text())
def test_a_canonical_line_is_cut_where_its_terms_end(words: str) -> None:
    words = "".join(c for c in words if not "\ud800" <= c <= "\udfff")
    node, place = px.NamedNode("http://e/a#b"), px.NamedNode("http://e/g")
    for thing in (
        px.Literal(words),
        px.Literal(words, language="ar"),
        px.Literal(words, datatype=place),
        place,
    ):
        quad = px.Quad(node, node, thing, place)
        parts = cut(f"{quad} .\n".encode())
        assert parts == (b"http://e/a", str(quad.triple).encode(), b"http://e/g")


@given(st.lists(st.binary(max_size=6)), st.integers(1, 40))
def test_lines_sorted_on_the_disk_are_those_sorted_in_memory(lines: list[bytes], run: int) -> None:
    import tempfile

    whole = [line.replace(b"\n", b"") + b"\n" for line in lines]
    with tempfile.TemporaryDirectory() as place:
        sorter = Sorter(Path(place), "test", run)
        sorter.extend(whole)
        assert list(sorter) == sorted(set(whole))
        assert list(sorter) == sorted(set(whole))
        sorter.drop()
        assert list(Path(place).iterdir()) == []


def test_more_runs_than_may_be_open_become_one(tmp_path: Path) -> None:
    sorter = Sorter(tmp_path, "test", 1)
    numbers = [f"{number * 7919 % 1000:03}\n".encode() for number in range(1000)]
    sorter.extend(numbers)
    assert list(sorter) == sorted(numbers)
    assert len(list(tmp_path.iterdir())) <= 64


def test_a_form_that_nobody_knows_is_refused() -> None:
    with pytest.raises(ProjectError, match="'hdt' is no form of a release"):
        chosen(["turtle", "hdt"], "site.yaml")
    assert chosen(["all"], "site.yaml") == (frozenset(FORMATS), ("gzip", "zstd"))


def test_tables_that_are_not_there_are_refused(quads: Path, tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="there are no tables"):
        write_release(quads, tmp_path / "out", INFO, Order(*chosen(["csv"], "test"), PROJECT))
    (tmp_path / "tables").mkdir()
    order = Order(*chosen(["csv"], "test"), PROJECT, tmp_path / "tables")
    with pytest.raises(ProjectError, match=r"has no documents\.jsonl"):
        write_release(quads, tmp_path / "out", INFO, order)
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("form", "line", "problem"),
    [
        ("rdf-xml", f'<{BASE}a> <{BASE}b> "\\u0001" <{BASE}graph/1> .\n', r"RDF/XML cannot hold U\+0001"),
        ("json-ld", f"<{BASE}a> <{BASE}b> <doc:c> <{BASE}graph/1> .\n", "'doc' is a prefix"),
    ],
)
def test_what_a_format_cannot_say_is_refused(tmp_path: Path, form: str, line: str, problem: str) -> None:
    (tmp_path / "quads.nq").write_text(line, encoding="utf-8")
    with pytest.raises(DataError, match=problem):
        write_release(tmp_path / "quads.nq", tmp_path / "out", INFO, Order(*chosen([form], "test"), PROJECT))


def test_two_graphs_that_give_one_name_are_refused(tmp_path: Path) -> None:
    line = f"<{BASE}a> <{BASE}b> <{BASE}c> <{BASE}%s/1> .\n"
    (tmp_path / "quads.nq").write_text(line % "graph" + line % "other", encoding="utf-8")
    with pytest.raises(DataError, match="two parts of the release would have this name"):
        write_release(
            tmp_path / "quads.nq", tmp_path / "out", INFO, Order(*chosen(["documents"], "test"), PROJECT)
        )


def test_a_triple_term_is_refused(tmp_path: Path) -> None:
    (tmp_path / "quads.nq").write_text(f"<{BASE}a> <{BASE}b> <<( <{BASE}a> <{BASE}b> <{BASE}c> )>> .\n")
    with pytest.raises(DataError, match="a triple term"):
        list(canonical_lines(tmp_path / "quads.nq", BASE))
