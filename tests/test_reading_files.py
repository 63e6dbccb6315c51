"""Files: encodings, line ends, HTML, and what is refused."""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from musnad.errors import UnreadableDocument
from musnad.model import Document
from musnad.project import Project
from musnad.reading import Capture, Refusal, read_files, read_sources
from musnad.reading.encoding import declared, decode
from musnad.reading.files import MAX_BYTES, html_capture, read_captures

ROOT = Path(__file__).parents[1]
SOURCES = read_sources(Project(ROOT))
WORDS = "قالت هيئة المثال إن الوفد وصل إلى المدينة، وإن اللقاء سيعقد في القاعة بعد أيام."  # invented


def capture_of(path: Path) -> Capture:
    (found,) = read_captures(path, path.name, SOURCES)
    assert isinstance(found, Capture)
    return found


def read_one(path: Path) -> Document | Refusal:
    (found,) = read_files([(path, path.name)], SOURCES)
    return found


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    assert decode(WORDS.encode("utf-8-sig"), "a.txt") == (WORDS, ())


@pytest.mark.parametrize("encoding", ["windows-1256", "iso8859-6"])
def test_arabic_code_pages_are_told_by_their_words(encoding: str) -> None:
    text, notes = decode(WORDS.encode(encoding, errors="replace"), "a.txt")
    assert text.replace("?", "،") == WORDS.replace("?", "،")
    assert notes == (f"decoded as {encoding}",)


def test_utf_16_needs_its_mark() -> None:
    assert decode(WORDS.encode("utf-16"), "a.txt") == (WORDS, ("decoded as UTF-16",))
    with pytest.raises(UnreadableDocument, match="NUL"):
        decode("plain".encode("utf-16-le"), "a.txt")


@pytest.mark.parametrize(
    ("data", "problem"),
    [
        (b"ab\x00cd", "byte 2 is NUL"),
        ("café déjà vu".encode("latin-1"), "byte 3 is not UTF-8"),
        (WORDS.encode()[:-3] + b"\xd9", "lost|is not UTF-8"),
        (WORDS.encode() + WORDS.encode("windows-1256"), "is not UTF-8"),
        (b"\x01\x02\x03 text", "control character"),
        ((WORDS[:20] + "\ufffd").encode(), "letters were lost"),
        (WORDS.encode().decode("windows-1256", errors="replace").encode(), "letters were lost|windows-1256"),
        (b"\xff\xfea", "is not UTF-16"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(data: bytes, problem: str) -> None:
    with pytest.raises(UnreadableDocument, match=problem) as caught:
        decode(data, "a.txt")
    assert caught.value.remedy
    assert caught.value.where == "a.txt"


def test_padding_at_the_end_of_a_text_is_left_out() -> None:
    text, notes = decode(WORDS.encode("windows-1256", errors="replace") + b"\n\x00\x00\n", "a.txt")
    assert text.replace("?", "،") == WORDS.replace("?", "،")
    assert notes == ("decoded as windows-1256", "2 NUL bytes at the end left out")


def test_few_lost_letters_are_noted() -> None:
    data = (WORDS * 20).encode() + b"\xd9"
    text, notes = decode(data, "a.txt")
    assert text == WORDS * 20 + "\ufffd"
    assert notes == (f"decoded as UTF-8 with 1 letters lost, the first at byte {len(data) - 1}",)


@pytest.mark.parametrize(
    ("markup", "label"),
    [
        (b'<?xml version="1.0" encoding="ISO-8859-6"?><html>', "iso-8859-6"),
        (b"<html><head><meta charset=windows-1256>", "windows-1256"),
        (b'<meta http-equiv="Content-Type" content="text/html; charset=utf-8">', "utf-8"),
        (b"<html>", ""),
    ],
)
def test_a_page_says_its_encoding(markup: bytes, label: str) -> None:
    assert declared(markup) == label
    assert declared(markup, "UTF-8") == "utf-8"


@pytest.mark.parametrize(
    ("label", "encoding", "notes"),
    [
        (
            "utf-8",
            "windows-1256",
            ("decoded as windows-1256", "the page says that it is utf-8, and is windows-1256"),
        ),
        ("windows-1256", "utf-8", ("the page says that it is windows-1256, and is utf-8",)),
        ("windows-1256", "windows-1256", ("decoded as windows-1256",)),
        ("utf-7", "utf-8", ("the page says that it is utf-7, and is utf-8",)),
        ("no-such", "utf-8", ("the page says that it is no-such, and is utf-8",)),
        ("utf-8", "utf-8", ()),
    ],
)
def test_a_label_that_lies_is_noted(label: str, encoding: str, notes: tuple[str, ...]) -> None:
    page = f"<html><head><meta charset={label}></head><body><p>{WORDS}</p></body></html>"
    capture = html_capture(page.encode(encoding), "a.html")
    assert capture.text == f"{WORDS}\n"
    assert capture.notes == (*notes, "the text was taken from HTML")


@pytest.mark.parametrize("words", ["", " \n\ufeff\u200f\n", "... --- ...", "<p></p>"])
def test_a_document_without_words_is_empty(words: str, tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(words, encoding="utf-8")
    with pytest.raises(UnreadableDocument, match="empty"):
        capture_of(path)


def test_line_ends_stay_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("أ\r\nب\n".encode())
    assert capture_of(path).text == "أ\r\nب\n"


def page_of(items: int) -> str:
    """Return a page that shows so many headlines of news of the weather, each with a teaser."""
    each = f"<article><h2><a href=#>خبر عن أحوال الطقس في الجبال</a></h2><p>{WORDS}</p></article>"  # weather
    return "<h1>أخبار</h1>" + each * items  # news


BAD = {
    "empty.txt": (b"", "empty"),
    "binary.txt": (bytes(range(256)) * 10, "NUL"),
    "long.txt": (b"a" * (MAX_BYTES + 1), "more than"),
    "clipped.warc.gz": (
        gzip.compress(b"WARC/1.1\r\nWARC-Type: response\r\n" * 50)[:-20],
        "truncated at byte",
    ),
    "foreign.html": (
        b"<h1>Talks in Geneva</h1><p>The talks took place in the evening.</p>",
        "another language",
    ),
    "menu.html": (
        "".join(f"<li>باب {n}</li>" for n in range(9)).encode(),
        "nothing but navigation",
    ),  # chapter
    "listing.html": (page_of(6).encode(), "list of headlines"),
    "charset.html": (f"<p>{WORDS}</p>".encode("utf-16-le"), "NUL"),
    "garbled.txt": (WORDS.encode().decode("windows-1256", errors="ignore").encode(), "windows-1256"),
    "archive.wacz": (b"PK\x03\x04 no zip", "not a whole WACZ"),
    "records.jsonl": (b"", "empty"),
}


def test_each_bad_file_is_refused_and_the_others_are_read(tmp_path: Path) -> None:
    for name, (data, _) in BAD.items():
        (tmp_path / name).write_bytes(data)
    (tmp_path / "z.txt").write_text(WORDS, encoding="utf-8")
    found = list(read_files(((path, path.name) for path in sorted(tmp_path.iterdir())), SOURCES))
    assert [type(each) for each in found] == [Refusal] * len(BAD) + [Document]
    for each in found[:-1]:
        assert isinstance(each, Refusal)
        assert BAD[each.file.partition("#")[0]][1] in each.reason
        assert each.remedy


def test_a_long_page_is_cut_and_says_so() -> None:
    capture = html_capture(f"<p>{WORDS}</p>".encode() + "<p>ب</p>".encode() * 1_200_000, "a.html")
    assert capture.text.startswith(WORDS)
    assert f"the page is cut after {MAX_BYTES:,} bytes" in capture.notes
