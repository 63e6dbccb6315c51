"""Tell whose a gathering is: of a pronoun, of a verb without a subject, of its own name.

«His meeting», «talks that he held»: the pronoun means somebody named before. Chosen over (a) the speaker of
the sentence, who often tells of another's meeting, and (b) the first name of the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from musnad.folding import fold
from musnad.understanding.appositions import person_described
from musnad.understanding.context import SPEAKER_BODY, pair
from musnad.understanding.insides import inside
from musnad.understanding.particles import AND, IN, TO
from musnad.understanding.pronouns import may_own, owner
from musnad.understanding.setting import printed
from musnad.understanding.sides import Reader, Side, beside

_BETWEEN: Final = ("بين", "مع")  # between, with
_PARTY_TYPES: Final = frozenset({"PLACE", "ORG", "PERSON"})
_BOTH: Final = "هما"  # of both
_HERS: Final = "ها"  # her
_HIS: Final = "ه"  # his
_TITLES: Final = 12  # tokens of a subject before its verb
_HAS: Final = frozenset({"قد", "لم", "لن", "سوف", "كان", "كانت"})  # has, did not, will not, will, had
_VERBS: Final = ("come_together", "receives", "visits", "confer", "holds_talks", "begins", "undertakes")
_OBLIQUE: Final = frozenset(  # with, between, from, in, to, on, about, against: before no subject
    {"مع", "بين", "من", IN, "ب+", *TO, "الي", "علي", "عن", "ضد"}
)
_MASCULINE: Final = (
    "توصل",
    "تباحث",
    "تفاوض",
    "تحادث",
    "تشاور",
    "تبادل",
    "تلقي",
)  # past forms that begin with ت
_OF_TWO: Final = re.compile(r"\w{3,}ا|س?ي\w{3,}ان")  # a verb of two: «both held», «both hold»
_REACHED: Final = re.compile(r"[وف]?[بل]?(?:توصل|توقيع|ابرام)(?:ه|ها|هم)")  # its reaching, signing
_LEADING: Final = frozenset({"الي", "علي", *TO})  # to, on
_SAID: Final = "statement_verbs"


def of_pronoun(reader: Reader, head: int, word: str) -> Iterator[Side]:
    """Yield whom the pronoun of «his visit», «their meeting» means: named before in the sentence."""
    setting = reader.setting
    if word.endswith(_BOTH):
        things = pair((setting.sentences, _number(reader), head), setting)
        yield from (Side((thing,), head, head + 1) for thing in things)
    else:
        yield from meant(reader, head, word)


def _number(reader: Reader) -> int:
    """Return the number of the sentence in its document."""
    start = reader.tokens[0].start
    return next(n for n, each in enumerate(reader.setting.sentences) if each.tokens[0].start == start)


def meant(reader: Reader, head: int, word: str) -> Iterator[Side]:
    """Yield whom the pronoun on a word means: the last person named before, of «her» the last such agent."""
    setting = reader.setting
    for at in range(head - 1, -1, -1) if not word.endswith(_HERS) else ():
        mention = reader.tokens[at].mention
        if mention and reader.letter(at) == "P" and not beside(reader, at):
            yield Side((setting.thing_of(mention),), head, head + 1)
            return
        side = _in_office(reader, at, head)
        if side:
            yield side
            return
    if word.endswith(_HIS):
        return
    for thing in owner((setting.sentences, _number(reader), head), word, setting):
        if thing is not SPEAKER_BODY:
            yield Side((thing,), head, head + 1)


def _in_office(reader: Reader, at: int, head: int) -> Side | None:
    """Return whom an office without a name means that stands before a pronoun («the envoy … his meeting»)."""
    if "o" not in reader.classes(at) or beside(reader, at) or "o" in reader.classes(at - 1):
        return None
    side = reader.side(at, joined=False)
    named = range(at, side.last if side else at)
    if side is None or side.last > head or any(reader.letter(each) == "P" for each in named):
        return None
    return replace(side, first=head, last=head + 1) if side.things else None


def agreeing(reader: Reader, head: int, word: str) -> Iterator[Side]:
    """Yield whose agreement it is by a pronoun: «its agreement with X», «after its reaching an agreement»."""
    words, before = reader.setting.patterns.words, head - 1
    before -= reader.text(before) in _LEADING
    reached = _REACHED.fullmatch(reader.text(before))
    own = word.endswith((_HERS, "هم")) and word not in words.all("pact_words")
    if own or reached:
        yield from meant(reader, head if own else before, word if own else reader.text(before))


def inside_of(reader: Reader, head: int) -> Iterator[Side]:
    """Yield whom the name of a gathering holds («زيارة …» with the visitor)."""
    mention = reader.tokens[head].mention
    for thing in inside("PERSON", mention, reader.setting) if mention else ():
        yield Side((thing,), head, head + 1)


def parties_of(reader: Reader, head: int) -> Iterator[Side]:
    """Yield the parties that the name of an agreement holds («اتفاق … بين … و…»)."""
    token, setting = reader.tokens[head], reader.setting
    words = fold(printed(token, setting)).text
    after = min((words.find(f" {word} ") for word in _BETWEEN if f" {word} " in words), default=-1)
    for mention in setting.mentions if after >= 0 else ():
        if token.start + after < mention.start and mention.end <= token.end and mention.type in _PARTY_TYPES:
            yield Side((setting.thing_of(mention),), head, head + 1)


def subject_of(verb: str) -> str:
    """Return the pronoun that stands for the subject of a folded verb («held it»).

    >>> subject_of("عقدها"), subject_of("تعقده"), subject_of("اجرتها")
    ('ه', 'ها', 'ها')
    """
    return _HERS if _is_hers(verb.removesuffix(_HERS).removesuffix(_HIS)) else _HIS


def carried_on(reader: Reader, verb: int) -> Iterator[Side]:
    """Yield the subject of a verb that has none of its own: the first person, else body, of the sentence.

    «X visited Y, where he met …», «X made a visit, during which he held …».
    """
    setting, pronoun = reader.setting, _HERS if _is_hers(reader.tokens[verb].bare) else _HIS
    for letter in ("P", "O"):
        for at in range(verb):
            mention = reader.tokens[at].mention
            oblique = beside(reader, at) or reader.text(at - 1) in _OBLIQUE
            if mention is None or reader.letter(at) != letter or oblique:
                continue
            if letter == "P" or may_own(mention, pronoun, setting.patterns.words):
                yield Side((setting.thing_of(mention),), at, at + 1)
                return


def speaks_before(reader: Reader, head: int) -> Iterator[Side]:
    """Yield who speaks in the clause before a noun: «X said after a meeting with …»."""
    said = reader.setting.patterns.words.all(_SAID)
    for verb in range(head - 1, -1, -1):
        if reader.tokens[verb].is_word and reader.tokens[verb].among(said):
            side = reader.side(verb + 1, joined=False)
            yield from [side] if side and side.last <= head and side.things else owners_before(reader, verb)
            return


def _is_of_two(verb: str) -> bool:
    return _OF_TWO.fullmatch(verb) is not None


def _is_hers(verb: str) -> bool:
    """Tell whether a folded verb has a feminine subject.

    >>> _is_hers("ستجري"), _is_hers("التقت"), _is_hers("التقي"), _is_hers("تباحث")
    (True, True, False, False)
    """
    return verb.endswith("ت") or (verb.startswith(("ت", "ست")) and not verb.startswith(_MASCULINE))


def owners_before(reader: Reader, verb: int) -> Iterator[Side]:
    """Yield who stands before a verb as its subject; before one with «and» stands no subject of it."""
    if reader.tokens[verb].text[0] == AND and reader.tokens[
        verb
    ].bare in reader.setting.patterns.words.any_of(_VERBS):
        return
    at, two = verb - 1, _is_of_two(reader.tokens[verb].bare)
    described = person_described(reader.tokens, at, reader.setting.patterns.words)
    if described is not None and (person := reader.side(described, joined=False)):
        yield person
        return
    at -= reader.text(at) == ","  # «…, the foreign minister, met»
    while at >= 0 and ("t" in reader.classes(at) or reader.text(at) in _HAS):
        at -= 1
    for first in range(max(0, at - _TITLES), at + 1):
        if reader.text(first - 1) in _OBLIQUE:
            continue
        sides = list(reader.sides(first)) if two else [reader.side(first, joined=False)]
        last = sides[-1] if sides else None
        if last and last.last == at + 1 and last.things:
            yield from (side for side in sides if side)
            return
