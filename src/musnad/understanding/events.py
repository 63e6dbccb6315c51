"""Names of events: rounds of talks, conferences and meetings, named or told of.

An event is often no name but a word and what describes it («اجتماع عقد …»); it counts when something tells
which one. Chosen over (a) named events only, which loses most meetings, and (b) every verbal noun.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from musnad.understanding.bodies import named_in_quotes, quoted_end
from musnad.understanding.localities import locality_end
from musnad.understanding.persons import is_plain
from musnad.understanding.scan import Candidate, Scan
from musnad.understanding.tokens import bare, is_definite

_ROUND: Final = "round"
_OF: Final = "من"  # of
_IN: Final = "في"  # in
_DASH: Final = "-"
_WHICH: Final = frozenset({"الذي", "التي"})  # which
_ARRANGED: Final = frozenset({"المزمع", "المقرر", "المرتقب", "المنعقد"})  # intended, arranged, expected, held
_YEAR: Final = re.compile(r"(?:19|20)\d\d\Z")
_REACH: Final = 7  # words that describe an event, or of a title before a name


def find_events(scan: Scan) -> Iterator[Candidate]:
    """Yield the candidates for events in order of their first word."""
    lexicon = scan.lexicon.events
    for place in range(len(scan.tokens)):
        for skip, word in scan.readings(place):
            found: Candidate | None = None
            word = word[:-1] if place in scan.adverbial and word.endswith("ا") else word
            family = lexicon.families.get(bare(word))
            if family == _ROUND:
                found = _round(scan, place, skip)
            elif word in lexicon.owned:
                found = _owned(scan, place, skip)
            elif word in lexicon.quoted and named_in_quotes(scan, place):
                last = named_in_quotes(scan, place)
                found = scan.candidate((place, last), skip, "EVENT", "head-word", 0.85)
            elif word in lexicon.quoted and quoted_end(scan, place + 1):
                last = quoted_end(scan, place + 1)
                found = scan.candidate((place, last), skip, "EVENT", "head-word", 0.85)
            elif word in lexicon.dated and _YEAR.match(scan.word(place + 1)):
                found = _dated(scan, place, skip)
            elif word in lexicon.incidents:
                found = _incident(scan, place, skip)
            elif family:
                found = _headed(scan, place, skip, word)
            if found:
                yield found
                break


def _dated(scan: Scan, place: int, skip: int) -> Candidate:
    """Return «انتخابات 1994» with the adjective that tells which."""
    last = place + 2
    while scan.follows(last) and is_definite(scan.word(last)) and scan.word(last).endswith(("ي", "يه")):
        last += 1
    return scan.candidate((place, last), skip, "EVENT", "head-word", 0.85)


def _incident(scan: Scan, place: int, skip: int) -> Candidate | None:
    """Return «مجزرة …», «أحداث …» with the place, known or not, that it is named by."""
    if not scan.follows(place + 1):
        return None
    where = scan.match_at(place + 1, "PLACE")
    last = where.last if where else locality_end(scan, place + 1)
    return scan.candidate((place, last), skip, "EVENT", "head-word", 0.8) if last else None


def _gathering(scan: Scan, place: int) -> int:
    """Return the end of the nouns that name a conference, `place` if there are none."""
    last, bodies = place, scan.lexicon.organisations
    if is_plain(scan, scan.word(place)) and scan.follows(place) and scan.follows(place + 1):
        last += is_definite(scan.word(place + 1)) and place not in scan.adverbial
    while last < place + _REACH and scan.follows(last):
        word = scan.word(last)
        noun = word[1:] if word.startswith("وال") and last > place else word  # and the
        another = noun in bodies.anaphoric or noun in bodies.national_heads or bare(noun) in bodies.heads
        stop = scan.is_stop(word) or scan.is_stop(noun) or noun in bodies.descriptive
        if not is_definite(noun) or stop or (another and last == place) or noun in _ARRANGED:
            break
        last += 1
    return last if last == place or is_definite(scan.word(last - 1)) or last > place + 1 else place


def _round(scan: Scan, place: int, skip: int) -> Candidate | None:
    """Return «الجولة الثالثة من محادثات …» with the talks that the round belongs to."""
    ordinal = place + 1
    if scan.word(ordinal) not in scan.lexicon.events.ordinals and not scan.word(ordinal).isdigit():
        return None
    last = ordinal + 1
    last += scan.word(last) in scan.lexicon.events.tens
    if scan.word(last) == _OF and bare(scan.word(last + 1)) in scan.lexicon.events.families:
        return scan.candidate((place, _talks_end(scan, last + 1)), skip, "EVENT", "head-word", 0.9)
    return None


def _talks_end(scan: Scan, place: int) -> int:
    """Return the end of talks and the place or the matter that names them."""
    named = scan.longest.get(place)
    if named and named.name.entity.type == "EVENT":
        return named.last
    where = scan.match_at(place + 1, "PLACE") if scan.follows(place + 1) else None
    if where:
        return where.last
    last = place + 1
    while scan.follows(last) and (
        scan.is_national(scan.word(last)) or scan.word(last) in scan.lexicon.events.complements
    ):
        last += 1
    return last


def _headed(scan: Scan, place: int, skip: int, word: str) -> Candidate | None:
    """Return a meeting, a conference or talks with what names them."""
    if scan.word(place - 1) in scan.lexicon.events.any:
        return None
    if is_definite(word):
        last = _definite_end(scan, place + 1)
        again = scan.word(place + 1) in scan.lexicon.events.ordinals and scan.follows(place + 1)
        if word in scan.lexicon.events.returning and again:
            last = place + 2
        if last > place + 1:
            return scan.candidate((place, last), skip, "EVENT", "head-word", 0.75)
        told = (
            scan.word(last) in _WHICH
            and scan.is_verb(scan.word(last + 1))
            and bare(word) in scan.lexicon.events.bare
        )
        return scan.candidate((place, last), skip, "EVENT", "told", 0.5) if told else None
    where = _named_by(scan, place + 1)
    if where:
        return scan.candidate((place, where), skip, "EVENT", "head-word", 0.85)
    last = _described_end(scan, place + 1)
    if last == place + 1 and word in scan.lexicon.events.gatherings:
        last = _gathering(scan, last)
    if last > place + 1:
        return scan.candidate((place, last), skip, "EVENT", "head-word", 0.75)
    if word in scan.lexicon.events.bare and scan.word(last) in scan.lexicon.events.openers:
        return scan.candidate((place, last), skip, "EVENT", "told", 0.6)
    return None


def _named_by(scan: Scan, place: int) -> int:
    """Return the end of the place or the body that an event is named by, 0 if none follows."""
    if not scan.follows(place) or scan.word(place).startswith("لل"):  # to the
        return 0
    found = scan.match_at(place, "PLACE") or scan.match_at(place, "ORG")
    return found.last if found else 0


def _described_end(scan: Scan, place: int) -> int:
    """Return the end of adjectives without the article, or of «السلام في …»."""
    last, lexicon = place, scan.lexicon.events
    while last < place + _REACH and scan.follows(last) and scan.word(last - 1) != _IN:
        word = scan.word(last)
        same = scan.tokens[last].text == _DASH and scan.word(last + 1) == scan.word(last - 1)
        if same and scan.is_national(scan.word(last - 1)):
            last += 2
        elif (
            (word in lexicon.families and last == place)
            or word in lexicon.complements
            or word in lexicon.adjectives
            or (scan.is_national(word) and not is_definite(word) and word not in lexicon.openers)
        ):
            last += 1
        elif word == _IN and scan.word(last - 1) in lexicon.complements:
            where = scan.match_at(last + 1, "PLACE")
            return where.last if where else last
        else:
            break
    return last


def _definite_end(scan: Scan, place: int) -> int:
    """Return the end of the adjectives with the article that name an event."""
    last, lexicon = place, scan.lexicon
    while scan.follows(last) and is_definite(scan.word(last)):
        word = scan.word(last)
        plain = bare(word)
        if plain not in lexicon.events.adjectives and not scan.is_national(word):
            break
        last += 1
    words = [scan.word(at) for at in range(place, last)]
    return place if not words or all(map(scan.is_national, words)) else last


def _tells_which(scan: Scan, word: str) -> bool:
    """Tell whether a word with the article is an ordinal or an adjective of events."""
    lexicon = scan.lexicon.events
    return is_definite(word) and (word in lexicon.ordinals or bare(word) in lexicon.adjectives)


def _owned(scan: Scan, place: int, skip: int) -> Candidate:
    """Return «لقائه …» with the person whom someone met, if a title or the name follows at once."""
    persons = scan.lexicon.persons
    last = place + 1
    while scan.follows(last) and _tells_which(scan, scan.word(last)):
        last += 1
    if last > place + 1:
        return scan.candidate((place, last), skip, "EVENT", "head-word", 0.75)
    first = scan.word(place + 1)
    titled = first in persons.ranks or bare(first) in persons.offices
    for at in range(place + 1, place + 1 + (_REACH if titled else 1)):
        if not scan.follows(at) or not scan.word(at):
            break
        person = scan.match_at(at, "PERSON")
        if person:
            return scan.candidate((place, person.last), skip, "EVENT", "told", 0.6)
    return scan.candidate((place, place + 1), skip, "EVENT", "told", 0.5)
