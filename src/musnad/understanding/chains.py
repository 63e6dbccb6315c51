"""Find through whom words come: an outlet that passes them on, one that was told, a statement in writing."""

from __future__ import annotations

from collections.abc import Sequence

from musnad.folding import fold_name
from musnad.model import Agent
from musnad.understanding.discourse import Memory
from musnad.understanding.particles import FROM, QUOTING, STATEMENT, TO, TOWARDS
from musnad.understanding.reports import Report
from musnad.understanding.sentences import Sentence, Token
from musnad.understanding.setting import Setting, printed
from musnad.understanding.speakers import speaker_after
from musnad.understanding.unlisted import named_by

Hop = tuple[Agent, str]  # an agent and the verb of its report


def hops_of(
    sentence: Sentence, report: Report, agent: Agent, memory: Memory, setting: Setting
) -> tuple[Agent, list[Hop]]:
    """Return who speaks in the end, and the hops between the page and the speaker.

    «The agency X quoted a source as saying»: the source speaks, through the agency.
    """
    tokens, words = sentence.tokens, setting.patterns.words
    hops: list[Hop] = []
    for place in range(max(report.heard.start, 0), min(report.opening, len(tokens))):
        token = tokens[place]
        following = tokens[place + 1].mention if place + 1 < report.opening else None
        if token.text in TO and following and setting.is_outlet(following):
            hops.append((setting.agent(following), ""))
        elif (
            token.bare in {FROM, TOWARDS} and place > report.verb and _relays(tokens, place, report, setting)
        ):
            source = speaker_after(sentence, place + 1, memory, setting)
            named = source.agent or named_by(tokens, report.verb, (place + 1, report.opening), setting)
            if named:
                hops.append((agent, printed(tokens[report.verb], setting)))
                agent = named
        elif (token.among(words.all("statements")) or is_statement(token)) and not _inside(token, agent):
            hops.append((_statement(token, agent, setting), ""))
    return agent, [hop for hop in hops if hop[0].entity != agent.entity]


def _inside(token: Token, agent: Agent) -> bool:
    """Tell whether the words that describe an agent have the token («those behind the statement»)."""
    return agent.anonymous and token.bare in fold_name(agent.label).split()


def _relays(tokens: Sequence[Token], place: int, report: Report, setting: Setting) -> bool:
    """Tell whether «from» names whose words are passed on: after «quoted», or an outlet «quoting».

    «To» names them after «ascribed to X their saying».
    """
    if tokens[place].bare not in {FROM, TOWARDS}:
        return False
    if tokens[place].bare == TOWARDS:
        return tokens[report.verb].among(setting.patterns.words.all("ascribe"))
    if tokens[report.verb].among(setting.patterns.words.all("relay")):
        return True
    person = any(token.text[:2] == "<P" for token in tokens[report.verb : place])
    return tokens[place - 1].bare == QUOTING and not person


def is_statement(token: Token) -> bool:
    """Tell whether a token names a statement in writing."""
    mention = token.mention
    return mention is not None and mention.type == "WORK" and fold_name(mention.label).startswith(STATEMENT)


def _statement(token: Token, agent: Agent, setting: Setting) -> Agent:
    """Return the statement through which an agent speaks."""
    if token.mention:
        return setting.agent(token.mention)
    label = f"بيان {agent.label}"  # statement of …
    return setting.made_agent(fold_name(label), label, "WORK", anonymous=False)
