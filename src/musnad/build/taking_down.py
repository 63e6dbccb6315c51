"""Take a person out of a finished build: tables, dataset, store, dumps, pages, and every kept release.

The tables of the build lose the person and everything after them is made anew, in a folder that takes the
place of the build in one step; kept releases lose the person quad by quad. Then every byte is searched, and
what is left is named. Chosen over (a) deleting the build, after which a reader finds nothing until the next,
and (b) waiting for the next build, which may be next month.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import orjson

from musnad.build.cache import forget
from musnad.build.folder import Folder, replacing
from musnad.build.spare import spare_of
from musnad.build.stages import Stages
from musnad.curation import (
    OUTCOME,
    Addresses,
    Entry,
    Private,
    Removal,
    address_hash,
    entry_of,
    open_private,
    read_addresses,
    words_of,
    write_addresses,
    write_private,
)
from musnad.errors import DataError
from musnad.iri import Minter
from musnad.store import Store
from musnad.tables.columns import TABLES, Row
from musnad.tables.files import read_json_lines
from musnad.versions import releases_of
from musnad.versions.history import history_quads, read_history, write_history
from musnad.versions.page import write_changes

if TYPE_CHECKING:
    from musnad.curation.scanning import Scanner

_PERSON: Final = "PERSON"


@dataclass(frozen=True, slots=True)
class Person:
    """Who is to be taken down: the names that are known, and the IRIs."""

    names: tuple[str, ...]
    iris: tuple[str, ...]


def find_person(stages: Stages, given: str, built: Iterable[Folder]) -> Person:
    """Return the person of an IRI, a path such as `id/x-…` or a name, with all names that are known.

    Raises DataError where an IRI is nobody's. A name that nothing knows is taken as it is: texts may hold it.
    """
    from musnad.authority import read_authority

    mint = stages.config.minter
    iri = mint.base + given.removeprefix(mint.base) if given.startswith((mint.base, "id/")) else ""
    words = words_of(given)
    names, iris = {given} if not iri else set(), {iri} - {""}
    for entity in read_authority(stages.project.authority, mint).entities.values():
        own = {entity.label_ar, entity.label_en, *(name for name, _ in entity.names)} - {""}
        if entity.type == _PERSON and (entity.iri == iri or words in map(words_of, own)):
            iris.add(entity.iri)
            names |= own
    for folder in built:
        for row in _persons(folder):
            own = {row["label_ar"], row["label_en"]} - {None}
            if row["entity"] == iri or words in map(words_of, own):
                iris.add(row["entity"])
                names |= own
    if not names:
        raise DataError(given, "is no person of the authority or of the build", "give the full name")
    return Person(tuple(sorted(names)), tuple(sorted(iris)))


def _persons(folder: Folder) -> Iterator[Row]:
    path = folder.tables / "entities.jsonl"
    for row in read_json_lines(path) if path.is_file() else ():
        if row["kind"] == _PERSON:
            yield row


def list_person(stages: Stages, person: Person, said: tuple[str, str, str]) -> Private:
    """Add a person to the private list of the project and return the list; `said` is who, when and why."""
    folder, base = stages.project.curation, stages.config.base
    private = open_private(folder)
    entries = [entry_of(private.key, list(person.names), iri, said) for iri in person.iris or ("",)]
    told = tuple(sorted({name for entry in entries for name in entry.names}))
    gone = tuple(sorted(address_hash(iri.removeprefix(base)) for iri in person.iris))
    entry = Entry(told, entries[0].words, *said, gone)
    listed = Private(private.key, (*(each for each in private.entries if each.names != told), entry))
    folder.mkdir(parents=True, exist_ok=True)
    write_private(folder, listed)
    return listed


def take_down(stages: Stages, out: Path, private: Private) -> int:
    """Make a build anew without the private persons; return how many rows of tables fell.

    Raises MusnadError, and leaves the build as it was, where any stage fails. What the shapes object to
    afterwards does not keep a person published: the report is that of the new build.
    """
    old = Folder.at(out)
    told: dict[str, Any] = orjson.loads(old.mark.read_bytes())
    with replacing(out) as place:
        new = Folder(place)
        removal = Removal(private, stages.config.base)
        fallen = _erase_tables(old, new, removal)
        _note(old, new, removal)
        stages.map(new.tables, new.quads, new.store)
        stages.validate(new, tell=True)
        name = told.get("release", told["date"])
        stages.release(new, name)
        for kept in old.kept():
            _erase_kept(stages, kept, new.releases / kept.root.name, private)
        _erase_history(old, new, stages.config.minter, name)
        write_changes(stages.project, stages.config, new, name)
        stages.site(new)
        told["source"] = ""  # the next build is made whole
        new.mark.write_bytes(orjson.dumps(told, option=orjson.OPT_INDENT_2))
    forget(out)
    shutil.rmtree(spare_of(out), ignore_errors=True)
    shutil.rmtree(out.with_name(f"{out.name}-report"), ignore_errors=True)
    return fallen


def _rows(folder: Path, tables: Iterable[str]) -> Iterator[tuple[str, Row]]:
    for table in tables:
        path = folder / f"{table}.jsonl"
        for row in read_json_lines(path) if path.is_file() else ():
            yield table, row


def _erase_tables(old: Folder, new: Folder, removal: Removal) -> int:
    """Write what stays of the tables of a build and of its refusals; return how many rows fell."""
    new.tables.mkdir(parents=True)
    removal.look_for_persons(_rows(old.tables, ("mentions", "entities")))
    removal.look_for_claims(_rows(old.tables, ("mentions", "claims", "attributions")))
    cited = {row["passage"] for _, row in _kept(old, removal, [t for t in TABLES if t != "passages"])}
    fallen = 0
    for table in TABLES:
        with (new.tables / f"{table}.jsonl").open("wb") as file:
            for _, row in _rows(old.tables, [table]):
                stays = removal.row(table, row)
                if stays is None or (table == "passages" and row["passage"] not in cited):
                    fallen += 1
                else:
                    file.write(orjson.dumps(stays, option=orjson.OPT_APPEND_NEWLINE))
    for name in ("schema.json", OUTCOME):
        if (old.tables / name).is_file():
            shutil.copyfile(old.tables / name, new.tables / name)
    names = removal.names.within("")
    refused = old.refusals.read_text(encoding="utf-8") if old.refusals.is_file() else ""
    new.refusals.write_text(names.redact(refused), encoding="utf-8")
    return fallen


def _kept(old: Folder, removal: Removal, tables: list[str]) -> Iterator[tuple[str, Row]]:
    """Yield the rows that stay and cite a passage."""
    for table, row in removal.rows(_rows(old.tables, tables)):
        if row.get("passage"):
            yield table, row


def _note(old: Folder, new: Folder, removal: Removal) -> None:
    told: Addresses = read_addresses(old.tables)
    away = {iri.removeprefix(removal.base) for iri in removal.away}
    write_addresses(new.tables, told.without(away, removal.private.gone))


def _erase_history(old: Folder, new: Folder, mint: Minter, name: str) -> None:
    """Write the history of the claims that are left in any release."""
    told = read_addresses(new.tables)
    pasts = [
        past
        for claim, past in sorted(read_history(old.history).items())
        if not told.is_gone(f"claim/{claim}")
    ]
    if pasts:
        write_history(new.history, pasts)
        names = [each.name for each in releases_of(new, name)]
        Store.open(new.store, base=mint.base).extend(history_quads(pasts, names, mint))


def _erase_kept(stages: Stages, kept: Folder, new_root: Path, private: Private) -> None:
    """Write a kept release without the private persons: dumps, description, sums, store."""
    from musnad.curation.erasing import Erasure

    new = Folder(new_root)
    new_root.mkdir(parents=True)
    removal = Removal(private, stages.config.base)
    _erase_tables(kept, new, removal)
    erasure = Erasure(private, stages.config.base)
    erasure.erase(kept.release / "musnad.nq", new.quads)
    stages.load(new)
    stages.release(new, kept.root.name)
    new.quads.unlink()
    new.refusals.unlink()
    _note(kept, new, removal)
    shutil.copyfile(kept.mark, new.mark)


def traces(places: Iterable[Path], names: Iterable[str]) -> list[Path]:
    """Return the files below some places in which a name still stands."""
    from musnad.curation.scanning import Scanner

    scanner: Scanner = Scanner.of(names)
    return [path for place in places for path in scanner.traces(place)]
