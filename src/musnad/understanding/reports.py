"""Find the reports of a sentence: a reporting verb, who speaks, and what opens the words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from musnad.understanding.collective import Heard, issuer_of
from musnad.understanding.discourse import Memory
from musnad.understanding.modality import is_negated
from musnad.understanding.openings import is_text, opening_after, opens_at
from musnad.understanding.particles import (
    AND,
    ARTICLE,
    BUT,
    COMMAS,
    CONJUNCTIONS,
    FROM,
    HAD,
    MEANWHILE,
    PARTICIPLE,
    PLURAL_VERBS,
    PLURALS,
    STATEMENT,
    WAS,
    WITH,
)
from musnad.understanding.patterns import Pattern, Words
from musnad.understanding.sentences import Sentence, Token
from musnad.understanding.setting import Setting
from musnad.understanding.speakers import skip_adverbs, speaker_after, speaker_before

_PHRASE: Final = 7  # tokens of an adverbial phrase before a comma
_TEXT_REACH: Final = 4  # tokens between «it says» and the text
_SECOND: Final = 2  # tokens that a sentence needs before a verb to name a subject there
_OPENS_SENTENCE: Final = 2  # tokens before a subject that begins its sentence
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
        spoken = any(before.pattern.voice != "text" for before in reports)
        report = _report(sentence, verb, (memory, spoken), setting)
        if report is None:
            continue
        agent = report.heard.agent
        if agent is not None and report.pattern.voice == "speaker":
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
    token, words, memory = sentence.tokens[verb], setting.patterns.words, before[0]
    if not token.is_word:
        return None
    patterns = [p for p in setting.patterns.of("speech") if token.among(p.verbs)]
    if not patterns or is_negated(sentence.tokens, max(0, verb - 1), verb, words):
        return None
    heard = _heard(sentence, verb, patterns, before, setting)
    found = _best(sentence.tokens, heard, patterns, words)
    if found is None:
        return None
    opening, size, pattern = found
    if opening == verb + 1 and sentence.tokens[opening].text == FROM and heard.start != verb - 1:
        return None  # «أُعلن عن»: nobody says who announced it
    if not heard.known:
        if not token.among(words.all("appear")):
            memory.last = memory.group = None
        return None
    if heard.agent is None and pattern.voice != "page" and memory.last is None:
        return None
    return Report(pattern, verb, heard, opening, size)


def _heard(
    sentence: Sentence, verb: int, patterns: Sequence[Pattern], before: tuple[Memory, bool], setting: Setting
) -> Heard:
    """Return who speaks with a verb: named by it, by the sentence before it, or nobody here."""
    token, words, (memory, goes_on) = sentence.tokens[verb], setting.patterns.words, before
    participle = token.among(words.all("participles"))
    if token.among(words.all("appear")):
        return _text_that_says(sentence, verb, memory, setting)
    if participle or (goes_on and _lacks_subject(sentence.tokens, verb, words)):
        heard = Heard(None, verb + 1)  # the name after a participle is its object: who spoke goes on
    else:
        heard = _speaker(sentence, verb, patterns, memory, setting)
    if heard.agent is not None or not heard.known or goes_on or verb < _SECOND:
        return heard
    led = _leading(sentence, verb, memory, setting)
    if led is None and participle:
        led = _subject(sentence, verb, setting)
    return led or heard


def _subject(sentence: Sentence, verb: int, setting: Setting) -> Heard | None:
    """Return whom a sentence is about, before a participle («… X commented on it, saying»)."""
    tokens = sentence.tokens
    for letters in ("P", "SO"):
        for place in range(verb):
            mention = tokens[place].mention
            if mention and tokens[place].text[1] in letters:
                return Heard(setting.agent(mention), verb + 1, place)
    return None


def _lacks_subject(tokens: Sequence[Token], verb: int, words: Words) -> bool:
    """Tell whether a verb that goes on is followed by its object («ودعا الطرفين», «وطالبت بفتح»)."""
    following = tokens[verb + 1] if verb + 1 < len(tokens) else None
    if following is None or not following.is_word or following.among(words.all("groups")):
        return False
    bare = following.text
    object_form = bare.startswith(ARTICLE) and bare.endswith(PLURALS[1])
    return object_form or (bare.startswith(WITH) and not bare.startswith(STATEMENT) and len(bare) > 3)


def _leading(sentence: Sentence, verb: int, memory: Memory, setting: Setting) -> Heard | None:
    """Return the subject that the sentence opens with («X held a press conference and said …»).

    Where someone else is named before the verb and nothing tells who is its subject, nobody speaks.
    """
    tokens, words = sentence.tokens, setting.patterns.words
    opens = skip_adverbs(tokens, int(tokens[0].among(WAS)), words)
    if tokens[opens].among(words.all("prepositions")):  # «for its part, X …»
        opens = next(
            (i + 1 for i in range(opens, min(opens + _PHRASE, verb)) if tokens[i].text == ","), opens
        )
    if opens >= verb:
        return None
    deed = tokens[opens].among(words.all("deeds")) or any(
        tokens[opens].among(p.verbs) for p in setting.patterns.of("speech")
    )
    heard = speaker_after(sentence, opens + deed, memory, setting)
    if heard.agent is not None and heard.end <= verb:
        return Heard(heard.agent, verb + 1, opens)
    if not heard.known:
        return Heard(None, verb + 1, known=False)
    last = memory.last.entity if memory.last else ""
    others = {t.mention.entity for t in tokens[opens:verb] if t.mention and t.text[1] in "PS"}
    return Heard(None, verb + 1, known=False) if others - {last} else None


def _text_that_says(sentence: Sentence, verb: int, memory: Memory, setting: Setting) -> Heard:
    """Return who speaks through the text in which words stand («it says in a statement of X that …»)."""
    tokens, words = sentence.tokens, setting.patterns.words
    place = verb + 1
    while place < min(verb + _TEXT_REACH, len(tokens)):
        if is_text(tokens[place], words):
            return issuer_of(tokens, place, setting, memory)
        place += 1
    return Heard(None, verb + 1, known=False)


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
    if after < len(tokens) and any(opens_at(tokens, after, p) for p in patterns):
        return Heard(before.agent, verb + 1, before.start) if before else Heard(None, verb + 1)
    if tokens[verb].text.endswith(PLURAL_VERBS):
        return Heard(before.agent if before else memory.group, verb + 1)
    heard = speaker_after(sentence, verb + 1, memory, setting)
    if heard.agent is None and before and before.agent:
        return Heard(before.agent, verb + 1, before.start)
    return heard
