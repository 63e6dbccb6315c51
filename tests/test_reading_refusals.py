"""What cannot be read is refused with a reason, stops nothing else, and costs no more than its length."""

from __future__ import annotations

import gzip
import os
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest

from musnad.build import Stages
from musnad.model import Document
from musnad.project import Project
from musnad.reading import Refusal, find_files, read_documents, read_files, read_sources

ROOT = Path(__file__).parents[1]
SOURCES = read_sources(Project(ROOT))
DOCUMENTS = int(os.environ.get("MUSNAD_POISON_DOCUMENTS", "240"))
EVERY = 12  # each so many documents a poisoned one
SECONDS = 50.0  # CPU seconds that no page costs, a hundred times what the first one does, and
PER_CHARACTER = 0.01  # so many more for each character
# An invented body says that so-and-so will meet so-and-so in Damascus.
SENTENCE = "قالت هيئة المثال إن فلان الفلاني سيلتقي علان العلاني في دمشق يوم 3 آذار 2017، رقم {}."
T = TypeVar("T")


def bad_files() -> dict[str, bytes]:
    """Return files that hold no document, by name."""
    page = SENTENCE.format(1)
    warc = gzip.compress(
        b"WARC/1.0\r\nWARC-Type: resource\r\nContent-Length: 9000\r\n\r\n" + os.urandom(9000)
    )
    menu = "\n".join(("الرئيسية", "سياسة", "اقتصاد", "رياضة", "ثقافة", "من نحن", "اتصل بنا"))  # a menu
    heads = "\n".join(f"خبر رقم {number} عن سوق القرى" for number in range(14))  # news of a market
    teasers = "\n".join(f"{SENTENCE.format(number)} … المزيد" for number in range(3))  # more
    cyrillic = "Совет деревень решил исправить дорогу к рынку до конца года. " * 20
    return {
        "binary.txt": bytes(range(256)) * 40,
        "empty.txt": b"",
        "english.txt": ("The council of villages will repair the road to the market. " * 20).encode(),
        "garbled.txt": page.encode().decode("windows-1256", "replace").encode() * 3,
        "headlines.txt": heads.encode(),
        "huge.txt": "ا".encode() * 25_000_000,
        "lies.html": b'<meta charset="utf-8"><p>' + cyrillic.encode("koi8-r") + b"</p>",
        "many.txt": teasers.encode(),
        "menu.txt": menu.encode(),
        "nul.txt": page.encode() + b"\x00" * 40 + page.encode(),
        "spaces.txt": b" \n\t\n" * 900,
        "truncated.warc.gz": warc[: len(warc) // 2],
        "utf16.txt": b"\xff\xfe" + page.encode("utf-16-le") + b"\x00",
    }


def poison(number: int) -> bytes:
    """Return the text of a page that was made to do harm."""
    texts = (
        "(" * 10_000 + SENTENCE + ")" * 10_000,
        "ا" * 60_000 + SENTENCE,
        "«قال فلان " * 600 + SENTENCE,
        "فلان الفلاني، " * 1_200,
        "وفلان الفلاني " * 600 + "رئيس " * 600,
        "\u202e\u2066" * 4_000 + SENTENCE + "\u202c\u2069" * 4_000,
        SENTENCE + "ن" + "\u064e" * 40_000,
        "قال إن " * 1_200 + SENTENCE,
        "12 تموز 2017 " * 900 + "\n" + SENTENCE,
        "- " * 9_000 + SENTENCE + " | " * 9_000,
        "1- فلان الفلاني رئيس هيئة المثال.\n" * 500,
        SENTENCE + "\x00" * 50,
        SENTENCE + "\ufffd" * 50 + "\x1b[31m" * 20,
        "المصدر: " * 2_000 + "\n" + "حقوق النشر " * 2_000 + "\n" + SENTENCE,
    )
    text = texts[number % len(texts)].replace("{}", str(number))
    return f"{text}\n{number}\n".encode() + (b"\xff\xfe\xc3" if number % 5 == 4 else b"")


def test_every_bad_file_is_refused_with_a_reason(tmp_path: Path) -> None:
    pytest.importorskip("fastwarc", reason="web archives need the extra `warc`")
    for name, data in bad_files().items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "zz.txt").write_text(SENTENCE.format(2), encoding="utf-8")
    found = list(read_documents(tmp_path, SOURCES))
    refused = {each.file.partition("#")[0]: each for each in found if isinstance(each, Refusal)}
    assert sorted(refused) == sorted(bad_files())
    assert all(each.reason and each.remedy for each in refused.values())
    assert [each.file for each in found if isinstance(each, Document)] == ["zz.txt"]


def test_a_page_with_a_lying_charset_is_read_and_noted(tmp_path: Path) -> None:
    page = f'<meta charset="utf-8"><p>{SENTENCE.format(1)} {SENTENCE.format(2)}</p>'
    (tmp_path / "a.html").write_bytes(page.encode("windows-1256"))
    (found,) = read_documents(tmp_path, SOURCES)
    assert isinstance(found, Document)
    assert any("windows-1256" in note for note in found.notes)


class Watch:
    """A progress that measures what each document costs from its reading to its last row."""

    def __init__(self) -> None:
        self.costs: list[tuple[str, int, float]] = []

    def __call__(self, items: Iterable[T], label: str, total: int | None = None) -> Iterator[T]:
        """Yield the items, and note the CPU seconds between one and the next."""
        del label, total
        last = time.process_time()
        for thing in items:
            yield thing
            now = time.process_time()
            if isinstance(thing, Document):
                self.costs.append((thing.file, len(thing.text), now - last))
            last = now


def test_poisoned_pages_stop_no_other_and_cost_a_bounded_time(tmp_path: Path) -> None:
    files = tmp_path / "documents"
    files.mkdir()
    for number in range(DOCUMENTS):
        text = poison(number // EVERY) if number % EVERY == 5 else SENTENCE.format(number).encode()
        (files / f"{number:06}.txt").write_bytes(text)
    watch = Watch()
    named = [(path, path.name) for path in find_files(files)]
    counts, refused = Stages.of(Project(ROOT), watch).tables(named, tmp_path / "tables")
    assert counts["documents"] + len(refused) == DOCUMENTS
    assert all(int(each.file[:6]) % EVERY == 5 and each.reason for each in refused)
    dear = [cost for cost in watch.costs if cost[2] > SECONDS + PER_CHARACTER * cost[1]]
    assert dear == []


def test_the_same_poison_is_read_the_same(tmp_path: Path) -> None:
    for number in range(28):
        (tmp_path / f"{number}.txt").write_bytes(poison(number))
    named = [(path, path.name) for path in find_files(tmp_path)]
    assert list(read_files(named, SOURCES)) == list(read_files(named, SOURCES))
