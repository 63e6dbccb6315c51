"""Read what stands inside a name: the place or date of an event, the country of a city, each minister.

«مفاوضات جنيف» are held in that city, «مدينة … التركية» lies in that country; «وزراء خارجية … و…» are several.
Chosen over (a) cutting names so that patterns read the rest, which loses the name, and (b) the authority's
word alone, which knows neither new conferences nor who came.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from musnad.dates import find_dates
from musnad.folding import fold_name
from musnad.model import Mention, Thing
from musnad.understanding.particles import ADJECTIVE_ENDINGS, ARTICLE, IN, TO_THE, WITH
from musnad.understanding.scan import unfused
from musnad.understanding.setting import Setting
from musnad.understanding.tagging import FAMILIES, head_of, readings

_COUNTRY: Final = "iso3166-1"
_MINISTER: Final = "وزير خارجية"  # foreign minister of
_PRESIDENT: Final = "رئيس"  # president of
_PRESIDENT_PRINTED: Final = "رئيس"  # president
_CLOSING: Final = '"”»“'
_NO_YEAR: Final = "X"
_CONSTRUCT: Final = frozenset({"قياده", "جناح"})  # command, wing of
_TWO: Final = 2
_CAPITAL: Final = "العاصمه"  # the capital
_FROM: Final = "من "  # from
_OF_THE: Final = re.compile(r"(?<= )(لل|ل(?=\w{3}))")  # of (the), between the name of a part and the whole's


def inside(kind: str, mention: Mention, setting: Setting) -> Iterator[Thing]:
    """Yield what stands inside a name: PLACE, PERSON, ORG, DATE, NISBA (an adjective of one), HEAD, PAST.

    NATIONS are the two whose adjectives stand in it.
    """
    words = setting.document.text[mention.start : mention.end]
    if kind == "PERSON":
        people = {m.entity: m for m in in_order(setting) if m.type == kind and _holds(mention, m, words)}
        yield from (setting.thing_of(person) for person in people.values())
    elif kind == "ORG":
        yield from _owner(mention, words, setting)
    elif kind == "DATE":
        found = [date.edtf for date in find_dates(words, setting.document.published)]
        yield from (Thing(edtf, datatype="edtf") for edtf in found[:1] if _NO_YEAR not in edtf)
    elif kind == "NATIONS":
        adjectives = fold_name(words).replace("-", " ").split()[1:]
        nations = {each.entity: each for word in adjectives if (each := setting.place_of(word))}
        yield from nations.values() if len(nations) == _TWO else ()
    elif kind in {"HEAD", "PAST"}:
        yield from _of_head(fold_name(words).split(), mention, setting, past=kind == "PAST")
    elif kind == "NISBA":
        first, *rest = fold_name(words).split()
        kinds = setting.patterns.words.all("kinds_of_places" if mention.type == "PLACE" else "outlets")
        if mention.type != "PLACE":  # «the paper “X”, a German one», not «the French Press Agency»
            quoted = max(words.rfind(mark) for mark in _CLOSING)
            rest = fold_name(words[quoted + 1 :]).split() if quoted > 0 else []
        named = first != _CAPITAL or len(rest) > 1  # «the Russian capital» says of no town where it lies
        yield from (
            _country(rest, mention, setting) if {first, first.removeprefix(WITH)} & kinds and named else ()
        )
    else:
        yield from _place(fold_name(words).split(), mention.type, setting)


def in_order(setting: Setting) -> list[Mention]:
    """Return the mentions of a document in the order of its text, the wider first."""
    return sorted(setting.mentions, key=lambda m: (m.start, -m.end, m.type))


def _holds(outer: Mention, inner: Mention, words: str) -> bool:
    """Tell whether a name stands inside another, there or elsewhere on the page."""
    held, name = f" {fold_name(words)} ", fold_name(inner.label)
    named = f" {name} " in held or f" ل{name} " in held  # to
    return named or (outer.start < inner.start and inner.end <= outer.end)


def _owner(outer: Mention, words: str, setting: Setting) -> Iterator[Thing]:
    """Yield the body that the name of its part ends with («الهيئة … للائتلاف»)."""
    name = fold_name(words)
    whose = _OF_THE.search(name)
    tail = (ARTICLE if whose[1] == TO_THE else "") + name[whose.end() :] if whose else ""
    first, _, rest = name.partition(" ")
    tail = rest.removeprefix(_FROM) if not whose and first in _CONSTRUCT else tail
    for body in sorted(in_order(setting), key=lambda body: body.start - body.end):
        name = unfused(fold_name(setting.document.text[body.start : body.end]))
        if body.type == "ORG" and body.entity != outer.entity and f"{tail} ".startswith(f"{name} "):
            yield setting.thing_of(body)
            return


def _place(words: list[str], kind: str, setting: Setting) -> Iterator[Thing]:
    """Yield the town that an event is named by, right after its head word or «in»; that of a body after «in».

    A war or a fall is not held in a place that its name holds.
    """
    incidents = setting.patterns.words.all("incident_words")
    if kind == "EVENT" and words[0].removeprefix(ARTICLE) in incidents:
        return
    heads = setting.patterns.words.any_of(FAMILIES)
    for mention in in_order(setting):
        name = fold_name(mention.label).split() if mention.type == "PLACE" else []
        if not name or (kind == "EVENT" and is_country(mention.entity, setting)):
            continue
        for place in range(1, len(words) - len(name) + 1):
            before = words[place - 1]
            event = kind == "EVENT" and any(head_of(reading, heads) for reading in readings(before))
            headed = before == IN or event
            if words[place : place + len(name)] == name and headed:
                yield setting.thing_of(mention)
                return


def _country(words: list[str], mention: Mention, setting: Setting) -> Iterator[Thing]:
    """Yield the country whose adjective stands beside the name of a place, if one does."""
    for word in words:
        if word.startswith(ARTICLE) and word.endswith(ADJECTIVE_ENDINGS):
            country = setting.place_of(word)
            if country and country.entity != mention.entity and _may_hold(country.entity, setting):
                yield country
                return


def _of_head(words: list[str], mention: Mention, setting: Setting, *, past: bool) -> Iterator[Thing]:
    """Yield the country of the president whom a name holds («نظام الرئيس … فلان»), or the office alone.

    `past` asks for one who is it no more («القوات الموالية للرئيس المخلوع فلان»).
    """
    heads = setting.patterns.words.all("rulers")
    plain = list(map(unfused, words))
    place = next((place for place, word in enumerate(plain) if word in heads), -1)
    former = any(word in setting.patterns.words.all("former") for word in words[place + 1 :])
    if place > 0 and former == past:
        country = next(_country(words[place + 1 : place + 2], mention, setting), None)
        yield country or Thing(_PRESIDENT_PRINTED)


def is_country(iri: str, setting: Setting) -> bool:
    """Tell whether a place is a country of the authority: it has a code, or nothing that holds it."""
    known = setting.entities.get(iri)
    if known is None or not known.slug:
        return False
    coded = any(each.scheme == _COUNTRY for each in known.identifiers)
    return coded or not (known.located_in or known.latitude)


def _may_hold(iri: str, setting: Setting) -> bool:
    """Tell whether a place is a country, or one that only the page knows."""
    known = setting.entities.get(iri)
    return known is not None and (not known.slug or is_country(iri, setting))


def each_of(mention: Mention, setting: Setting) -> list[Thing]:
    """Return each of the ministers or presidents that one name lists by their countries, else the one."""
    words = setting.patterns.words
    label = fold_name(mention.label)
    for name, office in (("foreign_ministers", _MINISTER), ("presidents", _PRESIDENT)):
        if mention.type == "PERSON" and label.startswith(tuple(f"{entry} " for entry in words.lists[name])):
            countries = [
                inner
                for inner in in_order(setting)
                if inner.type == "PLACE" and mention.start < inner.start and inner.end <= mention.end
            ]
            if len(countries) > 1:
                return [_holder(office, country, setting) for country in countries]
    return [setting.thing_of(mention)]


def _holder(office: str, country: Mention, setting: Setting) -> Thing:
    """Return who holds the office of a country, as its words say."""
    label = f"{office} {setting.document.quoted(country.start, country.end)}"
    agent = setting.made_agent(fold_name(label), label, "PERSON", anonymous=False)
    return Thing(agent.label, agent.entity)
