"""Claims by their facets: the values of a facet, and the claims that have one value or several.

One value is a page of the written site (`claims/outlet/<slug>`), several are asked of the server
(`claims?outlet=…&year=…`); both are made here. Chosen over (a) a page for every combination, of which there
are too many to write, and (b) facets in the browser only, which a reader without JavaScript does not have.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import urlencode

from musnad.search import FACETS, Choice, Ledger
from musnad.site.addresses import Address
from musnad.site.given import Given
from musnad.site.pages import HTML, PageKind
from musnad.site.parts import Parts
from musnad.site.queries import Answers, Query
from musnad.site.values import Iri, Row

PATH: Final = "claims"
VALUES: Final = "values"  # what the key `facet` of a page may be, beside `claims`
CHOSEN: Final = PageKind("choice", PATH, (), "choice.html", data=False)
NAMES: Final = frozenset({"choices", "facets", "found", "turn", "facet"})
ON_A_PAGE: Final = 20  # of an answer to several choices
CLAIMS_ON_A_PAGE: Final = 28  # of one value, at most
VALUES_ON_A_PAGE: Final = 100
MOST_VALUES: Final = 40  # of one facet, to choose from
ROWS: Final = "claim-rows"
# Where the parts of an answer lead; a written page turns by its own addresses.
TURN: Final[Mapping[str, Any]] = {"previous": "", "next": "", "drop": {}, "pages": False}


@dataclass(frozen=True, slots=True)
class Chosen:
    """The claims that have some values: one part of them, how many there are, what else may be chosen."""

    rows: list[Row]
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
        self._listed: tuple[str, list[str], bytes, Parts] = ("", [], b"", Parts.of({}))

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
        every, facets = self._count(given)
        rows = self._told(every[ON_A_PAGE * (number - 1) : ON_A_PAGE * number])
        choices = [choice for _, found in facets for choice in found if choice.chosen]
        return Chosen(rows, len(every), max(1, -(-len(every) // ON_A_PAGE)), choices, facets)

    def _count(self, given: dict[str, str]) -> tuple[list[str], list[tuple[str, list[Choice]]]]:
        """Return the claims that have some values, and what else may be chosen."""
        counted = self._counted
        if counted is None or counted[0] != given:
            bits = self.ledger.chosen(given)
            every = self.ledger.part(bits, 0, bits.bit_count())
            facets = [(facet, self.ledger.counts(given, facet, MOST_VALUES)) for facet in FACETS]
            counted = self._counted = (given, every, facets)
        return counted[1:]

    def _told(self, claims: Iterable[str]) -> list[Row]:
        """Return what a list shows of claims."""
        [rows] = self._answers.more(self._rows, [[Row({"claim": Iri(claim)}) for claim in claims]])
        return rows

    def given(self, path: str, number: int) -> Given | None:
        """Return what the template of a written page is given; None where there is no such page or part."""
        _, facet, *rest = path.split("/")
        if facet not in FACETS:
            return None
        return self._claims(path, facet, rest[0], number) if rest else self._values(facet, number)

    def _values(self, facet: str, number: int) -> Given | None:
        """Return the values of a facet; how many there are is told on the first part."""
        every = self.ledger.counts({}, facet)
        parts = Parts.of({facet: ([choice.slug for choice in every], VALUES_ON_A_PAGE)})
        part = parts.find(number)
        if part is None:
            return None
        start, end = part[facet]
        found = len(every) if number == 1 else 0
        names = {"facet": facet, "choices": every[start:end], "found": found, "facets": [], "turn": TURN}
        return Given(names, parts.around(number))

    def _claims(self, path: str, facet: str, slug: str, number: int) -> Given | None:
        """Return the claims of one value; what else may be chosen, and every number, is on the first part."""
        value = self.ledger.value(facet, slug)
        if value is None:
            return None
        if self._listed[0] != path:
            every, values = self.ledger.listed(facet, slug)
            self._listed = (path, every, values, Parts.of({path: (every, CLAIMS_ON_A_PAGE)}))
        _, every, values, parts = self._listed
        part = parts.find(number)
        if part is None:
            return None
        first, claims = number == 1, every[slice(*part[path])]
        total = len(every) if first else 0
        chosen = Choice(facet, slug, value, total, chosen=True)
        names: dict[str, Any] = {"facet": facet, "choices": [chosen], "turn": TURN}
        names |= {"claims": claims, "total": total, "values": values if first else b""}

        def further() -> dict[str, Any]:
            facets = self._narrowing(chosen) if first else []
            return {"facets": facets, "found": Chosen(self._told(claims), total, 1, [chosen], facets)}

        return Given(names, parts.around(number), further)

    def _narrowing(self, chosen: Choice) -> list[tuple[str, list[Choice]]]:
        """Return what else may be chosen beside one value: it depends on the values of its claims alone.

        Of its own facet nothing else is told. How many claims have the other values changes with every
        document, and stands where all values do.
        """
        given = {chosen.facet: chosen.slug}
        return [
            (name, [chosen] if name == chosen.facet else self.ledger.counts(given, name, MOST_VALUES))
            for name in FACETS
        ]

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
