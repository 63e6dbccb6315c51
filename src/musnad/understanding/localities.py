"""Names of places with the word that says what they are: «بلدة …», «ريف … الغربي», «العاصمة … أنقرة».

The kind of place belongs to the name when the name follows at once; after some kinds an unknown word is a
name as well. Chosen over (a) a world gazetteer in the core, whose common words match everywhere, and (b) the
bare name only, which cannot tell a countryside from its city.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from musnad.understanding.bodies import body_end, find_end
from musnad.understanding.gazetteer import Match
from musnad.understanding.parts import part, zone
from musnad.understanding.scan import Candidate, Scan, listed_end
from musnad.understanding.tokens import bare, is_definite

_AS: Final = "ك"  # as
_LEAST: Final = 4  # letters of an unknown place among known ones
_MOST_QUOTED: Final = 3  # words of a place with its kind
_ACT: Final = re.compile(r"ت..ي.\Z")  # shape of the nouns of acts
_SAME: Final = frozenset({"مدينه", "دوله"})  # city, state: the place is that of its name
_VALLEY: Final = "وادي"  # valley; «and led to» as some outlets print it
_ACTING: Final = ("ون", "ونها", "ونه", "ونهم")  # endings of verbs


def find_localities(scan: Scan) -> Iterator[Candidate]:
    """Yield the candidates for places in order of their first word."""
    lexicon, bodies = scan.lexicon.places, scan.lexicon.organisations
    whole = bodies.heads | bodies.weak_heads  # words that seem to begin with a clitic («كتلة»)
    for place in range(len(scan.tokens)):
        beside = _between(scan, place)
        if beside:
            yield beside
            continue
        for skip, word in scan.readings(place):
            found: Candidate | None = None
            if skip and any(one.skip < skip and one.text in whole for one in scan.readings(place)):
                continue
            if word in lexicon.plural_heads and not scan.word(place)[:skip].endswith(_AS):
                yield from _several(scan, place + 1)
                break
            if word in lexicon.capital:
                found = _capital(scan, place, skip)
            elif word in lexicon.premises:
                found = _premises(scan, place, skip)
            elif word in lexicon.heads:
                found = zone(scan, place, skip, word) or _headed(scan, place, skip, word)
            else:
                found = part(scan, place, skip, word)
            found = found or _listed(scan, place, skip, word)
            if found:
                yield found
                break


def _between(scan: Scan, place: int) -> Candidate | None:
    """Return an unknown word that «and» joins to a known place on either side («سراقب و… وآفس»)."""
    word = scan.word(place)
    ends = place in scan.ending_places
    follows = scan.follows(place) and scan.follows(place + 1)
    after = any(
        match.name.entity.type == "PLACE" and match.start > scan.tokens[place + 1].start
        for match in scan.starting.get(place + 1, ())
    )
    if not (ends and follows and after) or not word.startswith("و") or place in scan.starting:
        return None
    plain = word[1:]
    body = scan.is_national(plain) or bare(plain) in scan.lexicon.organisations.heads
    if len(plain) < _LEAST or body or not _may_be_place(scan, plain):
        return None
    return scan.candidate((place, place + 1), 1, "PLACE", "enumeration", 0.6)


def _several(scan: Scan, place: int) -> Iterator[Candidate]:
    """Yield the places named after a plural («قرى … و…»), until a word is none."""
    at, skip = place, 0
    while scan.follows(at) and scan.word(at):
        skip = int(at > place and scan.word(at).startswith("و") and len(scan.word(at)) > 2)
        if at > place and not skip:
            return
        if scan.word(at)[1:] in scan.lexicon.places.plural_heads:
            return
        if scan.word(at) == "و":
            at, skip = at + 1, 0
        known = next((m for m in scan.starting.get(at, ()) if m.name.entity.type == "PLACE"), None)
        if known:
            at = known.last
            continue
        word = scan.word(at)[skip:]
        adjective = at == place and word.endswith("يه") and not is_definite(word)
        if adjective or word in scan.lexicon.places.plural_heads or not _may_be_place(scan, word):
            return
        last = at + 1 + (word in scan.lexicon.places.two_word_heads and scan.follows(at + 1))
        yield scan.candidate((at, last), skip, "PLACE", "enumeration", 0.6)
        at = last


def _may_be_place(scan: Scan, word: str) -> bool:
    """Tell whether an unknown word after its kind of place may be the place's name."""
    lexicon = scan.lexicon
    return (
        (len(word) > 2 or word in lexicon.places.two_word_heads)
        and word.isalpha()
        and not scan.is_stop(word)
        and not (word[0] in "يت" and word.endswith((*_ACTING, "ها")))
        and not (len(word) > _LEAST and word.endswith("ها") and not is_definite(word))  # its
        and not (scan.is_verb(word) and word not in lexicon.places.two_word_heads)
        and not scan.is_national(word)
        and word not in lexicon.places.no_names
        and word not in lexicon.organisations.descriptive
        and bare(word) not in lexicon.organisations.heads
        and bare(word) not in lexicon.persons.offices
        and word not in lexicon.places.directions
        and word not in lexicon.places.sides
        and not (word.endswith(("ي", "يه")) and not is_definite(word) and scan.is_common(word))
    )


def _headed(scan: Scan, place: int, skip: int, word: str) -> Candidate | None:
    """Return «ريف … الغربي»: the kind of place, its name and its direction."""
    quoted = scan.quotes.get(place + 1, 0)
    if quoted and quoted - place <= _MOST_QUOTED and word not in scan.lexicon.places.directions:
        plain = all(_may_be_place(scan, scan.word(at)) for at in range(place + 1, quoted))
        return scan.candidate((place, quoted), skip, "PLACE", "head-word", 0.8) if plain else None
    if not scan.follows(place + 1):
        return None
    known = next(iter(_named(scan, place + 1)), None)
    if known:
        last = _directed(scan, known.last)
        built = word in scan.lexicon.places.wide_heads - scan.lexicon.places.settlements
        last += built and scan.follows(last) and scan.word(last) in scan.lexicon.places.ages
        last += last == known.last and word in scan.lexicon.places.settlements and _is_nations(scan, last)
        made = scan.candidate((place, last), skip, "PLACE", "head-word", 0.9)
        nation = bool(last > known.last) and word in scan.lexicon.places.settlements
        same = (last == known.last and word in scan.lexicon.places.naming_heads) or nation
        return _known(made, scan.named(known)) if same or word in _SAME else made
    if last := listed_end(scan, scan.lexicon.names_of_places, place + 1, scan.word(place + 1)):
        return scan.candidate((place, _directed(scan, last)), skip, "PLACE", "head-word", 0.8)
    patron = scan.word(place + 1) in scan.lexicon.organisations.patrons
    if patron and scan.word(place + 2) in scan.lexicon.persons.given_names and scan.follows(place + 2):
        return scan.candidate((place, place + 3), skip, "PLACE", "head-word", 0.8)
    if word == _VALLEY and not is_definite(scan.word(place + 1)):
        return None
    if word in scan.lexicon.places.naming_heads and _may_be_place(scan, scan.word(place + 1)):
        last = _unknown_end(scan, place + 1)
        return scan.candidate((place, last), skip, "PLACE", "head-word", 0.7)
    if word in scan.lexicon.places.rare_heads and _is_strange(scan, place + 1):
        return scan.candidate((place, place + 2), skip, "PLACE", "head-word", 0.6)
    if word in scan.lexicon.places.wide_heads and _is_name(scan, place + 1):
        inner = place + 1 if scan.word(place + 1) not in scan.lexicon.places.heads else place + 2
        return scan.candidate((place, _unknown_end(scan, inner)), skip, "PLACE", "head-word", 0.6)
    return None


def _directed(scan: Scan, last: int) -> int:
    """Return the end of the directions after a name («… الغربي»)."""
    while scan.follows(last) and scan.word(last) in scan.lexicon.places.directions:
        last += 1
    return last


def _listed(scan: Scan, place: int, skip: int, word: str) -> Candidate | None:
    """Return the province or town of the lexicon that a reading of a word opens."""
    last = listed_end(scan, scan.lexicon.names_of_places, place, word)
    if not last:
        return None
    made = scan.candidate((place, last), skip, "PLACE", "name-shape", 0.8)
    for at in range(1, len(scan.tokens)):  # the same with its kind, anywhere in the text
        for one in scan.readings(at - 1) if scan.word(at) == word else ():
            fuller = _headed(scan, at - 1, *one) if one.text in scan.lexicon.places.settlements else None
            if fuller:
                return made.standing_for(fuller)
    return made


def _is_nations(scan: Scan, place: int) -> bool:
    """Tell whether the adjective of a nation follows, feminine like the word «city»."""
    word = scan.word(place)
    return scan.follows(place) and is_definite(word) and word.endswith("ه") and scan.is_national(word)


def locality_end(scan: Scan, place: int) -> int:
    """Return the end of the place with its kind that starts at a word, 0 if none does."""
    lexicon = scan.lexicon.places
    if scan.word(place) not in lexicon.heads:
        return 0
    found = _headed(scan, place, 0, scan.word(place))
    return found.last if found else 0


def any_place_end(scan: Scan, place: int) -> int:
    """Return the end of the place at a word, known, listed or with its kind, 0 if none starts there."""
    known = scan.match_at(place, "PLACE")
    listed = listed_end(scan, scan.lexicon.names_of_places, place, scan.word(place))
    return (known.last if known else listed) or locality_end(scan, place)


def _unknown_end(scan: Scan, place: int) -> int:
    """Return the end of the unknown name at a place, with the adjectives that tell it from its like."""
    lexicon = scan.lexicon.places
    two = scan.word(place) in lexicon.two_word_heads and scan.follows(place + 1)
    last = place + 1 + (two and bool(scan.word(place + 1)))
    while scan.follows(last) and scan.word(last) in lexicon.directions | lexicon.ages:
        last += 1
    return last


def _is_name(scan: Scan, place: int) -> bool:
    """Tell whether a word after a common kind of place is a name: with the article, or no usual word."""
    word, lexicon = scan.word(place), scan.lexicon
    if word in lexicon.places.heads and scan.follows(place + 1):
        return _is_name(scan, place + 1)
    bodies = lexicon.organisations
    plain = bare(word)
    return (
        _may_be_place(scan, word)
        and (not word.endswith(("ي", "يه")) or _of_nation(scan, place + 1))
        and (is_definite(word) or not word.endswith(("ات", "ين")))
        and {word, plain, word[1:]}.isdisjoint(lexicon.persons.nouns)
        and plain not in bodies.weak_heads
        and plain not in lexicon.events.families
        and word not in bodies.national_heads
        and place not in scan.adverbial
        and (is_definite(word) or len(word) > 3 or word in lexicon.places.two_word_heads)
        and (is_definite(word) or _is_town(scan, place) or not _is_common(word))
    )


def _is_strange(scan: Scan, place: int) -> bool:
    """Tell whether a word may be a place's name and is no word of the language."""
    word = scan.word(place)
    return _may_be_place(scan, word) and not (is_definite(word) or scan.is_common(word) or _is_common(word))


def _is_town(scan: Scan, place: int) -> bool:
    """Tell whether the word before is that for a town, whose name may be any word."""
    return any(one.text in scan.lexicon.places.settlements for one in scan.readings(place - 1))


def _is_common(word: str) -> bool:
    """Tell whether a word without the article looks like an adjective, a purpose or the noun of an act."""
    return word.endswith("ه") or word[0] in "لب" or _ACT.match(word) is not None  # for, with


def _of_nation(scan: Scan, place: int) -> bool:
    """Tell whether the adjective of a nation with the article follows at once («مدينة … التركية»)."""
    word = scan.word(place)
    return scan.follows(place) and is_definite(word) and scan.is_national(word)


def _premises(scan: Scan, place: int, skip: int) -> Candidate | None:
    """Return «مقر …» with the body that sits there, named or told of again."""
    if not scan.follows(place + 1):
        return None
    bodies, word = scan.lexicon.organisations, scan.word(place + 1)
    known = scan.match_at(place + 1, "ORG")
    last = known.last if known else place + 1
    if not known and word in bodies.heads:
        last = body_end(scan, place + 1)
    elif not known and is_definite(word) and bare(word) in bodies.heads | bodies.weak_heads:
        last = max(place + 2, find_end(scan, place + 1, word)[0])
    return scan.candidate((place, last), skip, "PLACE", "premises", 0.6) if last > place + 1 else None


def _named(scan: Scan, place: int) -> list[Match]:
    """Return the names of places at a place, short ones included, the longest first."""
    found = [
        match
        for match in scan.starting.get(place, ())
        if match.start == scan.tokens[place].start and match.name.entity.type == "PLACE"
    ]
    return sorted(found, key=lambda match: -match.last)


def _known(made: Candidate, known: Candidate) -> Candidate:
    """Return the wider span with the entity of the name inside it."""
    return Candidate(made.first, made.last, made.start, made.end, "PLACE", "authority", known.entity)


def _capital(scan: Scan, place: int, skip: int) -> Candidate | None:
    """Return «العاصمة التركية أنقرة» as the city that it names."""
    last = place + 1
    while scan.follows(last) and scan.is_national(scan.word(last)):
        last += 1
    quoted = last in scan.quotes and scan.tokens[last].joined
    named = (m for m in scan.starting.get(last, ()) if m.name.entity.type == "PLACE")  # short names too
    match = max(named, key=lambda m: m.last, default=None) if scan.follows(last) or quoted else None
    if not match and last > place + 1:
        return scan.candidate((place, last), skip, "PLACE", "head-word", 0.8)
    if not match:
        return None
    return _known(scan.candidate((place, match.last), skip, "PLACE", "authority", 1.0), scan.named(match))
