"""What was read from queries before, kept from one build to the next.

To parse the queries of all pages and rules with their algebra takes longer than to follow a change through
them. So what was found stays in one file of the user's cache folder, under a hash of the query and of all
that decides what is found. Chosen over (a) the cache of a build, which takes queries of other projects for
its own, and (b) a parser of our own, which would be another reading of SPARQL.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from typing import Any

import orjson

from musnad import __version__
from musnad.own_files import read_own, write_own


class Known:
    """Answers, as JSON holds them, by what was asked."""

    def __init__(self, made_by: Path) -> None:
        """Take the folder of what finds the answers: where it changes, others may be found."""
        found_by = tuple(path.read_bytes() for path in sorted(made_by.glob("*.py")))
        told = (__version__, version("rdflib"), *found_by)
        self._name = f"queries-{_digest(told)}"
        self._answers: dict[str, Any] | None = None
        self._used: set[str] = set()
        self._new = False

    def answer(self, asked: tuple[object, ...], find: Callable[[], Any]) -> Any:
        """Return what was found for a question; it is found where it is not known."""
        if self._answers is None:
            self._answers = _read(self._name)
        key = _digest(asked)
        self._used.add(key)
        if key not in self._answers:
            self._answers[key], self._new = find(), True
        return self._answers[key]

    def keep(self) -> None:
        """Keep what was asked for, where any of it is new."""
        if self._new and self._answers is not None:
            kept = {key: value for key, value in self._answers.items() if key in self._used}
            self._new = not write_own(self._name, orjson.dumps(kept))


def _read(name: str) -> dict[str, Any]:
    try:
        told = orjson.loads(read_own(name) or b"{}")
    except orjson.JSONDecodeError:  # not whole
        return {}
    return told if isinstance(told, dict) else {}


def _digest(told: tuple[object, ...]) -> str:
    return blake2b(repr(told).encode("utf-8"), digest_size=16).hexdigest()
