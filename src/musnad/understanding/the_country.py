"""Which country «the country» is («a town in the south of the country»).

It is the one that holds the place as far as the authority knows, else the one that the page names far more
often than any other. Chosen over (a) the words alone, which say nothing to who has not the page, and (b) the
country named last, which is as often the neighbour.
"""

from __future__ import annotations

from collections import Counter
from typing import Final

from musnad.folding import fold_name
from musnad.model import Thing
from musnad.understanding.insides import is_country
from musnad.understanding.setting import Setting

_THE_COUNTRY: Final = "البلاد"  # the country
_LEAST: Final = 2  # times that a country is named
_MORE: Final = 2  # how much oftener than the next


def country_meant(place: Thing, where: Thing, setting: Setting) -> Thing | None:
    """Return where a place lies, the country itself for «the … of the country»; None for a whole country."""
    if fold_name(where.label).split()[-1:] != [_THE_COUNTRY]:
        return where
    if is_country(place.entity, setting):
        return None
    iri = _holder(place, setting) or _named_most(setting)
    known = setting.entities.get(iri)
    return Thing(known.label_ar, known.iri) if known else where


def _holder(place: Thing, setting: Setting) -> str:
    """Return the IRI of the country that holds a place of the authority, "" if none is known."""
    known, seen = setting.entities.get(place.entity), set[str]()
    while known is not None and known.iri not in seen:
        seen.add(known.iri)
        if is_country(known.iri, setting):
            return known.iri
        known = setting.entities.get(known.located_in)
    return ""


def _named_most(setting: Setting) -> str:
    """Return the IRI of the country that the page names far more often than others, "" if none is."""
    countries = [m.entity for m in setting.mentions if m.type == "PLACE" and is_country(m.entity, setting)]
    most = [*Counter(countries).most_common(2), ("", 0), ("", 0)]
    (first, times), (_, others) = most[:2]
    return first if times >= _LEAST and times >= _MORE * others else ""
