"""Changes for machines and for a terminal: RDF Patch, Atom, a linked data event stream, JSON.

RDF Patch: https://jena.apache.org/documentation/rdf-patch. LDES: https://w3id.org/ldes/specification. Ids are
digests of what they name, so that the same two releases give the same bytes.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import Final
from xml.sax.saxutils import escape

import orjson

from musnad.config import Site
from musnad.iri import Minter, hexdigest
from musnad.versions.changes import Change, Changes

_LDES: Final = "https://w3id.org/ldes#"
_TREE: Final = "https://w3id.org/tree#"
_PROLOGUE: Final = (
    f"@prefix ldes: <{_LDES}> .\n@prefix tree: <{_TREE}> .\n@prefix dcterms: <http://purl.org/dc/terms/> .\n"
    "@prefix prov: <http://www.w3.org/ns/prov#> .\n@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .\n\n"
)
_ACTIVITY: Final = {"added": "Create", "removed": "Delete", "changed": "Update"}


def patch_id(mint: Minter, name: str) -> str:
    """Return the id of a release in the headers of patches: a UUID of its IRI (RFC 9562, version 5)."""
    return f"uuid:{uuid.uuid5(uuid.NAMESPACE_URL, mint.release(name))}"


def to_patch(changes: Changes, mint: Minter) -> Iterator[str]:
    """Yield the lines of an RDF Patch that makes the newer release of the older one."""
    yield f"H id <{patch_id(mint, changes.new)}> .\n"
    yield f"H prev <{patch_id(mint, changes.old)}> .\n"
    yield "TX .\n"
    yield from (f"D {line}\n" for line in changes.lines.removed)
    yield from (f"A {line}\n" for line in changes.lines.added)
    yield "TC .\n"


def to_json(changes: Changes) -> bytes:
    """Return the claims that changed as JSON."""
    claims = [asdict(each) for each in changes.claims]
    told = {"old": changes.old, "new": changes.new, "counts": changes.counts, "claims": claims}
    return orjson.dumps(told, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def to_atom(history: Sequence[Changes], site: Site, language: str) -> str:
    """Return a feed with one entry for each release, the newest first (RFC 4287); history is in order."""
    mint, ordered = site.minter, history[::-1]
    updated = _instant(ordered[0].new) if ordered else "1970-01-01T00:00:00Z"
    entries = "".join(_entry(each, site, language) for each in ordered)
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{language}">\n'
        f"  <id>{mint.base}changes</id>\n  <title>{escape(site.title[language])}</title>\n"
        f"  <author><name>{escape(site.publisher.get(language) or site.title[language])}</name></author>\n"
        f"  <updated>{updated}</updated>\n"
        f'  <link rel="self" href="{mint.base}changes/feed.{language}.atom"/>\n'
        f"{entries}</feed>\n"
    )


def _entry(changes: Changes, site: Site, language: str) -> str:
    base, counts = site.minter.base, changes.counts
    words = {"ar": ("أُضيف", "حُذف", "تغيّر"), "en": ("added", "removed", "changed")}[language]
    told = ", ".join(f"{word}: {number}" for word, number in zip(words, counts.values(), strict=True))
    return (
        f"  <entry>\n    <id>{site.minter.release(changes.new)}</id>\n    <title>{changes.new}</title>\n"
        f"    <updated>{_instant(changes.new)}</updated>\n"
        f'    <link href="{base}changes/{changes.new}.{language}.html"/>\n'
        f"    <summary>{escape(told)}</summary>\n  </entry>\n"
    )


def to_stream(history: Sequence[Changes], mint: Minter) -> str:
    """Return the changes of claims as a linked data event stream in Turtle, in the order of time."""
    stream = f"<{mint.base}changes/stream>"
    head = (
        f"{stream} a ldes:EventStream ;\n    ldes:timestampPath dcterms:created ;\n"
        f"    ldes:versionOfPath dcterms:isVersionOf ;\n    tree:view <{mint.base}changes/stream.ttl> .\n"
        f"<{mint.base}changes/stream.ttl> a tree:Node .\n"
    )
    parts = [_PROLOGUE, head]
    for changes in history:
        for change in changes.claims:
            parts.append(f"\n{stream} tree:member {_member(change, changes.new, mint)}")
    return "".join(parts)


def _member(change: Change, release: str, mint: Minter) -> str:
    iri = f"<{mint.base}changes/stream#{hexdigest(16, change.claim, release)}>"
    return (
        f"{iri} .\n{iri} a <https://www.w3.org/ns/activitystreams#{_ACTIVITY[change.kind]}> ;\n"
        f"    dcterms:isVersionOf <{change.claim}> ;\n"
        f'    dcterms:created "{_instant(release)}"^^xsd:dateTime ;\n'
        f'    dcterms:description "{change.reason}" .\n'
    )


def _instant(release: str) -> str:
    """Return the instant of a release: its day, and one second for each number that it has.

    >>> _instant("2026-01-31.2")
    '2026-01-31T00:00:02Z'
    """
    day, _, number = release.partition(".")
    seconds = int(number or 0)
    return f"{day}T{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}Z"
