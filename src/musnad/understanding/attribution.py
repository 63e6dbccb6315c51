"""Read reported speech: which words are whose, and through whom they come to the page.

A verb opens a report, the noun phrase after it speaks, and one of the pattern's openings («أن», a colon, a
quotation mark, «ضرورة» …) begins what is said, up to the next report. Chosen over (a) patterns for whole
sentences, which break on every title and subordinate clause, and (b) a dependency parser.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from musnad.folding import fold_name
from musnad.model import Agent, Attribution
from musnad.understanding.modality import is_negated
from musnad.understanding.patterns import Pattern
from musnad.understanding.sentences import Sentence, Token
from musnad.understanding.sequences import words_of
from musnad.understanding.setting import Setting
from musnad.understanding.speakers import Heard, Memory, skip_adverbs, speaker_after, speaker_before

_REACH: Final = 26  # tokens between a speaker and what opens the words
_NEAR: Final = 6  # tokens within which a mere preposition may open words
_PREPOSITIONS: Final = frozenset({"عن", "الي", "علي", "ب+"})
_PLURAL: Final = ("وا", "ون")
_TELLS: Final = frozenset({"ل+", "لل+"})
_STATEMENTS: Final = frozenset({"بيان", "بيانا", "البيان", "بيانها", "بيانه"})  # statement


@dataclass(frozen=True, slots=True)
class Utterance:
    """Words of a sentence that someone says, and the chain that brings them."""

    pattern: Pattern
    sentence: int
    verb: int
    first: int
    last: int  # tokens first to before last are what is said
    speaker: Agent
    chain: tuple[Attribution, ...]
    quoted: bool = False
    object: int = -1  # the token where the object of a stance begins
    start: int = 0  # the token where the whole report begins: its subject, or its verb


@dataclass(frozen=True, slots=True)
class _Report:
    """A reporting verb with its speaker and its opening, before the end of the words is known."""

    pattern: Pattern
    verb: int
    heard: Heard
    opening: int
    size: int  # tokens of the opening


def read_speech(
    sentences: Sequence[Sentence], number: int, memory: Memory, setting: Setting
) -> list[Utterance]:
    """Return what is said in sentence `number`; the memory learns who spoke."""
    sentence = sentences[number]
    if sentence.post:
        return []
    if headline := _headline(sentence, number, setting):
        return [headline]
    reports: list[_Report] = []
    free = 0
    for verb in range(len(sentence.tokens)):
        if verb < free:
            continue
        report = _report(sentence, verb, memory, setting)
        if report is None:
            continue
        if reports and not _breaks(sentence.tokens, reports[-1], verb):
            continue
        agent = report.heard.agent
        if agent is not None:
            memory.last = agent
            memory.group = agent if agent.anonymous else memory.group
        reports.append(report)
        free = report.opening
    found = [*_utterances(sentences, number, reports, memory, setting)]
    memory.notice(sentence, setting)
    if not reports and any(token.text.startswith("<S") for token in sentence.tokens):
        memory.last = memory.source  # a source that was asked answers in the next sentence
    return found


def _headline(sentence: Sentence, number: int, setting: Setting) -> Utterance | None:
    """Return the words after «name:» in a title: the name says them."""
    tokens = sentence.tokens
    place = next((i for i, token in enumerate(tokens[:6]) if token.text == ":"), 0)
    name = tokens[place - 1].mention if place else None
    if sentence.zone not in {"title", "lead_item"} or name is None or tokens[place - 1].text[1] not in "POS":
        return None
    if place + 3 >= len(tokens):
        return None
    agent = setting.agent(name)
    entry = setting.patterns.entries["structure-headline"]
    chain = setting.chain(*setting.base(sentence), (agent, ""))
    return Utterance(entry, number, place, place + 1, len(tokens), agent, chain)


def nested_stances(
    sentence: Sentence, span: tuple[int, int], outer: Utterance, setting: Setting
) -> Iterator[Utterance]:
    """Yield the stances inside some words whose subject stands before the verb."""
    tokens = sentence.tokens
    for verb in range(span[0] + 1, span[1] - 1):
        patterns = [p for p in setting.patterns.of("speech") if p.content in {"act", "direct"}]
        patterns = [p for p in patterns if tokens[verb].bare in p.verbs and p.relation != "stated"]
        before = speaker_before(sentence, verb, setting) if patterns else None
        if before is None or before.agent is None or before.mention is None:
            continue
        begin = next(i for i, token in enumerate(tokens) if before.mention in token.mentions)
        for pattern in patterns:
            opening = _opening(tokens, verb + 1, pattern)
            if opening and begin >= span[0] and not is_negated(tokens, begin, verb, setting.patterns.words):
                target = opening[0] + opening[1]
                yield Utterance(
                    pattern, outer.sentence, verb, verb, span[1], before.agent, outer.chain,
                    object=target, start=begin,
                )  # fmt: skip
                break


def _breaks(tokens: Sequence[Token], before: _Report, verb: int) -> bool:
    """Tell whether a verb begins a report of its own, and is not part of what the one before says."""
    token, previous = tokens[verb], tokens[verb - 1].text
    inside_quotation = False
    for place in range(before.opening, verb):
        inside_quotation = (inside_quotation or tokens[place].text == "“") and tokens[place].text != "”"
    if inside_quotation:
        return False
    return previous in {",", ";", "”", ":", "؛"} or token.text[0] in "وف" or token.text.startswith("م")


def _report(sentence: Sentence, verb: int, memory: Memory, setting: Setting) -> _Report | None:
    """Return the report that a verb opens, if it is one."""
    token, words = sentence.tokens[verb], setting.patterns.words
    if not token.is_word:
        return None
    patterns = [p for p in setting.patterns.of("speech") if token.text in p.verbs or token.bare in p.verbs]
    if not patterns or is_negated(sentence.tokens, max(0, verb - 1), verb, words):
        return None
    heard = _speaker(sentence, verb, patterns, memory, setting)
    best: tuple[int, int, Pattern] | None = None
    for pattern in patterns:
        place = _opening(sentence.tokens, heard.end, pattern)
        page = pattern.voice == "page"
        if place is None or (page and heard.agent is not None):
            continue
        if best is None or (place[0], -place[1], not page) < (best[0], -best[1], best[2].voice != "page"):
            best = (*place, pattern)
    if best is None:
        return None
    opening, size, pattern = best
    if not heard.known:
        return None
    if heard.agent is None and pattern.voice != "page" and memory.last is None:
        return None
    return _Report(pattern, verb, heard, opening, size)


def _speaker(
    sentence: Sentence, verb: int, patterns: Sequence[Pattern], memory: Memory, setting: Setting
) -> Heard:
    """Return who speaks: after the verb, before it, or none here (whoever spoke last)."""
    tokens = sentence.tokens
    if verb and tokens[verb - 1].text == "قد":  # «and X had said»
        before = speaker_before(sentence, verb, setting)
        if before and before.agent:
            return Heard(before.agent, verb + 1, before.mention)
    after = skip_adverbs(tokens, verb + 1, setting.patterns.words)
    if after < len(tokens) and any(_opens_at(tokens, after, p) for p in patterns):
        before = speaker_before(sentence, verb, setting)
        return Heard(before.agent, verb + 1, before.mention) if before else Heard(None, verb + 1)
    if tokens[verb].text.endswith(_PLURAL):
        before = speaker_before(sentence, verb, setting)
        return Heard(before.agent if before else memory.group, verb + 1)
    heard = speaker_after(sentence, verb + 1, memory, setting)
    if heard.agent is None:
        before = speaker_before(sentence, verb, setting)
        if before and before.agent:
            return Heard(before.agent, verb + 1, before.mention)
    return heard


def _opening(tokens: Sequence[Token], place: int, pattern: Pattern) -> tuple[int, int] | None:
    """Return (token, size) of the first opening of a pattern after the speaker."""
    near = True
    for start in range(place, min(place + _REACH, len(tokens))):
        size = _opens_at(tokens, start, pattern, near=near)
        if size:
            return start, size
        if start == place and () in pattern.opens and _begins_object(tokens[start]):
            return start, 0
        near = near and tokens[start].text != "," and start - place < _NEAR
    return None


def _begins_object(token: Token) -> bool:
    return (token.is_word or bool(token.mentions)) and token.text not in {
        "ان",
        "بان",
        "على",
        "علي",
        "الي",
        "عن",
        "في",
    }


def _opens_at(tokens: Sequence[Token], place: int, pattern: Pattern, *, near: bool = True) -> int:
    """Return how many tokens an opening has that stands at a place, 0 if none does.

    «~» ends a word that may carry the pronoun of the speaker («رفضه», «رفضها», «رفضهم»).
    """
    best = 0
    for opening in pattern.opens:
        given = tokens[place : place + len(opening)]
        if not opening or (not near and len(opening) == 1 and opening[0] in _PREPOSITIONS):
            continue
        if len(given) == len(opening) and all(map(_same, given, opening)):
            best = max(best, len(opening))
    return best


def _same(token: Token, word: str) -> bool:
    if word == '"':
        return token.text == "“"
    if word.endswith("~"):
        return (
            token.bare in {word[:-1] + tail for tail in ("ه", "ها", "هم", "هما")} or token.text == word[:-1]
        )
    return word in {token.text, token.bare}


def _utterances(
    sentences: Sequence[Sentence], number: int, reports: Sequence[_Report], memory: Memory, setting: Setting
) -> Iterator[Utterance]:
    sentence = sentences[number]
    speaker = None
    for place, report in enumerate(reports):
        following = reports[place + 1].verb if place + 1 < len(reports) else len(sentence.tokens)
        agent = report.heard.agent or speaker or memory.last
        if report.pattern.voice == "page":
            agent = setting.base(sentence)[-1][0]
        if agent is None:
            continue
        agent, hops = _relayed(sentence, report, agent, memory, setting)
        speaker = agent if report.pattern.voice != "page" else speaker
        first, last, quoted = _words_said(sentence.tokens, report, following)
        if last <= first:
            continue
        verb = setting.document.text[sentence.tokens[report.verb].start : sentence.tokens[report.verb].end]
        chain = setting.chain(*setting.base(sentence), *hops, (agent, verb))
        target = report.opening + report.size if report.pattern.content in {"act", "direct"} else -1
        begin = report.verb
        if report.heard.mention and report.heard.mention.start < sentence.tokens[report.verb].start:
            named = report.heard.mention.start
            begin = next(i for i, token in enumerate(sentence.tokens) if token.start == named)
        yield Utterance(report.pattern, number, report.verb, first, last, agent, chain, quoted, target, begin)
        if report.pattern.voice != "page":
            memory.last = agent


def _words_said(tokens: Sequence[Token], report: _Report, following: int) -> tuple[int, int, bool]:
    """Return (first, last, quoted): the tokens of what is said."""
    opened = report.opening + report.size
    if report.pattern.content in {"act", "direct"}:
        return report.verb, following, False
    if report.pattern.content == "phrase":
        return opened - 1, following, False
    quotation = opened - 1 if tokens[opened - 1].text == "“" else opened
    if quotation < len(tokens) and tokens[quotation].text == "“":
        close = next((i for i in range(quotation, len(tokens)) if tokens[i].text == "”"), len(tokens))
        return quotation + 1, close, True
    return opened, following, False


def _relayed(
    sentence: Sentence, report: _Report, agent: Agent, memory: Memory, setting: Setting
) -> tuple[Agent, list[tuple[Agent, str]]]:
    """Return the speaker and the hops before it: an outlet that passes on, one that was told, a statement."""
    tokens = sentence.tokens
    hops: list[tuple[Agent, str]] = []
    text = setting.document.text
    for place in range(report.verb + 1, report.opening + 1):
        token = tokens[min(place, len(tokens) - 1)]
        mention = tokens[place + 1].mention if place + 1 < report.opening else None
        if token.text in _TELLS and mention and setting.is_outlet(mention):
            hops.append((setting.agent(mention), ""))
        if token.bare == "عن" and tokens[report.verb].bare in setting.patterns.words.all("relay"):
            source = speaker_after(sentence, place + 1, memory, setting)
            if source.agent:
                verb = text[tokens[report.verb].start : tokens[report.verb].end]
                hops.append((agent, verb))
                agent = source.agent
        if token.bare in _STATEMENTS or (token.mention and _is_statement(token)):
            hops.append((_statement(token, agent, setting), ""))
    return agent, [hop for hop in hops if hop[0].entity != agent.entity]


def _is_statement(token: Token) -> bool:
    mention = token.mention
    return mention is not None and mention.type == "WORK" and fold_name(mention.label).startswith("بيان")


def _statement(token: Token, agent: Agent, setting: Setting) -> Agent:
    """Return the statement document through which an agent speaks."""
    if token.mention:
        return setting.agent(token.mention)
    label = f"بيان {agent.label}"  # statement of …
    return setting.made_agent(fold_name(label), label, "WORK", anonymous=False)


def said(utterance: Utterance, sentence: Sentence, setting: Setting) -> str:
    """Return the words of an utterance as printed."""
    return words_of(sentence.tokens, utterance.first, utterance.last, setting)
