"""What a client asks: batches of the 0.2 specification, and conditions of the 1.0 draft.

Closed and counted: what is of another shape, or more than the limits, is refused with its place in the
batch, before anything is looked for. Chosen over (a) a JSON Schema at run time, whose messages name no
remedy, and (b) taking what can be taken, which hides a client's mistake from it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import orjson

from musnad.errors import DataError

MOST_QUERIES: Final = 50
MOST_CANDIDATES: Final = 50
FEW_CANDIDATES: Final = 5
_MOST_PROPERTIES: Final = 20
_MOST_VALUES: Final = 20
_MOST_TEXT: Final = 1_000  # characters
_KEYS: Final = frozenset({"query", "type", "limit", "properties", "type_strict"})
_STRICT: Final = ("any", "should", "all")


class Refused(DataError):
    """A request is malformed, or over a limit; `status` is what HTTP says of it."""

    def __init__(self, where: str, problem: str, remedy: str = "", status: int = 400) -> None:
        super().__init__(where, problem, remedy)
        self.status = status


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a property: its text, and the identifier where it is an entity."""

    text: str
    id: str = ""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One property that a candidate should have."""

    property: str
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Query:
    """One reconciliation query."""

    text: str = ""
    types: tuple[str, ...] = ()
    strict: str = "any"  # "should": the others are not left out
    limit: int = FEW_CANDIDATES
    properties: tuple[Wanted, ...] = ()


def read_batch(text: str | bytes) -> dict[str, Query]:
    """Return the queries of a batch by their keys (0.2, section 4), or raise Refused.

    >>> read_batch('{"q0": {"query": "حلب", "type": "Place"}}')["q0"].types
    ('Place',)
    """
    given = _object(read_json(text, "queries"), "queries")
    _count(given, "queries", MOST_QUERIES, "queries")
    return {key: _query(_object(query, key), key) for key, query in given.items()}


def read_conditions(text: str | bytes) -> list[Query]:
    """Return the queries of a batch of the 1.0 draft, in their order, or raise Refused."""
    given = _object(read_json(text, "body"), "body").get("queries")
    queries = _list(given, "queries", MOST_QUERIES)
    return [_conditions(_object(query, f"queries[{n}]"), f"queries[{n}]") for n, query in enumerate(queries)]


def read_json(text: str | bytes, where: str) -> Any:  # JSON
    """Return what JSON says, or raise Refused."""
    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise Refused(where, f"not JSON: {error}") from None


def _query(given: Mapping[str, Any], where: str) -> Query:
    if unknown := sorted(given.keys() - _KEYS):
        raise Refused(where, f"unknown key {unknown[0]!r}", f"known: {', '.join(sorted(_KEYS))}")
    properties = [
        _wanted(_object(each, where), where, ("pid", "v"))
        for each in _list(given.get("properties") or [], f"{where}.properties", _MOST_PROPERTIES)
    ]
    strict = given.get("type_strict", "any")
    if strict not in _STRICT:
        raise Refused(f"{where}.type_strict", f"{strict!r} is none of {', '.join(_STRICT)}")
    return _checked(given, where, _text(given.get("query", ""), f"{where}.query"), properties, strict)


def _conditions(given: Mapping[str, Any], where: str) -> Query:
    text, properties = "", list[Wanted]()
    for n, each in enumerate(_list(given.get("conditions"), f"{where}.conditions", _MOST_PROPERTIES + 1)):
        place = f"{where}.conditions[{n}]"
        condition = _object(each, place)
        kind = condition.get("matchType")
        if kind == "name":
            text = _text(condition.get("propertyValue"), place)
        elif kind == "property":
            properties.append(_wanted(condition, place, ("propertyId", "propertyValue")))
        else:
            raise Refused(place, f"matchType {kind!r} is not known", 'write "name" or "property"')
    return _checked(given, where, text, properties)


def _checked(
    given: Mapping[str, Any], where: str, text: str, properties: Sequence[Wanted], strict: str = "any"
) -> Query:
    """Return a query whose parts are there; type and limit are the same in both versions."""
    if not text.strip() and not properties:
        raise Refused(where, "neither a name nor a property", 'add "query"')
    types = given.get("type") or []
    types = [types] if isinstance(types, str) else _list(types, f"{where}.type", _MOST_VALUES)
    limit = given.get("limit", FEW_CANDIDATES)
    if isinstance(limit, bool) or not isinstance(limit, int | float) or limit != limit // 1 or limit < 1:
        raise Refused(f"{where}.limit", f"{limit!r} is not a positive integer")
    kinds = tuple(_text(kind, f"{where}.type") for kind in types)
    return Query(text, kinds, strict, min(int(limit), MOST_CANDIDATES), tuple(properties))


def _wanted(given: Mapping[str, Any], where: str, keys: tuple[str, str]) -> Wanted:
    name, value = (given.get(key) for key in keys)
    if not isinstance(name, str) or value is None:
        raise Refused(where, f"a property lacks {keys[0]!r} or {keys[1]!r}")
    values = _list(value if isinstance(value, list) else [value], f"{where}.{name}", _MOST_VALUES)
    return Wanted(name, tuple(_value(each, f"{where}.{name}") for each in values))


def _value(given: Any, where: str) -> Value:
    if isinstance(given, dict):
        return Value(_text(given.get("name", ""), where), _text(given.get("id"), where))
    if isinstance(given, bool | int | float):
        return Value(str(given))
    return Value(_text(given, where))


def _text(given: Any, where: str) -> str:
    if not isinstance(given, str):
        raise Refused(where, f"{given!r} is not a text")
    if len(given) > _MOST_TEXT:
        raise Refused(where, f"more than {_MOST_TEXT} characters", status=413)
    return given


def _object(given: Any, where: str) -> Mapping[str, Any]:
    if not isinstance(given, dict):
        raise Refused(where, "not an object")
    return given


def _list(given: Any, where: str, most: int) -> Sequence[Any]:
    if not isinstance(given, list):
        raise Refused(where, "not a list")
    _count(given, where, most, "entries")
    return given


def _count(given: Mapping[str, Any] | Sequence[Any], where: str, most: int, what: str) -> None:
    if len(given) > most:
        raise Refused(where, f"more than {most} {what}", "send them in smaller parts", 413)
