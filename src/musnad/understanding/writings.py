"""Texts known by a title, a number or who issued them.

«كتاب: "…"», «القانون رقم 10 لعام 2030», «تقرير هيئة …». Chosen over (a) each passage in quotation marks,
which is speech more often, and (b) a list of titles, of which there is no end.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from musnad.understanding.scan import Candidate, Scan
from musnad.understanding.tokens import bare, is_definite

_LONGEST: Final = 18  # words of a title
_REACH: Final = 9  # words between a kind of text and «entitled»
_YEARS: Final = frozenset({"لعام", "للعام", "لسنه", "عام"})  # of the year


def find_titles(scan: Scan) -> Iterator[Candidate]:
    """Yield the titles in order of their first word."""
    for place, last in sorted(scan.quotes.items()):
        before = place - 1
        if before >= 0 and scan.tokens[before].text == ":":
            before -= 1
        if before < 0 or last - place > _LONGEST or not scan.tokens[place].joined:
            continue
        if _is_kind(scan, before) or _is_entitled(scan, before):
            yield scan.candidate((place, last), 0, "WORK", "quoted", 0.75)


def _is_kind(scan: Scan, place: int) -> bool:
    """Tell whether a word is a book or the like, right before its title."""
    return any(reading.text in scan.lexicon.works.texts for reading in scan.readings(place))


def _is_entitled(scan: Scan, place: int) -> bool:
    """Tell whether «entitled» stands at a place, and a kind of text, no event, before it."""
    if scan.word(place) not in scan.lexicon.works.titles:
        return False
    families = scan.lexicon.events.families
    for before in range(place - 1, max(-1, place - 1 - _REACH), -1):
        words = {reading.text for reading in scan.readings(before)}
        if words & families.keys() or not scan.tokens[before + 1].joined:
            return False
        if words & scan.lexicon.works.texts:
            return True
    return False


def numbered(scan: Scan, place: int, skip: int, word: str) -> Candidate | None:
    """Return «المرسوم التشريعي رقم 10 لعام 2030»: a law or a decree with its number and its year."""
    lexicon = scan.lexicon.works
    if bare(word) not in lexicon.numbered:
        return None
    last = place + 1
    last += is_definite(scan.word(last)) == is_definite(word) and bare(scan.word(last)) in lexicon.adjectives
    if scan.word(last) not in lexicon.number or not scan.word(last + 1).isdigit() or not scan.follows(last):
        return None
    last += 2
    if scan.word(last) in _YEARS and scan.word(last + 1).isdigit() and scan.follows(last):
        last += 2
    return scan.candidate((place, last), skip, "WORK", "head-word", 0.9)


def issued(scan: Scan, place: int, skip: int, word: str) -> Candidate | None:
    """Return «تقرير هيئة … لعام 2030»: a text of the known body that follows at once."""
    body = scan.match_at(place + 1, "ORG") if scan.follows(place + 1) else None
    if word not in scan.lexicon.works.issues or body is None:
        return None
    last = body.last
    if scan.word(last) in _YEARS and scan.word(last + 1).isdigit() and scan.follows(last):
        last += 2
    return scan.candidate((place, last), skip, "WORK", "head-word", 0.8)
