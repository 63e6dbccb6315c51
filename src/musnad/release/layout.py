"""What a release tells the next one of how its files were made, so that only what changed is made again.

It is kept beside the release, not in it: nobody needs it to read the data, and without it all is written
anew. Chosen over (a) a file of the release, whose form readers would rely on, and (b) finding it in the files
again, which takes as long as writing them.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any, Final

import orjson

from musnad.release.figures import Figures
from musnad.release.packing import Segments
from musnad.release.shelves import Shelves

_COUNTED: Final = ("quads", "triples", "subjects", "objects", "entities")
_NAMED: Final = ("examples", "earliest", "latest")


@dataclass(frozen=True, slots=True)
class Layout:
    """How the files of a release were made."""

    figures: Figures  # without those of single graphs, which `graphs.csv` tells
    shelves: dict[str, Shelves]  # of Turtle files
    segments: dict[str, Segments]  # of packed files

    def parts(self) -> dict[str, bytes]:
        """Return the layout as bytes: "" for what is small, and the segments of each packed file."""
        told: dict[str, Any] = {name: getattr(self.figures, name) for name in (*_COUNTED, *_NAMED)}
        told |= {"classes": self.figures.classes, "properties": self.figures.properties}
        told["links"] = [[*key, number] for key, number in sorted(self.figures.links.items())]
        shelves = {name: {"sizes": each.sizes, "used": each.used} for name, each in self.shelves.items()}
        told = {"figures": told, "shelves": shelves, "packed": sorted(self.segments)}
        parts = {"": orjson.dumps(told, option=orjson.OPT_NON_STR_KEYS | orjson.OPT_SORT_KEYS)}
        return parts | {name: each.data for name, each in self.segments.items()}

    @staticmethod
    def packed(first: bytes) -> list[str]:
        """Return the names of further parts, of which the first tells."""
        return [str(name) for name in orjson.loads(first)["packed"]] if first else []

    @classmethod
    def of(cls, parts: dict[str, bytes]) -> Layout:
        """Return the layout of such bytes."""
        told = orjson.loads(parts[""])
        given = told["figures"]
        figures = Figures(**{name: given[name] for name in (*_COUNTED, *_NAMED)})
        figures.classes, figures.properties = Counter(given["classes"]), Counter(given["properties"])
        figures.links = Counter({(host, name): number for host, name, number in given["links"]})
        shelves = {
            name: Shelves({int(rank): size for rank, size in each["sizes"].items()}, Counter(each["used"]))
            for name, each in told["shelves"].items()
        }
        return cls(figures, shelves, {name: Segments.of(parts[name]) for name in told["packed"]})
