"""Whether a word after the name of a body goes on the name, or says what the body does.

«للقوات المسلحة» is part of a name, «للدفاع عن …» and «المتفقة على …» tell of a deed: the preposition after
the word is the sign. Chosen over (a) a list of all participles, and (b) names without a purpose.
"""

from __future__ import annotations

from typing import Final

from musnad.understanding.scan import Scan
from musnad.understanding.tokens import is_definite

_ADJECTIVE: Final = ("ي", "يه")  # endings of adjectives
_PREPOSITIONS: Final = frozenset({"عن", "على", "علي", "الي", "من", "مع"})  # about, on, to, from, with


def describes_goal(scan: Scan, word: str) -> bool:
    """Tell whether an adjective with the article goes on the purpose of a body («للقوات المسلحة»)."""
    bodies = scan.lexicon.organisations
    shaped = word.endswith(_ADJECTIVE) or word in bodies.qualifiers or word in bodies.general
    return shaped and is_definite(word) and not scan.is_stop(word) and word not in bodies.descriptive


def is_participle(scan: Scan, place: int) -> bool:
    """Tell whether a participle with its preposition describes and does not name («المتفقة على …»)."""
    word, bodies = scan.word(place), scan.lexicon.organisations
    shaped = word.startswith("الم") and not word.endswith(_ADJECTIVE)
    named = word in bodies.qualifiers or word in bodies.general or word in bodies.attributes
    return shaped and not named and scan.follows(place + 1) and scan.word(place + 1) in _PREPOSITIONS


def is_act(scan: Scan, place: int) -> bool:
    """Tell whether a preposition after a purpose makes an act of it («… للدفاع عن»)."""
    after = scan.word(place + 1)
    return scan.follows(place + 1) and (after in _PREPOSITIONS or after.startswith("بال"))  # with the
