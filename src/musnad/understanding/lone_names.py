"""Persons whom a page names by one word only, right after a title: «the president Hadi», «the ousted Saleh».

The word is a known name, or after a rank a family name with the article, and the clause goes on after it.
Chosen over (a) names of two words only, which leaves whole wars without their presidents, and (b) any word
after a title, which is as often an adjective or a verbal noun.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from musnad.understanding.name_words import is_family
from musnad.understanding.persons import after_title, name_end
from musnad.understanding.scan import Candidate, Scan, unfused
from musnad.understanding.tokens import is_definite

_RULERS: Final = frozenset({"الرييس", "المخلوع", "المعزول"})  # the president, the ousted one
_OFFICERS: Final = frozenset({"اللوا", "الفريق", "العميد", "العقيد", "المشير", "الجنرال", "العماد"})  # ranks
_ENDINGS: Final = tuple(sorted(title.removeprefix("ال") for title in _RULERS | _OFFICERS))
_FAMILY: Final = "ي"  # how families end
_LEAST: Final = 5  # letters of a family name


def find_lone(scan: Scan) -> Iterator[Candidate]:
    """Yield the candidates for persons in order of their title."""
    for place in range(len(scan.tokens)):
        if not scan.word(place).endswith(_ENDINGS):
            continue
        titles = {reading.text for reading in scan.readings(place)}
        titles |= set(map(unfused, titles))  # «للرئيس»
        if not titles & (_RULERS | _OFFICERS):
            continue
        first = after_title(scan, place)
        if not scan.follows(first) or first in scan.starting or first in scan.adverbial:
            continue
        officer = bool(titles & _OFFICERS)
        whole = _goes_on(scan, first + 1) and name_end(scan, first, strong=True) is None
        if whole and _may_be(scan, first, officer=officer):
            yield scan.candidate((first, first + 1), 0, "PERSON", "title-word", 0.6)


def _goes_on(scan: Scan, place: int) -> bool:
    """Tell whether the clause goes on at a place, and not a name: with a mark or a word of the language."""
    word = scan.word(place)
    return (
        not word
        or not scan.follows(place)
        or any((scan.is_stop(word), scan.is_verb(word), scan.is_common(word)))
    )


def _may_be(scan: Scan, place: int, *, officer: bool) -> bool:
    """Tell whether one word is a name: one of the lexicon, or a family name after a rank."""
    word, persons = scan.word(place), scan.lexicon.persons
    if not word or scan.is_national(word):
        return False
    known = word in persons.given_names or word in scan.lexicon.names.families
    if known and not officer:
        return not is_definite(word) or word not in persons.modifiers
    shaped = is_definite(word) and word.endswith(_FAMILY) and len(word) > _LEAST
    return officer and shaped and is_family(scan, word) and not scan.is_common(word)
