"""JSON Lines: each line a document of the source that describes its fields."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import orjson
import pytest

from musnad.errors import MappingError
from musnad.model import Document
from musnad.project import Project
from musnad.reading import Refusal, Sources, read_files, read_source, read_sources

ROOT = Path(__file__).parents[1]
LABEL = "label: {ar: مثال, en: Example}\n"  # an example
FIELDS = (
    "records:\n  format: json-lines\n  id: key\n  title: head\n  text: body\n  url: link\n  published: day\n"
)
TEXT = "أعلنت هيئة المثال أن لقاء القرى سينعقد في القاعة الكبرى، وأن فلان الفلاني سيرأس الوفد."  # invented
RECORD = {
    "key": 1,
    "head": "لقاء القرى",
    "body": TEXT,
    "link": "https://news.example/1",
    "day": "2019-05-02",
}  # a meeting


def sources_of(tmp_path: Path, words: str = FIELDS + "  ignore: [page]\n") -> Sources:
    path = tmp_path / "example" / "source.yaml"
    path.parent.mkdir(exist_ok=True)
    path.write_text(LABEL + words, encoding="utf-8")
    return Sources((read_source(path),), read_sources(Project(ROOT)).generic)


def read(tmp_path: Path, *lines: Any, words: str = FIELDS + "  ignore: [page]\n") -> list[Document | Refusal]:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"\n".join(line if isinstance(line, bytes) else orjson.dumps(line) for line in lines))
    return list(read_files([(path, "a.jsonl")], sources_of(tmp_path, words)))


def test_a_line_is_a_document(tmp_path: Path) -> None:
    first, second = read(
        tmp_path,
        RECORD,
        b"",
        RECORD | {"key": 2, "page": 7, "body": TEXT + " " + TEXT, "link": None, "day": "12 تموز 2017"},
    )  # 12 July 2017
    assert isinstance(first, Document)
    assert isinstance(second, Document)
    assert (first.file, second.file) == ("a.jsonl:1", "a.jsonl:3")
    assert (first.source, first.title, first.url) == (
        "example",
        "لقاء القرى",
        "https://news.example/1",
    )  # a meeting
    assert (first.published, second.published, second.url) == ("2019-05-02", "2017-07-12", "")
    assert first.text == f"لقاء القرى\n\n{TEXT}\n"  # a meeting
    assert [zone.kind for zone in first.zones] == ["title", "body"]


def test_a_record_may_lack_a_title(tmp_path: Path) -> None:
    (document,) = read(tmp_path, RECORD | {"head": ""})
    assert isinstance(document, Document)
    assert (document.title, [zone.kind for zone in document.zones]) == ("", ["body"])


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (RECORD | {"lang": "ar", "tags": []}, "example: no rule for the fields lang, tags"),
        ({"text": "x"}, "no source describes records of text"),
        (b"{broken", "not JSON"),
        (b"[1]", "not a record"),
        (b"\xff\xfe{}", "not JSON"),
        (RECORD | {"body": None}, "the record has no text"),
        (RECORD | {"body": ["x"]}, "the field 'body' is no text"),
        (RECORD | {"body": "A text in English, of words enough. " * 3}, "another language"),
    ],
)
def test_a_bad_line_is_refused_and_the_others_are_read(tmp_path: Path, line: Any, reason: str) -> None:
    bad, good = read(tmp_path, line, RECORD | {"key": 2})
    assert isinstance(bad, Refusal)
    assert bad.file == "a.jsonl:1"
    assert reason in bad.reason
    assert bad.remedy
    assert isinstance(good, Document)


def test_an_id_is_given_once(tmp_path: Path) -> None:
    _, bad = read(tmp_path, RECORD, RECORD | {"body": TEXT + TEXT})
    assert isinstance(bad, Refusal)
    assert bad.reason == "the id '1' is that of line 1 too"


def test_what_is_no_date_and_no_address_is_noted(tmp_path: Path) -> None:
    (document,) = read(tmp_path, RECORD | {"day": "soon", "link": "javascript:x"})
    assert isinstance(document, Document)
    assert (document.published, document.url) == ("", "")
    assert len([note for note in document.notes if note.startswith("the ")]) == 2


def test_the_source_that_speaks_of_the_most_fields_is_taken(tmp_path: Path) -> None:
    sources = sources_of(tmp_path)
    other = tmp_path / "other" / "source.yaml"
    other.parent.mkdir()
    other.write_text(LABEL + "records: {format: json-lines, text: body}\n", encoding="utf-8")
    both = Sources((*sources.known, read_source(other)), sources.generic)
    path = tmp_path / "a.jsonl"
    path.write_bytes(orjson.dumps(RECORD) + b"\n" + orjson.dumps({"body": TEXT}))
    found = [each for each in read_files([(path, "a")], both) if isinstance(each, Document)]
    assert [each.source for each in found] == ["example", "example"]


@pytest.mark.parametrize(
    ("words", "problem"),
    [
        ("records: {format: csv, text: a}\n", r":2: format cannot be 'csv'"),
        ("records: {format: json-lines}\n", r"missing key 'text'"),
        ("records: {format: json-lines, text: a, heading: b}\n", r"unknown key 'heading'"),
        ("records: {format: json-lines, text: a, title: a}\n", r"a is there twice"),
        ("records: {format: json-lines, text: a, ignore: [a]}\n", r"a is there twice"),
        ("records: {format: json-lines, text: 5}\n", r"5 is not the name of a field"),
        ("records: {format: json-lines, text: a, ignore: b}\n", r"None is not the name of a field"),
        ("records: words\n", r"records must hold keys and values"),
    ],
)
def test_a_malformed_description_is_refused(tmp_path: Path, words: str, problem: str) -> None:
    with pytest.raises(MappingError, match=problem):
        sources_of(tmp_path, words)
