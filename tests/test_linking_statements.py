"""Statements for Wikidata: only of claims that nobody contests, each with a reference."""

from pathlib import Path

import pyoxigraph as px
import pytest

from musnad.errors import DataError, ProjectError
from musnad.linking import Properties, write_statements
from musnad.store import Store
from musnad.vocabulary import prefixes

BASE = "https://example.org/"
SCHEME = f"{BASE}scheme/relation/"
NUMBERS = {f"{BASE}id/fulan": "Q999999991", f"{BASE}id/body": "Q999999992"}  # of nobody
TABLE = (
    "what\tproperty\nrelation:memberOf\tP9999991\nreference:url\tP9999992\nreference:published\tP9999993\n"
)
CLAIM = """
claim:a a msn:Claim ; dcterms:type relation:memberOf ; rdf:subject id:fulan ; rdf:object id:body ;
  msn:speaker id:speaker ; msn:polarity msn:Affirmed ; msn:modality modality:asserted ;
  msn:certainty certainty:probable ; schema:appearance doc:one .
id:speaker a schema:Person .
doc:one schema:url <https://news.example.org/1> ; msn:edtf "2018-01-20" .
"""
LINE = 'Q999999991\tP9999991\tQ999999992\tS9999992\t"https://news.example.org/1"\tS9999993\t+2018-01-20T00:00:00Z/11'


def properties(folder: Path, text: str = TABLE) -> Properties:
    (folder / "properties.tsv").write_text(text, encoding="utf-8")
    return Properties.read(folder / "properties.tsv")


def statements(folder: Path, turtle: str, table: str = TABLE) -> list[str]:
    head = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in prefixes(BASE).items())
    native = px.Store()
    native.load(f"{head}{turtle}", format=px.RdfFormat.TURTLE, to_graph=px.NamedNode(f"{BASE}graph/x"))
    return list(write_statements(Store(native, BASE), SCHEME, NUMBERS, properties(folder, table)))


def test_a_statement_has_both_ends_and_its_reference(tmp_path: Path) -> None:
    assert statements(tmp_path, CLAIM) == [LINE]


def test_a_month_is_no_day(tmp_path: Path) -> None:
    (line,) = statements(tmp_path, CLAIM.replace('"2018-01-20"', '"2018-01"'))
    assert line == LINE.partition("\tS9999993")[0]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("msn:Affirmed", "msn:Negated"),
        ("modality:asserted", "modality:planned"),
        ("modality:asserted", "modality:demanded"),
        ("modality:asserted", "modality:opinion"),
        ("certainty:probable", "certainty:doubtful"),
        ("certainty:probable", "certainty:probable ; msn:conflictsWith claim:b"),
        ("certainty:probable", "certainty:probable ; msn:roleStatus status:former"),
        ("id:speaker a schema:Person", "id:speaker a msn:AnonymousSource"),
        ("schema:url", "schema:headline"),
        ("rdf:object id:body", "rdf:object id:unmatched"),
        ("rdf:object id:body", 'rdf:object "words"'),
        ("relation:memberOf", "relation:stated"),
    ],
)
def test_nothing_else_becomes_a_statement(tmp_path: Path, old: str, new: str) -> None:
    assert old in CLAIM
    assert statements(tmp_path, CLAIM.replace(old, new)) == []


def test_an_address_cannot_end_its_field(tmp_path: Path) -> None:
    (line,) = statements(tmp_path, CLAIM.replace("example.org/1>", "example.org/?a=b&c=%22>"))
    assert line.count('"') == 2
    assert line.count("\t") == 6


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", ":1: the columns must be"),
        ("a\tb\n", ":1: the columns must be"),
        (TABLE + "relation:memberOf\tP1\n", ":5: 'relation:memberOf P1' is no property"),
        (TABLE + "relation:x\tQ1\n", ":5: 'relation:x Q1' is no property"),
        (TABLE + "surprise\tP1\n", ":5: 'surprise P1' is no property"),
        (TABLE + "relation:x\n", ":5: 'relation:x' is no property"),
        ("what\tproperty\nrelation:x\tP1\n", "no line 'reference:url'"),
    ],
)
def test_a_malformed_table_is_refused_with_its_line(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(DataError, match=words):
        properties(tmp_path, text)


def test_a_table_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ProjectError, match="cannot be read"):
        Properties.read(tmp_path / "none.tsv")
