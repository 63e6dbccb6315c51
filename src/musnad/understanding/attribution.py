"""Read reported speech: which words are whose, and through whom they come to the page.

A verb opens a report, the noun phrase after it speaks, and one of the pattern's openings («أن», a colon, a
quotation mark, «ضرورة» …) begins what is said, up to the next report. Chosen over (a) patterns for whole
sentences, which break on every title and subordinate clause, and (b) a dependency parser.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from musnad.folding import fold_name
from musnad.model import Agent, Attribution
from musnad.understanding.according import with_basis
from musnad.understanding.agreement import calls_upon_place
from musnad.understanding.chains import Hop, hops_of
from musnad.understanding.clauses import begins_clause
from musnad.understanding.collective import Heard
from musnad.understanding.discourse import Memory
from musnad.understanding.going_on import introduced
from musnad.understanding.headlines import speaker_of_headline
from musnad.understanding.interviews import listen, read_answer
from musnad.understanding.modality import is_negated
from musnad.understanding.openings import opening_after
from musnad.understanding.particles import (
    COMMAS,
    HE,
    HIS_SAYING,
    I_DO,
    IN_A_TEXT,
    NEGATIONS,
    OF_SPEAKER,
    STATEMENT,
    THAT,
    THAT_CLAUSE,
    TO_A,
    TO_ON_ABOUT,
    US,
    WE,
    WHO,
)
from musnad.understanding.patterns import Pattern, Words
from musnad.understanding.preceding import speaker_before
from musnad.understanding.reports import Report, find_reports
from musnad.understanding.resuming import remember_doer, resume
from musnad.understanding.sentences import Sentence, Token
from musnad.understanding.setting import Setting, printed
from musnad.understanding.speakers import named_at
from musnad.understanding.texts_that_speak import note_texts
from musnad.understanding.turning import words_end
from musnad.understanding.utterances import Utterance
from musnad.understanding.views import read_view

_PATIENCE: Final = 3  # sentences without a report after which nobody goes on speaking
_OPENS: Final = 3  # tokens of a statement among which the subject of its stance begins
_SAYING_REACH: Final = 16  # tokens of when and where something was said
_LEAST: Final = 3  # tokens that someone says before the text goes on
_ACTS: Final = frozenset({"act", "direct", "named"})
_OURS: Final = frozenset(
    {"announced", "demanded", "denied", "rejected", "supported"}
)  # relations of stances said of oneself


def read_speech(sentence: Sentence, memory: Memory, setting: Setting) -> list[Utterance]:
    """Return what is said in a sentence; the memory learns who spoke."""
    memory.pair_up(sentence, setting)
    if sentence.post or listen(sentence, memory, setting):
        return []
    if headline := _headline(sentence, memory, setting):
        return [headline]
    memory.silence = memory.silence + 1 if memory.last else 0
    if memory.silence > _PATIENCE:
        memory.last = memory.group = None
    resume(sentence, memory, setting)
    spoke = memory.last
    reports = _from_before(find_reports(sentence, memory, setting), spoke, memory)
    found = [*_utterances(sentence, reports, memory, setting)]
    found = with_basis(found, sentence, memory, setting)
    if not found and not reports:
        goes_on = read_answer(sentence, memory, setting) or _quoted_on(sentence, memory, setting)
        found = [goes_on] if goes_on else []
    memory.notice(sentence, setting)
    told_of = None if found or reports else introduced(sentence, memory, setting)
    if not found and not reports:
        remember_doer(sentence, memory, setting)
    if told_of:
        memory.last, memory.spoke, memory.hops, memory.silence = told_of, told_of, [], 0
        memory.group = told_of if told_of.anonymous else memory.group
    elif not found and _others(sentence, memory):
        memory.last = memory.group = None
        if any(token.among(setting.patterns.reporting) for token in sentence.tokens):
            memory.spoke = None  # «X justified his absence»: X may be who goes on
    if not reports and any(token.text.startswith("<S") for token in sentence.tokens):
        memory.last, memory.hops = memory.source, []  # who was asked answers in the next sentence
    if found or memory.last == memory.source:
        memory.silence = 0
    if not found and not reports and (view := read_view(sentence, setting)):
        return [view]
    return found


def _from_before(reports: Sequence[Report], spoke: Agent | None, memory: Memory) -> Sequence[Report]:
    """Return reports of which the first is said by whoever spoke before, where another speaks further on.

    Who that is may be unknown («…, as the council of … proposed»).
    """
    others = (report.heard.agent for report in reports[1:])
    others_too = any(other is not None and spoke and other.entity != spoke.entity for other in others)
    if spoke is None or not reports or not (others_too or memory.last is None):
        return reports
    first = reports[0]
    if first.heard.agent is not None or first.pattern.voice == "page":
        return reports
    return [replace(first, heard=replace(first.heard, agent=spoke)), *reports[1:]]


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
        hops = [report.via, *hops] if report.via else hops or (memory.hops if goes_on else [])
        speaker = speaker if page else agent
        if report.pattern.voice == "speaker":
            memory.last = memory.spoke = agent
            memory.hops = hops
            if any(fold_name(hop.label).startswith(STATEMENT) for hop, _ in hops):
                memory.issuer = agent
            note_texts(sentence.tokens[report.verb : report.opening], agent, memory, setting.patterns.words)
        first, last, quoted = _words_said(sentence.tokens, report, following, setting.patterns.words)
        if last <= first:
            continue
        chain = _chain(sentence, hops, agent, (printed(sentence.tokens[report.verb], setting), setting))
        if report.pattern.voice == "text":
            chain = told or setting.chain(*setting.base(sentence))
        else:
            told = chain
        target = _object(sentence.tokens, report) if report.pattern.content in _ACTS else -1
        led = sentence.tokens[report.verb].among(setting.patterns.words.all("participles"))
        begin = report.heard.start if 0 <= report.heard.start < report.verb and not led else report.verb
        said = Utterance(report.pattern, first, last, agent, chain, quoted, target, begin)
        yield said
        for other in report.heard.also:
            by = chain if said.pattern.voice == "text" else (*chain[:-1], replace(chain[-1], agent=other))
            yield replace(said, speaker=other, chain=by)


def _object(tokens: Sequence[Token], report: Report) -> int:
    """Return where the object of a stance begins: a noun that opens it may be part of it."""
    named = report.pattern.content == "named" and tokens[report.opened - 1].text not in TO_ON_ABOUT
    return report.opened - named


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
        ends = (i for i in range(opened + 1, following) if begins_clause(tokens, i, words))
        return opened - (tokens[opened - 1].text not in TO_ON_ABOUT), next(ends, following), False
    opened = _after_saying(tokens, opened, following)
    quotation = opened - 1 if tokens[opened - 1].text == "“" else opened
    that = quotation < len(tokens) and tokens[quotation].bare in THAT_CLAUSE
    quotation += that and tokens[quotation - 1].text == ":"  # «he said: that “…”»
    quotation += quotation < len(tokens) and tokens[quotation].text == ","
    if quotation < len(tokens) and tokens[quotation].text == "“":
        close = next((i for i in range(quotation, len(tokens)) if tokens[i].text == "”"), len(tokens))
        return quotation + 1, close, True
    last = words_end(tokens, opened, following, words)
    if tokens[0].text in words.all("leading_clause") and "," not in {t.text for t in tokens[: report.verb]}:
        marks = (i for i in range(opened + _LEAST, last) if tokens[i].text == ",")
        last = next(marks, last)  # «after X announced that …, Y held …»
    return opened, last, False


def _after_saying(tokens: Sequence[Token], opened: int, last: int) -> int:
    """Return where words begin after «his saying» and when or where it was said («قوله في …، إن»)."""
    if tokens[opened - 1].text not in HIS_SAYING or opened + 1 >= last:
        return opened
    if tokens[opened].text in COMMAS and tokens[opened + 1].text in THAT:
        return opened + 2  # «quoted him as saying, that …»
    told = tokens[opened].text.startswith(TO_A) and tokens[opened].text not in NEGATIONS
    if tokens[opened].text not in IN_A_TEXT and not told:
        return opened
    near = range(opened, min(opened + _SAYING_REACH, last))
    place = next((i for i in near if tokens[i].text in THAT | {"“", ":"}), opened - 1)
    return place + 1


def _headline(sentence: Sentence, memory: Memory, setting: Setting) -> Utterance | None:
    """Return the words after «name:» as what the name says."""
    found = speaker_of_headline(sentence, setting)
    if found is None:
        return None
    place, hops = found
    agent = hops[-1][0]
    if sentence.zone == "body":
        memory.last, memory.hops, memory.silence = agent, [], 0
    chain = setting.chain(*setting.base(sentence), *hops)
    return Utterance(
        setting.patterns.entries["structure-headline"], place + 1, len(sentence.tokens), agent, chain
    )


def _quoted_on(sentence: Sentence, memory: Memory, setting: Setting) -> Utterance | None:
    """Return a sentence that is nothing but a quotation as what the last speaker goes on to say."""
    tokens = sentence.tokens
    if tokens[0].text != "“" or memory.last is None or memory.silence > 1:
        return None
    close = next((i for i in range(1, len(tokens)) if tokens[i].text == "”"), len(tokens))
    chain = setting.chain(*setting.base(sentence), *memory.hops, (memory.last, ""))
    entry = setting.patterns.entries["speech-say"]
    return Utterance(entry, 1, close, memory.last, chain, quoted=True)


def _of_us(token: Token, pattern: Pattern) -> bool:
    """Tell whether a word is the first person of a stance («نرفض», «نطالب»)."""
    word = token.bare
    mine = word[:1] == I_DO and word not in pattern.verbs
    ours = ((word[:1] == WE or mine) and HE + word[1:] in pattern.verbs) or (
        word.endswith(US) and word.removesuffix(US) in pattern.verbs
    )
    return pattern.relation in _OURS and ours


def _says_of_self(tokens: Sequence[Token], verb: int) -> bool:
    """Tell whether a verb has the speaker for its subject («… that it welcomes»)."""
    before = verb - 1 - (verb > 0 and tokens[verb - 1].text == "“")
    return before >= 0 and tokens[before].bare in OF_SPEAKER


def nested_stances(
    sentence: Sentence, span: tuple[int, int], outer: Utterance, setting: Setting
) -> Iterator[Utterance]:
    """Yield the stances inside some words whose subject stands before the verb."""
    tokens, words = sentence.tokens, setting.patterns.words
    stances = [
        p
        for p in setting.patterns.of("speech")
        if (p.content in _ACTS or p.voice == "text") and p.relation != "stated"
        if setting.patterns.publishes(p.name)  # else what is said would be lost with it
    ]
    for verb in range(span[0], span[1] - 1):
        patterns = [p for p in stances if tokens[verb].among(p.verbs) or _of_us(tokens[verb], p)]
        own = patterns and (_of_us(tokens[verb], patterns[0]) or _says_of_self(tokens, verb))
        own = own or (patterns and verb == span[0] and calls_upon_place(tokens, verb, words))
        heard = speaker_before(sentence, verb, setting) if patterns and not own else None
        if own:
            heard = Heard(outer.speaker, verb + 1, verb)
        elif (
            patterns
            and heard is None
            and verb == span[0]
            and tokens[verb - 1].bare not in THAT  # «that the keeping of X to …»: a noun
            and tokens[verb + 1].text[:2] in {"<P", "<O", "<L"}
        ):
            heard = named_at(tokens, verb + 1, setting)  # «X thanks Y for …», inside what X's statement says
        if heard is None or heard.agent is None or not span[0] <= heard.start <= span[0] + _OPENS:
            continue  # a subject further on is that of another clause («… of the factions that refused …»)
        begins = max(span[0], min(heard.start, verb - 1))
        if is_negated(tokens, begins, verb, words) or tokens[verb - 1].text in WHO:
            continue  # «the states that agreed to join have …»: the clause says something else of them
        for pattern in patterns:
            opening = opening_after(tokens, max(verb + 1, heard.end), pattern, words)
            if opening:
                yield Utterance(
                    pattern, verb, span[1], heard.agent, outer.chain,
                    object=sum(opening) - (pattern.content in {"phrase", "named"}), start=heard.start,
                )  # fmt: skip
                break
