"""The check of a release that somebody received: every file, the canonical form, the signature."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from pathlib import Path

from musnad.errors import DataError
from musnad.release.figures import Figures
from musnad.release.lines import cut
from musnad.release.signing import verify_signature
from musnad.release.sums import SIGNATURES, verify_release

_REMEDY = "fetch the release again"


def check_release(folder: Path, signer: Path | None = None) -> Iterator[tuple[str, str]]:
    """Yield what was checked and what came of it, or raise DataError at the first thing that is wrong.

    Without a public key a signature is only told of: whoever changed the release could have signed it.
    """
    names = verify_release(folder)
    yield "files", f"{len(names)} as listed"
    figures = _canonical(folder)
    yield "canonical form", f"{figures.quads:,} quads in {len(figures.graphs):,} graphs, as told"
    found = [name for name in SIGNATURES if (folder / name).is_file()]
    if signer:
        yield "signature", f"{verify_signature(folder, signer)} is by the key of {signer}"
    else:
        yield "signature", f"{found[0]}, not verified: give --signer" if found else "none"


def _canonical(folder: Path) -> Figures:
    """Return the figures of `musnad.nq`, or raise where it is not what `graphs.csv` tells."""
    figures, last, path = Figures(), b"", folder / "musnad.nq"
    told = _told(folder / "graphs.csv")
    with path.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if line <= last:
                raise DataError(f"{path}:{number}", "the quads are not sorted, each once", _REMEDY)
            try:
                figures.add_quad(cut(line))
            except ValueError:
                raise DataError(f"{path}:{number}", "is no quad in canonical form", _REMEDY) from None
            last = line
    counted = {name: graph.sha256 for name, graph in figures.graphs.items()}
    for name in sorted(told.keys() | counted.keys()):
        if told.get(name) != counted.get(name):
            raise DataError(path, f"the graph <{name}> is not what graphs.csv tells", _REMEDY)
    return figures


def _told(path: Path) -> dict[str, str]:
    """Return the hash of each graph that a release tells of, or raise where it tells of none."""
    if not path.is_file():
        raise DataError(path, "is missing: the release is of an older engine", "write it again")
    rows = csv.DictReader(io.StringIO(path.read_text(encoding="utf-8"), newline=""))
    return {row["graph"]: row["rdfc10_sha256"] for row in rows}
