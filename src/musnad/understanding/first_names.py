"""The first name alone of a person whom the page has named in full («مناف» after «مناف المثالي»).

Reports on families and on people of a place go on with the first name. It counts where one person of the page
alone bears it and the word is nothing else there. Chosen over (a) family names only, which loses whom such
reports are about, and (b) each given name, which many bear whom the page does not mean.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from musnad.understanding.name_words import is_known_name
from musnad.understanding.scan import Candidate, Scan
from musnad.understanding.tokens import is_definite

_REVERED: Final = frozenset(
    {"محمد", "احمد", "علي", "حسين", "الحسين", "حسن", "عيسي", "موسي", "ابراهيم", "مريم", "يوسف", "داود"}
)  # prophets and saints, who are named so too
_AND: Final = "و"  # and
_LEAST: Final = 2  # words of a full name
_TAIL: Final = 3  # letters


def find_first_names(scan: Scan, chosen: Sequence[Candidate]) -> list[Candidate]:
    """Return the first names that take up a person, outside the mentions that are chosen already."""
    bearers = _bearers(scan, chosen)
    covered = {place for one in chosen for place in range(one.first, one.last)} if bearers else set[int]()
    found: list[Candidate] = []
    tails = {name[-_TAIL:] for name in bearers}
    near = (at for at in range(len(scan.tokens)) if scan.word(at)[-_TAIL:] in tails and at not in covered)
    for place in near if bearers else ():
        for skip, word in scan.readings(place):
            if bearers.get(word, place + 1) <= place and _is_alone(scan, place, skip):
                found.append(scan.candidate((place, place + 1), skip, "PERSON", "coreference", 0.7))
                break
    return found


def _bearers(scan: Scan, chosen: Sequence[Candidate]) -> dict[str, int]:
    """Return the first names of one person each, with the place after which they take him up."""
    families: defaultdict[str, set[str]] = defaultdict(set)
    named: dict[str, int] = {}
    persons = scan.lexicon.persons
    names = persons.given_names - persons.doubtful_names - _REVERED
    for one in chosen:
        words = scan.key(one).split()
        if one.type == "PERSON" and len(words) >= _LEAST and words[0] in names:
            families[words[0]].add(words[-1])
            named.setdefault(words[0], one.last)
    return {
        name: named[name] for name, ends in families.items() if len(ends) == 1 and not scan.is_common(name)
    }


def _is_alone(scan: Scan, place: int, skip: int) -> bool:
    """Tell whether no word of a name stands beside a first name, and it is no other word with a clitic."""
    before, after = scan.word(place - 1), scan.word(place + 1)
    persons = scan.lexicon.persons
    if skip and (scan.is_common(scan.word(place)) or scan.word(place) in persons.given_names):
        return False
    if scan.follows(place) and (before in persons.particles or (not skip and is_known_name(scan, before))):
        return False
    if not after or not scan.follows(place + 1):
        return True
    ended = scan.is_stop(after) or scan.is_verb(after) or (after[0] == _AND and len(after) > _LEAST)
    name = is_known_name(scan, after) or scan.is_national(after) or is_definite(after)
    return ended or (scan.is_common(after) and not name)
