"""From captures to documents, one after the other; what cannot be read is refused and stops no other.

The source that describes a capture cuts it; its metadata are compared with its text. Chosen over (a) a reader
for each format up to the document, which would know sources as often as formats, and (b) documents made of
metadata, which nobody has seen on the page.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Final

from musnad.config import read_yaml
from musnad.errors import DataError, MusnadError
from musnad.folding import fold_name, fold_words
from musnad.model import Document
from musnad.reading.captures import Capture, Refusal
from musnad.reading.files import find_files, read_captures
from musnad.reading.layout import Rule, cut
from musnad.reading.lines import Line, split_lines
from musnad.reading.listings import is_listing, is_menu
from musnad.reading.parts import Parts
from musnad.reading.publication import publication
from musnad.reading.sources import Source, Sources

_ARABIC: Final = re.compile(r"[\u0621-\u064a]")
_FOREIGN: Final = 0.2  # share of Arabic letters below which a page is in another language
_ALIKE: Final = 0.5  # share of its words that a title has in common with that of the metadata
_RECORD: Final = (Rule("title"), Rule("body", lines="many"))  # of records whose source has no layout


def read_documents(folder: Path, sources: Sources) -> Iterator[Document | Refusal]:
    """Yield a document or a refusal for each file of a folder, or for the one file given, in sorted order.

    `file` is the path relative to the folder. Raises DataError if there is no such folder, or no document in
    it.
    """
    files = find_files(folder)
    if not files:
        raise DataError(
            folder, "no document (.txt, .html, .warc …) in it", "give the folder of the documents"
        )
    root = folder if folder.is_dir() else folder.parent
    yield from read_files(((path, path.relative_to(root).as_posix()) for path in files), sources)


def read_files(files: Iterable[tuple[Path, str]], sources: Sources) -> Iterator[Document | Refusal]:
    """Yield the documents and refusals of each (file, name to give it), in the order given.

    A text or a page is one document; an archive or a file of records gives one for each record, named
    `file#record` or `file:line`. A second document with the same text is refused: they would be one capture.
    """
    yield from refuse_twins(each for path, name in files for each in read_file(path, name, sources))


def read_file(path: Path, name: str, sources: Sources) -> Iterator[Document | Refusal]:
    """Yield the documents and refusals of one file, whatever other files hold."""
    try:
        for capture in read_captures(path, name, sources):
            yield _one(capture, path, sources)
    except MusnadError as error:
        yield Refusal(name, error.problem, error.remedy)


def _one(capture: Capture | Refusal, path: Path, sources: Sources) -> Document | Refusal:
    """Return the document of one capture."""
    if isinstance(capture, Refusal):
        return capture
    try:
        return replace(read_capture(capture, sources), sample=sample_of(path))
    except MusnadError as error:
        return Refusal(capture.name, error.problem, error.remedy)


def refuse_twins(documents: Iterable[Document | Refusal]) -> Iterator[Document | Refusal]:
    """Yield the documents, and a refusal in the place of each whose text stood in one before."""
    seen: dict[bytes, str] = {}
    for each in documents:
        if isinstance(each, Document):
            digest = hashlib.sha256(each.text.encode("utf-8")).digest()
            if digest in seen:
                yield Refusal(each.file, f"the same text as {seen[digest]}", "keep one of the two")
                continue
            seen[digest] = each.file
        yield each


def sample_of(path: Path) -> str:
    """Return what a sample summarises, as the `.about.yaml` beside it says; "" for any other document."""
    about = about_file(path)
    return str(read_yaml(about)["summarises"]) if about.is_file() else ""


def about_file(path: Path) -> Path:
    """Return where it is said what a document is a sample of."""
    return path.with_suffix(".about.yaml")


def read_document(text: str, name: str, sources: Sources, notes: Sequence[str] = ()) -> Document:
    """Return the document that a stored text is; see `read_capture`."""
    return read_capture(Capture(name, text, tuple(notes)), sources)


def read_capture(capture: Capture, sources: Sources) -> Document:
    """Return the document of a capture, cut into zones by the source that describes or recognises it.

    Every line that is not blank lies in a zone. Raises UnreadableDocument for an empty text; DataError for a
    mere list of headlines, a mere menu, and a page in another language than its source.
    """
    lines = split_lines(capture.text, capture.hints)
    source = _source_of(capture, lines, sources)
    generic = source is sources.generic
    if generic:
        _refuse_lists(capture, lines)
    arabic = _arabic_share(lines)
    if source.language == "ar" and lines and arabic < _FOREIGN:
        remedy = "remove it, or describe its source with its language"
        raise DataError(capture.name, "few of its letters are Arabic: another language", remedy)
    layout = source.layout or (_RECORD if "title" in capture.fields else _RECORD[1:])
    parts = Parts(capture.text)
    for block in cut(lines, layout):
        parts.add(block)
    parts.fields |= {key: value for key, value in capture.fields.items() if value}
    notes = [*capture.notes, *(["read by the generic source"] * generic)]
    notes += _compare_title(parts, capture) + _name_publisher(parts, capture, sources)
    document = _document(capture, source, parts, lines)
    more = ["few of the letters are Arabic"] if arabic < 0.5 else []
    language = source.language if arabic >= 0.5 or source.language != "ar" else "und"
    said = (*notes, *document.notes, *parts.notes, *more)
    return replace(document, language=language, notes=tuple(dict.fromkeys(said)))


def _source_of(capture: Capture, lines: Sequence[Line], sources: Sources) -> Source:
    if capture.source:
        return next(source for source in sources.known if source.name == capture.source)
    return sources.generic if capture.markup else sources.recognise(lines)


def _refuse_lists(capture: Capture, lines: Sequence[Line]) -> None:
    if capture.listing or (not capture.metadata.article and is_listing(lines)):
        problem = "a list of headlines, not a document"
        raise DataError(capture.name, problem, "capture the documents it lists")
    if is_menu(lines):
        raise DataError(capture.name, "nothing but navigation", "capture the page with its text")


def _arabic_share(lines: Sequence[Line]) -> float:
    """Return the share of Arabic letters among all; 1 where there are no letters."""
    words = "".join(line.text for line in lines)
    letters = sum(letter.isalpha() for letter in words)
    return len(_ARABIC.findall(words)) / letters if letters else 1.0


def _compare_title(parts: Parts, capture: Capture) -> list[str]:
    """Give a title from the metadata where the text has none; return what the editor should know."""
    titles, shown = capture.metadata.titles, parts.fields.get("title", "")
    if not shown:
        if not titles:
            return ["no title was found"]
        parts.fields["title"] = titles[0]
        return ["the title stands in the metadata alone"]
    said = [set(fold_words(title).split()) for title in titles]
    words = set(fold_words(shown).split())
    if said and all(len(words & each) < _ALIKE * min(len(words), len(each)) for each in said):
        return [f"the metadata give another title: {titles[0]!r}"]
    return []


def _name_publisher(parts: Parts, capture: Capture, sources: Sources) -> list[str]:
    """Give the publisher that the metadata name, if a source has that name; else return a note on it."""
    name = fold_name(capture.metadata.publisher)
    if not name or "publisher" in parts.fields:
        return []
    for source in sources.known:
        if source.publisher and name in {fold_name(source.label_ar), fold_name(source.label_en)}:
            parts.fields["publisher"] = source.publisher
            return []
    return [f"the metadata name a publisher that no source has: {capture.metadata.publisher}"]


def _document(capture: Capture, source: Source, parts: Parts, lines: Sequence[Line]) -> Document:
    fields, origin = parts.fields, capture.provenance
    zones = tuple(sorted(parts.zones, key=lambda zone: (zone.start, -zone.end, zone.label != "")))
    when = publication(lines, zones, fields.get("published", ""), capture.metadata, origin.captured)
    return Document(
        file=capture.name,
        text=parts.text,
        source=source.name,
        title=fields.get("title", ""),
        publisher=fields.get("publisher", source.publisher),
        kind=source.kind,
        url=capture.metadata.url or fields.get("url", "") or origin.target_uri,
        published=when.edtf,
        published_certainty=when.certainty,
        time=fields.get("time", "") or when.time,
        views=int(fields["views"]) if "views" in fields else None,
        comment_count=int(fields["comment_count"]) if "comment_count" in fields else None,
        quote=source.quote,
        zones=zones,
        posts=tuple(sorted(parts.posts, key=lambda post: post.start)),
        comments=tuple(parts.comments),
        links=tuple(sorted(parts.links, key=lambda link: link.start)),
        facts=tuple(parts.facts),
        credits=tuple(sorted(parts.credits, key=lambda credit: credit.start)),
        captured=origin.captured,
        target_uri=origin.target_uri,
        payload_digest=origin.payload_digest,
        notes=when.notes,
    )
