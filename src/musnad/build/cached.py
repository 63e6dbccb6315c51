"""The dear stages by way of the cache: reading a file, understanding a document, asking a rule.

Each gives the same for the same input, so its answer is kept under a hash of all of it: the bytes that it
reads, the files of the project that it asks, the engine, and the versions of what the engine stands on.
What several documents decide together (texts that were read already, what is named, decisions, conflicts,
rules, views) is no part of an answer and is worked out at every build. Chosen over (a) keeping the quads of a
document, which are made faster than they are found again, and (b) the times of files, which copies change.
"""

from __future__ import annotations

import platform
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache as once
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path
from typing import TYPE_CHECKING, Final

from musnad.build.cache import Cache, key_of
from musnad.build.documented import DocumentRows
from musnad.build.plain import dump, load
from musnad.errors import MusnadError
from musnad.model import Claim, Document, Entity, Mention, Reading
from musnad.reading import Refusal, Sources, about_file, read_file, refuse_twins
from musnad.site.folder import fingerprint
from musnad.store import file_digest
from musnad.validation import ValidationResult

if TYPE_CHECKING:
    from musnad.config import Site
    from musnad.curation import Curation
    from musnad.project import Project
    from musnad.understanding import Knowledge
    from musnad.understanding.readers import Reader

Named = tuple[Path, str]  # a document, and the name to give it
_NAME: Final = re.compile(r"[A-Za-z0-9._-]+")


@dataclass(frozen=True, slots=True)
class _Outcome:
    """What a file gave at one place: a document, or a refusal."""

    documents: tuple[Document, ...] = ()
    refusals: tuple[Refusal, ...] = ()


@dataclass(frozen=True, slots=True)
class _Understood:
    """A reading without its document."""

    mentions: tuple[Mention, ...]
    claims: tuple[Claim, ...]
    seen: tuple[Entity, ...]


@once
def standing_on() -> tuple[str, ...]:
    """Return the versions of Python and of the packages that the engine needs or may use."""
    told = [f"python {platform.python_version()}"]
    for name in sorted({found[0] for each in requires("musnad") or () if (found := _NAME.match(each))}):
        try:
            told.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            told.append(f"{name} -")
    return tuple(told)


def ground_of_reading(project: Project, config: Site, reader: Reader) -> str:
    """Return a hash of all that the reading of a document depends on, beside the document."""
    sources = list(project.source_files())
    names = [path.parent.name for path in sources]
    cards = [f"{name} {card.version}" for name, card in sorted(reader.cards.items())]
    words = (*standing_on(), config.base, repr(config.pattern_floor), *names, *cards)
    asked = (*sources, project.patterns, project.lexicon, project.authority)
    return fingerprint([path for path in asked if path.exists()], words)


def ground_of_validation(project: Project, config: Site) -> str:
    """Return a hash of all that the judgement of a named graph depends on, beside its quads."""
    return fingerprint([project.shapes], (*standing_on(), config.base))


@dataclass(frozen=True, slots=True)
class CachedReading:
    """Reads files and understands documents, and does neither twice."""

    cache: Cache
    ground: str
    reader: Reader

    def read(self, files: Iterable[Named], sources: Sources) -> Iterator[Document | Refusal]:
        """Yield what `read_files` does."""
        yield from refuse_twins(each for path, name in files for each in self._file(path, name, sources))

    def _file(self, path: Path, name: str, sources: Sources) -> Iterator[Document | Refusal]:
        before = _bytes_of(path)
        if before is None:  # the reader says what is wrong
            yield from read_file(path, name, sources)
            return
        key = key_of("file", self.ground, name, *before)
        number, total = 0, int(self.cache.get(key) or -1)
        while number < total and (kept := self.cache.get(key_of("outcome", key, str(number)))) is not None:
            outcome = load(_Outcome, kept)
            yield from outcome.documents
            yield from outcome.refusals
            number += 1
        if number == total:
            return
        total = 0
        for each in read_file(path, name, sources):
            if total >= number:
                outcome = _Outcome((each,)) if isinstance(each, Document) else _Outcome(refusals=(each,))
                self.cache.put(key_of("outcome", key, str(total)), dump(outcome))
                yield each
            total += 1
        # Where the file was written to meanwhile, what was read is not what the key says.
        self.cache.put(key, str(total).encode() if _bytes_of(path) == before else b"")

    def rows(self, document: Document, knowledge: Knowledge, curation: Curation) -> DocumentRows:
        """Return the rows of a document after every decision; where there are none, they are kept."""
        reading = key_of("reading", self.ground, dump(document))
        if curation:
            return DocumentRows.of(curation.document(self._understood(reading, document, knowledge)))
        lookup = curation.lookup
        shown = repr((lookup.engine, lookup.quote_characters, lookup.context_characters))
        key = key_of("rows", shown, reading)
        if self.cache.keep(reading) and (kept := self.cache.get(key)) is not None:
            return DocumentRows.load(kept)
        rows = DocumentRows.of(curation.document(self._understood(reading, document, knowledge)))
        if self.cache.keep(reading):
            self.cache.put(key, rows.dump())
        return rows

    def _understood(self, key: bytes, document: Document, knowledge: Knowledge) -> Reading:
        """Return what the reader understands of a document, which is kept under a key."""
        kept = self.cache.get(key)
        if kept is not None:
            known = load(_Understood, kept)
            return Reading(document, known.mentions, known.claims, known.seen)
        reading = self.reader.understand(document, knowledge)
        if reading.document is document:
            self.cache.put(key, dump(_Understood(reading.mentions, reading.claims, reading.seen)))
        return reading


def _bytes_of(path: Path) -> tuple[str, str] | None:
    """Return the hashes of a document and of what is said about it; None where it cannot be read."""
    about = about_file(path)
    try:
        return file_digest(path), file_digest(about) if about.is_file() else ""
    except MusnadError:
        return None


@dataclass(frozen=True, slots=True)
class _Ruled:
    """What one rule found."""

    rule: str
    results: tuple[ValidationResult, ...]


@dataclass(frozen=True, slots=True)
class _AllRuled:
    """What all rules found."""

    rules: tuple[_Ruled, ...]


@dataclass(frozen=True, slots=True)
class KnownRules:
    """What the rules found in whole datasets, each known by the hash of its quads."""

    cache: Cache
    ground: str

    def get(self, dataset: str) -> dict[str, tuple[ValidationResult, ...]]:
        """Return the results of every rule; nothing where the dataset is not known."""
        kept = self.cache.get(key_of("ruled", self.ground, dataset))
        return {each.rule: each.results for each in load(_AllRuled, kept).rules} if kept else {}

    def put(self, dataset: str, found: Mapping[str, tuple[ValidationResult, ...]]) -> None:
        """Keep the results of every rule."""
        told = tuple(_Ruled(rule, results) for rule, results in found.items())
        self.cache.put(key_of("ruled", self.ground, dataset), dump(_AllRuled(told)))
