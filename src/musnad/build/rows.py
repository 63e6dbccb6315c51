"""The rows of all documents of a build: what is read, understood and decided, one document after another.

Chosen over (a) rows made inside the reading, which would know decisions and the authority, and (b) a table of
all readings first, whose memory would grow with the documents.
"""

from __future__ import annotations

import traceback
from collections.abc import Iterable, Iterator
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Final

import orjson

from musnad import __version__
from musnad.build.cached import CachedReading, ground_of_reading
from musnad.build.documented import DocumentRows
from musnad.curation import Curation, read_decisions, read_private, write_outcome
from musnad.errors import UnsupportedClaim
from musnad.reading import Refusal, read_sources
from musnad.tables.claims import conflict_rows, conflicting, disputed
from musnad.tables.csvw import csvw
from musnad.tables.entities import entity_rows, pattern_rows
from musnad.tables.files import TableFiles, read_json_lines
from musnad.tables.lookup import Lookup
from musnad.understanding import read_knowledge
from musnad.understanding.readers import Reader

if TYPE_CHECKING:
    from musnad.build.stages import Named, Stages
    from musnad.model import Entity
    from musnad.tables.columns import Row
    from musnad.understanding import Knowledge

# Faults of the engine. What a user can put right (MusnadError) and what the system says end the build.
_FAULTS: Final = (
    *(UnsupportedClaim, LookupError, ValueError, TypeError),
    *(AttributeError, AssertionError, RecursionError),
)


def curation_of(stages: Stages, knowledge: Knowledge) -> Curation:
    """Return what was decided about the readings of a project, and who is never published."""
    reader = stages.reader or Reader()
    lookup = Lookup(
        minter=stages.config.minter,
        relations=knowledge.patterns.relations,
        entities=knowledge.authority.entities,
        patterns={**knowledge.cards, **reader.cards},
        engine=f"musnad {__version__}",
        quote_characters=stages.config.quote_characters,
        context_characters=stages.config.context_characters,
    )
    folder = stages.project.curation
    return Curation(read_decisions(folder, stages.config.base), read_private(folder), lookup)


def write_tables(stages: Stages, files: list[Named], folder: Path) -> tuple[dict[str, int], list[Refusal]]:
    """Write the tables of the documents; return the rows of each table and what was refused."""
    knowledge = read_knowledge(stages.project, stages.config)
    curation = curation_of(stages, knowledge)
    refused: list[Refusal] = []
    named: set[str] = set()
    with TableFiles(folder) as tables:
        for rows in document_rows(stages, files, knowledge, curation, refused):
            tables.extend(rows.lines, rows.counts)
            named |= rows.named & knowledge.authority.entities.keys()  # else it would grow with the documents
        for table, row in curation.rest(_shared_rows(knowledge.authority.having(named), curation.lookup)):
            tables.add(table, row)
    counts = tables.counts
    write_outcome(curation, folder)
    written = folder / "claims.jsonl"
    claims = conflicting(read_json_lines(written), disputed(read_json_lines(written)))
    with (folder / "conflicts.jsonl").open("wb") as file:
        for _, row in conflict_rows(claims):
            file.write(orjson.dumps(row, option=orjson.OPT_APPEND_NEWLINE))
            counts["conflicts"] += 1
    (folder / "schema.json").write_bytes(orjson.dumps(csvw("jsonl"), option=orjson.OPT_INDENT_2))
    return counts, refused


def document_rows(
    stages: Stages, files: list[Named], knowledge: Knowledge, curation: Curation, refused: list[Refusal]
) -> Iterator[DocumentRows]:
    """Yield the rows of every document; add to `refused` what is no document."""
    reader = stages.reader or Reader()
    cached = None
    if stages.cache is not None:
        cached = CachedReading(stages.cache, ground_of_reading(stages.project, stages.config, reader), reader)
    documents = cached.read(files, read_sources(stages.project)) if cached else stages.read(files)
    read: set[bytes] = set()  # digests: a key may be a whole text
    for document in stages.progress(documents, "reading", len(files)):
        if isinstance(document, Refusal):
            told = (curation.redact(words) for words in (document.file, document.reason, document.remedy))
            refused.append(Refusal(*told))
        elif (key := sha256(document.key.encode("utf-8")).digest()) in read:
            refused.append(Refusal(document.file, "the same document was read already", "remove one"))
        else:
            read.add(key)
            try:
                if cached:
                    rows = cached.rows(document, knowledge, curation)
                else:
                    rows = DocumentRows.of(curation.document(reader.understand(document, knowledge)))
            except _FAULTS as error:
                refused.append(_fault(document.file, error))
            else:
                yield rows


def _fault(file: str, error: Exception) -> Refusal:
    """Return what is told of a page on which the engine itself went wrong."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    where = f"{Path(place.filename).name}, line {place.lineno}"
    problem = f"the engine failed: {type(error).__name__} in {where}: {error}"
    return Refusal(file, problem, "report it with the page; the others are read")


def _shared_rows(entities: Iterable[Entity], lookup: Lookup) -> Iterator[tuple[str, Row]]:
    """Yield the rows that belong to no document: of the authority, and of the patterns."""
    for entity in entities:
        yield from entity_rows(entity, lookup.minter.graph("authority"), lookup.minter)
    yield from pattern_rows(lookup)
