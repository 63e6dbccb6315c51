"""See that whoever goes on speaking fits the verb: «and she said» is none of the man who spoke before.

A sentence that opens with «and she added» belongs to whoever spoke with verbs of «she», else to the body that
did something in the sentence before («the agency drew another picture. And it said (she) …»), else to nobody.
Chosen over (a) the last speaker whatever the verb, which credits one with what another says, and (b) the
gender of names, which nothing tells of most bodies.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from musnad.model import Agent
from musnad.understanding.adverbs import skip_adverbs
from musnad.understanding.agreement import is_feminine
from musnad.understanding.collective import Heard
from musnad.understanding.discourse import Memory
from musnad.understanding.particles import CASE, COMMAS, MEANWHILE, THAT, is_definite
from musnad.understanding.sentences import Sentence
from musnad.understanding.setting import Setting
from musnad.understanding.speakers import speaker_after

_BODY: Final = "O"  # letter of a body in the line of a sentence
_REACH: Final = 8  # tokens from the beginning of a sentence to its verb


def resume(sentence: Sentence, memory: Memory, setting: Setting) -> None:
    """Let the memory forget a last speaker who does not fit the verb that goes on, or find one who does."""
    doer, memory.doer = memory.doer, None
    tokens = sentence.tokens
    verb = int(tokens[0].text in MEANWHILE and len(tokens) > 1)
    she = is_feminine(tokens[verb].bare) if tokens[verb].among(setting.patterns.reporting) else None
    last = memory.last
    unfit = last is not None and (last.entity, not she) == memory.form and not _is_body(last, setting)
    if she is None or not (unfit or (last is None and doer and she)) or verb + 1 >= len(tokens):
        return
    heard = speaker_after(sentence, verb + 1, memory, setting)
    if heard.agent is not None or not heard.known:
        return
    memory.last = memory.spoke = doer if she else None
    memory.hops, memory.silence, memory.group = [], 0, None


def _is_body(agent: Agent, setting: Setting) -> bool:
    """Tell whether an agent is a body by its name: «the site of the paper» is no «she», the paper is."""
    known = setting.entities.get(agent.entity)
    return known is not None and known.type == "ORG"


def remember_doer(sentence: Sentence, memory: Memory, setting: Setting) -> None:
    """Remember the body that does something with a verb of «she», in a sentence that reports no words."""
    tokens = sentence.tokens
    first = skip_adverbs(tokens, int(tokens[0].text in MEANWHILE), setting.patterns.words)
    for verb in range(first, min(first + _REACH, len(tokens) - 1)):
        opens = verb == first or tokens[verb - 1].text in COMMAS  # «in the suburbs too, the network sent …»
        body = tokens[verb + 1].mention if tokens[verb + 1].text[1:2] == _BODY else None
        if opens and body and tokens[verb].is_word and is_feminine(tokens[verb].bare):
            memory.doer = setting.agent(body)
            return


def inner_speaker(
    sentence: Sentence, said: tuple[int, int], verb: int, memory: Memory, setting: Setting
) -> Heard | None:
    """Return the man whom a body's words tell of, before his participle («it learnt that X came, saying»).

    `said` is the verb of the body and where its words begin.
    """
    tokens, words = sentence.tokens, setting.patterns.words
    his = tokens[verb].text.endswith(CASE) and tokens[verb].among(words.all("participles"))
    if not (his and is_feminine(tokens[said[0]].bare) and tokens[said[1] - 1].text in THAT):
        return None
    heard = speaker_after(sentence, said[1], memory, setting)
    if heard.agent is None or heard.end >= verb:
        return None
    did = tokens[heard.end]
    other = is_definite(did.text) or did.among(words.any_of(("prepositions", "negation")))
    acts = did.is_word and not other and is_feminine(did.bare) is False
    return replace(heard, end=verb + 1, start=verb) if acts else None


def spoke_as(agent: Agent, verb: str, memory: Memory) -> None:
    """Remember with a verb of which form an agent speaks who is named beside it."""
    she = is_feminine(verb)
    if she is not None:
        memory.form = (agent.entity, she)
