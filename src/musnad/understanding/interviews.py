"""Read an interview printed as questions and answers: what is answered is said by whoever was asked.

A line that ends in a question mark and begins with a bullet or «س» is a question; the lines after it, up to
the next question, are the answer. Chosen over (a) first persons («I think that …»), which columns have too,
and (b) the name after «حوار مع», which most interviews do not print in that form.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from musnad.understanding.discourse import Memory
from musnad.understanding.particles import QUESTION_MARKS, THAT
from musnad.understanding.patterns import Words
from musnad.understanding.sentences import Sentence, Token
from musnad.understanding.setting import Setting
from musnad.understanding.speakers import is_person
from musnad.understanding.utterances import Utterance

_MARKS: Final = ("•", "●", "*", "-", "–", "■", "▪", "س:", "س/", "س -", "- س")  # before a question: Q
_MARKED: Final = 2  # questions with a mark before them that make an interview
_UNMARKED: Final = 3  # questions without one
_LEAST: Final = 3  # tokens of an answer
_OPENS: Final = 5  # tokens of an answer among which «I stress that» stands


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of a page: whether it asks, and whether a mark stands before it."""

    sentences: tuple[Sentence, ...]
    asks: bool
    marked: bool


def find_turns(sentences: Sequence[Sentence], setting: Setting) -> dict[int, bool]:
    """Return which sentences of an interview are asked (False) or answered (True), by where they start."""
    lines = [*_lines(sentences, setting)]
    questions = [place for place, line in enumerate(lines[:-1]) if line.asks and not lines[place + 1].asks]
    marked = [place for place in questions if lines[place].marked]
    asked = marked if len(marked) >= _MARKED else questions if len(questions) >= _UNMARKED else []
    turns: dict[int, bool] = {}
    for place, following in pairwise([*asked, *(place + 2 for place in asked[-1:])]):
        for number in range(place, following):
            turns |= {sentence.tokens[0].start: number > place for sentence in lines[number].sentences}
    return turns


def _lines(sentences: Sequence[Sentence], setting: Setting) -> Iterator[_Line]:
    """Yield the lines of the body with their sentences."""
    text, lines = setting.document.text, dict[int, list[Sentence]]()
    for sentence in sentences:
        if sentence.zone == "body" and not sentence.post:
            begin = text.rfind("\n", 0, sentence.tokens[-1].start) + 1
            lines.setdefault(begin, []).append(sentence)
    for begin, held in sorted(lines.items()):
        asks = held[-1].tokens[-1].text in QUESTION_MARKS
        yield _Line(tuple(held), asks, text[begin:].lstrip(" \t").startswith(_MARKS))


def listen(sentence: Sentence, memory: Memory, setting: Setting) -> bool:
    """Tell whether a sentence is a question, which says nothing; an answer makes the guest go on speaking.

    The guest is who spoke in the lines before the first question, if that is a person.
    """
    answers = setting.turns.get(sentence.tokens[0].start)
    if answers is None:
        return False
    spoke = memory.last or memory.spoke
    if memory.guest is None and spoke and is_person(spoke, setting):
        memory.guest = spoke
    if memory.guest:
        memory.last, memory.silence = memory.guest, 0
    return not answers


def read_answer(sentence: Sentence, memory: Memory, setting: Setting) -> Utterance | None:
    """Return a sentence of an answer as what the guest says, None where nobody knows who that is."""
    if memory.guest is None or sentence.tokens[0].start not in setting.turns:
        return None
    tokens = sentence.tokens
    first = _after_own_verb(tokens, setting.patterns.words)
    if len(tokens) - first < _LEAST or tokens[-1].text in QUESTION_MARKS:
        return None
    chain = setting.chain(*setting.base(sentence), (memory.guest, ""))
    entry = setting.patterns.entries["structure-answer"]
    return Utterance(entry, first, len(tokens), memory.guest, chain, quoted=True)


def _after_own_verb(tokens: Sequence[Token], words: Words) -> int:
    """Return where an answer begins after «I stress that», «in fact», «as you know that»."""
    for place, token in enumerate(tokens[1:_OPENS], start=1):
        if token.text in THAT and any(own.bare in words.all("own_sayings") for own in tokens[:place]):
            return place + 1
    return 0
