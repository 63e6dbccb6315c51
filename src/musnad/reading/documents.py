"""From a folder of files to documents, one after the other; a bad one is refused and stops no other.

A refusal is a value, yielded in the place of the document: chosen over (a) an exception, which would end the
stage, and (b) a log line, which nobody would count.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from musnad.config import read_yaml
from musnad.errors import DataError, MusnadError
from musnad.model import Document
from musnad.reading.files import find_files, read_capture
from musnad.reading.layout import cut
from musnad.reading.lines import Line, split_lines
from musnad.reading.parts import Parts
from musnad.reading.shapes import is_listing
from musnad.reading.sources import Source, Sources


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file that gives no document, and what to do about it."""

    file: str
    reason: str
    remedy: str = ""


def read_documents(folder: Path, sources: Sources) -> Iterator[Document | Refusal]:
    """Yield a document or a refusal for each file of a folder, or for the one file given, in sorted order.

    `file` is the path relative to the folder. Raises DataError if there is no such folder, or no document in
    it.
    """
    files = find_files(folder)
    if not files:
        raise DataError(folder, "no document (.txt, .html, .htm) in it", "give the folder of the documents")
    root = folder if folder.is_dir() else folder.parent
    yield from read_files(((path, path.relative_to(root).as_posix()) for path in files), sources)


def read_files(files: Iterable[tuple[Path, str]], sources: Sources) -> Iterator[Document | Refusal]:
    """Yield a document or a refusal for each (file, name to give it), in the order given.

    A second file with the same text is refused: the two would be one capture.
    """
    seen: dict[bytes, str] = {}
    for path, name in files:
        try:
            text, notes = read_capture(path, name)
            document = replace(read_document(text, name, sources, notes), sample=sample_of(path))
        except MusnadError as error:
            yield Refusal(name, error.problem, error.remedy)
            continue
        digest = hashlib.sha256(text.encode("utf-8")).digest()
        if digest in seen:
            yield Refusal(name, f"the same text as {seen[digest]}", "keep one of the two")
            continue
        seen[digest] = name
        yield document


def sample_of(path: Path) -> str:
    """Return what a sample summarises, as the `.about.yaml` beside it says; "" for any other document."""
    about = path.with_suffix(".about.yaml")
    return str(read_yaml(about)["summarises"]) if about.is_file() else ""


def read_document(text: str, name: str, sources: Sources, notes: Sequence[str] = ()) -> Document:
    """Return the document that a stored text is, cut into zones by the source that recognises it.

    Every line that is not blank lies in a zone. Raises UnreadableDocument for an empty text, DataError for a
    mere list of headlines.
    """
    lines = split_lines(text)
    source = sources.generic if "the text was taken from HTML" in notes else sources.recognise(lines)
    found = list(notes)
    if source is sources.generic:
        if is_listing(lines):
            raise DataError(name, "a list of headlines, not a document", "capture the documents it lists")
        found.append("read by the generic source")
    parts = Parts(text)
    for block in cut(lines, source.layout):
        parts.add(block)
    if not parts.fields.get("title"):
        found.append("no title was found")
    return _document(name, source, parts, (*found, *parts.notes), lines)


def _document(
    name: str, source: Source, parts: Parts, notes: tuple[str, ...], lines: Sequence[Line]
) -> Document:
    fields = parts.fields
    arabic = _is_arabic(lines)
    return Document(
        file=name,
        text=parts.text,
        source=source.name,
        title=fields.get("title", ""),
        publisher=source.publisher,
        kind=source.kind,
        url=fields.get("url", ""),
        published=fields.get("published", ""),
        time=fields.get("time", ""),
        language=source.language if arabic else "und",
        views=int(fields["views"]) if "views" in fields else None,
        comment_count=int(fields["comment_count"]) if "comment_count" in fields else None,
        quote=source.quote,
        zones=tuple(sorted(parts.zones, key=lambda zone: (zone.start, -zone.end, zone.label != ""))),
        posts=tuple(sorted(parts.posts, key=lambda post: post.start)),
        comments=tuple(parts.comments),
        links=tuple(sorted(parts.links, key=lambda link: link.start)),
        facts=tuple(parts.facts),
        credits=tuple(sorted(parts.credits, key=lambda credit: credit.start)),
        notes=notes if arabic else (*notes, "few of the letters are Arabic"),
    )


def _is_arabic(lines: Sequence[Line]) -> bool:
    words = "".join(line.text for line in lines)
    letters = sum(letter.isalpha() for letter in words)
    return 2 * len(re.findall(r"[\u0621-\u064a]", words)) >= letters
