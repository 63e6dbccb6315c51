"""Names of resolutions, statements, agreements and constitutions.

A resolution is known by its number, whatever stands between; the others by an adjective, a year, or the word
that tells who issued them. Chosen over (a) titles in quotation marks only, which this genre does not write,
and (b) taking each «قرار» for a work, which means a decision more often than not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from musnad.understanding.authored import authored
from musnad.understanding.bodies import named_in_quotes
from musnad.understanding.complements import owner_end
from musnad.understanding.scan import Candidate, Scan
from musnad.understanding.tokens import is_definite
from musnad.understanding.writings import find_titles, issued, numbered

_NUMBER: Final = re.compile(r"[1-9]\d{2,3}\Z")
_YEAR: Final = re.compile(r"(?:19|20)\d\d\Z")
_REACH: Final = 6  # words between a resolution and its number
_CHAIN: Final = 4  # nouns that tell what an agreement is about
_PURPOSE: Final = 3  # letters of a word that «for» may be fused with
_FOR: Final = "ل"  # for
_AND: Final = "و"  # and
_MAPS: Final = frozenset({"خارطه", "خريطه"})  # map
_SOURCES: Final = ("PLACE", "EVENT", "PERSON")  # what names the outcome of talks
_IN: Final = "في"  # in
_FROM: Final = "من"  # from


def find_works(scan: Scan) -> Iterator[Candidate]:
    """Yield the candidates for works: the titles in quotation marks, then the others in order."""
    yield from find_titles(scan)
    for place in range(len(scan.tokens)):
        for skip, word in scan.readings(place):
            word = _plain_form(scan, place, word)
            found = _named(scan, place, skip, word) or _told(scan, place, skip, word)
            if found:
                yield found
                break


def _named(scan: Scan, place: int, skip: int, word: str) -> Candidate | None:
    """Return the work that a reading of a word names together with the words after it."""
    lexicon = scan.lexicon.works
    found = _resolution(scan, place, skip) if word in lexicon.resolution else None
    if not found and word in lexicon.owned:
        found = _owned(scan, place, skip)
    if not found and word in lexicon.dated:
        found = _dated(scan, place, skip)
    found = found or numbered(scan, place, skip, word) or issued(scan, place, skip, word)
    found = found or _titled(scan, place, skip, word)
    if not found and word in lexicon.outcomes:
        found = _outcome(scan, place, skip)
    if not found and word in lexicon.authored:
        found = authored(scan, place, skip)
    if not found and (word in lexicon.heads or word.removesuffix("ا") in lexicon.heads):
        found = _described(scan, place, skip)
    if not found and is_definite(word) and word[2:] in lexicon.heads:
        found = _definite(scan, place, skip)
    return found


def _told(scan: Scan, place: int, skip: int, word: str) -> Candidate | None:
    """Return a statement, or a letter or an agreement that the words around it tell of."""
    lexicon = scan.lexicon.works
    sent = (word in lexicon.letters and _is_sent(scan, place)) or _is_agreed(scan, place, word)
    if not sent and not (word in lexicon.bare and _in_sentence(scan, place)):
        return None
    last = _chained_end(scan, place + 1) if sent and scan.follows(place + 1) else 0
    how = "head-word" if last else "told"
    return scan.candidate((place, last or place + 1), skip, "WORK", how, 0.6)


def _plain_form(scan: Scan, place: int, word: str) -> str:
    """Return the name of a kind of text without the ا of the accusative."""
    lexicon, plain = scan.lexicon.works, word[:-1]
    kind = plain in lexicon.heads | lexicon.letters
    return plain if word.endswith("ا") and kind and word not in lexicon.bare else word


def _in_sentence(scan: Scan, place: int) -> bool:
    """Tell whether a word stands among words and not by itself, as in menus and tags."""
    before = scan.follows(place) and bool(scan.word(place - 1))
    return before or (scan.follows(place + 1) and bool(scan.word(place + 1)))


def _is_sent(scan: Scan, place: int) -> bool:
    """Tell whether the word before or after a letter, a paper or a report says that it was sent."""
    lexicon = scan.lexicon.works
    after, before = scan.word(place + 1), scan.word(place - 1)
    come = after == _FROM and before not in scan.lexicon.events.any
    return scan.follows(place) and (before in lexicon.senders or after in lexicon.issued or come)


def _is_agreed(scan: Scan, place: int, word: str) -> bool:
    """Tell whether the word after an agreement says what it rules or with whom it is."""
    lexicon = scan.lexicon.works
    told = scan.follows(place + 1) and scan.word(place + 1) in lexicon.openers
    return told and word in lexicon.chained and scan.word(place - 1) not in scan.lexicon.events.any


def _owned(scan: Scan, place: int, skip: int) -> Candidate:
    """Return «بيانه الختامي»: a work with the pronoun of who issued it, and its adjectives."""
    last = place + 1
    while (
        scan.follows(last)
        and scan.word(last)[2:] in scan.lexicon.works.adjectives
        and is_definite(scan.word(last))
    ):
        last += 1
    return scan.candidate((place, last), skip, "WORK", "head-word", 0.7)


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
    known = scan.starting.get(place + 1, ())
    talks = max((match.last for match in known if match.name.entity.type == "EVENT"), default=0)
    if word in lexicon.placed and talks:
        return scan.candidate((place, talks), skip, "WORK", "head-word", 0.85)
    where = scan.match_at(place + 1, "PLACE")
    if word in lexicon.chained and not where:
        last = _chained_end(scan, place + 1)
        return scan.candidate((place, last), skip, "WORK", "head-word", 0.75) if last else None
    if word in lexicon.placed and where:
        last = where.last + (scan.word(where.last).isdigit() and scan.follows(where.last))
        return scan.candidate((place, last), skip, "WORK", "head-word", 0.85)
    described = scan.is_stop(after) or after in scan.lexicon.organisations.descriptive
    if word in lexicon.titled and is_definite(after) and not described:
        last = place + 2
        while scan.follows(last) and _is_adjective(scan, last):
            last += 1
        return scan.candidate((place, last), skip, "WORK", "head-word", 0.75)
    return None


def _is_adjective(scan: Scan, place: int) -> bool:
    """Tell whether a word is an adjective with the article that may belong to the name of a text."""
    word = scan.word(place)
    general = word in scan.lexicon.organisations.general | scan.lexicon.works.closing
    adjective = is_definite(word) and word.endswith(("ي", "يه")) and not scan.is_stop(word)
    return general or adjective


def _chained_end(scan: Scan, place: int) -> int:
    """Return the end of the nouns that an agreement is about, the last with the article, 0 if none are."""
    last = place
    while last < place + _CHAIN and scan.follows(last):
        body = scan.match_at(last, "ORG")
        if body and last > place:
            return body.last
        if not _is_noun(scan, last):
            break
        last += 1
        if is_definite(scan.word(last - 1)):
            break
    if last == place or not is_definite(scan.word(last - 1)):
        return 0
    while scan.follows(last) and _is_adjective(scan, last):
        last += 1
    return last


def _is_noun(scan: Scan, place: int) -> bool:
    word, persons = scan.word(place), scan.lexicon.persons
    known = scan.longest.get(place)
    body = known is not None and known.name.entity.type in {"ORG", "PERSON"}
    purpose = len(word) > 3 and word.startswith(_FOR)
    purpose = purpose or word.removeprefix(_AND) in scan.lexicon.works.heads
    ended = scan.is_stop(word) or scan.is_verb(word) or word in scan.lexicon.organisations.descriptive
    officer = is_definite(word) and word[2:] in persons.offices | persons.ranks  # «the plan of the envoy X»
    return not (purpose or body or ended or officer or word in persons.ranks)


def _described(scan: Scan, place: int, skip: int) -> Candidate | None:
    """Return «بيان مشترك», «دستور جديد لسوريا», or a statement that someone issued."""
    last, lexicon = place + 1, scan.lexicon.works
    while (
        last < place + _REACH
        and scan.follows(last)
        and (
            scan.word(last) in lexicon.adjectives
            or scan.word(last).removesuffix("ا") in lexicon.adjectives
            or _is_nations(scan, last)
        )
    ):
        last += 1
    loose = scan.word(place)[skip:].removesuffix("ا") in lexicon.loose
    if loose and last > place + 1 and scan.word(place + 1) not in lexicon.drafted:
        return None
    inner = _titled(scan, last - 1, 0, scan.word(last - 1)) if last > place + 1 else None
    if inner:
        return scan.candidate((place, inner.last), skip, "WORK", "head-word", 0.75)
    if last == place + 1:
        told = scan.follows(last) and scan.word(last) in lexicon.issued
        return scan.candidate((place, last), skip, "WORK", "told", 0.6) if told else None
    if scan.word(place)[skip:] in _MAPS and scan.follows(last):
        last = _purpose_end(scan, last)
    where = scan.match_at(last, "PLACE", whole=False) if scan.follows(last) else None
    if where and where.start == scan.tokens[last].start + 1 and scan.word(last).startswith(_FOR):
        last = where.last
    return scan.candidate((place, last), skip, "WORK", "head-word", 0.75)


def _is_nations(scan: Scan, place: int) -> bool:
    """Tell whether the adjective of a nation without the article stands at a place, and no country."""
    word = scan.word(place)
    return scan.is_national(word) and not is_definite(word) and place not in scan.starting


def _purpose_end(scan: Scan, place: int) -> int:
    """Return the end of «لإنقاذ …»: what a road map is for, `place` if nothing is said."""
    goal = scan.word(place)
    if not goal.startswith(_FOR) or len(goal) <= _PURPOSE or not scan.follows(place + 1):
        return place
    where = scan.match_at(place + 1, "PLACE")
    return where.last if where else place + 2 if is_definite(scan.word(place + 1)) else place


def _outcome(scan: Scan, place: int, skip: int) -> Candidate | None:
    """Return «مقررات مؤتمر …»: what was agreed at a place or at an event, or what a person proposed."""
    first = place + 1
    first += scan.word(first) in scan.lexicon.events.families and scan.follows(first)
    quoted = scan.tokens[first].gap.strip(" ") == '"' if first < len(scan.tokens) else False
    if not scan.follows(first) and not quoted:
        return None
    last = max((found.last for kind in _SOURCES if (found := scan.match_at(first, kind))), default=0)
    while last and scan.follows(last) and _is_round(scan, scan.word(last)):
        last += 1
    return scan.candidate((place, last), skip, "WORK", "head-word", 0.85) if last else None


def _is_round(scan: Scan, word: str) -> bool:
    return word.isdigit() or word in scan.lexicon.events.ordinals


def _definite(scan: Scan, place: int, skip: int) -> Candidate | None:
    """Return «البيان الختامي»: a head with the article and one of the adjectives."""
    last = place + 1
    while last < place + _REACH and scan.follows(last) and is_definite(scan.word(last)):
        named = scan.lexicon.works.placed | scan.lexicon.works.dated
        nation = scan.is_national(scan.word(last)) and scan.word(place)[skip:][2:] in named
        if scan.word(last)[2:] not in scan.lexicon.works.adjectives and not nation:
            break
        last += 1
    if last == place + 1:
        return None
    return scan.candidate((place, max(last, owner_end(scan, last))), skip, "WORK", "head-word", 0.75)
