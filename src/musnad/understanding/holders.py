"""Unknown names beside an office: in apposition, after its body, in quotation marks, before the office.

The office vouches for the name, so neither word of it must be known. Chosen over (a) given names only, which
miss the foreign ones, and (b) any two unknown words, which are seldom a name.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from musnad.understanding.persons import has_office, is_family, is_known_name, is_office, is_plain
from musnad.understanding.scan import Candidate, Scan
from musnad.understanding.tokens import bare, is_definite

_FAR: Final = 10  # words of an office with the body it belongs to
_CLITICS: Final = ("ل", "ب", "و")  # to, in, and
_LONGEST: Final = 3  # words of an unknown name
_WITH: Final = frozenset({"مع", "الي", "بين", "كان", "كانت", "وكان", "وكانت"})  # with, to, between, was


def find_holders(scan: Scan) -> Iterator[Candidate]:
    """Yield the candidates for persons in order of their first word."""
    for place in range(len(scan.tokens)):
        if scan.word(place):
            yield from _apposed(scan, place)
            yield from _holder(scan, place)
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
        if closed and joined and named and place not in scan.adverbial:
            yield scan.candidate((place, last), 0, "PERSON", "apposition", 0.7)


def _holder(scan: Scan, place: int) -> Iterator[Candidate]:
    """Yield an unknown name right after an office with its body («مدير صندوق المثال جان مثال، …»)."""
    words = [scan.word(place), scan.word(place + 1)]
    persons = scan.lexicon.persons
    before = scan.word(place - 1)
    closing = is_definite(before) or place - 1 in scan.known_places
    if (
        not closing
        or not scan.follows(place)
        or not scan.follows(place + 1)
        or words[0] in persons.given_names
    ):
        return
    family = is_definite(words[1]) and words[1].endswith("ي") and is_family(scan, words[1])
    if not _unknown(scan, place) or not (
        family or words[1] in persons.given_names or _unknown(scan, place + 1)
    ):
        return
    last = place + 2
    closed = not scan.follows(last) or scan.is_stop(scan.word(last)) or scan.is_verb(scan.word(last))
    if (closed or not scan.word(last)) and _closes_office(scan, place):
        yield scan.candidate((place, last), 0, "PERSON", "title-word", 0.7)


def _unknown(scan: Scan, place: int) -> bool:
    """Tell whether a word may be a name and is no other word that we know."""
    word, lexicon = scan.word(place), scan.lexicon
    return (
        place not in scan.adverbial
        and place not in scan.starting
        and is_plain(scan, word)
        and len(word) > 3
        and not word.endswith(("ات", "ت", "ها", "هم"))
        and not word.startswith(("و", "ب", "لل"))
        and word not in lexicon.organisations.naming
    )


def _closes_office(scan: Scan, place: int) -> bool:
    """Tell whether an office and what belongs to it end right before a place."""
    inside = False
    for before in range(place - 1, max(-1, place - 1 - _FAR), -1):
        word = scan.word(before)
        if not word or scan.is_verb(word):
            return False
        if is_office(scan, before) and (inside or is_definite(word)):
            return True
        closes = is_definite(word) or before in scan.known_places or scan.is_national(word)
        if not inside and not closes:
            return False
        inside = True
        if not scan.follows(before):
            return False
    return False


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
