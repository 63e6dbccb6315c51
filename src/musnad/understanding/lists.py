"""Lists of names: «وهم: …، …» makes each item a name of one kind.

A cue opens the list, one kind of separator divides it, and the items tell or take its kind. The few lists of
a page carry most of its memberships. Chosen over (a) splitting at every comma, which cuts sentences, and
(b) known names only, since lists are where unknown ones stand.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Final, NamedTuple

from musnad.understanding.name_words import is_plain
from musnad.understanding.persons import after_title, name_end
from musnad.understanding.scan import Candidate, Scan
from musnad.understanding.tokens import bare, is_definite

_LEAST: Final = 3  # items of a list that nothing but a cue announces
_MOST_WORDS: Final = 10
_LONGEST: Final = 600  # words and marks of a list
_BEFORE: Final = 8  # words before the cue that may say what is listed
_DASHES: Final = frozenset("-–—")
_ENDS: Final = frozenset(".;؛؟?!)")


class _Item(NamedTuple):
    first: int
    last: int


def find_listed(scan: Scan) -> Iterator[Candidate]:
    """Yield the candidates that lists give, in order of the lists."""
    cues = scan.lexicon.lists.cues
    done = 0
    for place, token in enumerate(scan.tokens):
        if place < done or (scan.word(place) not in cues and token.text != ":"):
            continue
        first = _start(scan, place)
        if not scan.word(first) or scan.word(first) in cues:
            continue
        items, done = _items(scan, first)
        kind = _kind(scan, place, items)
        if kind:
            for item in items:
                yield from _read(scan, item, kind)
        else:
            done = place + 1


def _start(scan: Scan, place: int) -> int:
    """Return the first word after the cue and what may stand between."""
    first = place + 1
    while scan.word(first) in scan.lexicon.lists.after:
        first += 1
    while first < min(len(scan.tokens), place + _LEAST) and scan.tokens[first].text in {":", "("}:
        first += 1
    return first


def _items(scan: Scan, first: int) -> tuple[list[_Item], int]:
    """Return the items from a word on, and where the list ends."""
    end = first
    while end < min(len(scan.tokens), first + _LONGEST) and scan.tokens[end].text not in _ENDS:
        if end > first and not scan.tokens[end].joined:
            break
        end += 1
    marks = [scan.tokens[at].text for at in range(first, end)]
    separators = next(kind for kind in ({","}, {"-", "–", "/"}, set()) if kind & set(marks) or not kind)
    items, start = [], first
    for at in range(first, end + 1):
        if at == end or scan.tokens[at].text in separators:
            if at > start:
                items.append(_Item(start, at))
            start = at + 1
    whole = []
    for item in items:
        if item.last - item.first > _MOST_WORDS or not _plausible(scan, item):
            break
        whole.append(item)
    return whole, whole[-1].last if whole else first


def _plausible(scan: Scan, item: _Item) -> bool:
    word = scan.word(item.first)
    return bool(word) and not scan.is_stop(word)


def _kind(scan: Scan, cue: int, items: list[_Item]) -> str:
    """Return the type of what is listed, "" where nothing tells."""
    kinds = Counter(kind for item in items if (kind := _evidence(scan, item)))
    announced = ""
    for before in range(cue, max(-1, cue - _BEFORE), -1):
        if scan.tokens[before].text in _ENDS:
            break
        announced = scan.lexicon.lists.kinds.get(scan.word(before), "")
        if announced:
            break
    best, count = kinds.most_common(1)[0] if kinds else ("", 0)
    if announced and len(items) > 1 and (not best or kinds[announced] * 2 >= count):
        return announced
    return best if len(items) >= _LEAST and count * 2 >= len(items) else ""


def _evidence(scan: Scan, item: _Item) -> str:
    """Return the type that the first words of an item tell by themselves."""
    first = _name_start(scan, item)
    match = scan.longest.get(first)
    if match:
        return match.name.entity.type
    words = {reading.text for reading in scan.readings(first) if reading.skip < 2}
    if words & scan.lexicon.persons.given_names:
        return "PERSON"
    return "ORG" if {bare(word) for word in words} & scan.lexicon.organisations.heads else ""


def _name_start(scan: Scan, item: _Item) -> int:
    """Return where the name starts in an item, after titles."""
    if any(reading.text in scan.lexicon.persons.ranks for reading in scan.readings(item.first)):
        return min(after_title(scan, item.first), item.last)
    return item.first


def _read(scan: Scan, item: _Item, kind: str) -> Iterator[Candidate]:
    """Yield the name of an item, and that of the person who leads or splits the listed body."""
    item = _Item(item.first + (scan.word(item.first) == "و"), item.last)  # and, by itself
    first = _name_start(scan, item)
    cut = next((at for at in range(first + 1, item.last) if _cuts(scan, at, kind)), item.last)
    if cut < item.last and scan.word(cut) in scan.lexicon.lists.leader:
        yield from _person(scan, cut + 1)
    if first >= cut:
        return
    skip = _conjunction(scan, first)
    if kind == "PERSON":
        yield from _person(scan, first, cut)
    elif kind == "ORG" and _opens_body(scan, scan.word(first)[skip:]):
        if all(_belongs(scan, at) for at in range(first + 1, cut)):
            yield scan.candidate((first, cut), skip, "ORG", "enumeration", 0.85)
        wing = [at for at in range(first, cut) if _tells_wing(scan, at)]
        if wing:
            yield from _person(scan, wing[-1] + 1)
    elif kind == "PLACE" and cut == first + 1 and is_plain(scan, scan.word(first)[skip:]):
        yield scan.candidate((first, cut), skip, "PLACE", "enumeration", 0.6)


def _tells_wing(scan: Scan, place: int) -> bool:
    """Tell whether «wing», or a dash before a given name, tells who leads a part of a body."""
    dash = scan.tokens[place].text in _DASHES
    return scan.word(place) in scan.lexicon.lists.wing or (
        dash and scan.word(place + 1) in scan.lexicon.persons.given_names
    )


def _opens_body(scan: Scan, word: str) -> bool:
    bodies = scan.lexicon.organisations
    return bare(word) in bodies.heads or word in bodies.weak_heads


def _conjunction(scan: Scan, place: int) -> int:
    """Return 1 if the word before a name starts with «and»."""
    word = scan.word(place)
    rest = word[1:]
    known = _opens_body(scan, rest) or rest in scan.lexicon.persons.given_names
    return int(word[:1] == "و" and known)


def _cuts(scan: Scan, place: int, kind: str) -> bool:
    word = scan.word(place)
    if kind == "ORG" and word == "من" and scan.word(place + 1) == "اجل":  # for the sake of
        return False
    return word in scan.lexicon.lists.cutters


def _belongs(scan: Scan, place: int) -> bool:
    """Tell whether a word may belong to the name of a listed body."""
    word = scan.tokens[place].text
    if place in scan.longest:
        match = scan.longest[place]
        return match.start == scan.tokens[place].start or word.startswith("لل")  # for the
    free = word in {"في", "من", "اجل", "-"} or word in scan.lexicon.lists.wing  # in, for the sake of
    named = word in scan.lexicon.persons.given_names or (not word.startswith("و") and word.isalnum())
    return free or is_definite(word) or word.startswith(("لل", "وال")) or (named and not scan.is_stop(word))


def _person(scan: Scan, first: int, item: int = 0) -> Iterator[Candidate]:
    """Yield the person named at a place; in an `item` that ends there all words are the name."""
    skip = _conjunction(scan, first)
    if item and scan.word(first)[:1] == "و" and len(scan.word(first)) > _LEAST + 1:
        skip = int(scan.word(first) not in scan.lexicon.persons.given_names)
    words = [scan.word(at) for at in range(first, item)]
    if words and words[0][skip:] in scan.lexicon.persons.nouns:
        return
    if 1 < len(words) <= _LEAST + 1 and all(word.isalpha() and not scan.is_stop(word) for word in words):
        yield scan.candidate((first, item), skip, "PERSON", "enumeration", 0.85)
        return
    word = scan.word(first)[skip:]
    known = word in scan.lexicon.persons.given_names or word in scan.lexicon.persons.particles
    last = name_end(scan, first, strong=True) if known or is_plain(scan, word) else None
    if last is not None:
        yield scan.candidate((first, last), skip, "PERSON", "enumeration", 0.85)
