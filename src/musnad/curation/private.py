"""The list of private persons, `rdf/curation/private.yaml`: names as keyed hashes, who listed them, and why.

The key stands beside it in `private.key`, which git ignores and nothing publishes; whoever has both files can
test a name, nobody can read the list. Where there are entries and no key the build is refused, so that a copy
without the key never publishes what the list keeps out. Chosen over (a) a list in plain words outside the
project, which a fresh copy would miss without a word, and (b) hashes without a key (`names`).
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from musnad.config import YamlList, YamlMap, read_yaml, refuse_unknown, require
from musnad.curation.decisions import PRIVATE
from musnad.curation.names import Names, hashed, hashes_of, words_of
from musnad.errors import DataError, MappingError, ProjectError

_KEY: Final = "private.key"
_ENTRY: Final = ("names", "words", "who", "when", "why", "gone")
_HEAD: Final = (
    "# Private persons, as keyed hashes: see docs/curation.md. Written by `musnad takedown` and\n"
    "# `musnad private`. The key is private.key, beside this file and in no repository: keep a copy of it.\n"
)
_CHECK: Final = "musnad"
_IRI: Final = "iri "


def address_hash(path: str) -> str:
    """Return what is kept of an address that is gone: the first 32 hexadecimal digits of its SHA-256."""
    return sha256(path.encode("utf-8")).hexdigest()[:32]


@dataclass(frozen=True, slots=True)
class Entry:
    """One person: the hashes of the names, who listed them, when and why; addresses that answer 410."""

    names: tuple[str, ...]  # first word and whole of each name, joined by a space; `iri …` for an IRI
    words: int  # of the longest name
    who: str
    when: str
    why: str
    gone: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Private:
    """The private persons of a project."""

    key: bytes = b""
    entries: tuple[Entry, ...] = ()
    _iris: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        told = (name for entry in self.entries for name in entry.names)
        object.__setattr__(self, "_iris", frozenset(name for name in told if name.startswith(_IRI)))

    def __bool__(self) -> bool:
        """Tell whether anybody is listed."""
        return bool(self.entries)

    @property
    def names(self) -> Names:
        """Return the names, to be found in texts."""
        pairs = [name.split() for entry in self.entries for name in entry.names if not name.startswith(_IRI)]
        longest = max((entry.words for entry in self.entries), default=0)
        firsts, wholes = frozenset(one for one, _ in pairs), frozenset(whole for _, whole in pairs)
        return Names(self.key, firsts, wholes, longest)

    @property
    def gone(self) -> frozenset[str]:
        """Return the hashes of the addresses of those who were taken down."""
        return frozenset(each for entry in self.entries for each in entry.gone)

    def is_listed(self, iri: str) -> bool:
        """Tell whether an entity was listed by its IRI."""
        return bool(self._iris) and _IRI + hashed(self.key, iri) in self._iris


def entry_of(key: bytes, names: list[str], iri: str, said: tuple[str, str, str]) -> Entry:
    """Return the entry of a person with some names and an IRI or ""; `said` is who, when and why."""
    kept = {name for name in names if len(words_of(name)) > 1 or name.startswith("@")}
    if not kept and not iri:
        raise DataError("names", f"{len(names)} name(s) of one word", "give the full name, or the IRI")
    who, when, why = said
    if any(set(words_of(name)) & set(words_of(f"{why} {who}")) for name in names if len(name) > 2):
        raise DataError("--why", "the reason or the signature has a word of the name", "write it without")
    told = {" ".join(hashes_of(key, name)) for name in kept} | ({_IRI + hashed(key, iri)} if iri else set())
    return Entry(tuple(sorted(told)), max((len(words_of(each)) for each in kept), default=0), who, when, why)


def read_private(folder: Path) -> Private:
    """Return the list of a project; raise ProjectError where it has entries and no key of theirs."""
    path = folder / PRIVATE
    if not path.is_file():
        return Private()
    data = read_yaml(path)
    refuse_unknown(path, data, ("check", "persons"))
    require(path, data, ("check", "persons"))
    if not isinstance(data["persons"], YamlList):
        raise MappingError(path, "persons is a list")
    entries = tuple(_entry(path, each) for each in data["persons"])
    key = _key(folder)
    if not key or hashed(key, _CHECK) != data["check"]:
        raise ProjectError(
            folder / _KEY,
            "the key of the private list is missing, or is that of another list",
            "copy it from where the list was written, or set MUSNAD_PRIVATE_KEY",
        )
    return Private(key, entries)


def _entry(path: Path, given: Any) -> Entry:
    if not isinstance(given, YamlMap):
        raise MappingError(path, "a person is names, words, who, when, why")
    refuse_unknown(path, given, _ENTRY, "a private person")
    require(path, given, ("names", "words", "who", "when", "why"), "a private person")
    lists = [given["names"], given.get("gone", YamlList(given.line))]
    if not all(isinstance(each, YamlList) for each in lists) or not isinstance(given["words"], int):
        raise MappingError(f"{path}:{given.line}", "names and gone are lists, words is a number")
    names, gone = (tuple(map(str, each)) for each in lists)
    who, when, why = (str(given[name]) for name in ("who", "when", "why"))
    return Entry(names, given["words"], who, when, why, gone)


def _key(folder: Path) -> bytes:
    try:
        text = os.environ.get("MUSNAD_PRIVATE_KEY") or (folder / _KEY).read_text(encoding="ascii")
        return bytes.fromhex(text.strip())
    except (OSError, ValueError):
        return b""


def open_private(folder: Path) -> Private:
    """Return the list of a project to add to it; where there is none, make the key of a new one."""
    if (folder / PRIVATE).is_file():
        return read_private(folder)
    key = _key(folder)
    if not key:
        folder.mkdir(parents=True, exist_ok=True)
        key = secrets.token_bytes(32)
        descriptor = os.open(folder / _KEY, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(f"{key.hex()}\n")
        ignored = folder / ".gitignore"
        lines = ignored.read_text(encoding="utf-8").splitlines() if ignored.is_file() else []
        ignored.write_text("\n".join([*lines, _KEY]) + "\n", encoding="utf-8")
    return Private(key)


def write_private(folder: Path, private: Private) -> None:
    """Write the list of a project in one step."""
    lines = [_HEAD, f'check: "{hashed(private.key, _CHECK)}"\n', "persons:\n"]
    for entry in private.entries:
        lines.append("  - names:\n")
        lines += [f"      - {name}\n" for name in entry.names]
        lines.append(f"    words: {entry.words}\n")
        lines += [f"    {name}: {_quoted(getattr(entry, name))}\n" for name in ("who", "when", "why")]
        if entry.gone:
            lines.append("    gone:\n")
            lines += [f'      - "{each}"\n' for each in entry.gone]
    beside = folder / f".{PRIVATE}.new"
    beside.write_text("".join(lines), encoding="utf-8")
    os.replace(beside, folder / PRIVATE)


def _quoted(text: str) -> str:
    r"""Return a text as a scalar of YAML on one line.

    >>> _quoted('a "b"')
    '"a \\"b\\""'
    """
    plain = " ".join(text.split()).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{plain}"'
