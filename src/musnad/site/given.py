"""What the template of one part of a page is given, and a hash of it.

What the data hand over is one thing, what the page looks up beside (labels, the rows that a further query
tells) another: a later build compares the one by its hash and the other by its traces. Chosen over (a) one
hash of all, for which everything would have to be looked up, and (b) traces of all, which know of a list only
that something in it changed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Any, Final

from musnad.site.parts import Around

DIGEST: Final = 16  # bytes


@dataclass(slots=True)
class Given:
    """The names of a template, the parts beside this one, and what gives further names when it is filled."""

    names: Mapping[str, Any]
    around: Around = field(default_factory=Around)
    further: Callable[[], Mapping[str, Any]] = dict
    _every: Mapping[str, Any] | None = field(init=False, default=None)

    def every(self) -> Mapping[str, Any]:
        """Return all names; the other language asks for them next."""
        if self._every is None:
            self._every = {**self.names, **self.further()}
        return self._every

    def digest(self) -> bytes:
        """Return a hash of what the data hand over: other data, another hash."""
        told = repr((dict(self.names), self.around)).encode("utf-8")
        return sha256(told).digest()[:DIGEST]
