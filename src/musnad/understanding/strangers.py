"""Persons whose names are in no list: words that are no words of the language, beside what takes a person.

A title, an office, a verb of speech or an apposition vouches for one to four such words. Chosen over
(a) lists of all the names of the world, of which the next page has another, and (b) every word that no list
knows, which is as often a rare verb or a town.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from musnad.understanding.name_words import is_family, is_known_name, is_plain
from musnad.understanding.persons import is_office
from musnad.understanding.scan import Candidate, Scan
from musnad.understanding.tokens import is_definite

_MOST: Final = 4  # words of a name, a particle counted with the word after it
_PAIR: Final = 2
_FAR: Final = 10  # words of an office with the body it belongs to
_BRIEF: Final = 4  # letters of a word with the article that is hardly one («السا»)
# How foreign names begin that begin like the article: Alister, Alexei, Elena, Elisabeth, Albert, Alfred.
_ALEXANDERS: Final = (
    "اليس",
    "اليك",
    "الين",
    "اليز",
    "اليو",
    "الكس",
    "الكست",
    "البر",
    "البير",
    "الفري",
    "الفون",
)
_SHORTEST: Final = 3  # letters of a word of a name
_AND: Final = "و"  # and
_CLITICS: Final = ("و", "ب", "ل", "ف", "ك")  # and, in, to, so, as
_OPENERS: Final = ("ل", "ي", "ت")  # for; of verbs
_TO_THE: Final = ("لل", "بال", "وال")  # to the, by the, and the
_THAT: Final = frozenset({"ان", "انه", "انها", "بان"})  # that
_RELATIVE: Final = frozenset({"الذي", "التي", "الذين"})  # who, which: a clause begins
_CALLED: Final = frozenset({"يدعي", "تدعي", "اسمه", "اسمها", "المدعو", "المدعوه"})  # called, whose name is
_FAMILY: Final = ("ي", "يه", "ون", "ين", "ات")  # endings of families, adjectives and plurals
_OWNED: Final = ("ات", "ها", "هم")  # endings of plurals and of possession


def find_strangers(scan: Scan) -> Iterator[Candidate]:
    """Yield the candidates for persons in order of their first word."""
    place = 0
    while place < len(scan.tokens):
        if last := _aside_end(scan, place):
            yield scan.candidate((place + 1, last), 0, "PERSON", "title-word", 0.65)
        if not _opens(scan, place):
            place += 1
            continue
        last = _end(scan, place)
        if any(_is_strange(scan, at) for at in range(place, last)) and _is_told(scan, place, last):
            yield scan.candidate((place, last), 0, "PERSON", "title-word", 0.65)
        place = last


def _opens(scan: Scan, place: int) -> bool:
    """Tell whether a word may be the first of a name: no article, and no «and» before a known name."""
    word = scan.word(place)
    if _is_foreign(scan, place):
        return True
    if not word or (scan.is_common(word) and not is_known_name(scan, word)):
        return False
    known = is_known_name(scan, word[1:]) or word[1:] in scan.lexicon.persons.particles
    joined = word.startswith(_CLITICS) and known and not is_known_name(scan, word)
    family = is_definite(word) and word not in scan.lexicon.persons.given_names
    return not joined and not family and _belongs(scan, place)


def _is_foreign(scan: Scan, place: int) -> bool:
    """Tell whether a word that begins like the article opens a foreign name after a verb («قالت الزا …»)."""
    word = scan.word(place)
    if not is_definite(word) or word in scan.lexicon.persons.given_names:
        return False
    told = {reading.text for reading in scan.readings(place - 1)}
    brief = len(word) <= _BRIEF
    common = (scan.is_common(word) and not brief) or not (brief or word.startswith(_ALEXANDERS))
    strange = not (common or scan.is_national(word) or scan.is_stop(word))
    family = is_known_name(scan, scan.word(place + 1)) or _is_strange(scan, place + 1)
    after = scan.follows(place + 1) and not is_definite(scan.word(place + 1)) and family
    said = bool(told & scan.lexicon.persons.speech_verbs) and scan.follows(place)
    return said and strange and after and place not in scan.starting and not word.endswith(_FAMILY)


def _end(scan: Scan, first: int) -> int:
    """Return the end of the words from a place on that may be one name."""
    persons, last = scan.lexicon.persons, first + 1
    while last < first + _MOST and scan.follows(last) and scan.word(last):
        word = scan.word(last)
        if word in persons.particles and scan.follows(last + 1) and scan.word(last + 1):
            last += 2
        elif word in persons.suffixes or _goes_on(scan, last, last - first):
            last += 1
        else:
            break
    return last


def _goes_on(scan: Scan, place: int, count: int) -> bool:
    """Tell whether a word may be the next one of a name; «and», or a clitic on the third, opens another."""
    word = scan.word(place)
    clitics = _CLITICS if count >= _PAIR else _AND
    fused = word.startswith(clitics) and not is_known_name(scan, word)
    return not fused and _belongs(scan, place)


def _belongs(scan: Scan, place: int) -> bool:
    """Tell whether a word is a known part of a name, or may be an unknown one."""
    word = scan.word(place)
    if is_known_name(scan, word):
        return not scan.is_stop(word)
    if is_definite(word):
        family = is_family(scan, word) and not scan.is_national(word) and not scan.is_common(word)
        return family and place not in scan.starting
    return _is_strange(scan, place)


def _is_strange(scan: Scan, place: int) -> bool:
    """Tell whether a word is none of the language, as far as its stem and its shape tell."""
    word = scan.word(place)
    return (
        len(word) >= _SHORTEST
        and not scan.is_common(word)
        and not word.endswith(_OWNED)
        and place not in scan.adverbial
        and place not in scan.starting
        and not is_known_name(scan, word)
        and is_plain(scan, word)
    )


def _is_told(scan: Scan, first: int, last: int) -> bool:
    """Tell whether the words around make a person of what stands between two places."""
    several = last - first >= _PAIR
    if several and _is_apposed(scan, last):
        return True
    if not scan.follows(first):
        return False
    before = {reading.text for reading in scan.readings(first - 1)}
    titles = before & scan.lexicon.persons.ranks - scan.lexicon.places.two_word_heads
    if titles or (several and before & _CALLED):
        return True
    if scan.is_common(scan.word(last - 1)):
        return False
    fused = scan.word(first).startswith(_OPENERS) and not is_known_name(scan, scan.word(first))
    if before & scan.lexicon.persons.speech_verbs:
        return _reports(scan, last) or (several and _is_closed(scan, last))
    return several and not fused and _is_closed(scan, last) and _closes_office(scan, first)


def _reports(scan: Scan, place: int) -> bool:
    """Tell whether «that» or a colon follows a verb of speech and its subject."""
    return place < len(scan.tokens) and (scan.word(place) in _THAT or scan.tokens[place].text == ":")


def _is_apposed(scan: Scan, place: int) -> bool:
    """Tell whether a comma and an office without the article follow («…، رئيس …»)."""
    comma = place + 2 < len(scan.tokens) and scan.tokens[place].text == "," and scan.tokens[place].joined
    office = comma and is_office(scan, place + 1) and not is_definite(scan.word(place + 1))
    return bool(office and scan.word(place + 2))


def _aside_end(scan: Scan, comma: int) -> int:
    """Return the end of the name between a comma after an office and another («…، …، أن»), 0 if none is.

    There even a word counts that ends as adjectives do.
    """
    tokens, last = scan.tokens, comma + 1
    if tokens[comma].text != ",":
        return 0
    while last < min(comma + 1 + _MOST, len(tokens)) and _may_stand_aside(scan, last):
        last += 1
    closed = last < len(tokens) and tokens[last].text == "," and tokens[last].joined
    return last if closed and last - comma > _PAIR and _closes_office(scan, comma) else 0


def _may_stand_aside(scan: Scan, place: int) -> bool:
    word = scan.word(place)
    if len(word) < _SHORTEST or not scan.follows(place) or is_definite(word) or place in scan.starting:
        return False
    common = scan.is_common(word) and not is_known_name(scan, word)
    return not (common or scan.is_stop(word) or scan.is_verb(word) or scan.is_national(word))


def _is_closed(scan: Scan, place: int) -> bool:
    """Tell whether the sentence goes on after a name: with a mark, a verb, or a word of the language."""
    word = scan.word(place)
    if not word or not scan.follows(place):
        return True
    return scan.is_stop(word) or scan.is_verb(word) or scan.is_common(word) or place in scan.starting


def _closes_office(scan: Scan, place: int) -> bool:
    """Tell whether an office and what belongs to it end right before a place."""
    inside = False
    for before in range(place - 1, max(-1, place - 1 - _FAR), -1):
        word = scan.word(before)
        if not word or scan.is_verb(word):
            return False
        definite = is_definite(word) or word.startswith(_TO_THE)
        if is_office(scan, before) and (inside or definite):
            return True
        closes = definite or before in scan.known_places or scan.is_national(word)
        if word in _RELATIVE or not (inside or closes):
            return False
        inside = True
        if not scan.follows(before):
            return False
    return False
