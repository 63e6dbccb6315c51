"""Find the reports of a sentence: a reporting verb, who speaks, and what opens the words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from musnad.model import Agent
from musnad.understanding.adverbs import after_aside
from musnad.understanding.agreement import disagree, of_others
from musnad.understanding.clauses import tells
from musnad.understanding.collective import Heard
from musnad.understanding.described import APART
from musnad.understanding.discourse import Memory
from musnad.understanding.governing import is_not_taken
from musnad.understanding.homographs import describes, is_other
from musnad.understanding.joints import one_object
from musnad.understanding.misheard import is_misheard
from musnad.understanding.modality import is_negated
from musnad.understanding.office_ends import is_office, office_end
from musnad.understanding.openings import opening_after
from musnad.understanding.particles import (
    AND,
    COMMAS,
    CONJUNCTIONS,
    FROM,
    FROM_HIM,
    HAD,
    OF_SPEAKER,
    PARTICIPLE,
    PLURAL_VERBS,
    THAT,
    THAT_NOT,
    THIS,
    WAW_VERBS,
    is_definite,
)
from musnad.understanding.patterns import Pattern, Words
from musnad.understanding.resuming import inner_speaker, spoke_as
from musnad.understanding.sentences import Sentence, Token
from musnad.understanding.setting import Setting, printed
from musnad.understanding.speakers import speaker_after
from musnad.understanding.subjects import speaker_of
from musnad.understanding.turning import turned_at
from musnad.understanding.unlisted import unlisted_speaker
from musnad.understanding.vouching import is_supposed

_PRESENT: Final = re.compile(r"[يتن]\w{2,}[^اتو]\Z")  # a verb of the present: he, she, we
_OF_WHAT: Final = frozenset({"مما", "بشكل", "بصوره", "بطريقه"})  # of what; in a way (that did …)
_DEEMED: Final = re.compile(r"\A[وف]?\u064e?عد\u064e?\u0651")  # «deemed»: «promised» has no doubled letter
_SAID: Final = frozenset({"قال", "قالت", "اضاف", "اضافت"})  # said, added: before words without «that»
_INNER_REACH: Final = 12  # tokens between the verb of a report inside another and what opens the words
_NOUN_REACH: Final = 2  # tokens between the subject of «the declaration of …» and «that»
# Between two reports; while, where.
_APART: Final = APART | {"حين", "حيث"}


@dataclass(frozen=True, slots=True)
class Report:
    """A reporting verb with its speaker and its opening, before the end of the words is known."""

    pattern: Pattern
    verb: int
    heard: Heard
    opening: int
    size: int  # tokens of the opening
    via: tuple[Agent, str] | None = None  # who reports the report, and the verb

    @property
    def opened(self) -> int:
        """Return the token after the opening."""
        return self.opening + self.size


def find_reports(sentence: Sentence, memory: Memory, setting: Setting) -> list[Report]:
    """Return the reports of a sentence, those inside the words of another left out."""
    reports: list[Report] = []
    free = 0
    retold = Heard(None, -1)
    tokens, words = sentence.tokens, setting.patterns.words
    for verb in range(len(tokens)):
        said = reports[-1] if reports else None
        inner = verb == retold.end
        if verb < free or (said and not inner and not _breaks(tokens, said, verb, words)):
            continue
        spoken = any(before.pattern.voice != "text" for before in reports)
        report = _report(sentence, verb, (memory, spoken and not inner), setting)
        if report is None:
            continue
        others = disagree(tokens, said.verb, verb) or of_others(tokens[verb], said.heard) if said else False
        if said and said.heard.agent and not report.heard.agent and others:
            continue  # «he said that the council closed the road and asked (she) …»: the council did
        if said and not report.heard.agent:
            his = inner_speaker(sentence, (said.verb, said.opened), verb, memory, setting)
            report = replace(report, heard=his) if his else report
        if inner and (report.pattern.relation != "stated" or not _same(report, retold)):
            continue  # «a source said that X expressed its readiness»: the source says so
        if inner and said and (said.heard.agent or said.pattern.voice == "page"):
            outer = reports.pop()
            if said.heard.agent:
                via = (said.heard.agent, printed(tokens[outer.verb], setting))
                report = replace(report, via=via)
        retold = _retold(sentence, report, memory, setting)
        agent = report.heard.agent
        if agent is not None and report.pattern.voice == "speaker":
            memory.last, memory.spoke, memory.hops = agent, agent, []
            memory.group = agent if agent.anonymous else memory.group
            if report.heard.end > verb + 1 or report.heard.start >= 0:
                spoke_as(agent, tokens[verb].bare, memory)
        reports.append(report)
        free = report.opening
    return reports


def _same(report: Report, retold: Heard) -> bool:
    """Tell whether an inner report has the subject that stands before its verb, and opens soon."""
    agent = report.heard.agent
    named = agent is None or (retold.agent is not None and agent.entity == retold.agent.entity)
    return named and report.opening - report.verb <= _INNER_REACH


def _retold(sentence: Sentence, report: Report, memory: Memory, setting: Setting) -> Heard:
    """Return (who, verb) of a report that is all that another says («the agency said that X said …»)."""
    nobody = Heard(None, -1)
    tokens = sentence.tokens
    if report.pattern.voice == "text" or report.size == 0 or report.opened >= len(tokens):
        return nobody
    if tokens[report.opened - 1].text not in THAT:
        return nobody
    heard = speaker_after(sentence, report.opened, memory, setting)
    verb = heard.end + (heard.end < len(tokens) and tokens[heard.end].text in COMMAS | {HAD})
    if heard.agent is None or verb >= len(tokens) or not tokens[verb].is_word:
        return nobody
    says = any(tokens[verb].among(p.verbs) for p in setting.patterns.of("speech") if p.relation == "stated")
    return Heard(heard.agent, verb) if says else nobody


def _breaks(tokens: Sequence[Token], before: Report, verb: int, words: Words) -> bool:
    """Tell whether a verb begins a report of its own, and is not part of what the one before says."""
    token, previous = tokens[verb], tokens[verb - 1].text
    quoted = False
    for place in range(before.opening, verb):
        quoted = (quoted or tokens[place].text == "“") and tokens[place].text != "”"
    apart = (
        previous in _APART
        or _is_but_he(tokens, verb)
        or (token.text[0] in CONJUNCTIONS and token.text not in WAW_VERBS)
        or token.text.startswith(PARTICIPLE)
        or token.among(words.all("participles"))
        or (turned_at(tokens, verb, words) or -1) >= before.opened
    )
    return apart and not quoted and not one_object(tokens, verb, words)


def _is_but_he(tokens: Sequence[Token], verb: int) -> bool:
    """Tell whether «except that he» stands before a verb: the speaker goes on, in another report."""
    return tokens[verb - 1].bare in OF_SPEAKER and tokens[verb - 2].text == THAT_NOT


def _report(sentence: Sentence, verb: int, before: tuple[Memory, bool], setting: Setting) -> Report | None:
    """Return the report that a verb opens, if it is one.

    Where someone speaks whom we do not know, nobody of before goes on speaking afterwards.
    """
    tokens, words, memory = sentence.tokens, setting.patterns.words, before[0]
    token, before_verb = tokens[verb], max(0, verb - 1)
    if not token.is_word:
        return None
    patterns = _patterns_of(token, setting)
    if token.among(words.any_of(("according", "not_reports"))) or is_other(tokens, verb, words):
        return None
    before_it = tokens[before_verb].bare if verb else ""
    if before_it in _OF_WHAT or (before_it in THAT | {HAD} and _PRESENT.match(token.text)):
        return None  # «of what confirms that …»: a fact does; «to say»: nobody has said it
    unsaid = is_negated(tokens, before_verb, verb, words) or is_supposed(tokens, verb, verb)
    if not patterns or unsaid or is_not_taken(tokens, verb, words):
        return None
    heard = speaker_of(sentence, verb, patterns, before, setting)
    via = None
    if token.among(words.all("relay")) and memory.last and (of_him := _of_him(tokens, verb, heard)):
        via = (heard.agent, printed(token, setting)) if heard.agent else None
        heard = Heard(memory.last, of_him)
    heard = _past_office(tokens, heard, setting)
    found = _opened(tokens, verb, heard, patterns, setting)
    if found is None:
        return None
    opening, size, pattern = found
    far = heard.agent is None or opening - after_aside(tokens, heard.end, words) > _NOUN_REACH
    if far and token.among(words.all("saying_nouns")):
        return None
    about = opening == verb + 1 and tokens[opening].text == FROM and heard.start != verb - 1
    if about and token.among(words.any_of(("announce", "reveal"))):
        return None  # «أُعلن عن»: nobody says who announced it
    thing = tokens[opening].text in THIS and token.among(words.all("takes_things"))
    if size == 0 and (thing or describes(tokens, verb, words)):  # «gave these numbers»
        return None
    if pattern.voice == "text" and _goes_on_far(tokens, verb, heard):
        return None
    unlisted = None if heard.known else unlisted_speaker(tokens, verb, found, setting)
    whoever = _whoever(token, heard, unlisted, (memory, words))
    if whoever is None or (whoever.agent is None and pattern.voice != "page" and memory.last is None):
        return None
    return Report(pattern, verb, whoever, opening, size, via)


def _opened(
    tokens: Sequence[Token], verb: int, heard: Heard, patterns: list[Pattern], setting: Setting
) -> tuple[int, int, Pattern] | None:
    """Return (token, size, pattern) of what opens the words, where they may be of whoever was heard."""
    words = setting.patterns.words
    found = _direct(tokens, verb, heard, setting) or _best(tokens, heard, patterns, words)
    return None if found is None or is_misheard(tokens, verb, heard, found[0], words) else found


def _patterns_of(token: Token, setting: Setting) -> list[Pattern]:
    """Return the patterns of a verb; the mark on «deemed» tells it from «promised», which has none."""
    deem, reporting = setting.patterns.words.all("deem"), setting.patterns.reporting
    if _DEEMED.search(printed(token, setting)):
        return [p for p in setting.patterns.of("speech") if p.verbs and p.verbs <= deem]
    names = {p.name for word in {token.text, token.bare} for p in reporting.get(word, ())}
    return [p for p in setting.patterns.of("speech") if p.name in names] if names else []


def _direct(
    tokens: Sequence[Token], verb: int, heard: Heard, setting: Setting
) -> tuple[int, int, Pattern] | None:
    """Return the opening of words that follow whoever says them without «that» («X said the car broke»)."""
    place, words = heard.end, setting.patterns.words
    if heard.agent is None or not verb < place < len(tokens) or tokens[verb].bare not in _SAID:
        return None
    listed = tokens[place].bare in words.all("clause_verbs") or not _PRESENT.match(tokens[place].bare)
    they = tokens[place].text.endswith(PLURAL_VERBS)  # «officials said, who asked not to be named, …»
    joined = they or tokens[place].text != tokens[place].bare  # «X said, and asked not to be named, “…”»
    unnamed = tokens[place].among(words.all("withholding")) or tokens[place - 1].text in COMMAS
    if joined or unnamed or not (listed and tells(tokens, place, words)):
        return None
    return place, 0, setting.patterns.entries["speech-say"]


def _past_office(tokens: Sequence[Token], heard: Heard, setting: Setting) -> Heard:
    """Return a speaker with the office after the name («X, minister of Y, his country's backing of …»)."""
    place = heard.end
    if heard.agent is None or not 0 < place < len(tokens) or tokens[place - 1].text[:2] != "<P":
        return heard
    if not is_office(tokens[place], setting.patterns.words):
        return heard
    return replace(heard, end=office_end(tokens, place, setting))


def _goes_on_far(tokens: Sequence[Token], verb: int, heard: Heard) -> bool:
    """Tell whether «and» joins a verb to a clause whose subject it may not share."""
    return verb > 0 and tokens[verb].text[0] == AND and heard.end == verb + 1 and heard.start < verb - 1


def _whoever(token: Token, heard: Heard, unlisted: Agent | None, known: tuple[Memory, Words]) -> Heard | None:
    """Return who speaks with a verb where nobody that we know is named; None: nobody speaks any more.

    «And he added» goes on whoever spoke last, even if others were named since.
    """
    memory, words = known
    if not heard.known:
        if unlisted:
            return Heard(unlisted, heard.end)
        if not token.among(words.all("appear")) and not token.text.endswith(PLURAL_VERBS):
            memory.last = memory.group = memory.spoke = None
        return None
    if heard.agent is None and memory.last is None and memory.spoke and token.among(words.all("add")):
        return Heard(memory.spoke, heard.end)
    return heard


def _of_him(tokens: Sequence[Token], verb: int, heard: Heard) -> int:
    """Return the token after «from him» («the paper quoted him as saying»), 0 where it is not there."""
    end = heard.end
    while heard.agent and verb < end < len(tokens) - 1 and is_definite(tokens[end].text):
        end += 1  # «the agency X, the official one, quoted him»
    for place in {verb + 1, heard.end, end} if heard.agent else {verb + 1}:
        if place < len(tokens) and tokens[place].text in FROM_HIM:
            return place + 1
    return 0


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
