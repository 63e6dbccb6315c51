"""Claims by their facets: the values of a facet, and the claims that have one value or several.

One value is a page of the written site (`claims/outlet/<slug>`), several are asked of the server
(`claims?outlet=…&year=…`); both are made here. Chosen over (a) a page for every combination, of which there
are too many to write, and (b) facets in the browser only, which a reader without JavaScript does not have.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from musnad.search import FACETS, Choice, Ledger
from musnad.site.addresses import Address
from musnad.site.pages import HTML, PageKind
from musnad.site.queries import Answers, Query
from musnad.site.values import Iri, Row

PATH: Final = "claims"
VALUES, CLAIMS = "values", "claims"  # what the key `facet` of a page may be
CHOSEN: Final = PageKind("choice", PATH, (), "choice.html", data=False)
NAMES: Final = frozenset({"choices", "facets", "found", "turn", "facet"})
ON_A_PAGE: Final = 20
VALUES_ON_A_PAGE: Final = 100
MOST_VALUES: Final = 40  # of one facet, to choose from
ROWS: Final = "claim-rows"
# Where the parts of an answer lead; a written page turns by its own addresses.
TURN: Final[Mapping[str, Any]] = {"previous": "", "next": "", "drop": {}, "pages": False}


@dataclass(frozen=True, slots=True)
class Chosen:
    """The claims that have some values: one part of them, how many there are, what else may be chosen."""

    rows: list[Row]
    claims: list[str]
    total: int
    pages: int
    choices: list[Choice]
    facets: list[tuple[str, list[Choice]]]


class Facets:
    """Answers what has which value."""

    def __init__(self, ledger: Ledger, answers: Answers, rows: Query) -> None:
        self.ledger, self._answers, self._rows = ledger, answers, rows
        # The parts of one choice, and their languages, are asked for one after the other.
        self._last: tuple[tuple[dict[str, str], int], Chosen] | None = None
        self._counted: tuple[dict[str, str], list[str], list[tuple[str, list[Choice]]]] | None = None

    def paths(self, kind: PageKind) -> Iterator[str]:
        """Yield the paths of a kind of page that is over facets."""
        for facet in FACETS:
            if kind.facet == VALUES:
                yield f"{PATH}/{facet}"
            else:
                yield from (f"{PATH}/{facet}/{slug}" for slug in self.ledger.slugs(facet))

    def chosen(self, given: Mapping[str, str], number: int) -> Chosen:
        """Return one part of the claims that have some values, facet → slug."""
        last, key = self._last, (dict(given), number)
        if last is None or last[0] != key:
            last = self._last = (key, self._choose(dict(given), number))
        return last[1]

    def _choose(self, given: dict[str, str], number: int) -> Chosen:
        counted = self._counted
        if counted is None or counted[0] != given:
            bits = self.ledger.chosen(given)
            every = self.ledger.part(bits, 0, bits.bit_count())
            facets = [(facet, self.ledger.counts(given, facet, MOST_VALUES)) for facet in FACETS]
            counted = self._counted = (given, every, facets)
        _, every, facets = counted
        claims = every[ON_A_PAGE * (number - 1) : ON_A_PAGE * number]
        rows = self._answers.more(self._rows, [Row({"claim": Iri(claim)}) for claim in claims])
        choices = [choice for _, found in facets for choice in found if choice.chosen]
        return Chosen(rows, claims, len(every), max(1, -(-len(every) // ON_A_PAGE)), choices, facets)

    def names(self, path: str, number: int) -> tuple[dict[str, Any], int] | None:
        """Return what the template of a written page is given, and the number of its parts."""
        _, facet, *rest = path.split("/")
        if facet not in FACETS:
            return None
        if not rest:
            every = self.ledger.counts({}, facet)
            part = every[VALUES_ON_A_PAGE * (number - 1) : VALUES_ON_A_PAGE * number]
            pages = max(1, -(-len(every) // VALUES_ON_A_PAGE))
            return {"facet": facet, "choices": part, "found": len(every), "facets": [], "turn": TURN}, pages
        if self.ledger.value(facet, rest[0]) is None:
            return None
        found = self.chosen({facet: rest[0]}, number)
        return told(found) | {"facet": facet}, found.pages

    def overview(self, most: int) -> list[tuple[str, list[Choice], int]]:
        """Return the most frequent values of each facet, and how many values it has."""
        self._answers.store.note()
        return [
            (facet, self.ledger.counts({}, facet, most), len(self.ledger.slugs(facet))) for facet in FACETS
        ]


def told(found: Chosen, turn: Mapping[str, Any] = TURN) -> dict[str, Any]:
    """Return what the template of a choice is given."""
    return {
        "choices": found.choices,
        "facets": found.facets,
        "found": found,
        "turn": turn,
        "facet": "",
    }


def address(given: Mapping[str, str], root: str, language: str, number: int = 1) -> str:
    """Return the link to the claims that have some values: a written page where it is one."""
    if len(given) <= 1:
        path = "/".join([PATH, *(part for pair in given.items() for part in pair)])
        return root + Address(path, HTML, language, number).name
    told = [*given.items(), *([("page", str(number))] if number > 1 else [])]
    return f"{root}{Address(PATH, HTML, language).name}?{urlencode(told)}"
