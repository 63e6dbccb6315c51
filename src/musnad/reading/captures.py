"""What comes out of a file: captures, each one stored copy with its provenance, and refusals.

A refusal is a value, yielded in the place of the document: chosen over (a) an exception, which would end the
stage, and (b) a log line, which nobody would count.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from musnad.reading.metadata import Metadata


@dataclass(frozen=True, slots=True)
class Refusal:
    """A file, or a record of one, that gives no document, and what to do about it."""

    file: str
    reason: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Provenance:
    """What the headers of an archive's record say of a capture; "" where there are none."""

    captured: str = ""  # when it was captured: a date-time of XML Schema, in UTC
    target_uri: str = ""
    payload_digest: str = ""  # as the record gives it: algorithm:value


@dataclass(frozen=True, slots=True)
class Capture:
    """The text of one stored copy, and what is known of it beside its words."""

    name: str
    text: str
    notes: tuple[str, ...] = ()
    hints: Mapping[int, str] = field(default_factory=dict)  # line that is not blank → kind of zone
    metadata: Metadata = field(default_factory=Metadata)
    provenance: Provenance = field(default_factory=Provenance)
    source: str = ""  # the source that describes it, "" where the text has to tell
    fields: Mapping[str, str] = field(default_factory=dict)  # what a record says of itself
    listing: bool = False  # its markup shows many items
    markup: bool = False  # the text was taken from HTML
