"""Names of resolutions, statements, agreements and constitutions.

A resolution is known by its number, whatever stands between; the others by an adjective, a year, or the word
that tells who issued them. Chosen over (a) titles in quotation marks only, which this genre does not write,
and (b) taking each «قرار» for a work, which means a decision more often than not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from musnad.understanding.bodies import named_in_quotes
from musnad.understanding.scan import Candidate, Scan
from musnad.understanding.tokens import is_definite

_NUMBER: Final = re.compile(r"[1-9]\d{2,3}\Z")
_YEAR: Final = re.compile(r"(?:19|20)\d\d\Z")
_REACH: Final = 6  # words between a resolution and its number
_FOR: Final = "ل"  # for


def find_works(scan: Scan) -> Iterator[Candidate]:
    """Yield the candidates for works in order of their first word."""
    lexicon = scan.lexicon.works
    for place in range(len(scan.tokens)):
        for skip, word in scan.readings(place):
            found: Candidate | None = None
            if word in lexicon.resolution:
                found = _resolution(scan, place, skip)
            if not found and word in lexicon.dated:
                found = _dated(scan, place, skip)
            if not found:
                found = _titled(scan, place, skip, word)
            if not found and word in lexicon.heads:
                found = _described(scan, place, skip)
            if not found and is_definite(word) and word[2:] in lexicon.heads:
                found = _definite(scan, place, skip)
            if found:
                yield found
                break


def _resolution(scan: Scan, place: int, skip: int) -> Candidate | None:
    for last in range(place + 1, min(place + 1 + _REACH, len(scan.tokens))):
        word = scan.word(last)
        if not scan.follows(last):
            break
        if _NUMBER.match(word):
            return scan.candidate((place, last + 1), skip, "WORK", "head-word", 0.95)
        if word not in scan.lexicon.works.resolution_words:
            break
    body = scan.longest.get(place + 1)
    if body and scan.follows(place + 1) and body.name.entity.type == "ORG":
        return scan.candidate((place, body.last), skip, "WORK", "told", 0.7)
    return None


def _dated(scan: Scan, place: int, skip: int) -> Candidate | None:
    """Return «دستور عام 1950»."""
    last = place + 1 + (scan.word(place + 1) in scan.lexicon.works.year)
    if last > place + 1 and scan.follows(place + 1) and _YEAR.match(scan.word(last)):
        return scan.candidate((place, last + 1), skip, "WORK", "head-word", 0.9)
    return None


def _titled(scan: Scan, place: int, skip: int, word: str) -> Candidate | None:
    """Return «ميثاق الأرض», «إعلان …» with a place, or a title that stands in quotation marks."""
    lexicon, after = scan.lexicon.works, scan.word(place + 1)
    if word not in lexicon.placed and word not in lexicon.titled:
        return None
    quoted = named_in_quotes(scan, place)
    if quoted:
        return scan.candidate((place, quoted), skip, "WORK", "head-word", 0.85)
    if not scan.follows(place + 1):
        return None
    where = scan.match_at(place + 1, "PLACE")
    if word in lexicon.placed and where:
        last = where.last + (scan.word(where.last).isdigit() and scan.follows(where.last))
        return scan.candidate((place, last), skip, "WORK", "head-word", 0.85)
    named = (
        is_definite(after) and not scan.is_stop(after) and after not in scan.lexicon.organisations.descriptive
    )
    if word in lexicon.titled and named:
        last = place + 2
        while scan.follows(last) and is_definite(scan.word(last)) and scan.word(last).endswith(("ي", "يه")):
            last += 1
        return scan.candidate((place, last), skip, "WORK", "head-word", 0.75)
    return None


def _described(scan: Scan, place: int, skip: int) -> Candidate | None:
    """Return «بيان مشترك», «دستور جديد لسوريا», or a statement that someone issued."""
    last, lexicon = place + 1, scan.lexicon.works
    while (
        last < place + _REACH
        and scan.follows(last)
        and (
            scan.word(last) in lexicon.adjectives
            or (last > place + 1 and scan.is_national(scan.word(last)) and not is_definite(scan.word(last)))
        )
    ):
        last += 1
    if last == place + 1:
        told = scan.follows(last) and scan.word(last) in lexicon.issued
        return scan.candidate((place, last), skip, "WORK", "told", 0.6) if told else None
    where = scan.match_at(last, "PLACE", whole=False) if scan.follows(last) else None
    if where and where.start == scan.tokens[last].start + 1 and scan.word(last).startswith(_FOR):
        last = where.last
    return scan.candidate((place, last), skip, "WORK", "head-word", 0.75)


def _definite(scan: Scan, place: int, skip: int) -> Candidate | None:
    """Return «البيان الختامي»: a head with the article and one of the adjectives."""
    last = place + 1
    while last < place + _REACH and scan.follows(last) and is_definite(scan.word(last)):
        if scan.word(last)[2:] not in scan.lexicon.works.adjectives:
            break
        last += 1
    return scan.candidate((place, last), skip, "WORK", "head-word", 0.75) if last > place + 1 else None
