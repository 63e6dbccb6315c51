"""One's own mapping over one's own tables, in the three formats."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest

from musnad.errors import MappingError, UnmappedRow
from musnad.mapping import map_files, read_mappings

MAPPING = """\
prefixes: {ex: "http://example.org/"}
sources: {people: [people.json~jsonpath, "$[*]"]}
mappings:
  person: {sources: people, s: "ex:$(id)", po: [[ex:name, $(name)]]}
"""
NAMED = b'<http://example.org/1> <http://example.org/name> "n" .\n'


@pytest.fixture
def mapping(tmp_path: Path) -> Path:
    path = tmp_path / "people.yarrrml.yaml"
    path.write_text(MAPPING, encoding="utf-8")
    return path


def mapped(mapping: Path, name: str, text: str) -> bytes:
    (mapping.parent / name).write_text(text, encoding="utf-8")
    out = BytesIO()
    map_files(mapping, mapping.parent, out)
    return out.getvalue()


def test_an_array_of_objects(mapping: Path) -> None:
    assert mapped(mapping, "people.json", '[{"id": 1, "name": "n"}]') == NAMED


def test_json_lines(mapping: Path) -> None:
    assert mapped(mapping, "people.jsonl", '{"id": 1, "name": "n"}\n\n{"id": 2, "name": null}\n') == NAMED


def test_csv(mapping: Path) -> None:
    mapping.write_text(MAPPING.replace('people.json~jsonpath, "$[*]"', "people.csv~csv"), encoding="utf-8")
    assert mapped(mapping, "people.csv", "\ufeffid,name\n1,n\n") == NAMED


def test_a_table_without_rows_gives_nothing(mapping: Path) -> None:
    assert mapped(mapping, "people.json", "[]") == b""


def test_references_without_a_value_are_told(mapping: Path) -> None:
    (mapping.parent / "people.json").write_text('[{"id": 1, "name": null}]', encoding="utf-8")
    assert map_files(mapping, mapping.parent, BytesIO()).unmatched() == [("people", "$(name)")]


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("people.json", '{"id": 1}', "not an array of objects"),
        ("people.json", "[1]", "row 1: not an object"),
        ("people.json", "[", "not JSON"),
        ("people.jsonl", '{"id": 1, "name": "n"}\n[]\n', "people.jsonl:2: not an object"),
        ("people.jsonl", '{"id": 1, "name": "n"}\n{\n', "people.jsonl:2: not JSON"),
    ],
)
def test_a_malformed_table_is_refused_with_its_place(
    mapping: Path, name: str, text: str, message: str
) -> None:
    with pytest.raises(UnmappedRow, match=message):
        mapped(mapping, name, text)


@pytest.mark.parametrize(
    ("text", "message"), [("id,name\n1,n,x\n", "more values"), ('id,name\n"1\n', "not CSV")]
)
def test_malformed_csv_is_refused(mapping: Path, text: str, message: str) -> None:
    mapping.write_text(MAPPING.replace('people.json~jsonpath, "$[*]"', "people.csv~csv"), encoding="utf-8")
    with pytest.raises(UnmappedRow, match=message):
        mapped(mapping, "people.csv", text)


def test_a_column_that_the_first_row_lacks_is_refused(mapping: Path) -> None:
    with pytest.raises(MappingError, match=r"no column 'name' \(did you mean 'nam'"):
        mapped(mapping, "people.json", '[{"id": 1, "nam": "n"}]')


def test_a_missing_table_is_refused(mapping: Path) -> None:
    with pytest.raises(MappingError, match=r"no table 'people\.json' here"):
        map_files(mapping, mapping.parent, BytesIO())


def test_two_files_of_one_name_are_refused(mapping: Path) -> None:
    other = MAPPING.replace('people.json~jsonpath, "$[*]"', "people.csv~csv")
    (mapping.parent / "other.yarrrml.yaml").write_text(other, encoding="utf-8")
    with pytest.raises(MappingError, match="two sources are named 'people'"):
        map_files(mapping.parent, mapping.parent, BytesIO())


def test_a_folder_without_mappings_is_refused(tmp_path: Path) -> None:
    with pytest.raises(MappingError, match=r"no \*\.yarrrml\.yaml here"):
        read_mappings(tmp_path)
    with pytest.raises(MappingError, match="no mapping here"):
        map_files(tmp_path, tmp_path, BytesIO())


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("claimz: {file: x}", "there is no table 'claimz'"),
        ("claims: {fil: x}", "table claims has no column 'fil'"),
        ("claims: {file: }", "ignored.yaml:1: claims.file has no reason"),
        ("claims: x", "claims must hold columns"),
    ],
)
def test_a_malformed_list_of_ignored_columns_is_refused(mapping: Path, text: str, message: str) -> None:
    from musnad.mapping.coverage import read_ignored, refuse_leftovers
    from musnad.tables.columns import TABLES

    path = mapping.parent / "ignored.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(MappingError, match=message):
        refuse_leftovers((), read_ignored(path), TABLES)
