"""What stages gave for an input, kept under a hash of that input, in one file beside the build.

A database of SQLite: an entry is there whole or not at all, also after a kill or a power cut, and each is
compared with its checksum when it is read. What the last whole build did not ask for is removed, so that the
file holds what one build needs. A later engine's format is refused, an older one's is begun anew. Chosen over
(a) a file for each entry, 300,000 of them for 100,000 documents, and (b) pickles, which run what they say.
"""

from __future__ import annotations

import os
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from hashlib import blake2b
from pathlib import Path
from typing import Final

from musnad.errors import MusnadError, ProjectError

FORMAT: Final = 1
_TABLE: Final = "CREATE TABLE entries (id INTEGER PRIMARY KEY, key BLOB NOT NULL UNIQUE, value BLOB NOT NULL)"
_SUM: Final = 16  # bytes of the checksum before each value
_TOGETHER: Final = 64  # entries of one transaction: what a kill may lose
_QUICK: Final = 1  # of zlib, four times as fast as its default


def key_of(stage: str, *parts: bytes | str) -> bytes:
    """Return the key of what a stage gives for some parts; no two lists of parts have the same.

    >>> key_of("read", "ab", "c") == key_of("read", "a", "bc")
    False
    """
    told = blake2b(digest_size=32)
    for part in (stage, *parts):
        data = part.encode("utf-8") if isinstance(part, str) else part
        told.update(b"%d:" % len(data) + data)
    return told.digest()


def cache_beside(out: Path) -> Path:
    """Return where the cache of a build folder is."""
    return out.with_name(f".{out.name}.cache")


def forget(out: Path) -> None:
    """Remove the cache of a build folder, whose entries hold the words of documents."""
    for suffix in ("", "-wal", "-shm"):
        cache_beside(out).with_name(f"{cache_beside(out).name}{suffix}").unlink(missing_ok=True)


class Cache:
    """An open cache, of one process at a time: the lock of the build folder is its own."""

    def __init__(self, path: Path) -> None:
        self.path, self._waiting = path, 0
        with self._told():
            self._database = self._opened()

    def __enter__(self) -> Cache:
        return self

    def __exit__(self, *error: object) -> None:
        with self._told():
            self._database.commit()
            self._database.close()

    def get(self, key: bytes) -> bytes | None:
        """Return what was kept under a key; None where nothing was, or where it was damaged since."""
        with self._told():
            row = self._database.execute("SELECT id, value FROM entries WHERE key = ?", (key,)).fetchone()
            if row is not None and blake2b(row[1][_SUM:], digest_size=_SUM).digest() == row[1][:_SUM]:
                self._database.execute("INSERT OR IGNORE INTO used VALUES (?)", (row[0],))
                return zlib.decompress(row[1][_SUM:])
        return None

    def keep(self, key: bytes) -> bool:
        """Let an entry stay that is not needed this time; tell whether there is one."""
        with self._told():
            row = self._database.execute("SELECT id FROM entries WHERE key = ?", (key,)).fetchone()
            if row is not None:
                self._database.execute("INSERT OR IGNORE INTO used VALUES (?)", row)
        return row is not None

    def put(self, key: bytes, value: bytes) -> None:
        """Keep a value under a key, in place of what was there."""
        packed = zlib.compress(value, _QUICK)
        kept = blake2b(packed, digest_size=_SUM).digest() + packed
        with self._told():
            done = self._database.execute(
                "INSERT INTO entries (key, value) VALUES (?, ?) "
                "ON CONFLICT (key) DO UPDATE SET value = excluded.value RETURNING id",
                (key, kept),
            ).fetchone()
            self._database.execute("INSERT OR IGNORE INTO used VALUES (?)", done)
            self._waiting += 1
            if self._waiting % _TOGETHER == 0:
                self._database.commit()

    def sweep(self) -> int:
        """Remove what was not asked for since the cache was opened; return how many entries that was."""
        with self._told():
            gone = self._database.execute(
                "DELETE FROM entries WHERE id NOT IN (SELECT id FROM used)"
            ).rowcount
            self._database.commit()
            self._database.executescript("PRAGMA incremental_vacuum")  # `execute` stops after one page
            self._database.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        return gone

    def _opened(self) -> sqlite3.Connection:
        """Return the database, made where there is none of this format; raise ProjectError at a later one."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600))  # it holds the words of documents
        database = sqlite3.connect(self.path)
        (version,) = database.execute("PRAGMA user_version").fetchone()
        if version > FORMAT:
            database.close()
            raise ProjectError(
                self.path,
                f"the cache is of format {version}, and this engine reads {FORMAT}",
                "build with the engine that wrote it, or remove the file",
            )
        if 0 < version < FORMAT:
            database.close()
            self.path.unlink()
            return self._opened()
        if not version:
            database.execute("PRAGMA auto_vacuum = INCREMENTAL")
        database.execute("PRAGMA journal_mode = WAL").fetchone()
        database.execute("PRAGMA synchronous = NORMAL")
        if not version:
            database.executescript(f"BEGIN; {_TABLE}; PRAGMA user_version = {FORMAT}; COMMIT;")
        database.execute("CREATE TEMP TABLE used (id INTEGER PRIMARY KEY)")
        return database

    @contextmanager
    def _told(self) -> Iterator[None]:
        """Turn what SQLite and the file system say into MusnadError."""
        try:
            yield
        except (sqlite3.Error, OSError) as error:
            remedy = "make room, or remove the file: the next build makes it anew"
            raise MusnadError(self.path, f"the cache cannot be used: {error}", remedy) from None
