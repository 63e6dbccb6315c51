"""Tell what the words that lead to a deed or a stance make of it: supposed, feared, to come, not done.

«If X rejected …», «as if X had bombed …», «the right of X to strike …», «instead of the visit of X» tell
nothing as done. Chosen over (a) cues anywhere before the words, which would make doubtful whatever the
sentence tells besides, and (b) a parser.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from musnad.understanding.clauses import is_past, is_verb
from musnad.understanding.modality import Judgement, has_cue, judge_before
from musnad.understanding.particles import (
    COMMAS,
    FEMININE_PAST,
    HAD,
    MEANWHILE,
    QUESTION_MARKS,
    TURNS,
    WAS,
    WHO,
    is_definite,
)
from musnad.understanding.patterns import Words
from musnad.understanding.sentences import Token

UNDONE: Final = "barred"  # refused, prevented, given up, or the deed of another
_STANDING: Final = frozenset({"allyOf", "opponentOf"})  # they last, whatever else is planned
_BACKING: Final = ("backing", "the_backing")  # nouns of it
_NEAR: Final = 1  # tokens before a lasting bond among which a cue concerns it
_SHORT: Final = 3  # tokens before it among which stands what brings it about
_LEADING: Final = (
    ("leads_to_none", UNDONE),
    ("leads_to_doubt", "possible"),
    ("leads_to_aim", "intended"),
    ("leads_to_plan", "planned"),
)
_LONGEST: Final = 3  # words that lead to a deed
_REACH: Final = 7  # tokens before a verb among which «if», «perhaps» or «as if» stands
_STOPS: Final = frozenset({":", "“", "”", "(", ")", "-", "."})
_WHAT: Final = "ما"  # what; «if», after «if»
_ENDS: Final = (TURNS | MEANWHILE) - {_WHAT}


def judged(relation: str, tokens: Sequence[Token], span: tuple[int, int], words: Words) -> Judgement:
    """Return how the cues of a sentence put what tokens `span` tell; what is called for is demanded.

    Who is whose friend or foe lasts: «if X strikes, who fights Y, …» supposes nothing of their fight, «will
    not harm the backing of X for Y» nothing of the backing. Only a cue in its words or right before them
    concerns it, and what is yet to be brought about.
    """
    first, last = span
    seen = judge_before(tokens, last, words)
    if not seen.modality and any(has_cue(tokens, place, words.lists["calls"]) for place in range(first)):
        seen = Judgement("demanded")
    lasts = relation in _STANDING or tokens[first].among(words.any_of(_BACKING))
    if not lasts:
        return Judgement() if _has_been(tokens, span) else seen
    before = tokens[max(0, first - _SHORT) : first]
    near = seen.cue is not None and seen.cue >= first - _NEAR
    near = near and not any(token.text in COMMAS | TURNS for token in tokens[seen.cue or 0 : first])
    return seen if near or any(token.among(words.all("brings_about")) for token in before) else Judgement()


def _has_been(tokens: Sequence[Token], span: tuple[int, int]) -> bool:
    """Tell whether a match begins with something definite of which a clause tells that it has been.

    «Will discuss the agreement that X reached» plans no agreement.
    """
    first, last = span
    if not (tokens[first].mentions or is_definite(tokens[first].text)):
        return False
    near = range(first + 1, min(first + _SHORT + 1, last - 1))
    who = next((place for place in near if tokens[place].bare in WHO), None)
    if who is None:
        return False
    verb = tokens[who + 1 + (tokens[who + 1].bare == HAD)]
    return verb.is_word and (is_past(verb) or verb.bare.endswith(FEMININE_PAST))


def led_to(tokens: Sequence[Token], first: int, words: Words) -> str:
    """Return how the words right before a deed put it, "" where they say nothing of it.

    `UNDONE` where it was not done.
    """
    for place in range(max(0, first - _LONGEST), first):
        for name, kind in _LEADING:
            if has_cue(tokens, place, words.lists[name]) == first - place:
                return kind
    return ""


def is_supposed_only(tokens: Sequence[Token], verb: int, words: Words) -> bool:
    """Tell whether the clause of a verb tells what is asked, supposed or rumoured («perhaps X rejected …»).

    Between «if» or «it is said that» and the verb stands nothing but its subject and «had».
    """
    if verb and has_cue(tokens, verb - 1, words.lists["supposing"]):
        return True
    if tokens[verb].text != tokens[verb].bare:  # «and he rejected»: a clause of its own
        return False
    for place in range(verb - 1, max(-1, verb - _REACH - 1), -1):
        token = tokens[place]
        size = has_cue(tokens, place, words.lists["supposing"])
        if size and place + size <= verb:
            return True
        named = token.mentions or not token.is_word
        told = not named and token.bare not in WAS | {HAD} and (is_verb(token, words) or is_past(token))
        if told or token.text in COMMAS | _STOPS | QUESTION_MARKS or token.bare in _ENDS:
            return False
    return False
