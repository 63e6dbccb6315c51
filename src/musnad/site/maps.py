"""Where places stand on a map: a frame around what is said, and one around where the known places lie thick.

No tiles and no borders: the ground is a pale dot for every place that the authority locates, and each place
that the data name is a circle whose area is the number of its claims. North is up and east is right in both
languages. Degrees are drawn at their true proportion on the middle latitude of a frame (equirectangular).
Chosen over (a) tiles of a map service, which show its borders and tell it who reads, and (b) outlines of
countries, which take a side where a border is contested.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import cos, radians, sqrt
from typing import Final

from musnad.site.values import Row

WIDTH: Final = 720
GAP: Final = 16  # between two frames
LETTER: Final = 7.0  # the width that one letter of a name is given
JOINED: Final = 5.8  # one that is joined to its neighbours, as in Arabic
LINE: Final = 15  # the height of a name
_LEAST, _MOST = 3.0, 17.0  # radii
_FLAT, _TALL = 0.36, 0.72  # height by width of a frame
_SPAN: Final = 3.0  # degrees that a frame shows at least
_EDGE: Final = 0.09  # of the width, kept free around what is framed
_NEAR: Final = 0.5  # a second frame is drawn where it is no wider than this share of the first
_REACH: Final = 0.8  # quartile ranges beyond the quartiles that still belong to the thick of the ground
Degrees = tuple[float, float]  # latitude, longitude


@dataclass(frozen=True, slots=True)
class Box:
    """What a name or a circle covers, in units of the drawing."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: Box) -> bool:
        """Tell whether two boxes overlap."""
        across = self.left < other.right and other.left < self.right
        return across and self.top < other.bottom and other.top < self.bottom


@dataclass(frozen=True, slots=True)
class Spot:
    """A place: its row, its circle, and the middle of the foot of its name; None where that has no room."""

    row: Row
    x: float
    y: float
    radius: float
    name: tuple[float, float] | None
    linked: bool  # False in the first frame for what the second one shows


@dataclass(frozen=True, slots=True)
class Frame:
    """One frame: its top and height, the ground, the places, and where the second frame lies in it."""

    top: float
    height: float
    ground: tuple[tuple[float, float], ...]
    spots: tuple[Spot, ...]
    inner: Box | None = None


@dataclass(frozen=True, slots=True)
class Map:
    """The frames of a map, one below the other."""

    frames: tuple[Frame, ...]
    height: float


@dataclass(frozen=True, slots=True)
class _View:
    """From degrees to the drawing: the north-west corner, the scale, and where the frame begins."""

    north: float
    west: float
    scale: float  # units of the drawing for a degree of latitude
    narrow: float  # how much shorter a degree of longitude is
    top: float
    height: float

    def at(self, point: Degrees) -> tuple[float, float]:
        x = (point[1] - self.west) * self.narrow * self.scale
        return round(x, 1), round(self.top + (self.north - point[0]) * self.scale, 1)

    def holds(self, point: Degrees, edge: float = 0) -> bool:
        x, y = self.at(point)
        return edge <= x <= WIDTH - edge and self.top + edge <= y <= self.top + self.height - edge


def draw(rows: Sequence[Row], names: Sequence[str], ground: Iterable[Degrees]) -> Map:
    """Return the map of rows with `latitude`, `longitude` and `claims`, largest first; `names` are theirs.

    A place of no claim does not widen the frame: it is drawn where it lies inside.
    """
    known = sorted(set(ground))
    placed = [(row, name, point) for row, name in zip(rows, names, strict=True) if (point := _point(row))]
    said = [point for row, _, point in placed if row.claims] or [point for _, _, point in placed]
    if not said:
        return Map((), 0)
    far = _view(said, 0)
    near = _view(_thick(known), far.height + GAP) if known else None
    if near is None or near.scale * _NEAR < far.scale or sum(near.holds(p, _MOST) for *_, p in placed) < 2:
        return Map((_frame(placed, far, known, None),), far.height)
    frames = (_frame(placed, far, known, near), _frame(placed, near, known, None))
    return Map(frames, round(near.top + near.height, 1))


def _point(row: Row) -> Degrees | None:
    north, east = row.latitude, row.longitude
    return (float(north), float(east)) if isinstance(north, float) and isinstance(east, float) else None


def _thick(known: Sequence[Degrees]) -> list[Degrees]:
    """Return where the ground lies thick: what is no outlier, neither in latitude nor in longitude."""
    for axis in (0, 1):
        line = sorted(point[axis] for point in known)
        low, high = line[len(line) // 4], line[len(line) * 3 // 4]
        reach = _REACH * (high - low)
        known = [point for point in known if low - reach <= point[axis] <= high + reach]
    return list(known)


def _view(points: Sequence[Degrees], top: float) -> _View:
    """Return the view that shows all points, with an edge, in a shape neither too flat nor too tall."""
    north, south = max(p[0] for p in points), min(p[0] for p in points)
    west, east = min(p[1] for p in points), max(p[1] for p in points)
    narrow = max(0.2, cos(radians((north + south) / 2)))
    wide = max((east - west) * narrow, _SPAN, (north - south) / _TALL) / (1 - 2 * _EDGE)
    scale = WIDTH / wide
    high = min(max((north - south) + 2 * _EDGE * wide, wide * _FLAT), wide * (_TALL + 2 * _EDGE))
    corner = ((north + south + high) / 2, (west + east - wide / narrow) / 2)
    return _View(*corner, scale, narrow, top, round(high * scale, 1))


def _frame(
    placed: Sequence[tuple[Row, str, Degrees]], view: _View, known: Sequence[Degrees], near: _View | None
) -> Frame:
    """Return one frame; what the second one, `near`, shows again has no name and no link here."""
    shown = [each for each in placed if view.holds(each[2], _MOST)]
    most = max(_claims(row) for row, _, _ in placed) or 1  # of all frames: one area means one number
    circles = [(*view.at(p), max(_LEAST, _MOST * sqrt(_claims(row) / most))) for row, _, p in shown]
    taken = [Box(x - r, y - r, x + r, y + r) for x, y, r in circles]
    spots = []
    for (row, name, point), (x, y, radius) in zip(shown, circles, strict=True):
        linked = near is None or not near.holds(point, _MOST)
        spot = None
        if linked and (box := next(_free((x, y, radius), name, taken, view), None)):
            taken.append(box)
            spot = (round((box.left + box.right) / 2, 1), round(box.bottom - 4, 1))
        spots.append(Spot(row, x, y, round(radius, 1), spot, linked))
    dots = sorted({(float(round(x)), float(round(y))) for x, y in map(view.at, filter(view.holds, known))})
    return Frame(view.top, view.height, tuple(dots), tuple(spots), _inner(view, near) if near else None)


def _free(circle: tuple[float, float, float], name: str, taken: Sequence[Box], view: _View) -> Iterator[Box]:
    """Yield the boxes beside a circle where its name lies inside the frame and over nothing else."""
    x, y, radius = circle
    wide, off = sum(JOINED if letter >= "\u0590" else LETTER for letter in name), radius + 3
    sides = (
        (x + off, y - LINE / 2),
        (x - off - wide, y - LINE / 2),
        (x - wide / 2, y - off - LINE),
        (x - wide / 2, y + off),
    )
    for left, top in sides:
        box = Box(left, top, left + wide, top + LINE)
        inside = left >= 0 and box.right <= WIDTH and view.top <= top and box.bottom <= view.top + view.height
        if inside and not any(box.meets(other) for other in taken):
            yield box


def _inner(view: _View, near: _View) -> Box:
    """Return where the second frame lies in the first, cut at the edges of the first."""
    south = near.north - near.height / near.scale
    east = near.west + WIDTH / (near.narrow * near.scale)
    (left, top), (right, bottom) = view.at((near.north, near.west)), view.at((south, east))
    low = view.top + view.height
    return Box(max(0.5, left), max(view.top + 0.5, top), min(WIDTH - 0.5, right), min(low - 0.5, bottom))


def _claims(row: Row) -> int:
    return row.claims if isinstance(row.claims, int) else 0
