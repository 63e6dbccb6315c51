"""Bodies that a text names by the body they belong to: «المكتب … للهيئة», «مكتبها …», «وكالة (…)».

An office is known by its owner, in full, by a pronoun, or, in the style of some agencies, by brackets. Chosen
over (a) the office without its owner, which all bodies have, and (b) the owner alone, which loses who acted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from musnad.understanding.bodies import quoted_end
from musnad.understanding.events import headed
from musnad.understanding.gazetteer import Match
from musnad.understanding.name_words import is_known_name, is_plain
from musnad.understanding.persons import is_office
from musnad.understanding.scan import Candidate, Scan
from musnad.understanding.tokens import bare, is_definite

_NEWS: Final = "انباء"  # news, after «agency»
_DOTTED: Final = 8  # tokens of a name in brackets, points and brackets counted
_LONGEST: Final = 24  # letters of the number of a group of states
_MOST: Final = 3  # words in brackets, and adjectives of an office


def find_departments(scan: Scan) -> Iterator[Candidate]:
    """Yield the candidates for bodies in order of their first word."""
    for place in range(len(scan.tokens)):
        if not scan.word(place):
            continue
        for skip, word in scan.readings(place):
            found = _office(scan, place, skip, word) or _owned(scan, place, skip, word)
            found = found or _bracketed(scan, place, skip, word) or _states(scan, place, skip, word)
            found = found or _agency(scan, place, skip, word) or _bureau(scan, place, skip, word)
            if found:
                yield found
                break


def _agency(scan: Scan, place: int, skip: int, word: str) -> Candidate | None:
    """Return «وكالة أنباء "المثال"», «وكالة أنباء مثالان»: an agency with its name, quoted or strange."""
    if word not in scan.lexicon.organisations.outlet_heads or scan.word(place + 1) != _NEWS:
        return None
    first, name = place + 2, scan.word(place + 2)
    strange = scan.follows(first) and is_plain(scan, name) and not scan.is_common(name)
    last = quoted_end(scan, first) or first + strange
    if last == first:
        return None
    inner = scan.match_at(first, "ORG")
    made = scan.candidate((place, last), skip, "ORG", "head-word", 0.8)
    same = inner is not None and inner.last == last
    return replace(made, entity=inner.name.entity, how="authority") if inner and same else made


def _bureau(scan: Scan, place: int, skip: int, word: str) -> Candidate | None:
    """Return «مكتب رئيس الوزراء التركي», «مكتب المبعوث الدولي»: the bureau of who holds an office."""
    office, bodies = place + 1, scan.lexicon.organisations
    if word not in bodies.bureaus or not scan.follows(office) or not is_office(scan, office):
        return None
    last = office + 1
    while last <= office + _MOST and scan.follows(last) and is_definite(scan.word(last)):
        if scan.is_stop(scan.word(last)) or scan.word(last) in bodies.descriptive:
            break
        last += 1
    holder = scan.follows(last) and (last in scan.starting or is_known_name(scan, scan.word(last)))
    told = not holder and (is_definite(scan.word(office)) or last > office + 1)
    return scan.candidate((place, last), skip, "ORG", "head-word", 0.75) if told else None


def _states(scan: Scan, place: int, skip: int, word: str) -> Candidate | None:
    """Return «مجموعة «5+1»»: a group of states that is known by its number."""
    first = scan.tokens[place].end
    rest = scan.text[first : first + _LONGEST].lstrip(' "(')
    number = next((one for one in scan.lexicon.organisations.numbers_of_states if rest.startswith(one)), "")
    if word not in scan.lexicon.organisations.groups_of_states or not number:
        return None
    end = scan.text.index(number, first) + len(number)
    last = next(at for at in range(place + 1, len(scan.tokens) + 1) if scan.tokens[at - 1].end >= end)
    last += last < len(scan.tokens) and scan.tokens[last].text == ")"
    return scan.candidate((place, last), skip, "ORG", "head-word", 0.9)


def _office(scan: Scan, place: int, skip: int, word: str) -> Candidate | None:
    """Return «الهيئة السياسية للمجلس …»: an office, its adjectives and the known body that it is of."""
    if not is_definite(word) or bare(word) not in scan.lexicon.organisations.offices:
        return None
    last = place + 1
    while last <= place + _MOST and scan.follows(last) and _describes(scan, word, last):
        last += 1
    owner = _owner(scan, last)
    end = owner.last if owner else _gathering_end(scan, last)
    found = end and last > place + 1
    return scan.candidate((place, end), skip, "ORG", "head-word", 0.85) if found else None


def _gathering_end(scan: Scan, place: int) -> int:
    """Return the end of the conference that a committee is for, 0 if none follows."""
    if not scan.follows(place) or not scan.word(place).startswith("ل"):  # for
        return 0
    for skip, word in scan.readings(place):
        if bare(word) in scan.lexicon.events.gatherings and (skip or is_definite(word)):
            found = headed(scan, place, skip, word)
            return found.last if found else 0
    return 0


def _describes(scan: Scan, head: str, place: int) -> bool:
    word = scan.word(place)
    agrees = word.endswith("ه") == head.endswith("ه") or word in scan.lexicon.organisations.general
    return is_definite(word) and agrees and not word.startswith("لل") and not scan.is_stop(word)


def _owner(scan: Scan, place: int) -> Match | None:
    """Return the known body that «of the» joins to an office, the longest.

    After «ل» alone the body is named apart: what the office is part of is a claim of its own.
    """
    if not scan.follows(place) or not scan.word(place).startswith("لل"):  # of the
        return None
    bodies = [match for match in scan.starting.get(place, ()) if match.name.entity.type == "ORG"]
    return max(bodies, key=lambda match: match.last, default=None)


def _owned(scan: Scan, place: int, skip: int, word: str) -> Candidate | None:
    """Return «مكتبها التنفيذي»: an office with the pronoun of its body, and an adjective."""
    after = scan.word(place + 1)
    if word not in scan.lexicon.organisations.owned or not scan.follows(place + 1):
        return None
    adjective = is_definite(after) and after.endswith(("ي", "يه")) and not scan.is_stop(after)
    named = adjective or after in scan.lexicon.organisations.general
    return scan.candidate((place, place + 2), skip, "ORG", "head-word", 0.75) if named else None


def _bracketed(scan: Scan, place: int, skip: int, word: str) -> Candidate | None:
    """Return «وكالة أنباء (المثال)»: a head, its name in brackets, and what the body is for."""
    bodies = scan.lexicon.organisations
    first = place + 1 + (scan.word(place + 1) == _NEWS)
    marks = [token.text for token in scan.tokens[first : first + _DOTTED]]
    if word not in bodies.heads | bodies.outlet_heads or not marks or marks[0] != "(" or ")" not in marks:
        return None
    last = first + marks.index(")")
    words = [mark for mark in marks[1 : last - first] if mark != "."]
    dotted = len(words) < last - first - 1
    named = all(one.isalpha() and (dotted or not scan.is_stop(one)) for one in words)
    plain = 0 < len(words) <= _MOST and named
    if not plain or not all(map(scan.follows, range(place + 1, last + 1))):
        return None
    inner = scan.match_at(first + 1, "ORG")
    goal = scan.follows(last + 1) and scan.word(last + 1).startswith("لل")  # for the
    nation = (
        scan.follows(last + 1) and is_definite(scan.word(last + 1)) and scan.is_national(scan.word(last + 1))
    )
    made = scan.candidate((place, last + 1 + (goal or nation)), skip, "ORG", "head-word", 0.85)
    known = inner.name.entity if inner and inner.last == last else None
    return replace(made, entity=known, how="authority") if known else made
