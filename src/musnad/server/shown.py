"""An answer of the query service as the page of results wants it.

Chosen over (a) terms of the store in templates, which would have to know the store, and (b) building it where
queries are admitted, which is about time and not about pages.
"""

from __future__ import annotations

from collections.abc import Sequence

from starlette.requests import Request

from musnad.config import Site as SiteConfig
from musnad.server.paths import whole_address
from musnad.server.protocol import Asked
from musnad.site.results import Results
from musnad.site.values import to_value

Table = tuple[Sequence[str], Sequence[Sequence[object]]]  # names of the columns, and rows of terms
_PATH = "sparql"


def results_of(request: Request, config: SiteConfig, asked: Asked, kind: str, table: Table) -> Results:
    """Return the answer to what a request asks, with the address at which others can ask the same."""
    columns, rows = table
    cells = tuple(tuple(map(to_value, row)) for row in rows)
    address = whole_address(request, config, _PATH)
    return Results(asked.query, tuple(columns), cells, kind, asked.view, address)
