"""Compare the days of events with the day on which a document was published."""

from __future__ import annotations

from musnad.dates import bounds
from musnad.model import Document


def is_later(edtf: str, document: Document) -> bool:
    """Tell whether a date lies wholly after the publication of a document, where both are known.

    >>> is_later("2020-07", Document("d", "…", "s", "", "", published="2020-06-15"))
    True
    """
    earliest, published = bounds(edtf)[0], bounds(document.published)[1] if document.published else ""
    return bool(earliest and published) and earliest > published
