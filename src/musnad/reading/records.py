"""From JSON Lines to captures: each line is a record, and each record one document of a described source.

The source is told by the fields of the record: of those whose text field it has, the one that speaks of the
most of its fields. Chosen over (a) the name of the file, which its sender chooses, and (b) a key on the
command line, which a folder of several files could not give.

https://jsonlines.org/
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Final

import orjson

from musnad.errors import UnreadableDocument
from musnad.reading.captures import Capture, Refusal
from musnad.reading.record_fields import RecordFields
from musnad.reading.sources import Source, Sources
from musnad.reading.values import read_date, read_words

_MAX_LINE: Final = 8_000_000
_BOM: Final = b"\xef\xbb\xbf"
_SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_ADDRESS: Final = re.compile(r"https?://[^\s<>\"{}|\\^`]+\Z")
_ISO: Final = re.compile(r"\d{4}(?:-\d\d){0,2}")


def read_records(path: Path, name: str, sources: Sources) -> Iterator[Capture | Refusal]:
    """Yield a capture or a refusal for each line that is not blank, named `name:line`, lines from 1."""
    ids: dict[str, int] = {}
    number = 0
    with path.open("rb") as file:
        while line := file.readline(_MAX_LINE + 1):
            number += 1
            place = f"{name}:{number}"
            if len(line) > _MAX_LINE:
                yield Refusal(place, f"the record has more than {_MAX_LINE:,} bytes", "split it")
                while line and not line.endswith(b"\n"):
                    line = file.readline(_MAX_LINE)
                continue
            line = line.removeprefix(_BOM).strip() if number == 1 else line.strip()
            if not line:
                continue
            try:
                yield _capture(_record(line, place), place, sources, ids)
            except UnreadableDocument as error:
                yield Refusal(place, error.problem, error.remedy)
    if not number:
        raise UnreadableDocument(name, "the file is empty", "remove it, or export it again")


def _record(line: bytes, place: str) -> Mapping[str, Any]:
    try:
        record = orjson.loads(line)
    except orjson.JSONDecodeError as error:
        raise UnreadableDocument(place, f"not JSON: {error}", "write one record on each line") from None
    if not isinstance(record, dict):
        raise UnreadableDocument(place, "not a record: no names of fields", "write an object on each line")
    return record


def _source_of(record: Mapping[str, Any], place: str, sources: Sources) -> tuple[Source, RecordFields]:
    able = [
        (len(record.keys() & (each.records.mapped | each.records.ignore)), each, each.records)
        for each in sources.known
        if each.records and each.records.text in record
    ]
    if not able:
        given = ", ".join(sorted(record)) or "nothing"
        remedy = "describe them under `records` in a source.yaml"
        raise UnreadableDocument(place, f"no source describes records of {given}", remedy)
    _, source, fields = max(able, key=lambda found: found[0])
    if unknown := fields.unknown(record):
        problem = f"{source.name}: no rule for the fields {', '.join(unknown)}"
        raise UnreadableDocument(place, problem, "map them under records, or list them under ignore")
    return source, fields


def _capture(record: Mapping[str, Any], place: str, sources: Sources, ids: dict[str, int]) -> Capture:
    """Return the capture of one record; its text is the title, a blank line, and the text."""
    source, names = _source_of(record, place, sources)
    values = {
        key: _value(record.get(getattr(names, key)), getattr(names, key), place)
        for key in ("id", "title", "text", "url", "published", "publisher")
        if getattr(names, key)
    }
    line = int(place.rpartition(":")[2])
    if (key := values.get("id", "")) and ids.setdefault(key, line) != line:
        raise UnreadableDocument(
            place, f"the id {key!r} is that of line {ids[key]} too", "keep one of the two"
        )
    text = values["text"].strip("\n")
    if not any(letter.isalnum() for letter in text):
        raise UnreadableDocument(place, "the record has no text", "remove it, or export it again")
    title = read_words(values.get("title", ""))
    fields, notes = _fields(values)
    return Capture(
        name=place,
        text=f"{title}\n\n{text}\n" if title else f"{text}\n",
        notes=notes,
        source=source.name,
        fields=fields | ({"title": title} if title else {}),
    )


def _value(value: object, field: str, place: str) -> str:
    """Return the value of a field as words; a number is one, null is none, nothing else is."""
    if value is None:
        return ""
    if isinstance(value, bool) or not isinstance(value, str | int):
        raise UnreadableDocument(place, f"the field {field!r} is no text", "export it as a string")
    return str(value)


def _fields(values: Mapping[str, str]) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return the fields that are plausible, and notes on those that are not."""
    fields: dict[str, str] = {}
    notes: list[str] = []
    date = values.get("published", "").strip()
    iso = _ISO.match(date)
    for key, value, problem in (
        ("url", values.get("url", "").strip(), "no address on the web"),
        ("published", read_date(date) or (iso[0] if iso else ""), "no date"),
        ("publisher", values.get("publisher", "").strip(), "no name of the authority (a slug)"),
    ):
        right = {"url": _ADDRESS, "publisher": _SLUG}.get(key)
        if value and (right is None or right.match(value)):
            fields[key] = value
        elif values.get(key, "").strip():
            notes.append(f"the {key} of the record is {problem}: {values[key].strip()[:80]!r}")
    return fields, tuple(notes)
