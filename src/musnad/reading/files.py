"""From files to captures: which files there are, and which function reads each format.

A format is one entry in READERS. Chosen over (a) telling formats by their first bytes alone, which makes a
picture out of a broken archive, and (b) one class for each format.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final

from musnad.errors import DataError, UnreadableDocument
from musnad.reading.captures import Capture, Provenance, Refusal
from musnad.reading.encoding import declared, decode
from musnad.reading.html import read_html
from musnad.reading.records import read_records
from musnad.reading.sources import Sources
from musnad.reading.warc import Found, read_wacz, read_warc

MAX_BYTES: Final = 8_000_000
_HTML: Final = (".html", ".htm", ".xhtml")
_REMEDY: Final = "remove it, or capture it again"
Reader = Callable[[Path, str, Sources], Iterator[Capture | Refusal]]


def find_files(path: Path) -> list[Path]:
    """Return a file, or the documents in a folder and below it, sorted; raise DataError if it is missing."""
    if path.is_file():
        return [path]
    if not path.is_dir():
        raise DataError(path, "there is no such file or folder", "give the folder of the documents")
    return sorted(each for each in path.rglob("*") if suffix_of(each) and each.is_file())


def suffix_of(path: Path) -> str:
    """Return the ending by which a file is read, "" where none of ours is.

    >>> suffix_of(Path("a.b.WARC.gz")), suffix_of(Path("a.pdf"))
    ('.warc.gz', '')
    """
    name = path.name.lower()
    return next((suffix for suffix in READERS if name.endswith(suffix)), "")


def read_captures(path: Path, name: str, sources: Sources) -> Iterator[Capture | Refusal]:
    """Yield the captures of a file; raise UnreadableDocument where nothing of it can be read.

    A file with an ending that we do not know is read as text.
    """
    try:
        yield from READERS[suffix_of(path) or ".txt"](path, name, sources)
    except OSError as error:
        problem = f"cannot be read: {error.strerror or error}"
        raise UnreadableDocument(name, problem, "check its permissions") from None


def _read_text(path: Path, name: str, sources: Sources) -> Iterator[Capture | Refusal]:
    del sources
    yield text_capture(_bytes(path, name), name)


def _read_html(path: Path, name: str, sources: Sources) -> Iterator[Capture | Refusal]:
    del sources
    yield html_capture(_bytes(path, name, cut=True), name)


def _bytes(path: Path, name: str, cut: bool = False) -> bytes:
    """Return the bytes of a file; of a longer one the first, or none and UnreadableDocument."""
    if path.stat().st_size > MAX_BYTES and not cut:
        raise UnreadableDocument(name, f"the file has more than {MAX_BYTES:,} bytes", "split it")
    with path.open("rb") as file:
        return file.read(MAX_BYTES + 1)


def text_capture(data: bytes, name: str, label: str = "") -> Capture:
    """Return the capture of a plain text. Line ends stay as they are, a byte order mark does not."""
    text, notes = decode(data, name, label)
    return Capture(name, _worded(text, name), notes)


def html_capture(data: bytes, name: str, label: str = "") -> Capture:
    """Return the capture of an HTML page; what is longer than we read is cut, and said."""
    notes: tuple[str, ...] = ()
    if len(data) > MAX_BYTES:
        data, notes = _whole(data[:MAX_BYTES]), (f"the page is cut after {MAX_BYTES:,} bytes",)
    markup, said = decode(data, name, declared(data, label))
    page = read_html(markup)
    return Capture(
        name=name,
        text=_worded(page.text, name),
        notes=(*said, *notes, *page.notes),
        hints=page.hints,
        metadata=page.metadata,
        listing=page.listing,
        markup=True,
    )


def _whole(data: bytes) -> bytes:
    """Return the bytes without a letter that was cut at their end."""
    end = next((back for back in range(1, 4) if data[-back] & 0xC0 == 0xC0), 0)
    return data[:-end] if end else data


def _worded(text: str, name: str) -> str:
    if not any(letter.isalnum() for letter in text):
        raise UnreadableDocument(name, "the document is empty", _REMEDY)
    return text


def _read_archive(path: Path, name: str, sources: Sources) -> Iterator[Capture | Refusal]:
    del sources
    yield from _pages(read_warc(path, name))


def _read_wacz(path: Path, name: str, sources: Sources) -> Iterator[Capture | Refusal]:
    del sources
    yield from _pages(read_wacz(path, name))


def _pages(records: Iterator[Found | Refusal]) -> Iterator[Capture | Refusal]:
    """Yield a capture for each record; one that cannot be read is refused and ends nothing."""
    for found in records:
        if isinstance(found, Refusal):
            yield found
            continue
        try:
            read = html_capture if found.html else text_capture
            capture = read(found.payload, found.name, found.charset)
        except UnreadableDocument as error:
            yield Refusal(found.name, error.problem, error.remedy)
            continue
        yield _with_provenance(capture, found)


def _with_provenance(capture: Capture, found: Found) -> Capture:
    provenance = Provenance(found.captured, found.target_uri, found.payload_digest)
    return Capture(
        name=capture.name,
        text=capture.text,
        notes=(*found.notes, *capture.notes),
        hints=capture.hints,
        metadata=capture.metadata,
        provenance=provenance,
        listing=capture.listing,
        markup=capture.markup,
    )


# The ending of a file's name → what reads it.
READERS: Final[dict[str, Reader]] = {
    ".txt": _read_text,
    **dict.fromkeys(_HTML, _read_html),
    ".warc": _read_archive,
    ".warc.gz": _read_archive,
    ".wacz": _read_wacz,
    ".jsonl": read_records,
    ".ndjson": read_records,
}
