"""Names of persons that their neighbours in a series tell: «فلان الفلاني، جان مثال، علان العلاني».

In a row of names parted by commas, figures or lines, what stands among persons and looks like a name is one.
Chosen over (a) lists after a cue only, which miss the rows inside sentences, and (b) looking at one
neighbour, which takes the apposition after a name for another name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from musnad.understanding.name_words import is_family, is_known_name, is_plain
from musnad.understanding.persons import after_title, opens_next
from musnad.understanding.scan import Candidate, Scan
from musnad.understanding.tokens import is_definite

_AND: Final = "و"  # and
_SHORTEST: Final = 4  # letters of «and» with a name
_MOST_WORDS: Final = 4
_ROOT: Final = 3  # letters of a verb that is a noun too («شكر»)
_NEAR: Final = 2  # neighbours on one side that tell


class _Item(NamedTuple):
    first: int
    last: int
    skip: int


def find_series(scan: Scan, persons: Sequence[Candidate]) -> list[Candidate]:
    """Return the names among the persons found so far, in order of start."""
    starts = {candidate.first for candidate in persons if candidate.last - candidate.first > 1}
    covered = {place for candidate in persons for place in range(candidate.first, candidate.last)}
    items = list(_items(scan))
    named = [not starts.isdisjoint(range(item.first, item.last)) for item in items]
    found: list[Candidate] = []
    for at, item in enumerate(items):
        if named[at] or not _looks_like_name(scan, item) or covered & set(range(item.first, item.last)):
            continue
        before, after = _row(items, named, at, -1), _row(items, named, at, 1)
        if (before and after) or before >= _NEAR or after >= _NEAR:
            found.append(scan.candidate((item.first, item.last), item.skip, "PERSON", "enumeration", 0.8))
            named[at] = True
    return found


def _row(items: list[_Item], named: list[bool], at: int, step: int) -> int:
    """Return how many persons follow one another on one side of an item, without a gap."""
    count = 0
    while 0 <= at + step < len(items) and named[at + step] and _beside(items, at, step):
        count, at = count + 1, at + step
    return count


def _beside(items: list[_Item], at: int, step: int) -> bool:
    """Tell whether two items are neighbours: only marks and figures stand between them."""
    one, other = sorted((items[at], items[at + step]))
    return 0 <= other.first - one.last <= _NEAR + 1


def _items(scan: Scan) -> Iterator[_Item]:
    """Yield the runs of words between marks, figures and the ends of lines; «and» with a name opens one."""
    first = -1
    for place in range(len(scan.tokens) + 1):
        word = scan.word(place)
        ends = not word.isalpha() or not scan.follows(place)
        if first >= 0 and (ends or opens_next(scan, place)):
            yield _item(scan, first, place)
            first = -1
        if word.isalpha() and first < 0:
            first = place


def _item(scan: Scan, first: int, last: int) -> _Item:
    word = scan.word(first)
    if any(reading.text in scan.lexicon.persons.ranks for reading in scan.readings(first)):
        title = after_title(scan, first)
        if title < last:
            return _Item(title, last, 0)
    given = word in scan.lexicon.persons.given_names
    told = len(word) > _SHORTEST or word[1:] in scan.lexicon.persons.given_names
    joined = word.startswith(_AND) and not given and told
    return _Item(first, last, int(joined))


def _looks_like_name(scan: Scan, item: _Item) -> bool:
    """Tell whether all words of an item may be parts of a name."""
    if not 1 < item.last - item.first <= _MOST_WORDS or item.first in scan.longest:
        return False
    words = [scan.word(place) for place in range(item.first, item.last)]
    words[0] = words[0][item.skip :]
    if is_definite(words[0]) and not _belongs(scan, words[0]):
        return False
    persons = scan.lexicon.persons
    given = words[0] in persons.given_names and words[0] not in persons.doubtful_names
    marked = any(place in scan.adverbial for place in range(item.first, item.last))
    return not marked and all(_may_belong(scan, word, given) for word in words)


def _may_belong(scan: Scan, word: str, given: bool) -> bool:
    """Tell whether a word may be part of a name; a common one only after a sure given name (`given`)."""
    if _belongs(scan, word):
        return True
    if is_definite(word):
        return is_family(scan, word)
    if given and len(word) == _ROOT and scan.is_verb(word):
        return word not in scan.lexicon.persons.speech_verbs
    return is_plain(scan, word) and (given or not scan.is_common(word))


def _belongs(scan: Scan, word: str) -> bool:
    """Tell whether the lexicon knows a word as part of a name."""
    persons = scan.lexicon.persons
    return is_known_name(scan, word) or word in persons.particles or word in persons.suffixes
