"""Where things stand in a picture: dates on a line, bars, names joined by arcs or across two columns.

Only geometry, in the units of a drawing 720 wide; the templates (`publish/templates/*.svg`) draw it, and
every picture has its table beneath. What is drawn is made from the rows of a query, in their order, so that
the same data give the same picture; `mirrored` is for Arabic, whose time runs from right to left. Chosen
over (a) a drawing library in the browser, which shows nothing without JavaScript, and (b) a force-directed
layout, which is another picture after every change and lays names over one another.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from musnad.site.values import Row

WIDTH: Final = 720
NAMES: Final = 260  # what names may take of the width
FIGURES: Final = 60  # what a number behind a bar may take
LINE: Final = 26  # the height of a line
TOP: Final = 30
_LEAST: Final = 7.0  # the width of a single day
_ROUNDS: Final = 12
_THINNEST, _THICKEST = 1.2, 9.0


@dataclass(frozen=True, slots=True)
class Bar:
    """A time on the line: from `x`, `width` long, on the line `y`; `exact` if it is a single day."""

    row: Row
    x: float
    y: int
    width: float
    exact: bool


@dataclass(frozen=True, slots=True)
class Tick:
    """A year on the line."""

    x: float
    year: int


@dataclass(frozen=True, slots=True)
class Timeline:
    """Times of things, one on a line."""

    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    height: int


@dataclass(frozen=True, slots=True)
class Node:
    """A name on the line `y`, with what all its links weigh."""

    iri: str
    y: int
    weight: int


@dataclass(frozen=True, slots=True)
class Link:
    """What joins two names: the row, its two lines, and how thick it is drawn."""

    row: Row
    y: int
    end: int
    thickness: float


@dataclass(frozen=True, slots=True)
class Network:
    """Names and what joins them; `others` is the second column, empty where there is only one."""

    nodes: tuple[Node, ...]
    others: tuple[Node, ...]
    links: tuple[Link, ...]
    height: int


@dataclass(frozen=True, slots=True)
class Chart:
    """Amounts of things, one on a line; `bars` have the width of their amounts."""

    bars: tuple[Bar, ...]
    height: int


def chart(rows: Sequence[Row], *, mirrored: bool = False) -> Chart:
    """Return the picture of rows with `amount`, a number from 0; the number has its room behind the bar."""
    amounts = [row.amount if isinstance(row.amount, int | float) else 0 for row in rows]
    most = max(amounts, default=0) or 1
    bars = []
    for number, (row, amount) in enumerate(zip(rows, amounts, strict=True)):
        width = round((WIDTH - NAMES - FIGURES) * amount / most, 1)
        x = WIDTH - NAMES - width if mirrored else NAMES
        bars.append(Bar(row, round(x, 1), LINE * number, width, True))
    return Chart(tuple(bars), LINE * len(bars) + 8)


def timeline(rows: Sequence[Row], *, mirrored: bool = False) -> Timeline:
    """Return the picture of rows with `earliest` and `latest`, two dates; a row without them is left out."""
    spans = [(row, *span) for row in rows if (span := _span(row))]
    if not spans:
        return Timeline((), (), TOP)
    first = date(min(start for _, start, _ in spans).year, 1, 1)
    last = date(max(end for _, _, end in spans).year, 12, 31)
    room = WIDTH - NAMES

    def place(day: date) -> float:
        share = (day - first).days / max(1, (last - first).days)
        return round(room * (1 - share) if mirrored else NAMES + room * share, 1)

    bars = []
    for number, (row, start, end) in enumerate(spans):
        ends = sorted((place(start), place(end)))
        width = max(_LEAST, ends[1] - ends[0])
        edge = room if mirrored else WIDTH
        x = min(ends[0], edge - width)
        bars.append(Bar(row, round(x, 1), TOP + LINE * number, round(width, 1), start == end))
    years = last.year - first.year + 1
    step = next(each for each in (1, 2, 5, 10, 25, 100, 1000) if years / each <= 9 or each == 1000)
    shown = [year for year in range(first.year, last.year + 1) if year % step == 0 or years == 1]
    ticks = tuple(Tick(place(date(year, 1, 1)), year) for year in shown)
    return Timeline(tuple(bars), ticks, TOP + LINE * len(bars) + 8)


def _span(row: Row) -> tuple[date, date] | None:
    try:
        start, end = (date.fromisoformat(str(value)[:10]) for value in (row.earliest, row.latest))
    except ValueError:
        return None
    return (start, end) if start <= end else None


def network(rows: Sequence[Row]) -> Network:
    """Return names on lines and the arcs between them; rows have `source`, `target` and `claims`."""
    joined = [row for row in rows if row.source != row.target]
    order = _ordered(joined)
    lines = {iri: TOP + LINE * place for place, iri in enumerate(order)}
    weights = Counter[str]()
    for row in joined:
        weights.update({str(row.source): _claims(row), str(row.target): _claims(row)})
    nodes = tuple(Node(iri, lines[iri], weights[iri]) for iri in order)
    return Network(nodes, (), _links(joined, lines, lines), TOP + LINE * len(order))


def flows(rows: Sequence[Row]) -> Network:
    """Return two columns of names, `source` and `target`, and the bands between them."""
    columns = []
    for name in ("source", "target"):
        weights: dict[str, int] = {}
        for row in rows:
            key = str(getattr(row, name))
            weights[key] = weights.get(key, 0) + _claims(row)
        heavy = sorted(weights, key=lambda iri: (-weights[iri], iri))
        columns.append(tuple(Node(iri, TOP + LINE * i, weights[iri]) for i, iri in enumerate(heavy)))
    lines = [{node.iri: node.y for node in column} for column in columns]
    most = max(map(len, columns), default=0)
    return Network(columns[0], columns[1], _links(rows, lines[0], lines[1]), TOP + LINE * most)


def _ordered(rows: Sequence[Row]) -> list[str]:
    """Return the names so that what is joined stands near: each goes to the mean place of its neighbours."""
    near: dict[str, list[str]] = {}
    for row in rows:
        near.setdefault(str(row.source), []).append(str(row.target))
        near.setdefault(str(row.target), []).append(str(row.source))
    order = sorted(near)
    for _ in range(_ROUNDS):
        places = {iri: place for place, iri in enumerate(order)}
        aims = [
            ((sum([places[each] for each in near[iri]]) / len(near[iri]) + place) / 2, iri)
            for iri, place in places.items()
        ]
        before, order = order, [iri for _, iri in sorted(aims)]
        if order == before:  # and so it would be in every further round
            break
    return order


def _links(rows: Sequence[Row], one: dict[str, int], other: dict[str, int]) -> tuple[Link, ...]:
    most = max((_claims(row) for row in rows), default=1)
    scale = (_THICKEST - _THINNEST) / max(1, most - 1)
    return tuple(
        Link(
            row,
            one[str(row.source)],
            other[str(row.target)],
            round(_THINNEST + scale * (_claims(row) - 1), 1),
        )
        for row in rows
    )


def _claims(row: Row) -> int:
    return row.claims if isinstance(row.claims, int) else 1
