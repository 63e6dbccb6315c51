"""From files to text: which files, in which encoding, and the words of an HTML page.

UTF-8 first, strictly; then the two Arabic code pages, taken only where the result looks like Arabic. Chosen
over (a) a statistical detector, which guesses where we must refuse, and (b) replacement characters, which
lose letters without a word.
"""

from __future__ import annotations

import codecs
import re
from html.parser import HTMLParser
from pathlib import Path
from typing import Final

from musnad.errors import DataError, UnreadableDocument

SUFFIXES: Final = frozenset({".txt", ".html", ".htm"})
_MAX_BYTES: Final = 5_000_000
_CONTROL: Final = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_ARABIC: Final = re.compile(r"[\u0621-\u064a]")
_REMEDY: Final = "save it as UTF-8"
_DROPPED: Final = frozenset({"script", "style", "noscript", "template", "svg", "title", "iframe", "select"})
_INLINE: Final = frozenset(
    (
        *("a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "data", "dfn", "em", "font", "i", "img"),
        *("ins", "kbd", "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u"),
        *("var", "wbr"),
    )
)
_SPACED: Final = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "div", "article", "section", "ul", "ol"})


def find_files(path: Path) -> list[Path]:
    """Return a file, or the documents in a folder and below it, sorted; raise DataError if it is missing."""
    if path.is_file():
        return [path]
    if not path.is_dir():
        raise DataError(path, "there is no such file or folder", "give the folder of the documents")
    return sorted(each for each in path.rglob("*") if each.suffix.lower() in SUFFIXES and each.is_file())


def read_capture(path: Path, name: str) -> tuple[str, tuple[str, ...]]:
    """Return the text of a file and what its editor should know, or raise UnreadableDocument.

    Line ends stay as they are, a byte order mark does not. Of an HTML file the text is that of its lines.
    """
    try:
        if path.stat().st_size > _MAX_BYTES:
            raise UnreadableDocument(name, f"the file has more than {_MAX_BYTES} bytes", "split it")
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableDocument(name, f"cannot be read: {error.strerror}", "check its permissions") from None
    text, notes = decode(data, name)
    if path.suffix.lower() in {".html", ".htm"}:
        text, lost = html_text(text)
        notes = (*notes, *lost)
    if not any(letter.isalnum() for letter in text):
        raise UnreadableDocument(name, "the document is empty", "remove it, or capture it again")
    return text, notes


def decode(data: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    """Return the text of the bytes and notes on their encoding, or raise UnreadableDocument.

    >>> decode("قال".encode("utf-8-sig"), "a.txt")
    ('قال', ())
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _utf16(data, name)
    if (nul := data.find(b"\x00")) >= 0:
        raise UnreadableDocument(name, f"not a text: byte {nul} is NUL", _REMEDY)
    try:
        text, notes = data.decode("utf-8-sig"), ()
    except UnicodeDecodeError as error:
        return _code_page(data, name, error.start)
    _check(text, name)
    return text, notes


def _utf16(data: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    try:
        text = data.decode("utf-16")
    except UnicodeDecodeError as error:
        raise UnreadableDocument(name, f"byte {error.start} is not UTF-16", _REMEDY) from None
    _check(text, name)
    return text, ("decoded as UTF-16",)


def _code_page(data: bytes, name: str, place: int) -> tuple[str, tuple[str, ...]]:
    """Return the text by the code page that gives the likeliest Arabic."""
    found: list[tuple[float, str, str]] = []
    for encoding in ("windows-1256", "iso8859-6"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if (score := _likeness(text)) > 0:
            found.append((score, encoding, text))
    if not found:
        raise UnreadableDocument(
            name, f"byte {place} is not UTF-8, and the file is in no Arabic code page", _REMEDY
        )
    _, encoding, text = max(found)
    _check(text, name)
    return text, (f"decoded as {encoding}",)


def _likeness(text: str) -> float:
    """Return how often the article begins a word, 0 where most of the letters are not Arabic."""
    wide = [letter for letter in text if ord(letter) > 127 and not letter.isspace()]
    words = re.findall(r"[\u0621-\u064a]{2,}", text)
    if not words or sum(bool(_ARABIC.match(letter)) for letter in wide) < 0.85 * len(wide) or _garbled(text):
        return 0.0
    return sum("ال" in word[:4] for word in words) / len(words)  # the article


def _garbled(text: str) -> bool:
    """Tell whether UTF-8 was once read as windows-1256: every other letter is then «ط» or «ظ»."""
    letters = _ARABIC.findall(text)
    return len(letters) >= 20 and sum(letter in "طظ" for letter in letters) > 0.25 * len(letters)


def _check(text: str, name: str) -> None:
    controls = [found.start() for found in _CONTROL.finditer(text)]
    if len(controls) > 0.01 * len(text):
        raise UnreadableDocument(name, f"not a text: character {controls[0]} is a control character", _REMEDY)
    if text.count("\ufffd") > 0.01 * len(text):
        raise UnreadableDocument(name, f"letters were lost at character {text.find(chr(0xFFFD))}", _REMEDY)
    if _garbled(text):
        raise UnreadableDocument(name, "UTF-8 that was read as windows-1256 and saved again", _REMEDY)


def html_text(markup: str) -> tuple[str, tuple[str, ...]]:
    r"""Return the lines of an HTML page, without scripts, styles and forms, and notes on what was lost.

    >>> html_text("<title>x</title><h1>عنوان</h1><p>نص <b>غامق</b>.</p>")[0]
    'عنوان\n\nنص غامق.\n'
    """
    reader = _Words()
    reader.feed(markup)
    reader.close()
    lines = "".join(reader.words).split("\n")
    text = "\n".join(" ".join(line.split()) for line in lines)
    lost = (f"the text after an unclosed <{reader.dropped[0]}> is lost",) if reader.dropped else ()
    return re.sub(r"\n{3,}", "\n\n", text).strip("\n") + "\n", ("the text was taken from HTML", *lost)


class _Words(HTMLParser):
    """Collects the words of a page; elements of the block kind begin and end lines."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self.dropped: list[str] = []  # the open elements of the outermost name that is dropped

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a line, or begin to drop."""
        del attrs
        if self.dropped:
            self.dropped += [tag] * (tag == self.dropped[0])
        elif tag in _DROPPED:
            self.dropped.append(tag)
        else:
            self._break(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a line; an element that is closed at once holds nothing to drop."""
        del attrs
        if not self.dropped:
            self._break(tag)

    def handle_endtag(self, tag: str) -> None:
        """End a line, or end what is dropped."""
        if not self.dropped:
            self._break(tag)
        elif tag == self.dropped[-1]:
            self.dropped.pop()

    def handle_data(self, data: str) -> None:
        """Keep the words."""
        if not self.dropped:
            self.words.append(re.sub(r"\s+", " ", data))

    def _break(self, tag: str) -> None:
        if tag not in _INLINE:
            self.words.append("\n\n" if tag in _SPACED else "\n")
