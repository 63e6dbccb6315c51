"""Values of our frozen classes as JSON, and back, by the types of their fields.

Chosen over (a) pickle, which runs what a file says, and (b) a library of codecs, for four kinds of fields.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

import orjson

T = TypeVar("T")
Read = Callable[[Any], Any]  # from what JSON holds to a value


def dump(value: object) -> bytes:
    """Return a value as JSON."""
    return orjson.dumps(value)


def load(kind: type[T], data: bytes) -> T:
    """Return the value of a class that `dump` wrote.

    >>> from musnad.model import Zone
    >>> load(Zone, dump(Zone("body", 3, 9))) == Zone("body", 3, 9)
    True
    """
    reader: Any = _reader
    value: T = reader(kind)(orjson.loads(data))
    return value


@cache
def _reader(kind: Any) -> Read:
    """Return what reads a type: a class of ours, a tuple of one type or of several, or a plain value."""
    if is_dataclass(kind):
        return _class_reader(kind)
    if get_origin(kind) is tuple:
        inner = get_args(kind)
        if inner[-1] is Ellipsis:
            each = _reader(inner[0])
            return tuple if each is _same else lambda given: tuple(map(each, given))
        parts = tuple(map(_reader, inner))
        return lambda given: tuple(read(part) for read, part in zip(parts, given, strict=True))
    return _same


def _class_reader(kind: Any) -> Read:
    hints = get_type_hints(kind)
    readers = [(field.name, _reader(hints[field.name])) for field in fields(kind)]

    def read(given: dict[str, Any]) -> Any:
        return kind(**{name: reader(given[name]) for name, reader in readers})

    return read


def _same(given: Any) -> Any:
    return given
