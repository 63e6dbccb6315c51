"""Names of events: rounds of talks, conferences and meetings, named or told of.

An event is often no name but a word and what describes it («اجتماع عقد …»); it counts when something tells
which one. Chosen over (a) named events only, which loses most meetings, and (b) every verbal noun.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from musnad.understanding.bodies import find_end, named_in_quotes, quoted_end
from musnad.understanding.complements import goal_end, is_placed, owner_end, toward_end, who_end
from musnad.understanding.extents import (
    definite_end,
    described_end,
    extent,
    place_end,
    someone_end,
    visit_end,
)
from musnad.understanding.name_words import is_plain
from musnad.understanding.scan import Candidate, Scan, listed_end
from musnad.understanding.struggles import find_struggle
from musnad.understanding.targets import against_end, target_end
from musnad.understanding.tokens import bare, is_definite

_ROUND: Final = "round"
_OF: Final = "من"  # of
_OF_A: Final = "ل"  # of
_THE: Final = "ال"  # the, before a figure
_IN: Final = "في"  # in
_TO_MEET: Final = "للقاء"  # «to meet» more often than «to the meeting»
_LONG_BEFORE: Final = 14  # words between a verb and its object
_SHORTLY: Final = 4  # words between an event and what says that it is held
_WHICH: Final = frozenset({"الذي", "التي"})  # which
_ARRANGED: Final = frozenset({"المزمع", "المقرر", "المرتقب", "المنعقد"})  # intended, arranged, expected, held
_VISIT: Final = "زياره"  # visit
_ATTACK: Final = "attack"
_BY: Final = "بال"  # by the
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
    plain, lexicon = word[:-1], scan.lexicon.events
    marked = place in scan.adverbial or plain in lexicon.families or plain in lexicon.struggles
    return plain if word.endswith("ا") and not word.endswith("ها") and marked else word


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
    if scan.word(last) == _OF and _is_talks(scan, last + 1):
        return scan.candidate((place, _talks_end(scan, last + 1)), skip, "EVENT", "head-word", 0.9)
    where = scan.match_at(last + 1, "PLACE") if scan.word(last) == _OF else None
    return scan.candidate((place, where.last), skip, "EVENT", "head-word", 0.85) if where else None


def _is_talks(scan: Scan, place: int) -> bool:
    """Tell whether a word at a place is one for talks, with the article or without."""
    return scan.follows(place) and bare(scan.word(place)) in scan.lexicon.events.families


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
    counted = scan.word(place - 1).isdigit() and scan.lexicon.events.families[bare(word)] == _ATTACK
    if scan.word(place - 1) in scan.lexicon.events.any or counted:
        return None
    if is_definite(word):
        return _definite(scan, place, skip, word)
    return _named(scan, place, skip, word) or _described(scan, place, skip, word)


def _definite(scan: Scan, place: int, skip: int, word: str) -> Candidate | None:
    """Return «الاجتماع الثالث …», «المحادثات بين …»: a head with the article, and what tells which."""
    last = goal_end(scan, definite_end(scan, place + 1))
    again = scan.word(place + 1) in scan.lexicon.events.ordinals and scan.follows(place + 1)
    if word in scan.lexicon.events.returning and again:
        last = _session_end(scan, place + 2)
    last = max(last, _owner_end(scan, _numbered_end(scan, last)))
    last = extent(scan, last, held=_is_object(scan, place))
    if scan.lexicon.events.families.get(bare(word)) == _ATTACK:
        last = target_end(scan, last) if scan.word(last).startswith(_BY) else against_end(scan, last)
    if last > place + 1:
        return scan.candidate((place, last), skip, "EVENT", "head-word", 0.75)
    which = scan.word(last) in _WHICH and scan.is_verb(scan.word(last + 1))
    told = which and bare(word) in scan.lexicon.events.bare
    return scan.candidate((place, last), skip, "EVENT", "told", 0.5) if told else None


def _is_object(scan: Scan, place: int) -> bool:
    """Tell whether a verb stands right before an event, which it is the subject or the object of."""
    before = scan.word(place - 1)
    return scan.is_verb(before) or (scan.is_stop(before) and before in scan.lexicon.events.holders)


def _named(scan: Scan, place: int, skip: int, word: str) -> Candidate | None:
    """Return «مؤتمر …», «زيارة … إلى …»: a head that a place, a body or a person names."""
    where = max(_named_by(scan, place + 1), who_end(scan, place + 1))
    if word in scan.lexicon.events.personal:
        where = max(where, someone_end(scan, place + 1))
    if word == _VISIT:
        where = max(where, visit_end(scan, place + 1), place_end(scan, place + 1))
    if not where:
        return None
    last = extent(scan, max(_numbered_end(scan, where), owner_end(scan, _numbered_end(scan, where))))
    if scan.lexicon.events.families.get(word) == _ATTACK:
        last = against_end(scan, last)
    return scan.candidate((place, last), skip, "EVENT", "head-word", 0.85)


def _described(scan: Scan, place: int, skip: int, word: str) -> Candidate | None:
    """Return «اجتماع طارئ», «مؤتمر الحوار»: a head with adjectives or nouns, or alone where told of."""
    last = described_end(scan, place + 1, word)
    if last == place + 1 and word in scan.lexicon.events.gatherings:
        last = _gathering(scan, last)
        last = max(_numbered_end(scan, last), owner_end(scan, _numbered_end(scan, last)))
    last = max(last, owner_end(scan, last) if last > place + 1 else 0, toward_end(scan, last, word))
    family = scan.lexicon.events.families.get(word)
    last = target_end(scan, last) if family == _ATTACK else last
    if family == _ROUND and last > place + 1 and scan.word(last) == _OF:
        last = _talks_end(scan, last + 1) if _is_talks(scan, last + 1) else last
    if last > place + 1:
        return scan.candidate((place, last), skip, "EVENT", "head-word", 0.75)
    opened = scan.word(last) in scan.lexicon.events.openers or is_placed(scan, last)
    told = opened or _is_held(scan, place) or _is_bodys(scan, last)
    if word in scan.lexicon.events.bare and told:
        return scan.candidate((place, last), skip, "EVENT", "told", 0.6)
    bare_word = word in scan.lexicon.events.always
    return scan.candidate((place, last), skip, "EVENT", "bare", 0.5) if bare_word else None


def _owner_end(scan: Scan, place: int) -> int:
    """Return the end of «ل…», the body whose event it is, known or opened by a head word, else 0."""
    word = scan.word(place)
    if scan.follows(place) and word.startswith(_OF_A) and word[1:] in scan.lexicon.organisations.heads:
        last, _ = find_end(scan, place, word[1:])
        return max(owner_end(scan, place), last if last > place + 1 else 0)
    return owner_end(scan, place)


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
    named = found.last if found else listed_end(scan, scan.lexicon.names_of_places, place, scan.word(place))
    if named:
        return named
    if (
        scan.word(place) in scan.lexicon.events.returning
        and scan.word(place + 1) in scan.lexicon.events.ordinals
    ):
        return _session_end(scan, place + 2)
    last, _ = find_end(scan, place, scan.word(place))
    headed = is_definite(scan.word(place)) or scan.word(place) in scan.lexicon.organisations.heads
    return last if last > place + 1 and headed else 0


def _tells_which(scan: Scan, word: str) -> bool:
    """Tell whether a word with the article is an ordinal or an adjective of events."""
    lexicon = scan.lexicon.events
    tens = word in lexicon.tens or (word[:1] == "و" and word[1:] in lexicon.tens)  # and
    return tens or (is_definite(word) and _is_ordinal(scan, word))


def _is_ordinal(scan: Scan, word: str) -> bool:
    events = scan.lexicon.events
    return word in events.ordinals or bare(word) in events.adjectives or word[2:].isdigit()


def _owned(scan: Scan, place: int, skip: int, word: str) -> Candidate | None:
    """Return «لقائه …», «زيارته الأخيرة إلى …»: a head with a pronoun, and with whom or where it was."""
    last = place + 1
    while scan.follows(last) and _tells_which(scan, scan.word(last)):
        last += 1
    if word in scan.lexicon.events.owned_numbered and last == place + 1:
        return None
    toward = max(last, toward_end(scan, last, word), extent(scan, last), someone_end(scan, last))
    if word.startswith(_VISIT[:-1]):
        toward = max(toward, place_end(scan, last))
    told = toward == place + 1
    how, score = ("told", 0.5) if told else ("head-word", 0.75)
    return scan.candidate((place, toward), skip, "EVENT", how, score)
