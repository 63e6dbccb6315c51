"""Web archives: pages with their provenance, counts of the rest, and every kind of damage reported."""

from __future__ import annotations

import gzip
import hashlib
import io
import sys
import tracemalloc
import zipfile
from base64 import b32encode
from collections.abc import Iterable
from pathlib import Path

import pytest

from musnad.model import Document
from musnad.project import Project
from musnad.reading import Refusal, find_files, read_files, read_sources
from musnad.reading.warc import Found, read_warc

pytest.importorskip("fastwarc", reason="web archives need the extra `warc`")

ROOT = Path(__file__).parents[1]
SOURCES = read_sources(Project(ROOT))
TEXT = "أعلنت هيئة المثال أن لقاء القرى رقم {} سينعقد في القاعة الكبرى، وسيحضره فلان الفلاني."  # invented


def record(
    number: int, block: bytes, kind: str = "response", media: str = "application/http", **more: object
) -> bytes:
    head = {
        "WARC-Type": kind,
        "WARC-Record-ID": f"<urn:uuid:{number:08d}>",
        "WARC-Date": "2020-01-02T03:04:05Z",
        "WARC-Target-URI": f"https://news.example/{number}",
        "Content-Type": media,
        "Content-Length": len(block),
    } | {key.replace("_", "-"): value for key, value in more.items()}
    lines = "".join(f"{key}: {value}\r\n" for key, value in head.items() if value is not None)
    return f"WARC/1.1\r\n{lines}\r\n".encode() + block + b"\r\n\r\n"


def http(
    body: bytes, media: str = "text/html; charset=utf-8", extra: str = "", status: str = "200 OK"
) -> bytes:
    return f"HTTP/1.1 {status}\r\nContent-Type: {media}\r\n{extra}\r\n".encode() + body


def page(number: int) -> bytes:
    return record(number, http(f"<p>{TEXT.format(number)}</p>".encode()))


def found_in(path: Path, data: bytes) -> list[Found | Refusal]:
    path.write_bytes(data)
    return list(read_warc(path, path.name))


def names(found: Iterable[Found | Refusal]) -> list[str]:
    return sorted(each.name for each in found if isinstance(each, Found))


def reasons(found: Iterable[Found | Refusal]) -> list[str]:
    return [each.reason for each in found if isinstance(each, Refusal)]


@pytest.mark.parametrize("pack", [bytes, gzip.compress])
def test_a_record_becomes_a_document_with_its_provenance(tmp_path: Path, pack: type[bytes]) -> None:
    path = tmp_path / ("a.warc" if pack is bytes else "a.warc.gz")
    text = TEXT.format(3)
    digest = "sha1:" + b32encode(hashlib.sha1(text.encode()).digest()).decode()
    plain = record(3, http(text.encode(), "text/plain"), WARC_Payload_Digest=digest)
    path.write_bytes(b"".join(map(pack, (page(1), page(2), plain))))
    assert find_files(tmp_path) == [path]
    found = list(read_files([(path, "web/a.warc")], SOURCES))
    assert all(isinstance(each, Document) for each in found)
    documents = [each for each in found if isinstance(each, Document)]
    assert [each.file for each in documents] == [f"web/a.warc#{number:08d}" for number in (1, 2, 3)]
    assert [each.url for each in documents] == [f"https://news.example/{number}" for number in (1, 2, 3)]
    assert {each.captured for each in documents} == {"2020-01-02T03:04:05Z"}
    assert documents[2].target_uri == documents[2].url
    assert documents[2].payload_digest == digest
    assert not any("digest" in note for note in documents[2].notes)
    assert {each.published for each in documents} == {""}  # the day of the capture is none


def test_records_without_a_page_are_counted(tmp_path: Path) -> None:
    found = found_in(
        tmp_path / "a.warc",
        record(1, b"", "warcinfo", "application/warc-fields")
        + record(2, b"", "revisit")
        + record(3, b"", "revisit")
        + record(4, http(b"PNG", "image/png"))
        + record(5, http(b"<p>gone</p>", status="404 Not Found"))
        + page(6),
    )
    (only,) = found
    assert isinstance(only, Found)
    (note,) = only.notes
    assert note.startswith("passed over in the archive: records of another kind: 1, records without text: 1")
    assert note.endswith("responses without a page: 1, revisits: 2")
    (refusal,) = found_in(tmp_path / "b.warc", record(4, http(b"PNG", "image/png")))
    assert isinstance(refusal, Refusal)
    assert refusal.reason == "no page in the archive (records without text: 1)"


def test_resources_have_no_http_head(tmp_path: Path) -> None:
    (only,) = found_in(
        tmp_path / "a.warc",
        record(1, "نص".encode("windows-1256"), "resource", "text/plain; charset=windows-1256"),
    )
    assert isinstance(only, Found)
    assert (only.html, only.charset) == (False, "windows-1256")


def test_a_digest_that_does_not_match_is_noted(tmp_path: Path) -> None:
    (only,) = found_in(
        tmp_path / "a.warc", record(1, http(b"<p>a</p>"), WARC_Payload_Digest="sha1:" + "A" * 32)
    )
    assert isinstance(only, Found)
    assert only.notes == ("the payload does not match the digest of its record",)


GZ = gzip.compress
DAMAGED = {
    "clipped record": (page(1) + page(2)[:-30], "truncated at byte", [1]),
    "clipped head": (page(1) + page(2)[:60], "truncated at byte", [1]),
    "clipped member": (GZ(page(1)) + GZ(page(2))[:-20], "truncated at byte", [1]),
    "clipped member in the middle": (GZ(page(1))[:-40] + GZ(page(2)), "byte 0", [2]),
    "clipped record in a whole member": (GZ(page(1)[:-40]) + GZ(page(2)), "truncated at byte", [2]),
    "garbage between records": (page(1) + b"garbage\r\n" * 9 + page(2), "no record at byte", [1, 2]),
    "garbage between members": (GZ(page(1)) + b"garbage" * 9 + GZ(page(2)), "no gzip member at byte", [1, 2]),
    "negative length": (record(1, b"a", Content_Length=-5) + page(2), "no length", [2]),
    "length in words": (record(1, b"a", Content_Length="abc") + page(2), "no length", [2]),
    "no length": (record(1, b"a", Content_Length=None) + page(2), "no length", [2]),
    "length beyond the file": (record(1, b"a", Content_Length=10**18) + page(2), "truncated at byte", [2]),
    "long head": (record(1, b"a", X="y" * 5_000_000) + page(2), "the head of the record", [2]),
    "long record": (record(1, http(b"a" * 17_000_000)) + page(2), "more than 16,000,000 bytes", [2]),
    "member without end": (GZ(record(1, http(b"a" * 50_000_000))) + GZ(page(2)), "200 times", [2]),
    "payload without end": (
        record(1, http(GZ(b"a" * 10_000_000), extra="Content-Encoding: gzip\r\n")) + page(2),
        "200 times",
        [2],
    ),
    "gzip in gzip": (
        record(1, http(GZ(GZ(b"a" * 10_000_000)), extra="Content-Encoding: gzip, gzip\r\n")) + page(2),
        "200 times",
        [2],
    ),
}


@pytest.mark.parametrize("name", DAMAGED)
def test_damage_is_reported_and_ends_nothing(name: str, tmp_path: Path) -> None:
    data, reason, whole = DAMAGED[name]
    found = found_in(tmp_path / "a.warc.gz", data)
    assert names(found) == [f"a.warc.gz#{number:08d}" for number in whole]
    (said,) = reasons(found)
    assert reason in said


def test_no_byte_can_be_cut_off_in_silence(tmp_path: Path) -> None:
    data = page(1) + page(2)
    for length in range(len(data) - 5, len(page(1)) + 4, -7):
        found = found_in(tmp_path / "a.warc", data[:length])
        assert names(found) == ["a.warc#00000001"]
        assert reasons(found) == [f"truncated at byte {length}"]


def test_what_was_decoded_before_is_taken_as_it_is(tmp_path: Path) -> None:
    for extra in ("Transfer-Encoding: chunked\r\n", "Content-Encoding: gzip\r\n"):
        (only,) = found_in(tmp_path / "a.warc", record(1, http(b"<p>a</p>", extra=extra)))
        assert isinstance(only, Found)
        assert only.payload == b"<p>a</p>"


def test_memory_holds_one_record(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    with path.open("wb") as file:
        for number in range(60):
            file.write(GZ(record(number, http(b"a b " * 40_000)), 1))  # 160 kB each
    tracemalloc.start()
    assert sum(isinstance(each, Found) for each in read_warc(path, "a")) == 60
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 4_000_000


def test_a_package_of_archives_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.wacz"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("datapackage.json", "{}")
        package.writestr("archive/one.warc.gz", GZ(page(1)) + GZ(page(2))[:-9])
        package.writestr("archive/two.warc", page(3))
    found = list(read_files([(path, "a.wacz")], SOURCES))
    assert [each.file for each in found if isinstance(each, Document)] == [
        "a.wacz#00000001",
        "a.wacz#00000003",
    ]
    (refusal,) = [each for each in found if isinstance(each, Refusal)]
    assert refusal.file.startswith("a.wacz#archive/one.warc.gz:")
    assert "truncated at byte" in refusal.reason


def test_a_package_without_archives_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.wacz"
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("datapackage.json", "{}")
    path.write_bytes(buffer.getvalue())
    (refusal,) = read_files([(path, "a.wacz")], SOURCES)
    assert isinstance(refusal, Refusal)
    assert "no archive" in refusal.reason


def test_archives_need_their_extra(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "fastwarc", None)
    path = tmp_path / "a.warc"
    path.write_bytes(page(1))
    (refusal,) = read_files([(path, "a.warc")], SOURCES)
    assert isinstance(refusal, Refusal)
    assert refusal.remedy == "pip install 'musnad[warc]'"
