"""The history of every claim: in which release it was first read, and since when it says what it says.

`history.jsonl` of a build has a row for each claim that any release had; the store learns the days, so that
pages and queries can tell them, and no dump repeats them. What a claim says are its terms, dates and
decisions, not its labels. Chosen over (a) reading all old releases at every build, and (b) days in the data,
which would make two dumps of the same documents differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Final

import orjson
import pyoxigraph as px

from musnad.errors import DataError
from musnad.iri import Minter
from musnad.vocabulary import PREFIXES

_ISSUED, _MODIFIED, _VERSION = (
    px.NamedNode(PREFIXES["dcterms"] + name) for name in ("issued", "modified", "hasVersion")
)
_DATE: Final = px.NamedNode(PREFIXES["xsd"] + "date")


@dataclass(frozen=True, slots=True)
class Past:
    """What is known of one claim: names of releases, and what it says, hashed."""

    claim: str  # the last part of its IRI
    first: str
    since: str
    says: str
    left: str = ""  # the first release that has it no more


def read_history(path: Path) -> dict[str, Past]:
    """Return the past of every claim by the last part of its IRI; nothing where there is no file.

    Raises DataError at a row that this engine does not know.
    """
    found: dict[str, Past] = {}
    for number, line in enumerate(path.read_bytes().splitlines() if path.is_file() else (), 1):
        try:
            past = Past(**orjson.loads(line))
        except (ValueError, TypeError):
            remedy = "install the engine that wrote it, or remove the file"
            raise DataError(f"{path}:{number}", "is no row of a history of this engine", remedy) from None
        found[past.claim] = past
    return found


def write_history(path: Path, pasts: Iterable[Past]) -> None:
    """Write the past of every claim, sorted."""
    lines = (
        orjson.dumps(asdict(each), option=orjson.OPT_APPEND_NEWLINE)
        for each in sorted(pasts, key=lambda each: each.claim)
    )
    path.write_bytes(b"".join(lines))


def continued(before: dict[str, Past], nquads: Path, base: str, release: str) -> list[Past]:
    """Return the past of every claim after one more release."""
    now = _said(nquads, f"{base}claim/")
    found = []
    for claim, says in now.items():
        past = before.get(claim)
        if past is None:
            found.append(Past(claim, release, release, says))
        elif past.says != says or past.left:
            found.append(replace(past, since=release, says=says, left=""))
        else:
            found.append(past)
    left = (each for claim, each in before.items() if claim not in now)
    return found + [each if each.left else replace(each, left=release) for each in left]


def _said(nquads: Path, start: str) -> dict[str, str]:
    """Return what each claim says, hashed: everything but words."""
    found: dict[str, list[str]] = {}
    for quad in px.parse(path=str(nquads), format=px.RdfFormat.N_QUADS):
        subject = quad.subject.value if isinstance(quad.subject, px.NamedNode) else ""
        if subject.startswith(start) and not (isinstance(quad.object, px.Literal) and quad.object.language):
            told = f"{subject.partition('#')[2]} {quad.predicate} {quad.object}"
            found.setdefault(subject.removeprefix(start).partition("#")[0], []).append(told)
    return {
        claim: sha256("\n".join(sorted(lines)).encode("utf-8")).hexdigest()[:16]
        for claim, lines in found.items()
    }


def history_quads(pasts: Iterable[Past], releases: Iterable[str], mint: Minter) -> Iterator[px.Quad]:
    """Yield the releases that there are, and the days of the claims that are there, for the store."""
    graph = px.NamedNode(mint.graph("history"))
    for name in releases:
        version = px.NamedNode(mint.release(name))
        yield px.Quad(px.NamedNode(mint.dataset()), _VERSION, version, graph)
        yield px.Quad(version, _ISSUED, _day(name), graph)
    for each in pasts:
        if not each.left:
            claim = px.NamedNode(f"{mint.base}claim/{each.claim}")
            yield px.Quad(claim, _ISSUED, _day(each.first), graph)
            if each.since != each.first:
                yield px.Quad(claim, _MODIFIED, _day(each.since), graph)


def _day(release: str) -> px.Literal:
    return px.Literal(release[:10], datatype=_DATE)
