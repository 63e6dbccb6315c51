"""Unknown names beside an office: in apposition, in quotation marks, before the office.

The office vouches for the name, so neither word of it must be known. Chosen over (a) given names only, which
miss the foreign ones, and (b) any two unknown words, which are seldom a name.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from musnad.understanding.name_words import is_family, is_known_name, is_plain
from musnad.understanding.persons import has_office
from musnad.understanding.scan import Candidate, Scan
from musnad.understanding.tokens import bare

_AND: Final = "و"  # and: it joins something else to what stands before a comma
_CLITICS: Final = ("ل", "ب", "و")  # to, in, and
_LONGEST: Final = 3  # words of an unknown name
_WITH: Final = frozenset({"مع", "الي", "بين", "كان", "كانت", "وكان", "وكانت"})  # with, to, between, was


def find_holders(scan: Scan) -> Iterator[Candidate]:
    """Yield the candidates for persons in order of their first word."""
    for place in range(len(scan.tokens)):
        if scan.word(place):
            yield from _apposed(scan, place)
            yield from _before_office(scan, place)
            yield from _quoted_holder(scan, place)


def _apposed(scan: Scan, place: int) -> Iterator[Candidate]:
    """Yield the name between two commas after an office («قائد …، فلان الفلاني، …»)."""
    if scan.tokens[place - 1].text != "," or not has_office(scan, place):
        return
    for last in (place + 2, place + 3):
        words = [scan.word(at) for at in range(place, last)]
        closed = last < len(scan.tokens) and scan.tokens[last].text == ","
        joined = all(map(scan.follows, range(place + 1, last)))
        named = is_plain(scan, words[0]) and all(is_plain(scan, w) or is_family(scan, w) for w in words[1:])
        named &= not words[0].startswith(_AND) or is_known_name(scan, words[0])
        if closed and joined and named and place not in scan.adverbial:
            yield scan.candidate((place, last), 0, "PERSON", "apposition", 0.7)


def _before_office(scan: Scan, place: int) -> Iterator[Candidate]:
    """Yield an unknown name after «with» or a verb, right before its office («مع جان مثال رئيس …»)."""
    before = scan.word(place - 1)
    told = scan.is_verb(before) or before in scan.lexicon.persons.speech_verbs or before in _WITH
    if not told or not scan.follows(place):
        return
    last = place
    while last < place + _LONGEST and scan.follows(last) and _is_strange(scan, last):
        last += 1
    if last - place > 1 and scan.follows(last) and _opens_office(scan, last):
        yield scan.candidate((place, last), 0, "PERSON", "title-word", 0.7)


def _is_strange(scan: Scan, place: int) -> bool:
    """Tell whether a word may be part of an unknown name before an office."""
    word = scan.word(place)
    return is_known_name(scan, word) or (
        place not in scan.starting and place not in scan.adverbial and _may_be_strange(scan, word)
    )


def _may_be_strange(scan: Scan, word: str) -> bool:
    if len(word) > _LONGEST and word.startswith(_CLITICS):
        return False
    return is_plain(scan, word) or (
        len(word) > 1 and word.isalpha() and len(word) < _LONGEST and not scan.is_stop(word)
    )


def _opens_office(scan: Scan, place: int) -> bool:
    """Tell whether a word is an office without the article, which the words after it complete."""
    after = scan.word(place + 1)
    plain = bare(scan.word(place))
    if plain.endswith("ي"):  # an adjective more often than an office
        return False
    office = plain in scan.lexicon.persons.offices or plain.removesuffix("ه") in scan.lexicon.persons.offices
    return office and bool(after) and scan.follows(place + 1)


def _quoted_holder(scan: Scan, place: int) -> Iterator[Candidate]:
    """Yield an unknown name in quotation marks after an office («رئيسة المجلس، "جان مثال"»)."""
    last = scan.quotes.get(place, 0)
    known = any(is_known_name(scan, scan.word(at)) for at in range(place, last))
    if not known or not 1 < last - place <= _LONGEST or not _has_office_before(scan, place):
        return
    if all(
        _is_strange(scan, at) or (is_family(scan, scan.word(at)) and at > place) for at in range(place, last)
    ):
        yield scan.candidate((place, last), 0, "PERSON", "title-word", 0.7)


def _has_office_before(scan: Scan, place: int) -> bool:
    return has_office(scan, place) and scan.tokens[place].joined
