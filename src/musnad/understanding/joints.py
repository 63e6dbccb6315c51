"""Tell where a clause follows another without «and»: after a comma, with «but», with «because».

«…, we are with you», «the road is long but he came», «… because the market is far»: what stands before has a
verb, and so has what follows. Chosen over (a) every comma, which stands in lists too, and (b) commas alone,
which half of the pages leave out before «but» and «because».
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from musnad.understanding.clauses import may_tell
from musnad.understanding.modality import has_cue
from musnad.understanding.particles import (
    AND,
    ARTICLE,
    BUT_PRONOUN,
    COMMAS,
    NEGATIONS,
    SENTENCE_ENDS,
    WHO,
)
from musnad.understanding.patterns import Words
from musnad.understanding.sentences import Token

WHOLE: Final = 6  # tokens of a clause that is told apart from the one beside it
_LEAST: Final = 4  # tokens of a clause after a comma
_NEAR: Final = 5  # tokens from a subject to its verb
_OPENS_CLAUSE: Final = frozenset(  # there is, we, I, this is, has been, that I, that we
    {"هناك", "ثمه", "نحن", "انا", "هذا", "هذه", "لقد", "انني", "اننا"}
)
_WHETHER: Final = frozenset({"سواء", "او", "ام"})  # whether, or
_HE_OR_SHE: Final = ("ي", "ت")
_BECAUSE: Final = frozenset({"لان", "لانه", "لانها", "لانهم", "لاننا"})  # because, because he …


def end_of(tokens: Sequence[Token], place: int, last: int) -> int:
    """Return where the words from a place to the next mark end."""
    return next((i for i in range(place + 1, last) if tokens[i].text in COMMAS | SENTENCE_ENDS), last)


def follows(tokens: Sequence[Token], span: tuple[int, int], last: int, words: Words) -> bool:
    """Tell whether a clause of its own follows a comma in a quotation («…, we are with you»)."""
    since, place = span
    token, end = tokens[place], end_of(tokens, place, last)
    if tokens[place - 1].text != "," or place - since < _LEAST or end - place < _LEAST or token.inside:
        return False
    if any(has_cue(tokens, at, words.cues["conditional"]) for at in range(since, place)):
        return False  # «if …, the city will fall»
    if not any(may_tell(tokens, at, words) for at in range(since, place)):
        return False
    if token.text in _OPENS_CLAUSE:
        return True
    named = bool(token.mentions) or token.text.startswith(ARTICLE)
    verb = next((i for i in range(place + 1, min(place + _NEAR, end)) if may_tell(tokens, i, words)), 0)
    return named and verb > 0 and not any(t.bare in WHO for t in tokens[place:verb])


def begins_told(tokens: Sequence[Token], span: tuple[int, int], words: Words) -> bool:
    """Tell whether a clause stands before a pause («…»), and one with a verb after it."""
    since, place = span
    opens, in_brackets = tokens[place], tokens[place - 2].text == "("
    if in_brackets or opens.text in _WHETHER or opens.among(words.any_of(("prepositions", "subordinate"))):
        return False  # «(…)», «… whether X or Y», «… without warning»
    after = range(place, min(end_of(tokens, place, len(tokens)), place + _LEAST))
    told = any(may_tell(tokens, at, words) for at in range(since + 1, place))
    return told and any(may_tell(tokens, at, words) for at in after)


def one_object(tokens: Sequence[Token], place: int, words: Words) -> bool:
    """Tell whether two verbs of the present have one object («it denounces and condemns the …»)."""
    before, token = tokens[place - 1], tokens[place]
    alike = token.text[0] == AND and before.text[0] == token.bare[:1] and token.bare[:1] in _HE_OR_SHE
    return alike and all(may_tell(tokens, at, words) for at in (place - 1, place))


def turns(tokens: Sequence[Token], span: tuple[int, int], words: Words) -> bool:
    """Tell whether «but» without a comma begins a clause, and corrects no part of the one before it."""
    since, place = span
    told = any(may_tell(tokens, at, words) for at in range(since + 1, place))
    near = range(place + 1, min(place + WHOLE, len(tokens)))
    corrects = any(t.bare in NEGATIONS for t in tokens[max(since, place - WHOLE) : place])
    he = tokens[place].text in BUT_PRONOUN
    return told and (he or (not corrects and any(may_tell(tokens, at, words) for at in near)))


def gives_reason(tokens: Sequence[Token], span: tuple[int, int], words: Words) -> bool:
    """Tell whether «because» without a comma begins a clause of some length, after one."""
    since, place = span
    long = place - since >= WHOLE and end_of(tokens, place, len(tokens)) - place >= WHOLE
    opens = tokens[place].text in _BECAUSE and tokens[place].text == tokens[place].bare
    return opens and long and any(may_tell(tokens, at, words) for at in range(since, place))
