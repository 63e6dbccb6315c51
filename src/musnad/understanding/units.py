"""Cut what someone says into single statements, and see what each is: said, demanded, planned or denied."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from musnad.understanding.modality import Judgement, has_cue, is_future, judge
from musnad.understanding.particles import (
    AND,
    BECAUSE,
    BUT,
    COMMAS,
    CONJUNCTIONS,
    NEGATIONS,
    THAT,
    THAT_CLAUSE,
    THAT_NOT,
    WHO,
)
from musnad.understanding.patterns import Words
from musnad.understanding.sentences import Token

# Shapes of the verbal noun with «and»: taf'il, tafa'ul, if'al, ifti'al, infi'al, istif'al.
_VERBAL_NOUN: Final = re.compile(r"و(?:ت\w{2}ي\w{1,2}|ت\wا\w{2}|ا\w{2,4}ا\w|است\w{2}ا\w)\Z")
_PRESENT: Final = re.compile(r"[يتن]\w{2,}\Z")  # a verb of the present: he, she, we
_EDGES: Final = COMMAS | {"-", "“", "”", ":"}
_LEAST: Final = 3  # words of a unit
_LONG: Final = 30  # tokens of a span that is cut at every comma


@dataclass(frozen=True, slots=True)
class Unit:
    """Some tokens that say one thing."""

    first: int
    last: int
    judgement: Judgement
    goes_on: bool = False  # joined to the one before by «and»


def units(tokens: Sequence[Token], span: tuple[int, int], words: Words, *, acts: bool) -> Iterator[Unit]:
    """Yield the single statements of a span.

    `acts` cuts coordinated verbal nouns («… and ensuring …») too.
    """
    first, last = span
    cuts = [first]
    if tokens[first].text in THAT:
        first += 1
        cuts = [first]
    long = last - first > _LONG
    for place in range(first + _LEAST, last - 1):
        apart = place - cuts[-1] > _LEAST and last - place > _LEAST
        if long and apart and tokens[place - 1].text == "," and not _depends(tokens[place], words):
            cuts.append(place)
        if place - cuts[-1] >= _LEAST and _cuts(tokens, place, words, acts=acts):
            cuts.append(place)
    before = Judgement()
    for start, end in zip(cuts, [*cuts[1:], last], strict=True):
        while end > start and tokens[end - 1].text in _EDGES:
            end -= 1
        while start < end and tokens[start].text in _EDGES:
            start += 1
        if end > start:
            seen = judge(tokens, start, end, words)
            goes_on = start != first and _goes_on(tokens, start)
            linked = tokens[start].bare in THAT_CLAUSE or tokens[start].text == BECAUSE
            start += start != first and linked and start + 1 < end
            if not seen.modality and goes_on:
                seen = replace(seen, modality=before.modality)  # «must be … and not …»
            yield Unit(start, end, seen, goes_on)
            before = seen


def _depends(token: Token, words: Words) -> bool:
    """Tell whether a word after a comma only adds to what stands before it."""
    return token.among(words.all("prepositions") | words.all("subordinate")) or token.bare in WHO


def _goes_on(tokens: Sequence[Token], start: int) -> bool:
    """Tell whether a statement is put like the one before: joined by «and», not by «and that» and a noun."""
    token = tokens[start]
    if token.text[0] != AND or token.bare in BUT:
        return False
    return token.bare not in THAT_CLAUSE | {THAT_NOT} or bool(_PRESENT.match(tokens[start + 1].text))


def _cuts(tokens: Sequence[Token], place: int, words: Words, *, acts: bool) -> bool:
    """Tell whether a new statement begins at a token."""
    token, previous = tokens[place], tokens[place - 1].text
    if token.inside:
        return False
    joined = token.text[0] in CONJUNCTIONS
    after_mark = previous in COMMAS
    if token.bare in NEGATIONS and tokens[place + 1].text not in words.all("prepositions"):
        return token.text[0] == AND
    if token.text[0] == AND and token.bare in THAT_CLAUSE | {THAT_NOT}:
        return True
    if token.bare in BUT and (joined or after_mark):
        return tokens[place + 1].text not in words.all("prepositions") or _verb_near(tokens, place)
    if token.text in words.all("connectives"):
        return after_mark or token.text == BECAUSE
    if joined and (is_future(token, words) or has_cue(tokens, place, words.cues["demanded"])):
        return True
    if not acts or token.text[0] != AND:
        return False
    return token.bare in words.all("acts") or bool(_VERBAL_NOUN.match(token.text))


def _verb_near(tokens: Sequence[Token], place: int) -> bool:
    return any(token.bare in NEGATIONS for token in tokens[place + 1 : place + 6])
