"""Read what a page itself holds of things: «it seems that …», «the town is of strategic weight …».

A sentence that reports nobody's words and weighs something, with a verb of being or seeming near its
beginning, is a view of whoever writes. Chosen over (a) every sentence that no structured claim says, which
makes a statement of each line of a chronicle, and (b) columns only, which no mark on a page tells from news.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from musnad.understanding.clauses import begins_clause, is_verb
from musnad.understanding.modality import has_cue
from musnad.understanding.particles import BUT, COMMAS, QUESTION_MARKS, THAT_CLAUSE, WHO
from musnad.understanding.patterns import Words
from musnad.understanding.sentences import Sentence, Token
from musnad.understanding.setting import Setting
from musnad.understanding.utterances import Utterance

_SUBJECT: Final = 9  # tokens of a subject before «is», «seems»
_LEAST: Final = 6  # tokens of a view
_THERE: Final = frozenset({"هناك", "ثمه"})  # there is; there
_BREAKS: Final = COMMAS | WHO | {"“", "”", "(", ":", "-"}  # none stands in the subject of a view


def read_view(sentence: Sentence, setting: Setting) -> Utterance | None:
    """Return a sentence, up to the end of its first clause, as what its outlet holds of something.

    None where nobody knows whose page it is.
    """
    tokens, words = sentence.tokens, setting.patterns.words
    base = setting.base(sentence)
    quoted = tokens[0].text in {"“", "("} or tokens[-1].text in QUESTION_MARKS
    if sentence.zone != "body" or sentence.post or quoted or base[-1][0].anonymous:
        return None
    first = _begin(tokens, words)
    if first < 0:
        return None
    last = _end(tokens, first, words)
    apart = any(a.text in COMMAS and b.bare in WHO for a, b in pairwise(tokens[first:last]))
    if last - first < _LEAST or apart or any(token.edtf for token in tokens[first:last]):
        return None  # what has a date is an event; the verb of «X, which …, …» is further on
    return Utterance(
        setting.patterns.entries["structure-view"], first, last, base[-1][0], setting.chain(*base)
    )


def _begin(tokens: Sequence[Token], words: Words) -> int:
    """Return where a view begins: with its verb, or with the subject before it; -1 where there is none."""
    lead = int(tokens[0].bare in BUT)
    for place in range(lead, min(len(tokens), lead + _SUBJECT)):
        if has_cue(tokens, place, words.lists["views"]):
            there = place > lead and tokens[place].text in _THERE  # «death there is …»
            return -1 if there else lead
        token = tokens[place]
        stops = token.text in _BREAKS or token.bare in THAT_CLAUSE or is_verb(token, words)
        if stops or (place == lead and token.among(words.all("prepositions"))):
            return -1
    return -1


def _end(tokens: Sequence[Token], first: int, words: Words) -> int:
    """Return where the first clause of a view ends."""
    for place in range(first + _LEAST, len(tokens)):
        token = tokens[place]
        if tokens[place - 1].text in COMMAS and (
            begins_clause(tokens, place, words)
            or token.bare in BUT
            or token.among(words.any_of(("dependents", "subordinate", "connectives")))
        ):
            return place - 1
    return len(tokens)
