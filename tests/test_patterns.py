"""Every pattern reads its own examples; the files are closed; the small language says what is wrong."""

import re
from dataclasses import replace
from pathlib import Path

import pytest

from musnad.errors import MappingError
from musnad.iri import Minter
from musnad.understanding.examples import objections, read_example
from musnad.understanding.grammar import compile_form
from musnad.understanding.inflection import inflect
from musnad.understanding.patterns import KEYS, Example, Patterns, read_patterns
from musnad.understanding.relations import read_relations

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "mappings" / "claims"
MINTER = Minter()
PATTERNS = read_patterns(FOLDER)

ENTRY = """patterns:
  - id: waits-for
    kind: sequence
    relation: metWith
    match: ['{subject:PERSON} ينتظر {object:PERSON}']
    description: {ar: انتظار, en: Waiting}
    positive:
      - {text: '[PERSON أ] ينتظر [PERSON ب]', gives: 'أ | ب'}
      - {text: '[PERSON ج] ينتظر [PERSON د]', gives: 'ج | د'}
      - {text: '[PERSON ه] ينتظر [PERSON و]', gives: 'ه | و'}
    negative: ['[PERSON أ] نام', '[PERSON أ] لا ينتظر [PERSON ب]']
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("relations.yaml", "words.yaml"):
        (tmp_path / name).write_text((FOLDER / name).read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "own.yaml").write_text(ENTRY, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize("name", [p.name for p in PATTERNS.entries.values() if p.examples])
def test_a_pattern_reads_its_examples(name: str) -> None:
    assert objections(PATTERNS.entries[name], PATTERNS, MINTER) == []


def test_no_pattern_was_lost() -> None:
    assert len(PATTERNS.entries) >= 114  # at least: new patterns need not be counted
    assert sum(len(pattern.examples) for pattern in PATTERNS.entries.values()) >= 520


def test_a_wrong_example_is_reported() -> None:
    pattern = replace(PATTERNS.entries["met"], examples=(Example("[PERSON أ] نام", ("أ | ب",)),))
    assert "gives [], not ['أ | ب']" in objections(pattern, PATTERNS, MINTER)[0]


def test_every_relation_has_a_pattern() -> None:
    read = {pattern.relation for pattern in PATTERNS.entries.values()}
    assert set(PATTERNS.relations) - read == set()


def test_the_relations_are_those_of_the_scheme() -> None:
    relations = read_relations(FOLDER / "relations.yaml")
    assert len(relations) == 36
    assert relations["participatedIn"].predicate == "https://schema.org/attendee"
    assert relations["participatedIn"].inverse
    assert relations["excludedFrom"].predicate == ""


def test_a_new_entry_is_read_and_its_examples_hold(folder: Path) -> None:
    patterns = with_structure(folder)
    assert objections(patterns.entries["waits-for"], patterns, MINTER) == []


def with_structure(folder: Path) -> Patterns:
    text = (FOLDER / "structure.yaml").read_text(encoding="utf-8")
    (folder / "structure.yaml").write_text(text, encoding="utf-8")
    return read_patterns(folder)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("relation: metWith", "relation: metwith", "no relation named 'metwith'"),
        ("kind: sequence", "kind: sequences", "unknown kind 'sequences'"),
        ("    match:", "    mtach: x\n    match:", "unknown key 'mtach'.*did you mean 'match'"),
        ("    description: {ar: انتظار, en: Waiting}\n", "", "missing key 'description'"),
        ("{ar: انتظار, en: Waiting}", "{ar: انتظار}", "missing key 'en'"),
        ("ينتظر {object:PERSON}']", "@awaits {object:PERSON}']", "no word list named 'awaits'"),
        ("{object:PERSON}']", "{object:HUMAN}']", "unknown type 'HUMAN'"),
        ("{object:PERSON}']", "[{object:PERSON}']", r"\[ without \]"),
        (
            "    negative: [",
            "    modality: planed\n    negative: [",
            "modality of pattern waits-for is 'planed'",
        ),
        ("{ar: انتظار, en: Waiting}", "انتظار", "description of pattern waits-for must be keys and values"),
        ("match: ['{subject:PERSON} ينتظر {object:PERSON}']", "match: x", "must be a list"),
        ("    match:", "    fill: {subject: topics}\n    match:", "fill of waits-for is 'topics'"),
        (", '[PERSON أ] لا ينتظر [PERSON ب]']", "]", "fewer than 2 negative examples"),
    ],
)
def test_a_malformed_entry_is_refused_with_its_line(folder: Path, old: str, new: str, message: str) -> None:
    (folder / "own.yaml").write_text(ENTRY.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(MappingError, match=message) as refused:
        read_patterns(folder)
    assert re.match(r".+own\.yaml(:\d+)?: ", str(refused.value))


def test_an_id_may_stand_once(folder: Path) -> None:
    (folder / "twin.yaml").write_text(ENTRY, encoding="utf-8")
    with pytest.raises(MappingError, match="the id 'waits-for' is there twice"):
        read_patterns(folder)


def test_an_unknown_kind_of_name_in_an_example_is_refused() -> None:
    with pytest.raises(MappingError, match="HUMAN is no kind of name"):
        read_example("[HUMAN أ] نام", MINTER)


def test_the_version_of_a_pattern_follows_its_rule_and_its_words_not_its_examples(folder: Path) -> None:
    first = with_structure(folder).cards["waits-for"].version
    (folder / "own.yaml").write_text(ENTRY.replace("نام", "غاب"), encoding="utf-8")
    assert read_patterns(folder).cards["waits-for"].version == first
    (folder / "own.yaml").write_text(ENTRY.replace("ينتظر {object", "انتظر {object"), encoding="utf-8")
    assert read_patterns(folder).cards["waits-for"].version != first


@pytest.mark.parametrize(
    ("form", "line", "found"),
    [
        ("{subject:PERSON} عضو {object:ORG}", "<P0> وعضو <O2> ", {"subject": "<P0>", "object": "<O2>"}),
        ("{subject:AGENT} =زار {object:PLACE}", "<P0> وزار <L2> ", None),
        (
            "{subject:PERSON} [,] زار {object:PLACE}",
            "<P0> , زار <L3> ",
            {"subject": "<P0>", "object": "<L3>"},
        ),
        ("عضو [ل+] {object:ORG}", "عضو لل+ <O2> ", {"object": "<O2>"}),
        ("ضم {object:PERSON*}", "ضم <P1> , <P3> و+ <P5> ", {"object": "<P1> , <P3> و+ <P5> "}),
        ("رفض {object:TEXT}", "رفض بيع الارض , قال ", {"object": "بيع الارض "}),
        ("زار ~1 {object:PLACE}", "زار التي في <L3> ", None),
    ],
)
def test_the_small_language(form: str, line: str, found: dict[str, str] | None) -> None:
    match = compile_form(form, {}, "test").expression.search(line)
    assert (match.groupdict() if match else None) == found


def test_verbs_are_inflected() -> None:
    assert {"نفت", "نفوا", "ينفي", "تنفي", "ينفون"} <= set(inflect("نفى ينفي"))


def test_every_key_is_described() -> None:
    text = (ROOT / "docs" / "patterns.md").read_text(encoding="utf-8")
    assert [key for keys in KEYS.values() for key in keys if f"`{key}`" not in text] == []
