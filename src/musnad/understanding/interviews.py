"""Read an interview printed as questions and answers: what is answered is said by whoever was asked.

A line that ends in a question mark and begins with a bullet or «س» is a question; the lines after it, up to
the next question, are the answer. A line with the bullet of the questions asks without a question mark too,
unless the answers have the same. Whom the lines before the first question say to be interviewed is the guest,
else who speaks there. Chosen over (a) first persons («I think that …»), which columns have too,
and (b) the name after «حوار مع», which most interviews do not print in that form.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from musnad.model import Agent
from musnad.understanding.discourse import Memory
from musnad.understanding.particles import COMMAS, QUESTION_MARKS, THAT
from musnad.understanding.patterns import Words
from musnad.understanding.sentences import Sentence, Token
from musnad.understanding.setting import Setting
from musnad.understanding.speakers import is_person
from musnad.understanding.utterances import Utterance

_MARK: Final = re.compile(r"[ \t]*((?:[•●*\-–■▪>]|س ?[:/-])+)")  # before a question or an answer: Q
_MARKED: Final = 2  # questions with a mark before them that make an interview
_UNMARKED: Final = 3  # questions without one
_LEAST: Final = 3  # tokens of an answer
_REACH: Final = 14  # tokens from «interviewed» to the guest
_WITHIN: Final = 6  # tokens from «a talk» to «with»
_WITH: Final = frozenset({"مع", "معه", "معها"})  # with
_AFTER_NUMBER: Final = frozenset({"-", "–", ")"})
_YES: Final = frozenset({"نعم", "لا", "كلا", "صحيح", "طبعا", "اكيد", "بالتاكيد", "ابدا"})  # yes, no
_OPENS: Final = 5  # tokens of an answer among which «I stress that» stands


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of a page: whether it asks, and the mark before it."""

    sentences: tuple[Sentence, ...]
    asks: bool
    mark: str


def find_turns(sentences: Sequence[Sentence], setting: Setting) -> dict[int, bool]:
    """Return which sentences of an interview are asked (False) or answered (True), by where they start."""
    lines = [*_lines(sentences, setting)]
    questions = [place for place, line in enumerate(lines[:-1]) if line.asks and not lines[place + 1].asks]
    marked = [place for place in questions if lines[place].mark]
    if len(marked) >= _MARKED:
        asked = _same_mark(lines, marked)
    else:  # a column asks too: there nobody is said to be interviewed
        told = len(questions) >= _UNMARKED and _interviewed(sentences, setting) is not None
        asked = questions if told else []
    turns: dict[int, bool] = {}
    for place, following in pairwise([*asked, *(place + 2 for place in asked[-1:])]):
        for number in range(place, following):
            turns |= {sentence.tokens[0].start: number > place for sentence in lines[number].sentences}
    return turns


def _same_mark(lines: Sequence[_Line], asked: Sequence[int]) -> list[int]:
    """Return the questions with those that have their mark, and no question mark."""
    mark = Counter(lines[place].mark for place in asked).most_common(1)[0][0]
    if any(lines[place + 1].mark == mark for place in asked):
        return [*asked]
    alike = {place for place in range(asked[0], len(lines) - 1) if lines[place].mark == mark}
    return sorted(alike | {*asked})


def _lines(sentences: Sequence[Sentence], setting: Setting) -> Iterator[_Line]:
    """Yield the lines of the body with their sentences."""
    text, lines = setting.document.text, dict[int, list[Sentence]]()
    for sentence in sentences:
        if sentence.zone == "body" and not sentence.post:
            begin = text.rfind("\n", 0, sentence.tokens[-1].start) + 1
            lines.setdefault(begin, []).append(sentence)
    for begin, held in sorted(lines.items()):
        asks = held[-1].tokens[-1].text in QUESTION_MARKS
        mark = _MARK.match(text, begin)
        yield _Line(tuple(held), asks, mark[1] if mark else "")


def listen(sentence: Sentence, memory: Memory, setting: Setting) -> bool:
    """Tell whether a sentence is a question, which says nothing; an answer makes the guest go on speaking.

    The guest is who is said to be interviewed, else who spoke in the lines before the first question, if that
    is a person with a name.
    """
    answers = setting.turns.get(sentence.tokens[0].start)
    if answers is None:
        return False
    spoke = memory.last or memory.spoke
    if memory.guest is None:
        named = _interviewed(setting.sentences, setting) or (spoke if spoke and not spoke.anonymous else None)
        memory.guest = named if named and is_person(named, setting) else None
    if memory.guest:
        memory.last, memory.silence = memory.guest, 0
    return not answers


def _interviewed(sentences: Sequence[Sentence], setting: Setting) -> Agent | None:
    """Return whom the lines before the first question say to be interviewed («a talk with the lawyer X»)."""
    words = setting.patterns.words
    for sentence in sentences:
        tokens = sentence.tokens
        if tokens[0].start in setting.turns or tokens[-1].text in QUESTION_MARKS:
            return None
        for place in range(len(tokens) - 1):
            begin = _talked_with(tokens, place, words)
            near = tokens[begin : begin + _REACH] if begin else ()
            named = next((token.mention for token in near if token.text[:2] == "<P"), None)
            if named is not None:
                return setting.agent(named)
    return None


def _talked_with(tokens: Sequence[Token], place: int, words: Words) -> int:
    """Return the token after «interviewed» or «a talk with» at a place, 0 where neither stands there."""
    if tokens[place].among(words.all("interviewing")):
        return place + 1
    if tokens[place].text in words.all("talks_with"):
        near = range(place + 1, min(place + _WITHIN, len(tokens)))
        return next((at + 1 for at in near if tokens[at].text in _WITH), 0)
    return 0


def read_answer(sentence: Sentence, memory: Memory, setting: Setting) -> Utterance | None:
    """Return a sentence of an answer as what the guest says, None where nobody knows who that is."""
    if memory.guest is None or sentence.tokens[0].start not in setting.turns:
        return None
    tokens = sentence.tokens
    first = _after_own_verb(tokens, setting.patterns.words)
    if len(tokens) - first < _LEAST or tokens[-1].text in QUESTION_MARKS | {":"} or _is_item(tokens):
        return None
    chain = setting.chain(*setting.base(sentence), (memory.guest, ""))
    entry = setting.patterns.entries["structure-answer"]
    return Utterance(entry, first, len(tokens), memory.guest, chain, quoted=True)


def _is_item(tokens: Sequence[Token]) -> bool:
    """Tell whether a line is a numbered item of a list, which says nothing by itself."""
    return tokens[0].text.isdigit() and any(token.text in _AFTER_NUMBER for token in tokens[1:2])


def _after_own_verb(tokens: Sequence[Token], words: Words) -> int:
    """Return where an answer begins after «yes,», «I stress that», «in fact», «as you know that»."""
    if tokens[0].text in _YES and tokens[1:2] and tokens[1].text in COMMAS:
        return 2
    for place, token in enumerate(tokens[1:_OPENS], start=1):
        if token.text in THAT and any(own.bare in words.all("own_sayings") for own in tokens[:place]):
            return place + 1
    return 0
