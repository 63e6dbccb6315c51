"""What YARRRML may say, and what is refused with its line."""

from __future__ import annotations

import re
from pathlib import Path
from textwrap import dedent

import pytest

from musnad.errors import MappingError, UnmappedRow
from musnad.mapping import Mapping, compile_mapping, yarrrml
from musnad.mapping.yarrrml import read_file
from musnad.tables.columns import Row

PREFIXES = """\
prefixes: {ex: "http://example.org/", xsd: "http://www.w3.org/2001/XMLSchema#"}
sources: {people: [people.json~jsonpath, "$[*]"]}
mappings:
  person:
"""
ROW: Row = {"id": "1", "name": "فلان", "age": 30, "page": "http://example.org/p", "tag": "ar"}  # So-and-so
COLUMNS = {"people": set(ROW)}


@pytest.fixture
def run(tmp_path: Path):
    def quads(body: str, row: Row = ROW, head: str = PREFIXES) -> list[str]:
        path = tmp_path / "people.yarrrml.yaml"
        path.write_text(
            head + "".join(f"    {line}\n" for line in dedent(body).splitlines()), encoding="utf-8"
        )
        compiled = compile_mapping(Mapping(tuple(read_file(path))), columns=COLUMNS)
        return sorted(b"".join(compiled.quads("people", [row])).decode().splitlines())

    return quads


SUBJECT = "sources: people\ns: ex:$(id)\n"
P = "<http://example.org/1> <http://example.org/p>"
NAME = '<http://example.org/1> <http://example.org/name> "فلان"'  # So-and-so
XSD = "http://www.w3.org/2001/XMLSchema#"


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ("[ex:name, $(name)]", [f"{NAME} ."]),
        ("[ex:name, $(name), ar~lang]", [f"{NAME}@ar ."]),
        ("[ex:name, $(name), $(tag)~lang]", [f"{NAME}@ar ."]),
        ("[ex:name, $(name), xsd:token]", [f"{NAME}^^<{XSD}token> ."]),
        ("[ex:p, $(age)]", [f'{P} "30"^^<{XSD}integer> .']),
        ("[ex:p, $(page)~iri]", [f"{P} <http://example.org/p> ."]),
        ("[ex:p, ex:$(id)/x~iri]", [f"{P} <http://example.org/1/x> ."]),
        ("[$(page)~iri, x]", [f'{P} "x" .']),
        ("[ex:p, ex:x]", [f'{P} "ex:x" .']),
        (r"[ex:p, '\$(id) \~iri']", [f'{P} "$(id) ~iri" .']),
        ("[ex:p, 100%b $(id)%s]", [f'{P} "100%b 1%s" .']),
        ("[[ex:p, $(page)~iri], [1, 2]]", [f'{P} "1" .', f'{P} "2" .']),
        ("{p: ex:name, o: {value: $(name), language: ar}}", [f"{NAME}@ar ."]),
        ("{predicates: ex:name, objects: [{value: $(name), datatype: xsd:a}]}", [f"{NAME}^^<{XSD}a> ."]),
        ("{predicates: [ex:name], objects: [[$(name), ar~lang], $(name)]}", [f"{NAME} .", f"{NAME}@ar ."]),
        ("{p: ex:p, o: {value: $(page), type: iri}}", [f"{P} <http://example.org/p> ."]),
        ("{p: ex:name, o: $(name), graphs: ex:g}", [f"{NAME} <http://example.org/g> ."]),
    ],
)  # fmt: skip
def test_the_forms_of_a_predicate_object(run, pairs: str, expected: list[str]) -> None:
    assert run(f"{SUBJECT}po:\n  - {pairs}") == expected


def test_a_class_is_an_iri(run) -> None:
    kind = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
    assert run(f"{SUBJECT}po: [[a, ex:Person]]") == [
        f"<http://example.org/1> {kind} <http://example.org/Person> ."
    ]


def test_graphs_of_mapping_and_predicate_object_add_up(run) -> None:
    found = run(f"{SUBJECT}graphs: ex:g\npo:\n  - {{p: ex:name, o: $(name), graph: [ex:h, $(page)]}}")
    assert found == [f"{NAME} <http://example.org/{graph}> ." for graph in ("g", "h", "p")]


def test_long_and_short_keys_mean_the_same(run) -> None:
    long = (
        "source: [people.json~jsonpath, '$[*]']\nsubjects: [ex:$(id)]\npredicateobjects: [[ex:name, $(name)]]"
    )
    with pytest.raises(MappingError, match="unknown source"):
        run(long)
    long = long.replace("source: [people.json~jsonpath, '$[*]']", "source: [[people.json~jsonpath, '$[*]']]")
    assert run(long) == [f"{NAME} ."]


@pytest.mark.parametrize(
    "sources",
    [
        'sources: {people: {access: people.json, referenceFormulation: jsonpath, iterator: "$[*]"}}',
        'sources: {people: [[people.json~jsonpath, "$[*]"]]}',
        "sources: {people: [people.csv~csv]}",
    ],
)
def test_the_forms_of_a_source(run, sources: str) -> None:
    head = PREFIXES.splitlines()
    head[1] = sources
    assert run(f"{SUBJECT}po: [[ex:name, $(name)]]", head="\n".join(head) + "\n") == [f"{NAME} ."]


def test_several_subjects_give_several_triples(run) -> None:
    found = run("sources: people\ns: [ex:$(id), ex:$(tag)]\npo: [[ex:age, $(age), xsd:integer]]")
    assert [line.split()[0] for line in found] == ["<http://example.org/1>", "<http://example.org/ar>"]


@pytest.mark.parametrize(
    ("body", "line", "message"),
    [
        (f"{SUBJECT}po:\n  - [ex:name, $(name)]\nextra: 1", 9, "unknown key 'extra' in mapping 'person'"),
        (f"{SUBJECT}po:\n  - [exx:name, $(name)]", 8, r"unknown prefix 'exx' .*did you mean 'ex'"),
        (
            f"{SUBJECT}po:\n  - [ex:name, $(nmae)]",
            8,
            r"table people has no column 'nmae' .*did you mean 'name'",
        ),
        (f"{SUBJECT}po:\n  - [ex:name, $(name]", 8, r"a reference does not end"),
        (f"{SUBJECT}po:\n  - [ex:name]", 8, "not a predicate-object"),
        (f"{SUBJECT}po:\n  - p: ex:name\n    o: 1\n    condition: x", 10, "not supported: condition"),
        (f"{SUBJECT}po:\n  - p: ex:name\n    o:\n      mapping: m", 10, r"not supported: mapping .*~iri"),
        (f"{SUBJECT}po:\n  - p: ex:name\n    o:\n      function: f", 10, r"not supported: function .*column"),
        (f"{SUBJECT}po:\n  - [ex:name, $(name), xx-~lang]", 8, "'xx-' is not a language tag"),
        (f"{SUBJECT}po:\n  - [ex:name, $(page)~iri, ar~lang]", 8, "only a literal"),
        (f"{SUBJECT}po:\n  - [name, $(name)]", 8, "'name~iri' gives no absolute IRI"),
        (f"{SUBJECT}po:\n  - ['ex:a b', $(name)]", 8, "gives no absolute IRI"),
        (f"{SUBJECT}po:\n  - [ex:name, $(name)~blank]", 8, "not supported: ~blank"),
        (f"{SUBJECT}po:\n  - [ex:name~literal, $(name)]", 8, "only objects are literals"),
        (f"{SUBJECT}po:\n  - [ex:name, $(name), $(tag)]", 8, "not supported: a datatype from a column"),
        (f"{SUBJECT}po: 1", 7, "po must be a list"),
        (f"{SUBJECT}subject: ex:1\npo: [[ex:p, 1]]", 7, "s and subject mean the same"),
        ("sources: people\npo: [[ex:p, 1]]", 4, "missing key 'subjects'"),
        ("sources: other\ns: ex:1\npo: [[ex:p, 1]]", 5, r"unknown source 'other' .*people"),
        ("sources: [[p.xml~xpath, /a]]\ns: ex:1\npo: [[ex:p, 1]]", 5, "not supported: source"),
    ],
)
def test_a_mistake_is_refused_with_its_line(run, body: str, line: int, message: str) -> None:
    with pytest.raises(MappingError, match=rf"people\.yarrrml\.yaml:{line}: .*{message}"):
        run(body)


@pytest.mark.parametrize("key", ["base", "targets", "external"])
def test_what_is_not_supported_says_what_to_do_instead(run, key: str) -> None:
    with pytest.raises(MappingError, match=rf":1: not supported: {key} in the file \(\w+"):
        run(f"{SUBJECT}po: [[ex:p, 1]]", head=f"{key}: x\n{PREFIXES}")


def test_an_unknown_table_is_refused(run) -> None:
    with pytest.raises(MappingError, match="there is no table 'persons'"):
        run(f"{SUBJECT}po: [[ex:p, 1]]", head=PREFIXES.replace("people.json", "persons.json"))


def test_an_illegal_language_of_a_row_is_refused(run) -> None:
    with pytest.raises(
        UnmappedRow, match="people, row 1, column name, column tag: 'a b' is not a language tag"
    ):
        run(f"{SUBJECT}po: [[ex:name, $(name), $(tag)~lang]]", ROW | {"tag": "a b"})


def test_a_nested_value_is_refused(run) -> None:
    with pytest.raises(UnmappedRow, match=r"column name: .* is a list or an object"):
        run(f"{SUBJECT}po: [[ex:name, $(name)]]", ROW | {"name": ["x"]})


@pytest.mark.parametrize(
    "pairs", ["[ex:p, $(name)]", "[ex:p, ex:$(name)~iri]", "[ex:p, $(name), $(tag)~lang]"]
)
def test_a_null_column_gives_no_triple(run, pairs: str) -> None:
    assert run(f"{SUBJECT}po: [{pairs}]", ROW | {"name": None}) == []


def test_a_null_subject_gives_no_triple(run) -> None:
    assert run(f"{SUBJECT}po: [[ex:p, 1]]", ROW | {"id": None}) == []


def test_an_empty_text_is_a_value(run) -> None:
    assert run(f"{SUBJECT}po: [[ex:name, $(name)]]", ROW | {"name": ""}) == [NAME.replace("فلان", "") + " ."]


def test_a_strange_column_name_is_only_a_name(tmp_path: Path) -> None:
    path = tmp_path / "x.yarrrml.yaml"
    name = "a'\"]); raise SystemExit #"
    pairs = "po: [[ex:p, '$(a''\"]\\); raise SystemExit #)']]"
    path.write_text(PREFIXES + f"    sources: people\n    s: ex:1\n    {pairs}\n", encoding="utf-8")
    compiled = compile_mapping(Mapping(tuple(read_file(path))), columns={"people": {name}})
    assert b"".join(compiled.quads("people", [{name: "x"}])).decode() == f'{P} "x" .\n'


DOCUMENTATION = (Path(__file__).parents[1] / "docs" / "mapping.md").read_text(encoding="utf-8")


def test_the_documented_mapping_compiles(tmp_path: Path) -> None:
    (tmp_path / "x.yarrrml.yaml").write_text(
        DOCUMENTATION.split("```yaml\n")[1].split("```")[0], encoding="utf-8"
    )
    compiled = compile_mapping(Mapping(tuple(read_file(tmp_path / "x.yarrrml.yaml"))))
    assert list(compiled.counts) == ["claims"]


def test_every_key_is_documented() -> None:
    synonyms = {*yarrrml._SOURCES, *yarrrml._SUBJECT, *yarrrml._PAIRS, *yarrrml._GRAPHS}
    keys = (
        synonyms | {*yarrrml._PREDICATE, *yarrrml._THING} | yarrrml._TOP | yarrrml._OBJECT | yarrrml._SOURCE
    )
    assert {key for key in keys if not re.search(rf"\b{key}\b", DOCUMENTATION)} == set()
