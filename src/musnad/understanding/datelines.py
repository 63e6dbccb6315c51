"""The outlet in the dateline of a page, which is often a common word: «دمشق: «الوطن»», «سبق - الرياض:».

A line that opens with a place and a mark, or ends with one, tells who reports from where. Chosen over (a) a
list of all outlets, of which the next page has another, and (b) any first line before a dash, which is as
often the name of the reporter.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from musnad.understanding.quoted import is_name
from musnad.understanding.reporters import is_reporter
from musnad.understanding.scan import Candidate, Scan

_MARKS: Final = frozenset({"-", "–", "—", "("})
_DASHES: Final = frozenset({"-", "–", "—"})
_FROM: Final = "من"  # from
_MOST: Final = 3  # words of the name of an outlet before a place
_SHORTEST: Final = 3  # letters of a name of one word
_LONG: Final = 8  # tokens of a dateline
_TOP: Final = 12  # lines of a page among which its dateline is


def find_datelines(scan: Scan) -> Iterator[Candidate]:
    """Yield the outlets that the first words of lines name."""
    lines = 0
    for place, token in enumerate(scan.tokens[:-3]):
        if place and token.joined:
            continue
        lines += 1
        yield from _after_place(scan, place)
        if lines <= _TOP:
            yield from _before_place(scan, place)
        if 1 < lines <= _TOP:
            yield from _papers(scan, place)


def _after_place(scan: Scan, place: int) -> Iterator[Candidate]:
    """Yield the outlet after a place («… – وضا:», «… (رؤيا) -», «…: «المثال»»)."""
    where = scan.match_at(place, "PLACE")
    mark = where.last if where else place + 1
    if (not where and not _settled(scan, place)) or mark + 1 >= len(scan.tokens):
        return
    opening, first = scan.tokens[mark].text, mark + 1
    quoted = scan.quotes.get(first, 0)
    if opening == ":":
        paper = scan.word(first) in scan.lexicon.organisations.papers and _ends(scan, first + 1)
        last = quoted if quoted and _ends(scan, quoted) else first + 1 if paper else 0
    elif opening in _MARKS and mark + 2 < len(scan.tokens):
        closing = scan.tokens[first + 1]
        ended = closing.text == ")" if opening == "(" else closing.text == ":" or not closing.joined
        named = first not in scan.known_places and is_name(scan, first, first + 1)
        last = first + 1 if ended and named else 0
    else:
        last = 0
    if last and _may_be_outlet(scan, first, last):
        yield scan.candidate((first, last), 0, "ORG", "banner", 0.6)


def _before_place(scan: Scan, place: int) -> Iterator[Candidate]:
    """Yield the outlet before a place («المثال - …:», «"المثال" من …»)."""
    last = place
    while last - place < _MOST and scan.word(last) and (last == place or scan.follows(last)):
        last += 1
    if last == place or last + 1 >= len(scan.tokens) or place in scan.longest:
        return
    quoted = scan.quotes.get(place, 0)
    if quoted and scan.word(quoted) == _FROM:
        last, at = quoted, quoted + 1
    elif scan.tokens[last].text in _DASHES:
        at = last + 1
    else:
        return
    where = scan.match_at(at, "PLACE")
    person = scan.word(place) in scan.lexicon.persons.given_names | scan.lexicon.persons.ranks
    person = person or is_reporter(scan, place, last)
    if where and not person and _ends(scan, where.last) and _may_be_outlet(scan, place, last):
        yield scan.candidate((place, last), 0, "ORG", "banner", 0.6)


def _papers(scan: Scan, place: int) -> Iterator[Candidate]:
    """Yield the known papers that stand by themselves among the parts of a dateline («… - سبق - …:»)."""
    papers = scan.lexicon.organisations.papers
    for at in range(place, min(place + _LONG, len(scan.tokens))):
        if at > place and not scan.tokens[at].joined:
            return
        opens = at == place or scan.tokens[at - 1].text in _DASHES
        dashed = at > place or (at + 1 < len(scan.tokens) and scan.tokens[at + 1].text in _DASHES)
        closes = at + 1 < len(scan.tokens) and scan.tokens[at + 1].text in _DASHES
        if scan.word(at) in papers and opens and dashed and (closes or _ends(scan, at + 1)):
            yield scan.candidate((at, at + 1), 0, "ORG", "banner", 0.6)
        if scan.tokens[at].text == ":":
            return


def _ends(scan: Scan, place: int) -> bool:
    """Tell whether a line, or what it opens with, ends before a token."""
    return scan.breaks(place) or scan.tokens[place].text in {":", ",", "/"}


def _may_be_outlet(scan: Scan, first: int, last: int) -> bool:
    """Tell whether words may name an outlet: letters only, no menu and no day, no particle by itself."""
    words = [scan.word(at) for at in range(first, last)]
    barred = scan.lexicon.organisations.menu | scan.lexicon.organisations.days
    particle = len(words) == 1 and (scan.is_stop(words[0]) or len(words[0]) < _SHORTEST)
    return not particle and all(word.isalpha() and word not in barred for word in words)


def _settled(scan: Scan, place: int) -> bool:
    """Tell whether the text names a settlement by this word."""
    word = scan.word(place)
    return bool(word) and any(f"{kind} {word}" in scan.text for kind in scan.lexicon.places.settlements)
