"""What one release adds, removes and changes, claim by claim, and why.

The sorted dumps are read side by side; only claims that a line differs for are looked up in the two stores.
The reason is the nearest cause that both releases know of: the document, a decision, the pattern, the inputs
of the project. Chosen over (a) comparing the stores, which reads both whole, and (b) a log written by each
stage, which a build from scratch would not have.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import pyoxigraph as px

from musnad.build.folder import Folder
from musnad.curation import Addresses, read_addresses
from musnad.errors import DataError
from musnad.release import Difference, difference, verify_release
from musnad.store import Store
from musnad.versions.keeping import Release, releases_of
from musnad.vocabulary import PREFIXES, RDFS_LABEL, SCHEMA

ADDED, REMOVED, CHANGED = KINDS = ("added", "removed", "changed")
DOCUMENT, PATTERN, MAPPING, AUTHORITY, CURATION, WITHDRAWN, READING = REASONS = (
    "document",
    "pattern",
    "mapping",
    "authority",
    "curation",
    "withdrawn",
    "reading",
)
_INPUTS: Final = "inputs.sha256"
# The first folder of the project that differs, and what that is called.
_FOLDERS: Final = (("mappings/rdf/", MAPPING), ("rdf/authority/", AUTHORITY), ("mappings/", PATTERN))
_APPEARANCE: Final = px.NamedNode(SCHEMA + "appearance")
_GENERATED, _USED, _DECIDED = (
    px.NamedNode(PREFIXES["prov"] + name) for name in ("wasGeneratedBy", "used", "wasInfluencedBy")
)
_VERSION: Final = px.NamedNode(SCHEMA + "version")
_LABEL: Final = px.NamedNode(RDFS_LABEL)


@dataclass(frozen=True, slots=True)
class Change:
    """One claim that is new, gone or another."""

    kind: str
    claim: str  # IRI
    reason: str
    label_ar: str = ""
    label_en: str = ""


@dataclass(frozen=True, slots=True)
class Changes:
    """What is between two releases: their names, the claims, and all lines of N-Quads."""

    old: str
    new: str
    claims: tuple[Change, ...]
    lines: Difference

    @property
    def counts(self) -> dict[str, int]:
        """Return how many claims of each kind there are."""
        found = Counter(change.kind for change in self.claims)
        return {kind: found[kind] for kind in KINDS}


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two releases, opened."""

    name: str
    folder: Folder
    store: Store
    addresses: Addresses

    @classmethod
    def open(cls, release: Release, base: str) -> Side:
        """Return a release, or raise DataError where a file of it was changed by hand."""
        verify_release(release.folder.release)
        folder, name = release.folder, release.name
        store = Store.open(folder.store, read_only=True, base=base)
        return cls(name, folder, store, read_addresses(folder.tables))

    def named(self, claim: str) -> set[str]:
        """Return the IRIs that a claim names."""
        found = self.store.native.quads_for_pattern(px.NamedNode(claim), None, None)
        return {quad.object.value for quad in found if isinstance(quad.object, px.NamedNode)}

    def value(self, subject: str, predicate: px.NamedNode) -> str:
        """Return a value of a property, "" where there is none."""
        found = self.store.native.quads_for_pattern(px.NamedNode(subject), predicate, None)
        return next((str(getattr(quad.object, "value", "")) for quad in found), "")

    def has(self, subject: str) -> bool:
        """Tell whether the release says anything of a thing."""
        found = self.store.native.quads_for_pattern(px.NamedNode(subject), _LABEL, None)
        return next(found, None) is not None

    def knows_document(self, document: str) -> bool:
        """Tell whether the release has a document."""
        found = self.store.native.quads_for_pattern(px.NamedNode(document), None, None)
        return next(found, None) is not None

    def label(self, subject: str, language: str) -> str:
        """Return the label of a thing in a language, "" where it has none."""
        for quad in self.store.native.quads_for_pattern(px.NamedNode(subject), _LABEL, None):
            if isinstance(quad.object, px.Literal) and quad.object.language == language:
                return quad.object.value
        return ""

    def reading(self, claim: str) -> tuple[str, str]:
        """Return the pattern that read a claim, and the version of its definition."""
        pattern = self.value(self.value(claim, _GENERATED), _USED) if self.value(claim, _GENERATED) else ""
        return pattern, self.value(pattern, _VERSION) if pattern else ""


def find_release(built: Folder, name: str) -> Release:
    """Return the release of a name within a build: its own, or a kept one; DataError where there is none."""
    known = {each.name: each for each in releases_of(built)}
    if name not in known:
        raise DataError(name, "is no release of this build", f"one of {', '.join(known)}")
    return known[name]


def compare(old: Release, new: Release, base: str) -> Changes:
    """Return what a newer release adds, removes and changes."""
    before, after = Side.open(old, base), Side.open(new, base)
    lines = difference(old.folder.release / "musnad.nq", new.folder.release / "musnad.nq")
    touched = sorted(_claims((*lines.added, *lines.removed), base))
    why = _Why(before, after, base)
    return Changes(before.name, after.name, tuple(why.change(claim) for claim in touched), lines)


def _claims(lines: Iterable[str], base: str) -> set[str]:
    start = f"<{base}claim/"
    subjects = (line.partition(">")[0][1:] for line in lines if line.startswith(start))
    return {subject.partition("#")[0] for subject in subjects}


@dataclass(frozen=True, slots=True)
class _Why:
    before: Side
    after: Side
    base: str

    def change(self, claim: str) -> Change:
        """Return the change of one claim with its reason; what was withdrawn has no label."""
        had, has = self.before.has(claim), self.after.has(claim)
        kind = CHANGED if had and has else ADDED if has else REMOVED
        reason = {ADDED: self._added, REMOVED: self._removed, CHANGED: self._changed}[kind](claim)
        side = self.after if has else self.before
        if reason == WITHDRAWN:
            return Change(kind, claim, reason)
        return Change(kind, claim, reason, side.label(claim, "ar"), side.label(claim, "en"))

    def _added(self, claim: str) -> str:
        if self.after.value(claim, _DECIDED):
            return CURATION
        if not self.before.knows_document(self.after.value(claim, _APPEARANCE)):
            return DOCUMENT
        pattern, version = self.after.reading(claim)
        known = self.before.value(pattern, _VERSION) if pattern else ""
        return PATTERN if known != version else self._inputs()

    def _removed(self, claim: str) -> str:
        path, told = claim.removeprefix(self.base), self.after.addresses
        if path in told.moved:
            return CURATION
        if told.is_gone(path):
            return WITHDRAWN
        if not self.after.knows_document(self.before.value(claim, _APPEARANCE)):
            return DOCUMENT
        pattern, version = self.before.reading(claim)
        known = self.after.value(pattern, _VERSION) if pattern else ""
        return PATTERN if known != version else self._inputs()

    def _changed(self, claim: str) -> str:
        named = {iri.removeprefix(self.base) for iri in self.before.named(claim)}
        decided = self.before.value(claim, _DECIDED) != self.after.value(claim, _DECIDED)
        if decided or named & self.after.addresses.moved.keys():
            return CURATION
        if self.before.reading(claim) != self.after.reading(claim):
            return PATTERN
        return self._inputs()

    def _inputs(self) -> str:
        """Return which inputs of the project differ; the reading itself where none does."""
        old, new = (_listed(side.folder) for side in (self.before, self.after))
        changed = {path for path in old.keys() | new.keys() if old.get(path) != new.get(path)}
        for folder, reason in _FOLDERS:
            if any(path.startswith(folder) for path in changed):
                return reason
        return READING


def _listed(folder: Folder) -> dict[str, str]:
    """Return the hashes of the inputs of a release by their paths, as far as it lists them."""
    path = folder.release / _INPUTS
    lines = path.read_text(encoding="utf-8").splitlines() if path.is_file() else []
    return {name: digest for digest, _, name in (line.partition("  ") for line in lines)}
