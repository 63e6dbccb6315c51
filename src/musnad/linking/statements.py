"""Statements for Wikidata, each with its reference: proposed to an editor, never sent.

Of claims only those are written that are affirmed, asserted and contested by nobody, whose reading is not
doubtful, whose speaker is named, whose document has an address, and whose two ends are entities with a
reviewed exact match. Which property of Wikidata a relation is, is said in a table by whoever answers for it;
no number stands in this code. Chosen over (a) a fixed table of properties, which would be a judgement hidden
in code, and (b) statements without reference, which Wikidata rightly refuses.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from musnad.errors import DataError, ProjectError
from musnad.store import Store

_HEAD: Final = ["what", "property"]
_ADDRESS, _DAY = "reference:url", "reference:published"
_RELATION: Final = "relation:"
_PROPERTY: Final = re.compile(r"P([1-9][0-9]*)\Z")
_EXACT_DAY: Final = re.compile(r"\d{4}-\d\d-\d\d\Z")
_CLAIMS: Final = """SELECT DISTINCT ?subject ?object ?url ?edtf WHERE {
  ?claim a msn:Claim ; dcterms:type <%s> ; rdf:subject ?subject ; rdf:object ?object ; msn:speaker ?speaker ;
         msn:polarity msn:Affirmed ; msn:modality modality:asserted ; schema:appearance ?document .
  ?document schema:url ?url .
  OPTIONAL { ?document msn:edtf ?edtf }
  FILTER NOT EXISTS { ?claim msn:conflictsWith ?other }
  FILTER NOT EXISTS { ?claim msn:certainty certainty:doubtful }
  FILTER NOT EXISTS { ?claim msn:roleStatus ?status }
  FILTER NOT EXISTS { ?speaker a msn:AnonymousSource }
} ORDER BY ?subject ?object ?url"""


@dataclass(frozen=True, slots=True)
class Properties:
    """Which property of Wikidata states a relation, an address, a day of publication."""

    relations: Mapping[str, str]  # by the last part of the relation's IRI
    address: str
    day: str = ""

    @classmethod
    def read(cls, path: Path) -> Properties:
        """Return the properties of a table with the columns `what` and `property`, separated by tabs."""
        try:
            rows = list(csv.reader(path.read_text(encoding="utf-8-sig").splitlines(), delimiter="\t"))
        except (OSError, UnicodeDecodeError) as error:
            raise ProjectError(path, f"cannot be read: {error}") from None
        if not rows or rows[0] != _HEAD:
            raise DataError(f"{path}:1", "the columns must be 'what' and 'property'", "separated by one tab")
        found: dict[str, str] = {}
        for line, row in enumerate(rows[1:], 2):
            known = row and (row[0] in {_ADDRESS, _DAY} or row[0].startswith(_RELATION))
            if len(row) != len(_HEAD) or not known or not _PROPERTY.match(row[1]) or row[0] in found:
                remedy = f"write {_RELATION}…, {_ADDRESS} or {_DAY}, each once, a tab, P and digits"
                raise DataError(f"{path}:{line}", f"{' '.join(row)!r} is no property", remedy)
            found[row[0]] = row[1]
        if _ADDRESS not in found:
            raise DataError(path, f"no line {_ADDRESS!r}", "a statement needs a reference")
        relations = {key.removeprefix(_RELATION): value for key, value in found.items() if _RELATION in key}
        return cls(relations, found[_ADDRESS], found.get(_DAY, ""))


def write_statements(
    store: Store, scheme: str, numbers: Mapping[str, str], properties: Properties
) -> Iterator[str]:
    """Yield the statements as commands of QuickStatements (V1), one a line.

    `scheme` is where the relations are, `numbers` the number at Wikidata of each of our IRIs.
    """
    for relation, stated in sorted(properties.relations.items()):
        for row in store.select(_CLAIMS % f"{scheme}{relation}"):
            ends = [numbers.get(getattr(row[name], "value", "")) for name in ("subject", "object")]
            if all(ends):
                url, day = (getattr(row.get(each), "value", "") for each in ("url", "edtf"))
                reference = _reference(url, day, properties)
                yield "\t".join((str(ends[0]), stated, str(ends[1]), *reference))


def _reference(url: str, edtf: str, properties: Properties) -> Iterator[str]:
    """Yield the fields of a reference; its properties begin with S, and a day has the precision 11."""
    address = url.replace('"', "%22").replace("\t", "%09")
    yield from (_PROPERTY.sub(r"S\1", properties.address), f'"{address}"')
    if properties.day and _EXACT_DAY.match(edtf):
        yield from (_PROPERTY.sub(r"S\1", properties.day), f"+{edtf}T00:00:00Z/11")
