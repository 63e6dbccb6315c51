"""How far the name of an event goes: between whom it is, with whom, where, and who goes where.

Only an event that is told apart already, by the article or by whose it is, takes such words into its name:
«المباحثات بين … و…», «زيارة … إلى …»; after «مباحثات» alone they tell what happens. Chosen over (a) the head
word and its adjectives, which all rounds of talks share, and (b) all words up to the verb, which need a
parser.
"""

from __future__ import annotations

from typing import Final

from musnad.understanding.localities import locality_end
from musnad.understanding.name_words import is_known_name, is_plain
from musnad.understanding.persons import is_office, lineage_end, name_end
from musnad.understanding.scan import Scan
from musnad.understanding.tokens import bare, is_definite

_AND: Final = "و"  # and
_IN: Final = "في"  # in
_WITH: Final = "مع"  # with
_TO: Final = "الي"  # to
_FOR: Final = "ل"  # to, for
_TO_THE: Final = "لل"  # to the
_BETWEEN: Final = "بين"  # between
_ABOUT: Final = frozenset({"بشان", "حول"})  # about
_PEER: Final = ("نظير", "نظراي", "نظراء", "زملاي")  # counterpart, counterparts, colleagues: with a pronoun
_NOT: Final = "غير"  # not, before an adjective
_DIALOGUE: Final = "حوار"  # dialogue
_DASHES: Final = frozenset("-–—ـ")
_FEMININE: Final = ("ه", "ات")  # endings of nouns whose adjectives are feminine
_ROOT: Final = 2  # letters before the ending of an adjective, less one
_STATION: Final = 8  # words of a title before a name
_JOURNEY: Final = 26  # words between a visit and where it goes, titles and all
_MOST: Final = 3  # phrases that tell an event apart


def extent(scan: Scan, place: int, *, held: bool = False) -> int:
    """Return the end of the phrases from a place on that tell between whom, where or about what an event is.

    `held` says that a verb has the event as its object: then «in», «with» tell how it is held.
    """
    last = place
    for _ in range(_MOST):
        word = scan.word(last)
        end = 0
        if not scan.follows(last) or not scan.follows(last + 1):
            break
        if word == _BETWEEN:
            end = _parties_end(scan, last + 1)
        elif word == _IN and not (held or (last == place and last in scan.ending_places)):
            end = place_end(scan, last + 1)
        elif word == _WITH and not held:
            end = party_end(scan, last + 1)
        elif word in _ABOUT:
            end = known_end(scan, last + 1, 0, frozenset({"PLACE", "ORG"}))
        if not end:
            break
        last = end
    return last


def visit_end(scan: Scan, place: int) -> int:
    """Return the end of «… إلى …» after a visit: where whoever is named at a place goes, else 0."""
    if not scan.follows(place) or not _is_someone(scan, place):
        return 0
    for at in range(place, min(place + _JOURNEY, len(scan.tokens) - 1)):
        word = scan.word(at)
        if not word and not _apposes(scan, at):
            return 0
        if word == _TO:
            return place_end(scan, at + 1)
        goal = known_end(scan, at, 1, frozenset({"PLACE"})) if word.startswith(_FOR) and at > place else 0
        if goal:
            return goal
        if at > place and (
            scan.is_verb(word) or (scan.is_stop(word) and word not in scan.lexicon.persons.offices)
        ):
            return 0
    return 0


def _apposes(scan: Scan, place: int) -> bool:
    """Tell whether a comma stands between a name and a title («الوزير …، الأمير …»)."""
    titled = is_office(scan, place + 1) or scan.match_at(place + 1, "PERSON") is not None
    titled = titled or scan.word(place + 1) == _TO or known_end(scan, place + 1, 1, frozenset({"PLACE"})) > 0
    return scan.tokens[place].text == "," and scan.tokens[place].joined and titled


def someone_end(scan: Scan, place: int) -> int:
    """Return the end of the person or body named at a place, with titles and with whom («… مع …»), else 0."""
    if not scan.follows(place) or not _is_someone(scan, place):
        return 0
    if scan.word(place).startswith(_PEER):
        return party_end(scan, place)
    end = _named_end(scan, place, 0) or _alone_end(scan, place)
    return extent(scan, end) if end else 0


def _is_someone(scan: Scan, place: int) -> bool:
    """Tell whether a word is a title, an office, or begins a known name of a person or a body."""
    word, persons = scan.word(place), scan.lexicon.persons
    body = known_end(scan, place, 0, frozenset({"PERSON"})) or scan.match_at(place, "ORG")
    sent = word in scan.lexicon.organisations.delegations
    named = word in persons.honours or word in persons.given_names or is_office(scan, place)
    return bool(body) or sent or named or word.startswith(_PEER) or _alone_end(scan, place) > 0


def _alone_end(scan: Scan, place: int) -> int:
    """Return the end of a family name by itself, or of «الوفد», at a place, 0 if none stands there."""
    word = scan.word(place)
    strange = is_plain(scan, word) and not scan.is_common(word) and place not in scan.starting
    persons = scan.lexicon.persons
    strange = strange and word not in persons.honours and word not in persons.particles
    family = is_definite(word) and word in scan.lexicon.names.families
    bodies = scan.lexicon.organisations
    body = word in bodies.anaphoric or word in bodies.self_standing
    return place + 1 if strange or family or body else 0


def place_end(scan: Scan, place: int) -> int:
    """Return the end of the known place at a word, or of one with its kind, 0 if neither starts there."""
    if not scan.follows(place):
        return 0
    capital = scan.word(place) in scan.lexicon.places.capital and scan.is_national(scan.word(place + 1))
    known = known_end(scan, place, 0, frozenset({"PLACE"}))
    return max(known, locality_end(scan, place), (place + 2) * capital)


def _parties_end(scan: Scan, place: int) -> int:
    """Return the end of two or more parties that «and» joins, 0 if fewer are named."""
    last = party_end(scan, place)
    count = int(bool(last))
    while last and scan.follows(last) and scan.word(last).startswith(_AND):
        end = party_end(scan, last, joined=True)
        if not end:
            break
        last, count = end, count + 1
    return last if count > 1 else 0


def party_end(scan: Scan, place: int, *, joined: bool = False) -> int:
    """Return the end of who takes part, named at a place: person, body, state or counterpart, 0 if nobody."""
    named = _named_end(scan, place, int(joined))
    if named:
        return named
    word = scan.word(place)[int(joined) :]
    if word.startswith(_PEER):
        last = place + 1
        while scan.follows(last) and is_definite(scan.word(last)) and scan.is_national(scan.word(last)):
            last += 1
        return (scan.follows(last) and _named_end(scan, last, 0)) or last
    if is_known_name(scan, word) or (is_plain(scan, word) and not scan.is_common(word)):
        return place + 1
    return nouns_end(scan, place) if is_definite(word) and not scan.is_stop(word) else 0


def nouns_end(scan: Scan, place: int) -> int:
    """Return the end of a noun with the article, and of its adjectives («الدول الكبرى»)."""
    last = place + 1
    while scan.follows(last) and is_definite(scan.word(last)) and not scan.is_stop(scan.word(last)):
        last += 1
    return last


def _named_end(scan: Scan, place: int, skip: int) -> int:
    """Return the end of a name at a place, with the titles before it; `skip` letters are «and»."""
    kinds, at = frozenset({"PERSON", "ORG", "PLACE"}), place
    while at < place + _STATION:
        letters = skip if at == place else 0
        known = known_end(scan, at, letters, kinds if at == place else frozenset({"PERSON"}))
        if known:
            return known
        country = known_end(scan, at, 0, frozenset({"PLACE"}))
        if country:
            at = country
            continue
        word = scan.word(at)[letters:]
        if word in scan.lexicon.persons.given_names:
            return name_end(scan, at, strong=True) or 0
        titled = word in scan.lexicon.persons.honours or word in scan.lexicon.persons.modifiers
        matter = bare(word) in scan.lexicon.organisations.departments_of or scan.is_national(word)
        if not (titled or matter or (word and is_office(scan, at))) or not scan.follows(at + 1):
            return 0
        at += 1
    return 0


def known_end(scan: Scan, place: int, skip: int, kinds: frozenset[str]) -> int:
    """Return the end of the longest known name of some types, `skip` letters inside a word, else 0."""
    if place >= len(scan.tokens):
        return 0
    start = scan.tokens[place].start
    fused = scan.word(place).startswith(_TO_THE)
    fitting = [
        match
        for match in scan.starting.get(place, ())
        if match.name.entity.type in kinds and (match.start == start + skip or (skip and fused))
    ]
    if not fitting:
        return 0
    longest = max(fitting, key=lambda match: match.last)
    return lineage_end(scan, longest.last) if longest.name.entity.type == "PERSON" else longest.last


def described_end(scan: Scan, place: int, head: str) -> int:
    """Return the end of adjectives without the article after a head, or of «السلام في …»."""
    last, lexicon = place, scan.lexicon.events
    while last < place + _STATION and scan.follows(last) and scan.word(last - 1) != _IN:
        word = scan.word(last)
        same = scan.tokens[last].text in _DASHES and scan.is_national(scan.word(last - 1))
        if same and scan.is_national(scan.word(last + 1)):
            last += 2
        elif (
            (word in lexicon.families and last == place)
            or word in lexicon.complements
            or _describes(scan, last, head)
            or (last > place and word.startswith(_AND) and _describes(scan, last, head, skip=1))
        ):
            last += 1
        elif word == _IN and scan.word(last - 1) in lexicon.complements:
            return place_end(scan, last + 1) or last
        else:
            break
    return last - (scan.word(last - 1) == _NOT)


def _describes(scan: Scan, place: int, head: str, skip: int = 0) -> bool:
    """Tell whether a word is an adjective without the article: a listed one, a nation's, or by its ending."""
    word, lexicon = scan.word(place)[skip:], scan.lexicon.events
    plain = word[:-1] if word.endswith("ا") else word
    if {word, plain} & lexicon.adjectives:
        return True
    if is_definite(word) or word in lexicon.openers or "ال" + word in lexicon.ordinals:  # the
        return False
    if scan.is_national(word):
        return True
    ending = "يه" if head.endswith(_FEMININE) else "ي"
    shaped = len(plain) > len(ending) + _ROOT and plain.endswith(ending)
    return shaped and place not in scan.starting and not (scan.is_stop(word) or scan.is_verb(word))


def definite_end(scan: Scan, place: int) -> int:
    """Return the end of the adjectives with the article that name an event."""
    last, head = place, scan.word(place - 1)
    while scan.follows(last) and is_definite(scan.word(last)) and _is_kind(scan, last, head):
        last += 1
    if last > place and last + 1 < len(scan.tokens) and scan.tokens[last].text in _DASHES:
        last += 2 * scan.is_national(scan.word(last + 1))
    words = [scan.word(at) for at in range(place, last)]
    dialogue = _DIALOGUE in head
    return place if dialogue and len(words) == 1 and scan.is_national(words[0]) else last


def _is_kind(scan: Scan, place: int, head: str) -> bool:
    """Tell whether a word with the article is an adjective that agrees with the head of an event."""
    word, lexicon = scan.word(place), scan.lexicon
    if scan.is_national(word) or bare(word) in lexicon.events.adjectives or word in lexicon.events.ordinals:
        return True
    bodies = lexicon.organisations
    known = place in scan.longest or word in bodies.national_heads | bodies.descriptive or scan.is_stop(word)
    return not known and word.endswith("يه" if head.endswith(_FEMININE) else "ي")
