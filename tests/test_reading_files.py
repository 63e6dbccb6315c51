"""Files: encodings, line ends, HTML."""

from __future__ import annotations

from pathlib import Path

import pytest

from musnad.errors import UnreadableDocument
from musnad.reading.files import decode, html_text, read_capture

WORDS = "قالت هيئة المثال إن الوفد وصل إلى المدينة، وإن اللقاء سيعقد في القاعة بعد أيام."  # invented


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
        (WORDS.encode()[:-3] + b"\xd9", "is not UTF-8"),
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


@pytest.mark.parametrize("words", ["", " \n\ufeff\u200f\n", "... --- ...", "<p></p>"])
def test_a_document_without_words_is_empty(words: str, tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    path.write_text(words, encoding="utf-8")
    with pytest.raises(UnreadableDocument, match="empty"):
        read_capture(path, "a.html")


def test_line_ends_stay_as_they_are(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes("أ\r\nب\n".encode())
    assert read_capture(path, "a.txt")[0] == "أ\r\nب\n"


def test_scripts_and_styles_are_no_words() -> None:
    markup = (
        "<style>p{}</style><p>أ<script>var x = '<p>ب</p>'</script> ج</p><br/>د&amp;ه<svg><text>و</text></svg>"
    )
    text, notes = html_text(markup)
    assert text.split() == ["أ", "ج", "د&ه"]
    assert notes == ("the text was taken from HTML",)


def test_what_html_loses_is_said() -> None:
    text, notes = html_text("<p>أ</p><iframe><p>ب</p>")
    assert text == "أ\n"
    assert "unclosed <iframe>" in notes[1]
