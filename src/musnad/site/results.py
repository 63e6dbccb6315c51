"""The answers to a query as a page shows them: always a table, and the pictures that its columns allow.

A picture is chosen by its name in the address, and what it draws is read from the columns: numbers make a
chart, `latitude` and `longitude` a map, days a timeline, two columns of things a network. Chosen over (a) a
drawing library in the browser, which shows nothing without JavaScript, and (b) directives in the query, which
no other endpoint would understand.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from typing import Final, TypeGuard

from musnad.site.values import Iri, Row, Value, Words
from musnad.vocabulary import PREFIXES

TABLE, CHART, MAP, TIMELINE, NETWORK = "table", "chart", "map", "timeline", "network"
VIEWS: Final = (TABLE, CHART, MAP, TIMELINE, NETWORK)
MOST_DRAWN: Final = 60  # lines of a picture; the table has them all
_DEGREES: Final = ("latitude", "longitude")
_DAYS: Final = frozenset(PREFIXES["xsd"] + name for name in ("date", "dateTime"))
_EARLIEST, _LATEST, _WRITTEN = "earliest", "latest", "edtf"


@dataclass(frozen=True, slots=True)
class Results:
    """The answers to a query: its columns and rows, and how they are to be shown."""

    query: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]
    kind: str = TABLE  # or "graph", "boolean"
    view: str = TABLE
    endpoint: str = ""  # the whole address of the service, for those who ask it from elsewhere

    @property
    def views(self) -> tuple[str, ...]:
        """Return the views that the columns allow, the table first."""
        return (TABLE, *(view for view in DRAWN if self.drawn(view)))

    @property
    def shown(self) -> str:
        """Return the view to show: the one asked for, if the columns allow it."""
        return self.view if self.view in self.views else TABLE

    def drawn(self, view: str) -> list[Row]:
        """Return what a picture draws, with the names that its drawing uses; nothing where it cannot be."""
        return DRAWN[view](self)[:MOST_DRAWN] if view in DRAWN else []

    def column(self, name: str, other: int = -1) -> int:
        """Return the place of a column, or another place where there is none of this name."""
        return self.columns.index(name) if name in self.columns else other

    def where(self, fits: Callable[[Value], bool]) -> list[int]:
        """Return the columns that hold a value, and none that does not fit."""
        found = []
        for place in range(len(self.columns)):
            values = [row[place] for row in self.rows if row[place] is not None]
            if values and all(map(fits, values)):
                found.append(place)
        return found


def _is_thing(value: Value) -> bool:
    return isinstance(value, Iri)


def _is_number(value: Value) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool) and isfinite(value)


def _is_day(value: Value) -> bool:
    return isinstance(value, Words) and value.datatype in _DAYS


def _words(value: Value) -> Words:
    return value if isinstance(value, Words) else Words(str(value))


def _amounts(results: Results) -> list[int]:
    return [place for place in results.where(_is_number) if results.columns[place] not in _DEGREES]


def _chart(results: Results) -> list[Row]:
    """Return a bar for each row: the first column of no numbers names it, the first number measures it."""
    numbers = set(results.where(_is_number))
    named = [place for place in range(len(results.columns)) if place not in numbers]
    amounts = _amounts(results)
    if not named or not amounts:
        return []
    found: list[Row] = []
    for row in results.rows:
        name, amount = row[named[0]], row[amounts[0]]
        if name is not None and _is_number(amount):
            if amount < 0:
                return []
            thing = name if isinstance(name, Iri) else None
            found.append(Row({"thing": thing, "name": _words(name), "amount": amount}))
    return found


def _map(results: Results) -> list[Row]:
    """Return a place for each thing with coordinates; its rows are counted, or their first number added."""
    things = results.where(_is_thing)
    north, east = (results.column(name) for name in _DEGREES)
    if not things or min(north, east) < 0:
        return []
    amounts = _amounts(results)
    weights: dict[Iri, int] = {}
    points: dict[Iri, tuple[float, float]] = {}
    for row in results.rows:
        place, latitude, longitude = row[things[0]], row[north], row[east]
        if (
            isinstance(place, Iri)
            and isinstance(latitude, int | float)
            and isinstance(longitude, int | float)
        ):
            points.setdefault(place, (float(latitude), float(longitude)))
            weights[place] = weights.get(place, 0) + _weight(row, amounts)
    return [
        Row({"place": place, "claims": weights[place], **dict(zip(_DEGREES, points[place], strict=True))})
        for place in sorted(points, key=lambda place: (-weights[place], place))
    ]


def _timeline(results: Results) -> list[Row]:
    """Return a bar for each row with a day, or an earliest and a latest one; `?claim` is what says so."""
    things, days = results.where(_is_thing), results.where(_is_day)
    if not things or not days:
        return []
    first = results.column(_EARLIEST, days[0])
    last = results.column(_LATEST, first)
    found = []
    for row in results.rows:
        thing, start, end = row[things[0]], row[first], row[last]
        if thing is None or not isinstance(start, Words) or not isinstance(end, Words):
            continue
        told: dict[str, Value] = {"thing": thing, "claim": thing, _EARLIEST: start, _LATEST: end}
        told[_WRITTEN] = Words(f"{start.text[:10]}/{end.text[:10]}")
        said = dict(zip(results.columns, row, strict=True))
        found.append(Row(told | {name: said[name] for name in ("claim", _WRITTEN) if said.get(name)}))
    return sorted(found, key=lambda row: (str(row.earliest), str(row.latest), str(row.thing)))


def _network(results: Results) -> list[Row]:
    """Return a link for each pair of the first two columns of things, counted as places of a map are."""
    things = results.where(_is_thing)
    if len(things) < 2:
        return []
    amounts = _amounts(results)
    weights: dict[tuple[Iri, Iri], int] = {}
    for row in results.rows:
        source, target = row[things[0]], row[things[1]]
        if isinstance(source, Iri) and isinstance(target, Iri) and source != target:
            weights[source, target] = weights.get((source, target), 0) + _weight(row, amounts)
    ordered = sorted(weights.items(), key=lambda pair: (-pair[1], pair[0]))
    return [
        Row({"source": source, "target": target, "relation": target, "claims": weight})
        for (source, target), weight in ordered
    ]


def _weight(row: Sequence[Value], amounts: Sequence[int]) -> int:
    amount = row[amounts[0]] if amounts else 1
    return max(0, round(amount)) if _is_number(amount) else 0


DRAWN: Final[Mapping[str, Callable[[Results], list[Row]]]] = {
    CHART: _chart,
    MAP: _map,
    TIMELINE: _timeline,
    NETWORK: _network,
}
