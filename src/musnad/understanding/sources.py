"""Sources that a text does not name: «مصدر … في …».

They speak, so claims need them; they are nobody in particular, so they are kept out of the mentions, and are
never linked and never merged with those of another document.
"""

from __future__ import annotations

from collections.abc import Sequence

from musnad.understanding.scan import Candidate, Scan


def find_sources(scan: Scan, chosen: Sequence[Candidate]) -> list[Candidate]:
    """Return the unnamed sources; one told of again («المصدر») has the span of its own words.

    `chosen` are the mentions of the text: the body that a source belongs to is one of them.
    """
    lexicon = scan.lexicon.sources
    bodies = {candidate.first: candidate for candidate in chosen if candidate.type in {"ORG", "PLACE"}}
    taken = {place for candidate in chosen for place in range(candidate.first, candidate.last)}
    found: list[Candidate] = []
    for place in range(len(scan.tokens)):
        if place in taken:
            continue
        for skip, word in scan.readings(place):
            if word in lexicon.heads:
                last = _end(scan, place, bodies)
                if last > place + 1:
                    found.append(scan.candidate((place, last), skip, "PERSON", "anonymous"))
                break
            if word in lexicon.again and found and not scan.is_national(scan.word(place + 1)):
                found.append(scan.candidate((place, place + 1), skip, "PERSON", "again", 0.6))
                break
    return found


def _end(scan: Scan, place: int, bodies: dict[int, Candidate]) -> int:
    """Return the end of a source with its adjectives and the body that it belongs to."""
    lexicon, last = scan.lexicon.sources, place + 1
    while scan.follows(last) and scan.word(last) in lexicon.adjectives:
        last += 1
    body = bodies.get(last + 1)
    if scan.follows(last) and scan.word(last) in lexicon.links and body:
        return body.last
    return last
