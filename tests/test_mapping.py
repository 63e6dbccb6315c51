"""The project's own mapping: complete, current, and the same whoever runs it."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pyoxigraph
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import make_sample
from musnad.errors import MappingError, UnmappedRow
from musnad.mapping import Compiled, compile_mapping, map_files, map_rows, read_mappings
from musnad.mapping.coverage import refuse_leftovers
from musnad.mapping.interpret import row_quads
from musnad.tables.columns import TABLES, Row
from musnad.tables.files import read_json_lines

MAPPINGS = Path(__file__).parents[1] / "mappings" / "rdf"
MAPPING = read_mappings(MAPPINGS)
DATA = make_sample.DATA
ROWS = make_sample.sample_rows()
Rows = list[tuple[str, Row]]
LABEL = "http://www.w3.org/2000/01/rdf-schema#label"


def quads(rows: Rows, compiled: Compiled | None = None) -> list[bytes]:
    written = b"".join(map_rows(rows, compiled or compile_mapping(MAPPING)))
    return sorted(written.split(b"\n")[:-1])


def slow_quads(rows: Rows) -> list[bytes]:
    found: list[bytes] = []
    for table, row in rows:
        row_found: dict[bytes, None] = {}
        for each in MAPPING.maps:
            if each.table == table:
                row_found.update(dict.fromkeys(row_quads(each, row)))
        found += [line.rstrip(b"\n") for line in row_found]
    return sorted(found)


def test_the_sample_is_current() -> None:
    assert (DATA / "sample.nq").read_bytes() == make_sample.sample_quads()
    for table, columns in TABLES.items():
        expected = [{column: row[column] for column in columns} for name, row in ROWS if name == table]
        assert list(read_json_lines(DATA / "tables" / f"{table}.jsonl")) == expected


def test_the_sample_is_n_quads_without_duplicates() -> None:
    lines = quads(ROWS)
    assert len(set(lines)) == len(lines)
    assert len(set(pyoxigraph.parse(path=str(DATA / "sample.nq")))) == len(lines)


def test_every_quad_of_the_sample_stands_in_a_named_graph_without_blank_nodes() -> None:
    for quad in pyoxigraph.parse(path=str(DATA / "sample.nq")):
        assert isinstance(quad.graph_name, pyoxigraph.NamedNode)
        assert not isinstance(quad.subject, pyoxigraph.BlankNode)
        assert not isinstance(quad.object, pyoxigraph.BlankNode)


def test_every_column_of_every_table_is_mapped_or_ignored() -> None:
    ignored = MAPPING.ignored
    assert ignored is not None
    for table, columns in TABLES.items():
        used = {column for each in MAPPING.maps if each.table == table for column in each.columns()}
        assert used | ignored.columns.get(table, {}).keys() == columns.keys(), table


@pytest.mark.parametrize(
    "kind",
    [
        "https://schema.org/NewsArticle",
        "https://schema.org/Place",
        "https://schema.org/Organization",
        "https://w3id.org/musnad/ontology#Claim",
        "https://w3id.org/musnad/ontology#Capture",
        "https://w3id.org/musnad/ontology#AnonymousSource",
        "http://www.w3.org/ns/prov#Plan",
    ],
)
def test_what_has_a_page_has_a_label(kind: str) -> None:
    store = pyoxigraph.Store()
    store.bulk_load(path=str(DATA / "sample.nq"))
    where = f"GRAPH ?g {{ ?s a <{kind}> OPTIONAL {{ ?s <{LABEL}> ?l }} }}"
    query = f"SELECT ?s (COUNT(?l) AS ?n) {{ {where} }} GROUP BY ?s"
    found = list(store.query(query))
    assert found
    assert all(int(row["n"].value) for row in found)


def test_the_claimed_triple_is_described_and_never_asserted() -> None:
    predicates = {quad.predicate.value for quad in pyoxigraph.parse(path=str(DATA / "sample.nq"))}
    assert "http://www.w3.org/1999/02/22-rdf-syntax-ns#predicate" in predicates
    assert "https://schema.org/memberOf" not in predicates


def test_compiled_and_interpreted_mappings_give_the_same_quads() -> None:
    assert quads(ROWS) == slow_quads(ROWS)


def outcome(run: Callable[[Rows], list[bytes]], rows: Rows) -> list[bytes] | str:
    """Return the quads, or why there are none."""
    try:
        return run(rows)
    except UnmappedRow as refusal:
        return refusal.problem


VALUES = st.one_of(
    st.none(),
    st.text(),
    st.integers(),
    st.booleans(),
    st.floats(allow_nan=False),
    st.sampled_from(["https://example.org/ا", "http://example.org/a b", "ar", "", "x:y"]),
)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_row_gives_the_same_quads_or_the_same_refusal(data: st.DataObject) -> None:
    table, row = data.draw(st.sampled_from(ROWS))
    changes = st.dictionaries(st.sampled_from(sorted(row)), VALUES, min_size=1, max_size=3)
    rows = [(table, row | data.draw(changes))]
    fast, slow = outcome(quads, rows), outcome(slow_quads, rows)
    assert fast == slow
    if isinstance(fast, list):
        lines = b"\n".join(fast)
        assert len(list(pyoxigraph.parse(lines, format=pyoxigraph.RdfFormat.N_QUADS))) == len(fast)


@settings(max_examples=20, deadline=None)
@given(st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_reach_the_sorted_quads(shuffler: random.Random) -> None:
    rows = list(ROWS)
    shuffler.shuffle(rows)
    assert quads(rows) == quads(ROWS)


def test_a_null_column_gives_no_triple() -> None:
    table, row = next(pair for pair in ROWS if pair[0] == "entities")
    bare = [(table, row | {"label_en": None, "located_in": None, "description_en": None})]
    assert not [line for line in quads(bare) if b"@en" in line]


def test_a_quad_that_two_columns_give_is_written_once() -> None:
    table, row = next(pair for pair in ROWS if pair[0] == "documents")
    same = row | {"title_ar": "عنوان", "title_other": "عنوان", "language": "ar"}  # a title
    lines = quads([(table, same)])
    assert len(lines) == len(set(lines))


def test_a_row_without_a_graph_is_refused() -> None:
    table, row = ROWS[0]
    with pytest.raises(UnmappedRow, match="documents, row 1, column graph: no graph"):
        quads([(table, row | {"graph": None})])


def test_an_illegal_iri_is_refused_with_its_row_and_column() -> None:
    rows = [pair for pair in ROWS if pair[0] == "links"]
    rows[1] = ("links", rows[1][1] | {"url": "https://paper.example/a b"})
    with pytest.raises(UnmappedRow, match=r"links, row 2, column url: .*a b.* is not an absolute IRI"):
        quads(rows)


def test_rows_are_numbered_across_batches() -> None:
    table, row = next(pair for pair in ROWS if pair[0] == "names")
    rows = [(table, row)] * 2_500 + [(table, row | {"entity": "no iri"})]
    with pytest.raises(UnmappedRow, match="names, row 2501, column entity"):
        quads(rows)


def test_lone_surrogates_are_refused() -> None:
    table, row = next(pair for pair in ROWS if pair[0] == "names")
    with pytest.raises(UnmappedRow, match="lone surrogate"):
        quads([(table, row | {"name_ar": "\ud800"})])


def test_references_are_counted_and_those_without_a_value_are_known() -> None:
    compiled = compile_mapping(MAPPING)
    assert quads(ROWS, compiled)
    assert compiled.rows["claims"] == compiled.counts["claims"]["$(claim)~iri"] == 9
    assert ("links", "$(target)~iri") in compiled.unmatched()
    assert ("claims", "$(claim)~iri") not in compiled.unmatched()


def test_a_table_without_a_mapping_is_refused() -> None:
    with pytest.raises(MappingError, match="no mapping for this table"):
        quads([("cliams", {})])


def test_our_iris_move_with_the_base() -> None:
    moved = compile_mapping(MAPPING, "https://example.org/data/")
    lines = b"\n".join(quads(ROWS, moved))
    assert b"<https://example.org/data/ontology#Claim>" in lines
    assert b"<https://example.org/data/ontology#engine>" in lines
    assert b"musnad/ontology#evidence" not in lines


def test_a_column_of_no_table_is_refused_with_its_line(tmp_path: Path) -> None:
    text = (MAPPINGS / "entities.yarrrml.yaml").read_text(encoding="utf-8")
    path = tmp_path / "entities.yarrrml.yaml"
    path.write_text(text.replace("$(label_ar)", "$(lable_ar)"), encoding="utf-8")
    line = next(n for n, line in enumerate(text.splitlines(), 1) if "$(label_ar)" in line)
    with pytest.raises(MappingError, match=rf"yaml:{line}: .*no column 'lable_ar' \(did you mean 'label_ar'"):
        compile_mapping(replace(read_mappings(tmp_path), ignored=None))


def test_a_column_that_nobody_speaks_of_stops_the_build() -> None:
    assert MAPPING.ignored is not None
    columns = TABLES | {"names": TABLES["names"] | {"name_fr": ""}}
    with pytest.raises(MappingError, match=r"names: no mapping uses name_fr \(map it, or"):
        refuse_leftovers(MAPPING.maps, MAPPING.ignored, columns)


def test_a_column_both_mapped_and_ignored_is_refused() -> None:
    assert MAPPING.ignored is not None
    ignored = replace(MAPPING.ignored, columns={"names": {"name_ar": "?"}})
    with pytest.raises(MappingError, match="names: name_ar is mapped"):
        refuse_leftovers(MAPPING.maps, ignored, {"names": TABLES["names"]})


def test_the_exported_sample_maps_to_the_same_quads(tmp_path: Path) -> None:
    out = tmp_path / "out.nq"
    with out.open("wb") as file:
        map_files(MAPPINGS, DATA / "tables", file)
    assert sorted(out.read_bytes().splitlines(keepends=True)) == (DATA / "sample.nq").read_bytes().splitlines(
        keepends=True
    )
