"""From bytes to letters: the encoding that the content shows, whatever its label says.

A byte order mark first, then UTF-8, strictly; then the two Arabic code pages, taken only where the result
looks like Arabic. A label (HTTP, XML, meta) decides between what the content allows, and a label that lies is
noted. Chosen over (a) a statistical detector, which guesses where we must refuse, and (b) replacement
characters, which lose letters without a word.
"""

from __future__ import annotations

import codecs
import re
from typing import Final

from musnad.errors import UnreadableDocument

_CONTROL: Final = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_ARABIC: Final = re.compile(r"[\u0621-\u064a]")
_REMEDY: Final = "save it as UTF-8"
_FILLING: Final = b"\x00\r\n\t "  # what old systems fill the end of a text with, and blanks around it
_LABEL: Final = re.compile(
    rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']?\s*([\w.:-]{2,40})"""
    rb"""|<meta[^>]{0,300}?charset\s*=\s*["']?\s*([\w.:-]{2,40})""",
    re.IGNORECASE,
)
_PAGES: Final = ("windows-1256", "iso8859-6")
_ARTICLE: Final = "ال"  # the
_SWAPPED: Final = "طظ"  # what the first bytes of Arabic UTF-8 are in windows-1256
_LOST: Final = 0.01  # share of the letters that may be lost


def declared(data: bytes, transport: str = "") -> str:
    """Return the encoding that a page says it has: by its transport, else in its first 2,048 bytes.

    https://html.spec.whatwg.org/multipage/parsing.html#determining-the-character-encoding

    >>> declared(b'<meta http-equiv=x content="text/html; charset=Windows-1256">')
    'windows-1256'
    """
    found = _LABEL.search(data[:2048])
    inside = (found[1] or found[2]).decode("ascii", "replace") if found else ""
    return (transport or inside).strip().lower()


def decode(data: bytes, name: str, label: str = "") -> tuple[str, tuple[str, ...]]:
    """Return the text of the bytes and notes on their encoding, or raise UnreadableDocument.

    >>> decode("قال".encode("utf-8-sig"), "a.txt")
    ('قال', ())
    """
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return _utf16(data, name)
    bare = data.rstrip(_FILLING)
    end = data.count(b"\x00", len(bare))
    data = bare if end else data
    if (nul := data.find(b"\x00")) >= 0:
        raise UnreadableDocument(name, f"not a text: byte {nul} is NUL", _REMEDY)
    try:
        text, used = data.decode("utf-8-sig"), "utf-8"
    except UnicodeDecodeError as error:
        text, used = _other(data, name, error, _codec(label))
    _check(text, name)
    notes: tuple[str, ...] = (f"decoded as {used}",) if used != "utf-8" else ()
    if end:
        notes += (f"{end} NUL bytes at the end left out",)
    return text, notes + _lie(label, used, data)


def _lie(label: str, used: str, data: bytes) -> tuple[str, ...]:
    """Return a note on a label that the content contradicts; letters of ASCII contradict none."""
    if not label or data.isascii():
        return ()
    known = _codec(label)
    if known == _codec(used) or (known and known.startswith("utf-8") and used == "utf-8"):
        return ()
    return (f"the page says that it is {label}, and is {used}",)


def _codec(label: str) -> str:
    """Return Python's name of an encoding, "" where it has none."""
    try:
        return codecs.lookup(label).name if label else ""
    except LookupError:
        return ""


def _utf16(data: bytes, name: str) -> tuple[str, tuple[str, ...]]:
    try:
        text = data.decode("utf-16")
    except UnicodeDecodeError as error:
        raise UnreadableDocument(name, f"byte {error.start} is not UTF-16", _REMEDY) from None
    _check(text, name)
    return text, ("decoded as UTF-16",)


def _other(data: bytes, name: str, error: UnicodeDecodeError, label: str) -> tuple[str, str]:
    """Return the text of bytes that are not UTF-8, and the encoding that they are in.

    Few bad bytes in a text that is UTF-8 otherwise are marked as lost; else the Arabic code page that gives
    the likeliest words, the declared one among equals.
    """
    repaired = data.decode("utf-8-sig", errors="replace")
    lost = repaired.count("\ufffd")
    if len(_ARABIC.findall(repaired)) > 100 * lost and lost <= _LOST * len(repaired):
        return repaired, f"UTF-8 with {lost} letters lost, the first at byte {error.start}"
    found: list[tuple[float, bool, str, str]] = []
    for encoding in _PAGES:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if (score := _likeness(text)) > 0:
            found.append((score, _codec(encoding) == label, encoding, text))
    if not found:
        problem = f"byte {error.start} is not UTF-8, and the file is in no Arabic code page"
        raise UnreadableDocument(name, problem, _REMEDY)
    _, _, encoding, text = max(found)
    return text, encoding


def _likeness(text: str) -> float:
    """Return how often the article begins a word, 0 where most of the letters are not Arabic."""
    wide = [letter for letter in text if ord(letter) > 127 and not letter.isspace()]
    words = re.findall(r"[\u0621-\u064a]{2,}", text)
    if not words or sum(bool(_ARABIC.match(letter)) for letter in wide) < 0.85 * len(wide) or _garbled(text):
        return 0.0
    return sum(_ARTICLE in word[:4] for word in words) / len(words)


def _garbled(text: str) -> bool:
    """Tell whether UTF-8 was once read as windows-1256: every other letter is then one of two."""
    letters = _ARABIC.findall(text)
    return len(letters) >= 20 and sum(letter in _SWAPPED for letter in letters) > 0.25 * len(letters)


def _check(text: str, name: str) -> None:
    controls = _CONTROL.search(text)
    if controls and len(_CONTROL.findall(text)) > 0.01 * len(text):
        place = controls.start()
        raise UnreadableDocument(name, f"not a text: character {place} is a control character", _REMEDY)
    if text.count("\ufffd") > _LOST * len(text):
        raise UnreadableDocument(name, f"letters were lost at character {text.find(chr(0xFFFD))}", _REMEDY)
    if _garbled(text):
        raise UnreadableDocument(name, "UTF-8 that was read as windows-1256 and saved again", _REMEDY)
