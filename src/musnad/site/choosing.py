"""Claims that have several values at once, as a server shows them: a page, a table, or JSON.

Chosen over (a) writing these pages, of which there are too many, and (b) a query for each, whose cost grows
with the claims.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from musnad.search.ledger import slug_of
from musnad.site.addresses import Address
from musnad.site.csv_lines import csv_line
from musnad.site.facets import CHOSEN, PATH, TURN, Facets, address, told
from musnad.site.pages import HTML
from musnad.site.rendering import Page, Site
from musnad.site.values import Row, clean
from musnad.site.view import View, view_of

COLUMNS: Final = ("claim", "label_ar", "label_en", "speaker", "polarity", "modality", "document", "quote")


@dataclass(frozen=True, slots=True)
class Choosing:
    """The claims of a site by their facets."""

    site: Site
    facets: Facets

    def page(self, given: Mapping[str, str], number: int, language: str) -> Page:
        """Return one part of the claims that have some values, facet → slug, as a page."""
        found = self.facets.chosen(given, number)
        if number > found.pages:
            return self.page(given, found.pages, language)

        def at(other: int) -> str:
            whole = {**given, "page": str(other)} if other > 1 else dict(given)
            return f"{Address(PATH, HTML, language).name}?{urlencode(whole)}"

        turn = {
            **TURN,
            "pages": True,
            "previous": at(number - 1) if number > 1 else "",
            "next": at(number + 1) if number < found.pages else "",
            "drop": {
                facet: address({name: slug for name, slug in given.items() if name != facet}, "", language)
                for facet in given
            },
        }
        names = told(found, turn) | {"asking": f"?{urlencode(given)}"}
        return self.site.render_answer(CHOSEN, names, Address(PATH, HTML, language, number), found.pages)

    def told(self, given: Mapping[str, str], number: int, language: str) -> dict[str, Any]:
        """Return the same for machines; `facets` counts what the other choices leave."""
        found = self.facets.chosen(given, number)
        view = view_of(self.site.world, PATH, language, "/")
        return {
            "choices": dict(given),
            "total": found.total,
            "page": min(number, found.pages),
            "pages": found.pages,
            "claims": [dict(zip(COLUMNS, _cells(row, view), strict=True)) for row in found.rows],
            "facets": {
                facet: [{"value": slug_of(each.value), "claims": each.claims} for each in choices]
                for facet, choices in found.facets
            },
        }

    def table(self, given: Mapping[str, str], number: int) -> str:
        """Return the claims of one part as CSV."""
        found = self.facets.chosen(given, number)
        view = view_of(self.site.world, PATH, "en", "/")
        lines = [csv_line(*COLUMNS), *(csv_line(*_cells(row, view)) for row in found.rows)]
        return "".join(f"{line}\n" for line in lines)


def _cells(row: Row, view: View) -> tuple[str, ...]:
    """Return what is told of a claim, in the order of the columns."""
    claim = str(row.claim)
    values = (row.speaker, row.polarity, row.modality, row.document)
    quote = clean(str(row.quote)) if row.quote else ""
    return (claim, view.label_in(claim, "ar"), view.label_in(claim, "en"), *map(str, values), quote)
