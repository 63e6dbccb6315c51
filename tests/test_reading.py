"""Whole documents: the bundled samples, and the real ones where they are at hand."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from musnad.config import read_yaml
from musnad.errors import DataError
from musnad.folding import fold
from musnad.model import Document
from musnad.project import Project
from musnad.reading import (
    Refusal,
    Sources,
    find_files,
    read_document,
    read_documents,
    read_sources,
    split_lines,
    uncovered,
)

ROOT = Path(__file__).parents[1]
SHARED = ROOT.parent / "shared"
PROJECT = Project(ROOT)
SAMPLES = sorted(ROOT.glob("mappings/*/examples/*.txt"))
GOLD_KINDS = {"embedded_tweet": "embedded_post", "ui": "interface"}
KEYS = ["summarises", "says", "title", "zones"]
needs_documents = pytest.mark.skipif(
    not (SHARED / "documents").is_dir(), reason="the real documents are not beside the repository"
)


@pytest.fixture(scope="module")
def sources() -> Sources:
    return read_sources(PROJECT)


@pytest.fixture(scope="module")
def real(sources: Sources) -> dict[str, Document]:
    found = list(read_documents(SHARED / "documents", sources))
    return {document.file[:3]: document for document in found if isinstance(document, Document)}


def read_one(path: Path, sources: Sources) -> Document:
    (found,) = read_documents(path, sources)
    assert isinstance(found, Document)
    return found


def spans(document: Document) -> list[tuple[int, int]]:
    return [(zone.start, zone.end) for zone in document.zones]


def words_of(text: str) -> list[str]:
    return re.findall(r"\w+", fold(text).text.lower())


def runs(text: str, length: int) -> set[tuple[str, ...]]:
    words = words_of(text)
    return {tuple(words[i : i + length]) for i in range(len(words) - length + 1)}


def test_no_sample_was_lost() -> None:
    assert len(SAMPLES) == 11
    assert {path.parents[1].name for path in SAMPLES} == {path.parent.name for path in PROJECT.source_files()}


@pytest.mark.parametrize("path", SAMPLES, ids=lambda path: path.stem)
def test_a_sample_is_read_as_its_description_says(path: Path, sources: Sources) -> None:
    about = read_yaml(path.with_suffix(".about.yaml"))
    document = read_one(path, sources)
    assert list(about) == KEYS
    assert document.source == path.parents[1].name
    assert document.title == about["title"]
    assert Counter(zone.kind for zone in document.zones) == about["zones"]
    assert uncovered(split_lines(document.text), spans(document)) == []


@needs_documents
@pytest.mark.parametrize(
    "path",
    sorted(
        path
        for path in (*ROOT.glob("mappings/*/examples/*"), *ROOT.glob("mappings/*/*.yaml"))
        if path.is_file()
    ),
    ids=lambda path: path.name,
)
def test_no_sentence_of_the_documents_is_in_the_repository(path: Path) -> None:
    known = {run for file in (SHARED / "documents").iterdir() for run in runs(file.read_text("utf-8"), 8)}
    assert runs(path.read_text("utf-8"), 8) & known == set()


@needs_documents
def test_the_real_documents_are_recognised(real: dict[str, Document]) -> None:
    assert {number: document.source for number, document in real.items()} == {
        "000": "syrian-memory",
        "001": "ana-press",
        "002": "unnamed-glued-ticker",
        "003": "aggregator",
        "004": "orient-net",
    }
    publishers = [document.publisher for document in real.values()]
    assert publishers == ["syrian-memory", "ana-press", "", "", "orient-net"]


@needs_documents
def test_every_line_of_the_real_documents_is_in_a_zone(real: dict[str, Document]) -> None:
    for document in real.values():
        assert uncovered(split_lines(document.text), spans(document)) == []
        stored = (SHARED / "documents" / document.file).read_bytes().decode("utf-8")
        assert document.text == stored
        assert not any("fit no rule" in note for note in document.notes)


@needs_documents
@pytest.mark.parametrize("number", ["000", "003", "004"])
def test_titles_and_zones_are_those_of_the_gold(number: str, real: dict[str, Document]) -> None:
    gold: dict[str, Any] = json.loads((SHARED / "gold" / f"{number}.json").read_text("utf-8"))
    document = real[number]
    assert words_of(document.title) == words_of(gold["metadata"]["title"])
    for zone in gold["zones"]:
        kind = GOLD_KINDS.get(zone["type"], zone["type"])
        same = [z for z in document.zones if z.kind == kind]
        best = max(
            (
                (min(z.end, zone["end"]) - max(z.start, zone["start"]))
                / (max(z.end, zone["end"]) - min(z.start, zone["start"]))
                for z in same
            ),
            default=0,
        )
        assert best >= 0.9, zone


@needs_documents
def test_the_archive_page_shows_empty_sections_and_one_entry(real: dict[str, Document]) -> None:
    document = real["000"]
    empty = [zone.label for zone in document.zones if zone.empty]
    assert len(empty) == 7
    assert [(entry.label, entry.value) for entry in document.facts] == [
        ("تاريخ التأسيس", "2016/03/07")
    ]  # founded
    assert [zone.kind for zone in document.zones].count("image_file_name") == 1


@needs_documents
def test_the_article_with_a_ticker_has_its_fields(real: dict[str, Document]) -> None:
    document = real["001"]
    assert (document.time, document.views, document.published) == ("15:54", 260, "")
    assert document.url.startswith("http://anapress.net/a/")
    assert Counter(link.kind for link in document.links) == {"ticker": 8, "read_also": 2}
    labels = [zone.label for zone in document.zones if zone.kind == "ticker"]
    assert labels == ["المزيد"]  # more


@needs_documents
def test_the_credits_say_what_they_cover(real: dict[str, Document]) -> None:
    assert [credit.scope for credit in real["002"].credits] == ["document"]
    assert [credit.scope for credit in real["003"].credits] == ["lead_item"]


@needs_documents
def test_the_posts_have_authors_and_dates(real: dict[str, Document]) -> None:
    posts = real["003"].posts
    assert [post.published for post in posts] == ["2024-12-20", "2024-12-16", "2024-12-17"]
    assert [post.handle for post in posts] == ["@SyrianCoalition", "@SyrianCoalition", "@mdughiem1"]
    for post in posts:
        assert post.start < post.text_end <= post.signature_start < post.end
        assert real["003"].text[post.signature_start] == "—"
    assert Counter(link.kind for link in real["003"].links) == {"lead": 1, "read_also": 1, "related": 10}


@needs_documents
def test_comments_are_counted_and_dated_and_no_more(real: dict[str, Document]) -> None:
    document = real["004"]
    assert document.comment_count == 2
    assert [comment.age for comment in document.comments] == ["P7Y3M", "P7Y3M"]
    said = {word for c in document.comments for word in words_of(document.text[c.start : c.end])}
    known = set(words_of(document.title)) | {"التعليقات"}  # comments
    kept = [document.title, *document.notes, *(zone.label for zone in document.zones)]
    assert not {word for words in kept for word in words_of(words)} & said - known


@needs_documents
@pytest.mark.parametrize("number", ["001", "002", "004"])
def test_the_generic_source_finds_title_and_body_too(
    number: str, real: dict[str, Document], sources: Sources
) -> None:
    alone = Sources((), sources.generic)
    known = real[number]
    document = read_document(known.text, "page.txt", alone)
    assert document.title == known.title
    assert "read by the generic source" in document.notes
    (body,) = [zone for zone in document.zones if zone.kind == "body"]
    (expected,) = [zone for zone in known.zones if zone.kind == "body"]
    assert (body.start, body.end) == (expected.start, expected.end)
    assert uncovered(split_lines(document.text), spans(document)) == []


def test_a_missing_folder_is_refused(tmp_path: Path, sources: Sources) -> None:
    with pytest.raises(DataError, match="no such file or folder"):
        find_files(tmp_path / "none")
    with pytest.raises(DataError, match="no document"):
        list(read_documents(tmp_path, sources))


def test_files_are_named_from_the_folder_and_sorted(tmp_path: Path, sources: Sources) -> None:
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "two.txt").write_text("جملة ثانية من كلماتنا.", encoding="utf-8")  # a sentence
    (tmp_path / "a.htm").write_text("<p>جملة أولى من كلماتنا.</p>", encoding="utf-8")  # a sentence
    (tmp_path / "c.pdf").write_bytes(b"%PDF")
    assert [found.file for found in read_documents(tmp_path, sources)] == ["a.htm", "b/two.txt"]


def test_a_bad_document_stops_no_other(tmp_path: Path, sources: Sources) -> None:
    sentence = "قالت هيئة المثال إنها ستجتمع في دمشق."  # an invented body says that it will meet
    (tmp_path / "a.txt").write_bytes(b"")
    (tmp_path / "b.txt").write_text(sentence, encoding="utf-8")
    (tmp_path / "c.txt").write_bytes(bytes(range(256)))
    (tmp_path / "d.txt").write_text(sentence, encoding="utf-8")
    found = list(read_documents(tmp_path, sources))
    assert [type(each) for each in found] == [Refusal, Document, Refusal, Refusal]
    assert isinstance(found[3], Refusal)
    assert found[3].reason == "the same text as b.txt"
