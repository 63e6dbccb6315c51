"""Judge how a stretch of a sentence is put: negated, planned, demanded, conditional or possible.

The error to fear is a plan or a denial published as what happened; so a cue anywhere before the words counts,
and the more cautious reading wins. Chosen over (a) the cue nearest to the verb, which needs a parser, and
(b) reading certainty off the outlet's style.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from musnad.folding import fold_name
from musnad.understanding.particles import (
    AND,
    ARTICLE,
    COMMAS,
    CONJUNCTIONS,
    FEMININE,
    FEMININE_PAST,
    FEMININE_PLURAL,
    HAD,
    MEANWHILE,
    NEGATIONS,
    QUESTION_MARKS,
    SO,
    THAT,
    THAT_CLAUSE,
    TURNS,
    WAS,
    WHETHER,
    WHO,
    is_definite,
)
from musnad.understanding.patterns import Words
from musnad.understanding.sentences import Token

# Which cue is looked for first: what is asked or conditional is not planned, what is planned not predicted.
ORDER: Final = (
    "question", "conditional", "demanded", "planned", "intended", "wish", "possible", "predicted", "opinion",
)  # fmt: skip
_FUTURE: Final = re.compile(r"[وف]?س[يتن]\w{2,}\Z")  # «and», «will», he, she or we
_FUTURE_LETTERS: Final = 2  # letters of «he will»
_SEVERAL: Final = ("ون", "ان", "وا")  # endings of verbs of two or more
_PRESENT: Final = re.compile(r"(?:ي\w{2,}|تت\w+[^ت])\Z")  # a verb of the present: he, or surely she
_SHE: Final = re.compile(r"ت\w{2,}\Z")  # a verb of the present: she; or a past
_OF_ANOTHER: Final = re.compile(r"[يت]\w{3,}\Z")  # a verb of the present: he, she
_IN_NAMES: Final = frozenset(  # possible, expected, proposed, planned
    {"محتمل", "محتمله", "مرتقب", "مرتقبه", "مقترح", "مقترحه", "المزمع"}
)
_JOINTS: Final = frozenset({"-", "–", "“", "”"})
UNREAL: Final = frozenset({"demanded", "conditional", "question", "wish"})  # what none says to be
WITHOUT: Final = "دون"  # without
_WITHOUT: Final = frozenset({WITHOUT, "بدون"})  # without
_OTHER_THAN: Final = "غير"  # other than, un-
_NOT: Final = "لا"  # not
_BECAME: Final = frozenset({"كان", "كانت", "اصبح", "اصبحت", "بات", "باتت", "اما"})  # was, became, either
OF: Final = "من"  # of, from
_NEWS: Final = frozenset({"انباء"})  # reports
_IF: Final = "اذا"  # if; so
_AS_OR_WAS: Final = frozenset({"كما", "كان", "كانت"})  # as; was: «as it must», «it had to»
_MUST: Final = frozenset({"لا", "لابد"})  # it is inevitable
_WHILE: Final = "فيما"  # while; in what
_CONCERNS: Final = frozenset({"يتعلق", "يخص", "يتصل", "يلي"})  # concerns, follows: «as regards …»
_REACH: Final = 4  # words from the start of a clause within which a negation concerns its verb
_SOON: Final = 4  # words after something within which «if» concerns it
_MOST_INDEXES: Final = 500
_INDEXES: Final[dict[int, tuple[Sequence[str], dict[str, list[tuple[str, ...]]]]]] = {}
_ASKED_END: Final = frozenset({".", ":", "“", ";"})  # after them something else is asked
_CONDITION_END: Final = frozenset({",", ";", ":", "”"}) | QUESTION_MARKS


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the cues of a stretch say."""

    modality: str = ""  # "" where no cue was found
    negated: bool = False
    condition: tuple[int, int] | None = None  # tokens of the if-part
    cue: int | None = None  # the token of the cue


def has_cue(tokens: Sequence[Token], place: int, cues: Sequence[str]) -> int:
    """Return how many tokens the cue at a place has, 0 where there is none."""
    best = 0
    if tokens[place].mentions:  # «a possible agreement» is one name: its adjective is still a cue
        inside = frozenset(fold_name(tokens[place].mentions[0].label).split()[1:])
        return 1 if inside & frozenset(cues) & _IN_NAMES else 0
    index = _by_first_word(cues)
    if tokens[place].text.removeprefix(AND) == _WHILE and any(
        t.text in _CONCERNS for t in tokens[place + 1 : place + 2]
    ):
        return 0
    for first in {tokens[place].text, tokens[place].bare}:
        for rest in index.get(first, ()):
            if tuple(token.text for token in tokens[place + 1 : place + 1 + len(rest)]) == rest:
                best = max(best, 1 + len(rest))
    return best


def _by_first_word(cues: Sequence[str]) -> dict[str, list[tuple[str, ...]]]:
    """Return the further words of cues by their first word; the lists of a project are indexed once.

    They are known by identity: to hash a list of hundreds of words costs more than to look in it.
    """
    known = _INDEXES.get(id(cues))
    if known is not None and known[0] is cues:
        return known[1]
    index: dict[str, list[tuple[str, ...]]] = {}
    for cue in cues:
        first, *rest = cue.split()
        index.setdefault(first, []).append(tuple(rest))
    if len(_INDEXES) >= _MOST_INDEXES:
        _INDEXES.clear()
    _INDEXES[id(cues)] = (cues, index)
    return index


def is_future(token: Token, words: Words) -> bool:
    """Tell whether a word is a verb with the future particle «س»."""
    if not _FUTURE.match(token.text):
        return token.is_word and token.bare in words.all("i_will")
    bare = token.text.lstrip(CONJUNCTIONS)
    return bare not in words.all("not_future_words") and not bare.startswith(words.lists["not_future"])


def is_outcome(token: Token, words: Words) -> bool:
    """Tell whether a future is what comes to pass («will find themselves»), and nobody's plan."""
    stem, outcomes = token.bare[_FUTURE_LETTERS:], words.all("outcomes")
    return any(stem.removesuffix(tail) in outcomes for tail in ("", *_SEVERAL))


def judge(tokens: Sequence[Token], first: int, last: int, words: Words) -> Judgement:
    """Return how tokens `first` to before `last` are put; the most cautious cue counts."""
    negated = is_negated(tokens, first, last, words)
    for modality in ORDER:
        for place in range(first, last):
            size = _cue_at(tokens, place, modality, words)
            if size and _is_other_news(tokens, place, place + size, last):
                continue
            if size and modality == "demanded" and _is_told_of(tokens, first, place, words):
                continue
            if size:
                condition = (
                    _condition(tokens, place + size, last, words) if modality == "conditional" else None
                )
                return Judgement(modality, negated, condition, place)
    end = next((i for i in range(last, len(tokens)) if tokens[i].text in _ASKED_END), len(tokens))
    if last < len(tokens) and any(t.text in QUESTION_MARKS for t in tokens[first:end]):
        return Judgement("question", negated)
    return Judgement(negated=negated)


def _is_told_of(tokens: Sequence[Token], first: int, place: int, words: Words) -> bool:
    """Tell whether a cue stands in what somebody will say («X will tell Y that it must …»)."""
    near = range(first, min(first + _REACH, place))
    told = next((at for at in near if is_future(tokens[at], words)), None)
    return told is not None and any(token.bare in THAT_CLAUSE for token in tokens[told + 1 : place])


def judge_before(tokens: Sequence[Token], last: int, words: Words) -> Judgement:
    """Return how what stands before a token is put: the cue nearest to it counts.

    A question or a condition counts wherever it stands, a condition right after the words too.
    """
    whole = judge(tokens, 0, last, words)
    if whole.modality in {"", "question", "conditional"}:
        after = next((i for i in range(last, len(tokens)) if tokens[i].text in _CONDITION_END), len(tokens))
        found = judge(tokens, last, min(after, last + _SOON), words)
        return found if not whole.modality and found.modality == "conditional" else whole
    for place in range(last - 1, -1, -1):
        for modality in ORDER:
            size = _cue_at(tokens, place, modality, words)
            if size and not _is_other_news(tokens, place, place + size, last):
                return Judgement(modality, whole.negated, cue=place)
    return whole


def _cue_at(tokens: Sequence[Token], place: int, modality: str, words: Words) -> int:
    """Return how many tokens the cue of a modality has at a place, 0 where there is none."""
    size = has_cue(tokens, place, words.cues.get(modality, ()))
    if size and modality == "conditional" and _means_so(tokens, place):
        return 0
    if not size and modality == "planned":  # «meets» at the start: what has happened stands in the past
        opens = place == 0 and tokens[0].bare in words.all("meets")
        return int(is_future(tokens[place], words) or opens)
    if not size and modality == "possible" and _may(tokens, place):
        return 2
    return 0 if size and modality == "demanded" and _asks_nothing(tokens, place, size, words) else size


def _is_other_news(tokens: Sequence[Token], place: int, first: int, last: int) -> bool:
    """Tell whether «reports of» at a place are none, or of what stands before another clause begins."""
    if tokens[place].bare not in _NEWS:
        return False
    none = place > 0 and tokens[place - 1].bare in _WITHOUT
    return none or any(token.bare in MEANWHILE or token.text in COMMAS for token in tokens[first:last])


def _means_so(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether «if» before «that» or a comma is «so», which is written with the same letters."""
    following = tokens[place + 1].text if place + 1 < len(tokens) else ""
    return tokens[place].bare == _IF and following in THAT | COMMAS


def _may(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether «قد» and a verb of the present, he or she, stand at a place: «may».

    «She may» is written like pasts of «he» («قد تمكن»): whoever follows is feminine, or the verb has two «ت».
    """
    if tokens[place].bare != HAD or place + 1 >= len(tokens):
        return False
    verb, whom = tokens[place + 1].text, tokens[place + 2 : place + 3]
    heads = [fold_name(t.mentions[0].label).split()[0] if t.mentions else t.text for t in whom]
    she = heads[:1] and heads[0].endswith((FEMININE, FEMININE_PLURAL))
    return bool(_PRESENT.match(verb) or (she and _SHE.match(verb) and not verb.endswith(FEMININE_PAST)))


def _asks_nothing(tokens: Sequence[Token], place: int, size: int, words: Words) -> bool:
    """Tell whether «must» demands nothing: «what must», «as it must», «it had to», «it must lead to»."""
    before = tokens[place - 1] if place else None
    if before and (before.text in WHETHER or before.bare in _AS_OR_WAS):
        return True
    that = place + size
    that -= size > 1 and tokens[that - 1].bare in THAT_CLAUSE
    after = that + 1
    if tokens[place].text not in _MUST or after >= len(tokens) or tokens[that].bare not in THAT_CLAUSE:
        return False
    return tokens[after].bare in words.all("leads_to")


def is_negated(tokens: Sequence[Token], first: int, last: int, words: Words) -> bool:
    """Tell whether the first verb of a stretch is negated («لم», «لن», «لا», «ليس» …), not that of «if»."""
    first, counted = main_answer(tokens, first, last, words), 0
    for place in range(first, last):
        token = tokens[place]
        if counted >= _REACH or (token.text in TURNS and place > first):
            return (counted >= _REACH or token.text in WHO) and _negated_after(tokens, first, last, words)
        if token.text[0] == AND and token.bare in NEGATIONS | _WITHOUT and place > first:
            return False  # «X is part of it and not …»: something else is negated
        counted += not (token.text.startswith(ARTICLE) and place > first) and token.text not in _JOINTS
        if token.text == WITHOUT and place > first + 1 and tokens[place - 1].bare == OF:
            continue  # «… stays without change»: the noun is negated, not the clause
        if place > first and _is_of_word(tokens, place):
            continue  # «an unknown place», «was unarmed», «and non-members», «X, not Y»: only a word
        if has_cue(tokens, place, words.cues["not_negation"]):
            continue
        if has_cue(tokens, place, words.cues["negation"]):
            return True
    return False


def _is_of_word(tokens: Sequence[Token], place: int) -> bool:
    """Tell whether «un-», «other than» or «not» at a place negates a word, and not what is told."""
    before, following = tokens[place - 1], tokens[place + 1 : place + 2]
    if tokens[place].bare != _OTHER_THAN:
        return tokens[place].text == _NOT and any(is_definite(token.text) for token in following)
    return tokens[place].text[0] == AND or before.bare in _BECAME or _is_noun(before)


def _negated_after(tokens: Sequence[Token], first: int, last: int, words: Words) -> bool:
    """Tell whether a negation follows the subject and its «who …» («the states that back X could not …»)."""
    near = range(first + 1, min(first + _REACH + 1, last))
    who = next((place for place in near if tokens[place].bare in WHO), last)
    for place in range(who + 2, last):
        token = tokens[place]
        if has_cue(tokens, place, words.cues["not_negation"]):
            return False
        if token.text in NEGATIONS:  # «… that no one knows» tells of what is indefinite before it
            return bool(tokens[place - 1].mentions) or is_definite(tokens[place - 1].text)
        verb = token.is_word and not token.mentions and bool(_OF_ANOTHER.match(token.bare))
        if verb or token.text in COMMAS | _JOINTS or token.bare in WHO | THAT_CLAUSE:
            return False
    return False


def main_answer(tokens: Sequence[Token], first: int, last: int, words: Words) -> int:
    """Return where the main clause of «if …, so …» begins; of other words, where they do."""
    if first >= last or not has_cue(tokens, first, words.cues["conditional"]):
        return first
    return next((i for i in range(first + 2, last) if tokens[i].text[0] == SO != tokens[i].bare[0]), first)


def _is_noun(token: Token) -> bool:
    """Tell whether a word may be a noun without the article, or names an event, and is no predicate's."""
    plain = token.is_word and not is_definite(token.text)
    return token.text[:2] == "<E" or (plain and token.text != OF and token.bare not in WAS | THAT_CLAUSE)


def _condition(tokens: Sequence[Token], first: int, last: int, words: Words) -> tuple[int, int] | None:
    """Return the tokens of the if-part: up to a mark, a demand or the end."""
    place = first
    while place < last and tokens[place].text not in _CONDITION_END:
        if place > first and has_cue(tokens, place, words.cues["demanded"]):
            break
        place += 1
    return (first, place) if place > first else None
