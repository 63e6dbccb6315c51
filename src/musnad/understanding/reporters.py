"""Names of reporters on a line of their own: «بيروت: فلان الفلاني», «فلان الفلاني (بيروت)».

The line tells: a known place and a colon, then two to four words up to its end, or those words and the place
in brackets. Chosen over (a) known given names only, which miss the rarer ones, and (b) any line with a colon,
which takes headlines for names.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from musnad.understanding.name_words import is_family, is_known_name, is_plain
from musnad.understanding.scan import Candidate, Scan
from musnad.understanding.tokens import is_definite

_LEAST: Final = 2  # words of a name
_MOST: Final = 4
_TOP: Final = 12  # lines of a page among which its dateline is
_DASHES: Final = frozenset({"-", "–", "—"})


def find_reporters(scan: Scan) -> Iterator[Candidate]:
    """Yield the candidates for persons."""
    yield from _bracketed(scan)
    yield from _dashed(scan)
    for place in sorted(scan.ending_places):
        if not _opens_line(scan, place) or place + 1 >= len(scan.tokens):
            continue
        first, last = place + 1, place + 1
        while last < len(scan.tokens) and scan.word(last) and (last == first or scan.follows(last)):
            last += 1
        ends = scan.breaks(last)
        same = scan.tokens[first].joined
        if ends and same and _LEAST <= last - first <= _MOST and _is_name(scan, first, last):
            yield scan.candidate((first, last), 0, "PERSON", "name-shape", 0.8)


def _dashed(scan: Scan) -> Iterator[Candidate]:
    """Yield the names beside a dash and a place on one of the first lines of a page («جدة - فلان …»)."""
    lines = 0
    for place, token in enumerate(scan.tokens):
        if place and token.joined:
            continue
        lines += 1
        if lines > _TOP:
            return
        where = scan.match_at(place, "PLACE")
        if where and where.last + 1 < len(scan.tokens) and scan.tokens[where.last].text in _DASHES:
            last = _words_end(scan, where.last + 1)
            if _closes(scan, last) and is_reporter(scan, where.last + 1, last):
                yield scan.candidate((where.last + 1, last), 0, "PERSON", "name-shape", 0.8)
        last = _words_end(scan, place)
        after = scan.match_at(last + 1, "PLACE") if last < len(scan.tokens) else None
        dashed = after is not None and scan.tokens[last].text in _DASHES and scan.breaks(after.last)
        if dashed and is_reporter(scan, place, last):
            yield scan.candidate((place, last), 0, "PERSON", "name-shape", 0.8)


def _closes(scan: Scan, place: int) -> bool:
    """Tell whether a line ends at a place, or with the colon there."""
    colon = place + 1 < len(scan.tokens) and scan.tokens[place].text == ":" and scan.breaks(place + 1)
    return scan.breaks(place) or (colon and scan.tokens[place].joined)


def _words_end(scan: Scan, first: int) -> int:
    """Return the end of the words from a place on that only spaces part."""
    last = first
    while last < len(scan.tokens) and scan.word(last) and (last == first or scan.follows(last)):
        last += 1
    return last


def is_reporter(scan: Scan, first: int, last: int) -> bool:
    """Tell whether words beside a dash are the name of a person: known names, or strange ones at the end."""
    if not _LEAST <= last - first <= _MOST or not _is_name(scan, first, last):
        return False
    words = [scan.word(place) for place in range(first, last)]
    strange = is_definite(words[-1]) and not scan.is_common(words[-1]) and not scan.is_national(words[-1])
    return is_known_name(scan, words[0]) or (strange and not is_definite(words[0]))


def _bracketed(scan: Scan) -> Iterator[Candidate]:
    """Yield the names before a place in brackets that ends their line."""
    for last, token in enumerate(scan.tokens[:-2]):
        where = scan.starting.get(last + 1, ()) if token.text == "(" and token.joined else ()
        ends = {match.last for match in where if match.name.entity.type == "PLACE"}
        ends -= {len(scan.tokens)}
        closed = any(scan.tokens[at].text == ")" and scan.breaks(at + 1) for at in ends)
        first = last
        while closed and first and scan.tokens[first].joined and scan.word(first - 1):
            first -= 1
        opens = not first or not scan.tokens[first].joined
        if closed and opens and _LEAST <= last - first <= _MOST and _is_name(scan, first, last):
            yield scan.candidate((first, last), 0, "PERSON", "name-shape", 0.8)


def _opens_line(scan: Scan, place: int) -> bool:
    """Tell whether a colon stands at a place, and the line before it is the name of a place."""
    colon = place < len(scan.tokens) and scan.tokens[place].text == ":" and scan.tokens[place].joined
    return colon and any(
        match.first == 0 or not scan.tokens[match.first].joined for match in scan.ending_places[place]
    )


def _is_name(scan: Scan, first: int, last: int) -> bool:
    """Tell whether the words of a line may be a name."""
    words = [scan.word(place) for place in range(first, last)]
    body = scan.match_at(first, "ORG") is not None
    particles = scan.lexicon.persons.particles
    return not body and all(
        is_known_name(scan, word)
        or word in particles
        or (is_family(scan, word) if is_definite(word) else is_plain(scan, word))
        for word in words
    )
