"""Tell once what a sentence tells twice: a stance by its noun and its verb, a meeting and the plan to meet.

«X will meet Y» says that they are to meet, and no plan besides. Chosen over (a) both, which count one meeting
twice, and (b) the plan alone, which does not say who is to meet whom.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final

from musnad.model import Claim
from musnad.understanding.patterns import Words
from musnad.understanding.sentences import Sentence

_STANCES: Final = frozenset({"planned", "supported", "rejected"})
_MEETS: Final = ("come_together", "receives", "confer", "holds_talks")  # word lists of verbs
_NEAR: Final = 3  # words after those who exchange something
_REACH: Final = 6  # words of a plan among which its verb stands


def once_each(
    drafted: Sequence[Claim], told: Sequence[Claim], sentence: Sentence, words: Words
) -> Iterator[Claim]:
    """Yield the claims that patterns read and those that somebody says, without what they say twice."""
    for claim in drafted:
        if not (any(_retells(claim, other) for other in told) or _exchanges_fire(claim, sentence, words)):
            yield claim
    met = [claim for claim in drafted if claim.relation == "metWith" and claim.modality != "asserted"]
    for claim in told:
        meant = claim.relation == "planned" and any(_overlap(claim, other) for other in met)
        if not (meant and _is_of_meeting(claim, sentence, words)):
            yield claim


def _retells(claim: Claim, other: Claim) -> bool:
    """Tell whether a claim says by a noun the stance that another tells («stressed its backing of X»)."""
    same = (claim.relation, claim.subject.entity) == (other.relation, other.subject.entity)
    return same and claim.relation in _STANCES and _overlap(claim, other)


def _exchanges_fire(claim: Claim, sentence: Sentence, words: Words) -> bool:
    """Tell whether those who are said to have met exchanged fire or blame instead of views."""
    if claim.relation != "metWith":
        return False
    within = (each for each in sentence.tokens if claim.start <= each.start < claim.end)
    after = islice((each for each in sentence.tokens if each.start >= claim.end and each.is_word), _NEAR)
    exchange = any(token.among(words.all("exchanges")) for token in within)
    return exchange and any(token.among(words.all("exchanged_fire")) for token in after)


def _overlap(claim: Claim, other: Claim) -> bool:
    return claim.start < other.end and other.start < claim.end


def _is_of_meeting(claim: Claim, sentence: Sentence, words: Words) -> bool:
    """Tell whether what is planned is a meeting, by its verb."""
    within = (each for each in sentence.tokens if claim.start <= each.start < claim.end and each.is_word)
    return any(token.among(words.any_of(_MEETS)) for token in islice(within, _REACH))
