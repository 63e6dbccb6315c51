"""Find whose plan a statement of what will be is: the speaker's, a name's, that of plain words.

«The delegation will visit X» is the delegation's plan, whoever says so. Chosen over (a) the speaker of every
statement of the future, who plans none of what others do, and (b) names alone, which lose «the organisers».
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from musnad.model import Thing
from musnad.understanding import acts
from musnad.understanding.modality import OF, is_future
from musnad.understanding.particles import THAT_CLAUSE, WHO
from musnad.understanding.patterns import Words
from musnad.understanding.sentences import Token
from musnad.understanding.sequences import words_of
from musnad.understanding.setting import Setting
from musnad.understanding.units import Unit
from musnad.understanding.verbal_nouns import is_act

_LEAD: Final = 4  # tokens of «it is planned that» with its verb, or before the verb of a statement


def planned_by(
    unit: Unit, modality: str, tokens: Sequence[Token], speaker: Thing, setting: Setting
) -> Thing | None:
    """Return whose plan a statement is, None where it only foretells."""
    words = setting.patterns.words
    ours = acts.we_intend(unit, tokens, words) is not None or acts.of_speaker(unit, tokens, words)
    actor = acts.will_do(unit, tokens, words)
    if actor and unit.judgement.negated and actor.entity != speaker.entity:
        actor = None  # «the rulers will not give way» foretells, it is not their word
    positive = modality == "planned" and not unit.judgement.negated
    if actor is None and positive and acts.sets_out(unit, tokens, words):
        actor = acts.planner(unit, tokens, words)
        told = _plainly(unit, tokens, words) if actor is None and not ours else None
        if told:
            who = setting.unnamed(words_of(tokens, *told, setting))
            return Thing(who.label, who.entity)
    if actor:
        return Thing(actor.label, actor.entity)
    return speaker if ours else None


def _plainly(unit: Unit, tokens: Sequence[Token], words: Words) -> tuple[int, int] | None:
    """Return the tokens of the plain words that name who will act by a statement, None where none do."""
    first = unit.first
    if tokens[first].bare == OF and tokens[first + 1].text in words.all("scheduled"):
        first += _LEAD
        last = first
        while last < min(first + _LEAD, unit.last) and not _ends_planner(tokens[last], words):
            last += 1
    else:
        near = range(first, min(first + _LEAD, unit.last))
        last = next((place for place in near if is_future(tokens[place], words)), first)
    return (first, last) if first < last and not is_act(tokens[first], joined=False) else None


def _ends_planner(token: Token, words: Words) -> bool:
    """Tell whether a word no longer names who will act: a preposition, a name, a mark, a clause."""
    ends = token.among(words.any_of(("prepositions", "adverbs"))) or token.bare in WHO | THAT_CLAUSE
    return ends or not token.is_word or bool(token.mentions or token.edtf)
