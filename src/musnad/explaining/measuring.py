"""Read the documents of gold files, and measure the readings.

One reading at a time is in memory beside its gold. Chosen over (a) scoring the tables of a run, which know
labels but not what a claim is, and (b) a verb of its own for each figure.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from musnad.errors import DataError
from musnad.explaining.gold import Gold, check_text
from musnad.explaining.scoring import Scores, score
from musnad.model import Document, Reading
from musnad.reading import Refusal
from musnad.tables.naming import named_claims
from musnad.understanding import Knowledge, understand


def measure(golds: Iterable[Gold], read: Iterable[Document | Refusal], knowledge: Knowledge) -> Scores:
    """Return the figures of documents as the engine understands them, each against its gold.

    Raises DataError if the document of a gold file was refused, is another text, or is not among those read.
    """
    return score(_readings(golds, read, knowledge), knowledge.patterns.relations)


def readable(read: Document | Refusal) -> Document:
    """Return a document, or raise DataError if the file was refused."""
    if isinstance(read, Refusal):
        raise DataError(read.file, read.reason, read.remedy)
    return read


def _readings(
    golds: Iterable[Gold], read: Iterable[Document | Refusal], knowledge: Knowledge
) -> Iterator[tuple[Gold, Reading]]:
    """Yield each gold with the reading of its document, which has the same name."""
    named = {gold.file: gold for gold in golds}
    for document in map(readable, read):
        if gold := named.pop(document.file, None):
            check_text(gold, document)
            reading = understand(document, knowledge)
            yield gold, replace(reading, claims=tuple(named_claims(reading)))  # as they are published
    for file in named:
        raise DataError(file, "gave no document", "name the document as `musnad read` does")
