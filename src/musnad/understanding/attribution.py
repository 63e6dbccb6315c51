"""Read reported speech: which words are whose, and through whom they come to the page.

A verb opens a report, the noun phrase after it speaks, and one of the pattern's openings («أن», a colon, a
quotation mark, «ضرورة» …) begins what is said, up to the next report. Chosen over (a) patterns for whole
sentences, which break on every title and subordinate clause, and (b) a dependency parser.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from musnad.folding import fold_name
from musnad.model import Agent, Attribution
from musnad.understanding.chains import Hop, hops_of, printed
from musnad.understanding.discourse import Memory
from musnad.understanding.modality import has_cue, is_negated
from musnad.understanding.openings import opening_after
from musnad.understanding.particles import SO, STATEMENT, THAT, TO
from musnad.understanding.patterns import Pattern, Words
from musnad.understanding.reports import Report, find_reports
from musnad.understanding.sentences import Sentence, Token
from musnad.understanding.setting import Setting
from musnad.understanding.speakers import speaker_after, speaker_before

_PATIENCE: Final = 3  # sentences without a report after which nobody goes on speaking
_LEAST: Final = 3  # tokens that someone says before the text goes on
_ACTS: Final = frozenset({"act", "direct"})


@dataclass(frozen=True, slots=True)
class Utterance:
    """Words of a sentence that someone says, and the chain that brings them."""

    pattern: Pattern
    first: int
    last: int  # tokens first to before last are what is said
    speaker: Agent
    chain: tuple[Attribution, ...]
    quoted: bool = False
    object: int = -1  # the token where the object of a stance begins
    start: int = 10_000  # the token where the whole report begins: its subject, or its verb


def read_speech(sentence: Sentence, memory: Memory, setting: Setting) -> list[Utterance]:
    """Return what is said in a sentence; the memory learns who spoke."""
    if sentence.post:
        return []
    if headline := _headline(sentence, setting):
        return [headline]
    memory.silence = memory.silence + 1 if memory.last else 0
    if memory.silence > _PATIENCE:
        memory.last = memory.group = None
    reports = find_reports(sentence, memory, setting)
    found = [*_utterances(sentence, reports, memory, setting)]
    described = all(utterance.pattern.voice == "text" for utterance in found)
    if described and (basis := _according(sentence, memory, setting, 0 if found else _LEAST)):
        # «X seeks, according to Y, …»: Y says so
        found = [replace(utterance, chain=basis.chain) for utterance in found] or [basis]
    memory.notice(sentence, setting)
    if not found and _others(sentence, memory):
        memory.last = memory.group = None
    if not reports and any(token.text.startswith("<S") for token in sentence.tokens):
        memory.last, memory.hops = memory.source, []  # who was asked answers in the next sentence
    if found or memory.last == memory.source:
        memory.silence = 0
    return found


def _others(sentence: Sentence, memory: Memory) -> bool:
    """Tell whether a sentence without a report quotes, or names a person other than who spoke last."""
    last = memory.last.entity if memory.last else ""
    persons = {token.mention.entity for token in sentence.tokens if token.mention and token.text[1] == "P"}
    return bool(persons - {last}) or any(token.text == "“" for token in sentence.tokens)


def _utterances(
    sentence: Sentence, reports: Sequence[Report], memory: Memory, setting: Setting
) -> Iterator[Utterance]:
    speaker: Agent | None = None
    told: tuple[Attribution, ...] = ()
    for place, report in enumerate(reports):
        following = reports[place + 1].verb if place + 1 < len(reports) else len(sentence.tokens)
        page = report.pattern.voice == "page"
        goes_on = report.heard.agent is None and not page
        agent = setting.base(sentence)[-1][0] if page else report.heard.agent or speaker or memory.last
        if agent is None:
            continue
        agent, hops = hops_of(sentence, report, agent, memory, setting)
        hops = hops or (memory.hops if goes_on else [])
        speaker = speaker if page else agent
        if report.pattern.voice == "speaker":
            memory.last = agent
            memory.hops = hops
            if any(fold_name(hop.label).startswith(STATEMENT) for hop, _ in hops):
                memory.issuer = agent
        first, last, quoted = _words_said(sentence.tokens, report, following, setting.patterns.words)
        if last <= first:
            continue
        chain = _chain(sentence, hops, agent, (printed(sentence.tokens[report.verb], setting), setting))
        if report.pattern.voice == "text":
            chain = told or setting.chain(*setting.base(sentence))
        else:
            told = chain
        target = report.opened if report.pattern.content in _ACTS else -1
        begin = report.heard.start if 0 <= report.heard.start < report.verb else report.verb
        yield Utterance(report.pattern, first, last, agent, chain, quoted, target, begin)


def _chain(
    sentence: Sentence, hops: Sequence[Hop], agent: Agent, said: tuple[str, Setting]
) -> tuple[Attribution, ...]:
    verb, setting = said
    return setting.chain(*setting.base(sentence), *hops, (agent, verb))


def _words_said(
    tokens: Sequence[Token], report: Report, following: int, words: Words
) -> tuple[int, int, bool]:
    """Return (first, last, quoted): the tokens of what is said."""
    opened = report.opened
    if report.pattern.content in _ACTS:
        return report.verb, following, False
    if report.pattern.content == "phrase":
        return opened - 1, following, False
    quotation = opened - 1 if tokens[opened - 1].text == "“" else opened
    quotation += quotation < len(tokens) and tokens[quotation].text == ","
    if quotation < len(tokens) and tokens[quotation].text == "“":
        close = next((i for i in range(quotation, len(tokens)) if tokens[i].text == "”"), len(tokens))
        return quotation + 1, close, True
    return opened, _contrast(tokens, opened, following, words), False


def _contrast(tokens: Sequence[Token], first: int, last: int, words: Words) -> int:
    """Return where someone's words end: before «while» and the like, which the text adds."""
    for place in range(first + _LEAST, last):
        if has_cue(tokens, place, words.lists["contrast"]):
            return place
    return last


def _headline(sentence: Sentence, setting: Setting) -> Utterance | None:
    """Return the words after «name:» in a title: the name says them."""
    tokens = sentence.tokens
    place = next((i for i, token in enumerate(tokens[:6]) if token.text == ":"), 0)
    name = tokens[place - 1].mention if place else None
    if sentence.zone not in {"title", "lead_item"} or name is None or tokens[place - 1].text[1] not in "POS":
        return None
    if place + 3 >= len(tokens) or any(token.edtf for token in tokens[place + 1 : place + 4]):
        return None
    agent = setting.agent(name)
    hops = [(agent, "")]
    if tokens[place - 2].text in TO:  # «an official to the paper: …»: the official speaks
        heard = speaker_after(sentence, 0, Memory(), setting)
        if heard.agent is None or heard.end > place - 2:
            return None
        agent = heard.agent
        hops.append((agent, ""))
    chain = setting.chain(*setting.base(sentence), *hops)
    return Utterance(setting.patterns.entries["structure-headline"], place + 1, len(tokens), agent, chain)


def _according(sentence: Sentence, memory: Memory, setting: Setting, least: int) -> Utterance | None:
    """Return a sentence as the words of whom it names after «according to»; a law or a text says nothing."""
    tokens, words = sentence.tokens, setting.patterns.words
    entry = setting.patterns.entries.get("speech-according")
    for place, token in enumerate(tokens):
        if entry is None or not token.among(entry.verbs):
            continue
        start = place + 1
        while start < len(tokens) and tokens[start].text in words.all("sayings"):
            start += 1
        heard = speaker_after(sentence, start, memory, setting)
        if heard.agent is None or not heard.known:
            continue
        if place == 0:
            first = heard.end + 1 if heard.end < len(tokens) and tokens[heard.end].text == "," else -1
            first += 0 <= first < len(tokens) and tokens[first].text[0] == SO and tokens[first].bare in THAT
            last = len(tokens)
        else:
            first, last = 0, place
        if 0 <= first < last - least:
            chain = setting.chain(*setting.base(sentence), (heard.agent, printed(token, setting)))
            return Utterance(entry, first, last, heard.agent, chain)
    return None


def nested_stances(
    sentence: Sentence, span: tuple[int, int], outer: Utterance, setting: Setting
) -> Iterator[Utterance]:
    """Yield the stances inside some words whose subject stands before the verb."""
    tokens, words = sentence.tokens, setting.patterns.words
    stances = [
        p
        for p in setting.patterns.of("speech")
        if (p.content in _ACTS or p.voice == "text") and p.relation != "stated"
    ]
    for verb in range(span[0] + 1, span[1] - 1):
        patterns = [pattern for pattern in stances if tokens[verb].among(pattern.verbs)]
        heard = speaker_before(sentence, verb, setting) if patterns else None
        if heard is None or heard.agent is None or heard.start < span[0]:
            continue
        if is_negated(tokens, heard.start, verb, words):
            continue
        for pattern in patterns:
            opening = opening_after(tokens, verb + 1, pattern, words)
            if opening:
                yield Utterance(
                    pattern, verb, span[1], heard.agent, outer.chain,
                    object=sum(opening) - (pattern.content == "phrase"), start=heard.start,
                )  # fmt: skip
                break
