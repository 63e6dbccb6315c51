"""The map: what is near in the world is near on it, names never lie over one another, an area is a number."""

from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from musnad.site import Site
from musnad.site.maps import JOINED, LETTER, LINE, WIDTH, Box, Map, Spot, draw
from musnad.site.values import Iri, Row
from test_site import site  # noqa: F401 the fixture

CLAIMS = st.integers(0, 40)
POINTS = st.tuples(st.floats(-70, 75), st.floats(-179, 179))


def place(latitude: float, longitude: float, claims: int = 1) -> Row:
    return Row(
        {
            "place": Iri("https://example.org/a"),
            "latitude": latitude,
            "longitude": longitude,
            "claims": claims,
        }
    )


def spots(drawn: Map) -> list[Spot]:
    return [spot for frame in drawn.frames for spot in frame.spots]


def name_box(spot: Spot, name: str) -> Box:
    assert spot.name
    wide = sum(JOINED if letter >= "\u0590" else LETTER for letter in name)
    x, foot = spot.name
    return Box(x - wide / 2, foot + 4 - LINE, x + wide / 2, foot + 4)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.tuples(POINTS, CLAIMS), min_size=1, max_size=25), st.lists(POINTS, max_size=60))
def test_everything_lies_inside_its_frame(
    places: list[tuple[tuple[float, float], int]], ground: list[tuple[float, float]]
) -> None:
    rows = [place(*point, claims) for point, claims in places]
    drawn = draw(rows, ["Exampletown"] * len(rows), ground)
    assert 1 <= len(drawn.frames) <= 2
    said = [row for row in rows if row.claims] or rows
    assert len(drawn.frames[0].spots) >= len(said)
    for frame in drawn.frames:
        assert frame.top + frame.height <= drawn.height + 0.2
        for spot in frame.spots:
            assert 0 <= spot.x - spot.radius <= spot.x + spot.radius <= WIDTH
            assert frame.top <= spot.y - spot.radius <= spot.y + spot.radius <= frame.top + frame.height
        names = [name_box(spot, "Exampletown") for spot in frame.spots if spot.name]
        assert not any(one.meets(other) for one, other in combinations(names, 2))


def test_north_is_up_and_east_is_right() -> None:
    north, south = spots(draw([place(40.0, 30.0), place(35.0, 36.0)], ["a", "b"], []))
    assert north.y < south.y
    assert north.x < south.x


def test_the_area_of_a_circle_is_its_number() -> None:
    many, few = spots(draw([place(40.0, 30.0, 16), place(35.0, 36.0, 4)], ["a", "b"], []))
    assert many.radius == pytest.approx(2 * few.radius)


def test_the_thick_of_the_ground_has_a_frame_of_its_own() -> None:
    ground = [(33 + n / 10, 36 + n / 10) for n in range(30)] + [(48.0, 2.0), (55.7, 37.6)]
    rows = [place(55.7, 37.6, 5), place(46.2, 6.1, 3), place(34.7, 36.7, 2), place(33.5, 36.3, 1)]
    far, near = draw(rows, ["a", "b", "c", "d"], ground).frames
    assert [spot.linked for spot in far.spots] == [True, True, False, False]
    assert len(near.spots) == 2
    assert all(spot.linked for spot in near.spots)
    assert far.inner
    assert near.top > far.top + far.height


def test_without_a_place_there_is_no_map() -> None:
    assert draw([], [], [(1.0, 2.0)]).frames == ()


@pytest.mark.parametrize("language", ["ar", "en"])
def test_the_page_credits_geonames_and_names_each_place(site: Site, language: str) -> None:  # noqa: F811
    page = site.render("map", language)
    assert page is not None
    assert 'href="https://www.geonames.org/"' in page.text
    assert "https://creativecommons.org/licenses/by/4.0/" in page.text
    said, named = {"ar": ("أنقرة", "حلب"), "en": ("Ankara", "Aleppo")}[language]  # Ankara, Aleppo
    assert page.text.count(said) >= 3
    assert named in page.text
