"""From files to documents: decode, recognise the source, cut into zones, and account for every line.

`mappings/<source>/source.yaml` describes a source (`docs/sources.md`); nothing here knows a publisher.
"""

from musnad.reading.captures import Capture, Refusal
from musnad.reading.documents import (
    about_file,
    read_capture,
    read_document,
    read_documents,
    read_file,
    read_files,
    refuse_twins,
)
from musnad.reading.files import find_files
from musnad.reading.lines import split_lines, uncovered
from musnad.reading.sources import Source, Sources, read_source, read_sources

__all__ = [
    "Capture",
    "Refusal",
    "Source",
    "Sources",
    "about_file",
    "find_files",
    "read_capture",
    "read_document",
    "read_documents",
    "read_file",
    "read_files",
    "read_source",
    "read_sources",
    "refuse_twins",
    "split_lines",
    "uncovered",
]
