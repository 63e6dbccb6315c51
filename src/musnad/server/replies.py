"""From bytes to an HTTP response: validators, compression, languages, errors that every client can read.

A representation is made once and kept; its strong ETag differs for each format, language and coding
(RFC 9110, section 8.8). Chosen over (a) Starlette's GZip and Conditional middlewares, which compress again at
every request, and (b) weak ETags, which range requests and caches may not compare.
"""

from __future__ import annotations

import gzip
import hashlib
import html
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import orjson
from starlette.requests import Request
from starlette.responses import Response

from musnad.server.media import RESOURCE, Format, negotiate, negotiate_coding
from musnad.site.codings import NAMES, WORTH_PACKING
from musnad.vocabulary import PREFIXES

CACHED: Final = "public, max-age=300"
POLICY: Final = (
    "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src 'self'; connect-src 'self'; "
    "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
# On every response, whatever its status.
ALWAYS: Final = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "strict-origin-when-cross-origin",
    "access-control-allow-origin": "*",
    "access-control-expose-headers": "Link, ETag, Content-Location, Content-Language, Location, Retry-After, "
    "X-URI, X-PrefLabel",
}


NOTE: Final = "musnad.note"


@dataclass(frozen=True, slots=True)
class Origin:
    """The file that bytes came from, and its state when they were read."""

    path: str
    state: tuple[int, int, int]  # inode, time and size

    @classmethod
    def of(cls, state: os.stat_result, path: str) -> Origin:
        """Return the origin of what is read from a file in this state."""
        return cls(path, (state.st_ino, state.st_mtime_ns, state.st_size))


@dataclass(slots=True)
class Note:
    """What is known of an answer beside its headers: of a request, while it is answered (`kept`)."""

    keep: bool = False  # whether it is the same for the same path, query and negotiated headers
    tags: tuple[str, ...] = ()  # that a client may have; the codings of one variant tell a reader the same
    origin: Origin | None = None


@dataclass(frozen=True, slots=True)
class Representation:
    """The bytes of one variant, as they are and packed in codings, and what caches compare."""

    body: bytes
    packed: Mapping[str, bytes]  # by the name of the coding
    content_type: str
    language: str
    digest: str
    origin: Origin | None = None

    @classmethod
    def of(cls, text: str | bytes, content_type: str, language: str = "") -> Representation:
        """Return a representation of a text; what is short is not packed. Takes 20 ms for a megabyte."""
        body = text.encode("utf-8") if isinstance(text, str) else text
        packed = {"gzip": gzip.compress(body, 2, mtime=0)} if len(body) >= WORTH_PACKING else {}
        return cls(body, packed, content_type, language, hashlib.sha256(body).hexdigest()[:20])


def note_of(request: Request) -> Note:
    """Return the note of a request, to write on."""
    note = request.scope.setdefault(NOTE, Note())
    assert isinstance(note, Note)  # nobody else uses the name
    return note


def respond(
    request: Request, shown: Representation, headers: Mapping[str, str], status: int = 200
) -> Response:
    """Return a representation in the coding that the client takes; `kept` makes of it 304, or a head."""
    coding = negotiate_coding(request.headers.get("accept-encoding"), [*shown.packed]) if shown.packed else ""
    packed = shown.packed.get(coding)  # None also where its file has gone since it was found
    body, coding = (shown.body, "") if packed is None else (packed, coding)
    given = {"cache-control": CACHED, "etag": _tag(shown, coding)} | dict(headers)
    given["vary"] = ", ".join(part for part in (given.get("vary"), "Accept-Encoding") if part)
    note = note_of(request)
    note.tags = tuple(_tag(shown, each) for each in ("", *NAMES))
    note.origin = shown.origin
    given |= {"content-type": shown.content_type, "content-length": str(len(body))}
    if coding:
        given["content-encoding"] = coding
    if shown.language:
        given["content-language"] = shown.language
    return Response(body, status, given)


def _tag(shown: Representation, coding: str) -> str:
    return f'"{shown.digest}{"-" + NAMES[coding] if coding else ""}"'


def names_tag(header: str | None, *tags: str) -> bool:
    """Tell whether If-None-Match names one of the tags (RFC 9110, section 13.1.2).

    >>> names_tag('"a", W/"b"', '"b"'), names_tag("*", '"c"'), names_tag(None, '"c"')
    (True, True, False)
    """
    given = {tag.strip().removeprefix("W/") for tag in (header or "").split(",")}
    return not given.isdisjoint({"*", *tags})


@dataclass(frozen=True, slots=True)
class Problem:
    """What a client is told when it does not get what it asked for."""

    status: int
    title: str
    detail: str = ""
    links: Sequence[tuple[str, str]] = ()  # (address, media type) of what there is instead
    page: str = ""  # the page of the site about this status
    language: str = ""

    def _text(self) -> str:
        lines = [f"{self.status} {self.title}", self.detail, *(f"{a}  {kind}" for a, kind in self.links)]
        return "\n".join(line for line in lines if line) + "\n"

    def _html(self) -> str:
        rows = "".join(
            f'<li><a href="{html.escape(address)}">{html.escape(kind)}</a></li>'
            for address, kind in self.links
        )
        return (
            '<!DOCTYPE html>\n<html lang="en" dir="ltr"><head><meta charset="utf-8">'
            f"<title>{self.status} {html.escape(self.title)}</title></head><body>"
            f"<h1>{self.status} {html.escape(self.title)}</h1><p>{html.escape(self.detail)}</p>"
            f"<ul>{rows}</ul></body></html>\n"
        )

    def body(self, suffix: str) -> str:
        """Return the problem in a format; the data formats hold no triple, since nothing is said."""
        if suffix == "html":
            return self.page or self._html()
        if suffix == "jsonld":
            told = {"status": self.status, "title": self.title, "detail": self.detail}
            return orjson.dumps({"@context": {}, "@graph": [], **told}).decode("utf-8")
        lines = self._text().splitlines()
        if suffix in {"ttl", "nt"}:
            return "".join(f"# {line}\n" for line in lines)
        if suffix == "rdf":
            comment = html.escape(" ".join(lines)).replace("--", "- -")
            return (
                '<?xml version="1.0" encoding="UTF-8"?>\n'
                f'<rdf:RDF xmlns:rdf="{PREFIXES["rdf"]}"><!-- {comment} --></rdf:RDF>\n'
            )
        return self._text()


TEXT: Final = Format("txt", "text/plain")


def refuse(request: Request, problem: Problem, headers: Mapping[str, str] | None = None) -> Response:
    """Return a problem in the format that the client prefers; plain text where it takes none of ours."""
    chosen = negotiate(request.headers.get("accept"), (TEXT, *RESOURCE)) or TEXT
    language = problem.language if chosen.suffix == "html" else ""
    shown = Representation.of(problem.body(chosen.suffix), chosen.content_type, language)
    given = {"vary": "Accept, Accept-Language", "cache-control": "no-cache"} | dict(headers or {})
    return respond(request, shown, given, problem.status)


def refuse_as_text(request: Request, problem: Problem, headers: Mapping[str, str] | None = None) -> Response:
    """Return a problem as plain text, which no browser takes for a page."""
    shown = Representation.of(problem.body("txt"), TEXT.content_type)
    return respond(request, shown, {"cache-control": "no-cache"} | dict(headers or {}), problem.status)
