"""Every IRI of the dataset is minted here, and nowhere else.

An IRI comes from a key or a digest, never from a counter, a run or an offset that a better reading would
move. Chosen over (a) UUIDs, which change at every run, and (b) readable slugs for everything, which break
when a headline is corrected.

>>> mint = Minter()
>>> mint.entity("george-sabra")
'https://w3id.org/musnad/id/george-sabra'
>>> mint.passage("https://w3id.org/musnad/capture/00ff", 3, 9)
'https://w3id.org/musnad/capture/00ff#char=3,9'
"""

from __future__ import annotations

import base64
import hashlib
import re
from dataclasses import dataclass
from typing import Final

from musnad.errors import ProjectError

DEFAULT_BASE: Final = "https://w3id.org/musnad/"
_SLUG: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z")
_BASE: Final = re.compile(r"https?://[A-Za-z0-9.:-]+/(?:[A-Za-z0-9._~-]+/)*\Z")


def digest(*parts: str) -> bytes:
    """Return the SHA-256 of the parts joined by U+001F, as UTF-8."""
    return hashlib.sha256("\x1f".join(parts).encode("utf-8", "surrogatepass")).digest()


def hexdigest(length: int, *parts: str) -> str:
    """Return the first `length` hexadecimal digits of `digest`."""
    return digest(*parts).hex()[:length]


BESIDE: Final = ("dataset", "codebook", "report", "history")  # graphs of a store that its file has not


@dataclass(frozen=True, slots=True)
class Minter:
    """Mints IRIs below one base; the base ends in a slash."""

    base: str = DEFAULT_BASE

    def __post_init__(self) -> None:
        if not _BASE.match(self.base):
            raise ProjectError("publish/site.yaml", f"base {self.base!r} is not an http IRI ending in /")

    def term(self, name: str) -> str:
        """Return the IRI of a term of the ontology."""
        return f"{self.base}ontology#{name}"

    def concept(self, scheme: str, name: str) -> str:
        """Return the IRI of a concept of one of our schemes (`relation`, `modality`, `zone`, …)."""
        return f"{self.base}scheme/{scheme}/{name}"

    def scheme(self, scheme: str) -> str:
        """Return the IRI of a concept scheme."""
        return f"{self.base}scheme/{scheme}"

    def entity(self, slug: str) -> str:
        """Return the IRI of an entity of the authority; the slug is Latin, lower case, hyphenated."""
        if not _SLUG.match(slug):
            raise ProjectError("rdf/authority", f"{slug!r} is not a slug", "use a-z, 0-9 and single hyphens")
        return f"{self.base}id/{slug}"

    def seen(self, kind: str, folded: str, document: str) -> str:
        """Return the IRI of an entity that a document names and the authority does not know."""
        tail = base64.b32encode(digest(kind, folded, document)).decode("ascii").lower()[:10]
        return f"{self.base}id/x-{tail}"

    def document(self, key: str) -> str:
        """Return the IRI of a document; the key is its canonical URL, or its text where it has none."""
        return f"{self.base}doc/{hexdigest(12, key)}"

    def document_graph(self, document: str) -> str:
        """Return the IRI of the named graph that holds what one document gives."""
        return f"{self.base}graph/{document.rsplit('/', 1)[1]}"

    def graph(self, name: str) -> str:
        """Return the IRI of a graph that is not a document's: authority, ontology, patterns, reported."""
        return f"{self.base}graph/{name}"

    def capture(self, text: str) -> str:
        """Return the IRI of a stored copy; the key is the text itself."""
        return f"{self.base}capture/{hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:16]}"

    def passage(self, capture: str, start: int, end: int) -> str:
        """Return the IRI of a passage (RFC 5147; code points, end exclusive)."""
        return f"{capture}#char={start},{end}"

    def selector(self, capture: str, start: int, end: int) -> str:
        """Return the IRI of the selector of a passage."""
        return f"{capture}#selector={start},{end}"

    def mention(self, capture: str, start: int, end: int, kind: str) -> str:
        """Return the IRI of a mention (an annotation of one passage)."""
        return f"{capture}#mention={start},{end},{kind.lower()}"

    def part(self, document: str, kind: str, number: int) -> str:
        """Return the IRI of a part of a document: a post, a comment, a link; numbered from 1."""
        return f"{document}#{kind}-{number}"

    def claim(self, *key: str) -> str:
        """Return the IRI of a claim.

        The key is document, relation, subject, object, speaker, polarity and folded quotation: no offset
        and no modality, so that a second capture or a better pattern keeps the IRI.
        """
        return f"{self.base}claim/{hexdigest(16, *key)}"

    def attribution(self, claim: str, hop: int) -> str:
        """Return the IRI of one link of the chain of a claim."""
        return f"{claim}#hop-{hop}"

    def pattern(self, name: str) -> str:
        """Return the IRI of a pattern."""
        return f"{self.base}pattern/{name}"

    def activity(self, pattern: str, version: str) -> str:
        """Return the IRI of the reading of one pattern by one version of the engine."""
        return f"{self.base}activity/{hexdigest(12, pattern, version)}"

    def release(self, name: str) -> str:
        """Return the IRI of a release (`YYYY-MM-DD` or `YYYY-MM-DD.n`)."""
        return f"{self.base}release/{name}"

    def dataset(self) -> str:
        """Return the IRI of the dataset, of which every release is a version."""
        return f"{self.base}dataset"

    def codebook(self, table: str) -> str:
        """Return the IRI of what the codebook tells of a table; a column is a part of it (`#name`)."""
        return f"{self.base}codebook/{table}"

    def distribution(self, release: str, file: str) -> str:
        """Return the IRI of one file of a release."""
        return f"{self.release(release)}/{file}"

    def report(self, *key: str) -> str:
        """Return the IRI of a validation report, or of one result in it; the key is what it says."""
        return f"{self.base}report/{hexdigest(16, *key)}"
