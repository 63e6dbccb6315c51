"""Find who goes on speaking where a sentence names nobody: after a question, a topic, a concession.

«About X, he said …», «asked whether …, he answered …», «although X did not …, he said …»: the names before
the verb are not who speaks, or not by their place. Chosen over (a) the nearest name, which is the topic, and
(b) silence, which loses all that follows.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from musnad.model import Agent
from musnad.understanding.adverbs import skip_adverbs
from musnad.understanding.clauses import is_past, is_verb
from musnad.understanding.collective import Heard
from musnad.understanding.discourse import Memory
from musnad.understanding.office_ends import is_office
from musnad.understanding.openings import begins_at, opens_at
from musnad.understanding.particles import (
    AS_FOR,
    COMMAS,
    MEANWHILE,
    OF_SPEAKER,
    SO,
    THAT_NOT,
    WHO,
    is_definite,
)
from musnad.understanding.patterns import Pattern, Words
from musnad.understanding.sentences import Sentence, Token
from musnad.understanding.setting import Setting
from musnad.understanding.speakers import is_person, named_at, speaker_after
from musnad.understanding.verbal_nouns import is_act

_PHRASE: Final = 7  # tokens of a phrase before a comma
_NOUNS: Final = ("ه", "ات", "ون", "ين")  # endings that a verb of «he» or «she» seldom has
_SHORT: Final = 3  # tokens of a sentence before «but he»
BUT_HE: Final = frozenset({"لكنه", "لكنها"})  # but he, but she
_ASKED: Final = 4  # tokens after «was asked» among which who was asked is named
_SPEAKS: Final = "PSO"  # letters of the names of people, sources and bodies
_SO_HE: Final = frozenset({"فانه", "فانها", "فهو", "فهي"})  # yet he, yet she
_BRACKETS: Final = frozenset({"”", "“", ")"})


def goes_on_after(
    sentence: Sentence, verb: int, patterns: Sequence[Pattern], memory: Memory, setting: Setting
) -> Heard | None:
    """Return who speaks with a verb after a question, a topic or a concession, None elsewhere."""
    tokens, words = sentence.tokens, setting.patterns.words
    before = tokens[verb - 1] if verb else None
    if before is None or not _is_alone(tokens, verb, patterns, words):
        return None
    if tokens[verb].text[0] == SO and before.text in COMMAS | _BRACKETS:
        asked = _asked(tokens, verb, words.all("was_asked"), memory, setting)
        return asked or _as_for(sentence, verb, memory, setting)
    if tokens[verb].text == tokens[verb].bare and before.bare not in WHO:
        asked = _asked(tokens, verb, words.all("asked_passive"), memory, setting)
        if asked:  # «when X was asked about Y he answered»
            return asked
    conceded = before.bare in OF_SPEAKER | _SO_HE and _opens(tokens, words.lists["concessions"])
    turned = before.bare in BUT_HE or (before.bare in OF_SPEAKER and tokens[verb - 2].text == THAT_NOT)
    conceded = conceded or (turned and verb > _SHORT)
    named = [i for i in range(verb) if tokens[i].mentions and tokens[i].text[1] in _SPEAKS]
    others = {tokens[i].text[1]: tokens[i] for i in named}
    if conceded and named and len(others) == 1 and (not turned or len(named) == 1):
        return Heard(named_at(tokens, named[0], setting).agent, verb + 1, named[0])
    topic = before.text in COMMAS and _opens(tokens, words.lists["topic_leads"])
    spoke = memory.last or memory.spoke
    return Heard(spoke, verb + 1) if spoke and (topic or conceded) else None


def _as_for(sentence: Sentence, verb: int, memory: Memory, setting: Setting) -> Heard | None:
    """Return who speaks after «as for»: who is named there, or who spoke before it names a topic."""
    tokens, words = sentence.tokens, setting.patterns.words
    if tokens[0].bare not in AS_FOR:
        return None
    heard = speaker_after(sentence, 1, memory, setting)
    if heard.agent is not None and heard.end in {verb, verb - 1}:
        return Heard(heard.agent, verb + 1, 1)
    spoke = memory.last or memory.spoke
    topic = any(lead.split()[0] == tokens[1].text for lead in words.lists["topic_leads"])
    return Heard(spoke, verb + 1) if spoke and topic else None


def introduced(sentence: Sentence, memory: Memory, setting: Setting) -> Agent | None:
    """Return who does or says something in a sentence that reports no words («X reviewed …»), if one does."""
    tokens, words = sentence.tokens, setting.patterns.words
    verb = skip_adverbs(tokens, int(tokens[0].text in MEANWHILE), words)
    verb += verb < len(tokens) and verb > 0 and tokens[verb].text in COMMAS
    verb = _after_phrase(tokens, verb, words)
    if verb >= len(tokens) or not tokens[verb].is_word:
        return None
    speech = tokens[verb].among(setting.patterns.reporting)
    speech = speech or tokens[verb].among(words.any_of(("tells_on", "comment_on")))
    if not speech and not tokens[verb].among(words.all("deeds")) and not does_unlisted(tokens, verb, words):
        return None
    if tokens[verb].among(words.any_of(("receive", "impersonal"))):
        return None  # «X received Y»: either may speak
    heard = speaker_after(sentence, verb + 1, memory, setting)
    agent = heard.agent if heard.known and heard.end > verb + 1 else None
    if agent is None or not (is_person(agent, setting) or (agent.anonymous and speech)):
        return None
    does = heard.end < len(tokens) and is_verb(tokens[heard.end], words)
    return None if does else agent  # «stressed (that) X returns to …»: X is told of


def does_unlisted(tokens: Sequence[Token], verb: int, words: Words) -> bool:
    """Tell whether a word of no list is what somebody did: who did it stands right after it."""
    token, after = tokens[verb], tokens[verb + 1 : verb + 2]
    noun = is_definite(token.bare) or token.bare.endswith(_NOUNS) or is_act(token)
    noun = noun or is_office(token, words) or token.among(words.any_of(("prepositions", "subordinate")))
    officer = bool(after) and is_definite(after[0].text) and is_office(after[0], words)
    ranked = officer or (bool(after) and after[0].among(words.any_of(("ranks", "definite_offices"))))
    body = bool(after) and after[0].text[:2] in {"<O", "<L"} and is_past(token)  # «the agency drew …»
    person = ranked or (bool(after) and after[0].text[:2] == "<P")
    return token.is_word and (person or body) and not noun


def _after_phrase(tokens: Sequence[Token], place: int, words: Words) -> int:
    """Return the token after a short phrase with a preposition («during the session, …»)."""
    if place >= len(tokens) or not tokens[place].among(words.all("prepositions")):
        return place
    commas = (i for i in range(place, min(place + _PHRASE, len(tokens) - 1)) if tokens[i].text in COMMAS)
    return next(commas, place - 1) + 1


def _is_alone(tokens: Sequence[Token], verb: int, patterns: Sequence[Pattern], words: Words) -> bool:
    """Tell whether the words open right after a verb, so that it names nobody."""
    after = skip_adverbs(tokens, verb + 1, words)
    return after < len(tokens) and any(
        opens_at(tokens, after, p) or begins_at(tokens, after, p) for p in patterns
    )


def _asked(
    tokens: Sequence[Token], verb: int, asked: frozenset[str], memory: Memory, setting: Setting
) -> Heard | None:
    """Return who was asked in a sentence, before «so he answered», None where nobody was."""
    place = next((i for i in range(verb) if tokens[i].among(asked) and tokens[i].bare not in WHO), None)
    if place is None:
        return None
    for name in range(place + 1, min(place + _ASKED, verb)):
        if tokens[name].mentions and tokens[name].text[1] in _SPEAKS:
            return Heard(named_at(tokens, name, setting).agent, verb + 1, name)
    spoke = memory.last or memory.spoke
    return Heard(spoke, verb + 1) if spoke else None


def _opens(tokens: Sequence[Token], leads: Sequence[str]) -> bool:
    """Tell whether a sentence begins with one of some words or phrases."""
    first = [tokens[0].bare, *(token.text for token in tokens[1:4])]
    return any(first[: len(lead.split())] == lead.split() for lead in leads)
