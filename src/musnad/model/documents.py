"""A document as it was read: its text, its zones and its parts."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Final, Literal

from musnad.errors import UnreadableDocument, UnsupportedClaim

ZONES: Final = frozenset(
    {
        "title",
        "title_repeat",
        "body",
        "explainer",
        "ticker",
        "comments",
        "embedded_post",
        "related_links",
        "infobox",
        "credit",
        "image_file_name",
        "inline_link",
        "lead_item",
        "metadata",
        "section_labels",
        "site_notice",
        "interface",
    }
)
Certainty = Literal["sure", "probable", "doubtful"]


def check_span(start: int, end: int, length: int | None = None, what: str = "span") -> None:
    """Raise if the span is empty, reversed or outside a text of `length` code points."""
    if not 0 <= start < end or (length is not None and end > length):
        raise UnsupportedClaim(what, f"{start},{end} is not a passage", "start < end ≤ length of the text")


@dataclass(frozen=True, slots=True)
class Zone:
    """A part of a capture. Zones may nest (a post inside a body); together they cover all but blanks."""

    kind: str
    start: int
    end: int
    label: str = ""  # the heading of the section, where it has one
    empty: bool = False  # a section whose page says, or shows, that it holds nothing

    def __post_init__(self) -> None:
        check_span(self.start, self.end, what=f"zone {self.kind}")
        if self.kind not in ZONES:
            raise UnsupportedClaim("zone", f"{self.kind!r} is not a kind of zone", f"one of {sorted(ZONES)}")


@dataclass(frozen=True, slots=True)
class Post:
    """A social media post embedded in a document; `start:end` is the post with its signature."""

    start: int
    end: int
    text_end: int  # where the words of the post end and its signature begins
    author: str  # the name in the signature
    handle: str  # with @
    published: str  # EDTF
    url: str  # address in the post, "" if none
    signature_start: int


@dataclass(frozen=True, slots=True)
class Comment:
    """A reader's comment: that it exists, and its age. Neither its words nor its author are kept."""

    start: int
    end: int
    age: str  # ISO 8601 duration before the capture, "" where the page does not say
    age_start: int
    age_end: int


@dataclass(frozen=True, slots=True)
class Link:
    """A headline of another document that the page shows."""

    kind: Literal["ticker", "read_also", "related", "lead"]
    headline: str
    start: int
    end: int
    url: str = ""


@dataclass(frozen=True, slots=True)
class QuickFact:
    """One label and value of an infobox."""

    label: str
    value: str
    start: int
    end: int  # start:end is the value


@dataclass(frozen=True, slots=True)
class Credit:
    """An outlet that the document credits («المصدر: …»); `scope` tells what the credit covers."""

    name: str
    start: int
    end: int  # the whole credit line
    scope: Literal["document", "lead_item"] = "document"


@dataclass(frozen=True, slots=True)
class Document:
    """One text as its publisher issued it, read from one capture."""

    file: str  # name of the file, as given
    text: str  # the stored text, never changed
    source: str  # name of the folder in mappings/ that read it
    title: str  # "" where the document has none
    publisher: str  # slug of the authority, "" where the document does not tell
    kind: str = "NewsArticle"  # a class of schema.org
    url: str = ""
    published: str = ""  # EDTF, "" where the document does not tell
    published_certainty: Certainty = "sure"
    time: str = ""  # HH:MM as shown
    language: str = "ar"
    views: int | None = None
    comment_count: int | None = None
    quote: bool = True  # whether the licence lets us show the quoted words
    zones: tuple[Zone, ...] = ()
    posts: tuple[Post, ...] = ()
    comments: tuple[Comment, ...] = ()
    links: tuple[Link, ...] = ()
    facts: tuple[QuickFact, ...] = ()
    credits: tuple[Credit, ...] = ()
    captured: str = ""  # when an archive captured the page: a date-time (XML Schema), "" where unknown
    target_uri: str = ""  # the address that the archive captured, "" where unknown
    payload_digest: str = ""  # the archive's digest of what it received (algorithm:value), "" where unknown
    sample: str = ""  # for a sample in our own words: what it summarises
    notes: tuple[str, ...] = ()  # what the reader wants the editor to know: generic source, missing title …

    def __post_init__(self) -> None:
        if not self.text.strip():
            raise UnreadableDocument(self.file, "the document is empty")
        for zone in self.zones:
            check_span(zone.start, zone.end, len(self.text), f"{self.file}: zone {zone.kind}")

    @property
    def sha256(self) -> str:
        """Return the hash of the stored text, as hexadecimal digits."""
        return hashlib.sha256(self.text.encode("utf-8")).hexdigest()

    @property
    def key(self) -> str:
        """Return what identifies the document: its address, or its text where it has none."""
        return self.url or self.text

    def zone_at(self, start: int, end: int) -> Zone | None:
        """Return the smallest zone that holds the span whole."""
        around = [zone for zone in self.zones if zone.start <= start and end <= zone.end]
        return min(around, key=lambda zone: zone.end - zone.start, default=None)

    def quoted(self, start: int, end: int, limit: int = 300) -> str:
        """Return the words of a span, cut to `limit` characters with an ellipsis."""
        words = " ".join(self.text[start:end].split())
        return words if len(words) <= limit else words[: limit - 1].rstrip() + "…"

    def around(self, start: int, end: int, room: int) -> tuple[str, str]:
        """Return whole words before and after a span, within its zone, each of at most `room` characters.

        They are the prefix and the suffix of a passage (Web Annotation Data Model, 4.2.4), blanks folded into
        one; that which adjoins the span is kept, beyond `room`; both are "" where the span stands in no zone.
        """
        zone = self.zone_at(start, end)
        if zone is None or room <= 0:
            return "", ""
        before = " ".join(self.text[zone.start : start].split())
        after = " ".join(self.text[end : zone.end].split())
        if len(before) > room:
            before = before[-room - 1 :].partition(" ")[2]
        if len(after) > room:
            after = after[: room + 1].rpartition(" ")[0]
        before += " " if before and self.text[start - 1].isspace() else ""
        after = " " + after if after and self.text[end].isspace() else after
        return before, after
