"""Remember who spoke and who was introduced so far in a document.

«And he added», «the source», «the Syrian journalist» mean someone named before; nothing is remembered longer
than the zone, and a speaker only as long as nobody else could be meant.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from musnad.model import Agent
from musnad.understanding.particles import TO, without_article
from musnad.understanding.sentences import Sentence, Token
from musnad.understanding.setting import Setting


@dataclass(slots=True)
class Memory:
    """Who spoke and who was introduced so far in a document."""

    last: Agent | None = None
    outlet: Agent | None = None
    source: Agent | None = None
    spoke: Agent | None = None  # who spoke last, even if others were named since
    group: Agent | None = None
    issuer: Agent | None = None  # who spoke through a statement
    hops: list[tuple[Agent, str]] = field(default_factory=list)  # through whom the last speaker spoke
    silence: int = 0  # sentences since anyone spoke
    introduced: list[tuple[frozenset[str], Agent]] = field(default_factory=list)

    def notice(self, sentence: Sentence, setting: Setting) -> None:
        """Remember the outlets, sources and titled persons that a sentence names."""
        tokens = sentence.tokens
        for place, token in enumerate(tokens):
            mention = token.mention
            if mention is None:
                continue
            agent = setting.agent(mention)
            if agent.anonymous:
                self.source = agent
            elif mention.type == "PERSON":
                before = _title_words(tokens, place)
                if before:
                    self.introduced.append((frozenset(before), agent))
            elif setting.is_outlet(mention) and not (place and tokens[place - 1].text in TO):
                self.outlet = agent

    def described(self, word: str) -> Agent | None:
        """Return the last person introduced with a word."""
        for words, agent in reversed(self.introduced):
            if without_article(word) in words:
                return agent
        return None


def _title_words(tokens: Sequence[Token], place: int) -> list[str]:
    """Return the words before a name up to a mark or a name, and after it up to the next name («عضو …»)."""
    words: list[str] = []
    for token in reversed(tokens[max(0, place - 5) : place]):
        if not token.is_word:
            break
        words.append(without_article(token.text))
    for token in tokens[place + 1 : place + 3]:
        if not token.is_word:
            break
        words.append(without_article(token.text))
    return words
