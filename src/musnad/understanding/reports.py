"""Find the reports of a sentence: a reporting verb, who speaks, and what opens the words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from musnad.understanding.discourse import Memory
from musnad.understanding.modality import is_negated
from musnad.understanding.particles import (
    ABOUT_TO_ON,
    AND,
    BUT,
    COMMAS,
    CONJUNCTIONS,
    HAD,
    MEANWHILE,
    PARTICIPLE,
    PLURAL_VERBS,
    PRONOUNS,
    THAT,
)
from musnad.understanding.patterns import Pattern, Words
from musnad.understanding.sentences import Sentence, Token
from musnad.understanding.setting import Setting
from musnad.understanding.speakers import Heard, skip_adverbs, speaker_after, speaker_before

_REACH: Final = 26  # tokens between a speaker and what opens the words
_NEAR: Final = 6  # tokens within which a mere preposition may open words
_NO_OBJECT: Final = ABOUT_TO_ON | THAT | {"في", "من", "مع"}  # in, of, with
_OPENS_SENTENCE: Final = 2  # tokens before a subject that begins its sentence
_NOUN_REACH: Final = 1  # tokens between a speaker and a mere noun that opens words
_APART: Final = COMMAS | MEANWHILE | BUT | {AND + word for word in BUT} | {"”", ":"}  # between two reports


@dataclass(frozen=True, slots=True)
class Report:
    """A reporting verb with its speaker and its opening, before the end of the words is known."""

    pattern: Pattern
    verb: int
    heard: Heard
    opening: int
    size: int  # tokens of the opening

    @property
    def opened(self) -> int:
        """Return the token after the opening."""
        return self.opening + self.size


def find_reports(sentence: Sentence, memory: Memory, setting: Setting) -> list[Report]:
    """Return the reports of a sentence, those inside the words of another left out."""
    reports: list[Report] = []
    free = 0
    for verb in range(len(sentence.tokens)):
        said = reports[-1] if reports else None
        if verb < free or (said and not _breaks(sentence.tokens, said, verb)):
            continue
        report = _report(sentence, verb, (memory, said is not None), setting)
        if report is None:
            continue
        agent = report.heard.agent
        if agent is not None and report.pattern.voice != "page":
            memory.last, memory.hops = agent, []
            memory.group = agent if agent.anonymous else memory.group
        reports.append(report)
        free = report.opening
    return reports


def _breaks(tokens: Sequence[Token], before: Report, verb: int) -> bool:
    """Tell whether a verb begins a report of its own, and is not part of what the one before says."""
    token, previous = tokens[verb], tokens[verb - 1].text
    quoted = False
    for place in range(before.opening, verb):
        quoted = (quoted or tokens[place].text == "“") and tokens[place].text != "”"
    apart = previous in _APART or token.text[0] in CONJUNCTIONS or token.text.startswith(PARTICIPLE)
    return apart and not quoted


def _report(sentence: Sentence, verb: int, before: tuple[Memory, bool], setting: Setting) -> Report | None:
    """Return the report that a verb opens, if it is one.

    Where someone speaks whom we do not know, nobody of before goes on speaking afterwards.
    """
    token, words, (memory, goes_on) = sentence.tokens[verb], setting.patterns.words, before
    if not token.is_word:
        return None
    patterns = [p for p in setting.patterns.of("speech") if token.among(p.verbs)]
    if not patterns or is_negated(sentence.tokens, max(0, verb - 1), verb, words):
        return None
    heard = _speaker(sentence, verb, patterns, memory, setting)
    if heard.agent is None and heard.known and not goes_on and token.text in words.all("participles_said"):
        heard = _subject(sentence, verb, setting) or heard
    found = _best(sentence.tokens, heard, patterns, words)
    if found is None:
        return None
    opening, size, pattern = found
    if not heard.known:
        memory.last = memory.group = None
        return None
    if heard.agent is None and pattern.voice != "page" and memory.last is None:
        return None
    return Report(pattern, verb, heard, opening, size)


def _subject(sentence: Sentence, verb: int, setting: Setting) -> Heard | None:
    """Return whom a sentence is about, before a participle («… X commented on it, saying»)."""
    tokens = sentence.tokens
    for letters in ("P", "SO"):
        for place in range(verb):
            mention = tokens[place].mention
            if mention and tokens[place].text[1] in letters:
                return Heard(setting.agent(mention), verb + 1, place)
    return None


def _best(
    tokens: Sequence[Token], heard: Heard, patterns: Sequence[Pattern], words: Words
) -> tuple[int, int, Pattern] | None:
    """Return (token, size, pattern) of the opening that stands first, the longest there."""
    best: tuple[int, int, Pattern] | None = None
    for pattern in patterns:
        place = opening_after(tokens, heard.end, pattern, words)
        page = pattern.voice == "page"
        if place is None or (page and heard.agent is not None):
            continue
        if best is None or (place[0], -place[1], not page) < (best[0], -best[1], best[2].voice != "page"):
            best = (*place, pattern)
    return best


def _speaker(
    sentence: Sentence, verb: int, patterns: Sequence[Pattern], memory: Memory, setting: Setting
) -> Heard:
    """Return who speaks: after the verb, before it, or none here (whoever spoke last)."""
    tokens = sentence.tokens
    before = speaker_before(sentence, verb, setting)
    had = verb > 0 and tokens[verb - 1].text == HAD  # «and X had said»
    opens = before is not None and before.end == verb and 0 <= before.start <= _OPENS_SENTENCE
    if before and before.agent and (had or opens):
        return Heard(before.agent, verb + 1, before.start)
    after = skip_adverbs(tokens, verb + 1, setting.patterns.words)
    if after < len(tokens) and any(_opens_at(tokens, after, p) for p in patterns):
        return Heard(before.agent, verb + 1, before.start) if before else Heard(None, verb + 1)
    if tokens[verb].text.endswith(PLURAL_VERBS):
        return Heard(before.agent if before else memory.group, verb + 1)
    heard = speaker_after(sentence, verb + 1, memory, setting)
    if heard.agent is None and before and before.agent:
        return Heard(before.agent, verb + 1, before.start)
    return heard


def opening_after(
    tokens: Sequence[Token], place: int, pattern: Pattern, words: Words
) -> tuple[int, int] | None:
    """Return (token, size) of the first opening of a pattern after a speaker."""
    near = True
    direct = skip_adverbs(tokens, place, words) if () in pattern.opens else -1
    for start in range(place, min(place + _REACH, len(tokens))):
        size = _opens_at(tokens, start, pattern, near=near)
        noun = size == 1 and pattern.content in {"phrase", "act"}
        if size and not (noun and start - place > _NOUN_REACH):
            return start, size
        if start == direct and _begins_object(tokens[start]):
            return start, 0
        near = near and (tokens[start].text != "," or start == place) and start - place < _NEAR
    return None


def _begins_object(token: Token) -> bool:
    return (token.is_word or bool(token.mentions)) and token.text not in _NO_OBJECT


def _opens_at(tokens: Sequence[Token], place: int, pattern: Pattern, *, near: bool = True) -> int:
    """Return how many tokens an opening has that stands at a place, 0 if none does.

    «~» ends a word that may carry the pronoun of the speaker («رفضه», «رفضها», «رفضهم»).
    """
    best = 0
    for opening in pattern.opens:
        given = tokens[place : place + len(opening)]
        if not opening or (not near and len(opening) == 1 and opening[0] in ABOUT_TO_ON):
            continue
        if len(given) == len(opening) and all(map(_same, given, opening)):
            best = max(best, len(opening))
    return best


def _same(token: Token, word: str) -> bool:
    if word == '"':
        return token.text == "“"
    if word.endswith("~"):
        return token.text == word[:-1] or token.bare in {word[:-1] + tail for tail in PRONOUNS}
    return word in {token.text, token.bare}
