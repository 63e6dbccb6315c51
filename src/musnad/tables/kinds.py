"""What the values of each column are, as datatypes of CSVW, and what the tables have to do with each other.

https://www.w3.org/TR/tabular-metadata/#datatypes. A column has one type in all tables, but for two names.
"""

from __future__ import annotations

from typing import Final

STRING: Final = "string"
INTEGER: Final = "integer"
DECIMAL: Final = "decimal"
BOOLEAN: Final = "boolean"
DATE: Final = "date"
IRI: Final = "anyURI"
_MONTH: Final = "gYearMonth"
_YEAR: Final = "gYear"

_NAMES: Final = {
    INTEGER: "start end characters views comment_count position hop support",
    DECIMAL: "score precision latitude longitude",
    BOOLEAN: "empty",
    DATE: "not_before not_after published_day object_day when",
    _MONTH: "published_month object_month",
    _YEAR: "published_year object_year",
    IRI: (
        "document graph capture type publisher views_node agent of lead_item passage zone_concept post "
        "author comment link kind_concept target fact selector mention entity located_in identifier "
        "exact_match close_match related_match relation_concept pattern activity claim speaker "
        "polarity_concept modality_concept rdf_subject rdf_predicate rdf_object role_status_concept "
        "certainty_concept about attribution other decision revises curator subject object"
    ),
}
_TYPES: Final = {name: kind for kind, names in _NAMES.items() for name in names.split()}
_EXCEPTIONS: Final = {("mentions", "type"): STRING, ("claims", "pattern"): STRING}

# Columns whose value tells the rows of a table apart, and the columns that lead to such a row elsewhere.
KEYS: Final = {
    "documents": "document",
    "posts": "post",
    "comments": "comment",
    "links": "link",
    "facts": "fact",
    "mentions": "mention",
    "patterns": "pattern",
    "claims": "claim",
    "attributions": "attribution",
}
LEADS: Final = {
    "credits": {"document": "documents"},
    "posts": {"document": "documents"},
    "comments": {"document": "documents"},
    "links": {"document": "documents"},
    "facts": {"document": "documents"},
    "mentions": {"document": "documents"},
    "zones": {"document": "documents"},
    "claims": {"document": "documents"},
    "abouts": {"claim": "claims"},
    "attributions": {"claim": "claims"},
    "conflicts": {"claim": "claims", "other": "claims"},
}

# Columns that serve whoever builds and stay in the build: words to the editor, and words of the document that
# its licence may not let us show (`passages.exact` has those that it does).
INTERNAL: Final = {"documents": {"notes"}, "claims": {"note"}, "mentions": {"surface"}}


def kind_of(table: str, column: str) -> str:
    """Return the datatype of a column.

    >>> kind_of("claims", "start"), kind_of("mentions", "type"), kind_of("names", "name_ar")
    ('integer', 'string', 'string')
    """
    return _EXCEPTIONS.get((table, column)) or _TYPES.get(column, STRING)


def published(table: str, columns: dict[str, str]) -> list[str]:
    """Return the columns of a table that are released, in their order."""
    return [name for name in columns if name not in INTERNAL.get(table, set())]
