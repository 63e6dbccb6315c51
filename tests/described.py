"""The description of a release, made of quads in memory."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import pyoxigraph as px

from musnad.release.clusters import add_merged, merged_clusters
from musnad.release.description import Edition, describe
from musnad.release.figures import Figures
from musnad.release.lines import cut
from musnad.release.outputs import Distribution
from musnad.release.sorting import Sorter
from musnad.release.void import example_kinds


def described(quads: Iterable[px.Quad], files: Sequence[Distribution], edition: Edition) -> list[px.Triple]:
    """Return the description of a release that has these quads and files."""
    mint, figures = edition.site.minter, Figures(shown=example_kinds(edition.site.minter))
    with TemporaryDirectory() as place:
        merged, objects = Sorter(Path(place), "merged"), Sorter(Path(place), "objects")
        for line in sorted({f"{quad} .\n".encode() for quad in quads}):
            parts = cut(line)
            figures.add_quad(parts)
            if parts.graph.decode() != mint.graph("reported"):
                add_merged(merged, parts)
        figures.count(merged_clusters(merged), objects, (mint.term("notBefore"), mint.term("notAfter")))
    return describe(figures, files, edition)
