"""What a dataset does not have any more: addresses that answer 410, and addresses that lead elsewhere.

`withdrawn.json` of a build holds hashes of what is gone, since the address of a person is the name; addresses
that are digests anyway stand in plain letters too, for web servers that know nothing but rules. It says its
format, and one of a later engine is refused. Chosen over (a) tombstones as triples, which every dump would
carry, and (b) a file for each address, whose name would name.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import orjson

from musnad.curation.applying import Curation
from musnad.curation.decisions import CORRECT, MERGE, REJECT, WITHDRAW, Decision
from musnad.curation.private import address_hash
from musnad.errors import DataError

WITHDRAWN: Final = "withdrawn.json"
OUTCOME: Final = "curation.json"
FORMAT: Final = 1
_OPAQUE: Final = re.compile(r"(?:claim|doc|capture|graph)/[0-9a-f]+|id/x-[a-z2-7]+")


@dataclass(frozen=True, slots=True)
class Addresses:
    """Paths below the base: hashes of those that are gone, and where others lead now."""

    gone: frozenset[str] = frozenset()
    moved: Mapping[str, str] = field(default_factory=dict)
    opaque: tuple[str, ...] = ()  # those of the gone that tell nothing, as they are

    def __bool__(self) -> bool:
        """Tell whether there is any."""
        return bool(self.gone or self.moved)

    def is_gone(self, path: str) -> bool:
        """Tell whether what stood at a path was withdrawn."""
        return bool(self.gone) and address_hash(path) in self.gone

    def without(self, paths: set[str], hashes: frozenset[str] = frozenset()) -> Addresses:
        """Return these addresses after some more were withdrawn; nothing leads to them or from them."""
        fallen = {old for old, new in self.moved.items() if {old, new} & paths}
        gone = self.gone | hashes | {address_hash(path) for path in paths | fallen}
        moved = {old: new for old, new in self.moved.items() if old not in fallen}
        return Addresses(gone, moved, _plain(set(self.opaque) | paths))


def addresses(curation: Curation) -> Addresses:
    """Return what a build has withdrawn and moved, after all of its documents."""
    base, outcome = curation.mint.base, curation.outcome
    gone = outcome.gone | {each.target for each in curation.decisions if each.verb in {REJECT, WITHDRAW}}
    moved = {
        each.target: _led(each, curation) for each in curation.decisions if each.verb in {MERGE, CORRECT}
    }
    paths = {old.removeprefix(base): new.removeprefix(base) for old, new in moved.items()}
    away = {iri.removeprefix(base) for iri in gone}
    return Addresses(moved=dict(sorted(paths.items()))).without(away, curation.private.gone)


def write_outcome(curation: Curation, folder: Path) -> None:
    """Write what became of the decisions into a folder of tables: addresses, counts, what waits.

    What waits is named by file and line, not by its address, which may be a name. Nothing is written where
    nothing was decided.
    """
    if not curation:
        return
    write_addresses(folder, addresses(curation))
    told = {
        "done": dict(sorted(curation.outcome.counts.items())),
        "waiting": [[Path(each.place).name, each.verb] for each in curation.pending()],
    }
    (folder / OUTCOME).write_bytes(orjson.dumps(told, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE))


def read_outcome(folder: Path) -> tuple[dict[str, int], list[tuple[str, str]]]:
    """Return how often each kind of decision was carried out, and place and verb of those that wait."""
    try:
        told = orjson.loads((folder / OUTCOME).read_bytes())
    except FileNotFoundError:
        return {}, []
    return told["done"], [(place, verb) for place, verb in told["waiting"]]


def _led(decision: Decision, curation: Curation) -> str:
    """Return where the address of a merged entity or a corrected claim leads."""
    if decision.verb == CORRECT:
        return decision.corrected(curation.mint)
    merges = {each.target: each.into for each in curation.decisions if each.verb == MERGE}
    last = decision.into
    while last in merges:
        last = merges[last]
    return last


def _plain(paths: set[str]) -> tuple[str, ...]:
    return tuple(sorted(path for path in paths if _OPAQUE.fullmatch(path)))


def write_addresses(folder: Path, told: Addresses) -> None:
    """Write `withdrawn.json` into a folder; nothing where nothing is gone or moved."""
    if told:
        (folder / WITHDRAWN).write_bytes(dump(told))


def dump(told: Addresses) -> bytes:
    """Return the bytes of `withdrawn.json`."""
    data = {
        "format": FORMAT,
        "gone": sorted(told.gone),
        "moved": dict(sorted(told.moved.items())),
        "opaque": list(told.opaque),
    }
    return orjson.dumps(data, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def read_addresses(folder: Path) -> Addresses:
    """Return what a build or a written site has withdrawn; DataError at a later engine's format."""
    path = folder / WITHDRAWN
    try:
        data = orjson.loads(path.read_bytes())
    except FileNotFoundError:
        return Addresses()
    except (OSError, ValueError) as error:
        raise DataError(path, f"cannot be read: {error}", "build again") from None
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        found = data.get("format") if isinstance(data, dict) else None
        raise DataError(
            path, f"is of format {found}, and this engine reads {FORMAT}", "install the engine that wrote it"
        )
    return Addresses(frozenset(data["gone"]), data["moved"], tuple(data["opaque"]))
