"""Names of events: rounds of talks, conferences and meetings, named or told of.

An event is often no name but a word and what describes it («اجتماع عقد …»); it counts when something tells
which one. Chosen over (a) named events only, which loses most meetings, and (b) every verbal noun.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from musnad.understanding.bodies import find_end, named_in_quotes, quoted_end
from musnad.understanding.complements import (
    goal_end,
    is_placed,
    met_end,
    owner_end,
    party_end,
    toward_end,
    who_end,
)
from musnad.understanding.persons import is_plain
from musnad.understanding.scan import Candidate, Scan
from musnad.understanding.struggles import find_struggle
from musnad.understanding.tokens import bare, is_definite

_ROUND: Final = "round"
_OF: Final = "من"  # of
_THE: Final = "ال"  # the, before a figure
_IN: Final = "في"  # in
_NOT: Final = "غير"  # not, before an adjective
_TO_MEET: Final = "للقاء"  # «to meet» more often than «to the meeting»
_DASH: Final = "-"
_DASHES: Final = frozenset("-–—")
_DIALOGUE: Final = "حوار"  # dialogue
_LONG_BEFORE: Final = 14  # words between a verb and its object
_SHORTLY: Final = 4  # words between an event and what says that it is held
_WHICH: Final = frozenset({"الذي", "التي"})  # which
_ARRANGED: Final = frozenset({"المزمع", "المقرر", "المرتقب", "المنعقد"})  # intended, arranged, expected, held
_UNCONVENED: Final = frozenset({"attack", "clash", "call"})  # families of what nobody is invited to
_REACH: Final = 7  # words that describe an event, or of a title before a name


def find_events(scan: Scan) -> Iterator[Candidate]:
    """Yield the candidates for events in order of their first word."""
    lexicon = scan.lexicon.events
    for place in range(len(scan.tokens)):
        for skip, word in scan.readings(place):
            found: Candidate | None = None
            word = _plain_form(scan, place, word)
            if skip and scan.word(place).endswith(_TO_MEET):
                continue
            family = lexicon.families.get(bare(word))
            if family == _ROUND:
                found = _round(scan, place, skip) or headed(scan, place, skip, word)
            elif word in lexicon.owned | lexicon.owned_numbered:
                found = _owned(scan, place, skip, word)
            elif word in lexicon.quoted and _quoted_end(scan, place):
                found = scan.candidate((place, _quoted_end(scan, place)), skip, "EVENT", "head-word", 0.85)
            elif family:
                found = headed(scan, place, skip, word)
                found = replace(found, how="bare") if found and family in _UNCONVENED else found
            else:
                found = find_struggle(scan, place, skip, word)
            if found:
                yield found
                break


def _quoted_end(scan: Scan, place: int) -> int:
    """Return the end of an event whose name stands in quotation marks, the head with it or before it."""
    after = 0 if scan.is_stop(scan.word(place + 1)) else quoted_end(scan, place + 1)
    return named_in_quotes(scan, place) or after


def _plain_form(scan: Scan, place: int, word: str) -> str:
    """Return a word without the ا of the accusative, printed with tanwin or not."""
    plain = word[:-1]
    marked = place in scan.adverbial or plain in scan.lexicon.events.families
    return plain if word.endswith("ا") and marked else word


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
    ordinal = place + 1 + (scan.word(place + 1) == _THE)
    ordinals, word = scan.lexicon.events.ordinals, scan.word(ordinal)
    if word not in ordinals and "ال" + word not in ordinals and not word.isdigit():  # the
        return None
    last = ordinal + 1
    last += scan.word(last) in scan.lexicon.events.tens
    if scan.word(last) == _OF and bare(scan.word(last + 1)) in scan.lexicon.events.families:
        return scan.candidate((place, _talks_end(scan, last + 1)), skip, "EVENT", "head-word", 0.9)
    where = scan.match_at(last + 1, "PLACE") if scan.word(last) == _OF else None
    return scan.candidate((place, where.last), skip, "EVENT", "head-word", 0.85) if where else None


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
    if scan.word(last) == _IN and scan.follows(last) and last > place + 1:
        where = scan.match_at(last + 1, "PLACE")
        return where.last if where else last
    return last if last > place + 1 else max(last, _named_by(scan, last))


def headed(scan: Scan, place: int, skip: int, word: str) -> Candidate | None:
    """Return a meeting, a conference or talks with what names them."""
    if scan.word(place - 1) in scan.lexicon.events.any:
        return None
    if is_definite(word):
        last = goal_end(scan, _definite_end(scan, place + 1))
        again = scan.word(place + 1) in scan.lexicon.events.ordinals and scan.follows(place + 1)
        if word in scan.lexicon.events.returning and again:
            last = _session_end(scan, place + 2)
        last = max(last, owner_end(scan, _numbered_end(scan, last)))
        if last > place + 1:
            return scan.candidate((place, last), skip, "EVENT", "head-word", 0.75)
        talks = party_end(scan, last) if bare(word) == _DIALOGUE else 0
        if talks:
            return scan.candidate((place, talks), skip, "EVENT", "head-word", 0.75)
        told = (
            scan.word(last) in _WHICH
            and scan.is_verb(scan.word(last + 1))
            and bare(word) in scan.lexicon.events.bare
        )
        return scan.candidate((place, last), skip, "EVENT", "told", 0.5) if told else None
    where = _named_by(scan, place + 1) or who_end(scan, place + 1, word)
    if where:
        return scan.candidate((place, where), skip, "EVENT", "head-word", 0.85)
    last = _described_end(scan, place + 1)
    if last == place + 1 and word in scan.lexicon.events.gatherings:
        last = _gathering(scan, last)
    last = max(last, owner_end(scan, last) if last > place + 1 else 0, toward_end(scan, last, word))
    if last > place + 1:
        return scan.candidate((place, last), skip, "EVENT", "head-word", 0.75)
    opened = scan.word(last) in scan.lexicon.events.openers or is_placed(scan, last)
    told = opened or _is_held(scan, place) or _is_bodys(scan, last)
    if word in scan.lexicon.events.bare and told:
        return scan.candidate((place, last), skip, "EVENT", "told", 0.6)
    bare_word = word in scan.lexicon.events.always
    return scan.candidate((place, last), skip, "EVENT", "bare", 0.5) if bare_word else None


def _numbered_end(scan: Scan, place: int) -> int:
    """Return the place after an ordinal or «the last», if one stands here."""
    return place + (scan.follows(place) and scan.word(place) in scan.lexicon.events.ordinals)


def _session_end(scan: Scan, place: int) -> int:
    """Return the end of the number of a session above ten, and of the body whose session it is."""
    last, tens = place, scan.lexicon.events.tens
    while scan.follows(last) and (scan.word(last) in tens or scan.word(last)[1:] in tens):
        last += 1
    body = scan.longest.get(last) if scan.follows(last) else None
    return body.last if body and body.name.entity.type == "ORG" and scan.word(last).startswith("ل") else last


def _is_held(scan: Scan, place: int) -> bool:
    """Tell whether a word shortly before says that an event is held, attended or over."""
    reach = _LONG_BEFORE if scan.word(place).endswith("ا") else _SHORTLY  # the object of a verb
    for before in range(place - 1, max(-1, place - 1 - reach), -1):
        words = {reading.text for reading in scan.readings(before)}
        if words & scan.lexicon.events.holders:
            return True
        if not words or not scan.tokens[before + 1].joined:
            return False
    return False


def _is_bodys(scan: Scan, place: int) -> bool:
    """Tell whether «of» and a body follow («مؤتمر لهيئة …»)."""
    return scan.word(place).startswith("ل") and any(  # of
        match.name.entity.type == "ORG" and (at > place or match.start > scan.tokens[place].start)
        for at in (place, place + 1)
        for match in scan.starting.get(at, ())
    )


def _named_by(scan: Scan, place: int) -> int:
    """Return the end of the place or the body that an event is named by, 0 if none follows."""
    if not scan.follows(place) or scan.word(place).startswith("لل"):  # to the
        return 0
    found = scan.match_at(place, "PLACE") or scan.match_at(place, "ORG")
    if found:
        return found.last
    if (
        scan.word(place) in scan.lexicon.events.returning
        and scan.word(place + 1) in scan.lexicon.events.ordinals
    ):
        return _session_end(scan, place + 2)
    last, _ = find_end(scan, place, scan.word(place))
    return last if last > place + 1 and is_definite(scan.word(place)) else 0


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
            or (word.endswith("ا") and word[:-1] in lexicon.adjectives)
            or (scan.is_national(word) and not is_definite(word) and word not in lexicon.openers)
        ):
            last += 1
        elif word == _IN and scan.word(last - 1) in lexicon.complements:
            where = scan.match_at(last + 1, "PLACE")
            return where.last if where else last
        else:
            break
    return last - (scan.word(last - 1) == _NOT)


def _definite_end(scan: Scan, place: int) -> int:
    """Return the end of the adjectives with the article that name an event."""
    last, lexicon = place, scan.lexicon
    while scan.follows(last) and is_definite(scan.word(last)):
        word = scan.word(last)
        plain = bare(word)
        kind = plain in lexicon.events.adjectives or scan.is_national(word) or _is_kind(scan, last)
        if not kind:
            break
        last += 1
    words = [scan.word(at) for at in range(place, last)]
    dash = scan.tokens[last].text if last < len(scan.tokens) else ""
    if words and dash in _DASHES and scan.is_national(scan.word(last + 1)):
        return last + 2
    dialogue = _DIALOGUE in scan.word(place - 1)
    return place if not words or (dialogue and len(words) == 1 and scan.is_national(words[0])) else last


def _is_kind(scan: Scan, place: int) -> bool:
    """Tell whether an adjective that agrees with the noun before an ordinal says what kind of event it is."""
    word, after = scan.word(place), scan.word(place + 1)
    agrees = word.endswith("يه" if scan.word(place - 1).endswith("ه") else "ي")
    told = after in scan.lexicon.events.ordinals or (is_definite(after) and scan.is_national(after))
    return agrees and told and scan.follows(place + 1) and not scan.is_stop(word)


def _tells_which(scan: Scan, word: str) -> bool:
    """Tell whether a word with the article is an ordinal or an adjective of events."""
    lexicon = scan.lexicon.events
    tens = word in lexicon.tens or (word[:1] == "و" and word[1:] in lexicon.tens)  # and
    return tens or (is_definite(word) and _is_ordinal(scan, word))


def _is_ordinal(scan: Scan, word: str) -> bool:
    lexicon = scan.lexicon.events
    return word in lexicon.ordinals or bare(word) in lexicon.adjectives or word[2:].isdigit()


def _owned(scan: Scan, place: int, skip: int, word: str) -> Candidate | None:
    """Return «لقائه …» with the person whom someone met, if a title or the name follows at once."""
    last = place + 1
    while scan.follows(last) and _tells_which(scan, scan.word(last)):
        last += 1
    if word in scan.lexicon.events.owned_numbered and last == place + 1:
        return None
    toward = toward_end(scan, last, word)
    if last > place + 1 or toward:
        return scan.candidate((place, max(last, toward)), skip, "EVENT", "head-word", 0.75)
    person = met_end(scan, place + 1)
    return scan.candidate((place, person or place + 1), skip, "EVENT", "told", 0.6 if person else 0.5)
