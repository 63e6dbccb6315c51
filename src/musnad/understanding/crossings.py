"""Tell whether a verb of its own parts a deed from whom it seems to hit («before the assault of X fled Y»).

The form of an attack leaves room for words before the name of what is attacked («the edges of Y»), and such
a room may hold the verb of the main clause. Chosen over (a) a list of all words that may stand before a town,
which is never complete, and (b) no room at all, which loses every second attack.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from musnad.understanding.clauses import is_past, is_verb
from musnad.understanding.particles import ON
from musnad.understanding.sentences import Token
from musnad.understanding.setting import Setting

_ATTACKED: Final = "attacked"
_DEEDS: Final = (
    "attack", "launch", "hurls", "opens_fire", "sets", "resumes", "captures", "seized", "managed",
    "expels", "raids", "enters", "war_verbs", "and_launched", "and_attacked", "and_seized", "and_inflicted",
    "will_attack", "will_launch", "commits", "uses", "faces", "downs", "inflicts", "abducts", "abducted",
    "attacked_it", "suffers", "advance", "done_by", "hitting", "slays", "striking", "accuse", "attacking",
    "to_attack", "launching", "assaults", "strikes", "deeds_of_war", "missiles",
)  # fmt: skip
_CLOSING: Final = frozenset({ON, "ضد", "نحو", "باتجاه", "تجاه"})  # on, against, towards: what is hit follows
_REACH: Final = 5  # tokens before a name among which the verb stands


def is_crossed(
    relation: str, tokens: Sequence[Token], slots: Mapping[str, Sequence[Token]], setting: Setting
) -> bool:
    """Tell whether a verb that is no deed of war stands right before whom a match takes to be hit."""
    hit, doer = slots.get("object", ()), slots.get("subject", ())
    if relation != _ATTACKED or not hit or (doer and hit[0].start < doer[0].start):
        return False
    words, begin = setting.patterns.words, tokens.index(hit[0])
    targets = words.all("targets")
    named = (at for at, token in enumerate(hit) if token.mentions or token.among(targets))
    place = begin + next(named, 0)
    for at in range(place - 1, max(-1, place - _REACH - 1), -1):
        token = tokens[at]
        if not token.is_word or token.mentions or token.bare in _CLOSING or token.among(words.any_of(_DEEDS)):
            return False
        told = token.among(words.all("moves_off")) or token.among(setting.patterns.reporting)
        if told or is_verb(token, words) or is_past(token):
            return True
    return False
