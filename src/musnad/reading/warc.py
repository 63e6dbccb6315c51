"""From web archives to pages: WARC, plain or gzipped, and WACZ.

Responses, resources and conversions that are HTML or text become pages; a fault in one record costs this
record and is reported with its place. Records that hold no page are counted, and the last page of the archive
notes how many. fastwarc parses records and decodes what HTTP encoded (extra `warc`). Chosen over (a) warcio,
which drops a truncated record without a word, and (b) our own HTTP parser.

https://iipc.github.io/warc-specifications/specifications/warc-format/warc-1.1/,
https://specs.webrecorder.net/wacz/1.1.1/
"""

from __future__ import annotations

import importlib
import re
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from musnad.errors import UnreadableDocument
from musnad.reading.captures import Refusal
from musnad.reading.members import FREE, MAX_RATIO, Members

MAX_RECORD: Final = 16_000_000
_MAX_HEAD: Final = 32_768
_LENGTH: Final = re.compile(
    rb"^content-length[ \t]*:[ \t]*(\d{1,20})[ \t]*\r?$", re.IGNORECASE | re.MULTILINE
)
_DATE: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?Z\Z")
_ADDRESS: Final = re.compile(r"https?://[^\s<>\"{}|\\^`]{1,2000}\Z")
_HTML: Final = frozenset({"text/html", "application/xhtml+xml"})
_BEGINS: Final = re.compile(
    rb"\s*(?:<!--.{0,500}?-->\s*)?<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL
)
_PAGES: Final = frozenset({"response", "resource", "conversion"})
_KIND: Final = re.compile(rb"^warc-type[ \t]*:[ \t]*(\w+)", re.IGNORECASE | re.MULTILINE)
_ZIP_FAULTS: Final = (zipfile.BadZipFile, RuntimeError, NotImplementedError, zlib.error, EOFError)


@dataclass(frozen=True, slots=True)
class Found:
    """A page of an archive: its bytes, and what the headers of its record say."""

    name: str
    payload: bytes
    html: bool
    charset: str = ""
    target_uri: str = ""
    captured: str = ""
    payload_digest: str = ""
    notes: tuple[str, ...] = ()


def read_warc(path: Path, name: str) -> Iterator[Found | Refusal]:
    """Yield the pages of a WARC file and a refusal for each fault; the last page notes what was passed over.

    A page is named `name#id` by the id of its record, or by its offset where it has none.
    """
    passed: Counter[str] = Counter()
    with path.open("rb") as file:
        yield from _with_count(_records(Members(file, name), passed, ""), passed, name)


def read_wacz(path: Path, name: str) -> Iterator[Found | Refusal]:
    """Yield the pages of all archives in a WACZ file, as `read_warc` does."""
    passed: Counter[str] = Counter()
    try:
        with zipfile.ZipFile(path) as package:
            yield from _with_count(_packed(package, name, passed), passed, name)
    except _ZIP_FAULTS as error:
        raise UnreadableDocument(name, f"not a whole WACZ: {error}", "fetch the archive again") from None


def _packed(package: zipfile.ZipFile, name: str, passed: Counter[str]) -> Iterator[Found | Refusal]:
    inner = [each for each in package.infolist() if each.filename.lower().endswith((".warc", ".warc.gz"))]
    if not inner:
        yield Refusal(name, "no archive (.warc, .warc.gz) in it", "check that it is a WACZ")
    for each in sorted(inner, key=lambda info: info.filename):
        if each.file_size > max(FREE, MAX_RATIO * each.compress_size):
            problem = f"{each.filename} decompresses to more than {MAX_RATIO} times its size"
            yield Refusal(f"{name}#{each.filename}", problem, "leave it out")
            continue
        try:
            with package.open(each) as file:
                yield from _records(Members(file, name), passed, f"{each.filename}:")
        except _ZIP_FAULTS as error:
            yield Refusal(f"{name}#{each.filename}", f"cannot be read: {error}", "fetch the archive again")


def _with_count(
    found: Iterator[Found | Refusal], passed: Counter[str], name: str
) -> Iterator[Found | Refusal]:
    """Yield everything; the last page with a note of what was passed over, or a refusal where none was."""
    held: Found | None = None
    refused = False
    for each in found:
        if isinstance(each, Refusal):
            refused = True
            yield each
            continue
        if held:
            yield held
        held = each
    said = ", ".join(f"{kind}: {count}" for kind, count in sorted(passed.items()))
    if held:
        yield replace(held, notes=(*held.notes, f"passed over in the archive: {said}")) if said else held
    elif not refused:
        yield Refusal(name, f"no page in the archive ({said or 'it is empty'})", "capture the pages again")


def _records(stream: Members, passed: Counter[str], inner: str) -> Iterator[Found | Refusal]:
    """Yield the pages and the faults of one archive."""
    while True:
        try:
            if not stream.begin():
                return
            head, block = _frame(stream)
        except UnreadableDocument as error:
            yield Refusal(f"{stream.name}#{inner}{stream.start}", error.problem, error.remedy)
            if not stream.recover():
                return
            continue
        kind = _KIND.search(head)
        name = kind[1].decode("ascii").lower() if kind else "unknown"
        if name not in _PAGES:
            passed["revisits" if name == "revisit" else "records of another kind"] += 1
            continue
        where = f"{inner}{stream.start}"
        try:
            page = _page(head, block, f"{stream.name}#", where)
        except UnreadableDocument as error:
            yield Refusal(error.where, error.problem, error.remedy)
            continue
        if isinstance(page, Found):
            yield page
        else:
            passed[page] += 1


def _frame(stream: Members) -> tuple[bytes, bytes | None]:
    """Return the head of the next record and its block, None where the block is too long and passed over."""
    head = b""
    while not head.endswith((b"\r\n\r\n", b"\n\n")):
        line = stream.line(_MAX_HEAD + 1)
        if not head and not line.startswith(b"WARC/"):
            raise stream.broken(f"no record at byte {stream.start}")
        head += line
        if len(head) > _MAX_HEAD:
            problem = f"the head of the record at byte {stream.start} has more than {_MAX_HEAD:,} bytes"
            raise stream.broken(problem)
        if not line.endswith(b"\n"):
            raise stream.broken(f"truncated at byte {stream.place}")
    found = _LENGTH.search(head)
    if not found:
        raise stream.broken(f"the record at byte {stream.start} has no length")
    length = int(found[1])
    if not stream.gzipped and stream.place + length > stream.size:
        raise stream.broken(f"truncated at byte {stream.size}")
    if length > MAX_RECORD:
        if stream.skip(length) < length:
            raise stream.broken(f"truncated at byte {stream.place}")
        return head, None
    block = stream.read(length)
    if len(block) < length:
        raise stream.broken(f"truncated at byte {stream.place}")
    if stream.gzipped:
        stream.settle()
    return head, block


def _page(head: bytes, block: bytes | None, prefix: str, where: str) -> Found | str:
    """Return the page of a record, or what kind of record it is where it holds none."""
    fastwarc = _library(prefix)
    try:
        record = fastwarc.WarcRecord.from_bytes(head + (block or b""))
        headers = record.headers
        identifier = re.sub(r"^<?(?:urn:uuid:)?|>$", "", headers.get("WARC-Record-ID") or "")
        name = prefix + (identifier or where)
        if block is None:
            raise UnreadableDocument(name, f"the record has more than {MAX_RECORD:,} bytes", "leave it out")
        notes = _digest(record, headers)
        payload, media, charset, status = _payload(fastwarc, head + block, name)
    except (OSError, ValueError) as error:
        problem = f"the record cannot be decoded: {error}"
        raise UnreadableDocument(prefix + where, problem, "capture it again") from None
    if status not in {0, 200}:
        return "responses without a page"
    html = media in _HTML or (not media and _BEGINS.match(payload) is not None)
    if not html and media != "text/plain":
        return "records without text"
    target, date = (headers.get("WARC-Target-URI") or "").strip("<>"), headers.get("WARC-Date") or ""
    if cut := headers.get("WARC-Truncated"):
        notes = (*notes, f"the archive cut this page: {cut}")
    return Found(
        name=name,
        payload=payload,
        html=html,
        charset=charset,
        target_uri=target if _ADDRESS.match(target) else "",
        captured=date if _DATE.match(date) else "",
        payload_digest=headers.get("WARC-Payload-Digest") or "",
        notes=notes,
    )


def _library(prefix: str) -> Any:
    """Return fastwarc, whose types do not cover what we ask of it."""
    try:
        return importlib.import_module("fastwarc")
    except ImportError:
        remedy = "pip install 'musnad[warc]'"
        raise UnreadableDocument(prefix.rstrip("#"), "web archives need fastwarc", remedy) from None


def _digest(record: Any, headers: Any) -> tuple[str, ...]:
    """Return a note where the payload is not the one that its record says."""
    if "WARC-Payload-Digest" not in headers or "WARC-Truncated" in headers:
        return ()
    record.parse_http("none")
    return () if record.verify_payload_digest() else ("the payload does not match the digest of its record",)


def _payload(fastwarc: Any, record: bytes, name: str) -> tuple[bytes, str, str, int]:
    """Return the payload, its media type, its encoding and the status, decoded as HTTP says.

    A crawler may store what it has decoded and keep the header: then the bytes are taken as they are.
    """
    for decoding in ("all", "content", "none"):
        found = fastwarc.WarcRecord.from_bytes(record)
        http = (found.headers.get("Content-Type") or "").lower().startswith("application/http")
        try:
            if http:
                found.parse_http(decoding, strict_mode=False)
            payload = found.reader.read(MAX_RECORD + 1)
        except OSError:
            if decoding == "none":
                raise
            continue
        break
    if len(payload) > max(FREE, MAX_RATIO * len(record)):
        problem = f"the payload decompresses to more than {MAX_RATIO} times its size"
        raise UnreadableDocument(name, problem, "leave it out")
    if len(payload) > MAX_RECORD:
        raise UnreadableDocument(name, f"the payload has more than {MAX_RECORD:,} bytes", "leave it out")
    if not http:
        media, _, rest = (found.headers.get("Content-Type") or "").partition(";")
        label = re.search(r"charset=[\"']?([\w-]+)", rest)
        return payload, media.strip().lower(), label[1] if label else "", 0
    return (
        payload,
        found.http_content_type or "",
        found.http_charset or "",
        found.http_headers.status_code or 0,
    )
